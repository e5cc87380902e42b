package quote

import (
	"encoding/json"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/rule"
)

// readExample finds the quotes of a text that have a speaker; the result is the speaker's name.
func readExample(s string) []rule.Hit {
	d := paragraphs(s)
	var hits []rule.Hit
	for _, q := range Find(d, person.Find(d, nil)) {
		if q.Speaker != nil {
			hits = append(hits, rule.Hit{Rule: q.Speaker.Rule, Text: wordsOf(d, q.Spans), Result: q.Speaker.Name})
		}
	}
	return hits
}

// rulesOfRecord are the rules of the speakers of a golden record.
func rulesOfRecord(record []byte) ([]string, error) {
	var r struct {
		Quotes []struct{ Speaker *struct{ Rule string } }
	}
	err := json.Unmarshal(record, &r)
	var ids []string
	for _, q := range r.Quotes {
		if q.Speaker != nil {
			ids = append(ids, q.Speaker.Rule)
		}
	}
	return ids, err
}

func TestRules(t *testing.T) {
	rule.Test(t, rules, rule.Trial{
		Read:   readExample,
		Fired:  rule.Count(t, "../../testdata/golden/*.json", rulesOfRecord),
		Silent: []string{ruleInX}, // its speaker is a document, and for the truth of golden pages a document is nobody
	})
}
