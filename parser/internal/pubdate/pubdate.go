package pubdate

import (
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// earliest is the first day a page can be from; farthest bounds pages whose time of fetching is not known.
var (
	earliest = time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC)
	farthest = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Find reads the page's stamps; nil when the page does not say. It never looks at a clock: "future" is judged against s.FetchedAt.
func Find(p *page.Page, _ *text.Doc, s *schemas.Snapshot) (published, modified *schemas.Stamp) {
	c := gather(p, s)
	pub, ok := c.published()
	if ok {
		published = stamp(pub)
	}
	if mod, found := c.modified(); found && (!ok || !mod.day().Before(pub.day()) && mod.value() != pub.value()) {
		modified = stamp(mod)
	}
	return published, modified
}

// candidates are what the sources say, in the order of trust.
type candidates struct {
	order   []source
	changed []stated
	fetched time.Time
	latest  time.Time
}

// source is one place dates are read from.
type source struct {
	name  string
	dates []stated
}

// gather asks every source.
//
// The order comes from 183 real pages with a known day (right of all where the source says something): datelines 7 of 7, the release's
// date by definition; JSON-LD 69 of 71; certain meta names 60 of 63; microdata 20 of 23, which some templates fill with the first draft; a
// date printed at the title 121 of 128; what the listing or feed said; the end of <title> 8 of 8; other meta names 27 of 31, which some
// systems set to the last change or the moment of rendering; the address 18 of 18, but it names the day the page was made; a printed
// "Stand" 11 of 11, the last change, for pages that tell no other date; dates printed farther away 8 of 17. Where several are right the
// one that tells the time of day as well comes first.
func gather(p *page.Page, s *schemas.Snapshot) *candidates {
	c := &candidates{latest: farthest, fetched: s.FetchedAt}
	if !s.FetchedAt.IsZero() {
		c.latest = s.FetchedAt.AddDate(0, 0, 1)
	}
	site, siteChanged := sitepark(p)
	ld := linked(p)
	a := read(p)
	pr := sortPrinted(printedDates(a))
	updated := hatom(p, "updated")
	hint := hinted(s.Hints)
	var listed, mapped []stated
	if s.Hints.PublishedBy == "sitemap" {
		mapped = hint // <lastmod>: a change rather than the publication
	} else {
		listed = hint
	}
	say := func(name string, l []stated) { c.order = append(c.order, source{name, l}) }
	say("sitepark", site)
	say("dateline", pr.lines)
	say("jsonld", ld.published)
	say("meta", meta(p, certainMeta))
	say("itemprop", itemprops(a))
	say("hatom", hatom(p, "published"))
	say("printed", pr.near)
	say("hint", listed)
	say("title", titled(p))
	say("created", ld.created)
	say("other meta", meta(p, otherMeta))
	say("url", address(p))
	say("stand", slices.Concat(pr.stand, updated))
	say("printed far", pr.far)
	say("sitemap", mapped)
	c.changed = slices.Concat(siteChanged, ld.modified, meta(p, modifiedMeta), pr.stand, updated)
	return c
}

func (c *candidates) published() (stated, bool) {
	for _, s := range c.order {
		for _, x := range s.dates {
			if c.plausible(x) {
				return x, true
			}
		}
	}
	return stated{}, false
}

func (c *candidates) modified() (stated, bool) {
	for _, x := range c.changed {
		if c.plausible(x) {
			return x, true
		}
	}
	return stated{}, false
}

// plausible refuses what cannot be the date of a release: before the web, after the page was fetched, or the moment it was rendered.
func (c *candidates) plausible(x stated) bool {
	if x.day().Before(earliest) || x.Time.After(c.latest) {
		return false
	}
	return c.fetched.IsZero() || x.granularity != schemas.GranularitySecond || c.fetched.Sub(x.Time).Abs() > rendering ||
		x.evidence == "sitepark:date" || x.evidence == "feed"
}

func stamp(x stated) *schemas.Stamp {
	return &schemas.Stamp{Value: x.value(), Granularity: x.granularity, Evidence: x.evidence}
}
