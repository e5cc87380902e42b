package probe

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/crawler/discover/family"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/internal/german/calendar"
	"github.com/kreispresse/kreispresse/schemas"
)

// What a list is believed by.
const (
	askedSamples  = 3
	goodSamples   = 2   // of them, releases with a title and some text
	sampleLetters = 120 // of a release
	mostYears     = 6   // lists of other years
)

// settle makes a source of a list. It reports false when what the list leads to are no releases.
func (w *walk) settle(ctx context.Context, l *listing) bool {
	p, g := l.page, l.group
	samples, good := w.samples(ctx, g.entries)
	if !good {
		w.troubles = append(w.troubles, trouble{NoPressPage, p.weight, fmt.Sprintf("what the list at %s leads to are no releases: %s", p.url, firstError(samples))})
		return false
	}
	w.find.Draft = Draft{Base: w.base()}
	w.evidence("the list at %s: %d entries, %d %% with a date, the latest of %s", p.url, len(g.entries), int(100*g.share(dated)), day(g))
	keys := w.keys(g)
	list := w.listing(l)
	keys = append(keys, w.goesOn(ctx, l, &list)...)
	w.find.Draft.Listings = append(w.find.Draft.Listings, list)
	for _, y := range p.years(g) {
		if len(w.find.Draft.Listings) > mostYears {
			break
		}
		other := list
		other.URL = w.reference(y)
		w.find.Draft.Listings = append(w.find.Draft.Listings, other)
	}
	if n := len(w.find.Draft.Listings) - 1; n > 0 {
		w.evidence("%s of other years", plural(n, "list"))
		w.doubt("the lists are parted by years: when a new year begins, see whether its list has an address of its own")
	}
	w.addresses(keys)
	accepts := w.accepting()
	w.feedsOf(ctx, l, keys, accepts)
	w.profile(p.family, p.by)
	w.find.Samples = samples
	w.doubtList(l)
	w.end(Found, "the list at "+p.url.String()+" shows the releases")
	return true
}

func day(g *group) string {
	if t := g.newest(); !t.IsZero() {
		return t.Format("2006-01-02")
	}
	return "no day"
}

func firstError(samples []Sample) string {
	for _, s := range samples {
		if s.Error != "" {
			return s.Error
		}
	}
	return "too little text"
}

// doubtList says what is odd about a list.
func (w *walk) doubtList(l *listing) {
	g, p := l.group, l.page
	switch newest := g.newest(); {
	case newest.IsZero():
		w.doubt("the list prints no dates: they are read from the releases")
	case w.opt.Now.Sub(newest) > oldAfter:
		w.doubt("the latest entry of the list is of %s: the site may have been relaunched elsewhere", day(g))
	case g.share(dated) < 0.9:
		w.doubt("%d %% of the entries have no date", int(100*g.share(func(e *entry) bool { return !dated(e) })))
	}
	if p.weight < leastPromise {
		w.doubt("nothing on %s says that the list is of press releases", p.url)
	}
	if files := g.share(isFile); files > 0 {
		w.doubt("%d %% of the entries lead to files, which are not read", int(100*files))
	}
	if !sameSite(p.url, w.home) {
		w.doubt("the list stands on %s, another site than %s", p.url.Host, w.home.Host)
	}
	for _, other := range w.lists {
		if other.page != p && !other.rejected && other.value >= leastPromise && canonical(other.page.url) != canonical(p.url) {
			w.doubt("there is another list, which was left out: %s", other.page.url)
		}
	}
	if g.item == "" {
		w.doubt("no selector names the entries alone: every link whose address is accepted is one")
	}
}

// keys are the addresses of a list's entries that are pages.
func (w *walk) keys(g *group) (keys []string) {
	hosts := map[string]int{}
	for _, e := range g.entries {
		hosts[e.to.Host]++
	}
	for _, e := range g.entries {
		if !isFile(&e) && !slices.ContainsFunc(w.skips(), func(s string) bool { return strings.Contains(e.key, s) }) && 5*hosts[e.to.Host] >= len(g.entries) {
			keys = append(keys, e.key)
		}
	}
	return keys
}

func (w *walk) skips() []string {
	if w.family == nil {
		return nil
	}
	return w.family.Skip
}

