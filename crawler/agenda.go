package crawler

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"
)

// agenda is when known pages of a source are due, as far as one process knows: which of thousands have come to their time is then known
// without reading all of them. It is made by one pass through the page states, a stride each crawl, and kept by reading what was written
// since, whoever wrote it. It ends with the process: the next one makes its own.
type agenda struct {
	rule  string    // what the moments were reckoned by
	began time.Time // when the pass was begun
	used  time.Time // last
	seen  uint64    // revision in press_pages up to which every state is entered
	whole bool      // the pass has come to its end

	room  int                  // pages that are kept, the soonest
	at    map[string]time.Time // by page
	until time.Time            // before this no page is due that was left out; zero: none was
}

const (
	// An agenda has a quarter of the pages of its source, and at least and at most so many: when the first that was left out is due a new
	// pass begins.
	minAgenda, maxAgenda = 64, 4096
	// agendaLasts is after what time a new pass begins in any case.
	agendaLasts = day
	// postponed is when a page that was due is offered again, if nothing was written of it meanwhile.
	postponed = 30 * time.Minute
)

// startAgenda begins a pass. What an agenda before knew stays, it may be due before the pass comes to it.
func startAgenda(before *agenda, rule string, now time.Time, known int) *agenda {
	a := &agenda{rule: rule, began: now, used: now, room: min(max(known/4, minAgenda), maxAgenda), at: map[string]time.Time{}}
	if before != nil && before.rule == rule {
		a.at = before.at
	}
	return a
}

// holds reports whether an agenda can be relied on now, or its pass goes on.
func (a *agenda) holds(rule string, now time.Time) bool {
	if a.rule != rule || now.Before(a.used) {
		return false
	}
	return !a.whole || now.Sub(a.began) < agendaLasts && (a.until.IsZero() || now.Before(a.until))
}

// enter notes when a page is due; the zero time: never.
func (a *agenda) enter(page string, at time.Time) {
	if at.IsZero() || !a.until.IsZero() && !at.Before(a.until) {
		delete(a.at, page)
		return
	}
	a.at[page] = at
	if len(a.at) <= a.room {
		return
	}
	pages := slices.Collect(maps.Keys(a.at))
	a.sort(pages)
	keep := a.room * 3 / 4 // not one by one
	a.until = a.at[pages[keep]]
	for _, p := range pages[keep:] {
		delete(a.at, p)
	}
}

// forget takes a page out that is not known any more.
func (a *agenda) forget(page string) { delete(a.at, page) }

// due are the pages whose time has come, n at most, the soonest first.
func (a *agenda) due(now time.Time, n int) (pages []string) {
	for p, at := range a.at {
		if !at.After(now) {
			pages = append(pages, p)
		}
	}
	a.sort(pages)
	return pages[:min(len(pages), n)]
}

func (a *agenda) sort(pages []string) {
	slices.SortFunc(pages, func(p, q string) int { return cmp.Or(a.at[p].Compare(a.at[q]), cmp.Compare(p, q)) })
}

// agendas are those of a Crawler.
type agendas struct {
	mu sync.Mutex
	of map[string]*agenda // by source
}

// take takes one out; nil when there is none. Whoever does not put it back has not kept it true.
func (s *agendas) take(source string) *agenda {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.of[source]
	delete(s.of, source)
	return a
}

func (s *agendas) put(source string, a *agenda) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.of[source] = a
}

func newAgendas() *agendas { return &agendas{of: map[string]*agenda{}} }
