package timex

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/kreispresse/kreispresse/internal/german/calendar"
)

// data holds the words by their classes; each file says where its words come from.
//
//go:embed data/*.txt
var data embed.FS

// endings of adjectives, which a tilde in the data stands for.
var endings = []string{"e", "en", "er", "em", "es"}

// wordList is what the data say: the entry of each word, and the words of the classes that stand for parts of others.
type wordList struct {
	entries map[string]*word
	parts   [classCount][]member
}

// member is a word of a class that is asked for by its parts, with its value.
type member struct{ low, value string }

// lexicon reads the data when they are first needed, once: most commands of the program need none.
var lexicon = sync.OnceValue(readLexicon)

// noWord is the entry of words that are in no list, so that a token always has one.
var noWord = &word{}

// lookUp is the entry of a word in lower case.
func lookUp(low string) *word {
	if w := lexicon().entries[low]; w != nil {
		return w
	}
	return noWord
}

// readLexicon reads the lists of the package, and those of the calendar that it shares with others. They are part of the program: what
// is wrong in them is a mistake in it, and panics.
func readLexicon() *wordList {
	lex := &wordList{entries: make(map[string]*word, 2000)}
	for _, list := range []func() []calendar.Row{
		calendar.Feasts, calendar.Numerals, calendar.Seasons, file("time"), file("numbers"), file("cues"), file("verbs"),
	} {
		for _, r := range list() {
			name, value, _ := strings.Cut(r.Key, " ")
			c := classOf(name)
			for _, w := range r.Words {
				enterForms(lex, w, c, value)
			}
		}
	}
	enterNames(lex)
	enterPhrases(lex, file("phrases")())
	for _, w := range lex.entries {
		if w.is(indefinite) { // "ein" is a number word, too, and far more often an article
			w.trigger = weak
		}
	}
	return lex
}

// file is a list of the package's own.
func file(name string) func() []calendar.Row {
	return func() []calendar.Row {
		body, err := data.ReadFile("data/" + name + ".txt")
		if err != nil {
			panic(err)
		}
		return calendar.Rows(string(body))
	}
}

// classOf is the class that the data call so.
func classOf(name string) class {
	for c, k := range classes {
		if k.name == name {
			return class(c)
		}
	}
	panic(fmt.Sprintf("no class is called %q", name))
}

// enterForms enters a word, or an adjective with its endings.
func enterForms(lex *wordList, low string, c class, value string) {
	stem, inflected := strings.CutSuffix(low, "~")
	if !inflected {
		enter(lex, low, c, value)
		return
	}
	for _, e := range endings {
		enter(lex, stem+e, c, value)
	}
}

// enterNames enters the German names of months and weekdays. Of the abbreviations of weekdays only those of two letters count: "die"
// and "mit" are words.
func enterNames(lex *wordList) {
	for _, n := range calendar.Months() {
		if n.Class == calendar.English {
			continue
		}
		enter(lex, n.Form, month, strconv.Itoa(n.Number))
		if n.Class == calendar.Short {
			enter(lex, n.Form, shortMonth, "")
		}
	}
	for _, n := range calendar.Weekdays() {
		switch {
		case n.Class == calendar.Full, n.Class == calendar.Genitive:
			enter(lex, n.Form, weekday, strconv.Itoa(n.Number))
		case n.Class == calendar.Short && len(n.Form) == 2:
			enter(lex, n.Form, shortDay, strconv.Itoa(n.Number))
		}
	}
}

// entry is the word's entry, made if there is none.
func entry(lex *wordList, low string) *word {
	w := lex.entries[low]
	if w == nil {
		w = &word{}
		lex.entries[low] = w
	}
	return w
}

// enter puts a word into a class, with its value there.
func enter(lex *wordList, low string, c class, value string) {
	k := &classes[c]
	if k.parts {
		lex.parts[c] = append(lex.parts[c], member{low, value})
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

// members are the words of such a class, in the order of the data.
func members(c class) []member { return lexicon().parts[c] }

// hasEnd reports whether a word ends in one of the class.
func hasEnd(low string, c class) bool {
	for _, m := range members(c) {
		if strings.HasSuffix(low, m.low) {
			return true
		}
	}
	return false
}

// hasStart reports whether a word begins with one of the class.
func hasStart(low string, c class) bool {
	for _, m := range members(c) {
		if strings.HasPrefix(low, m.low) {
			return true
		}
	}
	return false
}
