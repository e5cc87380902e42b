package api_test

import (
	"slices"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// parsed is a source that is asked by http and has pages on a host beside its own.
func parsed(t *testing.T, id string) *source.Source {
	t.Helper()
	s, err := source.Parse(id+".yaml", []byte("id: "+id+"\nname: Kreis\nstate: NW\nbase: http://www."+id+".example/\nhosts: [neues."+id+".example]\n"+
		"start: {listings: [{url: /presse/, item: li, link: a}]}\naccept: ['^/presse/.']\n"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestRegistryOrder: the Reader has the sources by id and leaves the list of whom it asked as it was.
func TestRegistryOrder(t *testing.T) {
	mine := []*source.Source{parsed(t, "kreis-b"), parsed(t, "kreis-a")}
	was := slices.Clone(mine)
	r := api.NewReader(api.Config{Sources: func() ([]*source.Source, error) { return mine, nil }})
	got, err := r.Registry(t.Context())
	if err != nil || got[0].ID != "kreis-a" || got[1].ID != "kreis-b" {
		t.Errorf("%v, %v", got, err)
	}
	if !slices.Equal(mine, was) {
		t.Error("the caller's list is in another order")
	}
}

// TestHostsByHTTP: what is remembered of a host that is asked by http stands under its port.
func TestHostsByHTTP(t *testing.T) {
	s := newStore(t)
	src := parsed(t, "kreis-a")
	for _, host := range []string{"www.kreis-a.example:80", "neues.kreis-a.example:80"} {
		if _, err := s.bus.Hosts().Put(t.Context(), host, schemas.HostState{LastRequest: s.now}, 0); err != nil {
			t.Fatal(err)
		}
	}
	r := api.NewReader(api.Config{Bus: s.bus, Sources: func() ([]*source.Source, error) { return []*source.Source{src}, nil }})
	d, err := r.Source(t.Context(), "kreis-a")
	if err != nil || len(d.Hosts) != 2 || d.Hosts[0].Host != "www.kreis-a.example:80" || d.Hosts[1].Host != "neues.kreis-a.example:80" {
		t.Errorf("%+v, %v", d, err)
	}
}

// TestNews: the news of a list begin behind what the index has, within what the feed has.
func TestNews(t *testing.T) {
	s := newStore(t)
	x, err := index.Open(t.Context(), t.TempDir()+"/index.db", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	r := api.NewReader(api.Config{Bus: s.bus, Index: x})
	want := func(n uint64) {
		t.Helper()
		if got, err := r.News(t.Context()); err != nil || got != n {
			t.Errorf("%d, want %d: %v", got, n, err)
		}
	}
	want(1)
	first := s.release(musterau, 1, nil)
	s.release(musterau, 2, nil)
	want(1)
	if err := x.CatchUp(t.Context(), s.bus, time.Minute); err != nil {
		t.Fatal(err)
	}
	want(3)
	s.release(musterau, 3, nil)
	want(3)
	s.erase(first) // the oldest goes, and what the erasure says comes
	want(3)

	empty, err := index.Open(t.Context(), t.TempDir()+"/index.db", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer empty.Close()
	r = api.NewReader(api.Config{Bus: s.bus, Index: empty})
	want(2)
}
