package schedule

import (
	"container/heap"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// entry is a source that waits for its turn.
type entry struct {
	src   *source.Source
	plan  Plan
	due   time.Time // by our clock
	weak  bool      // its last run failed
	index int       // in its heap; -1: it is being run
}

// queue gives the source that is due first, of those that are due the ones that work before those that failed: they cost little time, and
// what they bring is waited for. It is used by one goroutine.
type queue struct {
	plan func(*source.Source) Plan
	byID map[string]*entry
	well entries
	weak entries
}

func newQueue(plan func(*source.Source) Plan) *queue {
	return &queue{plan: plan, byID: map[string]*entry{}}
}

// longestYield is how long a source that failed lets others go before it.
const longestYield = time.Hour

func (q *queue) heapOf(e *entry) *entries {
	if e.weak {
		return &q.weak
	}
	return &q.well
}

// put gives an entry that was run another moment, or the one that a reload put in its place.
func (q *queue) put(e *entry, due time.Time, weak bool) {
	now := q.byID[e.src.ID]
	if now == nil || now.index >= 0 {
		return // a reload took it away
	}
	now.due, now.weak = due, weak
	heap.Push(q.heapOf(now), now)
}

// first is the entry whose turn it is, or will be first; nil when none waits.
func (q *queue) first(now time.Time) *entry {
	well, weak := q.well.first(), q.weak.first()
	switch {
	case weak == nil, well == nil:
		if weak != nil {
			return weak
		}
		return well
	case weak.due.Before(well.due) && now.Sub(weak.due) > longestYield:
		return weak
	case !well.due.After(now), well.due.Before(weak.due):
		return well
	}
	return weak
}

// take removes an entry: it is being run.
func (q *queue) take(e *entry) { heap.Remove(q.heapOf(e), e.index) }

// replace takes the given sources in place of what there was. What runs goes on, and is not run a second time meanwhile; what is new is due
// at the moment given.
func (q *queue) replace(sources []*source.Source, now time.Time) {
	old := q.byID
	q.byID, q.well, q.weak = make(map[string]*entry, len(sources)), nil, nil
	for _, s := range sources {
		e := &entry{src: s, plan: q.plan(s), due: now, index: -1}
		q.byID[s.ID] = e
		if before, ok := old[s.ID]; ok {
			e.due, e.weak = before.due, before.weak
			if before.index < 0 {
				continue
			}
		}
		heap.Push(q.heapOf(e), e)
	}
}

// entries is a heap by due time.
type entries []*entry

func (h entries) first() *entry {
	if len(h) == 0 {
		return nil
	}
	return h[0]
}

func (h entries) Len() int           { return len(h) }
func (h entries) Less(i, j int) bool { return h[i].due.Before(h[j].due) }
func (h entries) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *entries) Push(x any) {
	e := x.(*entry)
	e.index = len(*h)
	*h = append(*h, e)
}

func (h *entries) Pop() any {
	last := len(*h) - 1
	e := (*h)[last]
	e.index = -1
	*h = (*h)[:last]
	return e
}
