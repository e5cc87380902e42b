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
	if n, end, ok := b.ofWeek(i); ok { // nächste Woche Dienstag
		if wd, part := dayName(b.at(end).low); wd > 0 && b.at(end).upper && b.at(end+1).Kind != text.Number {
			return []claim{b.claim("weekday", i, end+1, inWeek(n, wd, part))}
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
		if code := dayparts_[b.at(to).low]; code != "" && b.at(to).low != "nachts" && !strings.HasSuffix(b.at(to).low, "stunden") {
			part = code
			to++
		}
	}
	if b.is(to, "früh") && part != "" {
		to++
	}
	if n, end, ok := b.ofWeek(to); ok && !has && !this {
		return []claim{b.claim("weekday", i, end, inWeek(n, wd, part))}
	}
	return []claim{b.claim("weekday", i, to, func(c *context, cl *claim) reading {
		return c.resolveWeekday(cl, wd, part, this || today, has, rel, t.low)
	})}
}

// fitting is the day among the next dates of the sentence, within a few tokens, that falls on the weekday; zero for none.
func (c *context) fitting(cl *claim, wd int) time.Time {
	saved := c.rest
	defer func() { c.rest = saved }()
	for k := range min(len(saved), 4) {
		n := &saved[k]
		if n.from-cl.to > 8 || n.b.at(n.from).Sent != cl.b.at(cl.from).Sent {
			break
		}
		if !strings.HasPrefix(n.rule, "day") {
			continue
		}
		c.rest = nil
		if r := n.eval(c, n); !r.from.IsZero() && r.from.Equal(r.to) && isoDay(r.from) == wd {
			return r.from
		}
	}
	return time.Time{}
}

// habitual reports whether a weekday in a list of opening hours stands for every such day: "Donnerstag zusätzlich 14 bis 18 Uhr".
func (c *context) habitual(cl *claim) bool {
	b := cl.b
	if c.setBlock != b.at(cl.from).Block || b.is(cl.from-1, "am", "den", "vom", "bis") {
		return false
	}
	i := cl.to
	if b.is(i, "zusätzlich", "auch", "nur", "und", "sowie") {
		i++
	}
	return b.hours(i)
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

// ofWeek is "dieser Woche", "nächster Woche", "der kommenden Woche" at token i: weeks from the anchor's, and the token after it.
func (b *block) ofWeek(i int) (n, next int, ok bool) {
	if b.is(i, "der") {
		i++
	}
	if !b.is(i+1, "woche") || !b.at(i+1).upper {
		return 0, i, false
	}
	if these[b.at(i).low] {
		return 0, i + 2, true
	}
	n, ok = relatives[b.at(i).low]
	return n, i + 2, ok
}

func inWeek(n, wd int, part string) func(*context, *claim) reading {
	return func(c *context, _ *claim) reading {
		if !c.known() {
			return open(schemas.DateDate, "XXXX-WXX-"+string(rune('0'+wd)))
		}
		r := c.anchored(dayOf(weekOf(c.anchor.Day).from.AddDate(0, 0, 7*n+wd-1)))
		if part != "" {
			r.typ, r.value = schemas.DateTime, r.value+"T"+part
		}
		return r
	}
}

// nthWeekday is "zweiten Samstag im April", "letzten Sonntag im Juni 2024", "ersten Wochenende im Mai"; of the month without a name it
// is a set ("am ersten Sonntag im Monat").
func (b *block) nthWeekday(i int) []claim {
	n, j := b.ordinal(i)
	if n == 0 && b.is(i, "letzten", "letzter") {
		n, j = -1, i+1
	}
	if n == 0 || n > 5 {
		return nil
	}
	wd := weekdays[b.at(j).low]
	if b.is(j, "wochenende") {
		wd = 6
	}
	if wd == 0 || !b.at(j).upper || !b.is(j+1, "im", "des", "eines") {
		return nil
	}
	k := j + 2
	if b.is(k, "monat", "monats") {
		return []claim{b.claim("set-monthly", i, k+1, fixed(reading{typ: schemas.DateSet, value: "P1M", quant: "every"}))}
	}
	m := months[b.at(k).low]
	if m == 0 || !b.at(k).upper || shortMonths[b.at(k).low] {
		return nil
	}
	y, to := b.yearAfter(k + 1)
	of := func(y, m int) period {
		t := nth(1, wd, m)(y).AddDate(0, 0, 7*(n-1))
		if n < 0 {
			t = nth(1, wd, m+1)(y).AddDate(0, 0, -7)
		}
		if b.is(j, "wochenende") {
			return weekendOf(t)
		}
		return dayOf(t)
	}
	return []claim{b.claim("day-nth", i, to, func(c *context, cl *claim) reading {
		if y > 0 {
			return c.dated(of(y, m))
		}
		return c.yearless(cl, m, of, "XXXX-"+two(m)+"-XX")
	})}
}
