package pubdate

import (
	"encoding/json"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/schemas"
)

// stated is a moment a page states, with the place.
type stated struct {
	moment
	evidence string
}

func stamped(value, evidence string) []stated {
	if m, ok := machine(value); ok {
		return []stated{{m, evidence}}
	}
	return nil
}

var siteparkMeta = cascadia.MustCompile(`meta[name="application-name"][data-content]`)

// sitepark reads the JSON in which Sitepark's CMS describes its page: "date" is the day the editor gave the release, "changed" the last
// edit. Both are in UTC; the site shows them in Berlin's time, and so does this.
func sitepark(p *page.Page) (published, modified []stated) {
	p.Doc.FindMatcher(siteparkMeta).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		var v struct {
			Date    string `json:"date"`
			Changed string `json:"changed"`
		}
		if raw := s.AttrOr("data-content", ""); len(raw) > 1<<20 || json.Unmarshal([]byte(raw), &v) != nil {
			return true
		}
		published, modified = stamped(v.Date, "sitepark:date"), stamped(v.Changed, "sitepark:changed")
		for _, l := range [][]stated{published, modified} {
			for i := range l {
				if l[i].granularity != schemas.GranularityDay {
					l[i].Time = l[i].In(berlin)
				}
			}
		}
		return false
	})
	return published, modified
}

// hinted is what the listing, feed or sitemap said that led to the page.
func hinted(h schemas.Hints) []stated {
	by := h.PublishedBy
	if by == "" {
		by = "listing"
	}
	return stamped(h.Published, by)
}
