package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// discoverAll is a dry run: what the source lists, by path, and the summary.
func discoverAll(t *testing.T, s *site, src *source.Source, opt Options) (map[string]schemas.Hints, Summary) {
	t.Helper()
	got, m := map[string]schemas.Hints{}, newMemory()
	opt.DryRun = true
	opt.Listed = func(l Listed) { got[strings.TrimPrefix(l.URL, s.URL)] = l.Hints }
	sum := crawl(t, m, src, opt)
	if len(m.log) != 0 || s.asked("/presse/m/1.php") != 0 {
		t.Errorf("a dry run stored %v, asked for %v", m.log, s.paths())
	}
	return got, sum
}

func listingSource(t *testing.T, s *site, l source.Listing) *source.Source {
	return s.source(t, func(src *source.Source) { src.Start.Listings = []source.Listing{l} })
}

func TestListingHints(t *testing.T) {
	s := newSite(t)
	s.html("/presse/", `<!doctype html><base href="/presse/x/"><ul>
		<li class=m><time datetime="2024-09-02T08:30:00+02:00">gestern</time> <a href="../m/1.php"> Kreis  baut
			Radweg </a></li>
		<li class=m><span class=d>Montag, 02.09.2024</span><h3>Kita eröffnet</h3><a href="/presse/m/2.php?utm_source=liste#top">mehr</a></li>
		<li class=m><span class=d>3. März 2024</span><a href="/presse/m/3.php">Ohne eigene Überschrift</a></li>
		<li class=m><a href="/presse/m/4.php"><h3></h3>Undatiert am 1.2.</a></li>
		<li class=m><a href="/presse/m/2.php">mehr</a></li>
		<li class=m><h4>Untertitel</h4><a href="/presse/m/5.php">mehr</a></li>
		<li class=m>kein Link</li>
		<li class=m><a href="">leer</a></li>
		<li class=m><a href="/kontakt.php">Kontakt</a></li>
	</ul>`)
	got, sum := discoverAll(t, s, listingSource(t, s, source.Listing{URL: "/presse/", Item: "li.m", Title: "h3", Date: "time, .d"}), Options{})
	by := func(title, date string) schemas.Hints {
		h := schemas.Hints{Title: title, Published: date, DiscoveredBy: "listing"}
		if date != "" {
			h.PublishedBy = "listing"
		}
		return h
	}
	want := map[string]schemas.Hints{
		"/presse/m/1.php": by("Kreis baut Radweg", "2024-09-02T08:30:00+02:00"),
		"/presse/m/2.php": by("Kita eröffnet", "2024-09-02"),
		"/presse/m/3.php": by("Ohne eigene Überschrift", "2024-03-03"),
		"/presse/m/4.php": by("Undatiert am 1.2.", ""),
		"/presse/m/5.php": by("Untertitel", ""),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if sum.Discovered != 5 || sum.Refused != 1 {
		t.Errorf("%+v", sum)
	}
}

func TestListingIsTranscoded(t *testing.T) {
	const latin = "<html><head>%s</head><li class=m><a href='/presse/m/1.php'>B\xfcrgermeister in D\xfcren</a>"
	for name, h := range map[string]http.HandlerFunc{
		"meta":    content("text/html", fmt.Sprintf(latin, "<meta charset=iso-8859-1>")),
		"header":  content("text/html; charset=iso-8859-15", fmt.Sprintf(latin, "")),
		"guess":   content("text/html", fmt.Sprintf(latin, "")),
		"unknown": content("text/html; charset=kauderwelsch", fmt.Sprintf(latin, "")),
	} {
		s := newSite(t)
		s.on("/presse/", h)
		got, _ := discoverAll(t, s, listingSource(t, s, source.Listing{URL: "/presse/", Item: "li.m"}), Options{})
		if title := got["/presse/m/1.php"].Title; title != "Bürgermeister in Düren" {
			t.Errorf("%s: %q", name, title)
		}
	}
}

func TestListingWithoutItems(t *testing.T) { // every link that accept takes
	s := newSite(t)
	s.html("/presse/", `<a href="/presse/m/1.php">Eins am 3.4.2024</a><p><a href="/presse/m/2.php">Zwei</a></p><a href="/impressum">Impressum</a>`)
	got, _ := discoverAll(t, s, listingSource(t, s, source.Listing{URL: "/presse/"}), Options{})
	if len(got) != 2 || got["/presse/m/1.php"].Title != "Eins am 3.4.2024" || got["/presse/m/1.php"].Published != "" {
		t.Errorf("%+v", got)
	}
}

func TestListingWhoseItemIsTheLink(t *testing.T) {
	s := newSite(t)
	s.html("/presse/", `<a class=card href="/presse/m/1.php"><time datetime=2024-09-02>2.9.</time><b>Eins</b></a>`)
	got, _ := discoverAll(t, s, listingSource(t, s, source.Listing{URL: "/presse/", Item: "a.card", Title: "b"}), Options{})
	if h := got["/presse/m/1.php"]; h.Title != "Eins" || h.Published != "2024-09-02" {
		t.Errorf("%+v", got)
	}
}

func TestPager(t *testing.T) {
	for name, c := range map[string]struct{ next, pager string }{
		"rel=next on a link":   {"", `<a rel="nofollow next" href="?seite=%d">weiter</a>`},
		"rel=next in the head": {"", `<link rel=next href="/presse/?seite=%d">`},
		"selector of the link": {"a.weiter", `<a class=weiter href="/presse/?seite=%d">›</a>`},
		"selector around it":   {".pager li:last-child", `<ul class=pager><li><a href="/presse/">1</a><li><a href="?seite=%d">›</a></ul>`},
		"the last has no href": {"a.weiter", `<a class=weiter href="/presse/?seite=%d">›</a>`},
		"absolute and encoded": {"a.weiter", `<a class=weiter href="//HOST/presse/?seite=%d&amp;x=ä">›</a>`},
		"selector beats rel":   {"a.weiter", `<a rel=next href="/presse/?seite=99">Jahr 2023</a><a class=weiter href="?seite=%d">›</a>`},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.on("/presse/", func(w http.ResponseWriter, req *http.Request) {
				n := 1
				_, _ = fmt.Sscan(req.URL.Query().Get("seite"), &n)
				page := fmt.Sprintf(`<li class=m><a href="/presse/m/%d.php">x</a></li>`, n)
				if n < 3 {
					page += strings.Replace(fmt.Sprintf(c.pager, n+1), "HOST", req.Host, 1)
				} else if n == 3 && c.next == "a.weiter" {
					page += `<a class=weiter>›</a>`
				}
				content("text/html; charset=utf-8", page)(w, req)
			})
			got, sum := discoverAll(t, s, listingSource(t, s, source.Listing{URL: "/presse/", Item: "li.m", Next: c.next}), Options{})
			if len(got) != 3 || sum.Starts[0].Pages != 3 {
				t.Errorf("%d pages, starts %+v", len(got), sum.Starts)
			}
		})
	}
}

