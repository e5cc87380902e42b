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
	d, ok := c.elect()
	if ok {
		published = d.stamp()
	}
	return published, c.modified(published, d)
}

// candidates are what the page's witnesses say.
type candidates struct {
	all     []testimony
	changed []stated
	stand   time.Time // the day the page says it was last changed; zero when it does not
	made    time.Time // the day in its address
	fetched time.Time
	latest  time.Time
}

// gather asks every witness.
func gather(p *page.Page, s *schemas.Snapshot) *candidates {
	c := &candidates{latest: farthest, fetched: s.FetchedAt}
	if !s.FetchedAt.IsZero() {
		c.latest = s.FetchedAt.AddDate(0, 0, 1)
	}
	site, siteChanged := sitepark(p)
	ld := linked(p)
	meta := metas(p)
	a := read(p)
	updated := hatom(p, "updated")
	c.say(fromSite, site)
	c.say(fromLinked, ld.published)
	c.say(fromMeta, meta[certainMeta])
	c.first(fromProp, itemprops(a))
	c.say(fromHatom, hatom(p, "published"))
	if !c.fielded() {
		c.say(fromScript, scripted(p))
	}
	c.say(fromTitle, titled(p))
	c.say(fromCreated, ld.created)
	c.say(fromOtherMeta, meta[otherMeta])
	c.say(fromAddress, addressed(p))
	if hint := hinted(s.Hints); s.Hints.PublishedBy == "sitemap" {
		c.say(fromSitemap, hint)
	} else {
		c.say(fromListing, hint)
	}
	stand := c.print(printedDates(a))
	c.say(fromStand, slices.Concat(stand, updated))
	c.changed = slices.Concat(siteChanged, ld.modified, meta[modifiedMeta], stand, updated)
	c.limits()
	return c
}

func (c *candidates) say(from source, l []stated) {
	for _, x := range l {
		c.all = append(c.all, testimony{x, from})
	}
}

// fielded reports whether the page names the day for programs.
func (c *candidates) fielded() bool {
	return slices.ContainsFunc(c.all, func(t testimony) bool { return witnesses[t.source].family == field && c.plausible(t.stated) })
}

// first keeps the first date that can be true: of several dates of the kind the others are of something else.
func (c *candidates) first(from source, l []stated) {
	if i := slices.IndexFunc(l, c.plausible); i >= 0 {
		c.say(from, l[i:i+1])
	}
}

// print adds the printed dates, likeliest first, and gives those of the last change.
func (c *candidates) print(ps []printed) (stand []stated) {
	seen := false
	for _, p := range ps {
		x := stated{p.moment, p.rule}
		from := p.source(!seen)
		switch {
		case p.kind == event || !c.plausible(x):
			continue
		case p.kind == changed:
			stand = append(stand, x)
			if p.cost <= nearTitle && p.day().After(c.stand) {
				c.stand = p.day()
			}
			continue
		case from == fromPrinted || from == fromFar:
			seen = true
		}
		c.say(from, []stated{x})
	}
	return stand
}

// limits knows a moment that is told as that of the publication and as that of the last change for what it is: the CMS has one field for
// both. And it keeps the day of the address.
func (c *candidates) limits() {
	for i, t := range c.all {
		switch {
		case t.source == fromAddress:
			c.made = t.day()
		case (t.source == fromLinked || t.source == fromMeta) && t.granularity != schemas.GranularityDay &&
			slices.ContainsFunc(c.changed, func(x stated) bool { return x.Equal(t.Time) && x.granularity == t.granularity }):
			c.all[i].source = fromChange
		}
	}
}

// modified is the first change that can be true and is not before the publication, nor the same; the others of its day agree.
func (c *candidates) modified(published *schemas.Stamp, d *day) (out *schemas.Stamp) {
	var of time.Time
	for _, x := range c.changed {
		switch {
		case !c.plausible(x):
		case out == nil:
			if published != nil && (x.day().Before(d.Time) || x.value() == published.Value) {
				return nil
			}
			out, of = stamp(x), x.day()
		case x.day().Equal(of) && x.evidence != out.Evidence && !slices.Contains(out.Agreeing, x.evidence):
			out.Agreeing = append(out.Agreeing, x.evidence)
		}
	}
	return out
}

// plausible refuses what cannot be the date of a release: before the web, after the page was fetched, or the moment it was rendered.
func (c *candidates) plausible(x stated) bool {
	if x.day().Before(earliest) || x.Time.After(c.latest) {
		return false
	}
	return c.fetched.IsZero() || x.granularity != schemas.GranularitySecond || c.fetched.Sub(x.Time).Abs() > rendering ||
		x.evidence == "sitepark:date" || x.evidence == "feed"
}
