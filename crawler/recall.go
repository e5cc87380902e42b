package crawler

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/schemas"
)

// Memory is what the crawler remembers of a source as a whole: a schemas.CrawlMemory under the key "<source>.crawl". It saves requests
// and readings; losing it loses nothing else. Implementations are safe for concurrent use.
type Memory interface {
	// Get reads the value of a key into the pointer into and returns its revision. A key that was never stored is a *schemas.Error of
	// KindNotFound.
	Get(ctx context.Context, key string, into any) (rev uint64, err error)
	// Put stores a value, anything that marshals to JSON, if the stored revision still is rev (0: if there is none). Otherwise it
	// returns a *schemas.Error of KindConflict.
	Put(ctx context.Context, key string, value any, rev uint64) (uint64, error)
}

// Bounds of a CrawlMemory, which has to fit into a message of the broker.
const (
	maxYoung    = 300
	maxDoubtful = 200
	maxPassed   = 400
	maxWaiting  = 100
	maxLists    = 250
)

// recall is a CrawlMemory while a source is crawled: what it was, and what was learnt since.
type recall struct {
	schemas.CrawlMemory
	key string
	rev uint64

	states  map[string]schemas.PageState // of pages that were looked up or had an outcome; guarded by run.mu during the crawl
	settled map[string]bool              // pages that had one there, of which nothing more is needed: a huge source has many
	young   map[string]time.Time         // pages of the last week, and from when they are
	absent  map[string]bool              // looked up, and not known
	left    map[string]schemas.WaitingPage
	passed  map[string]schemas.Pass
	waiting map[string]bool // what CrawlMemory.Waiting names
	added   int             // pages that got a state
	whole   bool
}

// recallSource reads what is remembered of the source. Of another configuration nothing but the pages is.
func (r *run) recallSource(ctx context.Context) error {
	m := &recall{
		key: r.src.ID + ".crawl", states: map[string]schemas.PageState{}, settled: map[string]bool{}, absent: map[string]bool{},
		young: map[string]time.Time{},
		left:  map[string]schemas.WaitingPage{}, passed: map[string]schemas.Pass{}, waiting: map[string]bool{},
	}
	r.memory = m
	rev, err := r.sources.Get(ctx, m.key, &m.CrawlMemory)
	switch kind := schemas.KindOf(err); {
	case kind == schemas.KindNotFound:
	case kind == schemas.KindStorage: // it cannot be read: it is made anew
		r.log.Warn("what was remembered of the source cannot be read and is made anew", "error", err)
		m.CrawlMemory = schemas.CrawlMemory{}
	case err != nil:
		return r.own(ctx, "read the memory", err)
	}
	m.rev = rev
	for _, w := range m.Waiting {
		m.waiting[schemas.PageID(r.src.ID, w.URL)] = true
	}
	if config := r.configHash(); m.Config != config {
		m.Config, m.Passed = config, nil
		r.dropLists(ctx)
		for url, l := range m.Lists { // they are read in full, and compared with what they named
			m.Lists[url] = schemas.ListMemory{Read: l.Read, Named: l.Named}
		}
	}
	if m.Known == 0 {
		return r.countKnown(ctx)
	}
	lost := true
	_, _, err = r.pages.After(ctx, r.src.ID, 0, 1, func(string, schemas.PageState, uint64) error { lost = false; return nil })
	if err == nil && lost { // the page states are gone: what was found once must be found again
		r.agendas.take(r.src.ID)
		r.log.Warn("the states of the source's pages are gone, all lists are read again", "known", m.Known)
		m.CrawlMemory = schemas.CrawlMemory{Config: m.Config}
	}
	if err != nil {
		return r.own(ctx, "read the page states", err)
	}
	return nil
}

// countKnown counts the pages of a source of which only the pages are known: once, or in every crawl if there is no Memory.
func (r *run) countKnown(ctx context.Context) error {
	err := r.pages.Each(ctx, r.src.ID, func(_ string, st schemas.PageState, _ uint64) error {
		if !st.Gone {
			r.memory.Known++
		}
		return nil
	})
	if err != nil {
		return r.own(ctx, "read the page states", err)
	}
	return nil
}