func TestPagerThatNeverEnds(t *testing.T) {
	for name, c := range map[string]struct {
		next    func(n int) string
		items   func(n int) []string
		pages   int
		noteHas string
	}{
		"to itself": {
			func(int) string { return "/presse/?seite=0" }, func(n int) []string { return []string{fmt.Sprintf("/presse/m/%d.php", n)} },
			2, "leads back",
		},
		"in a circle": {
			func(n int) string { return fmt.Sprintf("/presse/?seite=%d", (n+1)%3) },
			func(n int) []string { return []string{fmt.Sprintf("/presse/m/%d.php", n)} }, 4, "leads back",
		},
		"the same again": {
			func(n int) string { return fmt.Sprintf("/presse/?seite=%d", n+1) }, func(int) []string { return []string{"/presse/m/1.php"} },
			2, "nothing new",
		},
		"empty for ever": {
			func(n int) string { return fmt.Sprintf("/presse/?seite=%d", n+1) },
			func(n int) []string { return map[int][]string{100: {"/presse/m/1.php"}}[n] }, 2, "nothing new",
		},
		"new for ever": {
			func(n int) string { return fmt.Sprintf("/presse/?seite=%d", n+1) },
			func(n int) []string { return []string{fmt.Sprintf("/presse/m/%d.php", n)} }, 9, "max_pages",
		},
		"to another host": {
			func(int) string { return "http://127.0.0.2:1/presse/" },
			func(n int) []string { return []string{fmt.Sprintf("/presse/m/%d.php", n)} }, 1, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.on("/presse/", func(w http.ResponseWriter, req *http.Request) {
				n := 100 // the first page has no number of its own
				_, _ = fmt.Sscan(req.URL.Query().Get("seite"), &n)
				var b strings.Builder
				for _, it := range c.items(n) {
					fmt.Fprintf(&b, `<li class=m><a href="%s">x</a></li>`, it)
				}
				fmt.Fprintf(&b, `<a rel=next href="%s">weiter</a>`, c.next(n))
				content("text/html", b.String())(w, req)
			})
			got, sum := discoverAll(t, s, listingSource(t, s, source.Listing{URL: "/presse/", Item: "li.m", MaxPages: 9}), Options{})
			if h := sum.Starts[0]; h.Pages != c.pages || !strings.Contains(h.Note, c.noteHas) || len(got) == 0 {
				t.Errorf("%d pages read, want %d; note %q, error %q, got %d", h.Pages, c.pages, h.Note, h.Error, len(got))
			}
		})
	}
}

