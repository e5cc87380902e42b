package console

import (
	"strings"
	"testing"
)

func TestRobotsLines(t *testing.T) {
	for name, x := range map[string]struct{ text, ours string }{
		"everybody":           {"User-agent: *\nDisallow: /a\n\nUser-agent: other\nDisallow: /b", "User-agent: *|Disallow: /a"},
		"we are named":        {"User-agent: *\nDisallow: /a\nUser-agent: Kreispresse/1.0\nDisallow: /b\nSitemap: /s", "User-agent: Kreispresse/1.0|Disallow: /b"},
		"somebody like us":    {"User-agent: kreispresse-copy\nDisallow: /b", ""},
		"several in one":      {"User-agent: x\n# us, too\nUser-agent: kreispresse\nCrawl-delay: 9", "User-agent: kreispresse|Crawl-delay: 9"},
		"nobody":              {"Disallow: /", ""},
		"nothing":             {"", ""},
		"more than is shown":  {strings.Repeat("Disallow: /\n", 99), ""},
		"named, then another": {"User-agent: kreispresse\nAllow: /\nUser-agent: y\nDisallow: /", "User-agent: kreispresse|Allow: /"},
	} {
		var ours []string
		list := robotsLines(x.text)
		for _, l := range list {
			if l.Ours {
				ours = append(ours, l.Text)
			}
		}
		if got := strings.Join(ours, "|"); got != x.ours || len(list) > mostRobots+1 {
			t.Errorf("%s: %s, want %s; %d lines", name, got, x.ours, len(list))
		}
	}
}
