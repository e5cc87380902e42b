package calendar

import (
	"cmp"
	"regexp"
	"slices"
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

const (
	fourDigits = `((?:19|20)\d\d)`
	twoDigits  = `['’]?(\d\d)`
)

// form is one way to write a date, with the groups of its parts. Forms with a two-digit year yield to all others in a text.
type form struct {
	re      *regexp.Regexp
	y, m, d int
	short   bool
}

var monthWord = func() string {
	var forms []string
	for _, n := range months {
		if n.Class != Genitive {
			forms = append(forms, n.Form)
		}
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }) // the longest first
	return `(` + strings.Join(forms, "|") + `)`
}()

// forms, each anchored where a number or a word begins. What must not follow is looked at in reads.
var forms = []form{
	{re: regexp.MustCompile(`(?i)^` + fourDigits + `-(\d{1,2})-(\d{1,2})`), y: 1, m: 2, d: 3},
	{re: regexp.MustCompile(`(?i)^` + fourDigits + `[/.](\d{1,2})[/.](\d{1,2})`), y: 1, m: 2, d: 3},
	{re: regexp.MustCompile(`(?i)^` + fourDigits + `(\d\d)(\d\d)(?:T|$)`), y: 1, m: 2, d: 3},
	{re: regexp.MustCompile(`(?i)^(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?` + fourDigits), y: 3, m: 2, d: 1},
	{re: regexp.MustCompile(`(?i)^(\d{1,2})([/-])(\d{1,2})[/-]` + fourDigits), y: 4, m: 3, d: 1},
	{re: regexp.MustCompile(`(?i)^(\d{1,2})\.?[\s-]?\s?` + monthWord + `\.?,?[\s-]?\s?` + fourDigits), y: 3, m: 2, d: 1},
	{re: regexp.MustCompile(`(?i)^` + monthWord + `\.?\s?(\d{1,2})(?:st|nd|rd|th|\.)?,?\s` + fourDigits), y: 3, m: 1, d: 2},
	{re: regexp.MustCompile(`(?i)^(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?` + twoDigits), y: 3, m: 2, d: 1, short: true},
	{re: regexp.MustCompile(`(?i)^(\d{1,2})\.?[\s-]?` + monthWord + `\.?[\s-]` + twoDigits), y: 3, m: 2, d: 1, short: true},
}

// javaForm is what Java and C print: Thu Mar 12 10:00:00 CET 2026.
var javaForm = regexp.MustCompile(`(?i)^\pL{2,10},? ` + monthWord + `\.? (\d{1,2}) (\d\d):(\d\d):(\d\d) ` +
	`(?:([A-Z]{1,5}|(?:GMT|UTC)?[+-]\d\d:?\d\d) )?` + fourDigits + `$`)

// maxText is how much of a text is read, in bytes: a list's entry is short.
const maxText = 4096

// Find reads the first date in a text, with the time of day behind it. Local is the time zone of the place. It reads absolute dates
// only: what "gestern" is, nobody knows later.
func Find(text string, local *time.Location) (Date, bool) {
	s := clean(text)
	var short *Date
	for i := 0; i < len(s); i++ {
		if !begins(s, i) {
			continue
		}
		for _, f := range forms {
			if f.short && short != nil {
				continue
			}
			d, _, ok := f.read(s, i, local)
			switch {
			case ok && f.short:
				short = &d
			case ok:
				return d, true
			}
		}
	}
	if short != nil {
		return *short, true
	}
	return Date{}, false
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
	for _, f := range forms {
		if d, end, ok := f.read(s, 0, local); ok && strings.Trim(s[end:], " .,;)Uhr") == "" {
			return d, true
		}
	}
	return Date{}, false
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

// read reads the date that f finds at s[i:] and says where it ends, its time of day included.
func (f form) read(s string, i int, local *time.Location) (Date, int, bool) {
	w := s[i:min(len(s), i+40)]
	loc := f.re.FindStringSubmatchIndex(w)
	if loc == nil {
		return Date{}, 0, false
	}
	g, end := groups(w, loc), i+loc[1]
	y, m, d := number(g[f.y]), monthOf(g[f.m]), number(g[f.d])
	if len(g) == 5 && g[2] == "/" && m > 12 && d <= 12 { // 10/31/2026
		m, d = d, m
	}
	c, used := clockAt(s[end:])
	if f.short {
		if used == 0 && !ends(s[end:], !digit(g[f.m][0])) {
			return Date{}, 0, false
		}
		if y += 2000; y > 2069 {
			y -= 100
		}
	} else if used == 0 && continues(s[end:]) {
		return Date{}, 0, false
	}
	date, ok := build(y, m, d, c, local)
	return date, end + used, ok
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
	return !digit(p) && p != '.' && p != '-' && p != '/' && p != '_' && p != ':'
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
	if n, ok := Month(s); ok {
		return n.Number
	}
	return number(s)
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
	asDay := Date{whole, Day}
	if !c.given || c.hour == 0 && c.min == 0 && c.sec == 0 {
		return asDay, true
	}
	t, known := c.at(year, month, day, local)
	if !known {
		return asDay, true
	}
	t = t.In(local)
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return Date{t, Day}, true
	}
	if c.seconds {
		return Date{t, Second}, true
	}
	return Date{t, Minute}, true
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
