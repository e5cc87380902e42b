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

// chunk finds the nominals of a frame, left to right, in one pass.
// titles tells whether a passage is a title, as the name of a paper or band.
func (f *frame) chunk(m mentions, titles func(q int) bool) {
	prep := ""
	for i := 0; i < len(f.items); {
		it := f.items[i]
		switch {
		case !it.isWord() && it.kind != text.Number:
			if it.isQuote() && titles(it.quote) {
				f.entitle(i, prep)
			}
			if it.isQuote() || strings.ContainsAny(it.word, ",.:;()–—!?") {
				prep = ""
			}
			i++
			continue
		case it.low == "zu" && f.at(i+1).isWord() && !f.at(i+1).upper() && strings.HasSuffix(f.at(i+1).low, "n") && !f.at(i+1).is(german.Oblique):
			i += 2 // infinitive
			continue
		case it.low == "als" && f.asRole(i):
			prep = "als"
			i++
			continue
		case it.is(german.Preposition) && !(it.upper() && i > 0) && !m.starts(it.Span):
			if it.low == "zufolge" || it.low == "gegenüber" && f.endsAt(i) { // postpositions
				i++
				continue
			}
			prep = it.low
			i++
			continue
		}
		n, ok := f.phrase(i)
		if !ok {
			if len(german.Reporting(it.low)) > 0 || it.is(german.Finite) {
				prep = ""
			}
			i++
			continue
		}
		f.split(&n, m)
		n.prep = prep
		prev := len(f.nouns) - 1
		if prep == "" && prev >= 0 {
			p := f.nouns[prev]
			switch {
			case p.to+1 == n.from && f.items[p.to].word == "," && n.det == "" && n.head == n.from && p.prep != "" && p.person < 0 && f.enumerated(n.to):
				n.prep = p.prep // für Bildung, Familie und Jugend
			case p.to == n.from && n.det != "" && genitiveDet(n.det) && !n.pronoun && !p.pronoun:
				n.genitive = true
			case p.to+1 == n.from && (f.items[p.to].low == "und" || f.items[p.to].low == "oder" || f.items[p.to].low == "sowie"):
				n.prep, n.genitive = p.prep, p.genitive && n.det != "die" && n.det != "das"
				if n.det != "" && german.Is(n.det, german.Nominative) && n.det != "der" && n.prep != "" && p.nominative {
					n.prep = ""
				}
			}
		}
		if j := m.in(f.span(n.from, n.to)); j >= 0 && !(m.spans[j].End < f.items[n.head].Start && possessive(f.items[n.head-1].word)) {
			n.person = m.person[j]
			n.human = true
			for n.to < len(f.items) && f.items[n.to].Start < m.spans[j].End { // a name the run did not take whole
				n.to++
			}
		}
		if n.person < 0 && !n.pronoun {
			if j := m.whole(f.span(f.firstUpper(n), n.head+1)); j >= 0 {
				n.person, n.human = m.person[j], true
			}
		}
		n.human = n.human || !n.pronoun && (f.isRole(n) || nameLike(f, n))
		n.nominative = n.prep == "" && !n.genitive && !german.Is(n.det, german.Oblique) && !(n.det == "der" && f.feminineRun(n, m))
		if n.det == "einer" && n.pronoun {
			n.nominative = n.prep == ""
		}
		n.nominative = n.nominative && !strings.HasPrefix(n.det, "kein") && (n.person >= 0 || !f.items[n.head].is(german.Time))
		n.plural = n.plural || german.Is(n.det, german.Several)
		f.nouns = append(f.nouns, n)
		prep = ""
		i = n.to
	}
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
	} else if len(f.hitsAt(i-1)) == 0 && prep == "" {
		return
	}
	n.nominative = prep == "" && !german.Is(n.det, german.Oblique)
	f.nouns = append(f.nouns, n)
}

// hitsAt gives the readings of the word at item i as an announcement.
func (f *frame) hitsAt(i int) []german.Reading { return german.Reporting(f.at(i).low) }

// split ends the nominal before a name that does not belong to its noun: "dem Ausschuss | Petra Lohmann", "des Amtes | Dr. Abels".
func (f *frame) split(n *nominal, m mentions) {
	if n.pronoun || n.det == "" {
		return
	}
	j := m.in(f.span(n.from, n.to))
	if j < 0 {
		return
	}
	start := m.spans[j].Start
	if m.words[j] < 2 && !(m.full[j].Len() > m.spans[j].Len()) { // "des Falls Abels"
		return
	}
	if m.full[j].Len() > 0 && m.full[j].Start > f.items[n.from].Start {
		start = m.full[j].Start
	}
	for i := n.head; i > n.from+1; i-- {
		if f.items[i].Start != start {
			continue
		}
		w := f.items[i-1]
		for title(w.word) && i-1 > n.from+1 {
			i--
			w = f.items[i-1]
		}
		if w.upper() && !roleWord(w.low) && (organisational(w.low) || german.Ends(w.low, german.Document) || (n.det == "des" || n.det == "eines") && strings.HasSuffix(w.low, "s")) {
			n.to, n.head = i, i-1
		}
		return
	}
}

