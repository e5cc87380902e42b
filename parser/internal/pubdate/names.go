package pubdate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german/calendar"
)

// The names of months and weekdays as parts of expressions, from the calendar that all rooms share.
var (
	monthWord   = "(" + oneOf(calendar.Months(), calendar.Full, calendar.Short, calendar.English) + ")"
	weekdayWord = "(?:" + oneOf(calendar.Weekdays(), calendar.Full) + ")"
	weekdayAny  = "(?:" + oneOf(calendar.Weekdays(), calendar.Full, calendar.Short) + ")"
)

// oneOf are the forms of some classes, longest first, with a capital.
func oneOf(names []calendar.Name, classes ...calendar.Class) string {
	var forms []string
	for _, n := range names {
		if slices.Contains(classes, n.Class) && !alsoWord(n) {
			forms = append(forms, capital(n.Form))
		}
	}
	slices.SortStableFunc(forms, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return strings.Join(forms, "|")
}

// alsoWord reports whether the short form of a weekday is a word of its own: "die", "mit".
func alsoWord(n calendar.Name) bool {
	return n.Class == calendar.Short && len(n.Form) > 2 && slices.Contains(calendar.Weekdays(), n)
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