func TestListingThatIsEmptyOrBrokenWithdrawsNothing(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		reason string
	}{
		"empty":     {content("text/html", "<html><ul></ul></html>"), "had 3"},
		"relaunch":  {content("text/html", `<html><div class=neu><a href="/aktuelles/1">1</a></div></html>`), "had 3"},
		"500":       {status(500), "answers 500"},
		"404":       {status(404), "answers 404"},
		"not HTML":  {content("application/pdf", "%PDF"), "content type"},
		"challenge": {content("text/html", "<title>Just a moment...</title><li class=m><a href='/presse/m/9.php'>x</a></li>"), "bot challenge"},
	} {
		t.Run(name, func(t *testing.T) {
			s, m := newSite(t), newMemory()
			paths := s.releases(3)
			src := s.source(t, nil)
			crawl(t, m, src, Options{})
			s.on("/presse/", c.answer)
			for _, p := range paths {
				s.on(p, status(404)) // while a site is moved its pages are away, too
			}
			for range 3 {
				sum := crawl(t, m, src, Options{})
				if !sum.Failed() || !strings.Contains(sum.Err().Error(), c.reason) || strings.Contains(sum.Err().Error(), "\n") {
					t.Errorf("err = %v", sum.Err())
				}
				if sum.Known != 3 || sum.Rechecked != 0 {
					t.Errorf("known %d, rechecked %d", sum.Known, sum.Rechecked)
				}
			}
			if len(m.snapshots) != 3 {
				t.Errorf("%d snapshots: something was withdrawn", len(m.snapshots))
			}
		})
	}
}

// A feed names the newest pages before the listing is read: the listing must be read on all the same.
func TestPagerGoesOnWhereTheFeedWas(t *testing.T) {
	s := newSite(t)
	s.list("/presse/", "/presse/?seite=2", "/presse/m/1.php")
	s.list("/presse/?seite=2", "/presse/?seite=3", "/presse/m/2.php")
	s.list("/presse/?seite=3", "", "/presse/m/3.php")
	s.on("/rss", content("text/xml", `<rss version="2.0"><channel><item><link>/presse/m/1.php</link></item><item><link>/presse/m/2.php</link></item>`+
		`</channel></rss>`))
	got, _ := discoverAll(t, s, s.source(t, func(src *source.Source) { src.Start.Feeds = []string{"/rss"} }), Options{})
	if len(got) != 3 {
		t.Errorf("%d pages", len(got))
	}
}

func TestOneOfTwoStartsBroken(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.releases(2)
	src := s.source(t, func(src *source.Source) { src.Start.Feeds = []string{"/presse/rss.xml"} })
	sum := crawl(t, m, src, Options{})
	wantCounts(t, sum, map[Outcome]int{OutcomeNew: 2})
	if sum.Failed() || len(sum.Starts) != 2 || sum.Starts[0].Error == "" || sum.Starts[1].Error != "" {
		t.Errorf("%+v", sum)
	}
}

