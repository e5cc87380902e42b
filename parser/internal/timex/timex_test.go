package timex

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// anchorDay is the publication date of the test sentences: a Tuesday.
var anchorDay = time.Date(2024, 3, 12, 0, 0, 0, 0, time.UTC)

func find(s string) (*text.Doc, []Expr) {
	var ps []text.Piece
	for _, l := range strings.Split(s, "\n") {
		ps = append(ps, text.Piece{Type: "paragraph", Text: l})
	}
	d := text.New(ps)
	return d, Find(d, Anchor{anchorDay, "published"})
}

// show writes the expressions as "text TYPE value".
func show(d *text.Doc, es []Expr) []string {
	out := []string{}
	for _, e := range es {
		s := d.Slice(e.Span) + " " + e.Type + " " + e.Value
		if e.Freq != "" {
			s += " " + e.Freq
		}
		if e.Warning != "" {
			s += " !" + e.Warning
		}
		out = append(out, s)
	}
	return out
}

type example struct {
	text string
	want []string
}

func check(t *testing.T, examples []example) {
	t.Helper()
	for _, x := range examples {
		d, es := find(x.text)
		if diff := cmp.Diff(x.want, show(d, es)); diff != "" {
			t.Errorf("%s\n(-want +got)\n%s", x.text, diff)
		}
	}
}

func TestFirst(t *testing.T) {
	check(t, []example{
		{"Die Sitzung findet am Dienstag, 19. März 2024, um 18.30 Uhr statt.", []string{"Dienstag, 19. März 2024 DATE 2024-03-19", "18.30 Uhr TIME 2024-03-19T18:30"}},
		{"Das Museum ist vom 12. bis zum 14. April geöffnet.", []string{"12. DATE 2024-04-12", "14. April DATE 2024-04-14"}},
	})
}
