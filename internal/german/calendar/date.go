package calendar

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Granularities of a Date.
const (
	Day    = "day"
	Minute = "minute"
	Second = "second"
)

// Date is a date with how exactly it was written. Time is in the place's time zone; for a Day it is midnight there.
type Date struct {
	time.Time
	Granularity string
	Written     string // the day as it was written, in its own zone, where the place has another day; else empty
}

// Found is a date in a text, [Start, End) in bytes, its time of day included.
type Found struct {
	Date
	Start, End int
}

// String is the date in ISO 8601, as exactly as it was written: 2026-03-12, 2026-03-12T14:20+01:00, 2026-03-12T14:20:05+01:00.
func (d Date) String() string {
	switch d.Granularity {
	case Minute:
		return d.Format("2006-01-02T15:04Z07:00")
	case Second:
		return d.Format(time.RFC3339)
	}
	return d.Format(time.DateOnly)
}

// javaForm is what Java and C print: Thu Mar 12 10:00:00 CET 2026.
var javaForm = regexp.MustCompile(`(?i)^\pL{2,10},? (\pL{3,9})\.? (\d{1,2}) (\d\d):(\d\d):(\d\d) ` +
	`(?:([A-Z]{1,5}|(?:GMT|UTC)?[+-]\d\d(?::?\d\d)?) )?((?:19|20)\d\d)$`)

// maxText is how much of a text is read, in bytes: a list's entry is short.
const maxText = 4096

// Find reads the first date in a text, with the time of day behind it. Local is the time zone of the place. It reads absolute dates
// only: what "gestern" is, nobody knows later. A date with a two-digit year yields to all others.
func Find(text string, local *time.Location) (Date, bool) {
	var short *Date
	s := clean(text)
	for i := 0; i < len(s); i++ {
		f, ok := at(s, i, local)
		switch {
		case !ok:
		case f.short && short == nil:
			short = &f.Date
		case !f.short:
			return f.Date, true
		}
	}
	if short != nil {
		return *short, true
	}
	return Date{}, false
}

// All reads the dates of a text in order, at most n, as it stands: blanks of other kinds, and what is not seen, are the caller's to take
// out.
func All(s string, n int, local *time.Location) []Found {
	var out []Found
	for i := 0; i < len(s) && len(out) < n; i++ {
		if f, ok := at(s, i, local); ok {
			out = append(out, f.Found)
			i = f.End - 1
		}
	}
	return out
}

// reading is a date with how its year was written.
type reading struct {
	Found
	short bool
}

// at reads the date that begins at s[i].
func at(s string, i int, local *time.Location) (reading, bool) {
	if !begins(s, i) {
		return reading{}, false
	}
	p, ok := partsAt(s, i)
	if !ok {
		return reading{}, false
	}
	d, end, ok := p.read(s, local)
	return reading{Found{d, i, end}, p.short}, ok
}

// Parse reads a value that is a date and nothing else but a weekday before it: what feeds and datetime attributes hold. RFC 822, RFC
// 3339, ISO 8601 and what CMS make of them, with German names of days and months.
func Parse(value string, local *time.Location) (Date, bool) {
	if len(value) > 100 {
		return Date{}, false
	}
	s := clean(value)
	if g := javaForm.FindStringSubmatch(s); g != nil {
		c := clock{hour: number(g[3]), min: number(g[4]), sec: number(g[5]), given: true, seconds: true, zone: g[6]}
		return build(number(g[7]), monthOf(g[1]), number(g[2]), c, local)
	}
	s = withoutWeekday(s)
	if s == "" {
		return Date{}, false
	}
	p, ok := partsAt(s, 0)
	if !ok {
		return Date{}, false
	}
	d, end, ok := p.read(s, local)
	return d, ok && strings.Trim(s[end:], " .,;)Uhr") == ""
}

