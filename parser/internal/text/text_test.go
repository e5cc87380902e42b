package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestTokens(t *testing.T) {
	tests := []struct{ in, want string }{ // tokens joined by |
		{"Der Kreis baut.", "Der|Kreis|baut|."},
		{"Dr. Anna Meier kam.", "Dr.|Anna|Meier|kam|."},
		{"Anna E. Meier", "Anna|E.|Meier"},
		{"Bad-Ahrenfels, Kinder- und Jugendamt", "Bad-Ahrenfels|,|Kinder-|und|Jugendamt"},
		{"Bürger*innen, Leiter:in und Leiter/-in", "Bürger*innen|,|Leiter:in|und|Leiter/-in"},
		{"um 18.30 Uhr am 12.03.2024", "um|18.30|Uhr|am|12.03.2024"},
		{"1.000,50 Euro", "1.000,50|Euro"},
		{"„Gut“, so sie", "„|Gut|“|,|so|sie"},
		{"geht's, Hans’ Hund", "geht's|,|Hans|’|Hund"},
		{"in den 1990er Jahren", "in|den|1990er|Jahren"},
		{"sagte: ja", "sagte|:|ja"},
	}
	for _, tt := range tests {
		d := New([]Piece{{Text: tt.in}})
		var got []string
		for _, tok := range d.Tokens {
			got = append(got, tok.Text)
			if d.Slice(tok.Span) != tok.Text {
				t.Errorf("%q: token %q stands at %q", tt.in, tok.Text, d.Slice(tok.Span))
			}
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("tokens of %q: %s, want %s", tt.in, s, tt.want)
		}
	}
}

func TestSentences(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"Der Kreis baut. Die Stadt zahlt.", []string{"Der Kreis baut.", "Die Stadt zahlt."}},
		{"Am 12. März kommt Dr. Meier. Er bleibt.", []string{"Am 12. März kommt Dr. Meier.", "Er bleibt."}},
		{"Das ist z. B. gut. Ende", []string{"Das ist z. B. gut.", "Ende"}},
		{"„Gut.“ Sie ging.", []string{"„Gut.“", "Sie ging."}},
		{"„Gut!“, rief sie. Alle lachten.", []string{"„Gut!“, rief sie.", "Alle lachten."}},
		{"„Wirklich?“ fragte sie.", []string{"„Wirklich?“ fragte sie."}},
		{"Kosten: 3.000 Euro. Mehr nicht.", []string{"Kosten: 3.000 Euro.", "Mehr nicht."}},
		{"Sie zählt 40. Das reicht.", []string{"Sie zählt 40.", "Das reicht."}},
	}
	for _, tt := range tests {
		d := New([]Piece{{Text: tt.in}})
		var got []string
		for i, s := range d.Sentences {
			got = append(got, d.Slice(s.Span))
			for k := s.First; k < s.Last; k++ {
				if d.Tokens[k].Sent != i {
					t.Errorf("%q: token %q is in sentence %d, want %d", tt.in, d.Tokens[k].Text, d.Tokens[k].Sent, i)
				}
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("sentences of %q (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestNewJoinsAndNormalises(t *testing.T) {
	d := New([]Piece{{"heading", "  Neue\u00a0Rad\u00adwege "}, {"paragraph", " \u200b "}, {"paragraph", "Eins\n zwei"}})
	if d.Text != "Neue Radwege\nEins zwei" {
		t.Errorf("text %q", d.Text)
	}
	if len(d.Blocks) != 2 || d.Slice(d.Blocks[1].Span) != "Eins zwei" || d.Blocks[0].Type != "heading" {
		t.Errorf("blocks %+v", d.Blocks)
	}
}

func TestRuneCountsCodePoints(t *testing.T) {
	d := New([]Piece{{Text: strings.Repeat("ä„x😀", 300)}})
	n := 0
	for off := range d.Text {
		if got := d.Rune(off); got != n {
			t.Fatalf("Rune(%d) = %d, want %d", off, got, n)
		}
		n++
	}
	if got := d.Rune(len(d.Text)); got != utf8.RuneCountInString(d.Text) {
		t.Errorf("Rune at the end = %d", got)
	}
}

// TestNormaliseHidden: characters that show nothing, or turn the order in which the words around them are read, are no part of a text.
func TestNormaliseHidden(t *testing.T) {
	for _, r := range "\u00AD\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\u061C\uFEFF\u0007\u001B\u007F\u009B" {
		if got := Normalise("Land" + string(r) + "rat  Weiß"); got != "Landrat Weiß" {
			t.Errorf("%U: %q", r, got)
		}
	}
}
