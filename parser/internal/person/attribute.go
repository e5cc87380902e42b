package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// attributes reads the roles and the organisation of a name from the words around it.
func (r *reader) attributes(n *name) attributes {
	a := attributes{full: text.Span{Start: r.toks[n.full].Start, End: r.toks[n.last-1].End}}
	r.before(n, &a)
	r.afterPlural(n, &a)
	r.leadership(n, &a)
	r.after(n, &a)
	if n.gender != "" {
		a.gender = n.gender
	}
	return a
}

// phrase is a role with its adjectives and complement.
type phrase struct {
	text   string
	org    string
	gender string
	head   int // the role noun
	first  int // first token
	last   int // token after it
}

// before reads roles to the left of the name: "die Leiterin des Amts, Dr. X", "Kreisdirektorin und Leiterin X", "CDU-Stadtrat X".
func (r *reader) before(n *name, a *attributes) {
	p := n.full - 1
	if p < 0 || r.toks[p].Sent != r.toks[n.full].Sent {
		return
	}
	if r.is(p, isRole) && r.near(p) && !r.taken[p] {
		if r.plural(p) {
			return
		}
		ph := r.phrase(p, n.gender)
		a.use(ph)
		a.full.Start = r.toks[ph.first].Start
		q := ph.first - 1
		for k := 0; k < 3 && r.word(q) == "und" && r.is(q-1, isRole) && !r.taken[q-1] && !body(r.roles[q-1]); k++ {
			ph = r.phrase(q-1, n.gender)
			a.use(ph)
			a.full.Start = r.toks[ph.first].Start
			q = ph.first - 1
		}
		return
	}
	comma := r.word(p) == ","
	if comma {
		p--
	} else if !r.near(p) {
		return
	}
	if q := r.headOf(p, comma); q >= 0 {
		ph := r.phrase(q, n.gender)
		if ph.last == p+1 {
			a.use(ph)
			a.full.Start = r.toks[ph.first].Start
		}
	}
}

// headOf finds the role noun whose complement ends with token p, -1 for none; with a comma after p the role itself may stand at p.
func (r *reader) headOf(p int, comma bool) int {
	sent := r.toks[p].Sent
	for q := p; q >= 0 && p-q < 16 && r.toks[q].Sent == sent; q-- {
		if r.taken[q] {
			return -1
		}
		if r.is(q, isRole) && (q < p && complement[r.word(q+1)] || q == p && comma && r.definite(q)) {
			if r.roles[q].plural {
				return -1
			}
			return q
		}
		if w := r.word(q); w == "," || w == ";" || w == ":" {
			return -1
		}
	}
	return -1
}

// definite reports whether an article stands before the role at token q, adjectives aside.
func (r *reader) definite(q int) bool {
	for q--; q >= 0 && r.near(q); q-- {
		w := strings.ToLower(r.word(q))
		if article[w] || possessive[w] {
			return true
		}
		if r.is(q, isCap) || !adjectival(w) {
			return false
		}
	}
	return false
}

// complement words join a role with what it is about.
var complement = map[string]bool{
	"des": true, "der": true, "für": true, "im": true, "in": true, "beim": true, "am": true, "von": true, "vom": true, "bei": true, "aus": true, "zur": true, "zum": true, "of": true, "an": true, "dieser": true, "dieses": true, "unseres": true, "unserer": true,
}

var possessive = map[string]bool{
	"sein": true, "seine": true, "seinen": true, "seinem": true, "seiner": true, "ihr": true, "ihre": true, "ihren": true, "ihrem": true, "ihrer": true, "unser": true, "unsere": true, "unserem": true, "unseren": true, "deren": true, "dessen": true,
}

// phrase reads the role at token p with the adjectives before and the complement after it.
func (r *reader) phrase(p int, gender string) phrase {
	ro := r.roles[p]
	ph := phrase{head: p, first: p, last: p + 1, gender: ro.gender}
	if gender == "" {
		gender = ro.gender
	}
	if gender == "" && ro.either && !ro.adj { // des Präsidenten X: a weak masculine
		ph.gender, gender = schemas.GenderMale, schemas.GenderMale
	}
	if ro.marked {
		ph.gender, gender = "", ""
	}
	head := ro.nominative(r.word(p), gender)
	var adj []string
	for q := p - 1; q >= 0 && r.near(q) && r.toks[q].Sent == r.toks[p].Sent && !r.taken[q]; q-- {
		s, ok := r.roleAdjective(q, gender, ro)
		if !ok {
			break
		}
		adj = append([]string{s}, adj...)
		ph.first = q
	}
	if w := r.word(ph.first - 1); englishTitles[w] && r.near(ph.first-1) && ph.first == p { // Director General
		head = w + " " + head
		ph.first--
	}
	comp, org, last := r.complementOf(p + 1)
	ph.last, ph.org = last, org
	ph.text = strings.Join(append(adj, head), " ") + comp
	if ph.org == "" {
		ph.org = r.partyOf(ro.prefix)
	}
	return ph
}

