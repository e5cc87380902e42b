package probe

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/discover/family"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// How far a walk goes.
const (
	mostPages     = 14 // that are looked at for a list
	searchUntil   = 26 // requests, after which what is left is kept for settling
	feedsUntil    = 34 // requests, after which no feed is asked for
	resortPages   = 6  // that are looked at more, when no link helped
	mostHops      = 5  // of one redirect
	strong        = 8  // the promise of a name that leaves no doubt
	deepest       = 3  // links from the start
	staleAfter    = 400 * 24 * time.Hour
	oldAfter      = 180 * 24 * time.Hour
	plainLetters  = 24 // of the headlines of a list without dates, at least and on average
	leastPromise  = 5  // of the name of a list
	weakest       = 3  // value of a list beside which nothing else need be looked for
	strangerWords = 8  // promise of a link that may lead to another site
	mostStrangers = 3  // other sites' pages that are looked at
)

// candidate is an address that may be a press page.
type candidate struct {
	url    *url.URL
	weight int // promise of its name
	depth  int
	why    string
	guess  bool // nothing says that there is such a page
}

// listing is a list that was found.
type listing struct {
	page     *page
	group    *group
	value    float64
	rejected bool
}

// walk is one look at a site.
type walk struct {
	get  Fetcher
	opt  Options
	find *Finding
	home *url.URL // where the start really is

	queue    []candidate
	seen     map[string]bool // canonical addresses that were or will be asked for
	pages    int
	lists    []*listing
	feeds    []feedLink
	troubles []trouble
	family   *family.Family
	by       string // what the family was recognised by
	resorted bool
	sitemap  *siteMap
	left     int // links to other sites that were followed
}

func (w *walk) push(c candidate) {
	key := canonical(c.url)
	if key == "" || w.seen[key] {
		return
	}
	w.seen[key] = true
	w.queue = append(w.queue, c)
}

// pop is the most promising candidate, of two alike the one that is nearer to the start.
func (w *walk) pop() (candidate, bool) {
	if len(w.queue) == 0 {
		return candidate{}, false
	}
	best := 0
	for i, c := range w.queue {
		if c.weight > w.queue[best].weight || c.weight == w.queue[best].weight && c.depth < w.queue[best].depth {
			best = i
		}
	}
	c := w.queue[best]
	w.queue = slices.Delete(w.queue, best, best+1)
	return c, true
}

// fetch asks for an address and follows where it leads on the same site, or to a host that the site itself names as its press page.
func (w *walk) fetch(ctx context.Context, want polite.Want, u *url.URL, why string, away bool) (*polite.Answer, error) {
	for hop := 0; ; hop++ {
		if w.opt.Note != nil {
			w.opt.Note(u.String(), why)
		}
		a, err := w.get.Get(ctx, want, u.String())
		if err != nil || a.Location == "" {
			if err == nil {
				err = a.Unusual()
			}
			if err == nil && want == polite.WantAny {
				err = discover.Challenge(a.Body, u.String())
			}
			return a, err
		}
		to, err := url.Parse(a.Location)
		switch {
		case err != nil || hop == mostHops:
			return nil, polite.Refuse(schemas.KindUnavailable, u.String(), "", "more than %d redirects, the last to %s", mostHops, a.Location)
		case !away && !sameSite(u, to):
			return nil, polite.Refuse(schemas.KindPolicy, u.String(), "name that address if it is theirs", "%w: it leads to %s", errElsewhere, to)
		}
		u = to
	}
}

var errElsewhere = errors.New("another site")

// visit looks at one candidate. Ok is false when there is no page.
func (w *walk) visit(ctx context.Context, c candidate) (*page, bool) {
	a, err := w.fetch(ctx, polite.WantAny, c.url, c.why, c.weight >= strangerWords)
	got := ""
	defer func() { w.find.Visited = append(w.find.Visited, Visit{c.url.String(), c.why, got}) }()
	if err != nil {
		got = polite.Why(err)
		w.trouble(c, err)
		return nil, false
	}
	if isFeed(a.Body) {
		got = "a feed"
		w.feeds = append(w.feeds, feedLink{url: parse(a.URL), weight: max(c.weight, strong), why: c.why, body: a.Body})
		return nil, false
	}
	p, err := readPage(a)
	if err != nil {
		got = polite.Why(err)
		return nil, false
	}
	w.seen[canonical(p.url)] = true
	p.weight = max(c.weight, p.names())
	if n := promise(oneLine(p.doc.Find("h1").First().Text())); n < 0 {
		p.weight = min(p.weight, leastPromise-1)
	}
	got = w.consider(p, c)
	w.collect(p, c)
	return p, true
}

