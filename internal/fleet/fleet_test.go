package fleet

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/publisher"
)

// files are the sources kreis-0 … kreis-<n-1>; those named have another pace.
func files(t *testing.T, n int, other ...int) []*source.Source {
	t.Helper()
	var list []*source.Source
	for i := range n {
		pace := "2s"
		if slices.Contains(other, i) {
			pace = "3s"
		}
		text := "id: kreis-%[1]d\nname: Kreis %[1]d\nstate: NW\nbase: https://www.kreis-%[1]d.example/\npace: %[2]s\nstart: {feeds: [/rss]}\n"
		s, err := source.Parse("x.yaml", fmt.Appendf(nil, text, i, pace))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

func set(t *testing.T, version, n int, other ...int) Set {
	t.Helper()
	s, err := SetOf(version, files(t, n, other...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSets(t *testing.T) {
	a, same, b := set(t, 0, 4), set(t, 7, 4), set(t, 0, 5, 2)
	if a.Sum() != same.Sum() || a.Sum() == b.Sum() {
		t.Errorf("sums %s %s %s", a.Sum(), same.Sum(), b.Sum())
	}
	if d := b.Differ(a); !slices.Equal(d, []string{"kreis-2", "kreis-4"}) {
		t.Errorf("differ in %v", d)
	}
	if d := a.Differ(b); !slices.Equal(d, []string{"kreis-2"}) {
		t.Errorf("differ in %v", d)
	}
}

// shared is the bucket of an embedded server with a clock that the test sets.
type shared struct {
	*publisher.Sources
	now time.Time
}

func newShared(t *testing.T) *shared {
	t.Helper()
	b, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return &shared{b.Sources(), time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}
}

func (s *shared) Now(context.Context) (time.Time, error) { return s.now, nil }

func (s *shared) keeper(t *testing.T, name string, own Set) (*Keeper, *strings.Builder) {
	t.Helper()
	log := new(strings.Builder)
	return New(s, name, own, 0, slog.New(slog.NewTextHandler(log, nil))), log
}

// may wants a process to be admitted to some sources, and to no others of five.
func may(t *testing.T, k *Keeper, want ...int) {
	t.Helper()
	var got []int
	for i := range 5 {
		ok, err := k.Admit(t.Context(), fmt.Sprintf("kreis-%d", i))
		if err != nil {
			t.Fatal(err)
		}
		if ok && k.own.Sources[fmt.Sprintf("kreis-%d", i)] != "" {
			got = append(got, i)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s may crawl %v, want %v", k.me, got, want)
	}
}

// TestSecondIsRefused: of two processes with other files the second crawls what both have alike, says so once, and everything when the first
// has been gone for long enough.
func TestSecondIsRefused(t *testing.T) {
	m := newShared(t)
	a, _ := m.keeper(t, "a", set(t, 0, 4))
	b, said := m.keeper(t, "b", set(t, 0, 5, 2))
	may(t, a, 0, 1, 2, 3)
	for range 20 { // ten minutes
		m.now = m.now.Add(30 * time.Second)
		may(t, a, 0, 1, 2, 3)
		may(t, b, 0, 1, 3)
	}
	once := strings.Count(said.String(), "level=") == 1
	if !once || !strings.Contains(said.String(), "kreis-2 kreis-4") || !strings.Contains(said.String(), "sources_version to 1") {
		t.Errorf("said:\n%s", said)
	}
	if r := b.Refused(); r == nil || r.By != "a" || len(r.Sources) != 2 || strings.Contains(r.Error(), "\n") {
		t.Errorf("%+v", r)
	}
	m.now = m.now.Add(DefaultLasts / 2) // a was killed
	may(t, b, 0, 1, 3)
	m.now = m.now.Add(DefaultLasts/2 + time.Second)
	may(t, b, 0, 1, 2, 3, 4)
	if b.Refused() != nil || strings.Count(said.String(), "level=") != 2 {
		t.Errorf("%v\n%s", b.Refused(), said)
	}
	may(t, a, 0, 1, 3) // it was only stopped
}

// TestHigherVersionWins: at once, over those that run, and for good: no lower one ever replaces it.
func TestHigherVersionWins(t *testing.T) {
	m := newShared(t)
	a, said := m.keeper(t, "a", set(t, 3, 4))
	b, _ := m.keeper(t, "b", set(t, 4, 4, 1))
	may(t, a, 0, 1, 2, 3)
	may(t, b, 0, 1, 2, 3)
	may(t, a, 0, 2, 3)
	if !strings.Contains(said.String(), "sources_version to 5") {
		t.Errorf("a says %s", said)
	}
	m.now = m.now.Add(24 * time.Hour)
	may(t, a, 0, 2, 3)
	a.Use(set(t, 5, 4))
	may(t, a, 0, 1, 2, 3)
	may(t, b, 0, 2, 3)
	b.Use(set(t, 0, 4)) // the same files, counted by nobody
	may(t, b, 0, 1, 2, 3)
	m.now = m.now.Add(2 * time.Minute)
	may(t, b, 0, 1, 2, 3) // keeps the agreement alive, as version 5
	m.now = m.now.Add(2 * time.Minute)
	c, _ := m.keeper(t, "c", set(t, 5, 4, 3))
	may(t, c, 0, 1, 2)
}

// TestLeave: when a process ends in order, those who share its files keep the agreement; without them it is free sooner.
func TestLeave(t *testing.T) {
	m := newShared(t)
	a, _ := m.keeper(t, "a", set(t, 0, 4))
	b, _ := m.keeper(t, "b", set(t, 0, 4))
	c, _ := m.keeper(t, "c", set(t, 0, 4, 0))
	may(t, a, 0, 1, 2, 3)
	may(t, c, 1, 2, 3)
	a.Leave(t.Context())
	may(t, c, 1, 2, 3)
	may(t, b, 0, 1, 2, 3)
	m.now = m.now.Add(DefaultLasts)
	may(t, c, 1, 2, 3)
	b.Leave(t.Context())
	m.now = m.now.Add(DefaultLasts/2 + time.Second)
	may(t, c, 0, 1, 2, 3)
}

// TestUnreadable: what cannot be read is no agreement, and a clock that was set back ends one that would last for years.
func TestUnreadable(t *testing.T) {
	m := newShared(t)
	if _, err := m.Put(t.Context(), Key, []int{1}, 0); err != nil {
		t.Fatal(err)
	}
	a, _ := m.keeper(t, "a", set(t, 0, 4))
	may(t, a, 0, 1, 2, 3)
	m.now = m.now.Add(-365 * 24 * time.Hour)
	b, _ := m.keeper(t, "b", set(t, 0, 4, 0))
	may(t, b, 0, 1, 2, 3)
}

// TestAlone: a process without an agreement crawls everything.
func TestAlone(t *testing.T) {
	var k *Keeper
	ok, err := k.Admit(t.Context(), "kreis-0")
	if !ok || err != nil || k.Refused() != nil || k.Run(t.Context()) != nil {
		t.Error(ok, err)
	}
	k.Use(Set{})
	k.Leave(t.Context())
}
