package parser

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/truth"
	"github.com/kreispresse/kreispresse/schemas"
)

var update = flag.Bool("update", false, "rewrite the golden records and the gate's baseline, printing the difference")

// golden is one page written for the project, with what is true of it (see testdata/golden/README.md).
type golden struct {
	Name  string
	Truth truth.Page
	Snap  *schemas.Snapshot
}

func goldens(t testing.TB) []golden {
	t.Helper()
	files, err := filepath.Glob("testdata/golden/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden pages (%v)", err)
	}
	var out []golden
	for _, f := range files {
		g := golden{Name: strings.TrimSuffix(filepath.Base(f), ".html")}
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if g.Truth, err = truth.Read(strings.TrimSuffix(f, ".html") + ".truth.yaml"); err != nil {
			t.Fatal(err)
		}
		g.Snap = &schemas.Snapshot{
			Source: schemas.Source{ID: "kreis-golden", Name: "Kreis Golden", State: "NW"}, URL: g.Truth.URL, Status: 200, Body: body,
			ContentType: g.Truth.ContentType, FetchedAt: g.Truth.FetchedAt, FirstSeen: g.Truth.FetchedAt,
		}
		switch {
		case g.Truth.Listed != "":
			g.Snap.Hints = schemas.Hints{Published: g.Truth.Listed, PublishedBy: "listing", DiscoveredBy: "listing"}
		case g.Truth.Fed != "":
			g.Snap.Hints = schemas.Hints{Published: g.Truth.Fed, PublishedBy: "feed", DiscoveredBy: "feed"}
		}
		out = append(out, g)
	}
	return out
}

// TestGolden compares every record with the one committed beside its page, and checks it against the release's contract.
func TestGolden(t *testing.T) {
	for _, g := range goldens(t) {
		t.Run(g.Name, func(t *testing.T) {
			r, err := Parse(g.Snap)
			if g.Truth.Error != "" {
				if string(schemas.KindOf(err)) != g.Truth.Error {
					t.Fatalf("got error %v, want kind %s", err, g.Truth.Error)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			checkSpans(t, r)
			if r.Provenance.Parser != Version {
				t.Errorf("read by parser %q, want %q", r.Provenance.Parser, Version)
			}
			r.Provenance.Parser = "any" // the records say what is read, whatever the version; see TestVersion
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(r); err != nil {
				t.Fatal(err)
			}
			if err := schemas.Validate(got.Bytes()); err != nil {
				t.Error(err)
			}
			file := filepath.Join("testdata", "golden", g.Name+".json")
			want, err := os.ReadFile(file)
			if err != nil && !*update {
				t.Fatalf("%v (make golden writes it)", err)
			}
			diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n"))
			if diff == "" {
				return
			}
			if !*update {
				t.Fatalf("the record changed (-committed +now; make golden accepts it):\n%s", diff)
			}
			refuseWorse(t, g, want, r)
			t.Logf("rewritten (-before +now):\n%s", diff)
			if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestParseIsDeterministic parses every golden page from several goroutines at once and wants the same bytes from each.
func TestParseIsDeterministic(t *testing.T) {
	for _, g := range goldens(t) {
		var wg sync.WaitGroup
		var out [4][]byte
		for i := range out {
			wg.Go(func() {
				r, err := Parse(g.Snap)
				if err != nil {
					out[i] = []byte(err.Error())
					return
				}
				out[i], _ = json.Marshal(r)
			})
		}
		wg.Wait()
		for i := range out {
			if !bytes.Equal(out[0], out[i]) {
				t.Errorf("%s: parse %d differs:\n%s", g.Name, i, cmp.Diff(string(out[0]), string(out[i])))
			}
		}
	}
}

// checkSpans wants every span of a release to lie inside its text, on the words it names, and the blocks to cover the text.
func checkSpans(t testing.TB, r *schemas.Release) {
	t.Helper()
	text := []rune(r.Text)
	at := func(what string, start, end int, want string) {
		t.Helper()
		if start < 0 || end <= start || end > len(text) {
			t.Fatalf("%s: span [%d,%d) outside the text of %d", what, start, end, len(text))
		}
		if got := string(text[start:end]); got != want {
			t.Fatalf("%s: span [%d,%d) shows %q, not %q", what, start, end, got, want)
		}
	}
	next := 0
	for i, b := range r.Blocks {
		if b.Start != next || b.End <= b.Start || b.End > len(text) {
			t.Fatalf("block %d [%d,%d) does not follow %d", i, b.Start, b.End, next)
		}
		if strings.ContainsRune(string(text[b.Start:b.End]), '\n') {
			t.Fatalf("block %d holds a line break", i)
		}
		next = b.End + 1
	}
	if len(text) > 0 && next != len(text)+1 {
		t.Fatalf("the blocks end at %d, the text at %d", next-1, len(text))
	}
	for i, q := range r.Quotes {
		parts := make([]string, len(q.Spans))
		for k, s := range q.Spans {
			if s.Start < 0 || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("quote %d: span [%d,%d) outside the text of %d", i, s.Start, s.End, len(text))
			}
			parts[k] = string(text[s.Start:s.End])
		}
		if got := strings.Join(parts, " "); got != q.Text {
			t.Fatalf("quote %d: spans show %q, not %q", i, got, q.Text)
		}
		if q.Cue != nil {
			at("cue", q.Cue.Start, q.Cue.End, q.Cue.Text)
		}
		if q.Of != nil && (*q.Of < 0 || *q.Of >= len(r.Quotes) || *q.Of == i) {
			t.Fatalf("quote %d is a pull of quote %d of %d", i, *q.Of, len(r.Quotes))
		}
		if sp := q.Speaker; sp != nil {
			if sp.Mention != nil {
				at("speaker", sp.Mention.Start, sp.Mention.End, sp.Mention.Text)
			}
			if sp.Person != nil && (*sp.Person < 0 || *sp.Person >= len(r.People) || r.People[*sp.Person].Name != sp.Name) {
				t.Fatalf("quote %d: speaker %q is not person %d", i, sp.Name, *sp.Person)
			}
		}
	}
	for _, p := range r.People {
		for _, m := range p.Mentions {
			at("person "+p.Name, m.Start, m.End, m.Text)
		}
	}
	last := 0
	for _, d := range r.Dates {
		at("date", d.Start, d.End, d.Text)
		if d.Start < last {
			t.Fatalf("date %q at %d overlaps the one before", d.Text, d.Start)
		}
		last = d.End
	}
}
