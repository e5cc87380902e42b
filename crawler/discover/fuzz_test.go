package discover

import (
	"testing"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// exampleSource is a source with one sitemap whose every page is accepted.
func exampleSource(t testing.TB) *source.Source {
	t.Helper()
	src := source.Defaults()
	src.ID, src.Name, src.State, src.Base = "kreis-muster", "Kreis Muster", "NW", "https://a.example/"
	src.Start.Sitemaps = []string{"/s"}
	if err := src.Check(); err != nil {
		t.Fatal(err)
	}
	return src
}

// FuzzSitemap: a sitemap of any bytes yields pages of the source or an error.
func FuzzSitemap(f *testing.F) {
	f.Add("<urlset><url><loc>/presse/m/1.php</loc><lastmod>2024-09-02</lastmod></url></urlset>")
	f.Add("<sitemapindex><sitemap><loc>//x/</loc></sitemap></sitemapindex>")
	f.Add(`<?xml version="1.0" encoding="utf-16"?><urlset>`)
	src := exampleSource(f)
	f.Fuzz(func(t *testing.T, text string) {
		d := &discovery{src: src, frontier: NewFrontier(src), note: func(string) {}}
		_, _ = d.readSitemap([]byte(text), "https://a.example/s", &StartHealth{Kind: BySitemap})
		for _, e := range d.frontier.Entries {
			if c, err := schemas.CanonicalURL(e.URL); err != nil || c != e.URL || !src.Accepts(parseURL(e.URL)) {
				t.Errorf("entry %+v: %v", e, err)
			}
		}
	})
}
