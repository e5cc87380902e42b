package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// dayparts reads parts of a day without a weekday: "am Abend", "frühen Nachmittag", "nachts", "um Mitternacht", "Nacht des 14. August".
func dayparts(b *block, i int) []claim {
	t := b.at(i)
	switch {
	case t.Kind != text.Word:
		return nil
	case t.is(dailyPart):
		return b.dailyPart(i)
	}
	if cs := b.adjectiveDay(i); cs != nil {
		return cs
	}
	j := i
	if b.this(j) {
		j++
	}
	if b.is(j, "frühen", "späten", "selben", "gleichen") {
		j++
	}
	return b.partNoun(i, j)
}

// partNoun reads the noun at token j of an expression that begins at token i.
func (b *block) partNoun(i, j int) []claim {
	t := b.at(j)
	switch {
	case t.part == "" || !t.upper || strings.HasSuffix(t.low, "nächte") || b.sentenceStart(j) && j == i:
		return nil
	case b.greeting(j), t.low == "früh" && b.is(i-3, "uhr"): // um 6 Uhr in der Früh: the time says it
		return nil
	case t.low == "mitternacht" && b.is(i-1, "um", "gegen", "bis", "vor", "nach", "seit", "ab"):
		return b.one(ruleClock, i, j+1, clockTime{h: 24}.eval)
	case !b.partContext(i, t):
		return nil
	}
	if b.is(j, "nacht", "abend", "morgen", "vorabend") && b.is(j+1, "des", "vom", "auf", "zum", "zu") {
		if cs, ends := b.partOfDay(i, j); ends {
			return cs
		}
	}
	code := t.part
	return b.one(rulePartOfDay, i, j+1, func(c *discourse, cl *claim) reading {
		return c.timed(cl, "T"+code, "XXXX-XX-XX")
	})
}

// greeting reports whether the part of the day at token i is no time: Guten Morgen, Heiliger Abend, Gute Nacht.
func (b *block) greeting(i int) bool {
	switch b.at(i).low {
	case "morgen":
		return b.is(i-1, "guten")
	case "abend":
		return b.is(i-1, "heiligen", "guten", "heilige")
	case "nacht":
		return b.is(i-1, "heiligen", "gute")
	}
	return false
}

// partContext reports whether the words before token i make the part of the day t a time.
func (b *block) partContext(i int, t *tok) bool {
	switch b.at(i - 1).low {
	case "der":
		return b.is(i-2, "in", "während", "bis") || b.this(i)
	case "die":
		return b.is(i-2, "in", "durch") || b.this(i)
	case "den":
		return b.is(i-2, "in", "bis", "durch") || b.this(i)
	case "des":
		return strings.HasSuffix(t.low, "s") || b.this(i)
	}
	return b.at(i-1).is(beforePart) || b.this(i)
}

func (b *block) this(i int) bool { return b.is(i, "diesem", "diesen", "dieser") }

// partOfDay reads what follows a part of the day at token j: its day ("Nacht des 14. August"), or a day that is an expression of its
// own ("Nacht auf den 28. Juli"). ends is false where there is neither.
func (b *block) partOfDay(i, j int) (cs []claim, ends bool) {
	k := j + 2
	if b.is(k, "den", "dem") {
		k++
	}
	it, ok := b.dayItem(k)
	ok = ok && it.m > 0
	switch {
	case !b.is(j+1, "des", "vom"):
		return nil, ok || b.at(k).day > 0
	case !ok:
		return nil, b.is(j+1, "des") || b.is(j, "vorabend")
	}
	code := b.at(j).part
	return b.one(rulePartOfDay, i, it.to, func(c *discourse, cl *claim) reading {
		r := c.resolveDay(cl, it)
		if r.typ == schemas.DateDate && !r.from.IsZero() {
			return r.partOf(code)
		}
		return r
	}), true
}

// dailyPart is "nachts", "abends": of the day the text speaks of, else of every day.
func (b *block) dailyPart(i int) []claim {
	t := b.at(i)
	if t.upper && !b.sentenceStart(i) && !b.is(i-1, "des") || b.is(i-1, "uhr") || b.digits(i-1) {
		return nil
	}
	code := t.part
	return b.one(rulePartOfDay, i, i+1, func(c *discourse, cl *claim) reading {
		if day := c.refDay(cl); !day.IsZero() && cl.b.at(cl.from).Sent-c.daySent <= dayReachSents {
			return inText(dayOf(day)).partOf(code)
		}
		if cl.b.is(cl.from-1, "des") && c.known() {
			return c.anchored(dayOf(c.anchor.Day)).partOf(code)
		}
		return ever("XXXX-XX-XXT" + code)
	})
}

// adjectiveDay is a part of a day after an adjective that names the day: "gestrigen Vormittag", "nächsten Morgen".
func (b *block) adjectiveDay(i int) []claim {
	t := b.at(i)
	next := b.is(i, "nächsten", "folgenden", "darauffolgenden")
	if !next && !t.is(ofDay) {
		return nil
	}
	p := b.at(i + 1)
	code := p.part
	if !p.upper || code == "" && (next || p.low != "tag") {
		return nil
	}
	n := t.days
	if next {
		n = 1
	}
	return b.one(rulePartOfDay, i, i+2, func(c *discourse, cl *claim) reading {
		day, anchor := c.anchor.Day, c.anchor.Kind
		if next {
			day, anchor = c.refDay(cl), anchoredInText
		}
		if day.IsZero() {
			r := untold(schemas.DateDate, "XXXX-XX-XX")
			return r.partOf(code)
		}
		r := dated(dayOf(day.AddDate(0, 0, n)))
		r.anchor = anchor
		return r.partOf(code)
	})
}
