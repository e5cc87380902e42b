package pubdate

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Europe/Berlin must be there on every machine

	"github.com/kreispresse/kreispresse/schemas"
)

// berlin is the wall time of German pages.
var berlin = func() *time.Location {
	l, err := time.LoadLocation("Europe/Berlin")
	if err != nil { // cannot be: the database is linked in
		panic(err)
	}
	return l
}()

// moment is a date with how exactly it was told.
type moment struct {
	time.Time
	granularity string
}

// value is the moment in ISO 8601: the day alone, or with the time and the offset that was told (that of Berlin when none was).
func (m moment) value() string {
	switch m.granularity {
	case schemas.GranularityMinute:
		return m.Format("2006-01-02T15:04Z07:00")
	case schemas.GranularitySecond:
		return m.Format("2006-01-02T15:04:05Z07:00")
	}
	return m.Format(time.DateOnly)
}

// day is the calendar day as told, at midnight UTC.
func (m moment) day() time.Time {
	y, mo, d := m.Date()
	return time.Date(y, mo, d, 0, 0, 0, 0, time.UTC)
}

// clock is what a text says of the time of day.
type clock struct {
	hour, min, sec int
	given          bool // an hour and minute
	seconds        bool
	zone           *time.Location // nil: none told
}

// build makes a moment; ok is false for a day that does not exist, such as 31 February, and for an impossible time of day.
func build(year, month, day int, c clock) (moment, bool) {
	if month < 1 || month > 12 || day < 1 || year < 1 {
		return moment{}, false
	}
	if d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC); d.Day() != day {
		return moment{}, false
	}
	if !c.given {
		return moment{time.Date(year, time.Month(month), day, 0, 0, 0, 0, berlin), schemas.GranularityDay}, true
	}
	if c.hour > 23 || c.min > 59 || c.sec > 59 {
		return moment{}, false
	}
	zone, told := c.zone, c.zone != nil
	if !told {
		zone = berlin
	}
	t := time.Date(year, time.Month(month), day, c.hour, c.min, c.sec, 0, zone)
	m := moment{t, schemas.GranularityMinute}
	if c.seconds {
		m.granularity = schemas.GranularitySecond
	}
	return dateOnly(m), true
}

// dateOnly takes a moment at midnight for the day that begins there: systems that keep days as times print them so, often in UTC,
// where midnight in Berlin is 22:00 or 23:00 of the day before.
func dateOnly(m moment) moment {
	if m.Second() != 0 || m.Minute() != 0 {
		return m
	}
	if m.Hour() == 0 {
		return moment{m.Time, schemas.GranularityDay}
	}
	if _, off := m.Zone(); off == 0 && m.In(berlin).Hour() == 0 {
		return moment{m.In(berlin), schemas.GranularityDay}
	}
	return m
}

const year = `((?:19|20)\d\d)`

var months = map[string]int{
	"januar": 1, "jänner": 1, "jaenner": 1, "january": 1, "jan": 1, "jän": 1, "februar": 2, "feber": 2, "february": 2, "feb": 2,
	"märz": 3, "maerz": 3, "march": 3, "mär": 3, "mrz": 3, "mar": 3, "april": 4, "apr": 4, "mai": 5, "may": 5, "juni": 6, "june": 6,
	"jun": 6, "juli": 7, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "october": 10,
	"okt": 10, "oct": 10, "november": 11, "nov": 11, "dezember": 12, "december": 12, "dez": 12, "dec": 12,
}

const monthWord = `(J[aä]nner|Jaenner|Januar|January|J[aä]n|Februar|February|Feber|Feb|M[aä]rz|Maerz|March|M[aä]r|Mrz|April|Apr|Mai|May|June|Juni|July|Juli|Jun|Jul|August|Aug|September|Sept|Sep|Oktober|October|Okt|Oct|November|Nov|Dezember|December|Dez|Dec)`

