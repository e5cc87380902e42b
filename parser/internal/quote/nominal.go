package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// nominal is a noun phrase or a pronoun of a frame: a possible speaker.
type nominal struct {
	from, to   int // items, half-open; attributes after the first run of nouns are nominals of their own
	head       int // the last noun of the run
	det        string
	pronoun    bool
	prep       string // the preposition it depends on, "" for none
	genitive   bool   // attribute of the noun phrase before it
	nominative bool   // its form and place allow a subject
	plural     bool   // by its determiner or by coordination
	human      bool   // by role noun, person or pronoun
	person     int    // index in people, -1 for none
	title      int    // the passage that is its name, -1 for none: the magazine „Blatt“
}

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
	case it.low == "zu" && next.isWord() && !next.upper() && strings.HasSuffix(next.low, "n") && !next.is(german.Oblique):
		return anInfinitive
	case it.low == "als" && c.asRole(i):
		return aRole
	case it.is(german.Preposition) && (!it.upper() || i == 0) && !c.people.starts(it.Span):
		if it.low == "zufolge" || it.low == "gegenüber" && c.endsAt(i) {
			return aPostposition
		}
		return aPreposition
	}
	return aNominal
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
		n.prep, n.genitive = before.prep, before.genitive && n.det != "die" && n.det != "das"
		if n.det != "der" && german.Is(n.det, german.Nominative) && n.prep != "" && before.nominative {
			n.prep = ""
		}
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

// phrase reads a noun phrase or pronoun at item i.
func (f *frame) phrase(i int) (nominal, bool) {
	it := f.items[i]
	n := nominal{from: i, to: i + 1, head: i, person: -1, title: -1}
	if it.low == "er" || it.low == "sie" {
		n.pronoun, n.human = true, true
		return n, true
	}
	j := i
	if it.class.Any(determiners) {
		n.det = it.low
		j++
		if k := f.partOf(it, j); k > j {
			n.to, n.head, n.pronoun, n.human = k, k-1, it.low == "einer", true
			return n, true
		}
	}
	j = f.adjectives(j, n.det == "")
	k := f.run(j)
	if k == j {
		return f.demonstrative(n)
	}
	if n.det == "" && j == i && i == 0 && !f.nounAtStart(it) {
		return n, false
	}
	n.to, n.head = k, k-1
	if f.at(k).word == "(" { // party, office, initials: "(Grüne)"
		n.to = f.closing(k, bracketWithin)
	}
	return n, true
}

// partOf is the item after the genitive of a partitive determiner at item j, "eine | der Sängerinnen"; j for none.
func (f *frame) partOf(det item, j int) int {
	switch f.at(j).low {
	case "der", "von", "dieser", "des":
		if k := f.run(f.adjectives(j+1, false)); k > j+1 && partitive(det.low) {
			return k
		}
	}
	return j
}

// demonstrative makes n a pronoun if its item is one that stands for people: diese sagte, letztere, beide.
func (f *frame) demonstrative(n nominal) (nominal, bool) {
	it, next := f.items[n.from], f.at(n.from+1)
	switch {
	case (it.low == "diese" || it.low == "dieser") && next.isWord() && looksFinite(next.low):
		n.det = ""
	case it.low == "letztere":
	case !it.is(german.Pronoun), it.low == "es", it.low == "man", it.low == "diese", it.low == "dieses":
		return n, false
	}
	n.pronoun, n.human = true, true
	return n, true
}

// closing is the item after the bracket that closes the one at item i within the next items, i for none.
func (f *frame) closing(i, within int) int {
	for e := i + 1; e < len(f.items) && e < i+within; e++ {
		if f.items[e].word == ")" {
			return e + 1
		}
	}
	return i
}

func partitive(w string) bool {
	switch w {
	case "einer", "eine", "eines", "einige", "viele", "mehrere", "zwei", "drei", "keiner", "jeder":
		return true
	}
	return false
}

// nounAtStart reports whether the capitalised first word of a sentence can be a noun.
func (f *frame) nounAtStart(it item) bool {
	if next := f.at(1); next.isWord() && len(german.Reporting(next.low)) > 0 && participial(it.low) { // Relativierend fügt X hinzu
		return false
	}
	return !it.class.Any(notNouns) && len(german.Reporting(it.low)) == 0
}

// notNouns are the classes of the words that are no nouns at the beginning of a sentence.
var notNouns = german.SetOf(german.First, german.Pronoun, german.Object, german.Adverb, german.Preposition,
	german.Subordinator, german.Coordinator, german.Finite)

