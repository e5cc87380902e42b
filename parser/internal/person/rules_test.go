package person

import (
	"encoding/json"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/rule"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// readExample finds the mentions of people in a text; the result is the name of the person.
func readExample(s string) []rule.Hit { return readPieces([]text.Piece{{Text: s}}) }

func readPieces(pieces []text.Piece) []rule.Hit {
	d := text.New(pieces)
	var hits []rule.Hit
	for _, p := range Find(d, nil) {
		for _, m := range p.Mentions {
			hits = append(hits, rule.Hit{Rule: m.Rule, Text: d.Slice(m.Span), Result: p.Name})
		}
	}
	return hits
}

// rulesOfRecord reads the text of a golden record again, since records do not name the evidence for names.
func rulesOfRecord(record []byte) ([]string, error) {
	var r struct {
		Text   string
		Blocks []struct {
			Type       string
			Start, End int
		}
	}
	err := json.Unmarshal(record, &r)
	runes := []rune(r.Text)
	var pieces []text.Piece
	for _, b := range r.Blocks {
		pieces = append(pieces, text.Piece{Type: b.Type, Text: string(runes[b.Start:b.End])})
	}
	var ids []string
	for _, h := range readPieces(pieces) {
		ids = append(ids, h.Rule)
	}
	return ids, err
}

func TestRules(t *testing.T) {
	rule.Test(t, rules, rule.Trial{Read: readExample, Fired: rule.Count(t, "../../testdata/golden/*.json", rulesOfRecord)})
}