// listing is the list with its selectors. What the family says is left to the family.
func (w *walk) listing(l *listing) Listing {
	list := Listing{URL: w.reference(l.page.url)}
	g := l.group
	if g.family {
		w.evidence("entries by %s, as %s has them", g.item, l.page.family.ID)
		return list
	}
	g.within()
	if g.item == "" {
		return list
	}
	list.Item, list.Link, list.Title, list.Date = g.item, g.parts.link, g.parts.title, g.parts.date
	if list.Link == "" && len(l.page.family.Link) > 0 { // the family's would be used, and was not looked at here
		list.Link = "a[href]"
	}
	w.evidence("entries by structure: %s", orNone(g.item))
	return list
}

func orNone(s string) string {
	if s == "" {
		return "every link of their shape"
	}
	return s
}

// goesOn finds the pager, tries it, and gives the entries of the next page.
func (w *walk) goesOn(ctx context.Context, l *listing, list *Listing) (keys []string) {
	x, ok := l.page.findPager(l.group)
	if !ok {
		if l.page.loadsMore() {
			w.doubt("the list goes on by a script only: the first %d entries are read", len(l.group.entries))
		} else if len(l.page.years(l.group)) == 0 {
			w.doubt("no link to a next page was found: only the first %d entries are read", len(l.group.entries))
		}
		return nil
	}
	a, err := w.fetch(ctx, polite.WantAny, x.to, "the next page of the list", false)
	if err != nil {
		w.doubt("the next page of the list could not be read: %s: %s", x.to, polite.Why(err))
		return nil
	}
	next, err := readPage(a)
	if err != nil {
		return nil
	}
	keys = w.fresh(l.group, next)
	fresh := len(keys)
	w.find.Visited = append(w.find.Visited, Visit{x.to.String(), "the next page of the list", plural(fresh, "new entry")})
	if fresh == 0 {
		w.doubt("what looks like the next page of the list (%s) brings nothing new", x.to)
		return nil
	}
	if later := x.later(next); later != nil && (canonical(later) == canonical(x.to) || canonical(later) == canonical(l.page.url)) {
		w.doubt("on its second page the pager leads back: only two pages are read")
	}
	if !slices.ContainsFunc(l.page.family.Next, func(s family.Selector) bool { return s.CSS == x.css }) {
		list.Next = x.css
		if x.css == "" && len(l.page.family.Next) > 0 {
			list.Next = relNext
		}
	}
	w.evidence("the list goes on by %s: %d new entries on its second page", x.by, fresh)
	return keys
}

