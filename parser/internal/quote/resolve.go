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

func (s *speakers) resolveNew(fi, k int, h *hit) *Speaker {
	f := &s.frames[fi]
	n := f.nouns[k]
	x := &Speaker{Person: -1, Kind: schemas.SpeakerPerson, Method: schemas.MethodName}
	if h != nil {
		x.Rule = h.rule
	}
	to := n.to
	p := n.person
	if p < 0 {
		p = s.family(f, n)
	}
	if p < 0 {
		var j int
		if p, j = s.attached(f, k); p >= 0 {
			to = f.nouns[j].to
		}
	}
	m := f.span(n.from, to)
	x.Mention = &m
	if p >= 0 {
		x.Person, x.Name = p, s.people.people[p].Name
		if j := s.people.whole(f.span(f.firstUpper(n), n.head+1)); j >= 0 && s.people.person[j] == p && s.people.spans[j].End > m.End {
			m.End = s.people.spans[j].End
		}
		if s.surnameOnly(m, p) {
			x.Method = schemas.MethodSurname
		}
		return x
	}
	if n.pronoun && n.to == n.from+1 {
		return s.pronoun(fi, k, h, x)
	}
	if n.human || nameLike(f, n) || n.det != "" && n.head > n.from && s.holds(f.items[n.head].low) {
		if name := s.bareName(f, n); name != "" && !f.native(n) {
			x.Name = name
			s.fullName(x)
			return x
		}
		return s.byRole(fi, k, x)
	}
	if !f.organisation(n, h) {
		return nil
	}
	if l := s.last; h != nil && h.source == byHeisst && l != nil && l.Kind == schemas.SpeakerOrganisation && fi-s.lastFrame <= 2 && s.frames[s.lastFrame].block == f.block && n.det != "" && !strings.HasPrefix(n.det, "ein") {
		x.Name, x.Kind, x.Method, x.Rule = l.Name, l.Kind, schemas.MethodContinuation, ruleInRelease
		return x
	}
	if h != nil && h.source == byHeisst && n.det != "" && !strings.HasPrefix(n.det, "ein") && !organisational(f.items[n.head].low) {
		if o := s.reporting(fi); o != nil {
			x.Name, x.Kind, x.Method, x.Rule = o.Name, o.Kind, schemas.MethodContinuation, ruleReported
			return x
		}
	}
	definite := n.det == "das" || n.det == "die" || n.det == "der" || n.det == "des" || n.det == "dem" || n.det == "den"
	if definite && n.from+2 == n.to {
		if name := s.properBody(fi, n); name != "" { // das Institut: the Friedrich-Haller-Institut before it
			x.Name, x.Kind, x.Method = name, schemas.SpeakerOrganisation, schemas.MethodRole
			return x
		}
	}
	x.Name = s.doc.Slice(f.span(f.firstUpper(n), n.head+1))
	if low := f.items[n.head].low; (n.det == "des" || n.det == "eines") && n.head == n.from+1 {
		x.Name = x.Name[:len(x.Name)-len(low)+len(nominativeOf(low))]
	}
	if n.det == "" && n.head == n.from && s.fullName(x) {
		return x
	}
	if f.body(n) {
		x.Kind = schemas.SpeakerOrganisation
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
			if n.person >= 0 || n.pronoun || n.head == n.from || n.title >= 0 {
				continue
			}
			from := f.nameStart(n)
			if n.head-from < 1 || n.head-from > 3 || n.det != "" && from == f.firstUpper(n) {
				continue
			}
			last, full := f.items[n.head].word, a.doc.Slice(f.span(from, n.head+1))
			if organisational(strings.ToLower(last)) || roleWord(strings.ToLower(last)) || acronym(last) {
				continue
			}
			if old, ok := m[last]; ok && old != full {
				full = ""
			}
			m[last] = full
		}
	}
	return m
}

// family is the only person with the lone word as family name, -1 for none.
func (s *speakers) family(f *frame, n nominal) int {
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
	for j := k + 1; j < len(f.nouns) && j < k+6; j++ {
		n, before := f.nouns[j], f.nouns[j-1]
		for i := before.to; i < n.from; i++ {
			if it := f.items[i]; it.word != "," && !(it.low == "und" && n.person >= 0 && n.det == "" && n.prep == "") && !it.is(german.Preposition) && !(it.isQuote() && i < n.from-1) {
				return -1, 0
			}
		}
		if n.from > before.to+3 {
			return -1, 0
		}
		switch {
		case n.person >= 0 && !n.genitive && n.prep == "":
			return n.person, j
		case n.person >= 0 && !f.roleBefore(n, s.people): // des Gesundheitsamtes Dr. Meier
			return n.person, j
		case n.pronoun, n.person >= 0 && n.prep == "" && !n.genitive:
			return -1, 0
		}
	}
	return -1, 0
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
