package timex

import (
	"strings"

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

// tense of the clause around token i of the block: the nearest cue decides, and a cue beyond a comma counts as farther away.
func (b *block) tense(from, to int) tense {
	best, bestAt := unknown, 1000
	sent := b.at(from).Sent
	consider := func(t tense, dist int) {
		if dist < bestAt {
			best, bestAt = t, dist
		}
	}
	walk := func(i, step int) {
		penalty := 0
		for n := 1; n <= 40; n, i = n+1, i+step {
			t := b.at(i)
			if t.Sent != sent {
				return
			}
			if t.Kind == text.Mark {
				penalty += 2
				continue
			}
			if t.Kind != text.Word {
				switch t.Text {
				case ",", ";", ":", "–", "(", ")":
					if !b.temporal(i-1) || !b.temporal(i+1) {
						penalty += 6
					}
				}
				continue
			}
			if t.upper && i > 0 && b.at(i-1).Sent == sent {
				continue
			}
			if c := b.cue(i); c != unknown {
				d := n + penalty
				if reporting[t.low] && d > 3 {
					d += 8
				}
				if c == present {
					d += 2
				}
				consider(c, d)
			}
		}
	}
	p := from - 1
	if b.is(p, "dem", "den", "zum") {
		p--
	}
	switch {
	case b.is(p, "seit"):
		return past
	case b.is(p, "spätestens"), b.is(p, "bis") && b.is(p-1, "noch", "spätestens"), b.is(p, "für") && p < from-1:
		return future
	}
	if (b.sentenceStart(from) || b.sentenceStart(from-1)) && presentForm(b.at(to)) {
		consider(present, 4) // Mittwoch setzen wir uns zusammen
	}
	walk(from-1, -1)
	walk(to, 1)
	if best == past && b.is(p, "für") { // wurde für Montag einberufen
		return future
	}
	if best == past && (b.is(p, "ab") || b.is(from-1, "zum") && !b.is(from-2, "bis")) {
		return unknown // decided in the past, but for a day to come: "stimmte der Übernahme zum 1. Januar zu"
	}
	if best == unknown && b.is(p, "ab", "bis") {
		return future
	}
	if before := b.at(p - 1); best == unknown && (presentForm(b.at(to)) || p < from && b.is(p, "am", "im", "zum", "ab", "vom") && before.Sent == sent && presentForm(before)) {
		return present // Dienstag stellt der Kreis … vor; der Kreis stellt am Dienstag … vor
	}
	return best
}

// attributive reports whether a word in -te or -ten stands before its noun and is no verb: "die geplante Sanierung", "am besuchten Ort".
func (b *block) attributive(i int) bool {
	if !b.at(i+1).upper && !(b.adjective(i+1) && b.at(i+2).upper) {
		return false
	}
	p := b.at(i - 1)
	return definite[p.low] || these[p.low] || indefinite[p.low] || b.is(i-1, "im", "am", "zum", "zur", "beim", "vom", "ins", "ans", "ihre", "ihrer", "ihren", "seine", "seiner", "seinen", "alle", "aller", "allen", "viele", "vielen")
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
	w := b.at(i).low
	switch {
	case w == "hat" || w == "haben" || w == "ist" || w == "sind" || w == "habe" || w == "sei" || w == "seien":
		sent := b.at(i).Sent
		for j, n := i+1, 0; n < 30 && b.at(j).Sent == sent; j, n = j+1, n+1 {
			if b.at(j).Kind == text.Word && !b.at(j).upper {
				if statives[b.at(j).low] && strings.HasPrefix(w, "i") || statives[b.at(j).low] && w == "sind" {
					return future
				}
				if participle(b.at(j).low) || preterites[b.at(j).low] && b.is(j, "worden", "geworden", "gewesen") {
					return past
				}
			}
			if b.at(j).Text == ";" || b.at(j).Text == ":" {
				break
			}
		}
		if participle(b.at(i-1).low) && !b.at(i-1).upper {
			return past
		}
		return present
	case w == "eröffnet" || w == "erwartet":
		return unknown
	case futures[w]:
		return future
	case preterites[w]:
		return past
	case preterite(w) && !b.attributive(i):
		return past
	case presents[w]:
		return present
	}
	return unknown
}

// temporal reports whether token i looks like part of a date, so that a comma beside it cuts no clause.
func (b *block) temporal(i int) bool {
	t := b.at(i)
	return t.Kind == text.Number || t.Text == "." || weekdays[t.low] > 0 || months[t.low] > 0 || b.is(i, "uhr", "um", "ab", "von", "bis", "jeweils")
}
