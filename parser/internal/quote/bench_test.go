package quote

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

const sample = `Bei der Vorstellung im Kreishaus sagte Landrätin Petra Lohmann: „Wir bauen das Radwegenetz in den nächsten drei Jahren aus.“ Der ` +
	`Kreis rechnet mit hohen Kosten. „Das ist gut angelegtes Geld“, so Baudezernent Jürgen Abels, „denn jeder Weg zählt.“ Er nannte den Plan ` +
	`„mutig“. Die Ausstellung „Wege ins Moor“ zeigt die Entwürfe.`

// BenchmarkFind measures the reading without the people, per size of text; bytes per second must not fall with the size.
func BenchmarkFind(b *testing.B) {
	for _, n := range []int{1, 30, 1000, 30000} {
		d := paragraphs(repeat(sample, n)...)
		people := person.Find(d, nil)
		b.Run(fmt.Sprintf("%dkB", len(d.Text)>>10), func(b *testing.B) {
			b.SetBytes(int64(len(d.Text)))
			b.ReportAllocs()
			for b.Loop() {
				Find(d, people)
			}
		})
	}
}

// BenchmarkHostile measures texts made to hurt: nothing but marks, one endless sentence, one endless word.
func BenchmarkHostile(b *testing.B) {
	for name, s := range hostile(1 << 18) {
		d := text.New([]text.Piece{{Type: schemas.BlockParagraph, Text: s}})
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(d.Text)))
			for b.Loop() {
				Find(d, nil)
			}
		})
	}
}

// hostile texts of about n bytes.
func hostile(n int) map[string]string {
	m := map[string]string{}
	for name, unit := range map[string]string{
		"low marks":    "„",
		"ascii":        `"`,
		"openers":      ` "a`,
		"singles":      "‚a ",
		"mixed":        `„"»'‹ a `,
		"short quotes": `„a“ `,
		"so quotes":    `„ja“, so `,
		"verbs":        "teilte sagte ",
		"shared":       "und sagte und rief ",
		"commas":       "der, die, das, ",
		"brackets":     "sagte ( ",
		"names":        "Anna Meier und ",
		"word":         "a",
	} {
		m[name] = strings.Repeat(unit, n/len(unit))
	}
	return m
}

func repeat(s string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = s
	}
	return out
}