func TestNothingAtAllIsAFailure(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.list("/presse/", "")
	if sum := crawl(t, m, s.source(t, nil), Options{}); !sum.Failed() {
		t.Error("a source without a page did not fail")
	}
}

func TestHostileListings(t *testing.T) {
	var many strings.Builder
	for i := range discover.MaxListingItems + 500 {
		fmt.Fprintf(&many, `<li class=m><a href="/presse/m/%d">x</a>`, i)
	}
	for name, c := range map[string]struct {
		body  string
		kind  schemas.Kind
		pages int
	}{
		"too deep":      {strings.Repeat("<div>", 5000) + "<li class=m><a href=/presse/m/1.php>x</a>", schemas.KindNotHTML, 0},
		"too large":     {"<p>" + strings.Repeat("x", discover.MaxListingBytes), schemas.KindTooLarge, 0},
		"too many":      {many.String(), "", discover.MaxListingItems},
		"long address":  {"<li class=m><a href='/presse/m/" + strings.Repeat("x", 1<<20) + "'>x</a>", "", 0},
		"long title":    {"<li class=m><a href='/presse/m/2.php'>" + strings.Repeat("ü", 1<<20) + "</a>", "", 1},
		"one attribute": {"<li class=m " + strings.Repeat("a=b ", 1<<19) + "><a href='/presse/m/2.php'>x</a>", "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.html("/presse/", c.body)
			got, sum := discoverAll(t, s, s.source(t, nil), Options{})
			if h := sum.Starts[0]; h.ErrorKind != c.kind || len(got) != c.pages {
				t.Errorf("%d pages, %+v", len(got), h)
			}
			for _, h := range got {
				if len(h.Title) > 300 {
					t.Errorf("a title of %d bytes is remembered", len(h.Title))
				}
			}
		})
	}
}

func TestFeeds(t *testing.T) {
	rss := `<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>Presse</title><link>/</link><description/>
		<item><title>Br` + "\xfc" + `cke &amp; Stra` + "\xdf" + `e</title><link>/presse/m/1.php</link><pubDate>Mon, 02 Sep 2024 08:30:00 +0200</pubDate></item>
		<item><title>Nur GUID</title><guid>BASE/presse/m/2.php</guid></item>
		<item><title>Ohne Link</title></item>
		<item><title>Tag</title><link>/presse/m/4.php</link><pubDate>Mon, 02 Sep 2024 00:00:00 GMT</pubDate></item>
		<item><title>Fremd</title><link>https://fremd.example/presse/m/3.php</link></item></channel></rss>`
	atom := `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Presse</title><id>x</id><updated>2024-09-03T00:00:00Z</updated>
		<entry><title>Brücke &amp; Straße</title><id>1</id><link href="/presse/m/1.php"/><published>2024-09-02T06:30:00Z</published><updated>` +
		`2024-09-03T00:00:00Z</updated></entry>
		<entry><title>Tag</title><id>4</id><link href="/presse/m/4.php"/><published>2024-09-02T00:00:00+02:00</published></entry>
		<entry><title>Nur GUID</title><id>2</id><link href="BASE/presse/m/2.php"/><updated>2024-09-03T00:00:00Z</updated></entry></feed>`
	for name, c := range map[string]struct{ body, contentType string }{
		"rss": {rss, "application/rss+xml"}, "rss as HTML": {rss, "text/html"}, "atom": {atom, "application/atom+xml"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.on("/presse/rss.xml", content(c.contentType, strings.ReplaceAll(c.body, "BASE", s.URL)))
			src := s.source(t, func(src *source.Source) { src.Start = source.Start{Feeds: []string{"/presse/rss.xml"}} })
			got, sum := discoverAll(t, s, src, Options{})
			first := schemas.Hints{Title: "Brücke & Straße", Published: "2024-09-02T08:30:00+02:00", PublishedBy: "feed", DiscoveredBy: "feed"}
			if diff := cmp.Diff(first, got["/presse/m/1.php"]); diff != "" || len(got) != 3 {
				t.Errorf("%d pages, %s, starts %+v", len(got), diff, sum.Starts)
			}
			if day := got["/presse/m/4.php"].Published; day != "2024-09-02" { // midnight is how a feed writes a day
				t.Errorf("a day is read as %q", day)
			}
		})
	}
}

