package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
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
	case (it.low == "diese" || it.low == "dieser") && (next.isWord() && looksFinite(next.low) || len(german.Reporting(f.at(n.from-1).low)) > 0):
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
