package creditline

import (
	"fmt"
	"strings"
	"testing"
)

// TestLimits holds the lengths up to which a string is a credit: at the first it is, at the second it no longer is.
func TestLimits(t *testing.T) {
	name := func(n int) string { return strings.Repeat("Kroll ", n)[:n] }
	for _, tt := range []struct {
		number       string
		holds, fails int
		ask          func(n int) bool
	}{
		{"maxLength", 110, 200, func(n int) bool { return len(Parties("M"+strings.Repeat("u", n-1))) > 0 }},
		{"maxLength of a credit told as such", 110, 200, func(n int) bool { return Credible("Foto: M" + strings.Repeat("u", n-1)) }},
		{"maxInput", 1500, 2600, func(n int) bool { return IsLine("Foto: Max Muster" + strings.Repeat(" ", n-16)) }},
		{"maxWire", 45, 90, func(n int) bool { return IsLine("© dpa, dpa:220124-99-835563/5" + strings.Repeat("x", n-29)) }},
		{"maxBare", 60, 110, func(n int) bool { return IsLine("M" + strings.Repeat("u", n-5) + "/dpa") }},
		{"maxWords", 10, 20, func(n int) bool { return nameLike(name(6*n), strong) }},
		{"maxSmall", 2, 4, func(n int) bool {
			return nameLike("Kreis Muster Musterstadt Altdorf Amt"+strings.Repeat(" klein", n), strong)
		}},
		{"maxPart", 5, 7, func(n int) bool { return IsLine(name(6*n) + " / dpa") }},
		{"maxOthers", 3, 5, func(n int) bool { return IsLine(strings.Repeat("Max Muster / ", n) + "dpa") }},
		{"maxLine", 155, 170, func(n int) bool {
			return IsLine("Foto: Tim Probst, alle Rechte vorbehalten " + strings.Repeat("x", n-42))
		}},
		{"maxAgency", 60, 120, func(n int) bool { return IsAgency("AdobeStock_" + strings.Repeat("1", n-11)) }},
		{"maxFullName", 4, 6, func(n int) bool { return len(people("Anna "+strings.Repeat("Lind ", n-1)+"und Tim Probst")) == 2 }},
		{"maxMakers", 2, 3, func(n int) bool {
			return IsLine("Foto: " + strings.TrimSuffix(strings.Repeat("Tim Probst, ", n), ", "))
		}},
		{"maxNotes", 3, 5, func(n int) bool { return clean("Tim Probst"+strings.Repeat("/Archiv", n)) == "Tim Probst" }},
		{"maxBareInput", 200, 300, func(n int) bool {
			return bareLine("Tim Probst/dpa, Abdruck honorarfrei " + strings.Repeat("x", n-36))
		}},
		{"maxSplit", 6, 12, func(n int) bool {
			var s strings.Builder
			for i := range n {
				fmt.Fprintf(&s, "Al %c%c (1), ", 'A'+i, 'a'+i)
			}
			return len(Parties(s.String())) == n
		}},
		{"maxMarks", 12, 24, func(n int) bool {
			_, _, id := splitBy(strings.Repeat("(alte Brücke) ", n-1) + "(Foto: Tim Probst)")
			return id == "brackets"
		}},
		{"maxEnds", 50, 100, func(n int) bool {
			_, credit := Split(strings.Repeat("Weg. ", n) + "Tim Probst/dpa")
			return credit == "Tim Probst/dpa"
		}},
		{"maxBars", 4, 6, func(n int) bool { return len(bars(strings.Repeat("Max Muster | ", n-1)+"Erika Muster")) > 0 }},
	} {
		if !tt.ask(tt.holds) {
			t.Errorf("%s: does not hold at %d", tt.number, tt.holds)
		}
		if tt.ask(tt.fails) {
			t.Errorf("%s: holds at %d", tt.number, tt.fails)
		}
	}
}
