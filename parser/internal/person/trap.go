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
	if p >= 0 && r.near(p) && (r.bearerAt(p) || r.namesakeAt(n, p)) || r.underArticle(n) || r.announcedTitle(n) {
		return true
	}
	next := ""
	if r.near(n.last - 1) {
		next = r.word(n.last)
	}
	owned := strings.HasSuffix(r.word(n.last-1), "s") && !german.Is(strings.ToLower(next), german.Street)
	if next != "" && r.is(n.last, isCap) && r.is(n.last, isThing) && !owned {
		return true
	}
	return n.family == n.last && !n.famous && !r.free(n, next)
}

// underArticle reports whether the article before a name is that of a thing which bears it: das Christian Doppler Labor, in der Anna
// Seghers Straße, ein Opel Adam. Before a noun an article goes with the noun; an indefinite one stands before things anyway.
func (r *reader) underArticle(n *name) bool {
	p := n.first - 1
	if n.surname || n.famous || n.family == n.last || !r.near(p) || !r.hasLow(p, german.Article) && r.low(p) != "the" {
		return false
	}
	if indefinite(r.low(p)) {
		return true
	}
	if last := r.low(n.last - 1); german.Is(last[strings.LastIndexByte(last, '-')+1:], german.Thing) { // im Wilhelm Korn-Haus
		return true
	}
	if r.word(p-1) == "," && !r.is(n.last, isThing) { // der Mann, der Anna Lohmeier Blumen brachte
		return false
	}
	return r.is(n.last, isCap) && r.near(n.last-1) && !r.is(n.last, isStop|isRole|isSal|isTitle)
}

// indefinite reports whether w is an indefinite article.
func indefinite(w string) bool {
	switch w {
	case "ein", "eine", "einen", "einem", "einer", "eines", "kein", "keine", "keinen", "keinem", "keiner":
		return true
	}
	return false
}

// announcedTitle reports whether the full name n begins the quoted title of a work that a noun announces: die Ausstellung „Anna Blume und ich“.
func (r *reader) announcedTitle(n *name) bool {
	p := n.first - 1
	if r.kindAt(p) != text.Mark || !r.hasLow(p-1, german.Naming) {
		return false
	}
	return r.inTitle(n.first)
}

// bearerAt reports whether the word at token p makes the name behind it that of a thing: Straße, St., Anne-Frank-.
func (r *reader) bearerAt(p int) bool {
	w := r.word(p)
	if german.Is(w, german.Bearer) || german.Is(w, german.Brand) || strings.HasSuffix(w, "-") && w != "-" && r.is(p, isCap) {
		return true
	}
	bare := strings.TrimSuffix(w, ".")
	return bare != w && german.Is(bare, german.Bearer)
}

// namesakeAt reports whether the thing at token p bears the full name n behind it.
func (r *reader) namesakeAt(n *name, p int) bool {
	if n.surname || n.famous || !r.is(p, isCap) || r.is(p, isRole|isSal|isTitle|isGiven) || !namesake(r.word(p)) && !r.institution(p) {
		return false
	}
	return r.headOf(p, false) < 0
}

// institution reports whether a house, club or firm stands at token p with an article and no preposition, so that a name right behind it is
// its own: die Turnhalle Adolf Reichwein, but: traf im Rathaus Anna Lohmeier.
func (r *reader) institution(p int) bool {
	switch r.low(p - 1) {
	case "der", "die", "das", "dem", "den", "des":
	default:
		return false
	}
	return (r.is(p, isThing) || german.Ends(r.low(p), german.Thing)) && !r.hasLow(p-2, german.Preposition)
}

// namesake reports whether w is a thing that bears the name of a person behind it: Bürgerstiftung Johann Wilmers, Fähre Anna Katharina.
func namesake(w string) bool { return german.HasEnd(strings.ToLower(w), german.Namesake) }

// free reports whether a given name alone stands free: no adjective-like doubts, no article, no noun that it would be a part of.
func (r *reader) free(n *name, next string) bool {
	p := n.first - 1
	switch {
	case r.is(n.first, isWeak|isStop|isCommon|isRole|isNever),
		r.hasLow(p, german.Article), r.kindAt(p) == text.Number && r.near(p),
		placed(r.word(p)), r.is(p, isRole) && placed(r.word(p-1)), // in Khan Yunis
		r.inTitle(n.first),
		r.near(p) && r.described(p),
		next != "" && r.goesOn(n.last, next):
		return false
	}
	if p >= 0 && r.near(p) && r.is(p, isCap) && !r.is(p, isRole|isSal|isTitle|isStop) && (!r.starts(p) || r.unknownName(p)) {
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

// inTitle reports whether token i stands in a few quoted words without a verb, as in the name of a work: „Anna und der König“, the show
// „Grafik von Dürer bis heute“.
func (r *reader) inTitle(i int) bool {
	for k := i - 1; k >= 0 && i-k < titleWithin && r.toks[k].Block == r.toks[i].Block; k-- {
		if r.kindAt(k) == text.Mark {
			return r.toks[k].End == r.toks[k+1].Start && r.shortQuote(i)
		}
		if r.isVerb(k) {
			return false
		}
	}
	return false
}

// isVerb reports whether the word at token k is a finite verb whose subject is known.
func (r *reader) isVerb(k int) bool { return k >= 0 && k < len(r.sets) && r.sets[k].Any(knownVerbs) }

// shortQuote reports whether a mark follows within a few words none of which is a verb.
func (r *reader) shortQuote(i int) bool {
	for k := i; k < len(r.toks) && k-i < titleWithin && r.sent(k) == r.sent(i); k++ {
		if r.kindAt(k) == text.Mark {
			return true
		}
		if r.isVerb(k) {
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
