package publisher

import (
	"context"
	"runtime"
	"sync"

	"github.com/kreispresse/kreispresse/schemas"
)

// decodeAhead is how many events are decoded while the one before them is with the reader of the feed. Decoding a release costs three times
// what its way from the broker does.
const decodeAhead = 64

// decoding is an event on its way through a decoder.
type decoding struct {
	m    *stored
	ev   *schemas.Event
	err  error
	done chan struct{} // closed when ev or err is there
}

// decoded reads messages by read and gives them as events to fn, in their order, in the caller's goroutine; they are decoded on all
// processors. It returns how many fn has taken without an error; an error of fn ends it and is returned.
func decoded(ctx context.Context, read func(context.Context, func(*stored) error) error, fn func(*schemas.Event) error) (int, error) {
	rctx, stop := context.WithCancel(ctx)
	defer stop()
	work, order := make(chan *decoding, decodeAhead), make(chan *decoding, decodeAhead)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for d := range work {
				d.ev, d.err = d.m.event()
				close(d.done)
			}
		})
	}
	var ended error // of reading
	wg.Go(func() {
		defer close(order)
		defer close(work)
		ended = read(rctx, func(m *stored) error {
			d := &decoding{m: m, done: make(chan struct{})}
			select {
			case order <- d:
				work <- d
				return nil
			case <-rctx.Done():
				return rctx.Err()
			}
		})
	})
	n, err := deliver(ctx, order, fn)
	if err != nil {
		stop()
		for range order { // what was read ahead
		}
	}
	wg.Wait()
	if err == nil {
		err = ended
	}
	return n, err
}

func deliver(ctx context.Context, order <-chan *decoding, fn func(*schemas.Event) error) (n int, err error) {
	for d := range order {
		<-d.done
		switch {
		case ctx.Err() != nil:
			return n, ctx.Err()
		case d.err != nil:
			return n, d.err
		}
		if err := fn(d.ev); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// decodedBy is fn for messages, decoded one after the other.
func decodedBy(fn func(*schemas.Event) error) func(*stored) error {
	return func(m *stored) error {
		ev, err := m.event()
		if err != nil {
			return err
		}
		return fn(ev)
	}
}
