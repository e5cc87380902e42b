package person

import (
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// phrase is a role with its adjectives and complement.
type phrase struct {
	text   string
	org    string
	gender string
	head   int // the role noun
	first  int // first token
	last   int // token after it
}

// phrase reads the role at token p with the adjectives before and the complement after it.
func (r *reader) phrase(p int, gender string) phrase {
	ro := r.roles[p]
	ph := phrase{head: p, first: p, last: p + 1, gender: ro.gender}
	gender, ph.gender = ro.agreed(gender)
	head := ro.nominative(r.word(p), gender)
	words := r.roleAdjectives(&ph, ro, gender)
	if w := r.word(ph.first - 1); ph.first == p && german.Is(w, german.EnglishTitle) && r.near(p-1) { // Director General
		head = w + " " + head
		ph.first--
	}
	at := p + 1
	if k := r.retirement(at); k > at { // Landrat a. D.
		head += " " + r.join(at, k)
		at, ph.last = k, k
	}
	comp, org, last := r.roleComplement(p, at)
	ph.last, ph.org = last, nominativeOrg(r.word(p+1), org)
	ph.text = strings.Join(append(words, head), " ") + comp
	if ph.org == "" {
		ph.org = r.partyOf(ro.prefix)
	}
	return ph
}

// agreed gives the gender in which a role is written for a person of the gender, and the gender the role itself shows.
func (ro role) agreed(gender string) (written, shown string) {
	switch {
	case ro.marked:
		return "", ""
	case gender != "" || ro.gender != "":
		return first(gender, ro.gender), ro.gender
	case ro.Either && !ro.Adjective: // des Präsidenten X: a weak masculine
		return schemas.GenderMale, schemas.GenderMale
	}
	return "", ""
}

// roleAdjectives reads the adjectives before the role of ph, from which on the phrase then begins.
func (r *reader) roleAdjectives(ph *phrase, ro role, gender string) []string {
	var words []string
	for q := ph.head - 1; q >= 0 && ph.head-q <= maxAdjectives && r.near(q) && r.sent(q) == r.sent(ph.head) && !r.isTaken(q); q-- {
		s, ok := r.roleAdjective(q, gender, ro)
		if !ok {
			break
		}
		words = append(words, s)
		ph.first = q
	}
	slices.Reverse(words)
	return words
}

// roleComplement reads what belongs to the role at token p behind it, from token at on: a complement, an office without an article, or
// what stands in the same brackets.
func (r *reader) roleComplement(p, at int) (comp, org string, last int) {
	comp, org, last = r.complementOf(at)
	if last == at {
		if k := r.division(p); k > last {
			org, last = r.join(at, k), k
			comp = " " + org
			if more, of, end := r.complementOf(k); end > k && r.word(k-2) == "und" { // Dezernentin Jugend, Soziales und Sport der Stadt
				comp, org, last = comp+more, first(of, org), end
			}
		}
	}
	if last != p+1 || !r.bracketed(p) {
		return comp, org, last
	}
	for last < len(r.toks) && last-p < bracketWithin && r.near(last-1) && r.is(last, isCap) && r.kindAt(last) == text.Word { // (Leiterin Jugendamt)
		last++
	}
	if org = r.join(p+1, last); org == "" {
		return "", "", last
	}
	return " " + org, org, last
}

// bracketed reports whether the role at token p begins what a parenthesis says.
func (r *reader) bracketed(p int) bool {
	return r.word(p-1) == "(" && r.is(p+1, isCap) && !r.is(p+1, isGiven)
}

// body reports whether the role noun rather means a council than one of its members.
func body(ro role) bool {
	switch m := ro.Masculine; {
	case m == "vorstand":
		return true
	case m == "landrat", m == "schulrat", m == "baurat", strings.HasSuffix(m, "brandrat"):
		return false
	default:
		return strings.HasSuffix(m, "rat")
	}
}

// roleAdjective gives the adjective at token q in the nominative without article when it belongs to a role.
func (r *reader) roleAdjective(q int, gender string, ro role) (string, bool) {
	w, low := r.word(q), r.low(q)
	if low == "stv." || low == "stellv." || low == "ehem." {
		return w, true
	}
	stem := strings.TrimRight(low, "nrms")
	if !strings.HasSuffix(stem, "e") || stem == low && !strings.HasSuffix(low, "e") {
		return "", false
	}
	stem = strings.TrimSuffix(stem, "e")
	if !german.Is(stem, german.RoleAdjective) && !strings.HasSuffix(stem, "politisch") {
		return "", false
	}
	w = w[:len(stem)]
	if gender == "" && ro.gender == "" {
		return r.word(q), true
	}
	if gender == schemas.GenderFemale {
		return w + "e", true
	}
	return w + "er", true
}

// complementOf reads what follows a role at token j: genitive or preposition, adjectives, nouns, a short form in parentheses.
// It gives the text with a leading blank, the organisation without its article, and the token after it.
func (r *reader) complementOf(j int) (string, string, int) {
	if !r.opensComplement(j) {
		return "", "", j
	}
	c := complement{reader: r, start: j, end: j, org: -1}
	sent := r.sent(j)
	for k := j; k < len(r.toks) && k-j < complementWithin && r.sent(k) == sent && !r.isTaken(k); {
		next := c.step(k)
		if next == k {
			break
		}
		k = next
	}
	return r.complementText(c.start, c.end, c.org)
}

// opensComplement reports whether token j, right behind a role, joins it with what it is about.
func (r *reader) opensComplement(j int) bool {
	if !r.has(j, german.Complement) || j == 0 || !r.near(j-1) {
		return false
	}
	return r.word(j) != "in" || r.is(j+1, isCap) || r.word(j+1) == "der"
}

// complement is what has been read of a complement.
type complement struct {
	*reader
	start, end int // tokens; the end is behind the last noun
	org        int // first token of the organisation, -1 for none
}

// step takes token k in and gives the token after what it took, k when the complement ends before it.
func (c *complement) step(k int) int {
	switch {
	case c.endsAt(k):
		return k
	case c.nounAt(k):
		c.noun(k, k+1)
		return k + 1
	case c.kindAt(k) == text.Mark && k > c.start:
		if m := c.closing(k); m > k {
			c.noun(k+1, m+1)
			return m + 1
		}
		return k
	case c.word(k) == "(" && c.end == k && c.word(k+2) == ")":
		c.end = k + 3
		return c.end
	case c.word(k) == "-" && k == c.afterUnd(k) && !c.is(k+1, isCap) && c.kindAt(k+1) == text.Word: // Kreisentwicklung und -straßen
		c.end = k + 2
		return c.end
	case joinsComplement(c.word(k)):
		return k + 1
	case c.adjectiveAt(k):
		if c.org < 0 && c.has(k-1, german.Article) {
			c.org = k
		}
		return k + 1
	}
	return k
}

// endsAt reports whether the complement ends before token k: a title or a name begins, or a phrase of the clause that is no genitive:
// Personalentwicklerin bei der Bahn die Sicht der Betriebe.
func (c *complement) endsAt(k int) bool {
	if c.is(k, isTitle|isSal) {
		return true
	}
	return k > c.start && (c.nameBegins(k) || c.is(k-1, isCap) && (opensPhrase(c.word(k)) || c.secondRole(k)))
}

// secondRole reports whether "und" at token k joins another role of the same person, not a noun of the complement: Leiterin des Amtes und
// stellvertretende Vorsitzende; but: Beauftragte für Schüler und Lehrer.
func (c *complement) secondRole(k int) bool {
	h := c.joinedRole(k)
	return h >= 0 && !c.is(k-1, isRole) && !c.plural(h) && !c.nameFollows(h) && !german.Is(c.roles[h].Masculine, german.Trade)
}

// nounAt reports whether a noun or number of the complement stands at token k.
func (c *complement) nounAt(k int) bool {
	if c.kindAt(k) == text.Number {
		return k > c.start
	}
	return c.is(k, isCap) && !(c.is(k, isStop) && k > c.end && c.end > c.start)
}

// noun takes the tokens up to end in; the organisation begins with the first of them at the latest.
func (c *complement) noun(from, end int) {
	if c.org < 0 {
		c.org = from
	}
	c.end = end
}

// opensPhrase reports whether an article right behind a noun begins the next phrase of the clause: it is no genitive.
func opensPhrase(w string) bool {
	switch w {
	case "die", "das", "den", "dem", "ein", "eine", "einen":
		return true
	}
	return false
}

// nameBegins reports whether a given name with something behind it stands at token k.
func (r *reader) nameBegins(k int) bool {
	return r.is(k, isGiven) && r.is(k+1, isCap|isParticle) && r.near(k)
}

// joinsComplement reports whether a word joins the parts of a complement.
func joinsComplement(w string) bool {
	switch w {
	case "und", "sowie", "&", "-", "/":
		return true
	}
	return german.Of(w).Any(complementJoints)
}

var complementJoints = german.SetOf(german.Complement, german.Article)

// adjectiveAt reports whether an adjective before a noun stands at token k, and no verb.
func (r *reader) adjectiveAt(k int) bool {
	w := r.word(k)
	return !r.is(k, isCap) && r.kindAt(k) == text.Word && german.Adjectival(w) && !german.Of(w).Any(knownVerbs) &&
		(r.is(k+1, isCap) || german.Adjectival(r.word(k+1)))
}

// knownVerbs are the classes of finite verbs whose subject is known.
var knownVerbs = german.SetOf(german.Speaks, german.Acts, german.Things)

// afterUnd is k when the hyphen at token k begins a shortened compound after "und", else -1.
func (r *reader) afterUnd(k int) int {
	if r.word(k-1) == "und" && k+1 < len(r.toks) && r.toks[k+1].Start == r.toks[k].End {
		return k
	}
	return -1
}

func (r *reader) complementText(start, end, org int) (string, string, int) {
	if end <= start {
		return "", "", start
	}
	s := " " + r.join(start, end)
	if about(r.word(start)) {
		org = r.officeIn(start+1, end-1)
	}
	if org < 0 || org >= end {
		return s, "", end
	}
	return s, strings.Trim(r.join(org, end), "\"„“”»«"), end
}

// about reports whether a preposition says what a role is about; an organisation then stands further on, if any: für Umwelt der Stadt X.
func about(w string) bool {
	switch w {
	case "für", "in", "an", "aus", "zur", "zum":
		return true
	}
	return false
}

// officeIn is the first noun behind a genitive or a preposition of place in tokens [from, to), -1 for none.
func (r *reader) officeIn(from, to int) int {
	for k := from; k < to; k++ {
		switch r.word(k) {
		case "der", "des", "beim", "bei", "vom":
			if r.is(k+1, isCap) {
				return k + 1
			}
		}
	}
	return -1
}

// closing is the mark that closes the one at token k within the next tokens, k for none.
func (r *reader) closing(k int) int {
	for j := k + 1; j < len(r.toks) && j-k < 12 && r.sent(j) == r.sent(k); j++ {
		if r.kindAt(j) == text.Mark {
			return j
		}
	}
	return k
}
