package quote

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/person"
)

// A sentence that never ends must not be read from its start for each of its pronouns: the look back is bounded, so that the speaker
// named at the start is out of reach at the end.
func TestLookBackIsBounded(t *testing.T) {
	f := &frame{nouns: make([]nominal, 10_000)}
	for i := range f.nouns {
		f.nouns[i].from = i
	}
	if got := 10_000 - f.reach(false, 0); got != 2*window {
		t.Errorf("%d nominals of the sentence before are looked through, want %d", got, 2*window)
	}
	if got := 5_000 - f.reach(true, 5_000); got != 2*window {
		t.Errorf("%d nominals before the pronoun are looked through, want %d", got, 2*window)
	}
	d := paragraphs("Petra Lohmann kam, " + strings.Repeat("das Haus, der Tisch, ", 2*window) + "„" + plan + "“, sagte sie.")
	for _, q := range Find(d, person.Find(d, nil)) {
		if q.Speaker != nil && q.Speaker.Person >= 0 {
			t.Errorf("%q is said by %s, who is far away", wordsOf(d, q.Spans), q.Speaker.Name)
		}
	}
}