// possessive reports whether a name has the ending of a genitive: Lohmanns, Franz’.
func possessive(w string) bool {
	return strings.HasSuffix(w, "s") || strings.HasSuffix(w, "’") || strings.HasSuffix(w, "'") || strings.HasSuffix(w, "z") || strings.HasSuffix(w, "x")
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
	case "der", "des", "eines", "einer", "seiner", "seines", "ihrer", "ihres", "dieser", "dieses", "unserer", "mehrerer", "zweier", "aller", "vieler", "den", "dem":
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
	if it.is(german.Nominative) || it.is(german.Oblique) {
		n.det = it.low
		j++
		if d := f.at(j).low; (d == "der" || d == "von" || d == "dieser" || d == "des") && partitive(it.low) { // eine der Sängerinnen
			if k := f.run(f.adjectives(j+1, false)); k > j+1 {
				n.to, n.head, n.pronoun, n.human = k, k-1, it.low == "einer", true
				return n, true
			}
		}
	}
	j = f.adjectives(j, n.det == "")
	k := f.run(j)
	if k == j {
		switch {
		case (it.low == "diese" || it.low == "dieser") && f.at(i+1).isWord() && looksFinite(f.at(i+1).low):
			n.pronoun, n.human, n.det = true, true, ""
			return n, true
		case it.is(german.Pronoun) && it.low != "es" && it.low != "man" && it.low != "diese" && it.low != "dieses" || it.low == "letztere":
			n.pronoun, n.human = true, true
			return n, true
		}
		return n, false
	}
	if n.det == "" && j == i && i == 0 && !f.nounAtStart(it) {
		return n, false
	}
	n.to, n.head = k, k-1
	if f.at(k).word == "(" { // party, office, initials: "(Grüne)"
		for e := k + 1; e < len(f.items) && e < k+7; e++ {
			if f.items[e].word == ")" {
				n.to = e + 1
				break
			}
		}
	}
	return n, true
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
	return !it.is(german.First) && !it.is(german.Pronoun) && !it.is(german.Adverb) && !it.is(german.Preposition) && !it.is(german.Subordinator) && !it.is(german.Coordinator) && !it.is(german.Object) &&
		!it.is(german.Finite) && len(german.Reporting(it.low)) == 0
}

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
	for j < len(f.items) && j < i+6 {
		it := f.items[j]
		if it.kind == text.Number && !it.isQuote() && f.at(j+1).word == "-" && f.at(j+2).isWord() && !f.at(j+2).upper() { // 39-jährige
			j += 3
			continue
		}
		if it.kind == text.Number && !it.isQuote() && f.at(j+1).word == "-" && f.at(j+2).isWord() { // der 58-Jährige
			return j + 2
		}
		if it.isWord() && !it.upper() && !bare && it.is(german.Adverb) && f.at(j+1).isWord() && !f.at(j+1).upper() && f.adjective(f.at(j+1), false) { // die heute vorgestellte
			j += 2
			continue
		}
		if it.kind == text.Number && !it.isQuote() || it.isWord() && !it.upper() && f.adjective(it, bare) {
			j++
			continue
		}
		if it.isWord() && !it.upper() && (it.low == "rund" || it.low == "etwa" || it.low == "so" || it.low == "sehr") && j > i {
			j++
			continue
		}
		break
	}
	if j < len(f.items) && f.items[j].isWord() && (f.items[j].upper() || digitWord(f.items[j].word)) {
		return j
	}
	return i
}

func digitWord(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// adjective reports whether a small-lettered word can be one; bare means that no determiner precedes it, when it is rather a verb.
func (f *frame) adjective(it item, bare bool) bool {
	if len(it.low) < 4 || it.is(german.Preposition) || it.is(german.Adverb) || it.is(german.Subordinator) || it.is(german.Finite) || it.is(german.Object) || it.is(german.First) {
		return false
	}
	if it.is(german.Nominative) || it.is(german.Oblique) {
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

// run is the index after the capitalised words that start at item i, with the small words inside names.
func (f *frame) run(i int) int {
	j := i
	for j < len(f.items) {
		it := f.items[j]
		switch {
		case it.isWord() && (it.upper() || digitWord(it.word) && j == i && strings.ContainsAny(it.word, "-")):
			if strings.HasSuffix(it.word, "-") && (f.at(j+1).low == "und" || f.at(j+1).low == "oder") && f.at(j+2).isWord() && f.at(j+2).upper() { // Zoo- und Tierparkdirektor
				j += 2
				continue
			}
			if j > i && (it.low == "sie" || it.low == "ihre" || it.low == "ihr") {
				return j
			}
			j++
			continue
		case j > i && it.kind == text.Number && !it.isQuote() && f.at(j+1).isWord() && f.at(j+1).upper() && len(it.word) == 1: // Volksrepublik 3 …
			return j
		case j > i && it.word == "-" && strings.HasSuffix(f.items[j-1].word, ".") && f.at(j+1).isWord() && f.at(j+1).upper(): // Univ.-Prof.
			j++
			continue
		case j > i && it.isWord() && it.is(german.InName):
			k := j + 1
			for k < j+3 && f.at(k).isWord() && f.at(k).is(german.InName) && !f.at(k).upper() {
				k++
			}
			if f.at(k).isWord() && f.at(k).upper() && givenLike(f.items[j-1]) && !organisational(f.at(k).low) && !feminine(f.at(k).low) && (it.low != "der" && it.low != "den" && it.low != "zu" && it.low != "zum" && it.low != "zur" && it.low != "auf") {
				j = k
				continue
			}
		}
		break
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
