package probe

import (
	"context"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/discover/family"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/internal/german/calendar"
)

// How many feeds and files of sitemaps are asked for.
const (
	mostFeeds    = 3
	mostSitemaps = 3
	fewestItems  = 3 // of a feed that is all there is
	sharedItems  = 0.3
)

// feedLink is an address that may be a feed.
type feedLink struct {
	url    *url.URL
	weight int
	why    string
	body   []byte // when it was read already
	form   bool   // how feeds of the family are built, seen nowhere
}

var feedHref = late(`(?i)(?:^|[/?&=._-])(?:rss\d?|feeds?|atom)(?:$|[/?&=._-])|\.(?:rss2?|atom)$|type=9818|out=rss`)

// feedLinks are the feeds that a page names.
func feedLinks(p *page) (out []feedLink) {
	add := func(href, name, why string) {
		to := p.absolute(href)
		if to == nil || !sameSite(to, p.url) {
			return
		}
		said := promise(name)
		if said < 0 || strings.Contains(strings.ToLower(name+href), "comment") || strings.Contains(strings.ToLower(name), "kommentar") {
			return
		}
		out = append(out, feedLink{url: to, weight: max(said, folder(to), p.weight-2), why: why + " on " + p.url.String()})
	}
	p.doc.Find("link[rel~=alternate][href]").Each(func(_ int, l *goquery.Selection) {
		if t := strings.ToLower(l.AttrOr("type", "")); strings.Contains(t, "rss") || strings.Contains(t, "atom") || strings.Contains(t, "feed+json") {
			add(l.AttrOr("href", ""), l.AttrOr("title", ""), "the feed named in the head")
		}
	})
	p.doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); feedHref().MatchString(href) {
			add(href, a.Text(), "the link to a feed")
		}
	})
	return out
}

// readFeed reads a feed as entries; nil when it is none.
func (w *walk) readFeed(ctx context.Context, f feedLink) []entry {
	body := f.body
	if body == nil {
		a, err := w.fetch(ctx, polite.WantFeed, f.url, f.why, false)
		if err != nil {
			w.find.Visited = append(w.find.Visited, Visit{f.url.String(), f.why, polite.Why(err)})
			return nil
		}
		body = a.Body
	}
	feed, err := discover.ParseFeed(body)
	if err != nil {
		w.find.Visited = append(w.find.Visited, Visit{f.url.String(), f.why, "no feed"})
		return nil
	}
	var out []entry
	for _, item := range feed.Items {
		link := strings.TrimSpace(item.Link)
		if link == "" && strings.HasPrefix(item.GUID, "http") {
			link = item.GUID
		}
		to, err := f.url.Parse(link)
		if link == "" || err != nil || canonical(to) == "" {
			continue
		}
		e := entry{to: to, key: canonical(to), title: oneLine(item.Title)}
		if t, ok := calendar.Parse(item.Published, w.opt.Zone); ok {
			e.date = t.Time
		} else if item.PublishedParsed != nil {
			e.date = *item.PublishedParsed
		}
		out = append(out, e)
	}
	w.find.Visited = append(w.find.Visited, Visit{f.url.String(), f.why, plural(len(out), "item")})
	return out
}

// bestFeeds are the feeds that promise most, each once.
func (w *walk) bestFeeds(beside []feedLink) (out []feedLink) {
	all := slices.Concat(w.feeds, beside)
	slices.SortStableFunc(all, func(a, b feedLink) int { return b.weight - a.weight })
	seen := map[string]bool{}
	for _, f := range all {
		if key := canonical(f.url); key != "" && !seen[key] && len(out) < mostFeeds {
			seen[key] = true
			out = append(out, f)
		}
	}
	return out
}

