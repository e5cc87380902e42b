package creditline

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed agencies.txt
var agencyList string

// agencies are the names of the list without their signs; see key.
var agencies = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(agencyList) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[key(line)] = true
		}
	}
	return m
})

// IsAgency reports whether s names an agency, image library, wire service or licence of the list, alone or several joined
// ("picture alliance/dpa", "Flickr, CC BY 4.0", "Pool via Reuters").
func IsAgency(s string) bool {
	if s == "" || len(s) > 80 {
		return false
	}
	if listed(s) {
		return true
	}
	if i := strings.LastIndex(s, " via "); i > 0 {
		return listed(s[i+len(" via "):]) && len(strings.Fields(s[:i])) == 1
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '|' || r == ',' })
	if len(parts) < 2 || len(parts) > 4 || !listed(parts[0]) {
		return false
	}
	for _, p := range parts[1:] {
		if !listed(p) && !desks[key(p)] {
			return false
		}
	}
	return true
}

// listed looks s up as it is, then without digits: numbers of pictures and versions of licences follow the name.
func listed(s string) bool {
	k := key(s)
	if agencies()[k] {
		return true
	}
	bare := strings.TrimRight(k, "0123456789")
	return len(bare) >= 4 && agencies()[bare]
}

// desks are what the wire services put after their own name: regional desks of dpa, the origin of the picture.
var desks = wordSet("lby lnw lhe lsw lno lni lbn lbg lsa lth lrs lmv archiv pool ho handout")

func key(s string) string { return Key(s) }

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

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
