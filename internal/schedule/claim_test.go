package schedule

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// shelf is a Memory of this process, whose common clock may differ from this machine's, or which may be away.
type shelf struct {
	mu     sync.Mutex
	values map[string][]byte
	revs   map[string]uint64
	ahead  time.Duration
	away   error
}

func newShelf() *shelf { return &shelf{values: map[string][]byte{}, revs: map[string]uint64{}} }

func (s *shelf) Get(_ context.Context, key string, into any) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values[key] == nil {
		return 0, &schemas.Error{Op: "get", Kind: schemas.KindNotFound, Thing: key}
	}
	return s.revs[key], json.Unmarshal(s.values[key], into)
}

func (s *shelf) Put(_ context.Context, key string, value any, rev uint64) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.away != nil {
		return 0, s.away
	}
	if s.revs[key] != rev {
		return 0, &schemas.Error{Op: "put", Kind: schemas.KindConflict, Thing: key}
	}
	data, err := json.Marshal(value)
	s.values[key], s.revs[key] = data, rev+1
	return rev + 1, err
}

func (s *shelf) Each(_ context.Context, name string, fn func(string, json.RawMessage, uint64) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, value := range s.values {
		if id, ok := strings.CutSuffix(key, "."+name); ok {
			if err := fn(id, value, s.revs[key]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *shelf) Now(context.Context) (time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.ahead), nil
}

func (s *shelf) cut(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = err
}

// TestClaimByTheCommonClock: a machine whose clock is wrong neither takes a claimed source nor leaves alone one that is free.
func TestClaimByTheCommonClock(t *testing.T) {
	for _, ahead := range []time.Duration{-26 * time.Hour, -5 * time.Minute, 0, 5 * time.Minute, 26 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			m, list := newShelf(), sources(t, 1)
			m.ahead = ahead
			crawling, end := make(chan bool), make(chan bool)
			holder := New(m, func(context.Context, *source.Source) (Result, error) {
				crawling <- true
				<-end
				return result(), nil
			}, Options{})
			ended := make(chan error)
			go func() { ended <- holder.Run(t.Context(), list, true) }()
			<-crawling
			time.Sleep(10 * time.Minute) // it is renewed
			ran := 0
			other := New(m, func(context.Context, *source.Source) (Result, error) { ran++; return result(), nil }, Options{})
			if err := other.Run(t.Context(), list, true); err != nil || ran != 0 {
				t.Errorf("%v ahead: a claimed source was crawled, %v", ahead, err)
			}
			end <- true
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
			if err := other.Run(t.Context(), list, true); err != nil || ran != 0 {
				t.Errorf("%v ahead: crawled again at once, %v", ahead, err)
			}
			time.Sleep(2 * time.Hour)
			if err := other.Run(t.Context(), list, true); err != nil || ran != 1 {
				t.Errorf("%v ahead: crawled %d times after two hours, %v", ahead, ran, err)
			}
		})
	}
}

// TestHolderNotices: a process whose claim somebody took while it was stopped, or that cannot reach the memory for as long as a claim
// lasts, stops crawling the source before another one may begin.
func TestHolderNotices(t *testing.T) {
	away := &schemas.Error{Op: "put", Kind: schemas.KindUnavailable, Err: errors.New("cut off")}
	for name, happens := range map[string]func(*shelf, *claim){
		"taken":   func(m *shelf, _ *claim) { m.revs[Key("kreis-0")]++ },
		"cut off": func(m *shelf, _ *claim) { m.cut(away) },
	} {
		synctest.Test(t, func(t *testing.T) {
			m := newShelf()
			l := New(m, nil, Options{})
			c, err := l.look(t.Context(), "kreis-0")
			if err != nil {
				t.Fatal(err)
			}
			if ok, err := c.take(t.Context(), time.Now()); err != nil || !ok {
				t.Fatal(ok, err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			began, lost := time.Now(), make(chan time.Duration, 1)
			happens(m, c)
			c.keep(ctx, func() { lost <- time.Since(began) })
			if d := <-lost; d > DefaultClaim {
				t.Errorf("%s: noticed after %v", name, d)
			}
		})
	}
}

// TestLater: a source whose host another process asks is tried again when it may be free, and that is no failure.
func TestLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, list := newShelf(), sources(t, 1)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var at []time.Duration
		began := time.Now()
		l := New(m, func(context.Context, *source.Source) (Result, error) {
			if at = append(at, time.Since(began)); len(at) == 1 {
				return Result{Later: time.Now().Add(90 * time.Second)}, nil
			}
			defer cancel()
			return result(), nil
		}, Options{})
		_ = l.Run(ctx, list, false)
		if len(at) != 2 || at[1] != 90*time.Second {
			t.Errorf("crawled after %v", at)
		}
		var st State
		if _, err := m.Get(t.Context(), Key("kreis-0"), &st); err != nil || st.Failures != 0 {
			t.Errorf("%+v, %v", st, err)
		}
	})
}