// withoutWeekday takes off a weekday at the beginning: "Di, ", "Do., ", "Mittwoch, den ".
func withoutWeekday(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if i <= 0 {
		return s
	}
	if _, ok := Weekday(s[:i]); !ok {
		return s
	}
	rest := strings.TrimLeft(s[i:], ".,; ")
	for _, article := range []string{"den ", "der ", "dem "} {
		rest = strings.TrimPrefix(rest, article)
	}
	return rest
}

// read makes a date of its parts and the time of day behind them, and says where it ends.
func (p parts) read(s string, local *time.Location) (Date, int, bool) {
	c, used := clockAt(s[p.end:])
	if p.dense && used == 0 {
		c, used = denseClock(s[p.end:])
	}
	switch {
	case p.short && used == 0 && !ends(s[p.end:], p.wordy), !p.short && used == 0 && continues(s[p.end:]):
		return Date{}, 0, false
	case p.short:
		if p.y += 2000; p.y > 2069 {
			p.y -= 100
		}
	}
	date, ok := build(p.y, p.m, p.d, c, local)
	return date, p.end + used, ok
}

// begins reports whether a date may begin at s[i]: not within a number, a word, a path or a version.
func begins(s string, i int) bool {
	c := s[i]
	letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	if !digit(c) && !letter {
		return false
	}
	if i == 0 {
		return true
	}
	p := s[i-1]
	if letter {
		return p == ' ' || p == '(' || p == ',' || p == '|'
	}
	return !digit(p) && p != '.' && p != '-' && p != '/' && p != '_' && (p != ':' || i < 2 || !digit(s[i-2]))
}

// continues reports whether the digits before rest go on: a number, or one of many parts.
func continues(rest string) bool {
	return rest != "" && digit(rest[0]) || len(rest) > 1 && (rest[0] == '.' || rest[0] == '/' || rest[0] == '-') && digit(rest[1])
}

// ends reports whether nothing follows a two-digit year that would make it something else, such as an hour or a count: "12. März 20
// neue Stellen".
func ends(rest string, wordy bool) bool {
	next := strings.TrimLeft(rest, " ")
	if next == "" || strings.ContainsAny(next[:1], "|;)(") || strings.HasPrefix(next, "–") || strings.HasPrefix(next, "—") {
		return true
	}
	if next[0] == ',' {
		next = strings.TrimLeft(next[1:], " ")
		return next == "" || !digit(next[0])
	}
	return rest[0] == ' ' && !wordy && !digit(next[0]) && !strings.HasPrefix(next, "Uhr")
}

func monthOf(s string) int {
	n, _ := Month(s)
	return n.Number
}

// build makes a date; ok is false for a day that does not exist, such as 31 February. Midnight is how programs write a day: in the
// place's time, or in the zone that is written.
func build(year, month, day int, c clock, local *time.Location) (Date, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || year < 1 {
		return Date{}, false
	}
	whole := time.Date(year, time.Month(month), day, 0, 0, 0, 0, local)
	if whole.Day() != day {
		return Date{}, false
	}
	asDay := Date{Time: whole, Granularity: Day}
	if !c.given || c.hour == 0 && c.min == 0 && c.sec == 0 {
		return asDay, true
	}
	t, known := c.at(year, month, day, local)
	if !known {
		return asDay, true
	}
	out := Date{Time: t.In(local), Granularity: Minute}
	if out.Hour() == 0 && out.Minute() == 0 && out.Second() == 0 {
		out.Granularity = Day
		return out, true
	}
	if c.seconds {
		out.Granularity = Second
	}
	if out.Day() != day {
		out.Written = asDay.Format(time.DateOnly)
	}
	return out, true
}

// clean makes blanks of every kind one blank, takes out what is not seen, and cuts a text that is too long.
func clean(s string) string {
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "")
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad' || r == '\u200b' || r == '\u200e' || r == '\u200f' || r == '\u2060' || r == '\ufeff':
			return -1
		case unicode.IsSpace(r) || r == '\u202f':
			return ' '
		case r == '\u2011' || r == '\u2010' || r == '\u2012':
			return '-'
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
