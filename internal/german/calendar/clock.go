package calendar

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clock is what a text says of the time of day.
type clock struct {
	hour, min, sec int
	given, seconds bool
	zone           string // as written; empty: none told
}

var (
	// timeAfter is a time of day behind a date: 14:20, 14:20:05, 14.20 Uhr, um 8 Uhr, T10:15, at 3:05 PM.
	timeAfter = regexp.MustCompile(`(?i)^(?:T|\s*(?:[,;|/•·(–—-]|:)?\s*(?:um|at|gegen|kl\.)?\s*)(\d{1,2})` +
		`(?:\s?([:.h])\s?(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?(?:\s?([ap])\.?m\b\.?)?\s?(Uhr|h\b)?`)
	zoneAfter = regexp.MustCompile(`^\s?\(?((?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d\d)?|Europe/[A-Z][a-z]+|[A-Z]{1,5})\)?(?:$|[^\pL\d])`)
	offset    = regexp.MustCompile(`^(?:UTC|GMT)?\s?([+-])(\d{1,2})(?::?(\d\d))?$`)
)

// clockAt reads the time of day at the beginning of s and how many bytes it takes.
func clockAt(s string) (clock, int) {
	loc := timeAfter.FindStringSubmatchIndex(s)
	if loc == nil {
		return clock{}, 0
	}
	g := groups(s, loc)
	uhr, end := g[6] != "", loc[1]
	switch {
	case g[3] == "" && !uhr && g[5] == "": // a bare number is no hour
		return clock{}, 0
	case g[2] == "." && !uhr: // 14.20 alone may be a date or a price
		return clock{}, 0
	case g[3] != "" && end < len(s) && digit(s[end]):
		return clock{}, 0
	}
	c := clock{hour: number(g[1]), min: number(g[3]), sec: number(g[4]), given: true, seconds: g[4] != ""}
	if g[5] != "" {
		if c.hour < 1 || c.hour > 12 {
			return clock{}, 0
		}
		c.hour %= 12
		if strings.EqualFold(g[5], "p") {
			c.hour += 12
		}
	}
	return c.zoned(s, end)
}

// zoned refuses what is no time of day, and reads the zone behind one that ends at end of s.
func (c clock) zoned(s string, end int) (clock, int) {
	if c.hour > 23 || c.min > 59 || c.sec > 59 {
		return clock{}, 0
	}
	if z := zoneAfter.FindStringSubmatchIndex(s[end:]); z != nil {
		c.zone = s[end+z[2] : end+z[3]]
		end += z[3]
	}
	return c, end
}

// denseClock reads the time of day behind a date without signs: T0815, T081500.
func denseClock(s string) (clock, int) {
	if s == "" || s[0] != 'T' {
		return clock{}, 0
	}
	n := digits(s, 1)
	if n != 4 && n != 6 {
		return clock{}, 0
	}
	c, end := clock{hour: number(s[1:3]), min: number(s[3:5]), given: true}, 1+n
	if n == 6 {
		c.sec, c.seconds = number(s[5:7]), true
	}
	return c.zoned(s, end)
}

// zones by the names that mail dates and CMS write (RFC 822 section 5.1), in seconds east of Greenwich. The names of Central European
// time are not here: they stand for the wall clock of the place, since many programs write one of them all year round.
var zones = map[string]int{
	"Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 3600, "WEST": 3600, "EET": 7200, "EEST": 10800, "MSK": 10800,
	"EST": -5 * 3600, "EDT": -4 * 3600, "CST": -6 * 3600, "CDT": -5 * 3600, "MST": -7 * 3600, "MDT": -6 * 3600, "PST": -8 * 3600, "PDT": -7 * 3600,
}

// centralEurope are names of the wall clock of Germany, in winter and in summer.
var centralEurope = map[string]bool{"MEZ": false, "CET": false, "MESZ": true, "CEST": true, "MEST": true, "CES": true, "MET": false, "METDST": true}

// at makes the moment of a wall clock time. ok is false when the zone is one that nobody knows: then only the day can be trusted.
func (c clock) at(year, month, day int, local *time.Location) (t time.Time, ok bool) {
	wall := func(l *time.Location) time.Time {
		return time.Date(year, time.Month(month), day, c.hour, c.min, c.sec, 0, l)
	}
	name := strings.ToUpper(strings.TrimSpace(c.zone))
	summer, central := centralEurope[name]
	switch {
	case name == "":
		return wall(local), true
	case central || strings.HasPrefix(name, "EUROPE/"):
		t := wall(local)
		if !central {
			return t, true
		}
		for _, other := range []time.Time{t.Add(-time.Hour), t.Add(time.Hour)} { // in the hour that comes twice the name tells which
			if other.Hour() == t.Hour() && other.IsDST() == summer {
				return other, true
			}
		}
		return t, true
	}
	if sec, known := zones[name]; known {
		return wall(time.FixedZone("", sec)), true
	}
	g := offset.FindStringSubmatch(name)
	if g == nil {
		return wall(local), false
	}
	h, m := number(g[2]), number(g[3])
	if h > 14 || m > 59 {
		return wall(local), false
	}
	sec := h*3600 + m*60
	if g[1] == "-" {
		sec = -sec
	}
	return wall(time.FixedZone("", sec)), true
}

func groups(s string, loc []int) []string {
	out := make([]string, len(loc)/2)
	for i := range out {
		if loc[2*i] >= 0 {
			out[i] = s[loc[2*i]:loc[2*i+1]]
		}
	}
	return out
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// number is 0 for what is no number; the patterns let only digits through.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
