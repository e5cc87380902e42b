package german

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// Report sorts verbs by what they need beside them before quoted words count as speech.
type Report uint8

// Sorts of verbs.
const (
	Say  Report = iota + 1 // the quoted words are what the verb reports
	Call                   // the quoted words are the name somebody gives a thing
	Feel                   // attitude, gratitude, praise: the quoted words must be a clause of their own
	Act                    // a verb of doing that announces speech only right beside the marks
)

var reports = map[string]Report{"say": Say, "call": Call, "feel": Feel, "act": Act}

// Form says what a word form of a verb can be.
type Form uint8

// Forms.
const (
	Singular    Form = 1 << iota // third person singular, indicative
	Plural                       // third person plural, indicative
	PastForm                     // past participle: needs an auxiliary
	Infinitive                   // needs a modal, "werden" or "zu"
	Subjunctive                  // Konjunktiv I, third person singular
)

// Finite reports whether the form can carry a subject by itself.
func (f Form) Finite() bool { return f&(Singular|Plural|Subjunctive) != 0 }

// Verb is a verb that can announce speech.
type Verb struct {
	Lemma    string // infinitive, with the particle: "mitteilen"
	Particle string // separable particle, "" for none
	Report   Report
	Thinks   bool // its subject thinks, and does not go on speaking in the next sentence
}

// Reading is one way to read a word form. Split readings need their particle further right in the clause ("teilte … mit").
type Reading struct {
	Verb  *Verb
	Form  Form
	Split bool
}

// Reporting gives the readings of a lower-case word form, nil for a word that announces no speech. Swiss spelling (heisst, äusserte) is
// read as well.
func Reporting(form string) []Reading {
	m := reporting()
	rs, ok := m[form]
	if !ok && strings.Contains(form, "ss") {
		rs = m[strings.Replace(form, "ss", "ß", 1)]
	}
	return rs
}

var reporting = sync.OnceValue(loadReporting)

func loadReporting() map[string][]Reading {
	m := make(map[string][]Reading, 4000)
	for row := range rows("verbs") {
		c, err := conjugate(row)
		if err != nil {
			panic("german: verbs.tsv: " + err.Error()) // embedded data: a test compiles it
		}
		if c.report == 0 {
			continue
		}
		v := &Verb{Lemma: c.particle + c.base, Particle: c.particle, Report: c.report, Thinks: strings.Contains(row[2], "thinks")}
		for w, g := range c.forms() {
			r := Reading{v, g, false}
			if s, ok := strings.CutPrefix(w, "|"); ok {
				w, r.Split = s, true
			}
			m[w] = append(m[w], r)
		}
	}
	return m
}

// subjectForm is a form of the third person singular with the classes its subject gives it.
type subjectForm struct {
	form    string
	classes []Class
}

// verbForms lists the forms of present and preterite of the verbs whose subject is known to be human, or not; a separable verb without
// its particle, as it stands in a main clause.
func verbForms() []subjectForm {
	var out []subjectForm
	for row := range rows("verbs") {
		if row[2] == "-" || row[2] == "thinks" {
			continue
		}
		c, err := conjugate(row)
		if err != nil {
			panic("german: verbs.tsv: " + err.Error())
		}
		cs := classesOf("verbs", strings.TrimSuffix(row[2], " thinks"))
		out = append(out, subjectForm{c.singular, cs}, subjectForm{c.preterite, cs})
	}
	return out
}

// conjugation is a verb with its principal parts.
type conjugation struct {
	particle, base, stem            string
	singular, preterite, participle string
	report                          Report
}

// conjugate reads a row of verbs.tsv.
func conjugate(row []string) (conjugation, error) {
	if len(row) != 4 {
		return conjugation{}, fmt.Errorf("%q: want 4 columns", strings.Join(row, " "))
	}
	c := conjugation{report: reports[row[1]], base: row[0]}
	if c.report == 0 && row[1] != "-" {
		return c, fmt.Errorf("%q: no sort of verb", row[1])
	}
	if particle, base, ok := strings.Cut(row[0], "|"); ok {
		c.particle, c.base = particle, base
	}
	stem, ok := strings.CutSuffix(c.base, "en")
	if !ok {
		stem, ok = strings.CutSuffix(c.base, "n")
	}
	if !ok {
		return c, fmt.Errorf("%q is no infinitive", c.base)
	}
	c.stem = stem
	c.singular, c.preterite, c.participle = weak(stem)
	if parts := strings.Fields(row[3]); len(parts) == 3 {
		c.singular, c.preterite, c.participle = parts[0], parts[1], parts[2]
	} else if row[3] != "-" {
		return c, fmt.Errorf("%q: want 3 principal parts", row[3])
	}
	return c, nil
}

// forms makes the forms of the verb; one that has lost its particle to the end of the clause begins with "|".
func (c conjugation) forms() map[string]Form {
	plural := c.preterite + "en"
	if strings.HasSuffix(c.preterite, "e") {
		plural = c.preterite + "n"
	}
	finite := map[string]Form{c.singular: Singular, c.preterite: Singular, plural: Plural, c.base: Plural}
	if k := subjunctive(c.stem); k != c.preterite && k != c.singular {
		finite[k] |= Subjunctive
	}
	forms := map[string]Form{}
	if c.particle == "" {
		for w, g := range finite {
			forms[w] |= g
		}
		forms[c.base] |= Infinitive
		forms[c.participle] |= PastForm
		return forms
	}
	for w, g := range finite {
		forms["|"+w] |= g        // teilte … mit
		forms[c.particle+w] |= g // …, wie er mitteilte
	}
	forms[c.particle+c.base] |= Infinitive
	forms[c.particle+"zu"+c.base] |= Infinitive
	forms[c.particle+c.participle] |= PastForm
	return forms
}

// weak conjugates a regular stem: third person singular, preterite, participle.
func weak(stem string) (singular, preterite, participle string) {
	e := ""
	if linking(stem) {
		e = "e"
	}
	singular, preterite = stem+e+"t", stem+e+"te"
	if inseparable(stem) || strings.HasSuffix(stem, "ier") {
		return singular, preterite, singular
	}
	return singular, preterite, "ge" + singular
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

// unstressed are the prefixes of verbs that take no ge- in the participle.
var unstressed = []string{"be", "er", "ver", "ent", "emp", "zer", "ge", "wider", "hinter", "unter", "über", "wieder", "schlussf", "umschr"}

// inseparable reports whether the stem carries an unstressed prefix.
func inseparable(stem string) bool {
	for _, p := range unstressed {
		rest, ok := strings.CutPrefix(stem, p)
		if ok && utf8.RuneCountInString(rest) >= 3 && strings.ContainsAny(rest, "aeiouäöüy") {
			return true
		}
	}
	return false
}
