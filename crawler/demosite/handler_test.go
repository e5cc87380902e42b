package demosite

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
)

func TestListingsShowAll(t *testing.T) {
	s := New()
	tests := []struct {
		path, link, next string
		family           Family
	}{
		{"/presse/", ".SP-TeaserList__item a.SP-Teaser__link", "a[rel=next]", ""},
		{"/gesundheit/aktuelles/", ".news-list-view .article h3 a", "li.next a", TYPO3},
		{"/archiv/", "#inhalt a:not([href*='?'])", "#inhalt a[href*='?']:contains('>>')", Plain},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			var want, got []string
			for _, r := range s.Releases() {
				if tt.family == "" || r.Family == tt.family {
					want = append(want, r.Path)
				}
			}
			pages := 0
			for at := tt.path; at != "" && pages < 20; pages++ {
				r := fetch(t, s, at)
				if r.StatusCode != http.StatusOK {
					t.Fatalf("%s: status %d", at, r.StatusCode)
				}
				doc, err := goquery.NewDocumentFromReader(r.Body)
				if err != nil {
					t.Fatal(err)
				}
				before := len(got)
				for _, a := range doc.Find(tt.link).EachIter() {
					if href := a.AttrOr("href", ""); !strings.HasPrefix(href, disallowed) {
						got = append(got, href)
					}
				}
				if n := len(got) - before; n > perPage || n == 0 {
					t.Errorf("%s lists %d releases, want 1 to %d", at, n, perPage)
				}
				at = doc.Find(tt.next).AttrOr("href", "")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("listed (-want +got):\n%s", diff)
			}
			if pages != (len(want)+perPage-1)/perPage {
				t.Errorf("%d pages for %d releases", pages, len(want))
			}
		})
	}
	if got := fetch(t, s, "/archiv/?seite=99").StatusCode; got != http.StatusNotFound {
		t.Errorf("a page after the last: status %d, want 404", got)
	}
}

func TestFeedAndSitemapNameAll(t *testing.T) {
	s := New()
	const base = "http://ahrenfels.example"
	var want []string
	for _, r := range s.Releases() {
		want = append(want, base+r.Path)
	}
	var feed rssFeed
	if err := xml.Unmarshal([]byte(body(t, fetch(t, s, "/presse/rss.xml"))), &feed); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range feed.Channel.Items {
		got = append(got, i.Link)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("feed (-want +got):\n%s", diff)
	}
	var set urlSet
	if err := xml.Unmarshal([]byte(body(t, fetch(t, s, "/sitemap.xml"))), &set); err != nil {
		t.Fatal(err)
	}
	got = nil
	for _, u := range set.URLs[len(listings):] {
		got = append(got, u.Loc)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sitemap (-want +got):\n%s", diff)
	}
}

func TestConditionalRequests(t *testing.T) {
	s := New()
	var etags, dates, none, asked int
	for _, r := range s.Releases() {
		first := fetch(t, s, r.Path)
		etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		switch {
		case etag != "":
			etags++
		case modified != "":
			dates++
		default:
			none++
			continue
		}
		asked++
		second := fetch(t, s, r.Path, "If-None-Match", etag, "If-Modified-Since", modified)
		if second.StatusCode != http.StatusNotModified || body(t, second) != "" {
			t.Errorf("%s: status %d, want 304 without a body", r.ID, second.StatusCode)
		}
		stale := fetch(t, s, r.Path, "If-None-Match", `"anders"`, "If-Modified-Since", modified)
		if etag != "" && stale.StatusCode != http.StatusOK {
			t.Errorf("%s: another ETag answers %d, want 200: If-None-Match goes first", r.ID, stale.StatusCode)
		}
		if old := fetch(t, s, r.Path, "If-Modified-Since", "Mon, 01 Jan 2024 00:00:00 GMT"); old.StatusCode != http.StatusOK {
			t.Errorf("%s: an old date answers %d, want 200", r.ID, old.StatusCode)
		}
	}
	if etags == 0 || dates == 0 || none == 0 {
		t.Errorf("%d pages with an ETag, %d with a date only, %d with neither: want some of each", etags, dates, none)
	}
	if got := s.Stats().NotModified; got < asked {
		t.Errorf("%d answers 304 counted, want at least %d", got, asked)
	}
}

