package crawler

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// ExploreOptions bound what an Explorer may cost the sites it looks at.
type ExploreOptions struct {
	Requests     int           // in all, robots.txt and repeated tries included; 0: DefaultExploration
	Timeout      time.Duration // of one request; 0: DefaultExploreTimeout
	AllowPrivate bool          // a test site on a private address, which needs no pause
}

// What looking at a site may cost it.
const (
	DefaultExploration    = 40
	DefaultExploreTimeout = 20 * time.Second

	exploreReserve = 3 // requests that a host's repeated tries may take beyond the last that is asked for
)

// ErrEnough is the cause of a request that was not made because enough were.
var ErrEnough = errors.New("enough requests were made")

// Explorer asks for pages of hosts that no source describes yet, under all rules of politeness: robots.txt, the pace of a host, limits.
// It is for one goroutine.
type Explorer struct {
	crawler *Crawler
	opt     ExploreOptions
	hosts   map[string]*collector
}

// Explore makes an Explorer. Close gives back the hosts that were asked.
func (c *Crawler) Explore(opt ExploreOptions) *Explorer {
	if opt.Requests == 0 {
		opt.Requests = DefaultExploration
	}
	if opt.Timeout == 0 {
		opt.Timeout = DefaultExploreTimeout
	}
	return &Explorer{crawler: c, opt: opt, hosts: map[string]*collector{}}
}

// Close gives back the hosts that were asked.
func (e *Explorer) Close() {
	for _, one := range e.hosts {
		one.close()
	}
}

// Requests is how many went over the wire so far.
func (e *Explorer) Requests() int {
	n := 0
	for _, one := range e.hosts {
		n += int(one.traffic.Requests.Load())
	}
	return n
}

// Get asks for one address. Redirects come back, those by meta element or script, too. Any complete answer is no error.
func (e *Explorer) Get(ctx context.Context, want polite.Want, rawURL string) (*polite.Answer, error) {
	if e.Requests()+exploreReserve >= e.opt.Requests {
		return nil, polite.Refuse(schemas.KindPolicy, rawURL, "", "%w", ErrEnough)
	}
	one, err := e.of(rawURL)
	if err != nil {
		return nil, err
	}
	a, err := one.do(ctx, want, rawURL, nil, nil)
	if err != nil || want != polite.WantAny || a.Status != http.StatusOK {
		return a, err
	}
	if to, ok := discover.Stub(a.Body, a.Header.Get("Content-Type"), a.URL); ok {
		a.Status, a.Location, a.Body = http.StatusFound, to, nil
	}
	return a, nil
}

// of is the collector of a host: a source that is nothing but its host.
func (e *Explorer) of(rawURL string) (*collector, error) {
	u, err := url.Parse(rawURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, polite.Refuse(schemas.KindInvalid, rawURL, "give an address that begins with https://", "no address of a web page")
	}
	key := u.Scheme + "://" + u.Host
	if one, ok := e.hosts[key]; ok {
		return one, nil
	}
	src := source.Defaults()
	src.ID, src.Name, src.State = "explored", u.Host, "BE" // nothing is published of it: any state will do
	src.Base, src.Start.Feeds = key+"/", []string{"/"}
	src.Limits.Timeout = e.opt.Timeout
	if e.opt.AllowPrivate {
		src.AllowPrivate, src.Pace = true, 0
	}
	if err := src.Check(); err != nil {
		return nil, err
	}
	one := newCollector(src, e.crawler.hosts, e.crawler.id)
	e.hosts[key] = one
	return one, nil
}

// On is a Crawler that shares what hosts are owed and remembers and stores elsewhere: to look at pages without a trace.
func (c *Crawler) On(pages Pages, archive Archive) *Crawler {
	other := *c
	other.pages, other.archive, other.sources, other.lists, other.agendas = pages, archive, newForgetful(), nil, newAgendas()
	return &other
}
