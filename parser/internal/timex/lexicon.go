package timex

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

// data holds the words by their classes; each file says where its words come from.
//
//go:embed data/*.txt
var data embed.FS

// endings of adjectives, which a tilde in the data stands for.
var endings = []string{"e", "en", "er", "em", "es"}

// lexicon has every word of the data. Words that are in none have the empty entry, so that a token always has one.
var (
	lexicon = readLexicon("data/time.txt", "data/feasts.txt", "data/numbers.txt", "data/cues.txt", "data/verbs.txt")
	noWord  = &word{}
)

// lookUp is the entry of a word in lower case.
func lookUp(low string) *word {
	if w := lexicon[low]; w != nil {
		return w
	}
	return noWord
}

// readLexicon reads the files. They are part of the program: what is wrong in them is a mistake in it, and panics.
func readLexicon(files ...string) map[string]*word {
	names := map[string]class{}
	for c, k := range classes {
		names[k.name] = class(c)
	}
	lex := make(map[string]*word, 2000)
	for _, f := range files {
		for n, row := range rows(dataFile(f)) {
			name, value, _ := strings.Cut(row.key, " ")
			c, ok := names[name]
			if !ok {
				panic(fmt.Sprintf("%s, row %d: no class is called %q", f, n+1, name))
			}
			for _, w := range row.words {
				stem, inflected := strings.CutSuffix(w, "~")
				if !inflected {
					enter(lex, w, c, value)
					continue
				}
				for _, e := range endings {
					enter(lex, stem+e, c, value)
				}
			}
		}
	}
	enterPhrases(lex, dataFile("data/phrases.txt"))
	for _, w := range lex {
		if w.is(indefinite) { // "ein" is a number word, too, and far more often an article
			w.trigger = weak
		}
	}
	return lex
}

func dataFile(name string) string {
	body, err := data.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(body)
}

// entry is the word's entry, made if there is none.
func entry(lex map[string]*word, low string) *word {
	w := lex[low]
	if w == nil {
		w = &word{}
		lex[low] = w
	}
	return w
}

// enter puts a word into a class, with its value there.
func enter(lex map[string]*word, low string, c class, value string) {
	k := &classes[c]
	if k.parts {
		lists[c] = append(lists[c], member{low, value})
		return
	}
	w := entry(lex, low)
	w.set[c/64] |= 1 << (c % 64)
	w.trigger = max(w.trigger, k.wakes)
	switch {
	case c == feast:
		w.holiday = mustHoliday(value)
	case k.number != nil:
		*k.number(w) = mustAtoi(value)
	case k.text != nil:
		*k.text(w) = value
	}
}

func mustAtoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

func mustHoliday(s string) *holiday {
	h, err := parseHoliday(s)
	if err != nil {
		panic(err)
	}
	return h
}

// member is a word of a class that is asked for by its parts, with its value.
type member struct{ low, value string }

// lists are the words of classes that stand for the ends or beginnings of words.
var lists = map[class][]member{}

// members are the words of such a class, in the order of the data.
func members(c class) []member { return lists[c] }

// hasEnd reports whether a word ends in one of the class.
func hasEnd(low string, c class) bool {
	for _, m := range lists[c] {
		if strings.HasSuffix(low, m.low) {
			return true
		}
	}
	return false
}

// hasStart reports whether a word begins with one of the class.
func hasStart(low string, c class) bool {
	for _, m := range lists[c] {
		if strings.HasPrefix(low, m.low) {
			return true
		}
	}
	return false
}

// row is a line of a data file with those that continue it.
type row struct {
	key   string
	words []string
}

// rows reads "key: words"; lines that begin with a tab continue the one before, those with a number sign are remarks.
func rows(body string) []row {
	var out []row
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '\t':
			out[len(out)-1].words = append(out[len(out)-1].words, strings.Fields(line)...)
		default:
			key, words, _ := strings.Cut(line, ":")
			out = append(out, row{key, strings.Fields(words)})
		}
	}
	return out
}
