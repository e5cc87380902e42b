package crawler

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// keptLists is Lists in a slice.
type keptLists struct {
	mu     sync.Mutex
	pages  []schemas.ListPage
	starts []string
	err    error
}

func (k *keptLists) Keep(_ context.Context, _ string, p schemas.ListPage) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	p.Body = bytes.Clone(p.Body)
	k.pages = append(k.pages, p)
	return k.err
}

func (k *keptLists) Drop(_ context.Context, _ string, starts []string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.starts = starts
	return k.err
}

// twoStarts is a list of two pages, the first in a character set of long ago, behind a redirect, with a base, and a feed.
func twoStarts(t *testing.T) (*site, *source.Source) {
	s := newSite(t)
	s.on("/presse/", redirect("/neu/liste"))
	s.on("/neu/liste", content("text/html; charset=iso-8859-1", "<html><head><base href='m/'></head><ul><li class=m><a href='1.php'><img></a>"+
		"<h3>B\xfcrgermeister er\xf6ffnet Kita</h3><span class=d>2. September 2024</span><a href='1.php#top'>mehr</a></li>"+
		"<li class=m><a href='2.php'>Zwei</a></li></ul><a rel=next href='/neu/liste?seite=2'>weiter</a>"))
	s.html("/neu/liste?seite=2", `<li class=m><a href="/neu/m/3.php">Drei</a></li>`)
	s.on("/rss", content("application/rss+xml", `<rss version="2.0"><channel><item><title>Zwei</title><link>/neu/m/2.php</link>`+
		`<pubDate>Tue, 03 Sep 2024 08:00:00 +0200</pubDate></item></channel></rss>`))
	return s, s.source(t, func(src *source.Source) {
		src.Start = source.Start{Listings: []source.Listing{{URL: "/presse/", Item: "li.m"}}, Feeds: []string{"/rss"}}
		src.Accept = []string{"^/neu/m/"}
	})
}

func TestListsAreKeptAndReadAgain(t *testing.T) {
	s, src := twoStarts(t)
	lists := &keptLists{}
	if _, err := New(newMemory(), newMemory(), Config{Lists: lists}).Crawl(t.Context(), src, Options{}); err != nil {
		t.Fatal(err)
	}
	if want := []string{s.URL + "/rss", s.URL + "/presse/"}; !cmp.Equal(lists.starts, want) {
		t.Errorf("all but %v was forgotten, want %v", lists.starts, want)
	}
	if len(lists.pages) != 2 {
		t.Fatalf("%d pages are kept, want the feed and the first page of the list", len(lists.pages))
	}
	feed, list := lists.pages[0], lists.pages[1]
	if list.Kind != "listing" || list.URL != s.URL+"/presse/" || list.From != s.URL+"/neu/liste" || feed.Kind != "feed" || feed.From != "" {
		t.Errorf("%s %s from %q, %s from %q", list.Kind, list.URL, list.From, feed.Kind, feed.From)
	}
	want := []schemas.ListEntry{
		{URL: s.URL + "/neu/m/1.php", Title: "Bürgermeister eröffnet Kita", Published: "2024-09-02"},
		{URL: s.URL + "/neu/m/2.php", Title: "Zwei"},
	}
	wantFeed := []schemas.ListEntry{{URL: s.URL + "/neu/m/2.php", Title: "Zwei", Published: "2024-09-03T08:00:00+02:00"}}
	if diff := cmp.Diff(want, list.Entries) + cmp.Diff(wantFeed, feed.Entries); diff != "" {
		t.Error(diff)
	}

	s.Close() // nothing is asked for any more
	for _, p := range lists.pages {
		now, ok, err := Reread(t.Context(), src, p)
		if diff := cmp.Diff(p.Entries, now); err != nil || !ok || diff != "" {
			t.Errorf("%s: %v, %v, %s", p.URL, ok, err, diff)
		}
	}
	other := *src
	other.Start = source.Start{Listings: []source.Listing{{URL: "/presse/", Item: "li.m", Title: ".d"}}}
	other.Accept = []string{"/1.php$"}
	if err := other.Check(); err != nil {
		t.Fatal(err)
	}
	now, ok, err := Reread(t.Context(), &other, list)
	if diff := cmp.Diff([]schemas.ListEntry{{URL: want[0].URL, Title: "2. September 2024", Published: "2024-09-02"}}, now); err != nil || !ok || diff != "" {
		t.Errorf("by other selectors: %v, %v, %s", ok, err, diff)
	}
	if now, ok, err := Reread(t.Context(), &other, feed); ok || err != nil || now != nil {
		t.Errorf("a feed that the source does not name: %v, %v, %v", now, ok, err)
	}
}

func TestListsThatAreNotKept(t *testing.T) {
	_, src := twoStarts(t)
	lists := &keptLists{}
	c := New(newMemory(), newMemory(), Config{Lists: lists})
	crawl := func(c *Crawler, opt Options) {
		t.Helper()
		if _, err := c.Crawl(t.Context(), src, opt); err != nil {
			t.Fatal(err)
		}
	}
	crawl(c, Options{DryRun: true})
	crawl(c.On(newMemory(), newMemory()), Options{})
	crawl(c, Options{Limit: 1}) // the feed has one entry: enough, and nobody reads on
	if len(lists.pages) != 0 {
		t.Errorf("%d pages are kept of a dry run, a look, and a list that was left", len(lists.pages))
	}

	var log bytes.Buffer
	lists.err = errors.New("the disk is full")
	m := newMemory()
	crawl(New(m, m, Config{Lists: lists, Log: slog.New(slog.NewTextHandler(&log, nil))}), Options{})
	if n := strings.Count(log.String(), "the page of a list is not kept"); n != 1 || len(lists.pages) != 2 {
		t.Errorf("%d words for %d pages:\n%s", n, len(lists.pages), &log)
	}
}

func TestListsThatDidNotAnswer(t *testing.T) {
	s, src := twoStarts(t)
	s.on("/neu/liste", status(http.StatusInternalServerError))
	s.html("/rss", "<title>Just a moment...</title>")
	lists := &keptLists{}
	if _, err := New(newMemory(), newMemory(), Config{Lists: lists}).Crawl(t.Context(), src, Options{}); err != nil || len(lists.pages) != 0 {
		t.Errorf("%v, %d pages are kept", err, len(lists.pages))
	}
}
