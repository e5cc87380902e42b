package probe

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Fetcher asks for one address, politely. Redirects come back; any complete answer is no error.
type Fetcher interface {
	Get(ctx context.Context, want polite.Want, url string) (*polite.Answer, error)
	Requests() int // over the wire, so far
}

// Options say what is known before a site is looked at.
type Options struct {
	Now  time.Time
	Zone *time.Location // dates are read in it; nil: UTC
	// Read reads a release from a page; an error says that it is none. Nil: nothing is read, and lists are believed by their structure.
	Read func(*schemas.Snapshot) (*schemas.Release, error)
	// Note is called before each request, with what is looked for; may be nil.
	Note  func(url, why string)
	Press []string // addresses that somebody knows to be press pages or feeds: looked at first
}

// States of a finding: what the status of a source can be. A site that was found is unverified until its pages were crawled.
const (
	Found           = source.Unverified
	FeedOnly        = source.FeedOnly
	NoPressPage     = source.NoPressPage
	OnlyPDF         = source.OnlyPDF
	NeedsJavaScript = source.NeedsJavaScript
	ForbidsRobots   = source.ForbidsRobots
	Challenge       = source.Challenge
	NeedsLogin      = source.NeedsLogin
	NoAnswer        = source.NoAnswer
	Elsewhere       = source.Elsewhere
	NoPage          = source.NoPage
	Private         = source.Private
)

// Finding is what was found at an address.
type Finding struct {
	URL      string   `json:"url"`
	State    string   `json:"state"`
	Reason   string   `json:"reason"`         // one sentence
	Site     string   `json:"site,omitempty"` // what the site calls itself
	Family   string   `json:"family"`
	Draft    Draft    `json:"source"`
	Evidence []string `json:"evidence"`
	Doubts   []string `json:"doubts"`
	Samples  []Sample `json:"samples"`
	Visited  []Visit  `json:"visited"`
	Requests int      `json:"requests"`
}

// OK reports whether there is something to crawl.
func (f *Finding) OK() bool { return f.State == Found || f.State == FeedOnly }

// Sample is one release that was read.
type Sample struct {
	URL       string `json:"url"`
	Listed    string `json:"listed"` // title in the list or feed
	Title     string `json:"title"`
	Published string `json:"published"`
	By        string `json:"published_by"` // evidence of the date
	Letters   int    `json:"letters"`
	Error     string `json:"error,omitempty"`
}

// Visit is one page that was looked at.
type Visit struct {
	URL string `json:"url"`
	Why string `json:"why"`
	Got string `json:"got"`
}

// Draft is a source in the making.
type Draft struct {
	Base     string    `json:"base"`
	Hosts    []string  `json:"hosts,omitempty"`
	Listings []Listing `json:"listings,omitempty"`
	Feeds    []string  `json:"feeds,omitempty"`
	Sitemaps []string  `json:"sitemaps,omitempty"`
	Accept   []string  `json:"accept,omitempty"`
	Refuse   []string  `json:"refuse,omitempty"`
	Profile  string    `json:"profile,omitempty"`
}

// Listing is a list of the draft, see source.Listing.
type Listing struct {
	URL   string `json:"url"`
	Item  string `json:"item,omitempty"`
	Link  string `json:"link,omitempty"`
	Title string `json:"title,omitempty"`
	Date  string `json:"date,omitempty"`
	Next  string `json:"next,omitempty"`
}

// Probe looks at a site from an address of it: its home page, its press page, a list, a feed or one release. Whatever the site does is
// in the finding; the error is the context's.
func Probe(ctx context.Context, start string, get Fetcher, opt Options) (*Finding, error) {
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	w := &walk{get: get, opt: opt, seen: map[string]bool{}, find: &Finding{URL: start}}
	err := w.run(ctx, start)
	w.find.Requests = get.Requests()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return w.find, err
}

// run looks at the start, goes where it promises releases, and settles on the best list.
func (w *walk) run(ctx context.Context, start string) error {
	u, err := url.Parse(strings.TrimSpace(start))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		w.end(NoPage, "no address of a web page: it begins with https://")
		return nil
	}
	w.home = u
	for _, p := range w.opt.Press {
		if known, err := u.Parse(p); err == nil {
			w.push(candidate{url: known, weight: 9, guess: true, why: "known as the press page"})
		}
	}
	if !w.first(ctx, u) {
		return ctx.Err()
	}
	if w.search(ctx) || ctx.Err() != nil {
		return ctx.Err()
	}
	if !w.settleFeed(ctx) {
		w.whyNot()
	}
	return ctx.Err()
}

// search goes where links promise releases, then where a sitemap and the family's usual addresses do, until a list turns out to be one.
func (w *walk) search(ctx context.Context) (settled bool) {
	for !w.resorted {
		w.explore(ctx)
		if best := w.best(); (best == nil || best.value < weakest) && ctx.Err() == nil {
			w.lastResorts(ctx)
			w.explore(ctx)
		}
		for best := w.best(); best != nil && ctx.Err() == nil; best = w.best() {
			if w.settle(ctx, best) {
				return true
			}
			best.rejected = true
		}
		if ctx.Err() != nil {
			return false
		}
	}
	return false
}

// end closes the finding.
func (w *walk) end(state, format string) { w.find.State, w.find.Reason = state, format }
