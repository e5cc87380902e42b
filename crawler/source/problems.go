package source

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a source file.
type Problem struct {
	File    string // empty for a source made in Go
	Line    int    // 1-based; 0 when unknown
	Key     string // path of the key, e.g. start.listings[0].item; empty for the file as a whole
	Message string // what is wrong and what was expected, one line
}

func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		b.WriteString(": ")
	}
	if p.Key != "" {
		b.WriteString(p.Key + ": ")
	}
	return b.String() + p.Message
}

// Problems is everything wrong with one or more source files, in the order of file and line. It is the cause (errors.As) of the
// *schemas.Error that loading returns.
type Problems []Problem

// Error is the first problem and how many more there are, on one line.
func (p Problems) Error() string {
	switch len(p) {
	case 0:
		return "no problem"
	case 1:
		return p[0].String()
	}
	return fmt.Sprintf("%s (and %d more)", p[0], len(p)-1)
}

func (p Problems) sort() {
	slices.SortStableFunc(p, func(a, b Problem) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
}

// nearest is the candidate that s most likely is a slip of, or "": at most two edits, fewer for short words.
func nearest(s string, candidates []string) string {
	best, bestD := "", 3
	for _, c := range candidates {
		if d := editDistance(s, c, bestD); d < bestD && d < max(len(s), len(c)) && (d <= 1 || min(len(s), len(c)) >= 4) {
			best, bestD = c, d
		}
	}
	return best
}

// editDistance is the number of insertions, deletions, substitutions and swaps of neighbours (optimal string alignment) that make a
// into b. Only keys of a schema are compared, so long input is cut off by limit.
func editDistance(a, b string, limit int) int {
	if len(a) > len(b)+limit || len(b) > len(a)+limit {
		return limit + 1
	}
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}
