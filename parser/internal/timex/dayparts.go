package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// dayparts reads parts of a day without a weekday: "am Abend", "frühen Nachmittag", "nachts", "um Mitternacht", "Nacht des 14. August".
func dayparts(b *block, i int) []claim {
	t := b.at(i)
	if t.Kind != text.Word {
		return nil
	}
	if b.is(i, "nachts", "morgens", "abends", "mittags", "vormittags", "nachmittags", "frühmorgens") {
		if t.upper && !b.sentenceStart(i) && !b.is(i-1, "des") || b.is(i-1, "uhr") || b.digits(i-1) {
			return nil
		}
		code := partsOfDay[t.low]
		return []claim{b.claim(rulePartOfDay, i, i+1, func(c *context, cl *claim) reading {
			if day := c.refDay(cl); !day.IsZero() && cl.b.at(cl.from).Sent-c.daySent <= 4 {
				return reading{typ: schemas.DateTime, value: iso(day) + "T" + code, from: day, to: day, anchor: anchoredInText}
			}
			if cl.b.is(cl.from-1, "des") && c.known() {
				return reading{typ: schemas.DateTime, value: iso(c.anchor.Day) + "T" + code, from: c.anchor.Day, to: c.anchor.Day, anchor: c.anchor.Kind}
			}
			return reading{typ: schemas.DateSet, value: "XXXX-XX-XXT" + code, quant: "every"}
		})}
	}
	if cs := b.adjectiveDay(i); cs != nil {
		return cs
	}
	j := i
	if b.is(j, "diesem", "diesen", "dieser") {
		j++
	}
	if b.is(j, "frühen", "späten", "selben", "gleichen") {
		j++
	}
	t = b.at(j)
	code := partsOfDay[t.low]
	if code == "" || !t.upper || strings.HasSuffix(t.low, "nächte") || b.sentenceStart(j) && j == i {
		return nil
	}
	if t.low == "früh" && b.is(i-3, "uhr") { // um 6 Uhr in der Früh: the time says it
		return nil
	}
	if t.low == "morgen" && b.is(j-1, "guten") || t.low == "abend" && b.is(j-1, "heiligen", "guten", "heilige") || t.low == "nacht" && b.is(j-1, "heiligen", "gute") {
		return nil
	}
	if b.is(j, "mitternacht") && b.is(i-1, "um", "gegen", "bis", "vor", "nach", "seit", "ab") {
		return []claim{b.claim(ruleClock, i, j+1, atClock(24, 0))}
	}
	prev := b.is(i-1, "am", "zum", "gegen", "bis", "um", "seit", "ab", "vom", "zur") || b.is(i-1, "der") && b.is(i-2, "in", "während", "bis") || b.is(i-1, "die") && b.is(i-2, "in", "durch") || b.is(i-1, "den") && b.is(i-2, "in", "bis", "durch") || b.is(i, "diesem", "diesen", "dieser")
	if b.is(i-1, "des") && strings.HasSuffix(t.low, "s") {
		prev = true
	}
	if !prev {
		return nil
	}
	to := j + 1
	if t.low == "nacht" || t.low == "abend" || t.low == "morgen" || t.low == "vorabend" {
		if b.is(to, "des", "vom", "auf", "zum", "zu") {
			k := to + 1
			if b.is(k, "den", "dem") {
				k++
			}
			if b.is(to, "des", "vom") {
				if it, ok := b.dayItem(k); ok && it.m > 0 {
					return []claim{b.claim(rulePartOfDay, i, it.to, func(c *context, cl *claim) reading {
						r := c.resolveDay(cl, it)
						if r.typ == schemas.DateDate && !r.from.IsZero() {
							r.typ, r.value = schemas.DateTime, r.value+"T"+code
						}
						return r
					})}
				}
				if b.is(to, "des") || t.low == "vorabend" {
					return nil
				}
			} else if n, ok := b.dayItem(k); ok && n.m > 0 {
				return nil // in der Nacht auf den 28. Juli: the day is the expression
			} else if wd, _ := dayName(b.at(k).low); wd > 0 {
				return nil
			}
		}
	}
	return []claim{b.claim(rulePartOfDay, i, to, func(c *context, cl *claim) reading {
		return c.timed(cl, "T"+code, "XXXX-XX-XX")
	})}
}

// adjectiveDay is a part of a day after an adjective that names the day: "gestrigen Vormittag", "nächsten Morgen".
func (b *block) adjectiveDay(i int) []claim {
	n, fromText := 0, false
	switch b.at(i).low {
	case "gestrigen", "gestrige", "gestriger":
		n = -1
	case "heutigen", "heutige":
	case "morgigen", "morgige":
		n = 1
	case "nächsten", "folgenden", "darauffolgenden":
		n, fromText = 1, true
	default:
		return nil
	}
	t := b.at(i + 1)
	code := partsOfDay[t.low]
	day := b.is(i+1, "tag") && !fromText
	if !t.upper || code == "" && !day {
		return nil
	}
	return []claim{b.claim(rulePartOfDay, i, i+2, func(c *context, cl *claim) reading {
		ref, anchor := c.anchor.Day, c.anchor.Kind
		if fromText {
			ref, anchor = c.refDay(cl), anchoredInText
		}
		switch {
		case ref.IsZero() && day:
			return open(schemas.DateDate, "XXXX-XX-XX")
		case ref.IsZero():
			return open(schemas.DateTime, "XXXX-XX-XXT"+code)
		}
		r := c.dated(dayOf(ref.AddDate(0, 0, n)))
		r.anchor = anchor
		if !day {
			r.typ, r.value = schemas.DateTime, r.value+"T"+code
		}
		return r
	})}
}
