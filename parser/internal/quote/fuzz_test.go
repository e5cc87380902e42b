package quote

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// FuzzScan checks what holds for every text: no panic; each part within its block, on rune boundaries, in text order, without overlap.
func FuzzScan(f *testing.F) {
	for _, s := range []string{
		`„Das passt“, sagte sie. "Und, "wirklich", ja"`,
		"„Eins.\n„Zwei.\n„Drei“, so X",
		`«« »» ‚‘ ‹› '' ,,'' “” „„ "" '`,
		"“ ” „ \" »\n«‘’",
		`5" 19'' geht's „Text„`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := paragraphs(strings.Split(s, "\n")...)
		qs := scan(d)
		end := 0
		for _, q := range qs {
			for _, p := range q.parts {
				b := d.Blocks[p.block].Span
				if !b.Contains(p.outer) || !p.outer.Contains(p.inner) || p.inner.Start > p.inner.End {
					t.Fatalf("part %+v outside block %v of %q", p, b, d.Text)
				}
				if p.outer.Start < end {
					t.Fatalf("part %+v overlaps what ended at %d in %q", p, end, d.Text)
				}
				end = p.outer.End
				for _, o := range []int{p.inner.Start, p.inner.End} {
					if o < len(d.Text) && !utf8.RuneStart(d.Text[o]) {
						t.Fatalf("offset %d splits a rune of %q", o, d.Text)
					}
				}
			}
		}
	})
}

// FuzzFind checks the whole reading: no panic, spans and mentions inside the text and never empty, the same twice.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		`„Wir bauen“, sagte Landrätin Petra Lohmann, „und zwar bald.“ Sie ergänzte: „Gut so.“`,
		"# „Wir bauen bald“\nPetra Lohmann nannte den Plan „klug“.\n„Wir bauen bald“, so die Landrätin.",
		`Laut „Kurier“ ist es „teuer“ (Jan Behr, Grüne).`,
		`„Ja“ „Nein“, hieß es in der Mitteilung: „`,
		`teilte ( „a“ und hat haben gesagt worden, so so so`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := paragraphs(strings.Split(s, "\n")...)
		people := person.Find(d, nil)
		qs := Find(d, people)
		whole := text.Span{Start: 0, End: len(d.Text)}
		for _, q := range qs {
			for _, sp := range q.Spans {
				if !whole.Contains(sp) || sp.Len() <= 0 {
					t.Fatalf("span %v of %q", sp, d.Text)
				}
			}
			if q.Of >= len(qs) {
				t.Fatalf("pull of quote %d of %d", q.Of, len(qs))
			}
			if sp := q.Speaker; sp != nil && (sp.Name == "" || sp.Person >= len(people) || sp.Mention != nil && (!whole.Contains(*sp.Mention) ||
				sp.Mention.Len() <= 0)) {
				t.Fatalf("speaker %+v of %q", sp, d.Text)
			}
		}
		if diff := cmp.Diff(qs, Find(d, people), cmpopts.IgnoreUnexported(Quote{}, Speaker{})); diff != "" {
			t.Fatalf("the second reading differs:\n%s", diff)
		}
	})
}
