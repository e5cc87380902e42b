package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/cue"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// How far back a speaker is looked for, in frames.
const (
	goesOnWithin  = 2 // a passage without an announcement continues the speech before it
	pronounWithin = 8 // a pronoun's antecedent
)

// speakers attributes the passages in text order and remembers who spoke last.
type speakers struct {
	*analysis
	last      *Speaker // who spoke last, in quotation or report
	lastFrame int
	topic     int // the person that was last the subject of a sentence, -1 for none
	topicAt   int // frame
	topicSpan text.Span
	seen      int // frames that have been heard
	resolved  map[[2]int]*Speaker
	depth     int               // of roles that lead to roles
	names     map[string]string // surname -> full name, of those who are not among the people
}

func newSpeakers(a *analysis) *speakers {
	return &speakers{analysis: a, topic: -1, resolved: map[[2]int]*Speaker{}, names: a.fullNames()}
}

// advance hears the sentences before frame n: their announcements, so that reported speech can be continued by a quotation, and
// their subjects.
func (s *speakers) advance(n int) {
	for ; s.seen < n; s.seen++ {
		f := &s.frames[s.seen]
		for k := range f.nouns {
			c := f.nouns[k]
			if !c.nominative {
				continue
			}
			p := c.person
			if c.pronoun && c.to == c.from+1 {
				if sp := s.resolve(s.seen, k, nil); sp != nil {
					p = sp.Person
				}
			}
			if p >= 0 {
				m := f.span(c.from, c.to)
				s.topic, s.topicAt, s.topicSpan = p, s.seen, m
				break
			}
		}
		for k := len(f.hits) - 1; k >= 0; k-- {
			h := &f.hits[k]
			if h.subject < 0 || h.verb != nil && h.verb.Class > cue.Call || !f.nouns[h.subject].human {
				continue
			}
			if v := h.verb; v != nil && attitudes[v.Lemma] {
				continue
			}
			if sp := s.resolve(s.seen, h.subject, h); sp != nil {
				s.last, s.lastFrame = sp, s.seen
			}
			break
		}
	}
}

// of attributes passage qi. The frames before it must have been heard.
func (s *speakers) of(qi int, e *evidence) (*Speaker, *text.Span) {
	at, end := s.places[qi][0], s.places[qi][len(s.places[qi])-1]
	sp, span := s.announcedBy(qi, e)
	if x := s.aside(qi); x != nil {
		sp = x
	}
	if sp == nil && e.link.rel == relColon && e.link.hit < 0 {
		if e.link.frame < at.frame { // the sentence before ends in the colon
			sp = s.label(place{e.link.frame, len(s.frames[e.link.frame].items)})
		} else {
			sp = s.label(at)
		}
	}
	if sp == nil && (span == nil || e.link.rel == relInside) {
		sp = s.announcedNext(end)
	}
	if sp == nil && span == nil {
		sp = s.goesOn(qi, e)
	}
	if sp != nil {
		s.last, s.lastFrame = sp, end.frame
	}
	return sp, span
}

// announcedBy is the subject of the announcement that governs the passage.
func (s *speakers) announcedBy(qi int, e *evidence) (*Speaker, *text.Span) {
	l := e.link
	if l.rel == relNone || l.hit < 0 {
		return nil, nil
	}
	f := &s.frames[l.frame]
	h := &f.hits[l.hit]
	if h.subject < 0 {
		return nil, &h.span
	}
	return s.resolve(l.frame, h.subject, h), &h.span
}

// aside reads the source in brackets right behind the passage, „…“ (Anna Meier, SPD), or before a passage in brackets: Anna Meier
// („…“).
func (s *speakers) aside(qi int) *Speaker {
	first, last := s.places[qi][0], s.places[qi][len(s.places[qi])-1]
	if k := s.bracket(first, last); k >= 0 {
		sp := s.resolve(first.frame, k, nil)
		if sp != nil {
			sp.Rule = "„…“ (X)"
		}
		return sp
	}
	f := &s.frames[last.frame]
	if n := last.frame + 1; last.item == len(f.items)-1 && n < len(s.frames) && s.frames[n].block == f.block && s.frames[n].at(0).word == "(" {
		g := &s.frames[n]
		if len(g.nouns) > 0 && g.nouns[0].from == 1 && g.nouns[0].person >= 0 {
			if sp := s.resolve(n, 0, nil); sp != nil {
				sp.Rule = "„…“ (X)"
				return sp
			}
		}
	}
	return nil
}

