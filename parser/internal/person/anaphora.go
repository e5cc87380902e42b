package person

import (
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// anaphora reads the roles that stand away from the name: "als Vorsitzende" in a sentence about one person, and "die Dezernentin",
// which points back to somebody named before. It runs when all names are known.
func (r *reader) anaphora() {
	if r.silent {
		return
	}
	seq := r.reg.sequence(r)
	at := 0 // mentions before the token
	for i := range r.toks {
		for at < len(seq) && seq[at].first < i {
			at++
		}
		if !r.is(i, isRole) || r.isTaken(i) || r.used[i] || r.plural(i) || r.nameFollows(i) {
			continue
		}
		if e := r.predicate(seq, i); e != nil {
			ph := r.phrase(i, e.Gender)
			if e.agrees(ph.gender) {
				e.merge(name{}, attributes{roles: []string{ph.text}, org: ph.org, gender: ph.gender})
				r.used[i] = true
			}
			continue
		}
		if r.definite(i) && !r.has(i+1, german.Complement) && !r.pointBack(seq[:at], i) {
			r.pointAhead(seq, i)
		}
	}
}

// mentioned is a mention in text order.
type mentioned struct {
	e     *entry
	first int // token
	last  int
}

// sequence is all mentions in text order with their tokens.
func (g *registry) sequence(r *reader) []mentioned {
	var out []mentioned
	for _, e := range g.all {
		for _, m := range e.Mentions {
			out = append(out, mentioned{e, r.d.TokenAt(m.Start), r.d.TokenAt(m.End - 1)})
		}
	}
	sortMentions(out)
	return out
}

// predicate is the one person of the sentence whom "als ROLE" at token i speaks of, nil for none.
func (r *reader) predicate(seq []mentioned, i int) *entry {
	p := i - 1
	for i-p <= maxAdjectives && p >= 0 && r.near(p) && german.Adjectival(r.low(p)) && !r.has(p, german.Article) {
		p--
	}
	if w := r.word(p); w != "als" && w != "Als" || comparative(r.word(p-1)) || p != i-1 && strings.HasSuffix(r.word(i-1), "en") {
		return nil
	}
	e := only(seq, r.d.Sentences[r.sent(i)])
	if e == nil || !e.agrees(r.roles[i].gender) {
		return nil
	}
	return e
}

// only is the one person a sentence names, nil when there are none or several.
func only(seq []mentioned, s text.Sentence) *entry { return onlyOne(within(seq, s.First, s.Last)) }

// comparative reports whether an "als" after w compares: größer als, mehr als.
func comparative(w string) bool {
	switch w {
	case "mehr", "weniger", "anders", "andere", "anderes", "nichts", "niemand", "sowohl":
		return true
	}
	return len(w) > 4 && strings.HasSuffix(w, "er") && !capital(w)
}

// agrees reports whether a form of the gender can speak of the person.
func (e *entry) agrees(gender string) bool {
	return gender == "" || e.Gender == "" || e.Gender == gender
}

// pointBack finds the person whom a definite role at token i means: the latest one who has that role, else the only one the sentence
// and the one before name.
func (r *reader) pointBack(before []mentioned, i int) bool {
	ro := r.roles[i]
	span := text.Span{Start: r.toks[i].Start, End: r.toks[i].End}
	if e := r.knownBy(before, i); e != nil {
		e.RoleMentions = append(e.RoleMentions, span)
		return true
	}
	if len(before) == 0 || !r.tells(i) || !r.subject(i, ro.gender) {
		return false
	}
	s := r.sent(i)
	if s == 0 || r.d.Sentences[s-1].Block != r.d.Sentences[s].Block {
		return false
	}
	near := within(before, r.d.Sentences[s-1].First, i)
	e := onlyOne(near)
	if e == nil || slices.ContainsFunc(near, func(m mentioned) bool { return r.sent(m.first) == s }) {
		return false
	}
	return r.giveRole(e, i)
}

// knownBy is the latest of the people named before who is known by the role at token i, nil for none.
func (r *reader) knownBy(before []mentioned, i int) *entry {
	ro := r.roles[i]
	for k := len(before) - 1; k >= max(0, len(before)-maxBack); k-- {
		if k+1 < len(before) && before[k].e == before[k+1].e {
			continue
		}
		if e := before[k].e; e.agrees(ro.gender) && r.hasRole(e, ro, r.word(i)) {
			return e
		}
	}
	return nil
}

// tells reports whether the role at token i tells of one person, by its gender: no adjective, nobody in general, no council.
func (r *reader) tells(i int) bool {
	ro := r.roles[i]
	if ro.Adjective || ro.gender == "" || german.Is(ro.Masculine, german.Anybody) {
		return false
	}
	return !strings.HasSuffix(ro.Masculine, "rat") || r.has(i-2, german.Speaks) || r.word(i-2) == "so"
}

// onlyOne is the person whom all of the mentions name, nil for none or several.
func onlyOne(list []mentioned) *entry {
	if len(list) == 0 || len(list) > maxBack {
		return nil
	}
	for _, m := range list[1:] {
		if m.e != list[0].e {
			return nil
		}
	}
	return list[0].e
}

// giveRole gives the role at token i to a person of its gender who has none.
func (r *reader) giveRole(e *entry, i int) bool {
	ro := r.roles[i]
	if len(e.Roles) > 0 || e.Gender != ro.gender {
		return false
	}
	e.Roles = append(e.Roles, ro.nominative(r.word(i), ro.gender))
	e.RoleMentions = append(e.RoleMentions, text.Span{Start: r.toks[i].Start, End: r.toks[i].End})
	return true
}

// pointAhead gives the head office that a definite role at token i names to the one person of its gender whom this sentence or the next
// names behind it: "Die Landrätin sieht das so. Das sei neu, sagte Eva Thole." Only offices that one person holds are taken.
func (r *reader) pointAhead(seq []mentioned, i int) {
	ro := r.roles[i]
	if !german.Is(ro.Masculine, german.Single) || ro.gender == "" || ro.Adjective || !r.subject(i, ro.gender) {
		return
	}
	s := r.sent(i)
	end := r.d.Sentences[s].Last
	if s+1 < len(r.d.Sentences) && r.d.Sentences[s+1].Block == r.d.Sentences[s].Block {
		end = r.d.Sentences[s+1].Last
	}
	near := within(seq, r.d.Sentences[s].First, end)
	if e := onlyOne(near); e != nil && near[0].first >= i {
		r.giveRole(e, i)
	}
}

// subject reports whether the role at token i can be the subject of its clause: a nominative article, no preposition, nothing joined.
func (r *reader) subject(i int, gender string) bool {
	q := i - 1
	for i-q <= maxAdjectives && q >= 0 && r.near(q) && !r.is(q, isCap) && !r.has(q, german.Article) {
		q--
	}
	w := r.low(q)
	if gender == schemas.GenderMale && w != "der" || gender == schemas.GenderFemale && w != "die" {
		return false
	}
	prev := r.low(q - 1)
	return !german.Is(prev, german.Governs) && prev != "und" && prev != "oder" && prev != "sowie" && prev != "als" && prev != "wie"
}

// hasRole reports whether the person is known by the role of a short form: "Stadtrat" for "CDU-Stadtrat", "OB" for "Oberbürgermeister".
func (r *reader) hasRole(e *entry, ro role, word string) bool {
	want := strings.ToLower(ro.prefix)
	for _, s := range e.Roles {
		for w := range strings.FieldsSeq(s) {
			if w == word || synonyms[w] != "" && synonyms[w] == word {
				return true
			}
			if have, ok := readRole(w); ok && ro.Masculine != "" && have.Masculine == ro.Masculine && strings.HasSuffix(strings.ToLower(have.prefix), want) {
				return true
			}
		}
	}
	return false
}

var synonyms = map[string]string{"Oberbürgermeister": "OB", "Oberbürgermeisterin": "OB", "OB": "Oberbürgermeister"}

// afterPlural gives the role of the enumeration that the name belongs to: "die Zeitzeugen Max A. und Eva B.".
func (r *reader) afterPlural(n *name, a *attributes) {
	p, ok := r.enumerated(n.full)
	if !ok {
		return
	}
	ro := r.roles[p]
	if n.gender == "" || ro.marked || ro.Masculine == "" {
		return
	}
	ph := r.phrase(p, n.gender)
	ro.Plural, ro.Either = false, false
	ph.text = ro.nominative(r.word(p), n.gender)
	ph.gender = ""
	a.use(ph)
	end := n.last
	if r.word(end) == "(" {
		if k := r.bracketEnd(end); k < len(r.toks) {
			end = k + 1
		}
	}
	r.lists[end] = p
}

// enumerated finds the plural role that governs the name at token i: directly before it, or before the name it is joined to.
func (r *reader) enumerated(i int) (int, bool) {
	p := i - 1
	if r.is(p, isRole) && r.near(p) && r.plural(p) {
		return p, true
	}
	if w := r.word(p); w == "und" || w == "," || w == "sowie" {
		q, ok := r.lists[p]
		return q, ok
	}
	return 0, false
}

// conductor reads "das Orchester unter der Leitung von NAME", where leading is the office; a project is led by anybody.
func (r *reader) conductor(n *name, a *attributes) {
	p := n.full - 1
	if w := r.word(p); w != "von" && w != "durch" || r.word(p-1) != "Leitung" || !r.near(p) {
		return
	}
	for k := p - 2; k >= 0 && p-k < ensembleWithin && r.sent(k) == r.sent(p); k-- {
		if german.HasEnd(r.low(k), german.Ensemble) {
			a.roles = append(a.roles, "Leitung")
			return
		}
	}
}

// statement reads "NAME ist seit 2019 Bürgermeisterin" beyond the words next to the name.
func (r *reader) statement(n *name, j int, a *attributes) {
	if r.hasLow(n.full-1, german.Governs) {
		return
	}
	sent := r.sent(n.first)
	for k := j; k < len(r.toks) && k-j < statementWithin && r.sent(k) == sent; k++ {
		switch {
		case r.isTaken(k) || r.is(k, isGiven|isSal) || r.kindAt(k) == text.Punct && r.word(k) != ".":
			return
		case r.is(k, isRole):
			if r.predicateOf(n, k) {
				r.useJoined(n, k, a)
			}
			return
		}
	}
}

// predicateOf reports whether the role at token k, behind a verb of being, can be what is said of the person.
func (r *reader) predicateOf(n *name, k int) bool {
	ro := r.roles[k]
	return !r.plural(k) && !r.nameFollows(k) && ro.suits(n.gender) && r.nominativeAt(k, ro)
}

// suits reports whether the form of the role can speak of somebody of the gender.
func (ro role) suits(gender string) bool {
	return gender == "" || ro.gender == "" || ro.gender == gender
}

// nominativeAt reports whether the words before the role at token k let it be a predicate: no article or preposition of another case.
func (r *reader) nominativeAt(k int, ro role) bool {
	q := k - 1
	for k-q <= maxAdjectives && q >= 0 && r.near(q) && german.Adjectival(r.low(q)) && !r.has(q, german.Article) && r.kindAt(q) == text.Word {
		if strings.HasSuffix(r.word(q), "en") || strings.HasSuffix(r.word(q), "em") {
			return false
		}
		q--
	}
	switch w := r.word(q); w {
	case "der":
		return ro.gender == schemas.GenderMale
	case "die":
		return ro.gender == schemas.GenderFemale
	case "ein", "eine":
		return true
	case "in", "aus", "zum", "zur", "als":
		return false
	default:
		return !german.Is(w, german.Article) && !german.Is(w, german.Governs)
	}
}
