package german

import (
	"embed"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed lexicon/*.tsv
var data embed.FS

// Set is a set of classes.
type Set [2]uint64

// Has reports whether c is in the set.
func (s Set) Has(c Class) bool { return s[c>>6]&(1<<(c&63)) != 0 }

// Any reports whether the sets share a class.
func (s Set) Any(o Set) bool { return s[0]&o[0] != 0 || s[1]&o[1] != 0 }

// SetOf makes a set.
func SetOf(classes ...Class) Set {
	var s Set
	for _, c := range classes {
		s[c>>6] |= 1 << (c & 63)
	}
	return s
}

func (s Set) or(o Set) Set { return Set{s[0] | o[0], s[1] | o[1]} }

// Of gives the classes of a word. Classes that are asked for in lower case (see Class) need a lower-case word, the others the word as
// written. An unknown word has none.
func Of(w string) Set { return words()[w] }

// Is reports whether the word has the class; for case see Of.
func Is(w string, c Class) bool { return words()[w].Has(c) }

// words is the compiled lexicon: every key under which a word is asked for, with its classes. Read-only.
var words = sync.OnceValue(loadWords)

func loadWords() map[string]Set {
	m := make(map[string]Set, 10000)
	put := func(word string, c Class) {
		w := classes[c].key.of(word)
		m[w] = m[w].or(SetOf(c))
	}
	for _, file := range []struct {
		name            string
		classes, plural int // columns
	}{{"words", 1, 0}, {"nouns", 3, 2}, {"endings", 1, 0}, {"places", 1, 0}, {"institutions", 1, 0}, {"surnames", 1, 0}, {"adjectives", 1, 0}} {
		for row := range rows(file.name) {
			word := row[0]
			if file.name == "endings" {
				word = strings.Trim(word, "-")
			}
			for c := range classSeq(file.name, row[file.classes]) {
				put(word, c)
				if c == Noun && file.plural > 0 && row[file.plural] != "-" {
					for p := range strings.SplitSeq(row[file.plural], ",") {
						put(p, c)
					}
				}
				if c == ThingEnd && file.name == "nouns" { // what ends compounds without a hyphen is known in the genitive, too
					for _, g := range genitives(word, row[1]) {
						put(g, Thing)
					}
				}
			}
		}
	}
	for _, r := range roleNouns() {
		for _, c := range r.classes {
			put(r.masculine, c)
			switch c {
			case Human:
				for _, f := range r.feminines {
					put(f, c)
				}
			case Noun:
				d := declensions[r.declension]
				for _, e := range append(d.plural, d.either...) {
					put(r.masculine+e, c)
				}
			}
		}
	}
	for _, v := range verbForms() {
		for _, c := range v.classes {
			put(v.form, c)
		}
	}
	return m
}

// key says in which letters a word of a class is asked for.
type key uint8

const (
	lower   key = iota // in lower case
	written            // as it stands in the lexicon
	capital            // with a capital first letter, as at the beginning of a sentence
)

func (k key) of(w string) string {
	switch k {
	case lower:
		return strings.ToLower(w)
	case capital:
		r, n := utf8.DecodeRuneInString(w)
		return string(unicode.ToUpper(r)) + w[n:]
	}
	return w
}

// rows gives the columns of each line of a file that is no comment; the slice is that of the next line, too. Embedded data
// that does not read is a mistake of the build: it panics, and a test reads all of it.
func rows(file string) func(yield func([]string) bool) {
	b, err := data.ReadFile("lexicon/" + file + ".tsv")
	if err != nil {
		panic(err)
	}
	return func(yield func([]string) bool) {
		buf := make([]string, 0, 8)
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSuffix(line, "\n"); line == "" || line[0] == '#' {
				continue
			}
			columns := buf[:0]
			for rest, more := line, true; more; {
				var column string
				column, rest, more = strings.Cut(rest, "\t")
				columns = append(columns, column)
			}
			if !yield(columns) {
				return
			}
		}
	}
}

// classesOf reads a column of class names.
func classesOf(file, column string) []Class { return slices.Collect(classSeq(file, column)) }

// classSeq reads a column of class names one by one.
func classSeq(file, column string) iter.Seq[Class] {
	names := classNames()
	return func(yield func(Class) bool) {
		if column == "-" {
			return
		}
		for name := range strings.FieldsSeq(column) {
			c, ok := names[name]
			if !ok {
				panic(fmt.Sprintf("german: %s.tsv: no class %q", file, name))
			}
			if !yield(c) {
				return
			}
		}
	}
}

var classNames = sync.OnceValue(func() map[string]Class {
	m := map[string]Class{}
	for c, d := range classes {
		m[d.name] = Class(c)
	}
	return m
})
