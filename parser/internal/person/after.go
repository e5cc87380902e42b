package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// after reads roles to the right of the name: ", Leiter des Amts," and "(Grüne)" and "ist Erste Bürgermeisterin".
func (r *reader) after(n *name, a *attributes) {
	j := r.behindName(n.last)
	if r.signed(n, j) {
		r.useJoined(n, j, a)
		return
	}
	if j >= len(r.toks) || r.sent(n.last) != r.sent(n.first) {
		return
	}
	switch w := r.word(j); {
	case w == "(":
		r.parenthesis(n, j+1, a)
		if k := r.bracketEnd(j); r.word(k) == ")" && r.word(k+1) == "," {
			r.apposition(n, k+2, a)
		}
	case w == ",":
		r.behindComma(n, j+1, a)
	case r.announced(n, j):
		r.apposition(n, j+2, a)
	case w == "als":
		r.apposition(n, j+1, a)
	case states(w):
		r.statement(n, j+1, a)
	case (w == "für" || w == "von" || w == "vom") && r.near(j-1) && !n.surname:
		r.onBehalf(j, a)
	}
}

// behindComma reads the party or the role at token j behind a name and a comma.
func (r *reader) behindComma(n *name, j int, a *attributes) {
	if p := party(r.word(j)); p != "" && closes(r.word(j+1)) {
		a.org = first(a.org, p)
		return
	}
	r.apposition(n, j, a)
}

// announced reports whether the particle of the verb before the name stands at token j, and then an apposition: kündigt NAME an, die
// Leiterin …
func (r *reader) announced(n *name, j int) bool {
	return german.Is(r.word(j), german.Separable) && r.word(j+1) == "," && r.has(j+2, german.Article) && r.has(n.full-1, german.Speaks)
}

// signed reports whether the name stands alone in its block and a role alone in the next, which begins at token j, as below a letter.
func (r *reader) signed(n *name, j int) bool {
	if !r.is(j, isRole) || r.isTaken(j) || r.toks[j].Block == r.toks[n.first].Block || r.plural(j) {
		return false
	}
	if n.full > 0 && r.toks[n.full-1].Block == r.toks[n.full].Block {
		return false
	}
	if ro := r.roles[j]; n.gender != "" && ro.gender != "" && ro.gender != n.gender {
		return false
	}
	last := r.phrase(j, n.gender).last
	return last >= len(r.toks) || r.toks[last].Block != r.toks[j].Block
}

// behindName is the token behind a name and what belongs to it, "a. D.", "MdB".
func (r *reader) behindName(j int) int {
	if s := r.word(j); s != "a." && german.TitleOf(s).Address != german.After {
		return j
	}
	if r.word(j+1) == "D." {
		return j + 2
	}
	return j + 1
}

// bracketEnd is the token that closes the bracket at token j, or the first behind the window.
func (r *reader) bracketEnd(j int) int {
	k := j + 1
	for k < len(r.toks) && k-j < afterBracketWithin && r.sent(k) == r.sent(j) && r.word(k) != ")" {
		k++
	}
	if k < len(r.toks) && k-j < afterBracketWithin && r.sent(k) == r.sent(j) {
		return k
	}
	return len(r.toks)
}

// states reports whether a verb says what somebody is.
func states(w string) bool {
	switch w {
	case "ist", "war", "wird", "wurde", "bleibt", "blieb":
		return true
	}
	return false
}

func closes(w string) bool {
	return w == ")" || w == "," || w == "." || w == "" || w == "und" || w == ":"
}

// parenthesis reads "(CDU)", "(Leiter des Amts)", "(CDU, Landrat)", "(Verein der Schwerhörigen)".
func (r *reader) parenthesis(n *name, j int, a *attributes) {
	end := r.bracketEnd(j - 1)
	if r.word(end) != ")" || end == j || r.kindAt(j) == text.Number || r.directions(j) {
		return
	}
	if p := party(r.join(j, end)); p != "" {
		a.org = first(a.org, p)
		return
	}
	k := j
	if p := party(r.word(j)); p != "" && (r.word(j+1) == "," || r.word(j+1) == "/") {
		a.org = first(a.org, p)
		k = j + 2
	}
	if !r.apposition(n, k, a) && k == j && a.org == "" && r.is(j, isCap) && !r.is(j, isStop|isGiven) && !r.isTaken(j) {
		a.org = r.join(j, end)
	}
}

