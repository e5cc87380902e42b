package index

import (
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestMain(m *testing.M) { calm.Main(m) }

var (
	anderau = schemas.Source{ID: "kreis-anderau", Name: "Kreis Anderau", AGS: "09999", State: "BY"}
	duren   = schemas.Source{ID: "kreis-dueren", Name: "Kreis Düren", AGS: "05358", State: "NW"}
)

var discard = slog.New(slog.NewTextHandler(io.Discard, nil))

func openBus(t testing.TB) *publisher.Bus {
	t.Helper()
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	return bus
}

func openIndex(t testing.TB, path string) *Index {
	t.Helper()
	x, err := Open(t.Context(), path, discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// release is a release with a text; what it says of people is added by about.
type release struct {
	n         int
	source    schemas.Source
	title     string
	lead      string
	text      string // behind the lead
	published string
	people    []schemas.Person
	quotes    []said
	credits   []schemas.Credit
}

// said is a quote that stands in the text; person is an index, -1 for nobody.
type said struct {
	text   string
	person int
}

func (r release) record(t testing.TB) *schemas.Release {
	t.Helper()
	url := fmt.Sprintf("https://presse.%s.example/meldung/%d", r.source.ID, r.n)
	text := strings.TrimSpace(r.lead + "\n" + r.text)
	out := &schemas.Release{
		ID: schemas.ReleaseID(r.source.ID, url), Revision: 1, Source: r.source, URL: url, CanonicalURL: url, Language: "de", Title: r.title,
		Lead: r.lead, Text: text, People: r.people, Credits: r.credits, Provenance: schemas.Provenance{
			Snapshot: strings.Repeat("ab", 32), FetchedAt: "2026-03-12T08:00:00Z", Parser: "0.3.0", RawSequence: uint64(r.n),
		},
	}
	if r.published != "" {
		out.Published = &schemas.Stamp{Value: r.published, Granularity: schemas.GranularityDay, Evidence: "time"}
		if len(r.published) > 10 {
			out.Published.Granularity = schemas.GranularityMinute
		}
	}
	for _, p := range r.quotes {
		i := strings.Index(text, p.text)
		if i < 0 {
			t.Fatalf("the text has no %q", p.text)
		}
		start := utf8.RuneCountInString(text[:i])
		q := schemas.Quote{Text: p.text, Kind: schemas.QuoteDirect, Spans: []schemas.Span{{Start: start, End: start + utf8.RuneCountInString(p.text)}}}
		if p.person >= 0 {
			q.Speaker = &schemas.Speaker{Name: r.people[p.person].Name, Person: &p.person, Kind: schemas.SpeakerPerson, Method: schemas.MethodName, Rule: "own-clause"}
		}
		out.Quotes = append(out.Quotes, q)
	}
	out.Normalise()
	return out
}

// recorded is when every event of the tests was made.
var recorded = time.Date(2026, 3, 12, 9, 30, 0, 0, time.UTC)

// publish publishes the record as what it is to the newest event of its release.
func publish(t testing.TB, bus *publisher.Bus, r *schemas.Release) *schemas.Event {
	t.Helper()
	cur, err := bus.Current(t.Context(), r.Source, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	typ := schemas.EventCorrected
	if cur == nil || cur.Type == schemas.EventWithdrawn || cur.Type == schemas.EventErased {
		typ = schemas.EventPublished
	}
	return publishAs(t, bus, cur, typ, r)
}

func publishAs(t testing.TB, bus *publisher.Bus, cur *schemas.Event, typ string, r *schemas.Release) *schemas.Event {
	t.Helper()
	ev := schemas.NextEvent(cur, typ, r, recorded)
	if err := bus.Publish(t.Context(), cur, ev); err != nil {
		t.Fatal(err)
	}
	return ev
}

// fill publishes releases and gives an index that has them.
func fill(t testing.TB, list ...release) (*publisher.Bus, *Index) {
	t.Helper()
	bus := openBus(t)
	for i, r := range list {
		r.n = i + 1
		if r.source.ID == "" {
			r.source = anderau
		}
		publish(t, bus, r.record(t))
	}
	x := openIndex(t, filepath.Join(t.TempDir(), FileName))
	catchUp(t, x, bus)
	return bus, x
}

func catchUp(t testing.TB, x *Index, bus *publisher.Bus) {
	t.Helper()
	if err := x.CatchUp(t.Context(), bus, time.Minute); err != nil {
		t.Fatal(err)
	}
}

// titles are those of an answer, in order.
func titles(t testing.TB, x *Index, q Query) string {
	t.Helper()
	page, err := x.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	var list []string
	for _, h := range page.Hits {
		list = append(list, h.Title)
	}
	if page.Total != len(list) && page.Next == "" && q.After == "" {
		t.Errorf("%+v: %d hits, a total of %d", q, len(list), page.Total)
	}
	return strings.Join(list, ", ")
}

func wantKind(t testing.TB, err error, kind schemas.Kind, parts ...string) {
	t.Helper()
	if schemas.KindOf(err) != kind {
		t.Fatalf("got %v, want an error of kind %s", err, kind)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("%q does not say %q", err, p)
		}
	}
}

// sqlOpen opens a file as any other program would.
func sqlOpen(path string) (*sql.DB, error) { return sql.Open("sqlite", path) }
