package crawler

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// FuzzParse: a source file of any bytes is a checked source or an error that tells its problems, never a panic.
func FuzzParse(f *testing.F) {
	f.Add([]byte(minimal))
	f.Add([]byte("id: [\n"))
	f.Add([]byte("a: &a [*a]\n<<: *a\n!!x y: |\n  z\n? - k\n: v\n"))
	f.Add([]byte("start: {listings: [{url: /, item: 'a:has(', next: x}]}\npace: 1e9s\nlimits: {body_bytes: -1B}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Parse("f.yaml", text)
		if err == nil {
			if err := s.Check(); err != nil {
				t.Errorf("parsed, but not valid: %v", err)
			}
			return
		}
		var p Problems
		if !errors.As(err, &p) || len(p) == 0 || strings.Contains(err.Error(), "\n") {
			t.Errorf("err = %q", err)
		}
	})
}

// FuzzRobots: rules of any bytes decide without a panic, and every spelling of a path is decided alike.
func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /presse/märz\nCrawl-delay: 1\n"), "/presse/m%C3%A4rz/%41")
	f.Add([]byte("User-agent: kreispresse\nDisallow: /*a*b*$\n\xff\x00"), "/aXb%zz")
	f.Fuzz(func(t *testing.T, text []byte, path string) {
		u, err := url.Parse("https://a.example/" + strings.TrimPrefix(path, "/"))
		if err != nil || u.Host != "a.example" {
			t.Skip()
		}
		r := &rules{text: normalRules(text)}
		spelled := *u
		spelled.RawPath = strings.ReplaceAll(u.EscapedPath(), "a", "%61")
		if got, want := r.allow(&spelled), r.allow(u); got != want {
			t.Errorf("%s: %v, %s: %v", u, want, &spelled, got)
		}
		if d := crawlDelay(r.text); d < 0 || d > maxCrawlDelay {
			t.Errorf("delay %v", d)
		}
	})
}

// FuzzSitemap: a sitemap of any bytes yields pages of the source or an error.
func FuzzSitemap(f *testing.F) {
	f.Add("<urlset><url><loc>/presse/m/1.php</loc><lastmod>2024-09-02</lastmod></url></urlset>")
	f.Add("<sitemapindex><sitemap><loc>//x/</loc></sitemap></sitemapindex>")
	f.Add(`<?xml version="1.0" encoding="utf-16"?><urlset>`)
	src := defaults()
	src.ID, src.Name, src.State, src.Base = "kreis-muster", "Kreis Muster", "NW", "https://a.example/"
	src.Start.Sitemaps = []string{"/s"}
	if err := src.Check(); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := &discovery{src: src, frontier: newFrontier(src), note: func(string) {}}
		_, _ = d.readSitemap(strings.NewReader(text), "https://a.example/s", &StartHealth{Kind: bySitemap})
		for _, e := range d.frontier.entries {
			if c, err := schemas.CanonicalURL(e.url); err != nil || c != e.url || !src.accepts(parseURL(e.url)) {
				t.Errorf("entry %+v: %v", e, err)
			}
		}
	})
}
