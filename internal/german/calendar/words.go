package calendar

import (
	"embed"
	"strings"
)

//go:embed words/*.txt
var words embed.FS

// Row is a line of a word list: what its words are, and they.
type Row struct {
	Key   string // a class, and its value where it has one
	Words []string
}

// Lists of words: feasts with their days, numerals, and the seasons and parts of the day with their TIMEX3 codes. The head of each file
// in words/ explains it.
var (
	Feasts   = list("feasts")
	Numerals = list("numerals")
	Seasons  = list("seasons")
)

func list(name string) func() []Row {
	return func() []Row {
		body, err := words.ReadFile("words/" + name + ".txt")
		if err != nil { // part of the program
			panic(err)
		}
		return Rows(string(body))
	}
}

// Rows reads "key: words"; lines that begin with a tab continue the one before, those with a number sign are remarks.
func Rows(body string) []Row {
	var out []Row
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '\t' && len(out) > 0:
			last := &out[len(out)-1]
			last.Words = append(last.Words, strings.Fields(line)...)
		default:
			key, words, _ := strings.Cut(line, ":")
			out = append(out, Row{key, strings.Fields(words)})
		}
	}
	return out
}
