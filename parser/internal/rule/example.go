package rule

import (
	"fmt"
	"slices"
	"strings"
)

// arrow stands between the text of an example and the results.
const arrow = "→"

// example is a line of Says: a text, the stretches in it that its brackets mark, and the results.
type example struct {
	text    string
	marked  []string // nil: any stretch will do
	results []string
}

// parseExample reads "vom [12.] bis [14. April] → 2024-04-12; 2024-04-14". Brackets may be left out; they stand for nothing in the text.
func parseExample(line string) (example, error) {
	text, results, ok := strings.Cut(line, arrow)
	text = strings.TrimSpace(text)
	if !ok || text == "" || strings.TrimSpace(results) == "" {
		return example{}, fmt.Errorf("%q is no example: write text %s result", line, arrow)
	}
	var x example
	for r := range strings.SplitSeq(results, ";") {
		x.results = append(x.results, strings.TrimSpace(r))
	}
	for {
		before, rest, open := strings.Cut(text, "[")
		x.text += before
		if !open {
			break
		}
		stretch, after, closed := strings.Cut(rest, "]")
		if !closed || stretch == "" {
			return example{}, fmt.Errorf("%q: a bracket marks nothing", line)
		}
		x.text += stretch
		x.marked = append(x.marked, stretch)
		text = after
	}
	if x.marked != nil && len(x.marked) != len(x.results) {
		return example{}, fmt.Errorf("%q: %d stretches are marked and %d results given", line, len(x.marked), len(x.results))
	}
	return x, nil
}

// wrong reports what is wrong with the hits of the example's rule, "" for nothing.
func (x example) wrong(hits []Hit) string {
	var texts, results []string
	for _, h := range hits {
		texts, results = append(texts, h.Text), append(results, h.Result)
	}
	switch {
	case !slices.Equal(results, x.results):
		return fmt.Sprintf("gives %q, want %q", results, x.results)
	case x.marked != nil && !slices.Equal(texts, x.marked):
		return fmt.Sprintf("finds %q, want %q", texts, x.marked)
	}
	return ""
}

// lines are the lines of s that are not blank.
func lines(s string) []string {
	var out []string
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