// englishTitles stand before a role noun that is English.
var englishTitles = map[string]bool{"Director": true, "Managing": true, "Vice": true, "Executive": true, "Senior": true, "Junior": true, "Creative": true, "Art": true, "Assistant": true, "Chief": true, "Head": true, "Lord": true}

// body reports whether the role noun rather means a council than one of its members.
func body(ro role) bool {
	return strings.HasSuffix(ro.m, "rat") && ro.m != "landrat" && ro.m != "schulrat" && ro.m != "baurat" || ro.m == "vorstand"
}

// roleAdjective gives the adjective at token q in the nominative without article when it belongs to a role.
func (r *reader) roleAdjective(q int, gender string, ro role) (string, bool) {
	w := r.word(q)
	low := strings.ToLower(w)
	if low == "stv." || low == "stellv." || low == "ehem." {
		return w, true
	}
	stem := strings.TrimRight(low, "nrms")
	if !strings.HasSuffix(stem, "e") || stem == low && !strings.HasSuffix(low, "e") {
		return "", false
	}
	stem = strings.TrimSuffix(stem, "e")
	if !roleAdjectives[stem] && !strings.HasSuffix(stem, "politisch") {
		return "", false
	}
	w = w[:len(stem)]
	if gender == "" && ro.gender == "" {
		return r.word(q), true
	}
	if gender == schemas.GenderFemale {
		return w + "e", true
	}
	return w + "er", true
}

var roleAdjectives = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`stellvertretend ehemalig früher neu amtierend kommissarisch erst zweit dritt künstlerisch kaufmännisch technisch leitend wissenschaftlich ärztlich
 ehrenamtlich hauptamtlich pädagogisch parlamentarisch regierend geschäftsführend musikalisch sportlich langjährig bisherig designiert künftig ständig
 zuständig verantwortlich damalig heutig jetzig scheidend fachlich städtisch kommunal operativ`) {
		m[w] = true
	}
	return m
}()

// adjectival reports whether a lower-case word may be an adjective before a noun.
func adjectival(w string) bool {
	if notAdjective[w] {
		return false
	}
	for _, e := range []string{"e", "en", "er", "es", "em"} {
		if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			return true
		}
	}
	return false
}

// notAdjective are words that only end like adjectives.
var notAdjective = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`gegenüber über unter hinter oder aber immer wieder sondern heute gestern morgen sowie ohne wegen gegen neben zwischen außer nachdem indem seitdem trotzdem dagegen
 hatte hatten habe haben hätte hätten wurde wurden werde werden würde würden wäre wären konnte konnten könne können könnte sollte sollten solle sollen wollte wollten wolle wollen musste mussten müsse müssen dürfe dürfen mehr sehr eher bisher daher vorher nachher später früher bitte eben gerade danke`) {
		m[w] = true
	}
	return m
}()

// complementOf reads what follows a role at token j: genitive or preposition, adjectives, nouns, a short form in parentheses.
// It gives the text with a leading blank, the organisation without its article, and the token after it.
func (r *reader) complementOf(j int) (string, string, int) {
	if !complement[r.word(j)] || j == 0 || !r.near(j-1) || r.word(j) == "in" && !r.is(j+1, isCap) && r.word(j+1) != "der" {
		return "", "", j
	}
	start, end, org := j, j, -1
	sent := r.toks[j].Sent
	for k := j; k < len(r.toks) && k-j < 16 && r.toks[k].Sent == sent && !r.taken[k]; k++ {
		w := r.word(k)
		switch {
		case r.is(k, isTitle|isSal) || k > j && r.is(k, isGiven) && (r.is(k+1, isCap) || r.is(k+1, isParticle)) && r.near(k):
			return r.complementText(start, end, org)
		case r.is(k, isCap) && !(r.is(k, isStop) && k > end && end > j) || r.kindAt(k) == text.Number && k > j:
			if org < 0 {
				org = k
			}
			end = k + 1
		case r.kindAt(k) == text.Mark && k > j:
			if c := r.closing(k); c > k {
				if org < 0 {
					org = k + 1
				}
				k, end = c, c+1
				continue
			}
			return r.complementText(start, end, org)
		case w == "(" && end == k && r.word(k+2) == ")":
			k, end = k+2, k+3
		case complement[w] || article[w] || w == "und" || w == "sowie" || w == "&" || w == "-" || w == "/":
		case !r.is(k, isCap) && adjectival(w) && !r.lx.say[w] && !r.lx.act[w] && !r.lx.neutral[w] && r.kindAt(k) == text.Word && (r.is(k+1, isCap) || adjectival(r.word(k+1))):
			if org < 0 && article[r.word(k-1)] {
				org = k
			}
		default:
			return r.complementText(start, end, org)
		}
	}
	return r.complementText(start, end, org)
}

