package quote

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/person"
)

// reach is the greatest n up to 80 for which the text of n holds; all smaller ones must hold, too.
func reach(t *testing.T, text func(n int) string, holds func(qs []Quote) bool) int {
	t.Helper()
	last := -1
	for n := range 80 {
		d := paragraphs(strings.Split(text(n), "\n")...)
		if !holds(Find(d, person.Find(d, nil))) {
			break
		}
		last = n
	}
	return last
}

// times repeats a word or sentence n times, each followed by a blank.
func times(s string, n int) string { return strings.Repeat(s+" ", n) }

// by reports whether the last quote is said by somebody of the name.
func by(name string) func([]Quote) bool {
	return func(qs []Quote) bool {
		return len(qs) > 0 && qs[len(qs)-1].Speaker != nil && qs[len(qs)-1].Speaker.Name == name
	}
}

// none reports whether no quote was found.
func none(qs []Quote) bool { return len(qs) == 0 }

// TestLimits pins how far each look of the reader goes: with one word, sentence or mark more it no longer finds what it found.
func TestLimits(t *testing.T) {
	const said = "„Wir bauen die Radwege im ganzen Kreis aus“"
	for _, tt := range []struct {
		limit string
		want  int
		text  func(n int) string
		holds func([]Quote) bool
	}{
		{
			"window, from a verb to its subject",
			38,
			func(n int) string { return said + ", sagte " + times("gestern", n) + "Petra Lohmann." },
			by("Petra Lohmann"),
		},
		{"longestBreak", 12, func(n int) string {
			return "„Wir bauen die Radwege aus“, sagte Petra Lohmann " + times("gestern", n) + ", „und zwar bald und überall im Kreis“."
		}, func(qs []Quote) bool { return len(qs) == 1 && len(qs[0].Spans) == 2 }},
		{"pronounWithin", 6, func(n int) string {
			return "Petra Lohmann kam an. " + times("Es regnete sehr.", n) + "Sie sagte: " + said + "."
		}, by("Petra Lohmann")},
		{"antecedentWithin", 2, func(n int) string {
			return "Eine Besucherin kam an. " + times("Es regnete sehr.", n) + "Sie sagte: " + said + "."
		}, by("Eine Besucherin")},
		{"theyWithin", 1, func(n int) string {
			return "Die Schülerinnen kamen an. " + times("Es regnete sehr.", n) + "Sie sagten: " + said + "."
		}, by("Die Schülerinnen")},
		{"goesOnWithin", 1, func(n int) string {
			return "„Wir bauen die Radwege aus“, sagte Petra Lohmann. " + times("Es regnete sehr.", n) + "„Das wird nicht leicht, aber wir schaffen es“."
		}, by("Petra Lohmann")},
		{"bodyWithin", 6, func(n int) string {
			return "Das Adler-Institut forscht. " + times("Es regnete sehr.", n) + "Das Institut teilte mit: " + said + "."
		}, by("Adler-Institut")},
		{"titleWithin", 1, func(n int) string {
			return "Es gibt einen Vortrag mit dem Titel " + times("heute", n) + ": „Wir bauen die Radwege.“"
		}, none},
		{"longestLabel", 21, func(n int) string { return times("Halle", n) + "17 Uhr: „Wir bauen die Radwege.“" }, none},
		{"listWithin", 10, func(n int) string {
			return "Drei Vorträge stehen an:\n" + strings.Repeat("Es regnet sehr.\n", n) + "Petra Lohmann: „Wer baut die Radwege?“"
		}, none},
		{"maxParagraphs", 4, func(n int) string {
			return "„Wir bauen die Radwege aus.\n" + strings.Repeat("„Es dauert nicht lange.\n", n) + "„Das ist das Ende“, sagte Petra Lohmann."
		}, func(qs []Quote) bool { return len(qs) == 1 }},
	} {
		t.Run(tt.limit, func(t *testing.T) {
			if got := reach(t, tt.text, tt.holds); got != tt.want {
				t.Errorf("holds up to %d, want %d", got, tt.want)
			}
		})
	}
}
