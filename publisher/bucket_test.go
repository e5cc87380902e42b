package publisher

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/schemas"
)

// memory is a value of the kind that others keep in press_sources.
type memory struct {
	Cursor uint64   `json:"cursor"`
	Lists  []string `json:"lists,omitempty"`
}

func TestSources(t *testing.T) {
	b := openTest(t)
	s := b.Sources()
	var got memory
	_, err := s.Get(t.Context(), "demo.line", &got)
	wantKind(t, err, schemas.KindNotFound, "demo.line")

	want := memory{Cursor: 7, Lists: []string{"/presse"}}
	rev, err := s.Put(t.Context(), "demo.line", want, 0)
	if err != nil {
		t.Fatal(err)
	}
	have, err := s.Get(t.Context(), "demo.line", &got)
	if err != nil || have != rev || !cmp.Equal(got, want) {
		t.Fatalf("%+v at %d, %v; want %+v at %d", got, have, err, want, rev)
	}
	_, err = s.Put(t.Context(), "demo.line", memory{}, 0)
	wantKind(t, err, schemas.KindConflict)
	if rev, err = s.Put(t.Context(), "demo.line", memory{Cursor: 8}, rev); err != nil {
		t.Fatal(err)
	}
	var number int
	_, err = s.Get(t.Context(), "demo.line", &number)
	wantKind(t, err, schemas.KindStorage, "demo.line", schemas.BucketSources)

	if _, err = s.Put(t.Context(), "other.line", memory{Cursor: 9}, 0); err != nil {
		t.Fatal(err)
	}
	if _, err = s.Put(t.Context(), "other.crawl", memory{}, 0); err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	err = s.Each(t.Context(), "line", func(source string, v json.RawMessage, _ uint64) error { lines[source] = string(v); return nil })
	if want := map[string]string{"demo": `{"cursor":8}`, "other": `{"cursor":9}`}; err != nil || !cmp.Equal(lines, want) {
		t.Fatalf("%v, %v; want %v", lines, err, want)
	}

	wantKind(t, s.Delete(t.Context(), "demo.line", rev-1), schemas.KindConflict)
	if err := s.Delete(t.Context(), "demo.line", rev); err != nil {
		t.Fatal(err)
	}
	_, err = s.Get(t.Context(), "demo.line", &got)
	wantKind(t, err, schemas.KindNotFound)
	if _, err := s.Put(t.Context(), "demo.line", want, 0); err != nil {
		t.Fatal("what was deleted can be written anew:", err)
	}
	for _, key := range []string{"", "a b", "*.line", ".line", "a..line", "a."} {
		_, err := s.Put(t.Context(), key, want, 0)
		wantKind(t, err, schemas.KindInvalid)
	}
}

func TestHosts(t *testing.T) {
	b := openTest(t)
	h := b.Hosts()
	at := time.Date(2026, 11, 3, 4, 5, 6, 0, time.UTC)
	for i, host := range []string{"www.kreis-musterau.de", "localhost:8080", "[::1]:443", "müsterau.example", "a..b", ".", "MUSTERAU.de"} {
		want := schemas.HostState{LastRequest: at, CrawlDelay: time.Duration(i) * time.Second, Robots: &schemas.RobotsState{Text: "User-agent: *", Expires: at}}
		rev, err := h.Put(t.Context(), host, want, 0)
		if err != nil {
			t.Fatalf("%s: %v", host, err)
		}
		got, have, err := h.Get(t.Context(), host)
		if err != nil || have != rev || !cmp.Equal(got, want) {
			t.Errorf("%s: %+v at %d, %v; want %+v at %d", host, got, have, err, want, rev)
		}
	}
	_, _, err := h.Get(t.Context(), "www.kreis-musterau.de:80")
	wantKind(t, err, schemas.KindNotFound)
	_, _, err = h.Get(t.Context(), "")
	wantKind(t, err, schemas.KindInvalid)
}

// The least recently written pages come first, and no more are read than asked for.
func TestOldestPages(t *testing.T) {
	b := openTest(t)
	p := b.Pages()
	revs := map[string]uint64{}
	for i := range 6 {
		name := fmt.Sprintf("p%d", i)
		rev, err := p.Put(t.Context(), "demo", name, schemas.PageState{URL: name}, 0)
		if err != nil {
			t.Fatal(err)
		}
		revs[name] = rev
		if _, err := p.Put(t.Context(), "other", name, schemas.PageState{}, 0); err != nil {
			t.Fatal(err)
		}
	}
	again, err := p.Put(t.Context(), "demo", "p0", schemas.PageState{URL: "again"}, revs["p0"])
	if err != nil {
		t.Fatal(err)
	}
	revs["p0"] = again
	if err := p.Delete(t.Context(), "demo", "p2", revs["p2"]); err != nil {
		t.Fatal(err)
	}
	oldest := func(n int) (names []string) {
		err := p.Oldest(t.Context(), "demo", n, func(page string, st schemas.PageState, rev uint64) error {
			names = append(names, page)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	for _, c := range []struct {
		n    int
		want []string
	}{{0, nil}, {1, []string{"p1"}}, {3, []string{"p1", "p3", "p4"}}, {50, []string{"p1", "p3", "p4", "p5", "p0"}}} {
		if got := oldest(c.n); !slices.Equal(got, c.want) {
			t.Errorf("oldest %d: %v, want %v", c.n, got, c.want)
		}
	}
	end, err := p.Put(t.Context(), "other", "p9", schemas.PageState{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	gone := end - 1 // the marker of p2
	after := func(rev uint64, n int) (names []string, seen uint64, more bool) {
		last := rev
		seen, more, err := p.After(t.Context(), "demo", rev, n, func(page string, _ schemas.PageState, at uint64) error {
			names = append(names, page)
			if at <= last {
				t.Errorf("%s was written at %d, not after %d", page, at, last)
			}
			last = at
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return names, seen, more
	}
	for _, c := range []struct {
		rev  uint64
		n    int
		want []string
		seen uint64
		more bool
	}{
		{0, 2, []string{"p1", "p3"}, revs["p3"], true},
		{1, 2, []string{"p1", "p3"}, revs["p3"], true},
		{revs["p3"], 2, []string{"p4", "p5"}, revs["p5"], true},
		{revs["p5"], 2, []string{"p0"}, gone, true},
		{revs["p5"], 3, []string{"p0"}, end, false}, // the leader knows that the rest is of others
		{revs["p5"], 9, []string{"p0"}, gone, false},
		{0, 9, []string{"p1", "p3", "p4", "p5", "p0"}, gone, false},
		{0, 6, []string{"p1", "p3", "p4", "p5", "p0"}, gone, true}, // a marker counts
		{gone, 1, nil, end, false},
		{1 << 40, 1, nil, 1 << 40, false},
		{1 << 40, 9, nil, 1 << 40, false},
	} {
		if got, seen, more := after(c.rev, c.n); !slices.Equal(got, c.want) || seen != c.seen || more != c.more {
			t.Errorf("%d after %d: %v up to %d, more %v; want %v up to %d, %v", c.n, c.rev, got, seen, more, c.want, c.seen, c.more)
		}
	}
	enough := errors.New("enough")
	if err := p.Oldest(t.Context(), "demo", 3, func(string, schemas.PageState, uint64) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("error of fn is lost: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Oldest(ctx, "demo", 3, func(string, schemas.PageState, uint64) error { return nil }); err == nil {
		t.Error("no error after the end of the context")
	}
}
