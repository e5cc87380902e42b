package api

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// counter finds out numbers, each in the time that it is told.
type counter struct {
	takes time.Duration
	asked int
	err   error
}

func (c *counter) next(ctx context.Context) (int, error) {
	c.asked++
	n := c.asked
	select {
	case <-time.After(c.takes):
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	return n, c.err
}

func TestMemo(t *testing.T) {
	for name, c := range map[string]struct {
		takes time.Duration // of the second finding out
		after time.Duration // when it is asked again
		want  int
		waits time.Duration
	}{
		"fresh":                {time.Hour, 9 * time.Second, 1, 0},
		"quick":                {moment / 2, 11 * time.Second, 2, moment / 2},
		"late, the old one":    {time.Minute, 11 * time.Second, 1, moment},
		"too old, so it waits": {patience / 2, time.Hour, 2, patience / 2},
		"a clock set back":     {patience / 2, -time.Second, 2, patience / 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m, n := memo[int]{fresh: 10 * time.Second, stale: 10 * time.Minute}, &counter{}
				if v, err := m.get(t.Context(), time.Now(), n.next); v != 1 || err != nil {
					t.Fatal(v, err)
				}
				n.takes = c.takes
				began := time.Now()
				v, err := m.get(t.Context(), began.Add(c.after), n.next)
				if waited := time.Since(began); v != c.want || err != nil || waited != c.waits {
					t.Errorf("%d, %v after %v, want %d after %v", v, err, waited, c.want, c.waits)
				}
				time.Sleep(time.Hour) // the attempt ends
			})
		})
	}
}

// TestMemoLate: who comes when nothing is known is told to come back when it takes long, and then finds it.
func TestMemoLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, n := memo[int]{fresh: time.Hour, stale: time.Hour}, &counter{takes: time.Minute}
		began := time.Now()
		_, err := m.get(t.Context(), began, n.next)
		if !errors.Is(err, ErrLate) || schemas.KindOf(err) != schemas.KindUnavailable || time.Since(began) != patience {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		time.Sleep(time.Minute)
		if v, err := m.get(t.Context(), time.Now(), n.next); v != 1 || err != nil {
			t.Error(v, err)
		}
	})
}

// TestMemoAsksOnce: many that come at once ask once, and one that goes away takes nothing from the others.
func TestMemoAsksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, n := memo[int]{fresh: time.Second, stale: time.Minute}, &counter{takes: 10 * time.Second}
		got := make(chan int)
		impatient, leave := context.WithCancel(t.Context())
		go func() {
			if _, err := m.get(impatient, time.Now(), n.next); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			got <- 0
		}()
		synctest.Wait()
		for range 20 {
			go func() { v, _ := m.get(t.Context(), time.Now(), n.next); got <- v }()
		}
		synctest.Wait()
		leave()
		sum := 0
		for range 21 {
			sum += <-got
		}
		if sum != 20 || n.asked != 1 {
			t.Errorf("%d in all, asked %d times", sum, n.asked)
		}
	})
}

// TestMemoDrop: who asks after a change never gets what was found out before it.
func TestMemoDrop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, n := memo[int]{fresh: time.Hour, stale: time.Hour}, &counter{takes: time.Second}
		before := make(chan int)
		go func() { v, _ := m.get(t.Context(), time.Now(), n.next); before <- v }()
		synctest.Wait()
		m.drop()
		if v, err := m.get(t.Context(), time.Now(), n.next); v != 2 || err != nil {
			t.Error(v, err)
		}
		if v := <-before; v != 2 {
			t.Errorf("who waited got %d", v)
		}
		m.drop()
		if v, err := m.get(t.Context(), time.Now(), n.next); v != 3 || err != nil {
			t.Error(v, err)
		}
	})
}

// TestMemoErrors: an error and a panic are told to who waits, and the next one asks again; what was known before stays.
func TestMemoErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, n := memo[int]{fresh: time.Second, stale: time.Minute}, &counter{err: errors.New("no")}
		if _, err := m.get(t.Context(), time.Now(), n.next); err == nil {
			t.Error("no error")
		}
		func() {
			defer func() {
				if p, ok := recover().(string); !ok || !strings.HasPrefix(p, "oh\n") || !strings.Contains(p, "memo_test.go") {
					t.Error("no panic of who waited:", p)
				}
			}()
			_, _ = m.get(t.Context(), time.Now(), func(context.Context) (int, error) { panic("oh") })
		}()
		n.err = nil
		if v, err := m.get(t.Context(), time.Now(), n.next); v != 2 || err != nil {
			t.Error(v, err)
		}
		time.Sleep(2 * time.Second)
		n.err = errors.New("no")
		if _, err := m.get(t.Context(), time.Now(), n.next); err == nil {
			t.Error("no error of who waited")
		}
		n.takes = time.Second
		if v, err := m.get(t.Context(), time.Now(), n.next); v != 2 || err != nil {
			t.Errorf("%d, %v, want what was known", v, err)
		}
		time.Sleep(time.Minute)
	})
}