func TestRobotsAndDisallowed(t *testing.T) {
	s := New()
	if got := body(t, fetch(t, s, "/robots.txt")); !strings.Contains(got, "Disallow: /intern/\n") || !strings.Contains(got,
		"Sitemap: http://ahrenfels.example/sitemap.xml\n") {
		t.Errorf("robots.txt: %q", got)
	}
	doc, err := goquery.NewDocumentFromReader(fetch(t, s, "/presse/").Body)
	if err != nil {
		t.Fatal(err)
	}
	forbidden := doc.Find(".SP-TeaserList__item a[href^='/intern/']").AttrOr("href", "")
	if forbidden == "" {
		t.Fatal("the listing links nothing that robots.txt forbids")
	}
	if n := s.Stats().Disallowed; n != 0 {
		t.Errorf("%d disallowed requests before the first", n)
	}
	fetch(t, s, forbidden)
	if n := s.Stats().Disallowed; n != 1 {
		t.Errorf("%d disallowed requests counted, want 1", n)
	}
}

// TestSiteparkMarks holds the marks by which Sitepark IES pages are read.
func TestSiteparkMarks(t *testing.T) {
	s := New()
	r := firstOf(s, Sitepark)
	src := body(t, fetch(t, s, r.Path))
	for _, want := range []string{"<!--googleoff: index-->", "<!--googleon: index-->", `content="http://ahrenfels.example` + r.Path + `"`} {
		if !strings.Contains(src, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	var meta struct{ Title, Date, Changed string }
	if err := json.Unmarshal([]byte(doc.Find("meta[name=application-name]").AttrOr("data-content", "")), &meta); err != nil {
		t.Fatal(err)
	}
	if meta.Title != r.Title || meta.Date != r.Date.UTC().Format(time.RFC3339) || meta.Changed == "" {
		t.Errorf("application-name says %+v", meta)
	}
	if n := doc.Find(".SP-Annotations__item").Length(); n < 2 || doc.Find("article .SP-Annotations, main .SP-Annotations").Length() != 0 {
		t.Errorf("%d items in the annotations, want two an image and the section outside the article", n)
	}
}

func TestEveryLinkedFileIsThere(t *testing.T) {
	s := New()
	for _, r := range s.Releases() {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(pageOf(t, s, r.Path)))
		if err != nil {
			t.Fatal(err)
		}
		var refs []string
		for _, n := range doc.Find("a[href^='/download/']").EachIter() {
			refs = append(refs, n.AttrOr("href", ""))
		}
		for _, n := range doc.Find("img[src^='/media/']").EachIter() {
			refs = append(refs, n.AttrOr("src", ""))
		}
		for _, ref := range refs {
			if got := fetch(t, s, ref); got.StatusCode != http.StatusOK || strings.HasPrefix(got.Header.Get("Content-Type"), "text/") {
				t.Errorf("%s: %s answers %d %s", r.ID, ref, got.StatusCode, got.Header.Get("Content-Type"))
			}
		}
	}
	for _, path := range []string{"/assets/logo.svg", "/assets/site.css", "/impressum.php", "/WEB-IES/sitekit-module/5/js/sitekit.js"} {
		if got := fetch(t, s, path).StatusCode; got != http.StatusOK {
			t.Errorf("%s: status %d, want 200", path, got)
		}
	}
	for _, path := range []string{"/nichts", "/media/nichts.jpg", "/download/nichts.pdf", "/presse/2026/"} {
		if got := fetch(t, s, path).StatusCode; got != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, got)
		}
	}
}

func TestMethods(t *testing.T) {
	s := New()
	path := s.Releases()[0].Path
	for method, want := range map[string]int{http.MethodHead: http.StatusOK, http.MethodPost: http.StatusMethodNotAllowed} {
		rec := httptest.NewRecorder()
		s.Handler().ServeHTTP(rec, httptest.NewRequest(method, path, nil))
		if rec.Code != want || method == http.MethodHead && rec.Body.Len() != 0 {
			t.Errorf("%s: status %d with %d bytes, want %d", method, rec.Code, rec.Body.Len(), want)
		}
	}
}

func TestServe(t *testing.T) {
	s := New()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	base, stop, err := s.Serve(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	var wg sync.WaitGroup
	for i, r := range slices.Concat(s.Releases(), s.Releases()) {
		wg.Go(func() {
			resp, err := http.Get(base + r.Path)
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				t.Errorf("%s: status %d", r.Path, resp.StatusCode)
			}
			if i%5 == 0 {
				_ = s.Cosmetic(r.ID)
				s.Truth()
			}
		})
	}
	wg.Wait()
	if st := s.Stats(); st.Requests != 2*len(s.Releases()) || st.Releases != st.Requests {
		t.Errorf("stats %+v, want %d requests", st, 2*len(s.Releases()))
	}
	stop()
	stop() // twice does no harm
	if _, err := http.Get(base + "/presse/"); err == nil {
		t.Error("the site still answers after stop")
	}
}
