package parser

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/truth"
	"github.com/kreispresse/kreispresse/schemas"
)

// gateFile is the table of judgements that is checked in.
const gateFile = "testdata/gate.txt"

// TestGate judges every field of every golden page and compares with the table that is checked in: no page may get worse in any field
// unnoticed, and none better. What a truth does not name is not there; what nobody judged stands in the table as unjudged.
func TestGate(t *testing.T) {
	table := truth.Table{}
	for _, g := range goldens(t) {
		if g.Truth.Error != "" {
			continue // TestGolden judges these
		}
		r, err := Parse(g.Snap)
		if err != nil {
			t.Errorf("%s: %v", g.Name, err)
			continue
		}
		table[g.Name] = g.Truth.Judge(r)
	}
	now := table.String()
	if *update {
		if err := os.WriteFile(gateFile, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadFile(gateFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(before), "\n"), strings.Split(now, "\n")); diff != "" {
		t.Errorf("the judgement changed (-committed +now; make golden accepts it):\n%s", diff)
	}
}

// refuseWorse fails when a field of a page would get worse by rewriting its record: more is wrong or more is missing.
func refuseWorse(t *testing.T, g truth.Case, before []byte, now *schemas.Release) {
	t.Helper()
	var was schemas.Release
	if json.Unmarshal(before, &was) != nil {
		return // a new page
	}
	then := g.Truth.Judge(&was)
	for field, f := range g.Truth.Judge(now) {
		if len(f.Wrong) > len(then[field].Wrong) || len(f.Missing) > len(then[field].Missing) {
			t.Errorf("%s gets worse: wrong %q, missing %q; mend that, or the truth where it is not true", field, f.Wrong, f.Missing)
		}
	}
}
