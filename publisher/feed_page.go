package publisher

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Raw is an event without its release, and the release as JSON, as it is stored.
type Raw struct {
	*schemas.Event
	JSON []byte
}

// Page is a part of the feed.
type Page struct {
	Events []Raw
	Next   uint64 // Filter.From of the next page: behind the last event that was looked at
	Last   uint64 // sequence at which the stream ended; Next is behind it when there is no more
}

// mostLooks is how many events are looked at for one page at most: those of a rare type are found among all others.
const mostLooks = 5000

// Page reads the first events that f chooses, at most limit, and no more than size bytes of releases but at least one. A page may be empty
// although there is more. Errors are those of Replay.
func (b *Bus) Page(ctx context.Context, f Filter, limit, size int) (*Page, error) {
	if err := f.check("page"); err != nil {
		return nil, err
	}
	if f.Last || !f.AsOf.IsZero() {
		return nil, errorf(schemas.KindInvalid, "page", "filter", "a state of the feed has no pages: replay it")
	}
	info, err := b.lookAt(ctx, "page", schemas.StreamPress)
	if err != nil {
		return nil, err
	}
	p := &Page{Last: info.State.LastSeq, Next: info.State.LastSeq + 1}
	want := f.reading()
	if err := checkCursor(want, info.State); err != nil || want.from == p.Next {
		return p, err
	}
	want.stop = true
	r, err := b.open(ctx, want)
	if err != nil {
		return nil, err
	}
	defer r.close()
	looks := 0
	err = r.each(ctx, func(m *stored) error {
		if f.Type == "" || percentDecode(first(m.header, ceType)) == f.Type {
			ev, err := m.envelope()
			if err != nil {
				return err
			}
			p.Events = append(p.Events, Raw{ev, slices.Clone(m.data)})
			size -= len(m.data)
		}
		if looks++; len(p.Events) == limit || size <= 0 || looks == mostLooks {
			p.Next = m.seq + 1
			return errFull
		}
		return nil
	})
	if errors.Is(err, errFull) {
		p.Last = max(p.Last, r.end)
		return p, nil
	}
	p.Last, p.Next = r.end, r.end+1
	return p, err
}

// errFull ends the reading of a page.
var errFull = errors.New("the page is full")

// Latest are the newest n events that f chooses by source, state and type, oldest first. It looks at no more of the stream than it needs.
func (b *Bus) Latest(ctx context.Context, f Filter, n int) ([]*schemas.Event, error) {
	if err := f.check("read"); err != nil {
		return nil, err
	}
	var list []*schemas.Event
	enough := func() bool { return len(list) >= n }
	err := b.backwards(ctx, f.reading(), n, enough, func() { list = nil }, func(m *stored) error {
		if f.Type != "" && percentDecode(first(m.header, ceType)) != f.Type {
			return nil
		}
		ev, err := m.event()
		if err == nil {
			list = append(list, ev)
			list = list[max(0, len(list)-n):]
		}
		return err
	})
	return list, err
}

// ReplayEnvelopes is Replay of the events without their releases, which are not read, with the times at which they were stored.
func (b *Bus) ReplayEnvelopes(ctx context.Context, f Filter, fn func(ev *schemas.Event, at time.Time) error) error {
	if err := f.check("replay"); err != nil {
		return err
	}
	return b.chosen(ctx, f, true, func(m *stored) error {
		ev, err := m.envelope()
		if err != nil {
			return err
		}
		return fn(ev, m.time)
	})
}

// RunEvent is one event of PRESS_RUNS.
type RunEvent struct {
	Source   string
	Event    string // the last token of its subject
	Sequence uint64
	At       time.Time
	Data     []byte // JSON
}

// LatestRuns are the newest n events of PRESS_RUNS about a source (all when empty) with the given last token (any when empty), oldest first.
func (b *Bus) LatestRuns(ctx context.Context, source, event string, n int) ([]RunEvent, error) {
	var list []RunEvent
	want := reading{stream: schemas.StreamRuns, subject: schemas.RunFilter(source, event)}
	err := b.backwards(ctx, want, n, func() bool { return len(list) >= n }, func() { list = nil }, func(m *stored) error {
		list = append(list, runEvent(m))
		list = list[max(0, len(list)-n):]
		return nil
	})
	return list, err
}

// EachRunSince calls fn for the events of PRESS_RUNS with the given last token (any when empty) from a sequence on, or those that
// were written at or after since: one of both is zero. KindNotFound when the stream does not have the sequence any more, or is another one.
func (b *Bus) EachRunSince(ctx context.Context, event string, from uint64, since time.Time, fn func(RunEvent) error) error {
	want := reading{stream: schemas.StreamRuns, subject: schemas.RunFilter("", event), from: from, since: since, stop: true}
	return b.each(ctx, want, func(m *stored) error { return fn(runEvent(m)) })
}

func runEvent(m *stored) RunEvent {
	return RunEvent{token(m.subject, 3), token(m.subject, 4), m.seq, m.time, slices.Clone(m.data)}
}

// firstWindow is how many sequences before the end of a stream are looked at first for its newest messages.
const firstWindow = 512

// backwards reads the end of a stream, ever more of it, until there is enough or nothing before it: JetStream has no way to read from the
// end. The broker counts what a window holds before anything is read.
func (b *Bus) backwards(ctx context.Context, want reading, n int, enough func() bool, again func(), fn func(*stored) error) error {
	info, err := b.lookAt(ctx, "read", want.stream)
	if err != nil || info.State.Msgs == 0 || n < 1 {
		return err
	}
	st := info.State
	want.stop, want.loose = true, true
	for window := uint64(firstWindow); ; window *= 4 {
		whole := st.LastSeq-st.FirstSeq < window
		if want.from = st.FirstSeq; !whole {
			want.from = st.LastSeq - window + 1
		}
		r, err := b.open(ctx, want)
		if err != nil {
			return err
		}
		if whole || r.todo >= uint64(n) {
			again()
			err = r.each(ctx, fn)
		}
		r.close()
		if err != nil || whole || enough() {
			return err
		}
	}
}
