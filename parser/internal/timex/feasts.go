package timex

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// holiday gives the days of a feast in a year.
type holiday struct {
	month, day int // of fixed feasts
	first      func(y int) time.Time
	days       int // how long it lasts
}

func (h *holiday) in(y int) period {
	p := dayOf(h.first(y))
	p.to = p.from.AddDate(0, 0, h.days-1)
	return p
}

// parseHoliday reads the days of a feast as data/feasts.txt writes them.
func parseHoliday(s string) (*holiday, error) {
	when, days, lasts := strings.Cut(s, " ")
	h := &holiday{days: 1}
	var err error
	if lasts {
		h.days, err = strconv.Atoi(days)
	}
	var n, weekday, month, offset int
	switch {
	case err != nil:
	case scan(when, "easter%d", &offset):
		h.first = func(y int) time.Time { return easter(y).AddDate(0, 0, offset) }
	case scan(when, "advent%d", &offset):
		h.first = func(y int) time.Time { return advent(1)(y).AddDate(0, 0, offset) }
	case scan(when, "nth-%d-%d-%d", &weekday, &n, &month):
		h.first = func(y int) time.Time { return nthOfMonth(y, month, weekday, n) }
	case scan(when, "%d-%d", &h.month, &h.day) && valid(0, h.month, h.day):
		h.first = func(y int) time.Time { return date(y, h.month, h.day) }
	default:
		err = fmt.Errorf("%q is no day of a feast", s)
	}
	return h, err
}

func scan(s, format string, to ...any) bool {
	n, err := fmt.Sscanf(s, format, to...)
	return err == nil && n == len(to)
}

// advent is the n-th Sunday of Advent: the fourth is the last Sunday before Christmas Day.
func advent(n int) func(int) time.Time {
	return func(y int) time.Time {
		fourth := date(y, 12, 24)
		fourth = fourth.AddDate(0, 0, -(isoDay(fourth) % 7))
		return fourth.AddDate(0, 0, -7*(4-n))
	}
}

// holidays reads feasts: "Ostern", "Weihnachten 2024", "2. Advent", "Internationaler Frauentag", "Tag der Deutschen Einheit", "Tag der Arbeit".
func holidays(b *block, i int) []claim {
	h, to := b.holiday(i)
	if h == nil {
		return nil
	}
	if y, k := b.yearAfter(to); y > 0 {
		return b.one(ruleHoliday, i, k, fixed(dated(h.in(y))))
	}
	return b.one(ruleHoliday, i, to, h.resolve)
}

// holiday is the feast at token i, and the token after it; nil for none.
func (b *block) holiday(i int) (*holiday, int) {
	if n, k := b.ordinal(i); n > 0 {
		return b.numberedHoliday(n, k), k + 1
	}
	if t := b.at(i); t.is(christmasDay) && b.ordinalBefore(i) { // the third has no day
		return nil, 0
	}
	t := b.at(i)
	if !t.upper {
		return nil, 0
	}
	if ph, to := b.fixed(i, "feast"); ph != nil {
		return ph.holiday, to
	}
	if t.is(feastName) && !b.is(i-1, "zu", "an", "vor", "nach", "bis", "über", "seit", "am") {
		return nil, 0
	}
	return t.holiday, i + 1
}

// ordinalBefore reports whether an ordinal ends at token i.
func (b *block) ordinalBefore(i int) bool {
	if b.sign(i-1, ".") {
		return b.integer(i-2) > 0
	}
	return b.at(i-1).ordinal > 0
}

// numberedHoliday is the n-th of the feasts at token i that are counted: 2. Advent, 1. Weihnachtstag.
func (b *block) numberedHoliday(n, i int) *holiday {
	t := b.at(i)
	switch {
	case t.is(adventSunday) && t.upper && n <= 4:
		return &holiday{first: advent(n), days: 1}
	case t.is(christmasDay) && n <= 2:
		return &holiday{month: 12, day: 24 + n, first: func(y int) time.Time { return date(y, 12, 24+n) }, days: 1}
	}
	return nil
}

// resolve chooses the year of a feast that names none.
func (h *holiday) resolve(c *discourse, cl *claim) reading {
	switch {
	case !c.known() && h.month > 0:
		return untold(schemas.DateDate, "XXXX-"+two(h.month)+"-"+two(h.day))
	case !c.known():
		return untold(schemas.DateDate, "XXXX-XX-XX")
	}
	a := c.anchor.Day
	p := h.in(a.Year())
	return c.anchored(h.in(nearestYear(a, int(p.from.Month()), p.from.Day(), cl.tense())))
}
