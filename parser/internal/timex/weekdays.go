package timex

import (
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// dayName splits "Montagabend" into the weekday and the code of the part of the day ("" for a bare weekday); 0 for other words.
func dayName(low string) (weekday int, part string) {
	if wd := weekdays[low]; wd > 0 {
		return wd, ""
	}
	for _, n := range []int{6, 7, 8, 10} { // lengths of the names of weekdays
		if len(low) > n+2 {
			if wd := weekdays[low[:n]]; wd > 0 {
				if code := partsOfDay[strings.TrimPrefix(low[n:], "-")]; code != "" {
					return wd, code
				}
			}
		}
	}
	return 0, ""
}

// weekdayPhrases reads weekdays: "Dienstag", "diesen Donnerstag", "kommenden Samstag", "Montagabend", "Sonntag früh".
func weekdayPhrases(b *block, i int) []claim {
	if cs := vorjahr(b, i); cs != nil {
		return cs
	}
	j := i
	this, today := false, false
	rel, has := 0, false
	if these[b.at(j).low] {
		this = true
		j++
	}
	if r, ok := relatives[b.at(j).low]; ok {
		rel, has = r, true
		j++
	} else if b.is(j, "heutige", "heutigen", "gestrige", "gestrigen", "morgige", "morgigen") {
		today = true
		j++
	}
	if n, end, ok := b.ofWeek(i); ok { // nächste Woche Dienstag
		if wd, part := dayName(b.at(end).low); wd > 0 && b.at(end).upper && b.at(end+1).Kind != text.Number {
			return []claim{b.claim(ruleWeekday, i, end+1, inWeek(n, wd, part))}
		}
	}
	if cs := b.nthWeekday(i); cs != nil {
		return cs
	}
	t := b.at(j)
	wd, part := dayName(t.low)
	if wd == 0 || !t.upper || strings.HasSuffix(t.low, "s") && (b.sentenceStart(j) || !b.is(j-1, "des")) {
		return nil
	}
	to := j + 1
	if part == "" {
		if code := partsOfDay[b.at(to).low]; code != "" && b.at(to).low != "nachts" && !strings.HasSuffix(b.at(to).low, "stunden") {
			part = code
			to++
		}
	}
	if b.is(to, "früh") && part != "" {
		to++
	}
	if n, end, ok := b.ofWeek(to); ok && !has && !this {
		return []claim{b.claim(ruleWeekday, i, end, inWeek(n, wd, part))}
	}
	return []claim{b.claim(ruleWeekday, i, to, func(c *context, cl *claim) reading {
		return c.resolveWeekday(cl, wd, part, this || today, has, rel, t.low)
	})}
}

// fitting is the day among the next dates of the sentence, within a few tokens, that falls on the weekday; zero for none.
func (c *context) fitting(cl *claim, wd int) time.Time {
	saved := c.rest
	defer func() { c.rest = saved }()
	for k := range min(len(saved), 4) {
		n := &saved[k]
		if n.from-cl.to > 8 || n.b.at(n.from).Sent != cl.b.at(cl.from).Sent || !cl.b.list(cl.to, n.from) {
			break
		}
		if !n.kind.day() {
			continue
		}
		c.rest = nil
		if r := n.eval(c, n); !r.from.IsZero() && r.from.Equal(r.to) && isoDay(r.from) == wd {
			return r.from
		}
	}
	return time.Time{}
}

// list reports whether the tokens from i to j only join days: weekdays, numbers, marks, "und", "bis", "auf".
func (b *block) list(i, j int) bool {
	for ; i < j; i++ {
		if t := b.at(i); t.Kind == text.Word && weekdays[t.low] == 0 && months[t.low] == 0 && !b.is(i, "und", "bis", "auf", "oder", "zum", "den", "dem") {
			return false
		}
	}
	return true
}

func (c *context) resolveWeekday(cl *claim, wd int, part string, this, has bool, rel int, _ string) reading {
	if !this && !has && part == "" && c.habitual(cl) {
		return weekly(wd)(c, cl)
	}
	if !c.known() {
		v := "XXXX-WXX-" + string(rune('0'+wd))
		if part != "" {
			return open(schemas.DateTime, v+"T"+part)
		}
		return open(schemas.DateDate, v)
	}
	a := c.anchor.Day
	ahead := (wd - isoDay(a) + 7) % 7 // days to the next such day, today included
	back := (isoDay(a) - wd + 7) % 7
	var day time.Time
	switch {
	case this && cl.b.is(cl.from, "gestrigen", "gestrige"):
		day = a.AddDate(0, 0, -1)
	case this:
		day = a.AddDate(0, 0, ahead)
		if cl.b.tense(cl.from, cl.to) == past && ahead > 3 {
			day = a.AddDate(0, 0, -back)
		}
	case has && rel < 0:
		if back == 0 {
			back = 7
		}
		day = a.AddDate(0, 0, -back)
	case has && rel > 0:
		if ahead == 0 {
			ahead = 7
		}
		day = a.AddDate(0, 0, ahead)
	default:
		// Before a date in parentheses or a list of dates, the weekday belongs to the one that fits.
		if day = c.fitting(cl, wd); !day.IsZero() {
			break
		}
		if b := cl.b; (b.is(cl.from-1, "bis", "auf", "und") || dash(b.at(cl.from-1).Text) || b.at(cl.from-1).Text == "/") && !c.day.IsZero() {
			if first, _ := dayName(b.at(cl.from - 2).low); first > 0 && first == isoDay(c.day) {
				day = c.day.AddDate(0, 0, (wd-first+7)%7) // Montag bis Mittwoch
				break
			}
		}
		switch t := cl.b.tense(cl.from, cl.to); {
		case t == past, cl.b.is(cl.from-1, "vom") && !cl.b.is(cl.to, "bis", "an"):
			day = a.AddDate(0, 0, -back)
		case t == unknown && ahead > 4:
			day = a.AddDate(0, 0, -back)
		default:
			day = a.AddDate(0, 0, ahead)
		}
	}
	if part != "" {
		return reading{typ: schemas.DateTime, value: iso(day) + "T" + part, from: day, to: day, anchor: c.anchor.Kind}
	}
	return c.anchored(dayOf(day))
}