// feedsOf adds the feeds that hold entries of the list, or pages like them.
func (w *walk) feedsOf(ctx context.Context, l *listing, keys []string, accepts func(string) bool) {
	var forms []feedLink
	if f := l.page.family; !slices.ContainsFunc(w.feeds, func(x feedLink) bool { return x.weight >= leastPromise }) {
		for _, ref := range f.Feed {
			if to, err := l.page.url.Parse(ref); err == nil {
				forms = append(forms, feedLink{url: to, weight: 1, why: "how feeds of " + f.ID + " are built", form: true})
			}
		}
	}
	for _, f := range w.bestFeeds(forms) {
		if len(w.find.Draft.Feeds) > 0 || w.get.Requests() > feedsUntil {
			return
		}
		items := w.readFeed(ctx, f)
		if len(items) == 0 {
			continue
		}
		same, alike := 0, 0
		for _, e := range items {
			if slices.Contains(keys, e.key) {
				same++
			} else if accepts(e.key) {
				alike++
			}
		}
		if float64(same+alike) < sharedItems*float64(len(items)) {
			if !f.form {
				w.doubt("the feed %s holds other pages than the list and was left out", f.url)
			}
			continue
		}
		w.find.Draft.Feeds = append(w.find.Draft.Feeds, w.reference(f.url))
		w.evidence("a feed at %s (%s): %d items, %d of them in the list", f.url, f.why, len(items), same)
		if same+alike < len(items) {
			w.doubt("the feed %s also holds %d pages that are not like those of the list: accept keeps them out", f.url, len(items)-same-alike)
		}
	}
}

// settleFeed makes a source of a feed, or else of a sitemap, where no list was found.
func (w *walk) settleFeed(ctx context.Context) bool {
	for _, f := range w.bestFeeds(nil) {
		if f.weight < leastPromise-1 {
			continue
		}
		items := w.readFeed(ctx, f)
		if len(items) < fewestItems {
			continue
		}
		why := "only a feed shows the releases"
		if t := w.gravest(); t != nil {
			why += "; the page itself: " + t.why
		}
		if w.settleEntries(ctx, items, func() {
			w.find.Draft.Feeds = []string{w.reference(f.url)}
			w.evidence("a feed at %s (%s): %d items", f.url, f.why, len(items))
		}) {
			w.doubt("a feed shows the latest releases only: what is older is not found")
			w.end(FeedOnly, why)
			return true
		}
	}
	if s := w.sitemap; s != nil && len(s.entries) >= fewestPlain {
		if w.settleEntries(ctx, s.entries, func() {
			w.find.Draft.Sitemaps = []string{w.reference(s.url)}
			w.evidence("a sitemap at %s: %d pages under %s", s.url, len(s.entries), s.folder)
		}) {
			w.doubt("no list was found: the sitemap tells no dates of publication")
			w.end(Found, "the sitemap names the releases")
			return true
		}
	}
	return false
}

// gravest is why the most promising page gave no list.
func (w *walk) gravest() (worst *trouble) {
	for i, t := range w.troubles {
		if t.state != NoPressPage && t.state != NoPage && t.weight >= leastPromise && (worst == nil || t.weight > worst.weight) {
			worst = &w.troubles[i]
		}
	}
	return worst
}

// settleEntries makes a source of entries that are no list, if they are releases. How says where they are from.
func (w *walk) settleEntries(ctx context.Context, entries []entry, how func()) bool {
	samples, good := w.samples(ctx, entries)
	if !good {
		return false
	}
	w.find.Draft = Draft{Base: w.base()}
	var keys []string
	for _, e := range entries {
		if !isFile(&e) {
			keys = append(keys, e.key)
		}
	}
	w.addresses(keys)
	how()
	w.find.Samples = samples
	w.profile(w.family, w.by)
	return true
}

// siteMap is a folder of a sitemap that looks like the releases.
type siteMap struct {
	url     *url.URL
	folder  string
	entries []entry
}

var (
	sitemapLine = late(`(?im)^\s*sitemap\s*:\s*(\S+)`)
	locElement  = late(`(?is)<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)`)
)

