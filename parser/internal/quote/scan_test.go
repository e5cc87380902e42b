package quote

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// paragraphs makes a text of paragraphs; one that begins with "# " is a heading.
func paragraphs(ps ...string) *text.Doc {
	var pieces []text.Piece
	for _, p := range ps {
		kind := schemas.BlockParagraph
		if len(p) > 2 && p[:2] == "# " {
			kind, p = schemas.BlockHeading, p[2:]
		}
		pieces = append(pieces, text.Piece{Type: kind, Text: p})
	}
	return text.New(pieces)
}

func TestScan(t *testing.T) {
	tests := []struct {
		name string
		in   []string
		want [][]string // passages, their parts
	}{
		{"low-high", []string{`Sie sagte: „Das passt.“`}, [][]string{{"Das passt."}}},
		{"low-right", []string{`„Das passt”, sagte sie.`}, [][]string{{"Das passt"}}},
		{"low-ascii", []string{`„Das passt", sagte sie.`}, [][]string{{"Das passt"}}},
		{"low-low", []string{`„Das passt„, sagte sie.`}, [][]string{{"Das passt"}}},
		{"ascii", []string{`"Das passt", sagte sie. "Gut so."`}, [][]string{{"Das passt"}, {"Gut so."}}},
		{"ascii-high", []string{`"Das passt“, sagte sie. "Gut so.”`}, [][]string{{"Das passt"}, {"Gut so."}}},
		{"english", []string{`“Das passt”, sagte sie. ‘Gut’, so er.`}, [][]string{{"Das passt"}, {"Gut"}}},
		{"guillemets", []string{`»Das passt«, sagte sie.`}, [][]string{{"Das passt"}}},
		{"swiss", []string{`«Das passt», sagte sie, « und zwar gut ».`}, [][]string{{"Das passt"}, {"und zwar gut"}}},
		{"single", []string{`Die ‚Alte Post‘ und die ‹Neue Post› und 'Haus am See'.`}, [][]string{{"Alte Post"}, {"Neue Post"}, {"Haus am See"}}},
		{"typewriter", []string{`Sie sagte: ,,Das passt.'' Ende.`}, [][]string{{"Das passt."}}},
		{"two apostrophes", []string{`''Das passt'', sagte sie.`}, [][]string{{"Das passt"}}},
		{"nested singles", []string{`„Er rief ‚Halt‘ und lief“, sagte sie.`}, [][]string{{"Er rief ‚Halt‘ und lief"}}},
		{"nested guillemets", []string{`„Er rief »Halt« und lief“, sagte sie.`}, [][]string{{"Er rief »Halt« und lief"}}},
		{"nested same", []string{`"Er rief "Halt" und lief", sagte sie.`}, [][]string{{`Er rief "Halt" und lief`}}},
		{"nested same low", []string{`„Er rief „Halt“ und lief“, sagte sie.`}, [][]string{{`Er rief „Halt“ und lief`}}},
		{"nested at the edge", []string{`„‚Halt‘, rief er“, sagte sie.`}, [][]string{{`‚Halt‘, rief er`}}},
		{"apostrophes", []string{`Hans’ Hund und Max' Katze sagen: geht's noch, so'n Zeug.`}, nil},
		{"inches", []string{`Ein 19" Monitor, ein 5'' Rohr und ein 7" Tablet.`}, nil},
		{"inches inside", []string{`Er sagte: "Ein Monitor hat 19 Zoll."`}, [][]string{{"Ein Monitor hat 19 Zoll."}}},
		{"no blank after the mark", []string{`„Das passt“sagte sie und lief.`}, [][]string{{"Das passt"}}},
		{"no blank before the mark", []string{`Sie sagte:"Das passt."`}, [][]string{{"Das passt."}}},
		{"blank inside", []string{`Sie sagte:" Das passt." Ende`}, [][]string{{"Das passt."}}},
		{"parenthesis", []string{`Sie lobte ihn ("sehr gut").`}, [][]string{{"sehr gut"}}},
		{"compound", []string{`Die "Bild"-Zeitung und die „taz“-Leser.`}, [][]string{{"Bild"}, {"taz"}}},
		{"two neighbours", []string{`„Ja“ „Nein“`}, [][]string{{"Ja"}, {"Nein"}}},
		{"empty", []string{`„“ und "" und nichts.`}, nil},
		{"forgotten close, ascii", []string{`"Das passt, sagte sie. "Gut", sagte er.`}, [][]string{{"Das passt, sagte sie."}, {"Gut"}}},
		{"forgotten close, low", []string{`„Das passt, sagte sie. „Gut“, sagte er.`}, [][]string{{"Das passt, sagte sie."}, {"Gut"}}},
		{"forgotten close at the end", []string{`Sie sagte: „Das passt.`, `Er ging.`}, [][]string{{"Das passt."}}},
		{"forgotten open", []string{`Das passt“, sagte sie. „Gut“, sagte er.`}, [][]string{{"Gut"}}},
		{"reopened paragraphs", []string{`„Eins.`, `„Zwei.`, `„Drei.“`, `Vier.`}, [][]string{{"Eins.", "Zwei.", "Drei."}}},
		{"paragraphs without marks", []string{`„Eins.`, `Zwei.`, `Drei“, sagte sie.`}, [][]string{{"Eins.", "Zwei.", "Drei"}}},
		{"closed paragraphs stay apart", []string{`„Eins.“`, `„Zwei.“`}, [][]string{{"Eins."}, {"Zwei."}}},
		{"never over a heading", []string{`„Eins.`, `# Zwei`, `Drei“, sagte sie.`}, [][]string{{"Eins."}}},
		{"never over many paragraphs", []string{`„Eins.`, `a`, `b`, `c`, `d`, `e`, `f`, `Drei“, sagte sie.`}, [][]string{{"Eins."}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := paragraphs(tt.in...)
			var got [][]string
			for _, q := range scan(d) {
				var parts []string
				for _, p := range q.parts {
					parts = append(parts, d.Slice(p.inner))
				}
				got = append(got, parts)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("scan (-want +got):\n%s", diff)
			}
		})
	}
}
