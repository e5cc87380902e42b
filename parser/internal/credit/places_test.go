package credit

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/rule"
)

// placeOf is the rule that an evidence names.
func placeOf(evidence string) string {
	for _, id := range places.IDs() {
		if evidence == id || strings.HasPrefix(evidence, id+":") {
			return id
		}
	}
	return evidence
}

func TestPlaces(t *testing.T) {
	read := func(extra string) (hits []rule.Hit) {
		for _, c := range Find(read(t, release(body+extra, ""))) {
			hits = append(hits, rule.Hit{Rule: placeOf(c.Rule), Text: extra, Result: strings.TrimSpace(c.Holder + " | " + c.Agency)})
		}
		return hits
	}
	fired := rule.Count(t, "../../testdata/golden/*.json", func(record []byte) (ids []string, err error) {
		var r struct{ Credits []struct{ Rule string } }
		err = json.Unmarshal(record, &r)
		for _, c := range r.Credits {
			ids = append(ids, placeOf(c.Rule))
		}
		return ids, err
	})
	rule.Test(t, places, rule.Trial{Read: read, Fired: fired})
}