func TestFeedThatIsNone(t *testing.T) {
	for _, body := range []string{"", "<html><body>Wartung</body></html>", "<rss", strings.Repeat("<a>", 20000)} {
		s := newSite(t)
		s.on("/presse/rss.xml", content("text/xml", body))
		src := s.source(t, func(src *source.Source) { src.Start = source.Start{Feeds: []string{"/presse/rss.xml"}} })
		if _, sum := discoverAll(t, s, src, Options{}); !sum.Failed() || sum.Starts[0].Error == "" {
			t.Errorf("%.20q: %+v", body, sum)
		}
	}
}

func TestFeedDateBeatsListingDate(t *testing.T) {
	s := newSite(t)
	s.html("/presse/", `<li class=m><a href="/presse/m/1.php">Ein längerer Titel</a> 02.09.2024</li>`)
	s.on("/rss", content("text/xml", `<rss version="2.0"><channel><item><title>Titel</title><link>/presse/m/1.php</link><pubDate>Mon, 02 Sep 2024 `+
		`08:30:00 +0200</pubDate></item></channel></rss>`))
	s.on("/sitemap.xml", content("text/xml", `<urlset><url><loc>/presse/m/1.php</loc><lastmod>2025-01-01</lastmod></url></urlset>`))
	src := s.source(t, func(src *source.Source) {
		src.Start.Feeds, src.Start.Sitemaps = []string{"/rss"}, []string{"/sitemap.xml"}
	})
	got, sum := discoverAll(t, s, src, Options{})
	want := schemas.Hints{Title: "Titel", Published: "2024-09-02T08:30:00+02:00", PublishedBy: "feed", DiscoveredBy: "feed"}
	if diff := cmp.Diff(want, got["/presse/m/1.php"]); diff != "" || sum.Discovered != 1 {
		t.Error(diff, sum.Discovered)
	}
}

func TestSitemaps(t *testing.T) {
	s := newSite(t)
	s.on("/sitemap.xml", content("application/xml", strings.ReplaceAll(`<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
		<sitemap><loc>BASE/s/1.xml</loc></sitemap><sitemap><loc> /s/2.xml.gz </loc></sitemap><sitemap><loc>/s/missing.xml</loc></sitemap>
		<sitemap><loc>/sitemap.xml</loc></sitemap><sitemap><loc>https://fremd.example/s.xml</loc></sitemap></sitemapindex>`, "BASE", s.URL)))
	s.on("/s/1.xml", content("text/xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
		<url><loc>/presse/m/1.php</loc><lastmod>2024-09-02</lastmod></url>
		<url><loc>/presse/m/2.php</loc><n:news><n:publication_date>2024-09-03T10:00:00+02:00</n:publication_date><n:title>Zwei</n:title></n:news></url>
		<url><loc></loc></url><url><loc>/kontakt</loc></url></urlset>`))
	s.on("/s/2.xml.gz", content("application/x-gzip", string(gzipped([]byte(`<urlset><url><loc>/presse/m/3.php</loc></url></urlset>`)))))
	src := s.source(t, func(src *source.Source) { src.Start = source.Start{Sitemaps: []string{"/sitemap.xml"}} })
	got, sum := discoverAll(t, s, src, Options{})
	want := map[string]schemas.Hints{
		"/presse/m/1.php": {DiscoveredBy: "sitemap"}, // lastmod is no publication date
		"/presse/m/2.php": {DiscoveredBy: "sitemap", Title: "Zwei", Published: "2024-09-03T10:00:00+02:00", PublishedBy: "sitemap"},
		"/presse/m/3.php": {DiscoveredBy: "sitemap"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if h := sum.Starts[0]; h.Pages != 3 || !strings.Contains(h.Error, "missing.xml") || sum.Failed() {
		t.Errorf("%+v", h)
	}
}

func TestHostileSitemaps(t *testing.T) {
	bomb := gzipped([]byte("<urlset><url><loc>/presse/m/1.php</loc></url>" + strings.Repeat(" ", 4<<20)))
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		kind   schemas.Kind
		pages  int
	}{
		"bomb": {content("application/gzip", string(bomb)), schemas.KindTooLarge, 1},
		"entities": {content("text/xml", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>/presse/m/&b;</loc></url>`+
			`</urlset>`), "", 1}, // taken as written, never expanded
		"cut off": {content("text/xml", `<urlset><url><loc>/presse/m/1.php</loc></url><url><loc>/pre`), schemas.KindUnavailable, 1},
		"HTML":    {content("text/xml", `<html><body>Wartung</body></html>`), schemas.KindUnavailable, 0},
		"empty":   {content("text/xml", ``), schemas.KindUnavailable, 0},
		"deep":    {content("text/xml", `<urlset>`+strings.Repeat("<url>", 100000)), schemas.KindUnavailable, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.on("/sitemap.xml", c.answer)
			src := s.source(t, func(src *source.Source) {
				src.Start, src.Limits.BodyBytes = source.Start{Sitemaps: []string{"/sitemap.xml"}}, 1<<20
			})
			_, sum := discoverAll(t, s, src, Options{})
			if h := sum.Starts[0]; h.ErrorKind != c.kind || sum.Discovered != c.pages || strings.Contains(h.Error, "\n") {
				t.Errorf("discovered %d, %+v", sum.Discovered, h)
			}
		})
	}
}

