package person

import (
	"embed"
	"io/fs"
	"strings"
	"sync"

	"github.com/kreispresse/kreispresse/schemas"
)

//go:embed data
var data embed.FS

// lexicon is the knowledge of the data files, compiled once and read-only afterwards.
type lexicon struct {
	given     map[string]string   // given name -> gender; "" for names of both
	german    map[string]bool     // given names of the German file: their bearers rarely have two family names
	weak      map[string]bool     // given names that are also words, places or surnames
	particle  map[string]bool     // von, de, al …
	title     map[string]string   // academic titles, degrees, salutations, what follows a name -> class
	kin       map[string]string   // father, aunt … -> gender
	stop      map[string]bool     // words that belong to no name
	never     map[string]bool     // capitalised words that are no part of a name
	before    map[string]bool     // words that make a following name that of a thing
	head      map[string]bool     // ends of compounds that are things: -straße, -preis
	common    map[string]bool     // surnames that are nouns or adjectives, too
	adjective map[string]bool     // stems of adjectives that a caption may begin with, lower case
	mass      map[string]bool     // nouns that stand without an article
	nounEnd   map[string]bool     // ends of common nouns
	place     map[string]bool     // countries, towns, rivers
	org       map[string]bool     // companies, clubs, media
	say       map[string]bool     // finite verbs that report speech
	act       map[string]bool     // finite verbs with a human subject
	neutral   map[string]bool     // finite verbs that things do, too
	famous    map[string]bool     // people one name is enough for
	roles     map[string]roleForm // every form of every role noun, lower case
	notRole   map[string]bool     // words that only end like roles
	upperRole map[string]bool     // OB, CEO
	longest   int                 // length of the longest role form in bytes
	longEnd   int                 // length of the longest of nounEnd in bytes
}

var lexicons = sync.OnceValue(load)

func load() *lexicon {
	lx := &lexicon{
		given: map[string]string{}, german: map[string]bool{}, weak: words("weak.txt"), particle: words("particles.txt"), title: classes("titles.txt"),
		kin: classes("kin.txt"), stop: words("stopwords.txt"), roles: map[string]roleForm{}, upperRole: map[string]bool{},
		place: words("places.txt"), org: words("organisations.txt"), famous: words("famous.txt"),
	}
	genders := map[string]string{"f": schemas.GenderFemale, "m": schemas.GenderMale, "u": ""}
	for k, v := range lx.kin {
		lx.kin[k] = genders[v]
	}
	names, err := fs.Glob(data, "data/given/*.txt")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, f := range names {
		for name, class := range classes(strings.TrimPrefix(f, "data/")) {
			lx.given[name] = genders[class]
			if strings.HasSuffix(f, "german.txt") || strings.HasSuffix(f, "nordic.txt") {
				lx.german[name] = true
			}
		}
	}
	traps := lists("traps.txt")
	lx.head, lx.before, lx.never, lx.common = traps["head"], traps["before"], traps["never"], traps["common"]
	lx.notRole, lx.adjective = traps["notrole"], traps["adjective"]
	nouns := lists("nouns.txt")
	lx.nounEnd, lx.mass = nouns["suffix"], nouns["mass"]
	for e := range lx.nounEnd {
		lx.longEnd = max(lx.longEnd, len(e))
	}
	verbs := lists("verbs.txt")
	lx.say, lx.act, lx.neutral = verbs["say"], verbs["act"], verbs["neutral"]
	lx.loadRoles()
	return lx
}

// lines gives the fields of every line of a data file; a line that starts with # is a comment.
func lines(name string) [][]string {
	b, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err) // embedded: a missing file is a mistake of the build
	}
	var out [][]string
	for l := range strings.Lines(string(b)) {
		if f := strings.Fields(l); len(f) > 0 && !strings.HasPrefix(f[0], "#") {
			out = append(out, f)
		}
	}
	return out
}

// words is the set of all words of a data file.
func words(name string) map[string]bool {
	m := map[string]bool{}
	for _, l := range lines(name) {
		for _, w := range l {
			m[w] = true
		}
	}
	return m
}

// classes maps the words of a data file to the first word of their line.
func classes(name string) map[string]string {
	m := map[string]string{}
	for _, l := range lines(name) {
		for _, w := range l[1:] {
			m[w] = l[0]
		}
	}
	return m
}

// lists groups the words of a data file by the first word of their line.
func lists(name string) map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for _, l := range lines(name) {
		if m[l[0]] == nil {
			m[l[0]] = map[string]bool{}
		}
		for _, w := range l[1:] {
			m[l[0]][w] = true
		}
	}
	return m
}
