package person

import (
	"strconv"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

func found(s string) []Person { return Find(text.New([]text.Piece{{Text: s}}), nil) }

// TestLimitPairs holds the numbers by two texts each: at the first length the reader finds what it looks for, at the second no longer.
func TestLimitPairs(t *testing.T) {
	rolesOf := func(s string) int { return len(found(s)[0].Roles) }
	for _, tt := range []struct {
		number       string
		holds, fails int
		ask          func(n int) bool
	}{
		{"maxTitles", 15, 16, func(n int) bool {
			return strings.Count(found("Es kam " + times("Dr.", n) + "Anna Lohmeier an")[0].Title, "Dr.") == n
		}},
		{"maxStray", 3, 4, func(n int) bool {
			r := readerOf("Samira " + times("El", n) + "Amrani kam")
			_, end := r.familyAt(1)
			return end == n+2
		}},
		{"maxRow", 8, 9, func(n int) bool {
			byRow := 0
			for _, m := range found("Es kamen " + times("Wumko Tandahl und", n) + "Anna Lohmeier.")[0].Mentions {
				if m.Rule == ruleRow {
					byRow++
				}
			}
			return byRow == n
		}},
		{"rowWithin", 24, 25, func(n int) bool {
			return len(found("Anna Lohmeier, Peter Behrsen "+times("gern", n)+"Ute Ramm, Wumko Tandahl, sang.")) == 4
		}},
		{"maxPlaces", 63, 64, func(n int) bool {
			return len(found(times("Zabru ist da.", n)+"Es kam Zabru. Zabru studierte Anna Lohmeier.")) == 2
		}},
		{"titleWithin", 5, 7, func(n int) bool { return len(found("Die Schau „"+times("rot", n)+"Mozart heute“ kommt.")) == 0 }},
		{"ensembleWithin", 8, 9, func(n int) bool {
			return rolesOf("Das Orchester spielte "+times("gern", n-1)+"unter Leitung von Anna Lohmeier.") == 1
		}},
		{"statementWithin", 11, 12, func(n int) bool { return rolesOf("Anna Lohmeier ist "+times("gern", n)+"Lehrerin.") == 1 }},
		{"afterBracketWithin", 22, 24, func(n int) bool {
			return rolesOf("Anna Lohmeier ("+times("gern", n)+"), Lehrerin, kam.") == 1
		}},
		{"shortestSurname", -3, -2, func(n int) bool { return len(found("„Es regnet heute“, sagte "+"Olt"[:-n]+".")) == 1 }},
		{"shortestShouted", -3, -2, func(n int) bool { _, ok := spoken("JOS"[:-n]); return ok }},
		{"maxNamesakes", 63, 64, func(n int) bool {
			g := newRegistry()
			for i := range n + 1 {
				e := &entry{Person: Person{Given: "Vorname" + strconv.Itoa(i), Family: "Lohmeier"}, key: "lohmeier"}
				g.file(e)
			}
			return g.find("Vorname0", "Lohmeier", "") != nil
		}},
		{"maxBack", 127, 128, func(n int) bool {
			return len(found("Landrätin Anna Lohmeier kam. " + times("Peter Behrsen schwieg.", n) + "Die Landrätin sprach.")[0].RoleMentions) == 1
		}},
		{"maxAdjectives", 7, 9, func(n int) bool {
			return len(found("Landrätin Anna Lohmeier kam. Die " + times("kluge", n) + "Landrätin sprach.")[0].RoleMentions) == 1
		}},
		{"maxWord", 160, 161, func(n int) bool { _, ok := readRole("A" + strings.Repeat("b", n-7) + "leiter"); return ok }},
	} {
		if !tt.ask(tt.holds) {
			t.Errorf("%s: does not hold at %d", tt.number, tt.holds)
		}
		if tt.ask(tt.fails) {
			t.Errorf("%s: holds at %d", tt.number, tt.fails)
		}
	}
}
