package crawler

import (
	"context"
	"log/slog"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Pages is the crawler's memory: one PageState per page of a source. Implementations are safe for concurrent use.
type Pages interface {
	// Get returns a page's state and its revision. A page that was never stored is a *schemas.Error of KindNotFound.
	Get(ctx context.Context, source, page string) (schemas.PageState, uint64, error)
	// Put stores a state if the stored revision still is rev (0: if there is none) and returns the new revision. Otherwise it
	// returns a *schemas.Error of KindConflict. When it returns nil the state is durable.
	Put(ctx context.Context, source, page string, st schemas.PageState, rev uint64) (uint64, error)
	// After calls fn for at most n stored pages of a source whose state was written after the revision after, least recently written
	// first, until fn returns an error, which it passes on. It reads no more than these. seen is the revision up to which every state was
	// given, more says that there may be others behind it.
	After(ctx context.Context, source string, after uint64, n int, fn func(page string, st schemas.PageState, rev uint64) error) (
		seen uint64, more bool, err error,
	)
	// Each calls fn for every stored page of a source, in any order, until fn returns an error, which it passes on.
	Each(ctx context.Context, source string, fn func(page string, st schemas.PageState, rev uint64) error) error
}

// Archive takes snapshots for good. Implementations are safe for concurrent use.
type Archive interface {
	// Append stores a snapshot and returns its sequence once it is durable. Appending the same snapshot again after an error is
	// allowed and stores it once. Append must not keep s. An error of KindTooLarge or KindInvalid is the page's own; any other ends
	// the crawl. Append has its own limit of time.
	Append(ctx context.Context, s *schemas.Snapshot) (uint64, error)
}

// Config is what all crawls of a Crawler have in common. The zero value works.
type Config struct {
	Version string        // of the program, for the User-Agent
	Contact string        // mail address or URL of the operator, for the User-Agent
	From    string        // mail address of the operator, for the From header
	Log     *slog.Logger  // nil: no log
	Hosts   polite.Memory // what is owed to hosts beyond this process; nil: nothing is remembered
	Lease   time.Duration // how long a lease on a host outlives a process that was killed; 0: polite.DefaultLease
	Memory  Memory        // of sources, between crawls; nil: the Crawler remembers for itself
	Lists   Lists         // the last pages of lists, to try other selectors on; nil: none is kept
	Dial    polite.Dial   // for the hosts of a demonstration, see polite.Hosts.WithDial; nil: none
	// Fingerprint says in one word what a page says. A page whose bytes changed and whose fingerprint did not is not archived again.
	// "" when it cannot tell; nil: bytes decide. It may be called from several goroutines and must not keep s.
	Fingerprint func(s *schemas.Snapshot) string
}

// Crawler crawls sources. It is safe for concurrent use: sources on the same host share that host's budget.
type Crawler struct {
	pages   Pages
	archive Archive
	id      polite.Identity
	log     *slog.Logger
	hosts   *polite.Hosts
	sources Memory
	lists   Lists
	version string

	fingerprint func(*schemas.Snapshot) string

	agendas *agendas
}

// New makes a Crawler that remembers in pages and stores in archive.
func New(pages Pages, archive Archive, cfg Config) *Crawler {
	c := &Crawler{
		pages: pages, archive: archive, id: polite.NewIdentity(cfg.Version, cfg.Contact, cfg.From), log: cfg.Log,
		hosts: polite.NewHosts(cfg.Hosts).WithDial(cfg.Dial).WithLease(cfg.Lease), fingerprint: cfg.Fingerprint,
		agendas: newAgendas(),
	}
	c.lists = cfg.Lists
	if c.sources, c.version = cfg.Memory, cfg.Version; c.sources == nil {
		c.sources = newForgetful()
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Options are for one crawl. The zero value crawls what is new or due.
type Options struct {
	Run    string           // id of the run; empty: made of the time
	Limit  int              // pages asked for at most, start pages not counted; 0: the source's limits.pages
	Since  time.Time        // skip pages whose listing, feed or sitemap dates them before
	Until  time.Time        // when the crawl ends with what it has, as after the source limits.duration; zero: no sooner
	All    bool             // ask for every page that is listed or known, whatever its age
	Doubt  map[string]bool  // known pages that somebody wants to be looked at: asked for in any case
	DryRun bool             // discover, report to Listed, fetch no page, write nothing
	Listed func(Listed)     // called for each page that would be fetched, or is about to be; may be nil
	Now    func() time.Time // stamps states and snapshots; nil: time.Now
	// Progress is called after each start page and each page, never concurrently; may be nil. It must return quickly.
	Progress func(Progress)
	// Seen is called for each page that has an outcome, once what is to be stored of it is durable, never concurrently; may be nil.
	Seen func(Seen)
}

// Seen is what a crawl saw of one page.
type Seen struct {
	Page     string // schemas.PageID
	URL      string
	Outcome  Outcome
	Look     schemas.Look
	State    schemas.PageState // as it is remembered now; zero for a page that leaves no trace
	Archived bool              // a snapshot was added to the archive
	To       string            // page that it redirects to, when Outcome is OutcomeMoved
}

// Listed is a page of the source as discovery knows it.
type Listed struct {
	URL   string
	Hints schemas.Hints
}

// Progress is how far a crawl is.
type Progress struct {
	Source  string
	Phase   string // "discover" or "fetch"
	Done    int    // pages with an outcome
	Total   int    // pages to fetch as known now; grows while discovering
	Outcome Outcome
	URL     string // start page or page this is about
}

// Phases of Progress.
const (
	PhaseDiscover = "discover"
	PhaseFetch    = "fetch"
)

// Crawl crawls one source. Bad upstream never makes an error: it is counted in the Summary, whose Failed says whether the source
// needs attention. An error means that a page could not be archived or remembered (or src is invalid), and ends the crawl; what was
// stored until then stays stored. When ctx ends the crawl finishes what it has in hand and returns with Interrupted set and no
// error; the next crawl goes on from there.
//
// A source whose host another process is asking is not crawled: an error of KindConflict, see HeldUntil.
func (c *Crawler) Crawl(ctx context.Context, src *source.Source, opt Options) (Summary, error) {
	own := *src // the caller may have changed a field since it was checked
	if err := own.Check(); err != nil {
		return Summary{Source: src.Ref()}, err
	}
	r := newRun(c, &own, opt)
	defer r.get.close()
	if err := r.hold(ctx); err != nil {
		return Summary{Source: src.Ref()}, err
	}
	err := r.crawl(ctx)
	return r.finish(ctx, err)
}