// names is what the names of a page promise: heading, title, folder.
func (p *page) names() int {
	head, _, _ := strings.Cut(p.title, "|")
	return max(promise(oneLine(p.doc.Find("h1").First().Text())), promise(head)-1, folder(p.url))
}

// first looks at the start. It reports whether there is anything to go on from.
func (w *walk) first(ctx context.Context, u *url.URL) bool {
	w.seen[canonical(u)] = true
	p, ok := w.visit(ctx, candidate{url: u, why: "the address given", weight: max(0, folder(u))})
	if ctx.Err() != nil {
		return false
	}
	if !ok {
		return w.withoutStart(u)
	}
	w.home, w.family, w.find.Site = p.url, p.family, p.siteName()
	w.by = p.by
	if p.family.Entrance != "" && p.text < 600 {
		past := *p.url
		past.RawQuery = p.family.Entrance
		w.queue = append(w.queue, candidate{url: &past, weight: strong, why: "past the entrance page"})
	}
	w.above(p.url)
	return true
}

// above are the folders above an address.
func (w *walk) above(u *url.URL) {
	for dir := parent(u); dir != nil; dir = parent(dir) {
		w.push(candidate{url: dir, weight: max(4, folder(dir)), guess: true, why: "the folder above the address given"})
	}
}

// withoutStart says how to go on when the start is no page: a feed has a site, and a page that is missing has neighbours. A site that does
// not answer is not asked again.
func (w *walk) withoutStart(u *url.URL) bool {
	missing := len(w.troubles) > 0 && w.troubles[0].state == NoPressPage
	if len(w.feeds) == 0 && !missing && (len(w.queue) == 0 || w.lost()) {
		w.whyNot()
		return false
	}
	w.above(u)
	w.push(candidate{url: u.ResolveReference(&url.URL{Path: "/"}), weight: 1, guess: true, why: "the home page of the address given"})
	return true
}

// parent is the folder above an address, nil for the root.
func parent(u *url.URL) *url.URL {
	p := strings.TrimSuffix(u.Path, "/")
	i := strings.LastIndexByte(p, '/')
	if i < 0 || p == "" {
		return nil
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: p[:i+1]}
}

// explore visits candidates until none promises more than what was found.
func (w *walk) explore(ctx context.Context) {
	for w.pages < mostPages && ctx.Err() == nil && !w.exhausted() {
		c, ok := w.pop()
		if !ok {
			return
		}
		if best := w.best(); best != nil && float64(c.weight) <= best.value-1.5 || c.weight < 1 {
			continue
		}
		w.pages++
		w.visit(ctx, c)
	}
}

// exhausted reports whether the requests that are left are needed to settle.
func (w *walk) exhausted() bool { return w.get.Requests() > searchUntil }

// best is the list that promises most.
func (w *walk) best() (best *listing) {
	for _, l := range w.lists {
		if !l.rejected && (best == nil || l.value > best.value) {
			best = l
		}
	}
	return best
}

// consider looks for a list on a page, and for why there is none. It says what the page is.
func (w *walk) consider(p *page, c candidate) string {
	all := p.groups(w.opt.Zone)
	slices.SortStableFunc(all, func(a, b *group) int { return cmp.Compare(b.score, a.score) })
	for _, g := range all {
		if g.future(w.opt.Now) >= futureShare {
			continue // a calendar of events
		}
		weight := p.weight
		p.weight = max(p.weight, promise(g.heading())-1)
		if what, ok := w.judge(p, g); ok {
			return what
		}
		p.weight = weight
		if g.share(dated) < datedShare && g.score < all[0].score/2 {
			break
		}
	}
	return w.without(p, c)
}

// judge says what a group is: a list, files, or nothing that settles what the page is.
func (w *walk) judge(p *page, g *group) (what string, ok bool) {
	n := len(g.entries)
	files, dates := g.share(isFile), g.share(dated)
	what = fmt.Sprintf("%d entries alike, %.0f %% dated", n, 100*dates)
	switch {
	case n < fewest && p.weight < strong: // a teaser, or what is related to a release
		return "", false
	case files >= pdfShare && p.weight >= leastPromise:
		w.troubles = append(w.troubles, trouble{OnlyPDF, p.weight, fmt.Sprintf("the list at %s leads to files: %.0f of %d", p.url, files*float64(n), n)})
		return what + ": files", true
	case files >= pdfShare:
		return what + ": files", dates >= datedShare
	case dates >= datedShare && g.share(entitled) >= 0.5:
		w.list(p, g)
		return what + ": a list", true
	case p.weight >= leastPromise && w.plainList(g, p):
		w.list(p, g)
		return what + ": a list without dates", true
	}
	return "", false
}

