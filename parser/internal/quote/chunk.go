package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// chunker reads the nominals of a frame from left to right in one pass. Its state is what the next nominal will depend on: the preposition
// that was read last, "" in the free state.
type chunker struct {
	*frame
	people mentions
	titles func(q int) bool // whether a passage is a title, as the name of a paper or band
	prep   string
}

// chunk finds the nominals of a frame, left to right, in one pass.
// titles tells whether a passage is a title, as the name of a paper or band.
func (f *frame) chunk(m mentions, titles func(q int) bool) {
	c := chunker{frame: f, people: m, titles: titles}
	for i := 0; i < len(f.items); {
		i = c.step(i)
	}
}

// opening is what an item can begin.
type opening uint8

const (
	aNominal     opening = iota
	aStop                // a passage, a stop, a sign: no word or number
	anInfinitive         // zu sagen
	aRole                // als Bundeskanzlerin
	aPreposition
	aPostposition // X zufolge
)

// opening tells what item i begins.
func (c *chunker) opening(i int) opening {
	it, next := c.items[i], c.at(i+1)
	switch {
	case !it.isWord() && it.kind != text.Number:
		return aStop
	case it.low == "zu" && infinitive(next):
		return anInfinitive
	case it.low == "als" && c.asRole(i):
		return aRole
	case it.low == "während" && !genitiveDet(next.low): // während die Sitzung lief
		return aStop
	case it.is(german.Preposition) && (!it.upper() || i == 0) && !c.people.starts(it.Span):
		if it.low == "zufolge" || it.low == "gegenüber" && c.endsAt(i) {
			return aPostposition
		}
		return aPreposition
	}
	return aNominal
}

// infinitive reports whether a word behind zu is an infinitive.
func infinitive(it item) bool {
	return it.isWord() && !it.upper() && strings.HasSuffix(it.low, "n") && !it.is(german.Oblique)
}

// step reads what begins at item i and gives the item after it.
func (c *chunker) step(i int) int {
	it := c.items[i]
	switch c.opening(i) {
	case aStop:
		c.stop(i)
	case anInfinitive:
		return i + 2
	case aRole, aPreposition:
		c.prep = it.low
	case aPostposition:
	case aNominal:
		if n, ok := c.phrase(i); ok {
			c.take(&n)
			return n.to
		}
		if it.is(german.Finite) || len(german.Reporting(it.low)) > 0 {
			c.prep = ""
		}
	}
	return i + 1
}

// stop reads a passage or a sign: both end what a preposition governs, and a passage may be the title of somebody.
func (c *chunker) stop(i int) {
	it := c.items[i]
	if it.isQuote() && c.titles(it.quote) {
		c.entitle(i, c.prep)
	}
	if it.isQuote() || strings.ContainsAny(it.word, ",.:;()–—!?") {
		c.prep = ""
	}
}

// take completes the nominal and files it.
func (c *chunker) take(n *nominal) {
	c.split(n, c.people)
	c.trim(n)
	n.prep = c.prep
	if k := len(c.nouns) - 1; c.prep == "" && k >= 0 {
		c.depend(n, c.nouns[k])
	}
	c.bear(n)
	n.human = n.human || !n.pronoun && (c.isRole(*n) || nameLike(c.frame, *n))
	n.nominative = c.mayBeSubject(*n)
	n.plural = n.plural || german.Is(n.det, german.Several)
	c.nouns = append(c.nouns, *n)
	c.prep = ""
}

// depend reads what the nominal owes to the one before it: a shared preposition, or that it is its genitive.
func (c *chunker) depend(n *nominal, before nominal) {
	joint := before.to+1 == n.from
	switch {
	case joint && c.items[before.to].word == "," && c.inList(*n, before):
		n.prep = before.prep // für Bildung, Familie und Jugend
	case before.to == n.from && genitiveDet(n.det) && !n.pronoun && !before.pronoun:
		n.genitive = true
	case joint && joins(c.items[before.to].low):
		n.share(before)
	}
}

// share takes over what the nominal before "und" depends on.
func (n *nominal) share(before nominal) {
	n.prep, n.genitive = before.prep, before.genitive && n.det != "die" && n.det != "das"
	if n.det != "der" && german.Is(n.det, german.Nominative) && n.prep != "" && before.nominative {
		n.prep = ""
	}
}

// inList reports whether the nominal is a bare noun in an enumeration that a preposition governs.
func (c *chunker) inList(n, before nominal) bool {
	return n.det == "" && n.head == n.from && before.prep != "" && before.person < 0 && c.enumerated(n.to)
}

// joins reports whether a lower-case word joins two nominals.
func joins(w string) bool { return w == "und" || w == "oder" || w == "sowie" }

// bear finds the person whom the nominal names, or whose role it is.
func (c *chunker) bear(n *nominal) {
	m := c.people
	if j := m.in(c.span(n.from, n.to)); j >= 0 && !(m.spans[j].End < c.items[n.head].Start && german.PossibleGenitive(c.items[n.head-1].word)) {
		n.person, n.human = m.person[j], true
		for n.to < len(c.items) && c.items[n.to].Start < m.spans[j].End { // a name the run did not take whole
			n.to++
		}
	}
	if n.person < 0 && !n.pronoun {
		if j := m.whole(c.span(c.firstUpper(*n), n.head+1)); j >= 0 {
			n.person, n.human = m.person[j], true
		}
	}
}