// directions reports whether token j begins "links", "r.", "2. v. l." and the like.
func (r *reader) directions(j int) bool {
	switch strings.Trim(r.low(j), ".") {
	case "l", "r", "li", "re", "m", "links", "rechts", "mitte", "v", "von", "vorne", "hinten", "oben", "unten",
		"geb", "geboren", "gest", "foto", "bild", "jahre", "siehe", "s", "vgl":
		return true
	}
	return false
}

// apposition reads a role at token j, over an article and adjectives, and reports whether there was one.
func (r *reader) apposition(n *name, j int, a *attributes) bool {
	sent := r.sent(n.first)
	for k := j; k < len(r.toks) && k-j < appositionWithin && r.sent(k) == sent; k++ {
		if r.is(k, isRole) && !r.isTaken(k) && !r.modifies(k) {
			return r.roleOf(n, k, a)
		}
		if !r.beforeRole(k) {
			return false
		}
	}
	return false
}

// modifies reports whether the nominalised adjective at token k belongs to the role behind it: Geschäftsführender Direktor.
func (r *reader) modifies(k int) bool {
	return r.roles[k].Adjective && r.near(k) && r.is(k+1, isRole) && !r.isTaken(k+1) && roleAdjectiveWord(r.low(k))
}

// beforeRole reports whether the word at token k may stand before the role of an apposition: an article, an adjective, "als".
func (r *reader) beforeRole(k int) bool {
	w := r.low(k)
	switch {
	case german.Of(w).Any(articles), w == "stv.", w == "als", w == "und":
		return true
	case r.kindAt(k) != text.Word, !german.Adjectival(w):
		return roleAdjectiveWord(w) && r.kindAt(k) == text.Word && r.is(k, isCap) && german.Adjectival(w)
	}
	return !r.is(k, isCap) || roleAdjectiveWord(w)
}

// articles are articles and possessives.
var articles = german.SetOf(german.Article, german.Possessive)

// roleOf takes the role at token k, and those joined to it by "und", for the person, unless they are somebody else's.
func (r *reader) roleOf(n *name, k int, a *attributes) bool {
	ro := r.roles[k]
	if r.plural(k) || n.gender != "" && ro.gender != "" && ro.gender != n.gender || ro.Either && !ro.Adjective && !r.definite(k) || r.nameFollows(k) {
		return false
	}
	r.useJoined(n, k, a)
	return true
}

// useJoined takes the role at token k and those that "und" joins to it.
func (r *reader) useJoined(n *name, k int, a *attributes) {
	ph := r.phrase(k, n.gender)
	a.use(ph)
	for i := 0; i < maxJoined; i++ {
		h := r.joinedRole(ph.last)
		if h < 0 || r.sent(h) != r.sent(n.first) || r.isTaken(h) || r.plural(h) || r.nameFollows(h) {
			return
		}
		ph = r.phrase(h, n.gender)
		a.use(ph)
	}
}

// joinedRole is the role that "und" at token q joins, over its adjectives, -1 for none: und ehrenamtliche Vorsitzende.
func (r *reader) joinedRole(q int) int {
	if w := r.word(q); w != "und" && w != "sowie" {
		return -1
	}
	h := q + 1
	for h-q < 3 && !r.is(h, isRole) && roleAdjectiveWord(r.low(h)) && r.near(h) {
		h++
	}
	if !r.is(h, isRole) {
		return -1
	}
	return h
}

func roleAdjectiveWord(w string) bool {
	stem := strings.TrimSuffix(strings.TrimRight(w, "nrms"), "e")
	return german.Is(stem, german.RoleAdjective)
}

// nameFollows reports whether a name stands right after the role at token k, so that the role is that person's.
func (r *reader) nameFollows(k int) bool {
	j := k + 1
	for j-k < 12 && (r.is(j, isTitle) || r.word(j) == ".") {
		j++
	}
	return j < len(r.toks) && r.sent(j) == r.sent(k) && r.near(j-1) && (r.is(j, isGiven) || r.is(j, isInitial))
}

// onBehalf reads "für die KAL-Fraktion", "vom Sozialverband VDK" after a name.
func (r *reader) onBehalf(j int, a *attributes) {
	if a.org != "" {
		return
	}
	k := j + 1
	if r.has(k, german.Article) {
		k++
	}
	w := r.word(k)
	if !r.is(k, isCap) || r.is(k, isGiven|isStop) && party(w) == "" {
		return
	}
	last := w[strings.LastIndexByte(w, '-')+1:]
	if party(w) == "" && last != "Fraktion" && !r.is(k, isThing) {
		return
	}
	_, org, end := r.complementOf(j)
	if org == "" && end > k {
		org = r.join(k, end)
	}
	a.org = org
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
