package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sort"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// hub follows the feed once for all who follow it over HTTP. It keeps the last events, each encoded once; who is further behind than that
// reads the store (see stream.catchUp). Nothing is kept for a reader but its place.
type hub struct {
	bus  *publisher.Bus
	log  *slog.Logger
	most int // bytes in ring

	mu      sync.Mutex
	ring    []entry // the newest events, in their order
	bytes   int
	first   uint64 // every event from this sequence on is in ring
	last    uint64 // sequence of the newest event that was seen
	readers map[*follower]struct{}
	begun   chan struct{} // closed when it follows for the first time
	over    chan struct{} // closed when the process ends
	behind  chan struct{} // places for those who read the store
}

// entry is one event, ready to be sent.
type entry struct {
	seq                uint64
	source, state, typ string
	line               []byte // the event in the JSON format of CloudEvents, without a line's end; never changed
}

// follower is somebody's place in the feed. next is guarded by the hub.
type follower struct {
	filter publisher.Filter // Source, State and Type
	next   uint64           // the first sequence that was not looked at
	news   chan struct{}    // there is something for it; of one place
	lost   bool             // the feed is another one now, its place means nothing; guarded by the hub
}

func newHub(bus *publisher.Bus, log *slog.Logger, most int) *hub {
	return &hub{
		bus: bus, log: log, most: most, readers: map[*follower]struct{}{},
		begun: make(chan struct{}), over: make(chan struct{}), behind: make(chan struct{}, behindMost),
	}
}

// hubPause is how long it waits after the feed broke.
const hubPause = time.Second

func (h *hub) run(ctx context.Context) error {
	defer close(h.over)
	for {
		err := h.follow(ctx)
		if ctx.Err() != nil {
			return nil
		}
		h.log.Warn("the feed broke for those who follow it over HTTP, it is taken up again", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(hubPause):
		}
	}
}

// follow reads the feed from where it was left, else from its end.
func (h *hub) follow(ctx context.Context) error {
	reach, err := h.bus.Reach(ctx)
	if err != nil {
		return err
	}
	h.begin(reach.Last)
	h.mu.Lock()
	from := h.last + 1
	h.mu.Unlock()
	feed, err := h.bus.Feed(ctx, publisher.Filter{From: from})
	if err != nil {
		return err
	}
	defer feed.Close()
	select {
	case <-h.begun:
	default:
		close(h.begun)
	}
	return feed.EachRaw(ctx, func(ev *schemas.Event, release []byte) error {
		line, err := ev.AppendJSON(nil, release)
		if err != nil {
			return err
		}
		about, err := aboutOf(release)
		if err != nil {
			h.log.Warn("an event of the feed has no source", "event", ev.ID, "error", err)
		}
		h.append(entry{ev.Sequence, about.ID, about.State, ev.Type, line})
		return nil
	})
}

// begin sets the hub's place: at the end of the stream at first, and again when the stream is another one that is shorter.
func (h *hub) begin(last uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.first == 0 || last < h.last {
		h.ring, h.bytes, h.first, h.last = nil, 0, last+1, last
		for f := range h.readers {
			f.lost = true
			f.tell()
		}
	}
}

// append takes an event in and tells those whom it concerns. The others are moved on with it, so that a rare filter does not fall behind.
func (h *hub) append(e entry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	before := h.last
	h.ring = append(h.ring, e)
	h.bytes += len(e.line)
	h.last = e.seq
	drop := 0
	for h.bytes > h.most && drop < len(h.ring)-1 {
		h.bytes -= len(h.ring[drop].line)
		h.first = h.ring[drop].seq + 1
		h.ring[drop] = entry{}
		drop++
	}
	h.ring = h.ring[drop:]
	for f := range h.readers {
		switch {
		case f.next > e.seq:
		case f.wants(&e):
			f.tell()
		case f.next > before:
			f.next = e.seq + 1
		}
	}
}

// tell wakes a reader that does not look already.
func (f *follower) tell() {
	select {
	case f.news <- struct{}{}:
	default:
	}
}

func (f *follower) wants(e *entry) bool {
	return (f.filter.Source == "" || f.filter.Source == e.source) && (f.filter.State == "" || f.filter.State == e.state) &&
		(f.filter.Type == "" || f.filter.Type == e.typ)
}

// aboutOf reads who published a release, and no more of it: that stands near its beginning.
func aboutOf(release []byte) (about schemas.Source, err error) {
	dec := json.NewDecoder(bytes.NewReader(release))
	if _, err := dec.Token(); err != nil {
		return about, err
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return about, err
		}
		if key == "source" {
			return about, dec.Decode(&about)
		}
		var other json.RawMessage
		if err := dec.Decode(&other); err != nil {
			return about, err
		}
	}
	return about, errors.New("it names no source")
}

// errDown is why nobody can follow.
var errDown = errors.New("the feed is not followed just now")

// join adds a reader; leave takes it away. A hub that is just beginning is waited for.
func (h *hub) join(ctx context.Context, f *follower) error {
	timer := time.NewTimer(turnWait)
	defer timer.Stop()
	select {
	case <-h.begun:
	case <-timer.C:
	case <-ctx.Done():
	}
	for _, c := range []struct {
		done <-chan struct{}
		want bool
	}{{h.begun, true}, {h.over, false}} {
		is := false
		select {
		case <-c.done:
			is = true
		default:
		}
		if is != c.want {
			return &schemas.Error{Op: "feed", Kind: schemas.KindUnavailable, Err: errDown, Hint: "try again in a moment"}
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.readers[f] = struct{}{}
	return nil
}

func (h *hub) leave(f *follower) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.readers, f)
}

// place is where a reader is, and where the feed is.
func (h *hub) place(f *follower) (next, last uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return f.next, h.last
}

// move sets a reader's place.
func (h *hub) move(f *follower, next uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f.next = next
}

// take gives a reader what there is for it, at most n events, and moves it on. behind: it must read the store first. more: there is more
// to look at.
func (h *hub) take(f *follower, n int) (list []entry, behind, more bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if f.next < h.first {
		return nil, true, false
	}
	at := sort.Search(len(h.ring), func(i int) bool { return h.ring[i].seq >= f.next })
	for ; at < len(h.ring); at++ {
		e := &h.ring[at]
		f.next = e.seq + 1
		if !f.wants(e) {
			continue
		}
		if list = append(list, *e); len(list) == n {
			return list, false, at+1 < len(h.ring)
		}
	}
	return list, false, false
}
