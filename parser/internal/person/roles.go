package person

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/schemas"
)

// roleForm is one inflected form of a role noun.
type roleForm struct {
	m, f   string // nominative of the noun, masculine and feminine, lower case, "" when there is none
	gender string // what the form itself shows, "" when it may be either
	plural bool   // may only be a plural
	either bool   // singular or plural (den Präsidenten)
	adj    bool   // declined like an adjective
}

// loadRoles makes every form of the role nouns of roles.txt by their declension.
func (lx *lexicon) loadRoles() {
	for _, l := range lines("roles.txt") {
		for _, w := range l[1:] {
			if l[0] == "upper" {
				lx.upperRole[w] = true
				continue
			}
			m, f := strings.ToLower(w), ""
			switch l[0] {
			case "pair":
				m, f, _ = strings.Cut(m, "/")
				m, f = strings.Trim(m, "-"), strings.Trim(f, "-")
			case "rat":
				f = strings.TrimSuffix(m, "rat") + "rätin"
			case "arzt":
				f = strings.TrimSuffix(m, "arzt") + "ärztin"
			case "anwalt":
				f = strings.TrimSuffix(m, "anwalt") + "anwältin"
			case "mann":
				f = strings.TrimSuffix(m, "mann") + "frau"
			case "weake":
				f = strings.TrimSuffix(m, "e") + "in"
			case "adj", "neutral":
			default:
				f = m + "in"
			}
			lx.decline(l[0], m, f)
		}
	}
	for k := range lx.roles {
		lx.longest = max(lx.longest, len(k))
	}
}

func (lx *lexicon) decline(class, m, f string) {
	base := roleForm{m: m, f: f}
	add := func(form, gender string, plural, either bool) {
		if _, taken := lx.roles[form]; form == "" || taken {
			return
		}
		r := base
		r.gender, r.plural, r.either = gender, plural, either
		lx.roles[form] = r
	}
	male := func(ends ...string) {
		for _, e := range ends {
			add(m+e, schemas.GenderMale, false, false)
		}
	}
	plural := func(stem string, ends ...string) {
		for _, e := range ends {
			add(stem+e, "", true, false)
		}
	}
	switch class {
	case "adj":
		for _, e := range []string{"e", "en", "er", "em"} {
			r := roleForm{m: m + "er", f: m + "e", adj: true, either: true}
			if e == "er" || e == "em" {
				r.either = false
			}
			lx.roles[m+e] = r
		}
		return
	case "neutral":
		base.f = m
		add(m, "", false, false)
		plural(m, "s", "er", "ern", "e")
		return
	case "er":
		male("", "s")
		plural(m, "n")
	case "or":
		male("", "s")
		plural(m, "en")
	case "weak":
		male("", "s")
		add(m+"en", "", false, true)
		add(m+"n", "", false, true)
	case "weake":
		male("")
		add(m+"n", "", false, true)
	case "rat":
		male("", "s", "es", "e")
		plural(strings.TrimSuffix(m, "rat")+"rät", "e", "en")
	case "arzt":
		male("", "es", "s", "e")
		plural(strings.TrimSuffix(m, "arzt")+"ärzt", "e", "en")
	case "anwalt":
		male("", "es", "s", "e")
		plural(strings.TrimSuffix(m, "anwalt")+"anwält", "e", "en")
	case "mann":
		male("", "es", "s", "e")
		plural(strings.TrimSuffix(m, "mann"), "männer", "männern", "leute", "leuten")
	case "pair":
		if m != "" {
			male("", "s", "es", "n", "en")
		}
	default: // s
		male("", "s", "es")
		plural(m, "e", "en", "er", "ern")
	}
	if f != "" {
		add(f, schemas.GenderFemale, false, false)
		plural(f, "nen", "en")
		if strings.HasSuffix(f, "schwester") || strings.HasSuffix(f, "frau") || strings.HasSuffix(f, "e") {
			plural(f, "n")
		}
	}
}

// role is a role noun as found in a token.
type role struct {
	roleForm
	prefix string // what stands before the noun in a compound, as written: "CDU-Fraktions", "Kinderschutz"
	marked bool   // a gender-neutral form: Leiter*in, LeiterIn
}

// nominative gives the noun in the nominative for a person of the gender, with its prefix; the form as written when that is unknown.
func (r role) nominative(written, gender string) string {
	w := r.m
	if gender == schemas.GenderFemale {
		w = r.f
	}
	if r.marked || w == "" || gender == "" && (r.adj || r.plural || r.either) {
		return written
	}
	if gender == "" && r.gender == schemas.GenderFemale {
		w = r.f
	}
	if r.prefix != "" && !strings.HasSuffix(r.prefix, "-") {
		return r.prefix + w
	}
	c, n := utf8.DecodeRuneInString(w)
	return r.prefix + string(unicode.ToUpper(c)) + w[n:]
}

// role reads a token as a role noun or a compound that ends with one.
func (lx *lexicon) role(w string) (role, bool) {
	if len(w) > maxWord {
		return role{}, false
	}
	if lx.upperRole[w] {
		return role{roleForm: roleForm{m: "", f: ""}}, true
	}
	if i := strings.LastIndexByte(w, '-'); i > 0 && lx.upperRole[w[i+1:]] {
		return role{prefix: w[:i+1]}, true
	}
	if lx.notRole[w] || lx.notRole[strings.TrimSuffix(w, "s")] {
		return role{}, false
	}
	c, _ := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(c) && !unicode.IsDigit(c) {
		return role{}, false
	}
	stem, marked := neutral(w)
	low := strings.ToLower(stem)
	if len(low) != len(stem) { // İ and its like: no German role
		return role{}, false
	}
	for i := max(0, len(low)-lx.longest); i < len(low); i++ {
		if !utf8.RuneStart(low[i]) {
			continue
		}
		f, ok := lx.roles[low[i:]]
		if !ok || i > 0 && !compound(low[:i], low[i:]) {
			continue
		}
		r := role{roleForm: f, prefix: stem[:i], marked: marked}
		if marked {
			r.gender = ""
		}
		return r, true
	}
	return role{}, false
}

// neutral cuts the ending of a gender-neutral form, so that the masculine form is left.
func neutral(w string) (string, bool) {
	for _, e := range []string{"*innen", ":innen", "_innen", "/innen", "/-innen", "Innen", "*in", ":in", "_in", "/in", "/-in", "In", "*r", ":r", "/r"} {
		if s, ok := strings.CutSuffix(w, e); ok && len(s) > 2 {
			return s, true
		}
	}
	return w, false
}

// compound reports whether prefix may stand before the role noun in one word. Short nouns end many other words (Vorrat, Quadrat, Seide),
// so they need a hyphen or a real first part.
func compound(prefix, noun string) bool {
	if strings.HasSuffix(prefix, "-") {
		return len(prefix) > 1
	}
	if n := utf8.RuneCountInString(noun); n < 5 {
		return noun == "chef" || noun == "arzt" || noun == "held"
	}
	return utf8.RuneCountInString(prefix) >= 3 || prefix == "ex" || prefix == "co"
}
