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
	due   time.Time
	index int // in the heap; -1: it is being run
}

// queue gives the source that is due first. It is used by one goroutine.
type queue struct {
	plan func(*source.Source) Plan
	byID map[string]*entry
	heap entries
}

func newQueue(plan func(*source.Source) Plan) *queue {
	return &queue{plan: plan, byID: map[string]*entry{}}
}

// put adds an entry, or moves it to another moment.
func (q *queue) put(e *entry) {
	if q.byID[e.src.ID] != e {
		return // a reload took its place
	}
	if e.index >= 0 {
		heap.Fix(&q.heap, e.index)
		return
	}
	heap.Push(&q.heap, e)
}

// first is the entry that is due first; nil when none waits.
func (q *queue) first() *entry {
	if len(q.heap) == 0 {
		return nil
	}
	return q.heap[0]
}

// take removes the first entry: it is being run.
func (q *queue) take() *entry { return heap.Pop(&q.heap).(*entry) }

// replace takes the given sources in place of what there was. What runs goes on; what is new is due at the moment given.
func (q *queue) replace(sources []*source.Source, now time.Time) {
	old := q.byID
	q.byID, q.heap = make(map[string]*entry, len(sources)), nil
	for _, s := range sources {
		e := &entry{src: s, plan: q.plan(s), due: now, index: -1}
		if before, ok := old[s.ID]; ok {
			e.due = before.due
		}
		q.byID[s.ID] = e
		heap.Push(&q.heap, e)
	}
}

// entries is a heap by due time.
type entries []*entry

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
