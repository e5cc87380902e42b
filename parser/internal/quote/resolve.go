package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// resolve turns nominal k of frame fi into a speaker; nil when it stands for somebody who cannot be told.
func (s *speakers) resolve(fi, k int, h *hit) *Speaker {
	key := [2]int{fi, k}
	if sp, ok := s.resolved[key]; ok {
		if sp == nil {
			return nil
		}
		x := *sp
		if h != nil {
			x.Rule = h.rule
		}
		return &x
	}
	sp := s.resolveNew(fi, k, h)
	s.resolved[key] = sp
	if sp == nil {
		return nil
	}
	x := *sp
	return &x
}

// resolveNew tries what a nominal can stand for, from a person of the text down to the words themselves.
func (s *speakers) resolveNew(fi, k int, h *hit) *Speaker {
	f := &s.frames[fi]
	n := f.nouns[k]
	x := &Speaker{Person: -1, Kind: schemas.SpeakerPerson, Method: schemas.MethodName}
	if h != nil {
		x.Rule = h.rule
	}
	p, to := s.bearer(f, k)
	m := f.span(n.from, to)
	x.Mention = &m
	switch {
	case p >= 0:
		return s.named(f, n, p, x)
	case h != nil && (h.source == bySo || h.verb != nil && h.verb.Lemma == "lauten") && !n.human && possessiveDet(n.det): // so sein Fazit
		return s.ownersWord(fi, n, x)
	case n.pronoun && n.to == n.from+1:
		return s.pronoun(fi, k, h, x)
	case n.human || nameLike(f, n) || n.det != "" && n.head > n.from && s.holds(f.items[n.head].low):
		if name := s.bareName(f, n); name != "" && !f.native(n) {
			x.Name, x.unknown = name, !nameLike(f, n)
			if s.fullName(x) {
				x.unknown = false
			}
			return x
		}
		return s.byRole(fi, k, x)
	case !f.organisation(n, h):
		return nil
	case s.inRelease(fi, n, h, x), s.properName(fi, n, x):
		return x
	}
	return s.byWords(f, n, x)
}

// bearer is the person whom nominal k names, alone, by surname or in apposition, -1 for none, and the item after the mention.
func (s *speakers) bearer(f *frame, k int) (person, to int) {
	n := f.nouns[k]
	if n.person >= 0 {
		return n.person, n.to
	}
	if p := s.family(f, n); p >= 0 {
		return p, n.to
	}
	if p, j := s.attached(f, k); p >= 0 {
		return p, f.nouns[j].to
	}
	return -1, n.to
}

// named gives person p, mentioned at nominal n.
func (s *speakers) named(f *frame, n nominal, p int, x *Speaker) *Speaker {
	x.Person, x.Name = p, s.people.people[p].Name
	if j := s.people.whole(f.span(f.firstUpper(n), n.head+1)); j >= 0 && s.people.person[j] == p {
		x.Mention.End = max(x.Mention.End, s.people.spans[j].End)
	}
	if s.surnameOnly(*x.Mention, p) {
		x.Method = schemas.MethodSurname
	}
	return x
}

// inRelease reads "heißt es in der Mitteilung": whose it is, tells who spoke last or what the sentences before report.
func (s *speakers) inRelease(fi int, n nominal, h *hit, x *Speaker) bool {
	if h == nil || h.source != byHeisst || n.det == "" || strings.HasPrefix(n.det, "ein") {
		return false
	}
	f := &s.frames[fi]
	if l := s.last; l != nil && l.Kind == schemas.SpeakerOrganisation && s.recent(fi) {
		x.Name, x.Kind, x.Method, x.Rule = l.Name, l.Kind, schemas.MethodContinuation, ruleInRelease
		return true
	}
	if organisational(f.items[n.head].low) {
		return false
	}
	o := s.reporting(fi)
	if o == nil {
		return false
	}
	x.Name, x.Kind, x.Method, x.Rule = o.Name, o.Kind, schemas.MethodContinuation, ruleReported
	return true
}

