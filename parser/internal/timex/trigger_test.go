package timex

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// No rule may find anything where the triggers let it sleep.
func checkTriggers(t *testing.T, d *text.Doc) {
	t.Helper()
	for first := 0; first < len(d.Tokens); {
		last := first + 1
		for last < len(d.Tokens) && d.Tokens[last].Block == d.Tokens[first].Block {
			last++
		}
		b := &block{d: d}
		b.read(lowered(d.Text), first, last)
		for i := range b.toks {
			if b.awake(i) {
				continue
			}
			for n, r := range finders {
				if cs := r(b, i); len(cs) > 0 {
					t.Errorf("rule %d (%s) finds %q where it should not look", n, rules[cs[0].rule].ID, d.Slice(cs[0].span()))
				}
			}
		}
		first = last
	}
}

func TestTriggersLoseNothing(t *testing.T) {
	for _, s := range seeds {
		d, es := find(s)
		checkTriggers(t, d)
		checkExprs(t, d, es)
	}
}

// TestTriggersOnSets does the same on the development sets, where they are.
func TestTriggersOnSets(t *testing.T) {
	for _, set := range []string{"krauts", "wikinews", "karlsruhe"} {
		for _, g := range sharedSet(t, set) {
			d, es := find(strings.TrimSpace(g.Text))
			checkTriggers(t, d)
			checkExprs(t, d, es)
		}
	}
}
