package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// A stream in the format of server-sent events. An event is a CloudEvent as JSON, its id the sequence; heartbeats have ids, too, so that
// who comes back with the last one neither misses nor repeats anything:
//
//	id: 41
//	data: {"specversion":"1.0",…}
//
//	event: heartbeat
//	id: 57
//	data: {"sequence":57,"last":57}
//
//	event: end
//	id: 58
//	data: {"sequence":58,"why":"the server ends"}

// Sizes of what is read and sent at a time.
const (
	streamBatch = 64        // events of the hub
	behindBatch = 200       // events of the store
	behindBytes = 256 << 10 // of releases: each of thousands who take nothing holds as much until it is cut
	behindMost  = 8         // readers of the store at one time: each may hold two batches
	retryAfter  = 3 * time.Second
)

// stream is one reader.
type stream struct {
	*Server
	f    follower
	out  *steady
	ctx  context.Context
	left int // events to send; 0: no limit
	sent int
	buf  []byte
	at   uint64 // the last sequence in buf
	done uint64 // … and that was taken by the client
}

// errSlow ends a stream whose client takes nothing.
var errSlow = errors.New("the client takes nothing")

func (s *Server) stream(w http.ResponseWriter, r *http.Request, want wish, last uint64) error {
	done, err := s.clients.open(r)
	if err != nil {
		return err
	}
	defer done()
	x := &stream{Server: s, out: &steady{w: w, rc: http.NewResponseController(w), patience: s.Patience}, ctx: r.Context(), left: want.limit}
	x.f = follower{
		filter: publisher.Filter{Source: want.filter.Source, State: want.filter.State, Type: schemas.EventTypes[want.filter.Type]},
		news:   make(chan struct{}, 1),
	}
	if x.f.next = want.filter.From; x.f.next == 0 { // from now on, unless since or last say otherwise
		x.f.next = last + 1
	}
	if err := s.hub.join(r.Context(), &x.f); err != nil {
		return err
	}
	defer s.hub.leave(&x.f)
	h := w.Header()
	h.Set("Content-Type", typeSSE)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // for a proxy that would keep it back
	if r.Method == http.MethodHead {
		return nil
	}
	if err := x.out.rc.SetReadDeadline(time.Time{}); err != nil { // it is the request's; nothing more will be read
		return err
	}
	x.buf = fmt.Appendf(x.buf, "retry: %d\n\n", retryAfter.Milliseconds())
	err = x.run(want, last)
	gone := r.Context().Err() != nil && !errors.Is(err, os.ErrDeadlineExceeded) // a write that fails ends the context, too
	if err != nil && !gone {
		s.reader.Log.Info("a reader of the stream is cut", "last", x.done, "why", err)
	}
	if errors.Is(err, errSlow) {
		panic(http.ErrAbortHandler) // it may have half an event: end the connection, not the answer
	}
	return nil
}

// run sends until the client goes, the process ends or there was enough. The error says why it is cut.
func (x *stream) run(want wish, last uint64) error {
	if want.filter.Last || !want.filter.Since.IsZero() {
		if err := x.start(want, last); err != nil {
			return x.end(err)
		}
	}
	x.beat()
	ticker := time.NewTicker(x.Heartbeat)
	defer ticker.Stop()
	for {
		err := x.catchUp()
		if err == nil {
			err = x.flush()
		}
		if err != nil {
			return x.end(err)
		}
		select {
		case <-x.f.news:
		case <-ticker.C:
			x.beat()
		case <-x.ctx.Done():
			return nil
		case <-x.hub.over:
			return x.end(errOver)
		}
	}
}

var (
	errOver   = errors.New("the server ends")
	errEnough = errors.New("these were as many as you asked for")
	errLost   = errors.New("the feed is another one now")
)

