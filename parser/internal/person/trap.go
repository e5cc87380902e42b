package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// quoted reports whether the tokens [i, j) stand in a short quoted title: „Edwin Booz Surveys“, "Till Death Do Us Part".
func (r *reader) quoted(i, j int) bool {
	open := -1
	for k := i - 1; k >= 0 && i-k < 4 && r.near(k); k-- {
		if r.kindAt(k) == text.Mark {
			open = k
			break
		}
		if !r.is(k, isCap) {
			return false
		}
	}
	if open < 0 {
		return false
	}
	for k := j; k < len(r.toks) && k-j < 5 && r.toks[k].Block == r.toks[i].Block; k++ {
		if r.kindAt(k) == text.Mark {
			return !r.is(open-1, isRole|isSal)
		}
		if !r.is(k, isCap) && r.kindAt(k) != text.Number {
			return false
		}
	}
	return false
}

// trapped reports whether the words around show that the name is that of a street, school, prize, ship …
func (r *reader) trapped(n *name) bool {
	p := n.first - 1
	if p >= 0 && r.near(p) && (r.bearerAt(p) || !n.surname && r.is(p, isCap) && namesake(r.word(p)) && r.headOf(p, false) < 0) {
		return true
	}
	next := ""
	if r.near(n.last - 1) {
		next = r.word(n.last)
	}
	if next != "" && r.is(n.last, isCap) && r.is(n.last, isThing) && !strings.HasSuffix(r.word(n.last-1), "s") {
		return true
	}
	return n.family == n.last && !n.famous && !r.free(n, next)
}

// bearerAt reports whether the word at token p makes the name behind it that of a thing: Straße, St., Anne-Frank-.
func (r *reader) bearerAt(p int) bool {
	w := r.word(p)
	if german.Is(w, german.Bearer) || strings.HasSuffix(w, "-") && w != "-" && r.is(p, isCap) {
		return true
	}
	bare := strings.TrimSuffix(w, ".")
	return bare != w && german.Is(bare, german.Bearer)
}

// namesake reports whether w is a thing that bears the name of a person behind it: Bürgerstiftung Johann Wilmers, Fähre Anna Katharina.
func namesake(w string) bool { return german.HasEnd(strings.ToLower(w), german.Namesake) }

// free reports whether a given name alone stands free: no adjective-like doubts, no article, no noun that it would be a part of.
func (r *reader) free(n *name, next string) bool {
	p := n.first - 1
	switch {
	case r.is(n.first, isWeak|isStop|isCommon|isRole|isNever),
		r.hasLow(p, german.Article),
		placed(r.word(p)),
		r.near(p) && r.described(p),
		r.kindAt(p) == text.Mark && r.shortQuote(n.first), // the musical „Anna und der König“
		next != "" && r.goesOn(n.last, next):
		return false
	}
	if p >= 0 && r.near(p) && r.is(p, isCap) && !r.is(p, isRole|isSal|isTitle|isStop) && !r.starts(p) {
		_, kin := kin(r.word(p))
		return kin
	}
	return true
}

// placed reports whether the word before a name makes it a place or a ship: in Asunción, HMS Orpheus.
func placed(w string) bool {
	switch w {
	case "in", "nach", "aus", "In", "Nach", "Aus":
		return true
	}
	return len(w) > 1 && strings.ToUpper(w) == w && capital(w)
}

// described reports whether an adjective with an article stands at token q, as before a thing: den französischen César.
func (r *reader) described(q int) bool {
	w := r.word(q)
	return !r.is(q, isCap) && german.Adjectival(w) && r.has(q-1, german.Article) && !childlike(w)
}

// goesOn reports whether the word at token j goes on with the name before it.
func (r *reader) goesOn(j int, w string) bool {
	return r.kindAt(j) == text.Number || r.is(j, isCap) && !r.is(j, isStop) || w == "el" || w == "de" || w == "di" || strings.ContainsAny(w[:1], "-/&")
}

// shortQuote reports whether a mark follows within a few words none of which is a verb.
func (r *reader) shortQuote(i int) bool {
	for k := i; k < len(r.toks) && k-i < 7 && r.sent(k) == r.sent(i); k++ {
		w := r.word(k)
		if r.kindAt(k) == text.Mark {
			return true
		}
		if german.Is(w, german.Speaks) || german.Is(w, german.Acts) || german.Is(w, german.Things) {
			return false
		}
	}
	return false
}

// childlike adjectives stand before the given names of people: die 13-jährige Jennifer, der kleine Oliver.
func childlike(w string) bool {
	for _, stem := range [...]string{"klein", "jung", "alt", "heilig"} {
		if strings.HasPrefix(w, stem) {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimRight(w, "nmrs"), "jährige")
}
