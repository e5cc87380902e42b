package german

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Gender is the grammatical or natural gender of a form.
type Gender uint8

// Genders.
const (
	AnyGender Gender = iota // either, or not known
	Female
	Male
	Neuter
)

// RoleForm is one inflected form of a noun for people.
type RoleForm struct {
	Masculine, Feminine string // nominatives, lower case, "" when there is none
	Gender              Gender // what the form itself shows
	Plural              bool   // may only be a plural
	Either              bool   // singular or plural (den Präsidenten)
	Adjective           bool   // declined like an adjective
}

// Role gives the reading of a lower-case form of a listed noun for people; compounds are the caller's to cut (see RoleEnd).
func Role(low string) (RoleForm, bool) {
	f, ok := roleForms().forms[low]
	return f, ok
}

// RoleEnd gives the longest end of a lower-case word that is a form of a role noun and from where it stands; what stands before it must
// suit it. It looks no further than the longest form there is.
func RoleEnd(low string, suits func(prefix, noun string) bool) (RoleForm, int, bool) {
	t := roleForms()
	l := t.tails.of(low)
	for n := l.pop(); n > 0; n = l.pop() {
		i := len(low) - n
		if f, ok := t.forms[low[i:]]; ok && (i == 0 || suits(low[:i], low[i:])) {
			return f, i, true
		}
	}
	return RoleForm{}, 0, false
}

// roleNoun is a row of roles.tsv.
type roleNoun struct {
	masculine  string // or the stem, or the feminine alone
	declension string
	feminines  []string
	classes    []Class
}

var roleNouns = sync.OnceValue(func() []roleNoun {
	var out []roleNoun
	for row := range rows("roles") {
		r := roleNoun{masculine: row[0], declension: row[1], classes: classesOf("roles", row[3])}
		if row[2] != "-" {
			r.feminines = strings.Split(row[2], ",")
		}
		if d, ok := declensions[r.declension]; ok && d.feminine != nil {
			r.feminines = append([]string{d.feminine(r.masculine)}, r.feminines...)
		}
		if r.declension == "adj" { // an adjective's stem: der Beauftragte, ein Beauftragter
			r.feminines, r.masculine = []string{r.masculine + "e"}, r.masculine+"er"
		}
		out = append(out, r)
	}
	return out
})

// declension makes the forms of a class of nouns.
type declension struct {
	feminine func(masculine string) string
	male     []string                      // endings of the masculine that show it
	either   []string                      // endings that are singular or plural
	plural   []string                      // endings of the plural
	stem     func(masculine string) string // of the plural
}

func in(w string) string { return w + "in" }

func same(w string) string { return w }

// swap gives a function that changes the end of a word.
func swap(end, to string) func(string) string {
	return func(w string) string { return strings.TrimSuffix(strings.TrimSuffix(w, end), unicodeTitle(end)) + to }
}

func unicodeTitle(w string) string {
	r, n := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[n:]
}

