package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// durations reads lengths that are no phrase: "35-Stunden-Woche", "zweijährige Ausbildung", "30 bis 45 Minuten", "jahrelang".
func durations(b *block, i int) []claim {
	if cs := b.hyphenatedLength(i); cs != nil {
		return cs
	}
	if cs := b.compoundLength(i); cs != nil {
		return cs
	}
	if cs := b.lengthRange(i); cs != nil {
		return cs
	}
	t, n := b.at(i), b.at(i+1)
	if n.named != "" && n.upper && t.is(indefinite) {
		return b.one(ruleDurationNamed, i, i+2, lasts(n.named))
	}
	if t.Kind != text.Word || t.upper && !b.sentenceStart(i) {
		return nil
	}
	return b.lengthAdjective(i)
}

// lasts is a length with no days of its own.
func lasts(value string) evaluation { return fixed(untold(schemas.DateDuration, value)) }

// lengthAdjective is "jahrelang", "dreitägig", "mehrwöchige".
func (b *block) lengthAdjective(i int) []claim {
	low := b.at(i).low
	for n := -1; n < len(endings); n++ {
		stem := low
		if n >= 0 {
			var ok bool
			if stem, ok = strings.CutSuffix(low, endings[n]); !ok {
				continue
			}
		}
		if u := lookUp(stem).long; u != "" {
			return b.one(ruleDurationLong, i, i+1, lasts(duration(open, u)))
		}
		for _, a := range members(lengthStem) {
			n, ok := strings.CutSuffix(stem, a.low)
			if !ok || n == "" {
				continue
			}
			if q := lengthNumber(strings.TrimSuffix(n, "-")); q != "" && (a.value != "Y" || q == open || b.lasting(i+1)) {
				return b.one(ruleDurationAdjective, i, i+1, lasts(duration(q, a.value)))
			}
		}
	}
	return nil
}

// lengthNumber is the number before the stem of an adjective of length: mehr-tägig, halb-jährig, zwei-, 45-.
func lengthNumber(s string) quantity {
	switch s {
	case "mehr", "viel":
		return open
	case "halb":
		return aHalf
	case "ganz":
		return "1"
	}
	if w := lookUp(s); w.is(half) {
		return w.half
	}
	if c := cardinal(s); c > 0 {
		return quantityOf(c)
	}
	return digits(s)
}

// lasting reports whether the noun at token i is a thing that lasts years (Ausbildung, Laufzeit), not somebody of that age.
func (b *block) lasting(i int) bool {
	if !b.at(i).upper {
		i++ // zweijährige berufliche Ausbildung
	}
	return b.at(i).upper && hasEnd(b.at(i).low, lastingThing)
}

// hyphenatedLength is a number, a hyphen and a unit: "35-Stunden-Woche", "14-Tage-Frist", "2-stündig".
func (b *block) hyphenatedLength(i int) []claim {
	if !b.digits(i) || !b.sign(i+1, "-") || !b.glued(i+1) || !b.glued(i+2) {
		return nil
	}
	q, w := digits(b.at(i).Text), b.at(i+2)
	if q == "" {
		return nil
	}
	name, rest, _ := strings.Cut(w.low, "-")
	if u := lookUp(name).unit; u != "" && w.upper {
		out := b.one(ruleDurationCompound, i, i+3, lasts(duration(q, u)))
		if rest != "" && rest != "woche" && rest != "tag" {
			out[0].end = w.Start + len(name)
		}
		return out
	}
	return b.hyphenatedAdjective(i, q)
}

// hyphenatedAdjective is "2-stündig".
func (b *block) hyphenatedAdjective(i int, q quantity) []claim {
	w := b.at(i + 2)
	stem := withoutEnding(w.low)
	for _, a := range members(lengthStem) {
		if stem == a.low && !w.upper && (a.value != "Y" || b.lasting(i+3)) {
			return b.one(ruleDurationAdjective, i, i+3, lasts(duration(q, a.value)))
		}
	}
	return nil
}

// compoundLength is the same in one word: Fünf-Tage-Woche.
func (b *block) compoundLength(i int) []claim {
	t := b.at(i)
	number, rest, ok := strings.Cut(t.low, "-")
	name, noun, ok2 := strings.Cut(rest, "-")
	if t.Kind != text.Word || !ok || !ok2 {
		return nil
	}
	n, u := cardinal(number), lookUp(name).unit
	if n <= 0 || u == "" {
		return nil
	}
	out := b.one(ruleDurationCompound, i, i+1, lasts(duration(quantityOf(n), u)))
	if noun, _, _ = strings.Cut(noun, "-"); noun != "woche" {
		out[0].end = t.Start + len(number) + len("-") + len(name)
	}
	return out
}

// lengthRange is "30 bis 45 Minuten", "drei bis vier Wochen": two lengths.
func (b *block) lengthRange(i int) []claim {
	q1, j := b.quantity(i)
	if q1 == "" || q1 == open || !b.is(j, "bis", "oder") && !dash(b.at(j).Text) {
		return nil
	}
	q2, k := b.quantity(j + 1)
	if q2 == "" || !b.noun(k) || b.is(k+1, "alt", "alte", "alten") {
		return nil
	}
	u := b.at(k).unit
	if u == "WE" || u == "HY" || u == "Y" && b.is(i-1, "zwischen", "von", "alter") {
		return nil
	}
	if b.labelled(i) || b.glued(i) && !b.sign(i-1, "(") {
		return nil
	}
	return append(b.one(ruleDurationRange, i, j, lasts(duration(q1, u))), b.claim(ruleDurationRange, j+1, k+1, lasts(duration(q2, u))))
}