// recent reports whether the last speaker spoke in the block of frame fi, no more than two frames before it.
func (s *speakers) recent(fi int) bool {
	return fi-s.lastFrame <= goesOnWithin && s.frames[s.lastFrame].block == s.frames[fi].block
}

// properName completes "das Institut" by the proper name the text has given it: the Friedrich-Haller-Institut before it.
func (s *speakers) properName(fi int, n nominal, x *Speaker) bool {
	if !definiteArticle(n.det) || n.from+2 != n.to {
		return false
	}
	name := s.properBody(fi, n)
	if name == "" {
		return false
	}
	x.Name, x.Kind, x.Method = name, schemas.SpeakerOrganisation, schemas.MethodRole
	return true
}

// definiteArticle reports whether a determiner is der, die, das in any case.
func definiteArticle(det string) bool {
	switch det {
	case "das", "die", "der", "des", "dem", "den":
		return true
	}
	return false
}

// byWords gives the nominal by its own words: a body, a title, somebody unknown.
func (s *speakers) byWords(f *frame, n nominal, x *Speaker) *Speaker {
	x.Name = s.doc.Slice(f.span(f.firstUpper(n), n.head+1))
	if low := f.items[n.head].low; (n.det == "des" || n.det == "eines") && n.head == n.from+1 {
		x.Name = x.Name[:len(x.Name)-len(low)+len(nominativeOf(low))]
	}
	if n.det == "" && n.head == n.from && s.fullName(x) {
		return x
	}
	x.unknown = true
	if f.body(n) && !bodysPaper(f.items[n.head].low) {
		x.Kind, x.unknown = schemas.SpeakerOrganisation, false
	}
	if n.title >= 0 { // the magazine „Blatt“
		x.Name = s.doc.Slice(s.quotes[n.title].first().inner)
	}
	return x
}

// fullName completes a lone surname by the full name the text has given before, and reports whether it did.
func (s *speakers) fullName(x *Speaker) bool {
	if strings.Contains(x.Name, " ") {
		return false
	}
	full, ok := s.names[x.Name]
	if !ok {
		full, ok = s.names[strings.TrimSuffix(x.Name, "s")]
	}
	if ok && full != "" {
		x.Name, x.Method = full, schemas.MethodSurname
	}
	return ok && full != ""
}

// fullNames maps the last word of each full name among the nominals to the name; two names with one surname give "".
func (a *analysis) fullNames() map[string]string {
	m := map[string]string{}
	for i := range a.frames {
		f := &a.frames[i]
		for _, n := range f.nouns {
			full, ok := a.fullNameOf(f, n)
			if !ok {
				continue
			}
			last := f.items[n.head].word
			if old, ok := m[last]; ok && old != full {
				full = shorterName(old, full)
			}
			m[last] = full
		}
	}
	return m
}

// shorterName is the name that both end in, where one of them has more before it: Massachusetts Mitt Romney, Mitt Romney. "" for none.
func shorterName(a, b string) string {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a != "" && strings.HasSuffix(b, " "+a) {
		return a
	}
	return ""
}

// fullNameOf is the full name of two to four words that a nominal is, of somebody who is not among the people.
func (a *analysis) fullNameOf(f *frame, n nominal) (string, bool) {
	if n.person >= 0 || n.pronoun || n.head == n.from || n.title >= 0 {
		return "", false
	}
	from := f.nameStart(n)
	if words := n.head - from + 1; words < 2 || words > 4 || n.det != "" && from == f.firstUpper(n) {
		return "", false
	}
	last := f.items[n.head]
	if organisational(last.low) || roleWord(last.low) || acronym(last.word) {
		return "", false
	}
	return a.doc.Slice(f.span(from, n.head+1)), true
}