// label reads "Name, Rolle: „…“", and a sentence with one subject that ends in a colon.
func (s *speakers) label(at place) *Speaker {
	f := &s.frames[at.frame]
	best := -1
	for k := f.nounAfter(max(0, at.item-window)); k < len(f.nouns) && f.nouns[k].to <= at.item; k++ {
		n := f.nouns[k]
		if !n.nominative || !n.human {
			continue
		}
		if n.person >= 0 || n.pronoun {
			best = k
			break
		}
		if best < 0 {
			best = k
		}
	}
	if best < 0 {
		return s.possessive(at)
	}
	if n := f.nouns[best]; n.pronoun && f.items[n.from].low == "sie" && f.pluralVerb() {
		return nil
	}
	sp := s.resolve(at.frame, best, nil)
	if sp != nil {
		sp.Rule = "X: „…“"
	}
	return sp
}

// possessive reads "Sein Fazit: „…“".
func (s *speakers) possessive(at place) *Speaker {
	f := &s.frames[at.frame]
	if at.item > 8 || len(f.nouns) == 0 || f.nouns[0].from != 0 {
		return nil
	}
	want := schemas.GenderMale
	switch d := f.nouns[0].det; {
	case strings.HasPrefix(d, "sein"):
	case strings.HasPrefix(d, "ihr"):
		want = schemas.GenderFemale
	default:
		return nil
	}
	p := s.before(at.frame, 0, want)
	if p < 0 {
		return nil
	}
	m := f.span(0, 1)
	return &Speaker{Name: s.people.people[p].Name, Person: p, Kind: schemas.SpeakerPerson, Mention: &m, Method: schemas.MethodPronoun, Rule: "Sein Fazit: „…“"}
}

// pluralVerb reports whether the frame's first finite auxiliary or cue is plural.
func (f *frame) pluralVerb() bool {
	for _, it := range f.items[:min(len(f.items), window)] {
		if auxPlural[it.low] || modalPlural[it.low] {
			return true
		}
		if auxSingular[it.low] || modalSingular[it.low] {
			return false
		}
	}
	return false
}

// announcedNext reads the announcement in the sentence after the passage: "So formulierte es X.", "Das sagte X."
func (s *speakers) announcedNext(p place) *Speaker {
	k := s.nextHit(p)
	if k < 0 {
		return nil
	}
	h := &s.frames[p.frame+1].hits[k]
	return s.resolve(p.frame+1, h.subject, h)
}

// goesOn continues the speech before the passage: nobody else has been the subject since.
func (s *speakers) goesOn(qi int, e *evidence) *Speaker {
	at := s.places[qi][0]
	f := &s.frames[at.frame]
	if sp, ok := s.within(at, e); ok {
		return sp
	}
	if f.mood(at.item) == indicative && !e.start {
		return nil
	}
	near := at.frame-s.topicAt <= goesOnWithin && s.reportedSince(s.topicAt, at.frame)
	if s.topic >= 0 && s.topicAt > s.lastFrame && (s.last == nil || s.topic != s.last.Person) {
		if !near || !(e.first || e.reported || e.start) {
			return nil
		}
		p, m := s.people.people[s.topic], s.topicSpan
		return &Speaker{Name: p.Name, Person: s.topic, Kind: schemas.SpeakerPerson, Mention: &m, Method: schemas.MethodContinuation, Rule: "subject of the sentence before"}
	}
	if s.last == nil {
		return nil
	}
	gap := at.frame - s.lastFrame
	if s.last.Kind == schemas.SpeakerOrganisation && !e.reported && gap > 1 {
		return nil
	}
	if gap > goesOnWithin && !s.reportedSince(s.lastFrame, at.frame) && !(near && e.first && s.topic == s.last.Person && s.topic >= 0) {
		return nil
	}
	x := *s.last
	x.Method, x.Rule = schemas.MethodContinuation, "same speaker goes on"
	return &x
}

