package text

import (
	"strings"
	"testing"
)

// Spans are half-open: two that touch share nothing.
func TestSpan(t *testing.T) {
	s := Span{3, 7}
	for _, x := range []struct {
		o                  Span
		contains, overlaps bool
	}{
		{Span{3, 7}, true, true},
		{Span{4, 6}, true, true},
		{Span{2, 5}, false, true},
		{Span{6, 9}, false, true},
		{Span{2, 9}, false, true},
		{Span{0, 3}, false, false},
		{Span{7, 9}, false, false},
	} {
		if c, o := s.Contains(x.o), s.Overlaps(x.o); c != x.contains || o != x.overlaps {
			t.Errorf("%v: contained %v, overlapping %v", x.o, c, o)
		}
		if s.Overlaps(x.o) != x.o.Overlaps(s) {
			t.Errorf("%v overlaps in one direction only", x.o)
		}
	}
	if s.Len() != 4 {
		t.Errorf("Len() = %d", s.Len())
	}
}

func TestTokenAt(t *testing.T) {
	d := New([]Piece{{Text: "Der Kreis baut."}})
	for off, want := range map[int]string{0: "Der", 2: "Der", 3: "Kreis", 4: "Kreis", 8: "Kreis", 13: "baut", 14: "."} {
		if got := d.Tokens[d.TokenAt(off)].Text; got != want {
			t.Errorf("token at %d: %q, want %q", off, got, want)
		}
	}
	if got := d.TokenAt(len(d.Text)); got != len(d.Tokens) {
		t.Errorf("token at the end: %d", got)
	}
}

// Low is the word in lower case, also behind letters that have another length so.
func TestLow(t *testing.T) {
	for _, in := range []string{"Über ÖPNV", "Ⱥnders: Über ÖPNV", "İzmir und Über ÖPNV"} {
		for _, tok := range New([]Piece{{Text: in}}).Tokens {
			if want := strings.ToLower(tok.Text); tok.Low != want {
				t.Errorf("%q: %q has %q in lower case", in, tok.Text, tok.Low)
			}
		}
	}
}

func TestUpper(t *testing.T) {
	for in, want := range map[string]bool{"Kreis": true, "Ämter": true, "ämter": false, "2024": false, "„": false} {
		if got := (Token{Text: in}).Upper(); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestIsAbbreviation(t *testing.T) {
	for in, want := range map[string]bool{"Dr": true, "Dipl.-Ing": true, "Hans-J": true, "Ä": true, "Kreis": false, "Bau-Kreis": false, "": false} {
		if got := IsAbbreviation(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

// What Normalise gives it leaves as it is.
func TestNormalise(t *testing.T) {
	for in, want := range map[string]string{
		"":                             "",
		" \t\n ":                       "",
		"Der Kreis":                    "Der Kreis",
		" Der  Kreis ":                 "Der Kreis",
		"Der\u202FKreis\u2003baut":     "Der Kreis baut",
		"Gru\u0308\u00DFe":             "Grüße",
		"M\xfcll":                      "M\uFFFDll",
		"„Gut“ – so…":                  "„Gut“ – so…",
		"50\u2009% \u2028und 3\u00A0€": "50 % und 3 €",
		"Ende\u00AD":                   "Ende",
	} {
		got := Normalise(in)
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if again := Normalise(got); again != got {
			t.Errorf("%q twice: %q", in, again)
		}
	}
}

// A sentence ends with its block, and not at the stop of an ordinal; marks and brackets behind the stop belong to it.
func TestSentenceEnds(t *testing.T) {
	for _, x := range []struct {
		pieces []string
		want   string
	}{
		{[]string{"Neuer Radweg", "Der Kreis baut."}, "Neuer Radweg|Der Kreis baut."},
		{[]string{"Sie errang den 1. Platz. Alle jubelten."}, "Sie errang den 1. Platz.|Alle jubelten."},
		{[]string{"Vom 12.3. bis Mai. Dann nicht."}, "Vom 12.3. bis Mai.|Dann nicht."},
		{[]string{"(Das ist gut.) Sie kam."}, "(Das ist gut.)|Sie kam."},
		{[]string{"„Ist es gut?“ – das fragt er. Ja."}, "„Ist es gut?“ – das fragt er.|Ja."},
		{[]string{"Wirklich?! Ja … vielleicht. Gut"}, "Wirklich?!|Ja … vielleicht.|Gut"},
		{[]string{"www.kreis.example ist neu. Gut."}, "www.kreis.example ist neu.|Gut."},
	} {
		var pieces []Piece
		for _, p := range x.pieces {
			pieces = append(pieces, Piece{Text: p})
		}
		d := New(pieces)
		var got []string
		for _, s := range d.Sentences {
			got = append(got, d.Slice(s.Span))
			if blk := d.Blocks[s.Block]; !blk.Contains(s.Span) {
				t.Errorf("%q does not lie in its block", d.Slice(s.Span))
			}
		}
		if g := strings.Join(got, "|"); g != x.want {
			t.Errorf("%q: %s, want %s", x.pieces, g, x.want)
		}
	}
}
