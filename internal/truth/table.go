package truth

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Table holds the findings of pages: page, then field.
type Table map[string]map[string]Finding

// String is the table as it is checked in: a line for every field of every page that is not all right, with what is wrong and what is
// missing, and below it the sums of every field.
func (t Table) String() string {
	var b strings.Builder
	for _, page := range slices.Sorted(maps.Keys(t)) {
		for _, field := range Fields {
			f, ok := t[page][field]
			if !ok {
				fmt.Fprintf(&b, "%s\t%s\tunjudged\n", page, field)
				continue
			}
			for _, w := range f.Wrong {
				fmt.Fprintf(&b, "%s\t%s\twrong\t%s\n", page, field, w)
			}
			for _, m := range f.Missing {
				fmt.Fprintf(&b, "%s\t%s\tmissing\t%s\n", page, field, m)
			}
		}
	}
	b.WriteByte('\n')
	for _, field := range Fields {
		n := t.Sum(field)
		fmt.Fprintf(&b, "%-14s P %5.1f  R %5.1f  %4d right %3d wrong %3d missing on %d pages\n", field, 100*n.Precision(), 100*n.Recall(), n.Right, n.Wrong,
			n.Missing, n.Pages)
	}
	return b.String()
}

// Count is what became of a field on all pages.
type Count struct{ Pages, Right, Wrong, Missing int }

// Sum counts a field over the pages that judge it.
func (t Table) Sum(field string) (n Count) {
	for _, fields := range t {
		if f, ok := fields[field]; ok {
			n.Pages++
			n.Right, n.Wrong, n.Missing = n.Right+f.Right, n.Wrong+len(f.Wrong), n.Missing+len(f.Missing)
		}
	}
	return n
}

// Precision is the share of what was found that is true, 1 when nothing was found.
func (n Count) Precision() float64 { return share(n.Right, n.Wrong) }

// Recall is the share of what is true that was found, 1 when nothing is true.
func (n Count) Recall() float64 { return share(n.Right, n.Missing) }

func share(right, other int) float64 {
	if right+other == 0 {
		return 1
	}
	return float64(right) / float64(right+other)
}