// declensions by the name that roles.tsv gives them.
var declensions = map[string]declension{
	// Leiter, des Leiters, den Leitern
	"er": {feminine: in, male: []string{"", "s"}, plural: []string{"n"}},
	// Rektor, die Rektoren
	"or": {feminine: in, male: []string{"", "s"}, plural: []string{"en"}},
	// Präsident, den Präsidenten
	"weak": {feminine: in, male: []string{"", "s"}, either: []string{"en", "n"}},
	// der Experte, den Experten
	"weake": {feminine: swap("e", "in"), male: []string{""}, either: []string{"n"}},
	// Landrat, Landräte, Landrätin
	"rat": {feminine: swap("rat", "rätin"), male: strong, plural: []string{"e", "en"}, stem: swap("rat", "rät")},
	// Arzt, Ärzte, Ärztin
	"arzt": {feminine: swap("arzt", "ärztin"), male: strong, plural: []string{"e", "en"}, stem: swap("arzt", "ärzt")},
	// Anwalt, Anwälte, Anwältin
	"anwalt": {feminine: swap("anwalt", "anwältin"), male: strong, plural: []string{"e", "en"}, stem: swap("anwalt", "anwält")},
	// Kaufmann, Kaufleute, Kauffrau
	"mann": {feminine: swap("mann", "frau"), male: strong, plural: []string{"männer", "männern", "leute", "leuten"}, stem: swap("mann", "")},
	// König, Chefs
	"s": {feminine: in, male: []string{"", "s", "es"}, plural: []string{"e", "en", "er", "ern"}},
	// Mitglied, of both genders
	"neutral": {feminine: same, plural: []string{"s", "er", "ern", "e"}},
	// Abt, Äbtissin
	"pair": {male: []string{"", "s", "es", "n", "en"}},
	// Pater, without a feminine
	"masc": {male: []string{"", "s", "es", "n", "en"}},
	// Hebamme, without a masculine
	"fem": {},
}

var strong = []string{"", "s", "es", "e"}

type roleTable struct {
	forms map[string]RoleForm
	tails tails
}

// add files a form unless an earlier noun has it.
func (t *roleTable) add(form string, r RoleForm) {
	if _, taken := t.forms[form]; form != "" && !taken {
		t.forms[form] = r
		t.tails.add(form)
	}
}

var roleForms = sync.OnceValue(loadRoleForms)

func loadRoleForms() *roleTable {
	t := &roleTable{forms: make(map[string]RoleForm, 7000), tails: tails{}}
	for _, r := range roleNouns() {
		m := strings.ToLower(r.masculine)
		if r.declension == "adj" {
			t.adjective(strings.TrimSuffix(m, "er"))
			continue
		}
		f := ""
		if len(r.feminines) > 0 {
			f = strings.ToLower(r.feminines[0])
		}
		if r.declension == "fem" {
			m, f = "", m
		}
		t.decline(declensions[r.declension], r.declension == "neutral", m, f)
	}
	for _, r := range roleNouns() { // further feminines last: the regular forms are taken by then
		if r.declension != "adj" && len(r.feminines) > 1 {
			for _, f := range r.feminines[1:] {
				t.decline(declensions["pair"], false, strings.ToLower(r.masculine), strings.ToLower(f))
			}
		}
	}
	return t
}

func (t *roleTable) decline(d declension, neutral bool, m, f string) {
	base := RoleForm{Masculine: m, Feminine: f}
	with := func(g Gender, plural, either bool) RoleForm {
		r := base
		r.Gender, r.Plural, r.Either = g, plural, either
		return r
	}
	if neutral {
		t.add(m, base)
	}
	if m != "" {
		for _, e := range d.male {
			t.add(m+e, with(Male, false, false))
		}
	}
	for _, e := range d.either {
		t.add(m+e, with(AnyGender, false, true))
	}
	stem := m
	if d.stem != nil {
		stem = d.stem(m)
	}
	for _, e := range d.plural {
		t.add(stem+e, with(AnyGender, true, false))
	}
	if f == "" || neutral {
		return
	}
	t.add(f, with(Female, false, false))
	t.add(f+"nen", with(AnyGender, true, false))
	t.add(f+"en", with(AnyGender, true, false))
	if strings.HasSuffix(f, "schwester") || strings.HasSuffix(f, "frau") || strings.HasSuffix(f, "e") {
		t.add(f+"n", with(AnyGender, true, false))
	}
}

// adjective files a nominalised adjective or participle: der Beauftragte, ein Beauftragter, die Beauftragte.
func (t *roleTable) adjective(stem string) {
	for _, e := range []string{"e", "en", "er", "em"} {
		t.forms[stem+e] = RoleForm{Masculine: stem + "er", Feminine: stem + "e", Adjective: true, Either: e == "e" || e == "en"}
		t.tails.add(stem + e)
	}
}
