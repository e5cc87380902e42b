package timex

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/rule"
)

// readExample reads a text seen from anchorDay. A result is the value, with the type where the value does not tell it.
func readExample(s string) []rule.Hit {
	d, es := find(s)
	hits := make([]rule.Hit, len(es))
	for i, e := range es {
		r := e.Value
		if e.Type == "SET" || e.Type == "DURATION" {
			r = e.Type + " " + r
		}
		hits[i] = rule.Hit{Rule: e.Rule, Text: d.Slice(e.Span), Result: strings.TrimSpace(r + " " + e.Freq)}
	}
	return hits
}

// rulesOfRecord are the rules of the dates of a golden record.
func rulesOfRecord(record []byte) ([]string, error) {
	var r struct{ Dates []struct{ Rule string } }
	err := json.Unmarshal(record, &r)
	ids := make([]string, len(r.Dates))
	for i, d := range r.Dates {
		ids[i] = d.Rule
	}
	return ids, err
}

func TestRules(t *testing.T) {
	rule.Test(t, rules, rule.Trial{Read: readExample, Fired: rule.Count(t, "../../testdata/golden/*.json", rulesOfRecord)})
}
