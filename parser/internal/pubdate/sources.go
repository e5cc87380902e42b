package pubdate

import (
	"encoding/json"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
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

// maxDescription bounds the JSON in which a page describes itself, in bytes.
const maxDescription = 1 << 20

// sitepark reads the JSON in which Sitepark's CMS describes its page: "date" is the day the editor gave the release, "changed" the last
// edit. Both are in UTC; the site shows them in Berlin's time, and so does this.
func sitepark(p *page.Page) (published, modified []stated) {
	for _, i := range p.Tree.Metas {
		n := p.Tree.E[i].Node
		if markup.Attr(n, "name") != "application-name" || !markup.HasAttr(n, "data-content") {
			continue
		}
		var v struct {
			Date    string `json:"date"`
			Changed string `json:"changed"`
		}
		if raw := markup.Attr(n, "data-content"); len(raw) > maxDescription || json.Unmarshal([]byte(raw), &v) != nil {
			continue
		}
		return stamped(v.Date, "sitepark:date"), stamped(v.Changed, "sitepark:changed")
	}
	return nil, nil
}

// hinted is what the listing, feed or sitemap said that led to the page.
func hinted(h schemas.Hints) []stated {
	by := h.PublishedBy
	if by == "" {
		by = "listing"
	}
	return stamped(h.Published, by)
}
