package cue

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed verbs.txt
var verbData string

// Class sorts reporting verbs by what they need beside them before quoted words count as speech.
type Class uint8

// Classes of verbs.
const (
	Say  Class = iota + 1 // the quoted words are what the verb reports
	Call                  // the quoted words are the name somebody gives a thing
	Feel                  // attitude, gratitude, praise: the quoted words must be a clause of their own
	Act                   // a verb of doing that announces speech only right beside the marks
)

var classes = map[string]Class{"say": Say, "call": Call, "feel": Feel, "act": Act}

// Form says what a word form of a verb can be.
type Form uint8

// Forms.
const (
	Singular    Form = 1 << iota // third person singular, indicative
	Plural                       // third person plural, indicative
	Participle                   // past participle: needs an auxiliary
	Infinitive                   // needs a modal, "werden" or "zu"
	Subjunctive                  // Konjunktiv I, third person singular
)

// Finite reports whether the form can carry a subject by itself.
func (f Form) Finite() bool { return f&(Singular|Plural|Subjunctive) != 0 }

// Verb is one reporting verb.
type Verb struct {
	Lemma    string // infinitive, with the particle: "mitteilen"
	Particle string // separable particle, "" for none
	Class    Class
}

// Reading is one way to read a word form. Split readings need their particle further right in the clause ("teilte … mit").
type Reading struct {
	Verb  *Verb
	Form  Form
	Split bool
}

// Lookup gives the readings of a lower-case word form, nil for a word that announces no speech. Swiss spelling (heisst, äusserte) is
// read as well.
func Lookup(form string) []Reading {
	m := lexicon()
	rs, ok := m[form]
	if !ok && strings.Contains(form, "ss") {
		rs = m[strings.Replace(form, "ss", "ß", 1)]
	}
	return rs
}

var lexicon = sync.OnceValue(func() map[string][]Reading {
	m := map[string][]Reading{}
	for line := range strings.Lines(verbData) {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		v, forms, err := compile(f)
		if err != nil {
			panic("cue: verbs.txt: " + err.Error()) // embedded data: a test compiles it
		}
		for w, g := range forms {
			r := Reading{v, g, false}
			if s, ok := strings.CutPrefix(w, "|"); ok {
				w, r.Split = s, true
			}
			m[w] = append(m[w], r)
		}
	}
	return m
})

// compile makes the verb of one line and its forms; a form that has lost its particle to the end of the clause begins with "|".
func compile(f []string) (*Verb, map[string]Form, error) {
	class, ok := classes[f[0]]
	if !ok || len(f) != 2 && len(f) != 5 {
		return nil, nil, fmt.Errorf("%q: want CLASS LEMMA [3SG PRETERITE PARTICIPLE]", strings.Join(f, " "))
	}
	particle, base, split := strings.Cut(f[1], "|")
	if !split {
		particle, base = "", f[1]
	}
	stem, ok := strings.CutSuffix(base, "en")
	if !ok {
		stem, ok = strings.CutSuffix(base, "n")
	}
	if !ok {
		return nil, nil, fmt.Errorf("%q is no infinitive", base)
	}
	sg, pret, part := weak(stem)
	if len(f) == 5 {
		sg, pret, part = f[2], f[3], f[4]
	}
	prets := pret + "en"
	if strings.HasSuffix(pret, "e") {
		prets = pret + "n"
	}
	v := &Verb{Lemma: particle + base, Particle: particle, Class: class}
	forms := map[string]Form{}
	finite := map[string]Form{sg: Singular, pret: Singular, prets: Plural, base: Plural}
	if k := subjunctive(stem); k != pret && k != sg {
		finite[k] |= Subjunctive
	}
	if !split {
		for w, g := range finite {
			forms[w] |= g
		}
		forms[base] |= Infinitive
		forms[part] |= Participle
		return v, forms, nil
	}
	for w, g := range finite {
		forms["|"+w] |= g      // teilte … mit
		forms[particle+w] |= g // …, wie er mitteilte
	}
	forms[particle+base] |= Infinitive
	forms[particle+"zu"+base] |= Infinitive
	forms[particle+part] |= Participle
	return v, forms, nil
}

// weak conjugates a regular stem: third person singular, preterite, participle.
func weak(stem string) (sg, pret, part string) {
	e := ""
	if linking(stem) {
		e = "e"
	}
	sg, pret = stem+e+"t", stem+e+"te"
	if inseparable(stem) || strings.HasSuffix(stem, "ier") {
		return sg, pret, sg
	}
	return sg, pret, "ge" + sg
}

// linking reports whether endings need an e after the stem: bericht-e-t, meld-e-t, öffn-e-t.
func linking(stem string) bool {
	last, n := utf8.DecodeLastRuneInString(stem)
	switch last {
	case 't', 'd':
		return true
	case 'm', 'n':
		if strings.HasSuffix(stem[:len(stem)-n], "ch") { // bezeichn-e-t
			return true
		}
		prev, _ := utf8.DecodeLastRuneInString(stem[:len(stem)-n])
		return !strings.ContainsRune("aeiouäöümnlrh", prev)
	}
	return false
}

func subjunctive(stem string) string {
	if strings.HasSuffix(stem, "el") { // tadle
		return stem[:len(stem)-2] + "le"
	}
	return stem + "e"
}

// inseparable reports whether the stem carries a prefix that takes no ge- in the participle.
func inseparable(stem string) bool {
	for _, p := range []string{"be", "er", "ver", "ent", "emp", "zer", "ge", "wider", "hinter", "unter", "über", "wieder", "schlussf", "umschr"} {
		rest, ok := strings.CutPrefix(stem, p)
		if ok && utf8.RuneCountInString(rest) >= 3 && strings.ContainsAny(rest, "aeiouäöüy") {
			return true
		}
	}
	return false
}
