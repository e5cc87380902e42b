package api_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/internal/worddiff"
	"github.com/kreispresse/kreispresse/schemas"
)

func wantKind(t *testing.T, err error, kind schemas.Kind, part string) {
	t.Helper()
	if schemas.KindOf(err) != kind || !strings.Contains(fmt.Sprint(err), part) {
		t.Errorf("error %v of kind %q, want %q of kind %q", err, schemas.KindOf(err), part, kind)
	}
}

func TestReaderRelease(t *testing.T) {
	s := newStore(t)
	first := s.release(musterau, 1, nil)
	s.release(musterau, 1, func(r *schemas.Release) {
		r.Title = "Meldung eins"
		r.People = []schemas.Person{{Name: "Ute Voss", Roles: []string{"Landrätin"}}}
	})
	ctx, id := t.Context(), first.Subject

	ev, err := s.reader.Release(ctx, id)
	if err != nil || ev.Revision != 2 || ev.Release.Title != "Meldung eins" {
		t.Fatal(ev, err)
	}
	d, err := s.reader.Diff(ctx, id, 0, 0)
	if err != nil || d.From != 1 || d.To != 2 || len(d.Fields) != 2 {
		t.Fatalf("%+v, %v", d, err)
	}
	title, people := d.Fields[0], d.Fields[1]
	want := []worddiff.Piece{{Op: "equal", Text: "Meldung "}, {Op: "delete", Text: "1"}, {Op: "insert", Text: "eins"}}
	if title.Field != "title" || !slices.Equal(title.Pieces, want) {
		t.Errorf("%+v", title)
	}
	if people.Class != schemas.ChangeName || people.Before != "" || people.After != "Ute Voss, Landrätin" {
		t.Errorf("%+v", people)
	}
	for revision, want := range map[int]string{1: "<title>Meldung 1<", 2: "<title>Meldung eins<", 0: "<title>Meldung eins<"} {
		p, err := s.reader.Page(ctx, id, revision)
		if err != nil || !strings.Contains(string(p.Body), want) {
			t.Errorf("page of revision %d: %v, %v", revision, p, err)
		}
	}
	_, err = s.reader.Page(ctx, id, 3)
	wantKind(t, err, schemas.KindNotFound, "no revision 3 (there are 1 to 2)")
	_, err = s.reader.Diff(ctx, id, 0, 1)
	wantKind(t, err, schemas.KindNotFound, "no revision before it")
	_, err = s.reader.Release(ctx, strings.Repeat("a", 26))
	wantKind(t, err, schemas.KindNotFound, "no release has this id")
	_, err = s.reader.Diff(ctx, "../etc", 0, 0)
	wantKind(t, err, schemas.KindInvalid, "no release id")
}

// TestReaderGone: of what was withdrawn the last page is still there, of what was erased nothing.
func TestReaderGone(t *testing.T) {
	s := newStore(t)
	gone := s.withdraw(s.release(musterau, 1, nil), "404")
	ev, err := s.reader.Release(t.Context(), gone.Subject)
	if err != nil || ev.Type != schemas.EventWithdrawn || ev.Reason != "404" {
		t.Error(ev, err)
	}
	if p, err := s.reader.Page(t.Context(), gone.Subject, 0); err != nil || len(p.Body) == 0 {
		t.Error(p, err)
	}
	_, err = s.reader.Page(t.Context(), gone.Subject, 2)
	wantKind(t, err, schemas.KindNotFound, "withdrawn")

	erased := s.erase(s.release(musterau, 2, nil))
	for _, revision := range []int{0, 1} {
		if _, err := s.reader.Page(t.Context(), erased.Subject, revision); !errors.Is(err, api.ErrErased) {
			t.Error(err)
		}
		if _, err := s.reader.Diff(t.Context(), erased.Subject, 0, revision); !errors.Is(err, api.ErrErased) {
			t.Error(err)
		}
	}
}

func TestReaderSources(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	s.release(musterau, 1, nil)
	at := s.now.Add(-time.Hour)
	memory := health.Memory{}.Learn(health.Run{At: at, Failed: "lists no page at all"})
	memory.Incident = &health.Incident{State: health.Broken, Since: at}
	for key, v := range map[string]any{
		health.Key(musterau.ID):   memory,
		schedule.Key(musterau.ID): schedule.State{Last: at, Ended: at, Failures: 2},
		musterau.ID + ".line": schemas.LineState{
			Ref: musterau, Held: map[string]schemas.Hold{"p": {Page: "p", Since: at}}, Dead: map[string]schemas.DeadLetter{"q": {Page: "q", At: at}},
		},
		musterau.ID + ".crawl": schemas.CrawlMemory{Lists: map[string]schemas.ListMemory{"https://www.kreis-musterau.example/rss": {Links: 7}}},
		"kreis-fort.line":      schemas.LineState{Ref: schemas.Source{ID: "kreis-fort", State: "SN"}, Retired: "es gibt ihn nicht mehr"},
	} {
		if _, err := s.bus.Sources().Put(ctx, key, v, 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.bus.Hosts().Put(ctx, "www.kreis-musterau.example", schemas.HostState{
		CrawlDelay: 5 * time.Second, Robots: &schemas.RobotsState{Text: "User-agent: *\nCrawl-delay: 5"},
	}, 0); err != nil {
		t.Fatal(err)
	}
	run := map[string]any{"run": "r1", "discovered": 9, "reasons": []string{"lists no page at all"}}
	if _, err := s.bus.PublishRun(ctx, musterau.ID, schemas.RunExtracted, run); err != nil {
		t.Fatal(err)
	}
	list, err := s.reader.Sources(ctx)
	if err != nil || len(list) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	if a := list[0]; a.ID != anderau.ID || a.Health != api.Unknown || a.Crawled || a.Reason == "" || !a.NextDue.IsZero() {
		t.Errorf("%+v", a)
	}
	if f := list[1]; f.ID != "kreis-fort" || f.Retired == "" || f.State != "SN" {
		t.Errorf("%+v", f)
	}
	m := list[2]
	if m.Health != health.Broken || m.Says != "lists no page at all" || m.Do == "" || !m.Since.Equal(at) || m.Counts.Live != 1 || m.Held != 1 || m.Dead != 1 ||
		!m.LastRun.Equal(at) || m.Failures != 2 || !m.NextDue.After(at) {
		t.Errorf("%+v", m)
	}
	d, err := s.reader.Source(ctx, musterau.ID)
	if err != nil || len(d.Runs) != 1 || !d.Runs[0].Failed || d.Runs[0].Discovered != 9 {
		t.Fatalf("%+v, %v", d, err)
	}
	if len(d.Hosts) != 1 || d.Hosts[0].CrawlDelay != 5 || !strings.Contains(d.Hosts[0].Robots, "Crawl-delay") || len(d.Lists) != 1 || d.Lists[0].Links != 7 {
		t.Errorf("%+v %+v", d.Hosts, d.Lists)
	}
	_, err = s.reader.Source(ctx, "kreis-nirgendwo")
	wantKind(t, err, schemas.KindNotFound, "no such source")
	_, err = s.reader.Source(ctx, "*")
	wantKind(t, err, schemas.KindInvalid, "")
}

func TestReaderWithoutIndex(t *testing.T) {
	r := api.NewReader(api.Config{NoIndex: errors.New("the index is being built")})
	_, err := r.Search(t.Context(), index.Query{})
	wantKind(t, err, schemas.KindUnavailable, "is being built")
	_, err = r.Quotes(t.Context(), index.QuoteQuery{})
	wantKind(t, err, schemas.KindUnavailable, "is being built")
}