// configHash is of what decides which pages are found, and of the program's version, which may read lists better than the last.
func (r *run) configHash() string {
	b, err := json.Marshal([]any{r.src.Base, r.src.Hosts, r.src.Start, r.src.Accept, r.src.Refuse, r.src.TimeZone, r.version})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// state looks a page up, once a crawl.
func (r *run) state(ctx context.Context, page string) (st schemas.PageState, known bool, err error) {
	r.mu.Lock()
	st, known = r.memory.states[page]
	absent := r.memory.absent[page]
	r.mu.Unlock()
	if known || absent {
		return st, known, nil
	}
	st, _, err = r.pages.Get(ctx, r.src.ID, page)
	if err != nil && schemas.KindOf(err) != schemas.KindNotFound {
		return st, false, r.own(ctx, "read the page state", err)
	}
	known = err == nil
	r.mu.Lock()
	defer r.mu.Unlock()
	if known {
		r.memory.states[page] = st
	} else {
		r.memory.absent[page] = true
	}
	return st, known, nil
}

// learn books what became of a page; r.mu is held.
func (m *recall) learn(e discover.Entry, res *result, now time.Time, zone *time.Location) {
	delete(m.left, e.Page)
	delete(m.absent, e.Page)
	switch {
	case res.state != nil:
		if _, known := m.states[e.Page]; !known && !m.settled[e.Page] && res.outcome == OutcomeNew {
			m.added++
		}
		m.states[e.Page] = *res.state
		m.settle(e.Page, now, zone)
	case res.outcome == OutcomeFailed:
		m.left[e.Page] = schemas.WaitingPage{URL: e.URL, Hints: e.Hints}
	default: // it is no page, or may not be one: nothing else remembers that
		pass := schemas.Pass{First: now, Last: now}
		if before, ok := m.Passed[e.Page]; ok {
			pass.First = before.First
		}
		m.passed[e.Page] = pass
	}
}

// keepMemory writes what was learnt, also when the crawl was interrupted. An error of it costs requests, and no page.
func (r *run) keepMemory(ctx context.Context, f *discover.Frontier) error {
	store := context.WithoutCancel(ctx)
	m := r.memory
	r.mu.Lock()
	next := m.next(f, r.opt.Now(), r.src.Plan().Zone)
	r.mu.Unlock()
	_, err := r.sources.Put(store, m.key, next, m.rev)
	if schemas.KindOf(err) == schemas.KindTooLarge {
		small := schemas.CrawlMemory{Config: next.Config, Listed: next.Listed, Known: next.Known, Swept: next.Swept}
		_, err = r.sources.Put(store, m.key, small, m.rev)
	}
	if schemas.KindOf(err) == schemas.KindConflict { // another crawl of the source was quicker
		return nil
	}
	if err != nil {
		return r.own(ctx, "remember the lists", err)
	}
	return nil
}

// next is the memory for the next crawl. The lists are remembered only where every page that they named is settled or remembered as
// waiting: what a list does not show a second time would be lost.
func (m *recall) next(f *discover.Frontier, now time.Time, zone *time.Location) schemas.CrawlMemory {
	next := m.CrawlMemory
	next.Known += m.added
	next.Passed = map[string]schemas.Pass{}
	for page, pass := range m.Passed {
		if now.Sub(pass.Last).Abs() < 30*day && m.states[page].URL == "" && !m.settled[page] {
			next.Passed[page] = pass
		}
	}
	maps.Copy(next.Passed, m.passed)
	if len(next.Passed) > maxPassed {
		next.Passed = nil
	}
	next.Young, next.Doubtful = m.attention(now, zone)
	next.Waiting = nil
	for _, page := range slices.Sorted(maps.Keys(m.left)) {
		next.Waiting = append(next.Waiting, m.left[page])
	}
	complete := m.whole && len(next.Waiting) <= maxWaiting
	next.Waiting = next.Waiting[:min(len(next.Waiting), maxWaiting)]
	switch {
	case f == nil:
	case complete && len(f.Lists) <= maxLists:
		next.Lists = f.Lists
		next.Listed = m.Listed
	default: // what they named stays known, for the next crawl to compare with
		next.Lists = map[string]schemas.ListMemory{}
		for url, l := range m.Lists {
			next.Lists[url] = schemas.ListMemory{Read: l.Read, Named: l.Named}
		}
	}
	return next
}

// settle forgets the state of a page that is not in doubt; who asks for it once more reads it again. Of those of the last week it is noted
// from when they are. r.mu is held.
func (m *recall) settle(page string, now time.Time, zone *time.Location) {
	st := m.states[page]
	if isYoung(st, now, zone) {
		m.young[page] = bornAt(st, st.Hints, zone)
	} else {
		delete(m.young, page)
	}
	if len(m.young) > 4*maxYoung { // the first crawl of a huge source whose pages say no date
		for _, p := range m.youngest()[maxYoung:] {
			delete(m.young, p)
		}
	}
	if !inDoubt(st) {
		delete(m.states, page)
		m.settled[page] = true
	}
}

// settleAll does so for all.
func (m *recall) settleAll(now time.Time, zone *time.Location) {
	for page := range m.states {
		m.settle(page, now, zone)
	}
}

// isYoung reports a page of the last week.
func isYoung(st schemas.PageState, now time.Time, zone *time.Location) bool {
	return ageOf(st, st.Hints, now, zone) < 7*day && !st.Gone
}

// attention picks, of the pages met in this crawl, those of the last week and those in doubt.
func (m *recall) attention(now time.Time, zone *time.Location) (young, doubtful []string) {
	m.settleAll(now, zone)
	doubtful, young = slices.Sorted(maps.Keys(m.states)), m.youngest()
	return young[:min(len(young), maxYoung)], doubtful[:min(len(doubtful), maxDoubtful)]
}

// youngest are the pages of the last week, the newest first.
func (m *recall) youngest() []string {
	return slices.SortedFunc(maps.Keys(m.young), func(a, b string) int { return cmp.Or(m.young[b].Compare(m.young[a]), cmp.Compare(a, b)) })
}

// forgetful is the Memory of a crawler that was given none: it ends with the process.
type forgetful struct {
	mu     sync.Mutex
	values map[string][]byte
	revs   map[string]uint64
}

func newForgetful() *forgetful {
	return &forgetful{values: map[string][]byte{}, revs: map[string]uint64{}}
}

func (m *forgetful) Get(_ context.Context, key string, into any) (uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b, ok := m.values[key]
	if !ok {
		return 0, &schemas.Error{Op: "source state", Kind: schemas.KindNotFound, Thing: key}
	}
	return m.revs[key], json.Unmarshal(b, into)
}

func (m *forgetful) Put(_ context.Context, key string, value any, rev uint64) (uint64, error) {
	b, err := json.Marshal(value)
	if err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.revs[key] != rev {
		return 0, &schemas.Error{Op: "source state", Kind: schemas.KindConflict, Thing: key}
	}
	m.values[key], m.revs[key] = b, rev+1
	return rev + 1, nil
}
