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

// goldens are the pages written for the project, with what is true of them (see testdata/golden/README.md).
func goldens(t testing.TB) []truth.Case {
	t.Helper()
	list, err := truth.Cases("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	return list
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
			if diff := against(t, g, r); diff != "" && !*update {
				t.Fatalf("the record changed (-committed +now; make golden accepts it):\n%s", diff)
			}
		})
	}
}

// against is how a record differs from the one beside its page, which -update rewrites unless a field would get worse.
func against(t *testing.T, g truth.Case, r *schemas.Release) string {
	t.Helper()
	got, err := truth.Record(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := schemas.Validate(got); err != nil {
		t.Error(err)
	}
	want, err := g.Record()
	if err != nil {
		t.Fatal(err)
	}
	diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n"))
	if diff == "" || !*update {
		return diff
	}
	refuseWorse(t, g, want, r)
	t.Logf("rewritten (-before +now):\n%s", diff)
	if err := os.WriteFile(g.File(truth.RecordExt), got, 0o644); err != nil {
		t.Fatal(err)
	}
	return diff
}

// TestPrivate judges the pages of a directory that is no part of the project, GOLDEN_DIR: cases that `kreispresse reviews export` makes of
// what somebody said of real pages, whose texts belong to their publishers. A case fails while something that was judged is not true; how
// the page is read otherwise than when it was exported is shown with it.
func TestPrivate(t *testing.T) {
	dir := os.Getenv("GOLDEN_DIR")
	if dir == "" {
		t.Skip("GOLDEN_DIR names no directory of cases")
	}
	if !filepath.IsAbs(dir) {
		t.Fatalf("GOLDEN_DIR=%s: give the whole path, tests run in the directory of their package", dir)
	}
	list, err := truth.Cases(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range list {
		t.Run(g.Name, func(t *testing.T) {
			r, err := Parse(g.Snap)
			if err != nil {
				t.Fatal(err)
			}
			checkSpans(t, r)
			for _, w := range g.Wrong(r) {
				t.Error(w)
			}
			if diff := against(t, g, r); diff != "" {
				t.Logf("read otherwise than the record beside it (-then +now):\n%s", diff)
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

// TestTruthOfARelease wants the truth that a release claims to survive its file, to call that release right in every field, and to tell the
// parser all that it was told.
func TestTruthOfARelease(t *testing.T) {
	for _, g := range goldens(t) {
		snap := *g.Snap
		snap.Source, snap.Profile, snap.Header.Language = schemas.Source{ID: "kreis-anders", Name: "Kreis Anders", State: "HE"}, "", "fr"
		snap.FirstSeen = snap.FetchedAt.AddDate(0, 0, -40)
		r, err := Parse(&snap)
		if err != nil {
			continue // a case of an error
		}
		p := truth.Of(r)
		p.Crawled(&snap)
		text, err := p.YAML("one\ntwo")
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "a"+truth.TruthExt)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		c := truth.Case{Name: g.Name}
		if c.Truth, err = truth.Read(file); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if wrong := c.Wrong(r); len(wrong) > 0 {
			t.Errorf("%s: %q\n%s", g.Name, wrong, text)
		}
		again, err := Parse(c.Truth.Snapshot(snap.Body))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("%s (-from the snapshot +from its truth):\n%s", g.Name, diff)
		}
	}
}
