package timex

import (
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// holiday gives the days of a feast in a year.
type holiday struct {
	month, day int // fixed feasts
	easter     int // else days from Easter Sunday
	days       int // how long it lasts, beyond the first
	floating   func(y int) time.Time
}

func (h holiday) in(y int) period {
	var t time.Time
	switch {
	case h.floating != nil:
		t = h.floating(y)
	case h.month > 0:
		t = date(y, h.month, h.day)
	default:
		t = easter(y).AddDate(0, 0, h.easter)
	}
	p := dayOf(t)
	p.to = t.AddDate(0, 0, h.days)
	return p
}

// advent is the n-th Sunday of Advent: the fourth is the last Sunday before Christmas Day.
func advent(n int) func(int) time.Time {
	return func(y int) time.Time {
		fourth := date(y, 12, 24)
		fourth = fourth.AddDate(0, 0, -(isoDay(fourth) % 7))
		return fourth.AddDate(0, 0, -7*(4-n))
	}
}

// nth is the n-th weekday of a month.
func nth(n, weekday, month int) func(int) time.Time {
	return func(y int) time.Time {
		t := date(y, month, 1)
		return t.AddDate(0, 0, (weekday-isoDay(t)+7)%7+7*(n-1))
	}
}

var holidayDays = map[string]holiday{
	"neujahr": {month: 1, day: 1}, "neujahrstag": {month: 1, day: 1}, "dreikönig": {month: 1, day: 6}, "dreikönigstag": {month: 1, day: 6}, "valentinstag": {month: 2, day: 14},
	"weiberfastnacht": {easter: -52}, "rosenmontag": {easter: -48}, "faschingsdienstag": {easter: -47}, "veilchendienstag": {easter: -47}, "aschermittwoch": {easter: -46}, "palmsonntag": {easter: -7},
	"gründonnerstag": {easter: -3}, "karfreitag": {easter: -2}, "karsamstag": {easter: -1}, "ostern": {easter: 0, days: 1}, "ostersonntag": {easter: 0}, "ostermontag": {easter: 1},
	"himmelfahrt": {easter: 39}, "pfingsten": {easter: 49, days: 1}, "pfingstsonntag": {easter: 49}, "pfingstmontag": {easter: 50}, "fronleichnam": {easter: 60},
	"weltfrauentag": {month: 3, day: 8}, "frauentag": {month: 3, day: 8}, "muttertag": {floating: nth(2, 7, 5)}, "vatertag": {easter: 39}, "maifeiertag": {month: 5, day: 1},
	"johannistag": {month: 6, day: 24}, "weltkindertag": {month: 9, day: 20}, "reformationstag": {month: 10, day: 31}, "halloween": {month: 10, day: 31},
	"allerheiligen": {month: 11, day: 1}, "allerseelen": {month: 11, day: 2}, "martinstag": {month: 11, day: 11}, "volkstrauertag": {floating: func(y int) time.Time { return advent(1)(y).AddDate(0, 0, -14) }},
	"totensonntag": {floating: func(y int) time.Time { return advent(1)(y).AddDate(0, 0, -7) }}, "ewigkeitssonntag": {floating: func(y int) time.Time { return advent(1)(y).AddDate(0, 0, -7) }},
	"nikolaus": {month: 12, day: 6}, "nikolaustag": {month: 12, day: 6}, "nikolausabend": {month: 12, day: 5}, "heiligabend": {month: 12, day: 24}, "weihnachten": {month: 12, day: 25, days: 1}, "weihnachtstag": {month: 12, day: 25}, "silvester": {month: 12, day: 31}, "silvesterabend": {month: 12, day: 31}, "silvesternacht": {month: 12, day: 31}, "weihnachtsfeiertage": {month: 12, day: 25, days: 1}, "weihnachtsfeiertagen": {month: 12, day: 25, days: 1}, "osterfeiertage": {easter: -2, days: 3}, "osterfeiertagen": {easter: -2, days: 3}, "osterwochenende": {easter: -1, days: 1}, "pfingstwochenende": {easter: 48, days: 1},
	"adventssonntag": {floating: advent(1)}, "advent": {floating: advent(1)},
}

// nameHolidays are also names of people or wines: only after a preposition of time.
var nameHolidays = words("nikolaus advent himmelfahrt")

// holidays reads feasts: "Ostern", "Weihnachten 2024", "2. Advent", "Internationaler Frauentag", "Tag der Deutschen Einheit", "Tag der Arbeit".
func holidays(b *block, i int) []claim {
	h, to := b.holiday(i)
	if to == 0 {
		return nil
	}
	y, k := b.yearAfter(to)
	if y > 0 {
		to = k
	}
	return []claim{b.claim(ruleHoliday, i, to, func(c *context, cl *claim) reading {
		if y > 0 {
			return c.dated(h.in(y))
		}
		if !c.known() {
			if h.month > 0 {
				return open(schemas.DateDate, "XXXX-"+two(h.month)+"-"+two(h.day))
			}
			return open(schemas.DateDate, "XXXX-XX-XX")
		}
		a := c.anchor.Day
		p := h.in(a.Year())
		t := cl.b.tense(cl.from, cl.to)
		best := nearestYear(a, int(p.from.Month()), p.from.Day(), t)
		return c.anchored(h.in(best))
	})}
}

func (b *block) holiday(i int) (holiday, int) {
	t := b.at(i)
	n, k := 0, i
	if o, next := b.ordinal(i); o > 0 {
		n, k = o, next
		if b.is(k, "advent", "adventssonntag", "adventswochenende") && n <= 4 && b.at(k).upper {
			return holiday{floating: advent(n)}, k + 1
		}
		if b.is(k, "weihnachtstag", "weihnachtsfeiertag") && n <= 2 {
			return holiday{month: 12, day: 24 + n}, k + 1
		}
		return holiday{}, 0
	}
	if !t.upper {
		return holiday{}, 0
	}
	switch {
	case b.is(i, "tag", "tages", "tags") && b.is(i+1, "der"):
		switch {
		case b.is(i+2, "deutschen") && b.is(i+3, "einheit"):
			return holiday{month: 10, day: 3}, i + 4
		case b.is(i+2, "arbeit"):
			return holiday{month: 5, day: 1}, i + 3
		}
	case b.is(i, "christi") && b.is(i+1, "himmelfahrt"):
		return holiday{easter: 39}, i + 2
	case b.is(i, "heiligen", "heilige") && b.is(i+1, "drei") && b.is(i+2, "könige", "königen"):
		return holiday{month: 1, day: 6}, i + 3
	case b.is(i, "heiliger", "heiligen") && b.is(i+1, "abend"):
		return holiday{month: 12, day: 24}, i + 2
	case b.is(i, "internationalen", "internationaler") && b.is(i+1, "frauentag", "frauentags", "frauentages"):
		return holiday{month: 3, day: 8}, i + 2
	case b.is(i, "buß") || b.is(i, "buß-"):
		if b.is(i+1, "und") && b.is(i+2, "bettag") {
			return holiday{floating: func(y int) time.Time { return advent(1)(y).AddDate(0, 0, -11) }}, i + 3
		}
	}
	h, ok := holidayDays[t.low]
	if !ok {
		return holiday{}, 0
	}
	if nameHolidays[t.low] && !b.is(i-1, "zu", "an", "vor", "nach", "bis", "über", "seit", "am") {
		return holiday{}, 0
	}
	if t.low == "advent" { // the season, not a day
		return holiday{}, 0
	}
	return h, i + 1
}
