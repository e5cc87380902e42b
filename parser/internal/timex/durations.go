package timex

import (
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// lengthAdjectives end adjectives of duration: zweijährig, dreitägig, mehrwöchig, einstündig.
var lengthAdjectives = []struct{ stem, unit string }{{"jährig", "Y"}, {"monatig", "M"}, {"wöchig", "W"}, {"tägig", "D"}, {"stündig", "TH"}, {"minütig", "TM"}, {"sekündig", "TS"}}

// longAdjectives: jahrelang, tagelang.
var longAdjectives = map[string]string{"jahrelang": "Y", "monatelang": "M", "wochenlang": "W", "tagelang": "D", "stundenlang": "TH", "minutenlang": "TM", "jahrzehntelang": "DE", "jahrhundertelang": "CE"}

// namedLengths have a word of their own.
var namedLengths = map[string]string{"viertelstunde": "PT15M", "dreiviertelstunde": "PT45M", "vierteljahr": "P3M", "dreivierteljahr": "P9M", "vierteljahrhundert": "P25Y", "jahrtausend": "P1000Y"}

// durations reads lengths that are no phrase: "35-Stunden-Woche", "zweijährige Ausbildung", "30 bis 45 Minuten", "jahrelang".
func durations(b *block, i int) []claim {
	if cs := b.compoundLength(i); cs != nil {
		return cs
	}
	if cs := b.lengthRange(i); cs != nil {
		return cs
	}
	t := b.at(i)
	if v := namedLengths[b.at(i+1).low]; v != "" && indefinite[t.low] && b.at(i+1).upper {
		return []claim{b.claim(ruleDurationNamed, i, i+2, fixed(open(schemas.DateDuration, v)))}
	}
	if t.Kind != text.Word || t.upper && !b.sentenceStart(i) {
		return nil
	}
	low := strings.TrimSpace(t.low)
	for _, e := range []string{"", "e", "en", "er", "es", "em"} {
		s, ok := strings.CutSuffix(low, e)
		if !ok {
			continue
		}
		if u := longAdjectives[s]; u != "" {
			return []claim{b.claim(ruleDurationLong, i, i+1, fixed(open(schemas.DateDuration, duration("X", u))))}
		}
		for _, a := range lengthAdjectives {
			u := a.unit
			n, ok := strings.CutSuffix(s, a.stem)
			if !ok || n == "" {
				continue
			}
			q := quantity("")
			n = strings.TrimSuffix(n, "-")
			switch {
			case n == "mehr" || n == "viel":
				q = "X"
			case n == "halb":
				q = "0.5"
			case n == "ganz":
				q = "1"
			case halves[n] != "":
				q = halves[n]
			default:
				if c := cardinal(n); c > 0 {
					q = quantity(strconv.Itoa(c))
				} else {
					q = digits(n)
				}
			}
			if q == "" || u == "Y" && q != "X" && !b.lasting(i+1) {
				continue
			}
			return []claim{b.claim(ruleDurationAdjective, i, i+1, fixed(open(schemas.DateDuration, duration(q, u))))}
		}
	}
	return nil
}

// lasting reports whether the noun at token i is a thing that lasts years (Ausbildung, Laufzeit), not somebody of that age.
func (b *block) lasting(i int) bool {
	if !b.at(i).upper {
		i++ // zweijährige berufliche Ausbildung
	}
	if !b.at(i).upper {
		return false
	}
	for _, s := range []string{"ung", "zeit", "dauer", "studium", "projekt", "programm", "frist", "vertrag", "phase", "pause", "lehre", "aufenthalt", "kurs", "lehrgang", "prozess", "bestehen", "jubiläum", "verfahren", "haft", "amtszeit", "periode", "bau", "arbeit", "mitgliedschaft", "engagement", "krieg", "praktikum", "tätigkeit"} {
		if strings.HasSuffix(b.at(i).low, s) {
			return true
		}
	}
	return false
}

// compoundLength is a number, a hyphen and a unit: "35-Stunden-Woche", "14-Tage-Frist", "2-stündig".
func (b *block) compoundLength(i int) []claim {
	t := b.at(i)
	if t.Kind == text.Number && b.at(i+1).Text == "-" && b.glued(i+1) && b.glued(i+2) {
		q := digits(t.Text)
		if q == "" {
			return nil
		}
		w := b.at(i + 2)
		unit, rest, _ := strings.Cut(w.low, "-")
		if u := units[unit]; u != "" && w.upper {
			c := b.claim(ruleDurationCompound, i, i+3, fixed(open(schemas.DateDuration, duration(q, u))))
			if rest != "" && rest != "woche" && rest != "tag" {
				c.end = w.Start + len(unit)
			}
			return []claim{c}
		}
		for _, a := range lengthAdjectives {
			if s := strings.TrimRight(w.low, "enrsm"); s == a.stem && !w.upper && (a.unit != "Y" || b.lasting(i+3)) {
				return []claim{b.claim(ruleDurationAdjective, i, i+3, fixed(open(schemas.DateDuration, duration(q, a.unit))))}
			}
		}
		return nil
	}
	if t.Kind == text.Word { // Fünf-Tage-Woche
		parts := strings.Split(t.low, "-")
		if len(parts) >= 3 {
			if n, u := cardinal(parts[0]), units[parts[1]]; n > 0 && u != "" {
				c := b.claim(ruleDurationCompound, i, i+1, fixed(open(schemas.DateDuration, duration(quantity(strconv.Itoa(n)), u))))
				if parts[2] != "woche" {
					c.end = t.Start + len(parts[0]) + 1 + len(parts[1])
				}
				return []claim{c}
			}
		}
	}
	return nil
}

// lengthRange is "30 bis 45 Minuten", "drei bis vier Wochen": two lengths.
func (b *block) lengthRange(i int) []claim {
	q1, j := b.quantity(i)
	if q1 == "" || q1 == "X" {
		return nil
	}
	if !b.is(j, "bis", "oder") && !dash(b.at(j).Text) {
		return nil
	}
	q2, k := b.quantity(j + 1)
	if q2 == "" || !b.noun(k) || b.is(i-1, "zwischen", "von", "alter") && units[b.at(k).low] == "Y" || b.is(k+1, "alt", "alte", "alten") || units[b.at(k).low] == "WE" || units[b.at(k).low] == "HY" {
		return nil
	}
	if b.reference(i) || b.glued(i) && b.at(i-1).Text != "(" {
		return nil
	}
	u := units[b.at(k).low]
	return []claim{
		b.claim(ruleDurationRange, i, j, fixed(open(schemas.DateDuration, duration(q1, u)))),
		b.claim(ruleDurationRange, j+1, k+1, fixed(open(schemas.DateDuration, duration(q2, u)))),
	}
}
