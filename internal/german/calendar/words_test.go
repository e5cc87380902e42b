package calendar

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRows(t *testing.T) {
	got := Rows("\t too early\n# a remark: none\n\nmonth 1: januar jänner\n\tjan\nplain:\n")
	want := []Row{{"\t too early", []string{}}, {"month 1", []string{"januar", "jänner", "jan"}}, {"plain", []string{}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every list has rows, each with words in lower case and none twice in one class.
func TestLists(t *testing.T) {
	for name, list := range map[string]func() []Row{"feasts": Feasts, "numerals": Numerals, "seasons": Seasons} {
		rows := list()
		if len(rows) == 0 {
			t.Errorf("%s is empty", name)
		}
		seen := map[string]bool{}
		for _, r := range rows {
			class, _, _ := strings.Cut(r.Key, " ")
			if len(r.Words) == 0 {
				t.Errorf("%s: no words for %s", name, r.Key)
			}
			for _, w := range r.Words {
				if w != strings.ToLower(w) || seen[class+" "+w] {
					t.Errorf("%s: %s %q is written large or stands twice", name, r.Key, w)
				}
				seen[class+" "+w] = true
			}
		}
	}
}
