package pubdate

import (
	"strconv"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
)

const year = `((?:19|20)\d\d)`

// The forms of a date, tried where a number begins; the English one begins with a word.
var (
	isoForm    = lazy.MustCompile(`^` + year + `-(\d{1,2})-(\d{1,2})`)
	numberForm = lazy.MustCompile(`^(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(` + year[1:len(year)-1] + `|\d\d)`)
	nameForm   = lazy.MustCompile(`(?i)^(\d{1,2})\.?\s?` + monthWord + `\.?,?\s?` + year)
	shortForm  = lazy.MustCompile(`(?i)^(\d{1,2})\.?\s?` + monthWord + `\.?\s['’]?(\d\d)(?:$|\s?[|;,)/·•–—-])`)
	englishOne = lazy.MustCompile(`(?i)` + monthWord + `\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s` + year)
	slashForm  = lazy.MustCompile(`^(\d{1,2})/(\d{1,2})/` + year)

	timeAfter = lazy.MustCompile(`(?i)^(?:T|\s*(?:,|-|–|—|\||/|•|·|um|at|\(|:)?\s*(?:um|` +
		`at)?\s*)(\d{1,2})(?:\s?([:.h])\s?(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?\s?(Uhr|h\b)?`)
	timeBefore = lazy.MustCompile(`(?i)(?:^|\D)(\d{1,2}):(\d\d)(?:\s*Uhr)?(?:\s*,\s*|\s*\|\s*|\s+)$`)
	zoneAfter  = lazy.MustCompile(`^\s?(Z|UTC|GMT|MESZ|MEZ|CEST|CET|[+-]\d\d:?\d\d|[+-]\d\d)(?:$|[^\pL\d])`)
)

// found is a date in a text, [start, end) in bytes, its time of day included.
type found struct {
	moment
	start, end int
}

// forms are the forms with the groups of year, month and day.
var forms = []struct {
	re      *lazy.Regexp
	y, m, d int
}{{isoForm, 1, 2, 3}, {numberForm, 3, 2, 1}, {nameForm, 3, 2, 1}, {shortForm, 3, 2, 1}, {slashForm, 3, 2, 1}}

// The most bytes a date takes, without its time of day, and the time of day behind it.
const (
	longest     = 40
	longestTime = 64
)

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
			if f, ok := dateAt(s, i, g, loc[len(loc)-1], form.y, form.m, form.d); ok {
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
	month := monthOf(g[m])
	if month == 0 {
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
	rest := s[end:min(len(s), end+longestTime)]
	if m := timeAfter.FindStringSubmatchIndex(rest); m != nil {
		g := groups(rest, m)
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