// start sends what a moment or the present state asks for, and leaves the reader behind it.
func (x *stream) start(want wish, last uint64) error {
	if want.filter.Last {
		done, err := x.turn(x.ctx)
		if err != nil {
			return err
		}
		defer done()
		var line []byte
		_, err = x.reader.Bus.ReplayRaw(x.ctx, want.filter, func(ev *schemas.Event, release []byte) error {
			if line, err = ev.AppendJSON(line[:0], release); err != nil {
				return err
			}
			return x.event(ev.Sequence, line)
		})
		x.hub.move(&x.f, last+1)
		return err
	}
	return x.behind(publisher.Filter{Since: want.filter.Since})
}

// catchUp sends all that there is by now.
func (x *stream) catchUp() error {
	for {
		list, behind, more := x.hub.take(&x.f, streamBatch)
		for i := range list {
			if err := x.event(list[i].seq, list[i].line); err != nil {
				return err
			}
		}
		switch {
		case x.isLost():
			return errLost
		case behind:
			next, _ := x.hub.place(&x.f)
			if err := x.behind(publisher.Filter{From: next}); err != nil {
				return err
			}
		case !more:
			return nil
		}
	}
}

func (x *stream) isLost() bool {
	x.hub.mu.Lock()
	defer x.hub.mu.Unlock()
	return x.f.lost
}

// behind sends a batch from the store, of what the hub does not have any more. Few readers do so at one time, and none keeps the others
// waiting while it sends.
func (x *stream) behind(f publisher.Filter) error {
	f.Source, f.State, f.Type = x.f.filter.Source, x.f.filter.State, x.f.filter.Type
	select {
	case x.hub.behind <- struct{}{}:
	case <-x.ctx.Done():
		return x.ctx.Err()
	case <-x.hub.over:
		return errOver
	}
	page, err := x.reader.Bus.Page(x.ctx, f, behindBatch, behindBytes)
	<-x.hub.behind
	if err != nil {
		return err
	}
	var line []byte
	for _, e := range page.Events {
		if line, err = e.AppendJSON(line[:0], e.JSON); err != nil {
			return err
		}
		if err := x.event(e.Sequence, line); err != nil {
			return err
		}
	}
	x.hub.move(&x.f, page.Next)
	return nil
}

// event sends one event.
func (x *stream) event(seq uint64, line []byte) error {
	x.at = seq
	x.buf = append(x.buf, "id: "...)
	x.buf = strconv.AppendUint(x.buf, seq, 10)
	x.buf = append(append(append(x.buf, "\ndata: "...), line...), "\n\n"...)
	if x.sent++; x.sent == x.left {
		x.hub.move(&x.f, seq+1)
		return errEnough
	}
	if len(x.buf) >= part {
		return x.flush()
	}
	return nil
}

// beat says where the reader is, and where the feed is.
func (x *stream) beat() {
	next, last := x.hub.place(&x.f)
	x.at = next - 1
	x.buf = fmt.Appendf(x.buf, "event: heartbeat\nid: %d\ndata: {\"sequence\":%d,\"last\":%d}\n\n", next-1, next-1, max(last, next-1))
}

// flush hands over what was written. A client that does not take it in time is cut: it has the id of the last event that it got.
func (x *stream) flush() error {
	if len(x.buf) == 0 {
		return nil
	}
	_, err := x.out.Write(x.buf)
	if cap(x.buf) > 2*part { // one long release must not be remembered by a thousand readers
		x.buf = nil
	}
	x.buf = x.buf[:0]
	if err == nil {
		err = x.out.rc.Flush()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errSlow, err)
	}
	x.done = x.at
	return nil
}

// end tells the client why it ends, and with which sequence, if it can be told.
func (x *stream) end(why error) error {
	if errors.Is(why, errSlow) || x.ctx.Err() != nil {
		return why
	}
	next, _ := x.hub.place(&x.f)
	x.buf = fmt.Appendf(x.buf, "event: end\nid: %d\ndata: {\"sequence\":%d,\"why\":%q}\n\n", next-1, next-1, problemOf(why).Detail)
	if err := x.flush(); err != nil {
		return err
	}
	if errors.Is(why, errOver) || errors.Is(why, errEnough) {
		return nil
	}
	return why
}
