package api

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// memo remembers what is dear to find out. When what is remembered is no longer fresh it is found out anew, by one for all, and who asks
// gets what was remembered if that takes longer than a moment: nobody waits for a store that others are busy writing. Only who comes when
// nothing useful is remembered waits, and is told to come back when that takes long.
type memo[T any] struct {
	fresh time.Duration // how long a value is given without asking again
	stale time.Duration // how long it is given when the new one is late

	mu     sync.Mutex
	at     time.Time // when value was asked for; zero: there is none
	value  T
	asking *asking[T] // nil: nobody finds it out now
}

// asking is one attempt to find a value out.
type asking[T any] struct {
	done    chan struct{} // closed at its end
	value   T
	err     error
	panic   any  // what find panicked with, and where
	dropped bool // what it finds is older than a change that somebody must see
}

// ErrLate says that what was asked for is still being found out.
var ErrLate = errors.New("the store is busy: this is still being put together")

const (
	patience   = 15 * time.Second      // how long a value is waited for when there is none: less than a server may take for an answer
	moment     = 60 * time.Millisecond // how long a new value is waited for when there is an old one
	mostAsking = 2 * time.Minute       // how long one attempt may take; it goes on when who began it has gone, for the next one
)

// get gives what is remembered or what find finds. An error is given to those who waited for it, and not remembered.
func (m *memo[T]) get(ctx context.Context, now time.Time, find func(context.Context) (T, error)) (T, error) {
	for {
		m.mu.Lock()
		old, age := m.value, now.Sub(m.at)
		there := !m.at.IsZero() && age >= 0
		if there && age < m.fresh {
			m.mu.Unlock()
			return old, nil
		}
		if m.asking == nil {
			m.asking = &asking[T]{done: make(chan struct{})}
			go m.ask(context.WithoutCancel(ctx), m.asking, now, find)
		}
		a := m.asking
		m.mu.Unlock()
		wait, late := patience, error(&schemas.Error{Op: "read", Kind: schemas.KindUnavailable, Err: ErrLate, Hint: "try again in a moment"})
		if there && age < m.stale {
			wait, late = moment, nil
		}
		select {
		case <-a.done:
		case <-time.After(wait):
			return old, late
		case <-ctx.Done():
			return old, ctx.Err()
		}
		if a.panic != nil {
			panic(a.panic) // where a server catches and logs it
		}
		if !a.dropped {
			return a.value, a.err
		}
	}
}

// ask ends an attempt.
func (m *memo[T]) ask(ctx context.Context, a *asking[T], now time.Time, find func(context.Context) (T, error)) {
	ctx, cancel := context.WithTimeout(ctx, mostAsking)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			a.panic = fmt.Sprintf("%v\n\n%s", p, debug.Stack())
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		if !a.dropped {
			m.asking = nil
			if a.err == nil && a.panic == nil {
				m.value, m.at = a.value, now
			}
		}
		close(a.done)
	}()
	a.value, a.err = find(ctx)
}

// drop forgets the value, and what is being found out, too.
func (m *memo[T]) drop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = time.Time{}
	if m.asking != nil {
		m.asking.dropped, m.asking = true, nil
	}
}
