package german

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed lexicon/municipalities.txt
var municipalities string

// municipalityNames is the list without its head: names, sorted by bytes, each on a line of its own. It is searched where it stands, so
// that nobody pays for it who does not ask.
var municipalityNames = sync.OnceValue(func() string {
	s := municipalities
	for strings.HasPrefix(s, "#") {
		_, s, _ = strings.Cut(s, "\n")
	}
	return s
})

// Municipality reports whether w, as written, is the name of a German municipality, a genitive -s aside. Many are surnames, too: it is
// evidence against a person where nothing but the place of a word speaks for one.
func Municipality(w string) bool {
	if listed(municipalityNames(), w) {
		return true
	}
	bare, genitive := strings.CutSuffix(w, "s")
	return genitive && listed(municipalityNames(), bare)
}

// listed reports whether a line of the sorted list is w.
func listed(list, w string) bool {
	if w == "" {
		return false
	}
	lo, hi := 0, len(list) // both at the beginning of a line
	for lo < hi {
		at := (lo + hi) / 2
		at = lo + strings.LastIndexByte(list[lo:at], '\n') + 1
		end := at + strings.IndexByte(list[at:], '\n')
		switch line := list[at:end]; {
		case line == w:
			return true
		case line < w:
			lo = end + 1
		default:
			hi = at
		}
	}
	return false
}
