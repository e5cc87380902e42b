package person

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// Find must not panic, every span must lie in the text on rune boundaries, and the same text must give the same people.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		sample, "", "Dr. ", "Anna und Peter", "von der", "Herr von", "Leiter*in", "(Anna", "Anna (", "Müller, Anna", "Elisabeth II", "a. D. Anna Meier",
		"İ Anna-", "Frau", "als Leiterin", "die Leiterin des", "Anna „", "Leiter und Leiter und Anna Berg",
	} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, s, caption string) {
		d := doc(s)
		people := Find(d, []string{caption})
		for _, p := range people {
			if p.Name == "" {
				t.Errorf("a person without name: %+v", p)
			}
			for _, m := range p.Mentions {
				for _, x := range []struct{ a, b int }{{m.Start, m.End}, {m.Full.Start, m.Full.End}} {
					if x.a < 0 || x.a >= x.b || x.b > len(d.Text) || !utf8.ValidString(d.Text[x.a:x.b]) {
						t.Fatalf("span %v of %d bytes", x, len(d.Text))
					}
				}
				if !m.Full.Contains(m.Span) {
					t.Errorf("%q is not within %q", d.Slice(m.Span), d.Slice(m.Full))
				}
			}
		}
		if diff := cmp.Diff(people, Find(doc(s), []string{caption})); diff != "" {
			t.Error(diff)
		}
	})
}