// The forms of a date, tried where a number begins; the English one begins with a word.
var (
	isoForm    = regexp.MustCompile(`^` + year + `-(\d{1,2})-(\d{1,2})`)
	numberForm = regexp.MustCompile(`^(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(` + year[1:len(year)-1] + `|\d\d)`)
	nameForm   = regexp.MustCompile(`(?i)^(\d{1,2})\.?\s?` + monthWord + `\.?,?\s?` + year)
	englishOne = regexp.MustCompile(`(?i)` + monthWord + `\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s` + year)
	slashForm  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/` + year)

	timeAfter  = regexp.MustCompile(`(?i)^(?:T|\s*(?:,|-|–|—|\||/|•|·|um|at|\(|:)?\s*(?:um|at)?\s*)(\d{1,2})(?:\s?([:.h])\s?(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?\s?(Uhr|h\b)?`)
	timeBefore = regexp.MustCompile(`(?i)(?:^|\D)(\d{1,2}):(\d\d)(?:\s*Uhr)?(?:\s*,\s*|\s*\|\s*|\s+)$`)
	zoneAfter  = regexp.MustCompile(`^\s?(Z|UTC|GMT|MESZ|MEZ|CEST|CET|[+-]\d\d:?\d\d|[+-]\d\d)(?:$|[^\pL\d])`)

	javaForm = regexp.MustCompile(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w* ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) ([A-Z]{1,5}|[+-]\d\d:?\d\d|GMT[+-]\d\d:?\d\d) ((?:19|20)\d\d)$`)
	mailForm = regexp.MustCompile(`^(?:[A-Z][a-z]{2,8}, )?(\d{1,2})[ -]([A-Z][a-z]{2})[a-z]*[ -]((?:19|20)\d\d) (\d\d):(\d\d)(?::(\d\d))?(?: ([A-Z]{1,4}|[+-]\d\d:?\d\d))?$`)
	compact  = regexp.MustCompile(`^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?$`)
)

// found is a date in a text, [start, end) in bytes, its time of day included.
type found struct {
	moment
	start, end int
}

// forms are the forms with the groups of year, month and day.
var forms = []struct {
	re      *regexp.Regexp
	y, m, d int
}{{isoForm, 1, 2, 3}, {numberForm, 3, 2, 1}, {nameForm, 3, 2, 1}, {slashForm, 3, 2, 1}}

// longest is the most bytes a date takes, without its time of day.
const longest = 40

// find reads the dates of a text in order, at most max, in its first 2,000 bytes: dates of publication stand at the beginning.
func find(s string, max int) []found {
	s = s[:min(len(s), 2000)]
	var out []found
	english := -1 // where the next date in the English order begins
	if yearly(s) {
		english = 0
	}
	for i := 0; i < len(s) && len(out) < max; i++ {
		if english >= 0 && i >= english {
			loc := englishOne.FindStringSubmatchIndex(s[i:])
			if loc == nil {
				english = -1
			} else if english = i + loc[0]; loc[0] == 0 {
				if f, ok := dateAt(s, i, groups(s[i:], loc), loc[1], 3, 1, 2); ok {
					out = append(out, f)
					i, english = f.end-1, f.end
					continue
				}
				english = i + 1
			}
		}
		if s[i] < '0' || s[i] > '9' || i > 0 && joined(s[i-1]) {
			continue
		}
		for _, form := range forms {
			w := s[i:min(len(s), i+longest)]
			loc := form.re.FindStringSubmatchIndex(w)
			if loc == nil {
				continue
			}
			g := groups(w, loc)
			if form.re == slashForm && number(g[2]) > 12 { // 10/31/2023
				g[1], g[2] = g[2], g[1]
			}
			if f, ok := dateAt(s, i, g, loc[1], form.y, form.m, form.d); ok {
				out = append(out, f)
				i = f.end - 1
			}
			break
		}
	}
	return out
}

// yearly reports whether four digits of a year stand in s.
func yearly(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		if (s[i] == '2' && s[i+1] == '0' || s[i] == '1' && s[i+1] == '9') && s[i+2] >= '0' && s[i+2] <= '9' && s[i+3] >= '0' && s[i+3] <= '9' {
			return true
		}
	}
	return false
}

// dateAt builds the date whose form of n bytes was matched at s[i:], with the groups g.
func dateAt(s string, i int, g []string, n, y, m, d int) (found, bool) {
	if i > 0 && joined(s[i-1]) || continues(s[i+n:]) {
		return found{}, false
	}
	month, ok := months[strings.ToLower(g[m])]
	if !ok {
		month = number(g[m])
	}
	c, end := clockAt(s, i, i+n)
	x, ok := build(century(g[y]), month, number(g[d]), c)
	return found{x, i, end}, ok
}

// joined reports whether a date cannot begin after c: it would be part of a number, a path or a version.
func joined(c byte) bool { return c >= '0' && c <= '9' || c == '.' || c == '-' || c == '/' || c == '_' }

// continues reports whether the digits before rest go on: a number, or one of many parts.
func continues(rest string) bool {
	digit := func(i int) bool { return i < len(rest) && rest[i] >= '0' && rest[i] <= '9' }
	return digit(0) || rest != "" && rest[0] == '.' && digit(1)
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
	if len(s) > 2 {
		return n
	}
	if n >= 90 {
		return 1900 + n
	}
	return 2000 + n
}

// clockAt reads the time of day around a date at s[start:end] and gives the end of both.
func clockAt(s string, start, end int) (clock, int) {
	if m := timeAfter.FindStringSubmatchIndex(s[end:]); m != nil {
		g := groups(s[end:], m)
		uhr := g[5] != ""
		if g[2] == ":" || (g[2] == "." || g[2] == "h" || g[2] == "" && m[3]-m[2] <= 2) && uhr || g[2] == "h" {
			c := clock{hour: number(g[1]), given: true}
			if g[3] != "" {
				c.min = number(g[3])
			}
			if g[4] != "" {
				c.sec, c.seconds = number(g[4]), true
			}
			end += m[1]
			if z := zoneAfter.FindStringSubmatchIndex(s[end:]); z != nil {
				c.zone = zone(s[end+z[2] : end+z[3]])
				end += z[3]
			}
			if c.hour <= 23 && c.min <= 59 && c.sec <= 59 {
				return c, end
			}
		}
		return clock{}, end
	}
	if m := timeBefore.FindStringSubmatch(s[max(0, start-24):start]); m != nil && number(m[1]) < 24 && number(m[2]) < 60 {
		return clock{hour: number(m[1]), min: number(m[2]), given: true}, end
	}
	return clock{}, end
}

func groups(s string, m []int) []string {
	g := make([]string, len(m)/2)
	for i := range g {
		if m[2*i] >= 0 {
			g[i] = s[m[2*i]:m[2*i+1]]
		}
	}
	return g
}

// zone reads an offset or one of the names that pages for Germany use; nil for any other.
func zone(s string) *time.Location {
	switch s = strings.TrimPrefix(s, "GMT"); s {
	case "Z", "UTC", "":
		return time.UTC
	case "MEZ", "CET":
		return time.FixedZone("", 3600)
	case "MESZ", "CEST":
		return time.FixedZone("", 7200)
	}
	if len(s) >= 3 && (s[0] == '+' || s[0] == '-') {
		d := strings.ReplaceAll(s[1:], ":", "")
		off := number(d[:2]) * 3600
		if len(d) == 4 {
			off += number(d[2:]) * 60
		}
		if s[0] == '-' {
			off = -off
		}
		if off > -15*3600 && off < 15*3600 {
			if off == 0 {
				return time.UTC
			}
			return time.FixedZone("", off)
		}
	}
	return nil
}

// machine reads the value of an attribute or property that holds a date and nothing else: ISO 8601 in all its spellings, the forms
// of Java's Date and of mail headers, and those of visible dates.
func machine(s string) (moment, bool) {
	if len(s) > 80 {
		return moment{}, false
	}
	s = strings.Join(strings.Fields(s), " ")
	if m := javaForm.FindStringSubmatch(s); m != nil {
		c := clock{number(m[3]), number(m[4]), number(m[5]), true, true, zone(m[6])}
		return build(number(m[7]), months[strings.ToLower(m[1])], number(m[2]), c)
	}
	if m := mailForm.FindStringSubmatch(s); m != nil {
		c := clock{hour: number(m[4]), min: number(m[5]), given: true, zone: zone(m[7])}
		if m[7] == "" {
			c.zone = nil
		}
		if m[6] != "" {
			c.sec, c.seconds = number(m[6]), true
		}
		return build(number(m[3]), months[strings.ToLower(m[2])], number(m[1]), c)
	}
	if m := compact.FindStringSubmatch(s); m != nil {
		c := clock{}
		if m[4] != "" {
			c = clock{hour: number(m[4]), min: number(m[5]), given: true}
			if m[6] != "" {
				c.sec, c.seconds = number(m[6]), true
			}
			if m[7] != "" {
				c.zone = zone(m[7])
			}
		}
		return build(number(m[1]), number(m[2]), number(m[3]), c)
	}
	if m := slashForm.FindStringSubmatch(s); m != nil && number(m[1]) <= 12 && number(m[2]) <= 12 && m[1] != m[2] {
		return moment{}, false // 11/01/2023: nobody can say which is the month
	}
	f := find(s, 2)
	if len(f) != 1 {
		return moment{}, false
	}
	return f[0].moment, true
}