// fresh are the addresses that the list's selector finds on another page of the list, that are built like those of the first and were not
// there.
func (w *walk) fresh(g *group, next *page) (keys []string) {
	known, builds := map[string]bool{}, map[string]bool{}
	for _, k := range w.keys(g) {
		known[k], builds[build(parse(k))] = true, true
	}
	for _, other := range next.groups(w.opt.Zone) {
		if g.item != "" && other.item != g.item {
			continue
		}
		for _, k := range w.keys(other) {
			if !known[k] && builds[build(parse(k))] {
				known[k] = true
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// loadsMore reports whether a button that is no link says that there is more.
func (p *page) loadsMore() bool {
	found := false
	p.doc.Find("button, input[type=button], a:not([href]), a[href^='#'], a[href^='javascript']").Each(func(_ int, b *goquery.Selection) {
		found = found || nextWords().MatchString(oneLine(b.Text()+b.AttrOr("value", "")))
	})
	return found
}

// addresses sums up where the releases are: hosts and the shape of their addresses.
func (w *walk) addresses(keys []string) {
	d := &w.find.Draft
	accept, left := patterns(keys)
	d.Accept = accept
	if len(left) > 0 {
		w.doubt("%s of the list are unlike the others and left out, e.g. %s", plural(len(left), "address"), left[0])
	}
	for _, a := range accept {
		if strings.Count(a, "/") == 1 && strings.Contains(a, "[^/]+") && !strings.Contains(a, "?") {
			w.doubt("releases lie at the root of the site (%s): their addresses alone do not tell them from other pages", a)
		}
	}
	w.evidence("addresses of releases are like %s", strings.Join(accept, " or "))
	own := canonicalHost(w.base())
	for _, raw := range append(slices.Clone(keys), d.Base) {
		if h := canonicalHost(raw); h != "" && h != own && !slices.Contains(d.Hosts, h) {
			d.Hosts = append(d.Hosts, h)
		}
	}
	for _, l := range append(slices.Clone(d.Listings), Listing{}) {
		if h := canonicalHost(l.URL); h != "" && h != own && !slices.Contains(d.Hosts, h) {
			d.Hosts = append(d.Hosts, h)
		}
	}
}

func canonicalHost(raw string) string {
	c, err := schemas.CanonicalURL(raw)
	if err != nil {
		return ""
	}
	return parse(c).Host
}

// accepting is the draft's accept as a function of canonical addresses.
func (w *walk) accepting() func(string) bool {
	var res []*regexp.Regexp
	for _, a := range w.find.Draft.Accept {
		res = append(res, regexp.MustCompile(a))
	}
	return func(key string) bool {
		at := parse(key).RequestURI()
		return slices.ContainsFunc(res, func(re *regexp.Regexp) bool { return re.MatchString(at) })
	}
}

// base is the root of the site.
func (w *walk) base() string { return w.home.Scheme + "://" + w.home.Host + "/" }

// reference is an address as it stands in a source: from the root where it is on the site's own host. Hosts that are named so are the
// source's, too.
func (w *walk) reference(u *url.URL) string {
	c := *u
	c.Fragment = ""
	if c.Scheme == w.home.Scheme && c.Host == w.home.Host {
		return c.RequestURI()
	}
	if h := canonicalHost(u.String()); h != "" && !slices.Contains(w.find.Draft.Hosts, h) {
		w.find.Draft.Hosts = append(w.find.Draft.Hosts, h)
	}
	return c.String()
}

// samples reads some of the entries, the first, one of the middle and the last, and says whether they are releases.
func (w *walk) samples(ctx context.Context, entries []entry) (out []Sample, good bool) {
	if w.opt.Read == nil {
		return nil, true
	}
	var pages []entry
	for _, e := range entries {
		if !isFile(&e) {
			pages = append(pages, e)
		}
	}
	if len(pages) == 0 {
		return nil, false
	}
	read, tried := 0, map[int]bool{}
	for _, i := range []int{0, len(pages) / 2, len(pages) - 1} {
		if tried[i] {
			continue
		}
		tried[i] = true
		s := w.sample(ctx, pages[i])
		out = append(out, s)
		if s.Error == "" && s.Title != "" && s.Letters >= sampleLetters {
			read++
		}
		if s.Error == "" && s.Published == "" {
			w.doubt("no date of publication was found on %s", s.URL)
		}
	}
	return out, read >= min(goodSamples, len(tried))
}

func (w *walk) sample(ctx context.Context, e entry) Sample {
	s := Sample{URL: e.to.String(), Listed: e.title}
	a, err := w.fetch(ctx, polite.WantAny, e.to, "a release, to see whether it can be read", true)
	if err == nil && polite.NoIndex(a) {
		err = polite.ErrNoIndex
	}
	if err != nil {
		s.Error = polite.Why(err)
		w.trouble(candidate{url: e.to, weight: leastPromise}, err)
		return s
	}
	hints := schemas.Hints{Title: e.title, DiscoveredBy: "listing"}
	if !e.date.IsZero() {
		hints.Published = calendar.Date{Time: e.date, Granularity: calendar.Day}.String()
		hints.PublishedBy = "listing"
	}
	r, err := w.opt.Read(&schemas.Snapshot{
		Source: schemas.Source{ID: "explored", Name: w.home.Host, State: "BE"}, URL: a.URL, Status: a.Status,
		ContentType: a.Header.Get("Content-Type"), Hints: hints, Body: a.Body,
	})
	if err != nil {
		s.Error = polite.Why(err)
		return s
	}
	s.Title, s.Letters = r.Title, countLetters(r.Text)
	if r.Published != nil {
		s.Published, s.By = r.Published.Value, r.Published.Evidence
	}
	return s
}

func textOf(n *html.Node) string { return goquery.NewDocumentFromNode(n).Text() }

func plural(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "s"):
		noun += "es"
	case strings.HasSuffix(noun, "y"):
		noun = strings.TrimSuffix(noun, "y") + "ies"
	default:
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
