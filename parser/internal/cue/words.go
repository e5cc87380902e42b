package cue

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.txt
var wordData string

// Set is a closed list of lower-case words.
type Set map[string]bool

// Words gives the list of that name in words.txt; an unknown name is a programming error and panics.
func Words(name string) Set {
	s, ok := lists()[name]
	if !ok {
		panic("cue: no list " + name + " in words.txt")
	}
	return s
}

var lists = sync.OnceValue(func() map[string]Set {
	m := map[string]Set{}
	for line := range strings.Lines(wordData) {
		name, words, ok := strings.Cut(line, "=")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		s := Set{}
		for w := range strings.FieldsSeq(words) {
			s[w] = true
		}
		m[strings.TrimSpace(name)] = s
	}
	return m
})