// sitemaps reads the sitemaps that robots.txt names, or the usual one: press pages in them become candidates, and a folder with many
// pages whose name speaks of releases is kept.
func (w *walk) sitemaps(ctx context.Context) {
	var queue []*url.URL
	root := &url.URL{Scheme: w.home.Scheme, Host: w.home.Host, Path: "/robots.txt"}
	if a, err := w.fetch(ctx, polite.WantRobots, root, "the sitemaps that robots.txt names", false); err == nil {
		for _, m := range sitemapLine().FindAllStringSubmatch(string(a.Body), -1) {
			if u, err := root.Parse(m[1]); err == nil && sameSite(u, root) {
				queue = append(queue, u)
			}
		}
	}
	if len(queue) == 0 {
		queue = append(queue, &url.URL{Scheme: w.home.Scheme, Host: w.home.Host, Path: "/sitemap.xml"})
	}
	for n := 0; len(queue) > 0 && n < mostSitemaps && ctx.Err() == nil; n++ {
		u := queue[0]
		queue = queue[1:]
		a, err := w.fetch(ctx, polite.WantSitemap, u, "the sitemap", false)
		if err != nil {
			w.find.Visited = append(w.find.Visited, Visit{u.String(), "the sitemap", polite.Why(err)})
			continue
		}
		var locs []*url.URL
		for _, m := range locElement().FindAllStringSubmatch(string(a.Body), -1) {
			if to, err := u.Parse(html.UnescapeString(m[1])); err == nil && sameSite(to, w.home) {
				locs = append(locs, to)
			}
		}
		w.find.Visited = append(w.find.Visited, Visit{u.String(), "the sitemap", plural(len(locs), "address")})
		if strings.Contains(string(a.Body[:min(len(a.Body), 2000)]), "<sitemapindex") {
			slices.SortStableFunc(locs, func(a, b *url.URL) int { return folder(b) - folder(a) })
			queue = append(locs, queue...)
			continue
		}
		w.readSitemap(u, locs)
	}
}

func (w *walk) readSitemap(at *url.URL, locs []*url.URL) {
	byFolder := map[string][]entry{}
	pushed := 0
	for _, to := range locs {
		segments := strings.Split(strings.Trim(to.Path, "/"), "/")
		for dir := parent(to); dir != nil; dir = parent(dir) {
			if n := folder(dir); n >= leastPromise {
				w.push(candidate{url: dir, weight: n - 1, depth: 1, why: "a folder of the sitemap"})
			}
		}
		name := strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(segments[len(segments)-1], path.Ext(to.Path)))
		if n := promise(name); n >= strong-1 && len(segments) <= 3 && len(strings.Fields(name)) < 4 && pushed < 4 {
			w.push(candidate{url: to, weight: n - 1, depth: 1, why: "in the sitemap"})
			pushed++
		}
		for i := 1; i < len(segments); i++ {
			if dir := "/" + strings.Join(segments[:i], "/") + "/"; folder(&url.URL{Path: dir}) >= strong {
				byFolder[dir] = append(byFolder[dir], entry{to: to, key: canonical(to), date: time.Time{}})
				break
			}
		}
	}
	for dir, entries := range byFolder {
		if w.sitemap == nil || len(entries) > len(w.sitemap.entries) {
			w.sitemap = &siteMap{at, dir, entries}
		}
	}
}

// profile names the family in the draft, where it is one.
func (w *walk) profile(f *family.Family, by string) {
	if f == nil {
		return
	}
	w.evidence("the system is %s: %s", f.ID, by)
	w.find.Family = f.ID
	if f.ID != family.Generic {
		w.find.Draft.Profile = f.ID
		for _, s := range f.Skip {
			w.find.Draft.Refuse = append(w.find.Draft.Refuse, regexp.QuoteMeta(s))
		}
	}
}