func TestSitemapIndexWithoutEnd(t *testing.T) {
	s := newSite(t)
	n := 0
	s.on("/s", func(w http.ResponseWriter, req *http.Request) {
		n++
		content("text/xml", fmt.Sprintf(`<sitemapindex><sitemap><loc>/s?%d</loc></sitemap><sitemap><loc>/s?x%d</loc></sitemap></sitemapindex>`, n, n))(w, req)
	})
	src := s.source(t, func(src *source.Source) { src.Start = source.Start{Sitemaps: []string{"/s"}} })
	_, sum := discoverAll(t, s, src, Options{})
	if n != discover.MaxSitemaps || sum.Starts[0].Note == "" {
		t.Errorf("%d files read, %+v", n, sum.Starts[0])
	}
}

func TestSinceAndLimit(t *testing.T) {
	s := newSite(t)
	day := func(n int) string { return time.Date(2024, 9, 30-n, 0, 0, 0, 0, time.UTC).Format("02.01.2006") }
	s.on("/presse/", func(w http.ResponseWriter, req *http.Request) { // five a page, one a day, newest first
		n := 0
		_, _ = fmt.Sscan(req.URL.Query().Get("seite"), &n)
		var b strings.Builder
		for i := 5 * n; i < 5*n+5; i++ {
			fmt.Fprintf(&b, `<li class=m>%s <a href="/presse/m/d%d.php">x</a></li>`, day(i), i)
		}
		fmt.Fprintf(&b, `<a rel=next href="?seite=%d">weiter</a>`, n+1)
		content("text/html", b.String())(w, req)
	})
	src := s.source(t, nil)
	since := time.Date(2024, 9, 24, 0, 0, 0, 0, src.Plan().Zone)
	got, sum := discoverAll(t, s, src, Options{Since: since})
	if len(got) != 7 || sum.Counts[OutcomeSkipped] != 8 || sum.Starts[0].Pages != 3 {
		t.Errorf("since: %d pages, %v, %+v", len(got), sum.Counts, sum.Starts)
	}
	got, sum = discoverAll(t, s, src, Options{Limit: 6})
	if len(got) != 6 || sum.Starts[0].Pages != 2 {
		t.Errorf("limit: %d pages, %+v", len(got), sum.Starts)
	}
	src.Limits.Pages = 12
	if got, _ = discoverAll(t, s, src, Options{}); len(got) != 12 {
		t.Errorf("limits.pages: %d pages", len(got))
	}
}

func TestDiscoveryEndsWithItsContext(t *testing.T) {
	s, m := newSite(t), newMemory()
	ctx, cancel := context.WithCancel(t.Context())
	s.on("/presse/", func(_ http.ResponseWriter, req *http.Request) {
		cancel()
		<-req.Context().Done()
	})
	if sum, err := New(m, m, Config{}).Crawl(ctx, s.source(t, nil), Options{}); err != nil || !sum.Interrupted || sum.Failed() {
		t.Errorf("%v, %+v", err, sum)
	}
}