// participial reports whether a word has the form of a participle used as an adverb: abschließend, besorgt, angesprochen.
func participial(w string) bool {
	if strings.HasSuffix(w, "end") {
		return len(w) > 7
	}
	if !strings.HasSuffix(w, "t") && !strings.HasSuffix(w, "en") {
		return false
	}
	for _, p := range []string{"ge", "be", "er", "ver", "ent", "ange", "zer"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

// adjectives is the index after the adjectives, numbers and participles that start at item i, if nouns follow them.
func (f *frame) adjectives(i int, bare bool) int {
	j := i
	for j < len(f.items) && j < i+maxAdjectives {
		if k := f.age(j); k > j {
			if f.at(k - 1).upper() { // der 58-Jährige
				return k - 1
			}
			j = k // 39-jährige
			continue
		}
		n := f.attribute(j, bare, j > i)
		if n == 0 {
			break
		}
		j += n
	}
	if j < len(f.items) && f.items[j].isWord() && (f.items[j].upper() || digitWord(f.items[j].word)) {
		return j
	}
	return i
}

// age is the item after a number, a hyphen and a word, i for none.
func (f *frame) age(i int) int {
	if it := f.items[i]; it.kind == text.Number && !it.isQuote() && f.at(i+1).word == "-" && f.at(i+2).isWord() {
		return i + 3
	}
	return i
}

// attribute is the number of items, none to two, of the attribute of a noun at item j; inner says that one stands before it.
func (f *frame) attribute(j int, bare, inner bool) int {
	it, next := f.items[j], f.at(j+1)
	small := it.isWord() && !it.upper()
	switch {
	case small && !bare && it.is(german.Adverb) && next.isWord() && !next.upper() && f.adjective(next, false): // die heute vorgestellte
		return 2
	case it.kind == text.Number && !it.isQuote(), small && f.adjective(it, bare):
		return 1
	case small && inner && (it.low == "rund" || it.low == "etwa" || it.low == "so" || it.low == "sehr"):
		return 1
	}
	return 0
}

func digitWord(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// adjective reports whether a small-lettered word can be one; bare means that no determiner precedes it, when it is rather a verb.
func (f *frame) adjective(it item, bare bool) bool {
	if len(it.low) < shortestAdjective || it.class.Any(notAdjectives) {
		return false
	}
	if it.class.Any(determiners) {
		return it.is(german.Several) || strings.HasPrefix(it.low, "beid") || strings.HasPrefix(it.low, "ander") || strings.HasPrefix(it.low, "weiter")
	}
	for _, r := range german.Reporting(it.low) {
		if r.Form.Finite() && (!r.Split || bare) {
			return false
		}
	}
	if bare && strings.HasSuffix(it.low, "te") {
		return false
	}
	_, ok := german.AdjectiveStem(it.low)
	return ok
}

// notAdjectives are the classes of small-lettered words that are no adjectives.
var notAdjectives = german.SetOf(german.Preposition, german.Adverb, german.Subordinator, german.Finite, german.Object, german.First)

// run is the index after the capitalised words that start at item i, with the small words inside names.
func (f *frame) run(i int) int {
	j := i
	for j < len(f.items) {
		k := f.runOn(j, j == i)
		if k == j {
			break
		}
		j = k
	}
	return j
}

// runOn is the item after the part of a run at item j, j when the run ends there; first says that nothing of it was read yet.
func (f *frame) runOn(j int, first bool) int {
	it := f.items[j]
	switch {
	case it.isWord() && (it.upper() || first && digitWord(it.word) && strings.Contains(it.word, "-")):
		return f.capital(j, first)
	case first:
		return j
	case it.word == "-" && strings.HasSuffix(f.items[j-1].word, ".") && f.noun(j+1): // Univ.-Prof.
		return j + 1
	case it.isWord() && it.is(german.InName):
		return f.particles(j)
	}
	return j
}

// capital is the item after the capitalised word at item j of a run: over the joint of a shortened compound, none before "Sie".
func (f *frame) capital(j int, first bool) int {
	it := f.items[j]
	if strings.HasSuffix(it.word, "-") && (f.at(j+1).low == "und" || f.at(j+1).low == "oder") && f.noun(j+2) { // Zoo- und Tierparkdirektor
		return j + 2
	}
	if !first && (it.low == "sie" || it.low == "ihre" || it.low == "ihr") {
		return j
	}
	return j + 1
}

// noun reports whether a capitalised word stands at item i.
func (f *frame) noun(i int) bool { return f.at(i).isWord() && f.at(i).upper() }

// particles is the item of the family name behind the small words of a name at item j, "von der Heide"; j for none.
func (f *frame) particles(j int) int {
	switch f.items[j].low {
	case "der", "den", "zu", "zum", "zur", "auf":
		return j
	}
	k := j + 1
	for k < j+3 && f.at(k).isWord() && f.at(k).is(german.InName) && !f.at(k).upper() {
		k++
	}
	if f.noun(k) && givenLike(f.items[j-1]) && !organisational(f.at(k).low) && !feminine(f.at(k).low) {
		return k
	}
	return j
}

// givenLike reports whether a word can be the given name before "von", "van", "de": not a role, not a noun by its ending.
func givenLike(it item) bool {
	if german.HasEnd(it.low, german.Human) {
		return false
	}
	return !feminine(it.low) && len(it.word) > 1
}
