package timex

import (
	"fmt"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// clocks reads times of day: "18 Uhr", "18.30 Uhr", "18:30", "halb neun", "neun Uhr", and ranges of them: "14 bis 18 Uhr".
func clocks(b *block, i int) []claim {
	if b.reference(i) {
		return nil
	}
	h, m, next, sure := b.clock(i)
	if next == 0 {
		return nil
	}
	if b.afternoon(i, next) && h < 12 {
		h += 12
	}
	first := b.claim(ruleClock, i, next, atClock(h, m))
	j := next
	if k := b.rangeSeparator(j); k > 0 {
		if h2, m2, n2, sure2 := b.clock(k); n2 > 0 && (sure || sure2) {
			first.rule = ruleClockRange
			return []claim{first, b.claim(ruleClockRange, k, n2, atClock(h2, m2))}
		}
	}
	if !sure {
		if b.at(next).Text == "," && b.is(i-1, "um", "ab", "jeweils", "gegen", "ca") {
			return b.clockList(i)
		}
		return nil
	}
	return []claim{first}
}

// clockList is an enumeration with one "Uhr" at its end: "um 7.15, 8.15 und 9.15 Uhr".
func (b *block) clockList(i int) []claim {
	var out []claim
	for len(out) < 12 {
		h, m, next, sure := b.clock(i)
		if next == 0 {
			return nil
		}
		out = append(out, b.claim(ruleClockList, i, next, atClock(h, m)))
		if sure {
			return out
		}
		if b.at(next).Text != "," && !b.is(next, "und", "sowie") {
			return nil
		}
		i = next + 1
	}
	return nil
}

// afternoon reports whether a part of the day beside the time says that it counts from noon: "8 Uhr abends", "am Abend um acht".
func (b *block) afternoon(i, next int) bool {
	later := func(w string) bool {
		if wd, part := dayName(w); wd > 0 {
			return part == "AF" || part == "EV"
		}
		return partsOfDay[w] == "AF" || partsOfDay[w] == "EV"
	}
	return b.is(next, "abends", "nachmittags") || b.is(next, "am") && later(b.at(next+1).low) || b.is(i-1, "um", "gegen", "ab") && later(b.at(i-2).low)
}

// bareHour is a number word that stands for a time: "abends um acht", "heute um elf", "beginnt um sieben."
func (b *block) bareHour(i int) bool {
	if !b.is(i-1, "um") || b.at(i).upper || b.at(i+1).upper || b.unitAfter(i+1) {
		return false
	}
	p := b.at(i - 2)
	wd, _ := dayName(p.low)
	_, deictic := deicticDays[p.low]
	if wd > 0 || deictic || partsOfDay[p.low] != "" {
		return true
	}
	n := b.at(i + 1)
	return n.Text == "." || n.Text == "," || n.Sent != b.at(i).Sent || b.is(i+1, "am", "morgens", "abends", "nachmittags")
}

// rangeSeparator is the token after "bis", "bis zum", "–", "und" (zwischen 8 und 12 Uhr) at token i, 0 for none.
func (b *block) rangeSeparator(i int) int {
	switch {
	case b.is(i, "bis", "und", "oder") || dash(b.at(i).Text):
		i++
		if b.is(i, "gegen", "ca", "circa", "etwa", "um") {
			i++
		}
		return i
	case b.at(i).Text == "/":
		return i + 1
	}
	return 0
}

// clock reads one time at token i. It is sure if "Uhr" follows, or a colon and a preposition of time say so.
func (b *block) clock(i int) (h, m, next int, sure bool) {
	t := b.at(i)
	switch t.Kind {
	case text.Number:
		h, m, ok := hourMinute(t.Text)
		if !ok {
			return 0, 0, 0, false
		}
		if b.is(i+1, "uhr", "h") {
			return h, m, i + 2, true
		}
		if strings.Contains(t.Text, ":") {
			label := b.at(i-1).Text == ":" && b.is(i-2, "beginn", "uhrzeit", "einlass", "start", "ende", "zeit", "abfahrt", "ankunft", "anpfiff", "treffpunkt")
			dated := (b.at(i-1).Text == "," || b.at(i-1).Text == "|") && b.digits(i-2) && len(t.Text) > 3 && t.Text[len(t.Text)-3] == ':'
			sure = label || dated || b.span(i) || b.is(i-1, "um", "ab", "gegen", "von", "bis", "zwischen", "vor", "nach", "beginn") && len(t.Text) > 3 && (b.at(i-1).low != "von" || b.is(i+1, "bis") || dash(b.at(i+1).Text))
		}
		return h, m, i + 1, sure
	case text.Word:
		if n := len(t.low) - len("Uhr"); n > 0 && strings.HasSuffix(t.low, "uhr") && t.Text[0] >= '0' && t.Text[0] <= '9' {
			if h, m, ok := hourMinute(t.Text[:n]); ok {
				return h, m, i + 1, true
			}
		}
		if n := len(t.low) - 1; n > 0 && n <= 2 && t.low[n] == 'h' && (b.is(i-1, "um", "ab", "von", "bis", "gegen") || dash(b.at(i-1).Text) && b.digits(i-2)) { // um 19h, 18-20h
			if h, m, ok := hourMinute(t.Text[:n]); ok {
				return h, m, i + 1, true
			}
		}
		if b.is(i, "halb") {
			if h := cardinal(b.at(i + 1).low); h >= 1 && h <= 12 {
				return h - 1, 30, i + 2, true
			}
		}
		if b.is(i, "viertel", "dreiviertel") {
			if b.is(i+1, "vor", "nach") {
				if h := b.hourWord(i + 2); h > 0 {
					if b.is(i+1, "vor") {
						return h - 1, 45, b.skipUhr(i + 3), true
					}
					return h % 24, 15, b.skipUhr(i + 3), true
				}
			}
		}
		if h := cardinal(t.low); h >= 1 && h <= 24 && b.is(i+1, "uhr") && !(indefinite[t.low] && t.low != "ein") {
			if m := cardinal(b.at(i + 2).low); m > 0 && m < 60 && units[b.at(i+3).low] == "" {
				return h % 24, m, i + 3, true
			}
			return h % 24, 0, i + 2, true
		} else if h >= 1 && h <= 12 && t.low != "ein" && t.low != "eine" && t.low != "einen" && t.low != "einem" && b.bareHour(i) {
			return h, 0, i + 1, true
		}
	}
	return 0, 0, 0, false
}

func (b *block) hourWord(i int) int {
	if n := b.integer(i); n >= 1 && n <= 24 {
		return n
	}
	if n := cardinal(b.at(i).low); n >= 1 && n <= 12 {
		return n
	}
	return 0
}

func (b *block) skipUhr(i int) int {
	if b.is(i, "uhr") {
		return i + 1
	}
	return i
}

// span reports two times with colons around a dash: 14:00 - 16:30. Scores (3:1 - 2:1) have no two-digit second half.
func (b *block) span(i int) bool {
	for _, k := range []int{i + 2, i - 2} {
		if o := b.at(k); o.Kind == text.Number && dash(b.at((i+k)/2).Text) {
			s, e := b.at(min(i, k)).Text, b.at(max(i, k)).Text
			h1, m1, ok1 := hourMinute(s)
			h2, m2, ok2 := hourMinute(e)
			return ok1 && ok2 && strings.Contains(s, ":") && strings.Contains(e, ":") && h1*60+m1 < h2*60+m2
		}
	}
	return false
}

// hourMinute reads 18, 18.30 and 18:30; 24 is midnight.
func hourMinute(s string) (h, m int, ok bool) {
	hs, ms, cut := strings.Cut(s, ":")
	if !cut {
		hs, ms, cut = strings.Cut(s, ".")
	}
	if len(hs) > 2 || cut && len(ms) != 2 {
		return 0, 0, false
	}
	h = atoi(hs)
	if cut {
		m = atoi(ms)
	}
	if h < 0 || m < 0 || h > 24 || m > 59 || h == 24 && m > 0 {
		return 0, 0, false
	}
	return h, m, true
}

// atClock is a time of the day the text speaks of.
func atClock(h, m int) func(*context, *claim) reading {
	return func(c *context, cl *claim) reading {
		return c.timed(cl, fmt.Sprintf("T%02d:%02d", h, m), "")
	}
}

// timed ties a time to its day: one that follows directly ("um 18 Uhr am 12. März"), else the day last named; several days or none
// leave the time alone, after prefix.
func (c *context) timed(cl *claim, value, prefix string) reading {
	if day := c.dayAhead(cl); !day.IsZero() {
		return reading{typ: schemas.DateTime, value: iso(day) + value, from: day, to: day, anchor: anchoredInText}
	}
	if b := cl.b; b.is(cl.from-1, "jeweils") || b.is(cl.from-2, "jeweils") {
		return open(schemas.DateTime, prefix+value)
	}
	if day := c.refDay(cl); !day.IsZero() {
		return reading{typ: schemas.DateTime, value: iso(day) + value, from: day, to: day, anchor: anchoredInText}
	}
	return open(schemas.DateTime, prefix+value)
}

// dayAhead is the day that the next claim names if it follows within two tokens of the same sentence and no day was named in the
// sentence before.
func (c *context) dayAhead(cl *claim) time.Time {
	if len(c.rest) == 0 {
		return time.Time{}
	}
	n := &c.rest[0]
	if n.from-cl.to > 2 || n.b.at(n.from).Sent != cl.b.at(cl.from).Sent || c.daySent == cl.b.at(cl.from).Sent {
		return time.Time{}
	}
	if !n.kind.day() && n.kind != weekdayKind {
		return time.Time{}
	}
	if cl.b.at(cl.to).Text == ";" || cl.b.at(cl.to).Text == "." {
		return time.Time{}
	}
	saved := c.rest
	c.rest = saved[1:]
	r := n.eval(c, n)
	c.rest = saved
	if (r.typ == schemas.DateDate || r.typ == schemas.DateTime) && r.from.Equal(r.to) {
		return r.from
	}
	return time.Time{}
}
