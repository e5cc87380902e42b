package timex

import (
	"math"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// tense of the clause an expression stands in.
type tense int8

const (
	unknown tense = iota
	past
	present // also used for what is to come: "am Samstag findet … statt"
	future
)

// tense of the clause around the tokens [from, to): a preposition may settle it; else the nearest cue decides, and a cue beyond a comma
// counts as farther away.
func (b *block) tense(from, to int) tense {
	p := from - 1 // the preposition
	if b.is(p, "dem", "den", "zum") {
		p--
	}
	if t := b.settledTense(p, from); t != unknown {
		return t
	}
	s := cueSearch{b: b, sent: b.at(from).Sent, dist: math.MaxInt}
	if (b.sentenceStart(from) || b.sentenceStart(from-1)) && presentForm(b.at(to)) {
		s.consider(present, verbAfterPhrase) // Mittwoch setzen wir uns zusammen
	}
	s.walk(from-1, -1)
	s.walk(to, 1)
	switch s.best {
	case past:
		return b.decidedFor(p, from)
	case unknown:
		return b.bareTense(p, from, to)
	}
	return s.best
}

// settledTense is what the preposition at token p says by itself, unknown for nothing.
func (b *block) settledTense(p, from int) tense {
	switch {
	case b.is(p, "seit"):
		return past
	case b.is(p, "spätestens"), b.is(p, "bis") && b.is(p-1, "noch", "spätestens"), b.is(p, "für") && p < from-1:
		return future
	}
	return unknown
}

// decidedFor is the tense of a day to come in a clause that tells the past: "wurde für Montag einberufen", "stimmte der Übernahme zum
// 1. Januar zu"; past for others.
func (b *block) decidedFor(p, from int) tense {
	switch {
	case b.is(p, "für"):
		return future
	case b.is(p, "ab"), b.is(from-1, "zum") && !b.is(from-2, "bis"):
		return unknown
	}
	return past
}

// bareTense is the tense of a clause without a cue: what begins or ends is to come, and a verb in the present may stand beside the
// expression: "Dienstag stellt der Kreis … vor", "der Kreis stellt am Dienstag … vor".
func (b *block) bareTense(p, from, to int) tense {
	if b.is(p, "ab", "bis") {
		return future
	}
	before := b.at(p - 1)
	if presentForm(b.at(to)) || p < from && b.is(p, "am", "im", "zum", "ab", "vom") && before.Sent == b.at(from).Sent && presentForm(before) {
		return present
	}
	return unknown
}

// cueSearch looks for the nearest cue of a sentence.
type cueSearch struct {
	b    *block
	sent int
	best tense
	dist int // of the best, in tokens with penalties
}

func (s *cueSearch) consider(t tense, dist int) {
	if dist < s.dist {
		s.best, s.dist = t, dist
	}
}

// walk goes from token i to the end of the sentence that step leads to.
func (s *cueSearch) walk(i, step int) {
	b, penalty := s.b, 0
	for n := 1; n <= cueReach && n+penalty < s.dist; n, i = n+1, i+step {
		t := b.at(i)
		switch {
		case t.Sent != s.sent:
			return
		case t.Kind == text.Mark:
			penalty += markPenalty
		case t.Kind != text.Word:
			if clauseSign(t.Text) && (!b.temporal(i-1) || !b.temporal(i+1)) {
				penalty += clausePenalty
			}
		case t.upper && i > 0 && b.at(i-1).Sent == s.sent: // a noun
		default:
			if c := b.cue(i); c != unknown {
				s.consider(c, n+penalty+cuePenalty(t, c, n+penalty))
			}
		}
	}
}

// cuePenalty makes a cue count as farther away: a verb that reports unless it is close, and the present, which may be that of the report.
func cuePenalty(t *tok, c tense, dist int) int {
	penalty := 0
	if dist > closeReport && t.is(reportingVerbs) {
		penalty += reportPenalty
	}
	if c == present {
		penalty += presentPenalty
	}
	return penalty
}

func clauseSign(s string) bool {
	switch s {
	case ",", ";", ":", "–", "(", ")":
		return true
	}
	return false
}

// attributive reports whether a word in -te or -ten stands before its noun and is no verb: "die geplante Sanierung", "am besuchten Ort".
func (b *block) attributive(i int) bool {
	if !b.at(i+1).upper && (!b.adjective(i+1) || !b.at(i+2).upper) {
		return false
	}
	p := b.at(i - 1)
	return p.is(definite) || p.is(these) || p.is(indefinite) || p.is(beforeAdjective)
}

// cue is the tense that token i alone speaks for; it is told once.
func (b *block) cue(i int) tense {
	t := b.at(i)
	if t == &none { // shared: never written
		return unknown
	}
	if !t.cued {
		t.cue, t.cued = b.readCue(i), true
	}
	return t.cue
}

func (b *block) readCue(i int) tense {
	t := b.at(i)
	switch t.low {
	case "hat", "haben", "habe", "ist", "sind", "sei", "seien":
		return b.auxiliary(i)
	case "eröffnet", "erwartet": // eröffnet werden, hat eröffnet
		return unknown
	}
	switch {
	case t.is(futures):
		return future
	case t.is(preterites), t.preterite() && !b.attributive(i):
		return past
	case t.is(presents):
		return present
	}
	return unknown
}

// auxiliary is the tense of "haben" or "sein" at token i, by the participle it goes with.
func (b *block) auxiliary(i int) tense {
	state := b.is(i, "ist", "sind")
	sent := b.at(i).Sent
	for j := i + 1; j <= i+auxiliaryReach && b.at(j).Sent == sent; j++ {
		t := b.at(j)
		switch {
		case t.Text == ";" || t.Text == ":":
			return b.participleBefore(i)
		case t.Kind != text.Word || t.upper:
		case state && t.is(statives):
			return future
		case t.participle(), b.is(j, "worden", "geworden", "gewesen"):
			return past
		}
	}
	return b.participleBefore(i)
}

// participleBefore is the tense of an auxiliary whose participle stands before it, at the end of a clause.
func (b *block) participleBefore(i int) tense {
	if t := b.at(i - 1); !t.upper && t.participle() {
		return past
	}
	return present
}

// temporal reports whether token i looks like part of a date, so that a comma beside it cuts no clause.
func (b *block) temporal(i int) bool {
	t := b.at(i)
	return t.Kind == text.Number || t.Text == "." || t.weekday > 0 || t.month > 0 || t.is(temporal)
}
