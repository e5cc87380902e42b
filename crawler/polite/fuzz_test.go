package polite

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzRobots: rules of any bytes decide without a panic, and every spelling of a path is decided alike.
func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /presse/märz\nCrawl-delay: 1\n"), "/presse/m%C3%A4rz/%41")
	f.Add([]byte("User-agent: kreispresse\nDisallow: /*a*b*$\n\xff\x00"), "/aXb%zz")
	f.Fuzz(func(t *testing.T, text []byte, path string) {
		u, err := url.Parse("https://a.example/" + strings.TrimPrefix(path, "/"))
		if err != nil || u.Host != "a.example" {
			t.Skip()
		}
		r := readRules(text, "")
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
