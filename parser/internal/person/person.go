package person

import "github.com/kreispresse/kreispresse/parser/internal/text"

// Person is one human being of the text, in order of first mention.
type Person struct {
	Name, Given, Family string
	Title               string
	Roles               []string // as written in the text (nominative where that is safe), first the one nearest the name
	Organisation        string
	Gender              string // schemas.Gender…, "" unknown
	Mentions            []Mention
	RoleMentions        []text.Span // where a definite role alone points to the person ("die Dezernentin"), the noun only
}

// Mention is one place where the person is named. The span covers the name without titles and roles.
type Mention struct {
	text.Span
	Full    text.Span // with title and role words that belong to the noun phrase: "Kreisdezernentin Sybille Haußmann"
	Surname bool      // only the surname is given
	Rule    string    // the evidence that made it a name, for inspect
}

// Find reads the people of d, then those that only the captions name (these have no mentions, since captions are not in the text).
func Find(d *text.Doc, captions []string) []Person {
	reg := newRegistry()
	newReader(d, reg).read()
	for _, c := range captions {
		r := newReader(text.New([]text.Piece{{Text: c}}), reg)
		r.silent = true
		r.read()
	}
	return reg.people()
}

// read finds the names of the reader's text: full names first, since they tell which single words are surnames and given names.
func (r *reader) read() {
	for i := 0; i < len(r.toks); i++ {
		if end := r.couple(i); end > i {
			i = end - 1
		} else if n, ok := r.given(i); ok && n.family < n.last {
			n.rule = ruleGiven
			r.accept(n)
			i = n.last - 1
		}
	}
	r.reg.mergeForms()
	r.rows()
	r.each(r.addressed)
	r.surnames()
	r.each(r.context)
	r.surnames()
	r.each(r.single)
	r.surnames()
	r.anaphora()
}

// each tries a rule at every token that is free.
func (r *reader) each(rule func(int) (name, bool)) {
	for i := 0; i < len(r.toks); i++ {
		if r.taken[i] || r.kinds[i]&(isCap|isParticle) == 0 || r.is(i, isDead) {
			continue
		}
		if n, ok := rule(i); ok {
			r.accept(n)
			i = n.last - 1
		}
	}
}

// accept takes a name into the registry with its roles.
func (r *reader) accept(n name) {
	r.titles(&n)
	for i := n.full; i < n.last; i++ {
		r.taken[i] = true
	}
	a := r.attributes(&n)
	for _, h := range a.heads {
		r.used[h] = true
	}
	r.reg.add(r, n, a)
}
