package console

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestLayersOverlap(t *testing.T) {
	text := "Am Montag sagte Erika Muster: „Frau Ärger kommt Montag.“\nEnde"
	at := func(s string, from int) (int, int) {
		i := strings.Index(text[from:], s) + from
		start := len([]rune(text[:i]))
		return start, start + len([]rune(s))
	}
	span := func(s string, from int) schemas.Span { a, b := at(s, from); return schemas.Span{Start: a, End: b} }
	mention := func(s string, from int) schemas.Mention {
		a, b := at(s, from)
		return schemas.Mention{Text: s, Start: a, End: b}
	}
	d1, d2 := span("Am Montag", 0), span("Montag", 30)
	end := span("Ende", 0)
	r := &schemas.Release{
		Text:   text,
		Blocks: []schemas.Block{{Type: "paragraph", Start: 0, End: end.Start - 1}, {Type: "heading", Start: end.Start, End: end.End}},
		Quotes: []schemas.Quote{{Spans: []schemas.Span{span("Frau Ärger kommt Montag.", 0)}}},
		People: []schemas.Person{{Mentions: []schemas.Mention{mention("Erika Muster", 0)}}, {Mentions: []schemas.Mention{mention("Ärger", 0)}}},
		Dates:  []schemas.Date{{Start: d1.Start, End: d1.End}, {Start: d2.Start, End: d2.End}},
	}
	want := []paragraph{
		{"paragraph", []piece{
			{"Am Montag", "date", "d0", []string{"d0"}},
			{" sagte ", "", "", nil},
			{"Erika Muster", "person", "p0", []string{"p0"}},
			{": „", "", "", nil},
			{"Frau ", "quote", "q0", []string{"q0"}},
			{"Ärger", "quote person", "q0 p1", []string{"p1"}},
			{" kommt ", "quote", "q0", nil},
			{"Montag", "quote date", "q0 d1", []string{"d1"}},
			{".", "quote", "q0", nil},
			{"“", "", "", nil},
		}},
		{"heading", []piece{{"Ende", "", "", nil}}},
	}
	if d := cmp.Diff(want, layered(r)); d != "" {
		t.Error(d)
	}
}

// TestLayersOfDamagedRecords wants nothing but what lies in the text: a foreign record may say anything.
func TestLayersOfDamagedRecords(t *testing.T) {
	r := &schemas.Release{
		Text:   "kurz\u202e",
		Blocks: []schemas.Block{{Start: -3, End: 2}, {Start: 3, End: 99}, {Start: 2, End: 2}, {Type: "paragraph", Start: 0, End: 5}},
		Quotes: []schemas.Quote{{Spans: []schemas.Span{{Start: -1, End: 3}, {Start: 4, End: 2}, {Start: 1, End: 1 << 40}, {Start: 1, End: 3}}}},
	}
	want := []paragraph{{"paragraph", []piece{{Text: "k"}, {"ur", "quote", "q0", nil}, {Text: "z\u202e"}}}}
	if d := cmp.Diff(want, layered(r)); d != "" {
		t.Error(d)
	}
	long := &schemas.Release{Text: strings.Repeat("ä", textLimit+5), Blocks: []schemas.Block{{Start: 0, End: 10}, {Start: 11, End: textLimit + 5}}}
	if got := layered(long); len(got) != 2 || got[1].Pieces[0].Text != "…" {
		t.Errorf("%d paragraphs", len(got))
	}
}

func TestHighlighted(t *testing.T) {
	got := highlighted("Bäche und Flüsse", []index.Span{{Start: 0, End: 5}, {Start: 3, End: 9}, {Start: 10, End: 16}, {Start: 12, End: 99}})
	want := []piece{{Text: "Bäche", Layers: "hit"}, {Text: " und "}, {Text: "Flüsse", Layers: "hit"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
