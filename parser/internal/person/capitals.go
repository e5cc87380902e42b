package person

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
)

// spoken gives a word in capitals as it is usually written, MÜLLER-LÜDENSCHEID as Müller-Lüdenscheid, and whether it is one.
func spoken(w string) (string, bool) {
	if utf8.RuneCountInString(w) < shortestShouted || !acronym(w) {
		return w, false
	}
	var b strings.Builder
	up := true
	for _, c := range w {
		if !up {
			c = unicode.ToLower(c)
		}
		b.WriteRune(c)
		up = !unicode.IsLetter(c)
	}
	return b.String(), true
}

// shoutedName reports whether a name in capitals is one: all of it in capitals, with a family name, and either an office before it or a
// given name that is nothing else and a family name that is no noun: KAI BRAND, but not KIM Software, EVA ZENTRUM.
func (r *reader) shoutedName(n *name) bool {
	if n.family == n.last || n.last > n.family+1 && !r.is(n.family, isParticle) {
		return false
	}
	for k := n.first; k < n.last; k++ {
		if !r.is(k, isParticle) && !acronym(r.word(k)) {
			return false
		}
	}
	if r.addressedFull(n.first, n.last-1) {
		return true
	}
	family, _ := spoken(r.word(n.last - 1))
	given, _ := spoken(r.word(n.first))
	g, ok := german.GivenName(given)
	return ok && !g.Weak && !german.CommonNoun(strings.ToLower(family)) && !german.Of(family).Any(otherNames) && (!acronym(r.word(n.last)) || r.is(n.last, isStop))
}
