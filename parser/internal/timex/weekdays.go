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
				if code := dayparts_[strings.TrimPrefix(low[n:], "-")]; code != "" {
					return wd, code
				}
			}
		}
	}
	return 0, ""
}

// phrases reads weekdays: "Dienstag", "diesen Donnerstag", "kommenden Samstag", "Montagabend", "Sonntag früh".
func phrases(b *block, i int) []claim {
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
	t := b.at(j)
	wd, part := dayName(t.low)
	if wd == 0 || !t.upper || strings.HasSuffix(t.low, "s") && (b.sentenceStart(j) || !b.is(j-1, "des")) {
		return nil
	}
	to := j + 1
	if part == "" {
		if code := dayparts_[b.at(to).low]; code != "" && b.at(to).low != "nachts" && !strings.HasSuffix(b.at(to).low, "stunden") {
			part = code
			to++
		}
	}
	if b.is(to, "früh") && part != "" {
		to++
	}
	return []claim{b.claim("weekday", i, to, func(c *context, cl *claim) reading {
		return c.resolveWeekday(cl, wd, part, this || today, has, rel, t.low)
	})}
}

func (c *context) resolveWeekday(cl *claim, wd int, part string, this, has bool, rel int, _ string) reading {
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
		// In parentheses or beside a date that fits, the weekday belongs to that date.
		if n := c.next; n != nil && n.from == cl.to+1 && cl.b.at(cl.to).Text == "(" && strings.HasPrefix(n.rule, "day") {
			saved := c.next
			c.next = nil
			r := n.eval(c, n)
			c.next = saved
			if !r.from.IsZero() && isoDay(r.from) == wd {
				day = r.from
				break
			}
		}
		switch t := cl.b.tense(cl.from, cl.to); {
		case t == past:
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

// openings reads runs of weekdays, as in opening hours: "montags bis freitags", "Mo-Fr", "Montag bis Donnerstag". Both ends are claimed;
// with "von … bis" before or hours after them they are sets.
func openings(b *block, i int) []claim {
	t := b.at(i)
	if t.Kind != text.Word || !t.upper && !strings.HasSuffix(t.low, "s") {
		return nil
	}
	if l, r, ok := strings.Cut(t.low, "-"); ok && t.upper && shortDays[l] > 0 && shortDays[r] > 0 && b.hours(i+1) {
		first, last := b.claim("opening-days", i, i+1, weekly(shortDays[l])), b.claim("opening-days", i, i+1, weekly(shortDays[r]))
		first.end = t.Start + len(l)
		last.start = t.End - len(r)
		return []claim{first, last}
	}
	wd, short := weekdays[t.low], false
	if wd == 0 {
		wd, short = shortDays[t.low], true
	}
	if wd == 0 {
		return nil
	}
	j := i + 1
	if short && b.at(j).Text == "." && b.glued(j) {
		j++
	}
	run := []claim{b.claim("opening-days", i, j, weekly(wd))}
	for len(run) < 7 {
		k := j
		if !b.is(k, "bis", "und") && !dash(b.at(k).Text) && b.at(k).Text != "," && b.at(k).Text != "+" && b.at(k).Text != "/" && b.at(k).Text != "&" {
			break
		}
		k++
		n := weekdays[b.at(k).low]
		if n == 0 && short {
			n = shortDays[b.at(k).low]
		}
		if n == 0 {
			break
		}
		j = k + 1
		if short && b.at(j).Text == "." && b.glued(j) {
			j++
		}
		run = append(run, b.claim("opening-days", k, j, weekly(n)))
	}
	habitual := strings.HasSuffix(t.low, "s") && !t.upper
	if short {
		if !b.hours(j) {
			return nil
		}
	} else if !habitual && (len(run) == 1 || !b.hours(j)) {
		return nil
	}
	if len(run) == 1 && !short {
		return nil // sets reads "dienstags"
	}
	return run
}

// hours reports whether clock times, or a colon before them, follow token i.
func (b *block) hours(i int) bool {
	for n := 0; n < 4; n++ {
		switch {
		case b.at(i).Text == ":" || b.at(i).Text == "," || b.at(i).Text == "." || b.is(i, "von", "jeweils", "ab"):
			i++
			continue
		}
		break
	}
	_, _, next, sure := b.clock(i)
	if next == 0 {
		return false
	}
	if sure || strings.Contains(b.at(i).Text, ":") {
		return true
	}
	k := b.rangeSeparator(next)
	if k == 0 {
		return false
	}
	_, _, next, sure = b.clock(k)
	return next > 0 && sure
}

func weekly(wd int) func(*context, *claim) reading {
	return fixed(reading{typ: schemas.DateSet, value: "XXXX-WXX-" + string(rune('0'+wd)), quant: "every"})
}