// mayBeSubject reports whether the form and place of a nominal allow that it is a subject.
func (c *chunker) mayBeSubject(n nominal) bool {
	switch {
	case strings.HasPrefix(n.det, "kein"), n.person < 0 && c.items[n.head].is(german.Time):
		return false
	case n.det == "einer" && n.pronoun: // einer der Sänger
		return n.prep == ""
	case n.prep != "" || n.genitive || german.Is(n.det, german.Oblique):
		return false
	}
	return n.det != "der" || !c.feminineRun(n, c.people)
}

// enumerated reports whether an enumeration goes on at item i: a comma or "und" and a bare noun.
func (f *frame) enumerated(i int) bool {
	w := f.at(i)
	return (w.word == "," || w.low == "und" || w.low == "sowie") && f.at(i+1).isWord() && f.at(i+1).upper()
}

// entitle takes the title at item i into the nominal right before it, or makes it one with its determiner: der „Kurier“.
func (f *frame) entitle(i int, prep string) {
	if k := len(f.nouns) - 1; k >= 0 && f.nouns[k].to == i && !f.nouns[k].pronoun {
		f.nouns[k].to, f.nouns[k].title = i+1, f.items[i].quote
		return
	}
	n := nominal{from: i, to: i + 1, head: i, person: -1, title: f.items[i].quote, prep: prep}
	if p := f.at(i - 1); p.is(german.Nominative) || p.is(german.Oblique) {
		n.from, n.det = i-1, p.low
	} else if len(german.Reporting(f.at(i-1).low)) == 0 && prep == "" {
		return
	}
	n.nominative = prep == "" && !german.Is(n.det, german.Oblique)
	f.nouns = append(f.nouns, n)
}

// split ends the nominal before a name that does not belong to its noun: "dem Ausschuss | Petra Lohmann", "des Amtes | Dr. Abels".
func (f *frame) split(n *nominal, m mentions) {
	if n.pronoun || n.det == "" {
		return
	}
	j := m.in(f.span(n.from, n.to))
	if j < 0 || m.words[j] < 2 && m.full[j].Len() <= m.spans[j].Len() { // "des Falls Abels"
		return
	}
	start := m.spans[j].Start
	if m.full[j].Len() > 0 && m.full[j].Start > f.items[n.from].Start {
		start = m.full[j].Start
	}
	i := n.head
	for i > n.from+1 && f.items[i].Start != start {
		i--
	}
	if i <= n.from+1 {
		return
	}
	for title(f.items[i-1].word) && i-1 > n.from+1 {
		i--
	}
	if f.partsFromName(*n, f.items[i-1]) {
		n.to, n.head = i, i-1
	}
}

// trim ends a role before a noun that is no part of it and no name: die Bauamtsleiterin | Bauvorhaben.
func (c *chunker) trim(n *nominal) {
	first := c.firstUpper(*n)
	if n.pronoun || n.det == "" || first == n.head || n.head != n.to-1 || !roleWord(c.items[first].low) || c.people.in(c.span(n.from, n.to)) >= 0 {
		return
	}
	if next := c.items[first+1].low; german.CommonNoun(next) && !roleWord(next) {
		n.to, n.head = first+1, first
	}
}

// partsFromName reports whether the noun of the nominal is no role of the name behind it: a body, a document, a noun in the genitive.
func (f *frame) partsFromName(n nominal, noun item) bool {
	if !noun.upper() || roleWord(noun.low) {
		return false
	}
	genitive := (n.det == "des" || n.det == "eines") && strings.HasSuffix(noun.low, "s")
	return genitive || organisational(noun.low) || german.Ends(noun.low, german.Document)
}

// asRole reports whether "als" at item i leads a role ("als Bundeskanzlerin", "als erster Redner") and no clause.
func (f *frame) asRole(i int) bool {
	n := f.at(i + 1)
	if f.at(i-1).word == "," || i == 0 && !n.upper() {
		return false
	}
	return n.isWord() && (n.upper() || strings.HasPrefix(n.low, "ein") || f.adjective(n, true))
}

// feminineRun reports whether "der" before the run must be a dative or genitive: its first noun, or the woman it names, is feminine.
func (f *frame) feminineRun(n nominal, m mentions) bool {
	if n.person >= 0 {
		switch m.people[n.person].Gender {
		case schemas.GenderMale:
			return false
		case schemas.GenderFemale:
			return true
		}
	}
	return feminine(f.items[f.firstUpper(n)].low)
}

// endsAt reports whether a nominal ends before item i.
func (f *frame) endsAt(i int) bool { return len(f.nouns) > 0 && f.nouns[len(f.nouns)-1].to == i }

func genitiveDet(det string) bool {
	switch det {
	case "der", "des", "den", "dem", "eines", "einer", "seiner", "seines", "ihrer", "ihres", "dieser", "dieses", "unserer",
		"mehrerer", "zweier", "aller", "vieler":
		return true
	}
	return false
}
