package index

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// FuzzAsk: whatever is typed, the answer is an answer or says what was wrong with the question; the full text never sees its syntax.
func FuzzAsk(f *testing.F) {
	for _, s := range []string{
		`"`, `""`, `"a" "b`, `a*`, `aaa*`, `***`, `a OR`, `NEAR(a b, 3)`, `title : x`, `{title} : x`, `^abc`, `a AND NOT b`, `a + b`, `-abc`, "abc\x00def",
		`'; DROP TABLE releases; --`, `„Straße“*`, "\xff\xfe", "a\u0308\u00ad*", "Rhein-Sieg-*", `live`, `s·kreis·anderau`, strings.Repeat(`"a" `, 40),
	} {
		f.Add(s, s)
	}
	x := openIndex(f, filepath.Join(f.TempDir(), FileName))
	build(f, x, 0, 20)
	f.Fuzz(func(t *testing.T, text, name string) {
		for _, q := range []Query{
			{Text: text},
			{Text: text, Order: Newest},
			{Text: text, Type: "withdrawn"},
			{Person: name},
			{Text: text, Speaker: name, Credit: name, Role: name},
			{Source: name},
			{State: name},
			{Type: name},
			{From: name},
			{To: name},
			{Order: name},
			{After: name},
		} {
			_, err := x.Search(t.Context(), q)
			answered(t, err)
		}
		for _, q := range []QuoteQuery{{Text: text}, {Speaker: name}, {Key: name}, {Key: name + "@kreis-anderau"}, {After: name}} {
			_, err := x.Quotes(t.Context(), q)
			answered(t, err)
		}
		_, err := x.People(t.Context(), name, 0)
		answered(t, err)
		_, err = x.Person(t.Context(), name)
		answered(t, err)
	})
}

func answered(t *testing.T, err error) {
	t.Helper()
	if kind := schemas.KindOf(err); err != nil && kind != schemas.KindInvalid && kind != schemas.KindNotFound {
		t.Fatal(err)
	}
}