// within reads the source in the passage's own sentence where no verb of speech announces it: "Für X ist das „…“", "X will „…“",
// "im Schreiben ist von „…“ die Rede", "X zweifelt: Er habe „…“". It reports false when the sentence tells nothing.
func (s *speakers) within(at place, e *evidence) (*Speaker, bool) {
	f := &s.frames[at.frame]
	verb := f.finiteVerb()
	for k := range f.nouns {
		n := f.nouns[k]
		if n.from > at.item {
			break
		}
		rule := ""
		switch {
		case f.at(0).low == "für" && n.prep == "für" && n.from == 1 && n.human && verb >= 0 && copulas[f.items[verb].low]:
			rule = "für X ist"
		case n.nominative && (n.person >= 0 || n.pronoun) && verb >= 0 && verb < at.item && e.lower && intentions[f.items[verb].low]:
			rule = "X will"
		case n.nominative && n.person >= 0 && e.reported && f.colonBetween(n.to, at.item):
			rule = "X …: er habe"
		case n.prep != "" && !n.human && endsIn(f.items[n.head].low, documents) && (n.prep == "in" || n.prep == "im" || n.prep == "laut"):
			rule = "in X"
		case n.nominative && n.person >= 0 && !e.reported && (s.last == nil || s.last.Person != n.person):
			return nil, true // somebody else is the subject of this very sentence
		}
		if rule != "" {
			sp := s.resolve(at.frame, k, nil)
			if sp != nil {
				sp.Rule = rule
			}
			return sp, true
		}
	}
	return nil, false
}

var (
	attitudes  = cue.Words("attitude")
	copulas    = cue.Words("copula")
	intentions = cue.Words("intention")
)

// mood of a sentence.
type mood uint8

const (
	verbless mood = iota
	indicative
	conjunctive
)

// mood is that of the frame's finite verbs up to item i and right after it: conjunctive if one is, since clauses in the indicative may
// be inserted in reported speech.
func (f *frame) mood(i int) mood {
	m := verbless
	for j := max(0, i-window); j < len(f.items) && j <= i+2; j++ {
		it := f.items[j]
		switch {
		case !it.isWord() || it.upper() && j > 0:
		case subjunctive(it.low):
			return conjunctive
		case looksFinite(it.low):
			m = indicative
		}
	}
	return m
}

// subjunctive reports whether a lower-case word can only be a Konjunktiv I.
func subjunctive(w string) bool {
	if reported[w] {
		return true
	}
	rs := cue.Lookup(w)
	for _, r := range rs {
		if r.Form != cue.Subjunctive {
			return false
		}
	}
	return len(rs) > 0
}

// finiteVerb is the first word of the frame that is a finite verb, -1 for none.
func (f *frame) finiteVerb() int {
	for i, it := range f.items[:min(len(f.items), window)] {
		if it.isWord() && (!it.upper() || i == 0) && looksFinite(it.low) {
			return i
		}
	}
	return -1
}

// reportedSince reports whether every frame after a and before b is in the mood of reported speech.
func (s *speakers) reportedSince(a, b int) bool {
	if b-a > 12 {
		return false
	}
	for i := a + 1; i < b; i++ {
		if !s.frames[i].reportedMood() {
			return false
		}
	}
	return true
}

// reportedMood reports whether the frame has a verb in Konjunktiv I.
func (f *frame) reportedMood() bool {
	for _, it := range f.items[:min(len(f.items), 2*window)] {
		if it.isWord() && !it.upper() && reported[it.low] {
			return true
		}
	}
	return false
}

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
		if name := s.bareName(f, n); name != "" {
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
		x.Name, x.Kind, x.Method, x.Rule = l.Name, l.Kind, schemas.MethodContinuation, "heißt es in der Mitteilung von X"
		return x
	}
	x.Name = s.doc.Slice(f.span(f.firstUpper(n), n.head+1))
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
			if it := f.items[i]; it.word != "," && !(it.low == "und" && n.person >= 0 && n.det == "" && n.prep == "") && !prepositions[it.low] && !(it.isQuote() && i < n.from-1) {
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
	if from == run && roleWord(f.items[n.head].low) && (run == n.head || n.det != "" || roleEndings[f.items[n.head].low]) {
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
