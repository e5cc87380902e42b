package rule

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Hit is something a reader found in the text of an example.
type Hit struct {
	Rule   string // the ID of the rule that found it
	Text   string // the stretch of the example
	Result string // what the reader makes of it, as short as can be
}

// Trial is what Test needs to know of a reader.
type Trial struct {
	// Read runs the whole reader on the text of an example, not one rule alone: that a better rule takes a stretch away is part of
	// what an example shows.
	Read func(text string) []Hit
	// Fired counts how often each rule fires on the golden pages (see Count).
	Fired map[string]int
	// Silent are rules that may fire on no golden page. The list is a debt: a rule in it that does fire is an error.
	Silent []string
}

// T is the part of *testing.T that is used; the program that holds a table need not link the testing package.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Logf(format string, args ...any)
}

// Test runs the examples and counter-examples of every rule of the table. It fails where one does not hold, where a rule has none of
// either or shares its ID, where a hit names a rule the table does not have, and where a rule fires on no golden page.
func Test[Kind comparable, Finder any](t T, table Table[Kind, Finder], trial Trial) {
	t.Helper()
	known := map[string]bool{}
	for i, r := range table {
		switch {
		case r.ID == "":
			t.Errorf("rule %d has no ID", i)
		case known[r.ID]:
			t.Errorf("%s: there are two rules of this name", r.ID)
		}
		known[r.ID] = true
	}
	for _, r := range table {
		said, denied := lines(r.Says), lines(r.Not)
		if len(said) == 0 {
			t.Errorf("%s has no example (Says)", r.ID)
		}
		if len(denied) == 0 {
			t.Errorf("%s has no counter-example (Not)", r.ID)
		}
		for _, line := range said {
			x, err := parseExample(line)
			if err != nil {
				t.Errorf("%s: %v", r.ID, err)
				continue
			}
			hits := trial.Read(x.text)
			if w := x.wrong(byRule(hits, r.ID)); w != "" {
				t.Errorf("%s: %q %s; all hits: %v", r.ID, x.text, w, hits)
			}
			strangers(t, known, hits)
		}
		for _, line := range denied {
			hits := trial.Read(line)
			if mine := byRule(hits, r.ID); len(mine) > 0 {
				t.Errorf("%s: the counter-example %q fires: %v", r.ID, line, mine)
			}
			strangers(t, known, hits)
		}
	}
	coverage(t, table.IDs(), known, trial)
}

func byRule(hits []Hit, id string) []Hit {
	var out []Hit
	for _, h := range hits {
		if h.Rule == id {
			out = append(out, h)
		}
	}
	return out
}

func strangers(t T, known map[string]bool, hits []Hit) {
	t.Helper()
	for _, h := range hits {
		if !known[h.Rule] {
			t.Errorf("a hit names the rule %q, which the table does not have: %v", h.Rule, h)
		}
	}
}

// coverage reports how often the rules fire on golden pages, and fails for those that never do.
func coverage(t T, ids []string, known map[string]bool, trial Trial) {
	t.Helper()
	var counts, missing []string
	for _, id := range ids {
		n := trial.Fired[id]
		counts = append(counts, fmt.Sprintf("%s %d", id, n))
		switch silent := slices.Contains(trial.Silent, id); {
		case n == 0 && !silent:
			missing = append(missing, id)
		case n > 0 && silent:
			t.Errorf("%s fires on golden pages: take it off the list of silent rules", id)
		}
	}
	t.Logf("fired on golden pages: %s", strings.Join(counts, ", "))
	if len(missing) > 0 {
		t.Errorf("no golden page for %s", strings.Join(missing, ", "))
	}
	for _, id := range trial.Silent {
		if !known[id] {
			t.Errorf("the list of silent rules has %q, which the table does not have", id)
		}
	}
	for id := range trial.Fired {
		if !known[id] {
			t.Errorf("a golden page names the rule %q, which the table does not have", id)
		}
	}
}

// Count reads the golden records that pattern matches and counts the rules that rulesOf finds named in them. Errors, and a pattern
// that matches nothing, fail the test.
func Count(t T, pattern string, rulesOf func(record []byte) ([]string, error)) map[string]int {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Errorf("no golden records at %s (%v)", pattern, err)
	}
	n := map[string]int{}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		ids, err := rulesOf(body)
		if err != nil {
			t.Errorf("%s: %v", f, err)
		}
		for _, id := range ids {
			n[id]++
		}
	}
	return n
}
