package german

import (
	"sync"

	"github.com/kreispresse/kreispresse/internal/german/calendar"
)

// Abbreviated reports whether w followed by a full stop is an abbreviation; w is as written, without the stop. Initials are the caller's.
func Abbreviated(w string) bool { return abbreviations()[w] == shortened }

// OpensSentence reports whether a capitalised word is a usual beginning of a sentence.
func OpensSentence(w string) bool { return abbreviations()[w] == opening }

const (
	shortened = "short"
	opening   = "opens"
)

// abbreviations stands apart from the lexicon, since every reader of text needs it and few need the rest.
var abbreviations = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for row := range rows("abbreviations") {
		m[row[0]] = row[1]
	}
	for _, month := range calendar.Months() {
		if month.Class == calendar.Short {
			m[capital.of(month.Form)] = shortened
		}
	}
	return m
})
