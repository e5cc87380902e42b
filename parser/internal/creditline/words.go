package creditline

import (
	_ "embed"
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

//go:embed words.txt
var wordFile string

// lexicon is words.txt: section -> words in their order, without the hyphens that mark parts of words.
var lexicon = sections(wordFile)

func sections(body string) map[string][]string {
	out, name := map[string][]string{}, ""
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			name = strings.Trim(line, "[]")
		default:
			for w := range strings.FieldsSeq(line) {
				out[name] = append(out[name], strings.Trim(w, "-"))
			}
		}
	}
	return out
}

// wordSet is the words of some sections.
func wordSet(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		for _, w := range lexicon[n] {
			m[w] = true
		}
	}
	return m
}

var (
	sides   = wordSet("sides")
	authors = wordSet("authors")
	desks   = wordSet("desks")
	joining = wordSet("joints")
	edits   = wordSet("edits")
	origins = wordSet("drawings", "origins")
	notes   = notesOf(wordSet("notes", "drawings", "edits", "origins"))
	nobody  = keys(wordSet("pictures", "makers", "claims", "sources", "empty"), compounds("pictures", "rights"))
)

// compounds are the words of one section with those of another behind them.
func compounds(first, second string) (out []string) {
	for _, a := range lexicon[first] {
		for _, b := range lexicon[second] {
			out = append(out, a+b)
		}
	}
	return out
}

// notesOf adds to the notes the words that are made like "Archivfoto".
func notesOf(m map[string]bool) map[string]bool {
	for _, w := range compounds("prefixes", "pictures") {
		m[w] = true
	}
	return m
}

// keys are words as Key gives them.
func keys(m map[string]bool, more []string) map[string]bool {
	out := map[string]bool{}
	for w := range m {
		out[Key(w)] = true
	}
	for _, w := range more {
		out[Key(w)] = true
	}
	return out
}

// particle reports whether a word in small letters may stand inside the name of a person or organisation.
func particle(low string) bool {
	return joining[low] || !german.Is(low, german.Finite) && low != "auf" &&
		(german.Is(low, german.Inner) || german.Is(low, german.Particle) || german.Is(low, german.InName))
}

// article reports whether a word makes a noun phrase: "Übergabe der Urkunden" describes, "Verband der Feuerwehren" names.
func article(low string) bool {
	return low == "in" || low != "vom" && german.Is(low, german.Article)
}

// dangling reports whether no name ends with a word: "Geschrieben von".
func dangling(low string) bool {
	return german.Is(low, german.Preposition) || german.Is(low, german.Article) || german.Is(low, german.Coordinator) ||
		low == "by" || low == "of" || low == "the"
}
