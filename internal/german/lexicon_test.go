package german

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// columns is how many each file has; every file of the lexicon is in it.
var columns = map[string]int{
	"abbreviations": 2, "adjectives": 2, "endings": 2, "institutions": 2, "names": 4, "nouns": 4, "places": 2, "professions": 2, "roles": 4,
	"surnames": 2, "titles": 3,
	"verbs": 4, "words": 2,
}

// A word stands once in its file, and every file says where its words come from and under which licence.
func TestFiles(t *testing.T) {
	files, err := data.ReadDir("lexicon")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".tsv")
		body, err := data.ReadFile("lexicon/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, need := range []string{"# Columns: ", "# Source: ", "Licence: "} {
			if !strings.Contains(string(body), need) {
				t.Errorf("%s: the head lacks %q", f.Name(), need)
			}
		}
		seen := map[string]bool{}
		for row := range rows(name) {
			if len(row) != columns[name] {
				t.Errorf("%s: %q has %d columns, want %d", name, row, len(row), columns[name])
			}
			if slices.Contains(row, "") {
				t.Errorf("%s: %q has an empty column", name, row)
			}
			if name == "names" || name == "abbreviations" {
				continue
			}
			if seen[row[0]] {
				t.Errorf("%s: %s stands twice", name, row[0])
			}
			seen[row[0]] = true
		}
	}
}

// The word for a thing stands in one file only: it is a noun, or a noun for people, or a name, or none of these.
func TestAWordStandsOnce(t *testing.T) {
	seen := map[string]string{}
	for _, file := range []string{"nouns", "roles", "words", "institutions", "places"} {
		for row := range rows(file) {
			w := row[0]
			if was := seen[w]; was != "" {
				t.Errorf("%s stands in %s and in %s", w, was, file)
			}
			seen[w] = file
		}
	}
}

// Every class has a name of its own and words, and its words are asked for in its letters.
func TestClasses(t *testing.T) {
	count := map[Class]int{}
	for w, s := range words() {
		if w == "" || len(w) > longestWord {
			t.Errorf("key %q", w)
		}
		for c, d := range classes {
			if !s.Has(Class(c)) {
				continue
			}
			count[Class(c)]++
			if r, _ := utf8.DecodeRuneInString(w); d.key == lower && w != strings.ToLower(w) || d.key == capital && unicode.IsLower(r) {
				t.Errorf("%s is asked for as %q", d.name, w)
			}
		}
	}
	names := map[string]bool{}
	for c, d := range classes {
		if d.name == "" || d.what == "" || names[d.name] {
			t.Errorf("class %d: name %q, meaning %q", c, d.name, d.what)
		}
		names[d.name] = true
		if count[Class(c)] == 0 {
			t.Errorf("no word is %s", d.name)
		}
	}
}

func TestUnknownClassPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a class that nobody knows did not panic")
		}
	}()
	classesOf("nouns", "body nonsense")
}

// Classes that contradict each other would make a rule dead.
func TestNoContradictions(t *testing.T) {
	for w, s := range words() {
		if s.Has(Speaks) && s.Any(SetOf(Acts, Things)) || s.Has(Acts) && s.Has(Things) {
			t.Errorf("verb %s has two sorts of subjects", w)
		}
		if s.Has(Famous) && s.Any(SetOf(Stop, Mass, Place)) {
			t.Errorf("%s is not only a person", w)
		}
		if _, ok := GivenName(w); ok && s.Any(SetOf(Kin, KinFemale, KinMale)) {
			t.Errorf("kinship word %s is a given name", w)
		}
	}
}

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		word string
		want []Class
		not  []Class
	}{
		{"verband", []Class{Body, Noun, Thing, ThingEnd, Declined}, []Class{Document, Human}},
		{"verbandes", []Class{Thing}, []Class{Body}},
		{"verbände", []Class{Noun}, []Class{Body}},
		{"der", []Class{Nominative, Article}, []Class{Oblique, Preposition}},
		{"Der", []Class{Stop, Opener}, []Class{Nominative, Article}},
		{"In", []Class{Fronting, Stop}, []Class{Preposition}},
		{"Bauer", []Class{Surname}, []Class{Human}},
		{"bauer", []Class{Human}, []Class{Surname}},
		{"ung", []Class{Noun, Abstract, Feminine}, nil},
		{"über", []Class{Preposition, Participle}, []Class{NotVerb}},
		{"", nil, []Class{Nominative, Stop}},
	} {
		for _, c := range tt.want {
			if !Is(tt.word, c) {
				t.Errorf("%q is not %s", tt.word, classes[c].name)
			}
		}
		for _, c := range tt.not {
			if Is(tt.word, c) {
				t.Errorf("%q is %s", tt.word, classes[c].name)
			}
		}
	}
}

func TestAbbreviations(t *testing.T) {
	for _, w := range []string{"Dr", "Nr", "bzw", "Aug"} {
		if !Abbreviated(w) {
			t.Errorf("%s. ends a sentence", w)
		}
	}
	for _, w := range []string{"dr", "Haus", "Die", ""} {
		if Abbreviated(w) {
			t.Errorf("%q. is an abbreviation", w)
		}
	}
	if !OpensSentence("Die") || OpensSentence("März") || OpensSentence("die") {
		t.Error("Die opens a sentence, März and die do not")
	}
}

// Every gender but the unknown one is that of a letter the files use.
func TestGenders(t *testing.T) {
	used := map[string]bool{}
	for row := range rows("nouns") {
		used[row[1]] = true
	}
	for g := range used {
		if _, ok := genders[g]; !ok && g != "-" && g != "plural" {
			t.Errorf("gender %q", g)
		}
	}
	for _, g := range slices.Sorted(maps.Keys(genders)) {
		if !used[g] {
			t.Errorf("no noun is %s", g)
		}
	}
}