// plainList reports whether a group without dates looks like a list of releases: enough headlines of a headline's length, in addresses
// that are alike.
func (w *walk) plainList(g *group, p *page) bool {
	if len(g.entries) < fewestPlain {
		return false
	}
	n := 0
	keys := make([]string, len(g.entries))
	for i, e := range g.entries {
		n += countLetters(e.title)
		keys[i] = e.key
	}
	_, left := patterns(keys)
	return n/len(g.entries) >= plainLetters && len(left)*3 <= len(keys) && g.share(func(e *entry) bool { return sameSite(e.to, p.url) }) > 0.5
}

// list notes a list. Its value is its name's promise, less for what is old, undated or short.
func (w *walk) list(p *page, g *group) {
	v := float64(p.weight) + min(float64(len(g.entries)), 10)/10
	newest := g.newest()
	switch {
	case newest.IsZero():
		v -= 2
	case w.opt.Now.Sub(newest) > staleAfter:
		v -= 5
	case w.opt.Now.Sub(newest) > oldAfter:
		v -= 2
	}
	if p.weight < leastPromise { // teasers of a page that is about something else
		if strings.Trim(p.url.Path, "/") == "" {
			return
		}
		v -= 3
	}
	w.lists = append(w.lists, &listing{page: p, group: g, value: v})
}

// collect notes where a page leads.
func (w *walk) collect(p *page, c candidate) {
	w.feeds = append(w.feeds, feedLinks(p)...)
	if c.depth >= deepest {
		return
	}
	p.doc.Find("frame[src]").Each(func(_ int, f *goquery.Selection) {
		if to := p.absolute(f.AttrOr("src", "")); to != nil && sameSite(to, w.home) {
			w.push(candidate{url: to, weight: max(4, folder(to)), depth: c.depth, why: "a frame of " + p.url.String()})
		}
	})
	p.doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		to := p.absolute(a.AttrOr("href", ""))
		if to == nil || isFile(&entry{to: to}) {
			return
		}
		name := oneLine(a.Text())
		if name == "" {
			name = oneLine(a.AttrOr("title", "") + " " + a.Find("img[alt]").AttrOr("alt", ""))
		}
		weight := promise(name)
		if weight == 0 && len([]rune(name)) < 40 {
			weight = folder(to) - 1
		}
		if own := folder(to); weight > 0 && own > weight {
			weight = own
		}
		if weight <= 0 || !sameSite(to, w.home) && !w.mayLeave(p, c, to, promise(name)) {
			return
		}
		if p.isEntry(w, to) {
			return
		}
		w.push(candidate{url: to, weight: weight, depth: c.depth + 1, why: "the link “" + shorten(name, 40) + "” on " + p.url.String()})
	})
}

// mayLeave reports whether a link to another site is the site's way to its own releases: it is called so on the home page or a page of
// the press. A few are followed.
func (w *walk) mayLeave(p *page, c candidate, to *url.URL, said int) bool {
	if !sameSite(p.url, w.home) || said < strangerWords || c.depth > 0 && p.weight < leastPromise || w.left >= mostStrangers {
		return false
	}
	if !w.seen[canonical(to)] {
		w.left++
	}
	return true
}

// isEntry reports whether an address is an entry of a list that was found on the page: a release, no way to others.
func (p *page) isEntry(w *walk, to *url.URL) bool {
	key := canonical(to)
	for _, l := range w.lists {
		if l.page == p && slices.ContainsFunc(l.group.entries, func(e entry) bool { return e.key == key }) {
			return true
		}
	}
	return false
}

func (w *walk) evidence(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); !slices.Contains(w.find.Evidence, s) {
		w.find.Evidence = append(w.find.Evidence, s)
	}
}

func (w *walk) doubt(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); !slices.Contains(w.find.Doubts, s) {
		w.find.Doubts = append(w.find.Doubts, s)
	}
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func parse(raw string) *url.URL {
	u, err := url.Parse(raw)
	if err != nil {
		return &url.URL{}
	}
	return u
}

// lastResorts are what a person tries when no link leads to releases: the sitemap, and where the system usually has them.
func (w *walk) lastResorts(ctx context.Context) {
	w.resorted = true
	w.sitemaps(ctx)
	f := w.family
	if f == nil {
		f = family.Named(family.Generic)
	}
	for _, path := range slices.Concat(f.Path, family.Named(family.Generic).Path) {
		if to, err := w.home.Parse(path); err == nil {
			w.push(candidate{url: to, weight: leastPromise, depth: deepest, guess: true, why: "where " + f.ID + " usually has it"})
		}
	}
	w.pages = min(w.pages, mostPages-resortPages)
}

// isFeed reports whether bytes are a feed and no page.
func isFeed(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 1000)])
	for _, mark := range []string{"<rss", "<feed", "<rdf:rdf", "jsonfeed.org/version"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}
