package person

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// doc makes a text of paragraphs, one a line.
func doc(s string) *text.Doc {
	var p []text.Piece
	for l := range strings.SplitSeq(s, "\n") {
		p = append(p, text.Piece{Type: schemas.BlockParagraph, Text: l})
	}
	return text.New(p)
}

// show writes a person as "Title|Name|gender|role; role|organisation|mention, mention".
func show(d *text.Doc, p Person) string {
	var m []string
	for _, x := range p.Mentions {
		m = append(m, d.Slice(x.Span))
	}
	g := map[string]string{schemas.GenderFemale: "f", schemas.GenderMale: "m"}[p.Gender]
	return strings.Join([]string{p.Title, p.Name, g, strings.Join(p.Roles, "; "), p.Organisation, strings.Join(m, ", ")}, "|")
}

func check(t *testing.T, in string, want ...string) {
	t.Helper()
	d := doc(in)
	var got []string
	for _, p := range Find(d, nil) {
		got = append(got, show(d, p))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s\n(-want +got)\n%s", in, diff)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"Gestern sprach Landrätin Gesa Ohlendiek im Kreishaus.", []string{"|Gesa Ohlendiek|f|Landrätin||Gesa Ohlendiek"}},
		{"Bürgermeister Dr. Holger Twiehaus begrüßte die Gäste. Twiehaus dankte allen.", []string{"Dr.|Holger Twiehaus|m|Bürgermeister||Holger Twiehaus, Twiehaus"}},
		{"Das Ergebnis, so Prof. Dr. med. Anja Rottmann-Kreibich, überrascht.", []string{"Prof. Dr. med.|Anja Rottmann-Kreibich|f|||Anja Rottmann-Kreibich"}},
		{"Anna und Peter Wollschläger führen den Hof.", []string{"|Anna Wollschläger|f|||Anna", "|Peter Wollschläger|m|||Peter Wollschläger"}},
		{"Die Stadträtin Ute Grell (Grüne) widersprach.", []string{"|Ute Grell|f|Stadträtin|Grüne|Ute Grell"}},
		{"Frau Kesselhut stellte die Zahlen vor.", []string{"|Kesselhut|f|||Kesselhut"}},
	} {
		check(t, c.in, c.want...)
	}
}

func TestNobody(t *testing.T) {
	for _, in := range []string{
		"Die Robert Wollny Stiftung fördert das Projekt.",
		"Treffpunkt ist die Anna-Vogel-Straße 12.",
		"Im Mai und August ist die Kreisverwaltung geschlossen.",
		"Die Grundschule Hedwig Kuntze feiert.",
		"Foto: Jonas Feldhege",
	} {
		check(t, in)
	}
}
