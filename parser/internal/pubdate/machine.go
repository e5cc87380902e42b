package pubdate

import (
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/german/calendar"
	"github.com/kreispresse/kreispresse/parser/internal/lazy"
)

// found is a date in a text, [start, end) in bytes, its time of day included.
type found struct {
	moment
	start, end int
}

// readLength is how much of a text is read, in bytes: dates of publication stand at the beginning.
const readLength = 2000

// timeLength is how many bytes a time of day before a date takes at most.
const timeLength = 24

// timeBefore is a time of day that stands before its date: 20:34 17.04.2020.
var timeBefore = lazy.MustCompile(`(?i)(?:^|\D)(\d{1,2}):(\d\d)(?:\s*Uhr)?(?:\s*,\s*|\s*\|\s*|\s+)$`)

// find reads the dates of a text in order, so many at most.
func find(s string, most int) []found {
	s = s[:min(len(s), readLength)]
	var out []found
	for _, d := range calendar.All(s, most, berlin) {
		f := found{momentOf(d.Date), d.Start, d.End}
		if d.Granularity == calendar.Day {
			if m := timeBefore.FindStringSubmatch(s[before(d.Start):d.Start]); m != nil {
				f.moment = f.at(number(m[1]), number(m[2]))
			}
		}
		out = append(out, f)
	}
	return out
}

// before is where what may be a time of day before byte i begins.
func before(i int) int {
	if i < timeLength {
		return 0
	}
	return i - timeLength
}

// machine reads the value of an attribute or property that holds a date and nothing else: ISO 8601 in all its spellings, the forms
// of Java's Date and of mail headers, seconds since 1970, and those of visible dates.
func machine(s string) (moment, bool) {
	if len(s) > 80 {
		return moment{}, false
	}
	s = strings.Join(strings.Fields(s), " ")
	if m, ok := unix(s); ok {
		return m, true
	}
	if eitherWay(s) {
		return moment{}, false
	}
	if d, ok := calendar.Parse(s, berlin); ok {
		return momentOf(d), true
	}
	f := find(s, 2)
	if len(f) != 1 {
		return moment{}, false
	}
	return f[0].moment, true
}

// unix reads seconds or milliseconds since 1970: ten digits are the years 2001 to 2286.
func unix(s string) (moment, bool) {
	if len(s) != 10 && len(s) != 13 || s[0] != '1' {
		return moment{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return moment{}, false
	}
	if len(s) == 13 {
		n /= 1000
	}
	return momentOf(calendar.Date{Time: time.Unix(n, 0).In(berlin), Granularity: calendar.Second}), true
}

// eitherWay reports a date of which nobody can say which number is the month: 11/01/2023.
func eitherWay(s string) bool {
	d, rest, ok := strings.Cut(s, "/")
	m, year, two := strings.Cut(rest, "/")
	if !ok || !two || len(d) > 2 || len(m) > 2 || len(year) < 4 {
		return false
	}
	return d != m && number(d) > 0 && number(d) <= 12 && number(m) > 0 && number(m) <= 12
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// century completes a year of two digits; press pages begin in the nineties.
func century(s string) int {
	n := number(s)
	switch {
	case len(s) > 2:
		return n
	case n >= 90:
		return 1900 + n
	}
	return 2000 + n
}