// family is the only person with the lone word as family name, -1 for none.
func (s *analysis) family(f *frame, n nominal) int {
	if n.det != "" || n.pronoun || n.head != n.from || n.title >= 0 {
		return -1
	}
	w := f.items[n.head].word
	best := -1
	for p := range s.people.people[:min(len(s.people.people), maxPeople)] {
		if name := s.people.people[p].Family; name != "" && (w == name || w == name+"s") {
			if best >= 0 {
				return -1
			}
			best = p
		}
	}
	return best
}

// holds reports whether the lower-case noun is the role of one of the people.
func (s *speakers) holds(head string) bool {
	for p := range s.people.people[:min(len(s.people.people), maxPeople)] {
		for _, r := range s.people.people[p].Roles {
			if sameRole(head, strings.ToLower(r)) {
				return true
			}
		}
	}
	return false
}

// surnameOnly reports whether the mention names the person without a given name.
func (s *speakers) surnameOnly(m text.Span, p int) bool {
	given, _, _ := strings.Cut(s.people.people[p].Given, " ")
	return given == "" || !strings.Contains(s.doc.Slice(m), given)
}

// attached is the person named in apposition to the role at nominal k, "der Leiter des Amtes, Anna Meier", and its nominal.
func (s *speakers) attached(f *frame, k int) (person, noun int) {
	if !f.nouns[k].human || f.nouns[k].pronoun {
		return -1, 0
	}
	for j := k + 1; j < len(f.nouns) && j < k+attachedWithin; j++ {
		n := f.nouns[j]
		if !f.appositive(f.nouns[j-1], n) || n.pronoun {
			return -1, 0
		}
		if n.person >= 0 && (!n.genitive && n.prep == "" || !f.roleBefore(n, s.people)) { // des Gesundheitsamtes Dr. Meier
			return n.person, j
		}
	}
	return -1, 0
}

// appositive reports whether nothing but a comma, a preposition or a passage stands between two nominals, or "und" before a name.
func (f *frame) appositive(before, n nominal) bool {
	if n.from > before.to+3 {
		return false
	}
	for i := before.to; i < n.from; i++ {
		it := f.items[i]
		joint := it.low == "und" && n.person >= 0 && n.det == "" && n.prep == ""
		if it.word != "," && !joint && !it.is(german.Preposition) && (!it.isQuote() || i == n.from-1) {
			return false
		}
	}
	return true
}

// roleBefore reports whether the run of a nominal begins with a role, or with the name itself: the name then belongs to it and not to
// what stands before ("die Sprecherin des Landrats Jan Behr").
func (f *frame) roleBefore(n nominal, m mentions) bool {
	first := f.firstUpper(n)
	if roleWord(f.items[first].low) || title(f.items[first].word) {
		return true
	}
	j := m.in(f.span(n.from, n.to))
	return j < 0 || m.spans[j].Start <= f.items[first].Start
}

// bareName is the name at the end of a run of capitalised words, without roles before it; "" for a role alone.
func (s *speakers) bareName(f *frame, n nominal) string {
	run, from := f.firstUpper(n), f.nameStart(n)
	if from == run && roleWord(f.items[n.head].low) && (run == n.head || n.det != "" || f.items[n.head].is(german.Human)) {
		return ""
	}
	return s.doc.Slice(f.span(from, n.head+1))
}

// nameStart is the item after the last role or title before the end of the run.
func (f *frame) nameStart(n nominal) int {
	from := f.firstUpper(n)
	for i := from; i < n.head; i++ {
		if it := f.items[i]; it.upper() && roleWord(it.low) && !strings.HasSuffix(it.low, "mann") || title(it.word) {
			from = i + 1
		}
	}
	return from
}

// firstUpper is the first capitalised item of the nominal that is no determiner.
func (f *frame) firstUpper(n nominal) int {
	i := n.from
	for i < n.head && (!f.items[i].upper() || i == n.from && n.det != "") {
		i++
	}
	return i
}

// title reports whether the word is an academic or social title.
func title(w string) bool {
	switch w {
	case "Herr", "Herrn", "Frau", "Sir", "Lady", "Lord":
		return true
	}
	return len(w) > 2 && strings.HasSuffix(w, ".")
}
