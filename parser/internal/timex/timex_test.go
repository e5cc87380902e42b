package timex

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// anchorDay is the publication date of the test sentences: a Tuesday.
var anchorDay = time.Date(2024, 3, 12, 0, 0, 0, 0, time.UTC)

func find(s string) (*text.Doc, []Expr) {
	var ps []text.Piece
	for _, l := range strings.Split(s, "\n") {
		ps = append(ps, text.Piece{Type: "paragraph", Text: l})
	}
	d := text.New(ps)
	return d, Find(d, Anchor{anchorDay, "published"})
}

// show writes the expressions as "text TYPE value".
func show(d *text.Doc, es []Expr) []string {
	out := []string{}
	for _, e := range es {
		s := d.Slice(e.Span) + " " + e.Type + " " + e.Value
		if e.Freq != "" {
			s += " " + e.Freq
		}
		if e.Type == "DURATION" && e.From != "" {
			s += " " + e.From + ".." + e.To
		}
		if e.Warning != "" {
			s += " !" + e.Warning
		}
		out = append(out, s)
	}
	return out
}

type example struct {
	text string
	want []string
}

func check(t *testing.T, examples []example) {
	t.Helper()
	for _, x := range examples {
		d, es := find(x.text)
		if diff := cmp.Diff(x.want, show(d, es)); diff != "" {
			t.Errorf("%s\n(-want +got)\n%s", x.text, diff)
		}
	}
}

// Without an anchor nothing relative is dated, and the rest is as ever.
func TestNoAnchor(t *testing.T) {
	d := text.New([]text.Piece{{
		Type: "paragraph",
		Text: "Gestern, am Montag, im Vorjahr, am 5. Mai, im Juli, im Sommer, nächste Woche, zu Ostern, seit zwei Jahren und am 12. März 2024 um 10 Uhr.",
	}})
	es := Find(d, Anchor{})
	for _, e := range es {
		if s := d.Slice(e.Span); e.From != "" && s != "12. März 2024" && s != "10 Uhr" {
			t.Errorf("%q is dated %s", s, e.From)
		}
	}
	want := []string{
		"Gestern DATE XXXX-XX-XX", "Montag DATE XXXX-WXX-1", "Vorjahr DATE XXXX", "5. Mai DATE XXXX-05-05", "Juli DATE XXXX-07", "Sommer DATE XXXX-SU",
		"nächste Woche DATE XXXX-WXX",
		"Ostern DATE XXXX-XX-XX", "zwei Jahren DURATION P2Y", "12. März 2024 DATE 2024-03-12", "10 Uhr TIME 2024-03-12T10:00",
	}
	if diff := cmp.Diff(want, show(d, es)); diff != "" {
		t.Error(diff)
	}
}

// The anchor tells what an expression was resolved against.
func TestAnchors(t *testing.T) {
	d, es := find("Am 12. März 2020 um 9 Uhr, gestern, am Dienstag.")
	var got []string
	for _, e := range es {
		got = append(got, e.Anchor)
	}
	if diff := cmp.Diff([]string{"", "text", "published", "published"}, got); diff != "" {
		t.Error(show(d, es), diff)
	}
}

// January and February lie in the winter that began the year before.
func TestWinterAtTurnOfYear(t *testing.T) {
	d := text.New([]text.Piece{{Type: "paragraph", Text: "Im Winter ruht der Bau."}})
	for day, want := range map[time.Time]string{date(2024, 1, 25): "2023-WI", date(2024, 12, 5): "2024-WI", date(2024, 10, 5): "2024-WI"} {
		if es := Find(d, Anchor{day, "published"}); len(es) != 1 || es[0].Value != want {
			t.Errorf("%s: %v, want %s", iso(day), show(d, es), want)
		}
	}
}

// One document may be read by many at once, each getting the same.
func TestConcurrent(t *testing.T) {
	d, want := find(strings.Join(seeds, "\n"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if diff := cmp.Diff(want, Find(d, Anchor{anchorDay, "published"})); diff != "" {
				t.Error(diff)
			}
		})
	}
	wg.Wait()
}

// Every block is read for itself: a date does not run over a paragraph's end.
func TestBlocks(t *testing.T) {
	d, es := find("Die Feier ist am 12.\nMärz ist ein schöner Monat.")
	for _, e := range es {
		if d.Slice(e.Span) == "12.\nMärz" {
			t.Error("a date across two blocks")
		}
	}
}
