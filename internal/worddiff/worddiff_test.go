package worddiff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/worddiff"
)

type pieces = []worddiff.Piece

func TestWords(t *testing.T) {
	const eq, del, ins = worddiff.Equal, worddiff.Delete, worddiff.Insert
	for name, c := range map[string]struct {
		a, b string
		want pieces
	}{
		"nothing":      {"", "", nil},
		"the same":     {"Der Kreis baut.", "Der Kreis baut.", pieces{{eq, "Der Kreis baut."}}},
		"new":          {"", "Der Kreis", pieces{{ins, "Der Kreis"}}},
		"gone":         {"Der Kreis", "", pieces{{del, "Der Kreis"}}},
		"a number":     {"Es kostet 12 Euro.", "Es kostet 14 Euro.", pieces{{eq, "Es kostet "}, {del, "12"}, {ins, "14"}, {eq, " Euro."}}},
		"umlauts":      {"Die Brücke", "Die Brucke", pieces{{eq, "Die "}, {del, "Brücke"}, {ins, "Brucke"}}},
		"two replaced": {"am 3. Mai um elf", "am 4. Juni um elf", pieces{{eq, "am "}, {del, "3. Mai"}, {ins, "4. Juni"}, {eq, " um elf"}}},
		"put in":       {"Landrat Voss sagt", "Landrat Dr. Voss sagt", pieces{{eq, "Landrat "}, {ins, "Dr. "}, {eq, "Voss sagt"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got := worddiff.Words(c.a, c.b)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			whole(t, c.a, c.b, got)
		})
	}
}

// whole: nothing is lost and nothing made up.
func whole(t *testing.T, a, b string, got pieces) {
	t.Helper()
	var x, y strings.Builder
	for i, p := range got {
		if p.Op != worddiff.Insert {
			x.WriteString(p.Text)
		}
		if p.Op != worddiff.Delete {
			y.WriteString(p.Text)
		}
		if p.Text == "" || i > 0 && got[i-1].Op == p.Op {
			t.Errorf("piece %d is empty or has the fate of the one before it", i)
		}
	}
	if x.String() != a || y.String() != b {
		t.Error("the pieces do not make the texts")
	}
}

// TestLong: texts that are too long to be compared word by word still are, where lines can be paired; and megabytes that have nothing in
// common end in no time.
func TestLong(t *testing.T) {
	line := strings.Repeat("der Kreis teilt mit ", 20) + "\n"
	a := strings.Repeat(line, 200) + "Es kamen 12 Gäste.\n" + strings.Repeat(line, 200)
	b := strings.Replace(a, "12 Gäste", "15 Gäste", 1)
	got := worddiff.Words(a, b)
	whole(t, a, b, got)
	if len(got) != 4 || got[1].Text != "12" || got[2].Text != "15" {
		t.Errorf("%d pieces", len(got))
	}
	a, b = strings.Repeat("links\nunten ", 200_000), strings.Repeat("rechts\noben ", 200_000)
	whole(t, a, b, worddiff.Words("Anfang\n"+a, "Anfang\n"+b)[1:])
}

func FuzzWords(f *testing.F) {
	f.Add("a b c", "a x c")
	f.Add("\xff\xfe a", "a\u0300 \u2028")
	f.Add("…, … ", " …,…")
	f.Fuzz(func(t *testing.T, a, b string) { whole(t, a, b, worddiff.Words(a, b)) })
}
