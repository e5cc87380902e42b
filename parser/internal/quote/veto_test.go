package quote

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/rule"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// vetoed finds the passages of a document that are the name of something.
func vetoed(d *text.Doc) []rule.Hit {
	var hits []rule.Hit
	a := analyse(d, person.Find(d, nil))
	for qi := range a.quotes {
		if e := a.evidenceOf(qi); e.veto != "" {
			hits = append(hits, rule.Hit{Rule: e.veto, Text: wordsOf(d, spans(a.quotes[qi])), Result: "name"})
		}
	}
	return hits
}

// vetoesOfRecord are the rules that hold back passages of a golden record's text.
func vetoesOfRecord(record []byte) ([]string, error) {
	var r struct {
		Text   string
		Blocks []struct {
			Type       string
			Start, End int
		}
	}
	if err := json.Unmarshal(record, &r); err != nil {
		return nil, err
	}
	var pieces []text.Piece
	runes := []rune(r.Text)
	for _, b := range r.Blocks {
		pieces = append(pieces, text.Piece{Type: b.Type, Text: string(runes[b.Start:b.End])})
	}
	var ids []string
	for _, h := range vetoed(text.New(pieces)) {
		ids = append(ids, h.Rule)
	}
	return ids, nil
}

func TestVetoes(t *testing.T) {
	rule.Test(t, vetoes, rule.Trial{
		Read:  func(s string) []rule.Hit { return vetoed(paragraphs(splitLines(s)...)) },
		Fired: rule.Count(t, "../../testdata/golden/*.json", vetoesOfRecord),
	})
}

// splitLines parts an example into its paragraphs.
func splitLines(s string) []string { return strings.Split(s, " ¶ ") }