func (r *reader) complementText(start, end, org int) (string, string, int) {
	if end <= start {
		return "", "", start
	}
	s := " " + r.join(start, end)
	if w := r.word(start); w == "für" || w == "in" || w == "an" || w == "aus" || w == "zur" || w == "zum" { // what the role is about, unless an office follows: für Umwelt der Stadt X
		org = -1
		for k := start + 1; k < end-1; k++ {
			if w := r.word(k); (w == "der" || w == "des" || w == "beim" || w == "bei" || w == "vom") && r.is(k+1, isCap) {
				org = k + 1
				break
			}
		}
	}
	if org < 0 || org >= end {
		return s, "", end
	}
	return s, strings.Trim(r.join(org, end), "\"„“”»«"), end
}

// closing is the mark that closes the one at token k within the next tokens, k for none.
func (r *reader) closing(k int) int {
	for j := k + 1; j < len(r.toks) && j-k < 12 && r.toks[j].Sent == r.toks[k].Sent; j++ {
		if r.kindAt(j) == text.Mark {
			return j
		}
	}
	return k
}

// partyOf is the party or group that the first part of a compound names: CDU-Fraktions(vorsitzender), Volt-(Stadtrat).
func (r *reader) partyOf(prefix string) string {
	first, _, ok := strings.Cut(prefix, "-")
	if !ok || first == "" {
		return ""
	}
	if p := party(first); p != "" {
		switch p { // Grünen-Stadträtin, Linken-Chef
		case "Grünen", "Linken":
			return strings.TrimSuffix(p, "n")
		}
		return p
	}
	if acronym(first) && first != "US" && first != "EU" && first != "UN" && first != "UNO" {
		return first
	}
	return ""
}

// use takes a phrase over.
func (a *attributes) use(ph phrase) {
	a.roles = append(a.roles, ph.text)
	a.heads = append(a.heads, ph.head)
	if a.org == "" {
		a.org = ph.org
	}
	if a.gender == "" {
		a.gender = ph.gender
	}
}

// after reads roles to the right of the name: ", Leiter des Amts," and "(Grüne)" and "ist Erste Bürgermeisterin".
func (r *reader) after(n *name, a *attributes) {
	j := n.last
	if j >= len(r.toks) || r.toks[j].Sent != r.toks[n.first].Sent {
		return
	}
	if s := r.word(j); s == "a." || s == "MdL" || s == "MdB" || s == "MdEP" || s == "MdA" {
		j++
		if r.word(j) == "D." {
			j++
		}
	}
	switch w := r.word(j); {
	case w == "(":
		r.parenthesis(n, j+1, a)
		for k := j + 1; k < len(r.toks) && k-j < 14 && r.toks[k].Sent == r.toks[j].Sent; k++ {
			if r.word(k) == ")" {
				if r.word(k+1) == "," {
					r.apposition(n, k+2, a)
				}
				break
			}
		}
	case w == ",":
		if p := party(r.word(j + 1)); p != "" && closes(r.word(j+2)) {
			a.org = first(a.org, p)
			return
		}
		r.apposition(n, j+1, a)
	case w == "als":
		r.apposition(n, j+1, a)
	case w == "ist" || w == "war" || w == "wird" || w == "wurde" || w == "bleibt" || w == "blieb":
		r.statement(n, j+1, a)
	case (w == "für" || w == "von" || w == "vom") && r.near(j-1) && !n.surname:
		r.onBehalf(j, a)
	}
}

func closes(w string) bool {
	return w == ")" || w == "," || w == "." || w == "" || w == "und" || w == ":"
}

