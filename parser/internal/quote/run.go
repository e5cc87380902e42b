package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

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
	case it.kind == text.Number && !it.isQuote(), small && f.adjective(it, bare), small && inner && degree(it.low):
		return 1
	}
	return 0
}

// degree reports whether a word stands before an adjective and says how much.
func degree(w string) bool { return w == "rund" || w == "etwa" || w == "so" || w == "sehr" }

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
	case "der", "den", "dem", "des", "zu", "zum", "zur", "auf": // dankten die Helferinnen | dem Kreis
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
	if german.HasEnd(it.low, german.Human) || german.HasEnd(it.low, german.Naming) { // der Vortrag von Anna Meier
		return false
	}
	return !feminine(it.low) && len(it.word) > 1
}
