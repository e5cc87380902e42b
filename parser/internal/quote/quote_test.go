package quote

import (
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestFindNames(t *testing.T) {
	tests := []struct {
		name, in, want, mention string
	}{
		{"inverted", `„Wir bauen das Radwegenetz aus“, sagte Landrätin Petra Lohmann.`, "Petra Lohmann", "Landrätin Petra Lohmann"},
		{"preposed", `Jürgen Abels betonte: „Wir bauen das Radwegenetz aus.“`, "Jürgen Abels", "Jürgen Abels"},
		{"fronted", `Bei der Eröffnung erklärte Jürgen Abels: „Wir bauen das Radwegenetz aus.“`, "Jürgen Abels", "Jürgen Abels"},
		{"separable", `„Wir bauen das Radwegenetz aus“, teilte Jürgen Abels am Montag mit.`, "Jürgen Abels", "Jürgen Abels"},
		{"perfect", `„Wir bauen das Radwegenetz aus“, hat Jürgen Abels gesagt.`, "Jürgen Abels", "Jürgen Abels"},
		{"so", `„Wir bauen das Radwegenetz aus“, so Jürgen Abels.`, "Jürgen Abels", "Jürgen Abels"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := paragraphs(tt.in)
			qs := Find(d, person.Find(d, nil))
			if len(qs) != 1 || qs[0].Kind != schemas.QuoteDirect || qs[0].Speaker == nil {
				t.Fatalf("Find gives %+v", qs)
			}
			if s := qs[0].Speaker; s.Name != tt.want || d.Slice(*s.Mention) != tt.mention {
				t.Errorf("speaker %q, mention %q", s.Name, d.Slice(*s.Mention))
			}
		})
	}
}

func TestFindLeavesNamesAlone(t *testing.T) {
	for _, in := range []string{
		`Der Kreis zeigt die Ausstellung „Wege ins Moor“ im Foyer.`,
		`Der Film "Nordwind" läuft im Kino.`,
		`Sie traf sich beim "Runden Tisch für Familien" im Kreishaus.`,
		`Die so genannte „Blaue Stunde“ beginnt um acht.`,
	} {
		if qs := Find(text.New([]text.Piece{{Type: schemas.BlockParagraph, Text: in}}), nil); len(qs) != 0 {
			t.Errorf("%s: found %+v", in, qs)
		}
	}
}