// parenthesis reads "(CDU)", "(Leiter des Amts)", "(CDU, Landrat)", "(Verein der Schwerhörigen)".
func (r *reader) parenthesis(n *name, j int, a *attributes) {
	end := j
	for ; end < len(r.toks) && end-j < 24 && r.toks[end].Sent == r.toks[n.first].Sent && r.word(end) != ")"; end++ {
	}
	if r.word(end) != ")" || end == j {
		return
	}
	if r.kindAt(j) == text.Number || r.directions(j) {
		return
	}
	k := j
	if p := party(r.join(j, end)); p != "" {
		a.org = first(a.org, p)
		return
	}
	if p := party(r.word(j)); p != "" && (r.word(j+1) == "," || r.word(j+1) == "/") {
		a.org = first(a.org, p)
		k = j + 2
	}
	if r.apposition(n, k, a) {
		return
	}
	if k == j && r.is(j, isCap) && !r.is(j, isStop) && a.org == "" && !r.taken[j] && !r.is(j, isGiven) {
		a.org = r.join(j, end)
	}
}

// directions reports whether token j begins "links", "r.", "2. v. l." and the like.
func (r *reader) directions(j int) bool {
	switch strings.Trim(strings.ToLower(r.word(j)), ".") {
	case "l", "r", "li", "re", "m", "links", "rechts", "mitte", "v", "von", "vorne", "hinten", "oben", "unten", "geb", "geboren", "foto", "bild", "jahre", "siehe", "s", "vgl", "gest":
		return true
	}
	return false
}

// apposition reads a role at token j, over an article and adjectives, and reports whether there was one.
func (r *reader) apposition(n *name, j int, a *attributes) bool {
	sent := r.toks[n.first].Sent
	for k := j; k < len(r.toks) && k-j < 5 && r.toks[k].Sent == sent; k++ {
		if r.is(k, isRole) && !r.taken[k] {
			ro := r.roles[k]
			if r.plural(k) || n.gender != "" && ro.gender != "" && ro.gender != n.gender || ro.either && !ro.adj && !r.definite(k) {
				return false
			}
			if r.nameFollows(k) {
				return false
			}
			ph := r.phrase(k, n.gender)
			a.use(ph)
			q := ph.last
			for i := 0; i < 3 && (r.word(q) == "und" || r.word(q) == "sowie") && r.is(q+1, isRole) && !r.nameFollows(q+1); i++ {
				ph = r.phrase(q+1, n.gender)
				a.use(ph)
				q = ph.last
			}
			return true
		}
		w := strings.ToLower(r.word(k))
		if !article[w] && !possessive[w] && w != "stv." && w != "als" && w != "und" && (r.is(k, isCap) && !roleAdjectiveWord(w) || !adjectival(w) || r.kindAt(k) != text.Word) {
			return false
		}
	}
	return false
}

func roleAdjectiveWord(w string) bool {
	stem := strings.TrimSuffix(strings.TrimRight(w, "nrms"), "e")
	return roleAdjectives[stem]
}

// nameFollows reports whether a name stands right after the role at token k, so that the role is that person's.
func (r *reader) nameFollows(k int) bool {
	j := k + 1
	for r.is(j, isTitle) || r.word(j) == "." {
		j++
	}
	return j < len(r.toks) && r.toks[j].Sent == r.toks[k].Sent && r.near(j-1) && (r.is(j, isGiven) || r.is(j, isInitial))
}

// onBehalf reads "für die KAL-Fraktion", "vom Sozialverband VDK" after a name.
func (r *reader) onBehalf(j int, a *attributes) {
	if a.org != "" {
		return
	}
	k := j + 1
	if article[r.word(k)] {
		k++
	}
	w := r.word(k)
	if !r.is(k, isCap) || r.is(k, isGiven|isStop) && party(w) == "" {
		return
	}
	last := w[strings.LastIndexByte(w, '-')+1:]
	if party(w) == "" && last != "Fraktion" && !r.lx.thing(w) {
		return
	}
	_, org, end := r.complementOf(j)
	if org == "" && end > k {
		org = r.join(k, end)
	}
	a.org = org
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// party is the party or group that s names, "" for none.
func party(s string) string {
	low := strings.TrimPrefix(strings.ToLower(s), "die ")
	base := strings.TrimSuffix(low, "-fraktion")
	if parties[base] {
		return s
	}
	for p := range strings.SplitSeq(base, "/") {
		if !parties[strings.TrimSpace(p)] {
			return ""
		}
	}
	return s
}

var parties = func() map[string]bool {
	m := map[string]bool{"": false}
	for w := range strings.SplitSeq(`cdu,csu,spd,fdp,afd,linke,linken,grüne,grünen,bündnis 90,volt,piraten,piratenpartei,partei,freie wähler,fw,fwg,uwg,bsw,ssw,ödp,tierschutzpartei,
cdu/csu,union,spö,övp,fpö,neos,svp,pds,npd,dkp,parteilos,fraktionslos,bürgerliste,wählergemeinschaft`, ",") {
		m[strings.TrimSpace(w)] = true
	}
	delete(m, "")
	return m
}()
