package schemas

import (
	_ "embed"
	"strings"
	"sync"
)

// parameterClass says what a query parameter means for the identity of a page.
type parameterClass int

const (
	naming       parameterClass = iota // names the document: never left out
	tracking                           // never part of an address
	presentation                       // how the same document is shown
	ambiguous                          // one or the other, by site
	secret                             // names the document for all we know, and nobody else should see its value
)

//go:embed parameters.txt
var parametersText string

// parameters is the one table of URL parameters, read by identity (CanonicalURL) and by canonical links (SameDocument) alike.
var parameters = sync.OnceValue(func() (t parameterTable) {
	t.names, t.prefixes = map[string]parameterClass{}, map[string]parameterClass{}
	classes := map[string]parameterClass{"tracking": tracking, "presentation": presentation, "ambiguous": ambiguous, "secret": secret}
	for line := range strings.Lines(parametersText) {
		f := strings.Fields(line)
		if len(f) != 2 || f[0] == "#" {
			continue
		}
		if prefix, ok := strings.CutSuffix(f[1], "*"); ok {
			t.prefixes[prefix] = classes[f[0]]
		} else {
			t.names[f[1]] = classes[f[0]]
		}
	}
	return t
})

type parameterTable struct{ names, prefixes map[string]parameterClass }

func classOf(name string) parameterClass {
	t, low := parameters(), strings.ToLower(name)
	if c, ok := t.names[low]; ok {
		return c
	}
	for prefix, c := range t.prefixes {
		if strings.HasPrefix(low, prefix) {
			return c
		}
	}
	return naming
}

// tokenLength is the shortest value that is taken for a session's token: 16 characters of hex are 64 bits, the least that a session
// may have (OWASP Session Management); numbers of articles on municipal sites have at most 12 digits.
const tokenLength = 16

// sessionToken reports whether a value looks like the token of a session and not like the number or name of a document: long enough,
// of the letters of hex or base64 only, digits and letters mixed.
func sessionToken(value string) bool {
	if len(value) < tokenLength {
		return false
	}
	digits, letters := 0, 0
	for i := range len(value) {
		switch c := value[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			letters++
		case c == '+', c == '/', c == '=': // base64; a hyphen or underscore joins words in a name
		default:
			return false
		}
	}
	return digits >= 2 && letters >= 2
}

// omissible reports whether a page may leave the parameter out of the address that it calls its canonical one.
func omissible(name string, values []string) bool {
	switch classOf(name) {
	case tracking, presentation:
		return true
	case ambiguous:
		for _, v := range values {
			if !sessionToken(v) {
				return false
			}
		}
		return true
	}
	return false
}
