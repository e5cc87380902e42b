package creditline

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed agencies.txt
var agencyFile string

// rank is what kind of agency a name of the list is.
type rank uint8

const (
	unlisted rank = iota
	supplier      // a library or press photo agency
	wire          // a wire service, which writes texts as well
	ownWire       // one whose name before the photographer's is said apart
)

var ranks = map[string]rank{"libraries": supplier, "agencies": supplier, "wires": wire, "own": ownWire}

// agencies are the names of the list without their signs; see Key.
var agencies = sync.OnceValue(func() map[string]rank {
	m, now := map[string]rank{}, unlisted
	for line := range strings.Lines(agencyFile) {
		switch line = strings.TrimSpace(line); {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			now = ranks[strings.Trim(line, "[]")]
		default:
			m[Key(line)] = now
		}
	}
	return m
})

// IsAgency reports whether s names an agency, image library or wire service of the list, alone or several joined ("picture alliance/dpa",
// "Pool via Reuters").
func IsAgency(s string) bool {
	if s == "" || len(s) > maxAgency {
		return false
	}
	if listed(s) != unlisted {
		return true
	}
	if i := strings.LastIndex(s, " via "); i > 0 {
		return listed(s[i+len(" via "):]) != unlisted && len(strings.Fields(s[:i])) == 1
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '|' || r == ',' })
	if len(parts) < 2 || len(parts) > 4 || listed(parts[0]) == unlisted {
		return false
	}
	for _, p := range parts[1:] {
		if k := Key(p); listed(p) == unlisted && !desks[k] && !notes[k] {
			return false
		}
	}
	return true
}

// listed looks s up as it is, then without digits: numbers of pictures follow the name.
func listed(s string) rank {
	k := Key(s)
	if r := agencies()[k]; r != unlisted {
		return r
	}
	if bare := strings.TrimRight(k, "0123456789"); len(bare) >= 4 {
		return agencies()[bare]
	}
	return unlisted
}

// Key is s with nothing but its letters and digits, in lower case: equal for the spellings of one name.
func Key(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
