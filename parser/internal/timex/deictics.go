package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// deicticFinders are the words that point from the moment of writing, or from the day the text is at; the first that finds wins.
var deicticFinders = [...]finder{deicticDays, thisYears, references, neighbours, edges}

// deictics reads words that point from the moment of writing: "heute", "gestern Abend", "heuer", "damals", "im Moment", "Zukunft".
func deictics(b *block, i int) []claim {
	if b.at(i).Kind != text.Word {
		return nil
	}
	for _, f := range deicticFinders {
		if cs := f(b, i); cs != nil {
			return cs
		}
	}
	return nil
}

// thisYears is "heuer".
func thisYears(b *block, i int) []claim {
	if !b.at(i).is(thisYear) {
		return nil
	}
	return b.one(ruleDeicticYear, i, i+1, relativeTo(phrase{unit: "Y"}))
}

// references are times that cannot be told more exactly.
func references(b *block, i int) []claim {
	t := b.at(i)
	switch {
	case t.is(nowadays) && !t.upper:
		if b.at(i+1).day > 0 {
			return nil
		}
		return b.reference(i, i+1, "PRESENT_REF")
	case t.reference != "" && (!t.upper || b.sentenceStart(i) || b.shout(i)):
		if t.low == "früher" && b.comparative(i) {
			return nil
		}
		return b.reference(i, i+1, t.reference)
	}
	if ph, to := b.fixed(i, "reference"); ph != nil {
		return b.reference(i, to, ph.value)
	}
	return nil
}

func (b *block) reference(from, to int, value string) []claim {
	return b.one(ruleReference, from, to, fixed(untold(schemas.DateDate, value)))
}

// comparative reports whether "früher" at token i means "earlier than", not "formerly".
func (b *block) comparative(i int) bool {
	return b.is(i+1, "oder", "als") || b.at(i-1).is(definite) || b.is(i-1, "je", "ein", "viel", "noch")
}

// neighbours are the days before and after the one the text speaks of: "am Tag zuvor", "Vortag".
func neighbours(b *block, i int) []claim {
	n, to := 0, i+1
	if t := b.at(i); t.is(neighbour) {
		n = t.days
	} else if ph, end := b.fixed(i, "neighbour"); ph != nil {
		n, to = ph.number, end
	}
	switch {
	case n < 0:
		return b.one(ruleDayBefore, i, to, fromText(n))
	case n > 0:
		return b.one(ruleDayAfter, i, to, fromText(n))
	}
	return nil
}

// edges are the ends of periods in one word: "zum Jahresende".
func edges(b *block, i int) []claim {
	t := b.at(i)
	if !t.is(edgeOf) || !t.upper || !b.at(i-1).is(beforeEdge) {
		return nil
	}
	if y := b.integer(i + 1); t.period == "Y" && y >= 1900 && y <= lastYear {
		return b.one(ruleYear, i, i+2, atYear(y))
	}
	return b.one(ruleRelative, i, i+1, relativeTo(phrase{unit: t.period}))
}

// deicticDays are "heute", "gestern Abend", "morgen früh".
func deicticDays(b *block, i int) []claim {
	t := b.at(i)
	morning := t.low == "morgen"
	if !t.is(deictic) || t.upper && !b.sentenceStart(i) && (morning || !b.shout(i)) {
		return nil
	}
	if morning && b.at(i-1).is(beforeMorning) {
		return nil
	}
	code, to := "", i+1
	if p := b.at(to); p.is(partOfToday) && !(morning && p.low == "morgen") {
		code = p.part
		to++
	}
	today := t.low == "heute"
	if today && b.is(to, "in") && b.is(i-1, "ab") { // ab heute in einer Woche
		to = i + 1
	}
	return b.one(ruleDeicticDay, i, to, atDeictic(t.days, code, today))
}

// atDeictic is the day n days from the anchor, or the part of it that code names.
func atDeictic(n int, code string, today bool) evaluation {
	return func(c *discourse, cl *claim) reading {
		switch {
		case today && code == "" && c.generic(cl), !c.known() && n == 0:
			return untold(schemas.DateDate, "PRESENT_REF")
		case !c.known():
			return untold(schemas.DateDate, "XXXX-XX-XX")
		}
		return c.anchored(dayOf(c.anchor.Day.AddDate(0, 0, n))).partOf(code)
	}
}

// generic reports whether "heute" means "nowadays": in texts that speak of no other day from today's point of view, unless the
// clause tells something done or to be done today.
func (c *discourse) generic(cl *claim) bool {
	b := cl.b
	switch {
	case b.is(cl.from-1, "ab", "seit", "für", "bis"), b.is(cl.to, "um", "ab", "gegen"), c.countsDays():
		return false
	case b.clockFollows(cl.to): // Heute Bürgersprechstunde 17 Uhr
		return false
	case b.clock(cl.to).sure: // für heute 21:30 Uhr
		return false
	case b.eventNear(cl.from-eventReach, cl.to+eventReach, b.at(cl.from).Sent): // heute startet die Aktion
		return false
	case b.is(cl.to, "noch", "wie"), b.is(cl.from-1, "noch", "von", "als"):
		return true
	case b.is(cl.to, ","), b.is(cl.from-1, "hat", "haben", "wurde", "wurden"):
		return false
	}
	return cl.tense() != past
}

// clockFollows reports a time of day behind token i, in the same sentence.
func (b *block) clockFollows(i int) bool {
	for k := i; k < i+clockAfterToday && b.at(k).Sent == b.at(i-1).Sent; k++ {
		if b.is(k, "uhr") && b.digits(k-1) {
			return true
		}
	}
	return false
}

// countsDays reports whether the text counts days from its own; it is asked once, and of few texts.
func (c *discourse) countsDays() bool {
	if c.daily == unasked {
		c.daily = no
		if speaksOfDays(c.d, c.low) {
			c.daily = yes
		}
	}
	return c.daily == yes
}

// eventNear reports a verb that tells of something done on one day, from token i to j of the sentence.
func (b *block) eventNear(i, j, sent int) bool {
	for ; i <= j; i++ {
		if t := b.at(i); t.is(events) && t.Sent == sent {
			return true
		}
	}
	return false
}

// speaksOfDays reports whether the text counts days from its own: gestern, morgen, heute Abend, am heutigen Samstag. low is its text in
// lower case.
func speaksOfDays(d *text.Doc, low string) bool {
	for i, t := range d.Tokens {
		if t.Kind != text.Word || len(t.Text) < 6 || len(t.Text) > 10 {
			continue
		}
		switch low[t.Start:t.End] {
		case "gestern", "vorgestern", "übermorgen", "gestrigen", "morgigen":
			return true
		case "morgen":
			if t.Text == "morgen" && i > 0 && d.Tokens[i-1].Text != "am" {
				return true
			}
		case "heutigen":
			if i+1 < len(d.Tokens) {
				next := strings.ToLower(d.Tokens[i+1].Text)
				if day, _ := dayName(lookUp(next), next); day > 0 {
					return true
				}
			}
		}
	}
	return false
}
