package timex

import (
	"fmt"
	"time"
)

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// valid reports whether the day exists; year 0 stands for any leap year.
func valid(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	if y == 0 {
		y = 2000
	}
	return d <= date(y, m+1, 0).Day()
}

func iso(t time.Time) string { return t.Format(time.DateOnly) }

// period is a stretch of whole days with its TIMEX3 value.
type period struct {
	value    string
	from, to time.Time
}

func dayOf(t time.Time) period { return period{iso(t), t, t} }

func monthOf(y, m int) period {
	t := date(y, m, 1) // normalises months out of range
	return period{t.Format("2006-01"), t, date(t.Year(), int(t.Month())+1, 0)}
}

func yearOf(y int) period { return period{fmt.Sprintf("%04d", y), date(y, 1, 1), date(y, 12, 31)} }

func quarterOf(y, q int) period {
	for ; q < 1; q += 4 {
		y--
	}
	for ; q > 4; q -= 4 {
		y++
	}
	return period{fmt.Sprintf("%04d-Q%d", y, q), date(y, 3*q-2, 1), date(y, 3*q+1, 0)}
}

func halfOf(y, h int) period {
	return period{fmt.Sprintf("%04d-H%d", y, h), date(y, 6*h-5, 1), date(y, 6*h+1, 0)}
}

func weekOf(t time.Time) period {
	mon := t.AddDate(0, 0, 1-isoDay(t))
	y, w := mon.ISOWeek()
	return period{fmt.Sprintf("%04d-W%02d", y, w), mon, mon.AddDate(0, 0, 6)}
}

// isoWeek is week w of ISO year y.
func isoWeek(y, w int) period { return weekOf(weekOf(date(y, 1, 4)).from.AddDate(0, 0, 7*(w-1))) }

func weekendOf(t time.Time) period {
	w := weekOf(t)
	return period{w.value + "-WE", w.from.AddDate(0, 0, 5), w.to}
}

func decadeOf(y int) period {
	y -= y % 10
	return period{fmt.Sprintf("%03d", y/10), date(y, 1, 1), date(y+9, 12, 31)}
}

// centuryOf is the n-th century: the 20th has the value 19 and, as people count, the years 1900 to 1999.
func centuryOf(n int) period {
	y := 100 * (n - 1)
	return period{fmt.Sprintf("%02d", n-1), date(y, 1, 1), date(y+99, 12, 31)}
}

// seasonOf uses the meteorological seasons; winter is named after the year in which it begins.
func seasonOf(y int, code string) period {
	m := map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
	return period{fmt.Sprintf("%04d-%s", y, code), date(y, m, 1), date(y, m+3, 0)}
}

// unitAt is the unit that lies n units from the one a lies in; false for units that do not count so.
func unitAt(a time.Time, unit string, n int) (period, bool) {
	y, m := a.Year(), int(a.Month())
	switch unit {
	case "Y":
		return yearOf(y + n), true
	case "M":
		return monthOf(y, m+n), true
	case "W":
		return weekOf(a.AddDate(0, 0, 7*n)), true
	case "WE":
		return weekendOf(a.AddDate(0, 0, 7*n)), true
	case "Q":
		return quarterOf(y, (m+2)/3+n), true
	case "HY":
		h := (m+5)/6 + n
		switch {
		case h < 1:
			y, h = y-1, 2
		case h > 2:
			y, h = y+1, 1
		}
		return halfOf(y, h), true
	case "DE":
		return decadeOf(y + 10*n), true
	case "CE":
		return centuryOf(y/100 + 1 + n), true
	}
	return period{}, false
}

// nthOfMonth is the n-th weekday of a month, the last for n = -1.
func nthOfMonth(y, m, day, n int) time.Time {
	if n < 0 {
		return nthOfMonth(y, m+1, day, 1).AddDate(0, 0, -7)
	}
	t := date(y, m, 1)
	return t.AddDate(0, 0, (day-isoDay(t)+7)%7+7*(n-1))
}

// isoDay is 1 for Monday to 7 for Sunday.
func isoDay(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// easter is Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher).
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	n := (h + l - 7*m + 90) / 25
	return date(y, n, (h+l-7*m+33*n+19)%32)
}
