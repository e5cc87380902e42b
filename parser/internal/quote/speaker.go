package quote

import (
	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// speakers attributes the passages in text order and remembers who spoke last.
type speakers struct {
	*analysis
	last      *Speaker // who spoke last, in quotation or report
	lastFrame int
	topic     int // the person that was last the subject of a sentence, -1 for none
	topicAt   int // frame
	topicSpan text.Span
	honoured  bool // something is done to the topic: geehrt wurde X
	seen      int  // frames that have been heard
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
		s.hearSubject(s.seen)
		s.hearSpeech(s.seen)
	}
}

// hearSubject notes the first subject of frame i that is one of the people.
func (s *speakers) hearSubject(i int) {
	f := &s.frames[i]
	for k, c := range f.nouns {
		if !c.nominative {
			continue
		}
		p := c.person
		if c.pronoun && c.to == c.from+1 {
			if sp := s.resolve(i, k, nil); sp != nil {
				p = sp.Person
			}
		}
		if p >= 0 {
			s.topic, s.topicAt, s.topicSpan, s.honoured = p, i, f.span(c.from, c.to), f.undergoes()
			return
		}
	}
}

// undergoes reports whether the frame is a passive of the past: what is said next its subject does not say, unless in the first person.
func (f *frame) undergoes() bool {
	for _, it := range f.items[:min(len(f.items), window)] {
		if it.low == "wurde" || it.low == "wurden" || it.low == "worden" {
			return true
		}
	}
	return false
}

// hearSpeech notes who is the human subject of the last announcement of frame i.
func (s *speakers) hearSpeech(i int) {
	f := &s.frames[i]
	for k := len(f.hits) - 1; k >= 0; k-- {
		h := &f.hits[k]
		if h.subject < 0 || h.verb != nil && (h.verb.Report > german.Call || h.verb.Thinks) || !f.nouns[h.subject].human {
			continue
		}
		if sp := s.resolve(i, h.subject, h); sp != nil {
			s.last, s.lastFrame = sp, i
		}
		return
	}
}

// of attributes passage qi. The frames before it must have been heard.
func (s *speakers) of(qi int, e *evidence) (*Speaker, *text.Span) {
	at, end := s.places[qi][0], s.places[qi][len(s.places[qi])-1]
	sp, span := s.announcedBy(qi, e)
	if x := s.aside(qi); x != nil {
		sp = x
	}
	if x, cites := s.wordOf(at); cites {
		return x, nil // and who cites them goes on speaking behind them
	}
	if sp == nil && e.link.rel == relColon {
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
	if sp != nil && sp.unknown {
		return nil, span // a speaker is one of the people, a body, or somebody by his role
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
		if near && (e.first || (e.reported || e.start) && !s.honoured) {
			return s.topicSpeaks()
		}
		return nil
	}
	if s.last == nil || !s.speaksOn(at, e, near) {
		return nil
	}
	x := *s.last
	x.Method, x.Rule = schemas.MethodContinuation, ruleGoesOn
	return &x
}

// topicSpeaks takes the subject of the sentence before for the speaker.
func (s *speakers) topicSpeaks() *Speaker {
	m := s.topicSpan
	return &Speaker{
		Name: s.people.people[s.topic].Name, Person: s.topic, Kind: schemas.SpeakerPerson, Mention: &m,
		Method: schemas.MethodContinuation, Rule: ruleTopic,
	}
}

// speaksOn reports whether the last speaker can still be heard at the place; near says that its subject stands near.
func (s *speakers) speaksOn(at place, e *evidence, near bool) bool {
	gap := at.frame - s.lastFrame
	if s.last.Kind == schemas.SpeakerOrganisation && !e.reported && gap > 1 {
		return false
	}
	return gap <= goesOnWithin || s.reportedSince(s.lastFrame, at.frame) || near && e.first && s.topic == s.last.Person && s.topic >= 0
}

// within reads the source in the passage's own sentence where no verb of speech announces it: "Für X ist das „…“", "X will „…“",
// "im Schreiben ist von „…“ die Rede", "X zweifelt: Er habe „…“". It reports false when the sentence tells nothing.
func (s *speakers) within(at place, e *evidence) (*Speaker, bool) {
	f := &s.frames[at.frame]
	in := inside{frame: f, at: at.item, evidence: e, verb: item{quote: -1}}
	if v := f.finiteVerb(); v >= 0 {
		in.verb, in.verbAt = f.items[v], v
	}
	for k := f.reach(true, at.item); k < len(f.nouns) && f.nouns[k].from <= at.item; k++ {
		n := f.nouns[k]
		if id := in.rule(n); id != "" {
			sp := s.resolve(at.frame, k, nil)
			if sp != nil {
				sp.Rule = id
			}
			return sp, true
		}
		if n.nominative && n.person >= 0 && !e.reported && (s.last == nil || s.last.Person != n.person) {
			return nil, true // somebody else is the subject of this very sentence
		}
	}
	return nil, false
}

// inside is a passage at an item of its frame, with the frame's first finite verb.
type inside struct {
	*frame
	*evidence
	at, verbAt int
	verb       item // empty for none
}

// rule is the rule by which nominal n is the source of the passage without an announcement, "" for none.
func (in inside) rule(n nominal) string {
	person := n.nominative && n.person >= 0
	switch {
	case in.opinionOf(n):
		return ruleForX
	case (person || n.nominative && n.pronoun) && in.verbAt < in.at && in.lower && in.verb.is(german.Intention):
		return ruleXWants
	case person && in.reported && in.colonBetween(n.to, in.at):
		return ruleXColon
	case in.written(n):
		return ruleInX
	}
	return ""
}

// opinionOf reads "Für X ist das".
func (in inside) opinionOf(n nominal) bool {
	return in.frame.at(0).low == "für" && n.prep == "für" && n.from == 1 && n.human && in.verb.is(german.Copula)
}

// written reports whether nominal n is the document in which something stands.
func (in inside) written(n nominal) bool {
	return (n.prep == "in" || n.prep == "im" || n.prep == "laut") && !n.human && german.Ends(in.items[n.head].low, german.Document)
}

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
	if german.Is(w, german.Reported) {
		return true
	}
	rs := german.Reporting(w)
	for _, r := range rs {
		if r.Form != german.Subjunctive {
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
	if b-a > reportedWithin {
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
		if it.isWord() && !it.upper() && it.is(german.Reported) {
			return true
		}
	}
	return false
}
