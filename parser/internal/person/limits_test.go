package person

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// reach is the greatest n up to 200 for which the text of n holds; all smaller ones must hold, too.
func reach(t *testing.T, write func(n int) string, holds func(n int, ps []Person) bool) int {
	t.Helper()
	last := -1
	for n := range 200 {
		if !holds(n, Find(text.New([]text.Piece{{Text: write(n)}}), nil)) {
			break
		}
		last = n
	}
	return last
}

func times(s string, n int) string { return strings.Repeat(s+" ", n) }

// firstIs reports whether the first person of the text is as told.
func firstIs(is func(Person) bool) func(int, []Person) bool {
	return func(_ int, ps []Person) bool { return len(ps) > 0 && is(ps[0]) }
}

// roleIs reports whether the first person has the role.
func roleIs(want string) func(int, []Person) bool {
	return firstIs(func(p Person) bool {
		for _, r := range p.Roles {
			if strings.HasPrefix(r, want) {
				return true
			}
		}
		return false
	})
}

const manyRoles = "Lehrer Leiter Maler Musiker Bäcker Trainer Richter Händler Künstler Autor Dezernent Landrat Notar Koch Pastor Rektor Tischler " +
	"Maurer Gärtner Imker"

// TestLimits pins how far each look of the reader goes: with one word more it no longer finds what it found.
func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		limit string
		want  int
		write func(n int) string
		holds func(n int, ps []Person) bool
	}{
		{
			"maxGiven", 7, func(n int) string { return "Gestern kam " + times("Anna", n) + "Petra Lohmeier an" },
			firstIs(func(p Person) bool { return strings.HasSuffix(p.Name, "Petra Lohmeier") && p.Family == "Lohmeier" }),
		},
		{
			"maxParticles", 4, func(n int) string { return "Gestern kam Anna " + times("von", n) + "Lohmeier an" },
			firstIs(func(p Person) bool { return strings.HasSuffix(p.Name, "Lohmeier") }),
		},
		{"complementWithin", 7, func(n int) string { return "Der Leiter " + times("für Bildung", n) + ", Peter Lohmeier, kam an" }, roleIs("Leiter")},
		{"appositionWithin", 3, func(n int) string { return "Peter Lohmeier, ein " + times("kluger", n) + "Lehrer aus Ahlen, kam an" }, roleIs("Lehrer")},
		{"bracketWithin", 10, func(n int) string { return "Peter Lohmeier (Leiter Amt " + times("Bildung", n) + ") kam an" }, func(n int, ps []Person) bool {
			return len(ps[0].Roles) > 0 && strings.Count(ps[0].Roles[0], "Bildung") == n
		}},
		{"maxJoined", 3, func(n int) string {
			more := []string{"", " und Leiter", " und Maler", " und Musiker", " und Bäcker", " und Trainer"}
			return "Peter Lohmeier, Lehrer" + strings.Join(more[:min(n, 5)+1], "") + ", kam an"
		}, func(n int, ps []Person) bool { return len(ps[0].Roles) == n+1 }},
		{"maxRoles", 16, func(n int) string {
			var s strings.Builder
			for _, r := range strings.Fields(manyRoles)[:min(n, 20)] {
				fmt.Fprintf(&s, "Peter Lohmeier, %s, kam. ", r)
			}
			return s.String() + "Peter Lohmeier kam."
		}, func(n int, ps []Person) bool { return len(ps[0].Roles) == n }},
	} {
		t.Run(tt.limit, func(t *testing.T) {
			if got := reach(t, tt.write, tt.holds); got != tt.want {
				t.Errorf("holds up to %d, want %d", got, tt.want)
			}
		})
	}
}
