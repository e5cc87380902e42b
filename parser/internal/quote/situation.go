package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// situation is what the reporter's words around the marks tell.
type situation struct {
	link        link
	class       german.Report // of the governing verb
	verb        string        // its infinitive, "" for none
	colon       bool          // a colon directly before
	start       bool          // begins the reporter's sentence
	alone       bool          // is the whole of the reporter's sentence
	trigger     bool          // a noun that announces a name directly before
	noun        bool          // another capitalised noun directly before
	definite    bool          // a definite article directly before
	indefinite  bool          // an indefinite one
	preposition bool          // a preposition directly before
	nounAfter   bool          // a noun directly after: the marks enclose its adjective
	human       bool          // the source is human
	source      source
	called      bool // nannte … „…“: the words are the predicate of a naming verb
	slogan      bool // Parole, Ruf, Plakat
	goesOn      bool // the sentence before holds speech
	distance    int  // items from the verb that governs it; negative when that follows
	bracketed   bool // a person right before brackets around it, or in brackets right after it
	forWhom     bool // "Für X ist" begins the sentence
	labelled    bool // nothing but a person and a colon before
	next        bool // "So formulierte es X" follows
	predicate   bool // als directly before
	heading     bool
	socalled    bool
	as          bool // als, von, ein directly before, with an announcement to the left
	that        bool // dass, ob, weil directly before
	reported    bool // Konjunktiv I in the sentence
	compound    bool // a hyphen directly after
	so          bool // followed by ", so X"
	inClause    bool // within a clause of dass or ob
	apart       bool // a comma or colon directly after
}

// around is a passage with the reporter's words around it, as the questions see them.
type around struct {
	*analysis
	passage     int
	first, last place  // of the passage's first and last part
	left, right *frame // the reporter's sentences these stand in
	prev, next  item   // directly before and after
}

func (a *analysis) aroundOf(qi int) around {
	x := around{analysis: a, passage: qi, first: a.places[qi][0], last: a.places[qi][len(a.quotes[qi].parts)-1]}
	x.left, x.right = &a.frames[x.first.frame], &a.frames[x.last.frame]
	x.prev, x.next = x.left.at(x.first.item-1), x.right.at(x.last.item+1)
	return x
}

// questions are what is asked of the words around a passage; each fills its own fields, and the announcement comes last.
var questions = []struct {
	about string
	ask   func(x around, s *situation)
}{
	{"where the passage stands in its sentence", around.position},
	{"the word directly before", around.precursor},
	{"für … hält", around.heldFor},
	{"a noun of shouted or written words", around.shouted},
	{"words that say that a name follows", around.socalled},
	{"the clause it stands in", around.clause},
	{"the mood of the sentence", around.moodNearby},
	{"the word directly after", around.follower},
	{"für X ist", around.opinion},
	{"a person in brackets", around.inBrackets},
	{"the next sentence", around.lookback},
	{"speech in the sentence before", around.afterSpeech},
	{"the announcement", around.announcement},
	{"a verb that calls things names", around.calling},
}

// situationOf asks all questions about passage qi.
func (a *analysis) situationOf(qi int) situation {
	x := a.aroundOf(qi)
	var s situation
	for _, q := range questions {
		q.ask(x, &s)
	}
	return s
}

func (x around) position(s *situation) {
	s.heading = x.doc.Blocks[x.left.block].Type == schemas.BlockHeading
	s.start = x.first.item == 0
	end := len(x.right.items) - 1
	s.alone = s.start && (x.last.item == end || x.last.item == end-1 && x.next.kind == text.Punct)
	s.colon = x.prev.word == ":"
}

// precursor reads the word directly before: a noun, an article or a preposition.
func (x around) precursor(s *situation) {
	p := x.prev
	if p.isQuote() {
		return
	}
	noun := p.isWord() && (p.upper() && x.first.item > 1 || p.is(german.Naming) && !p.is(german.Utterance))
	switch {
	case noun:
		s.trigger = triggerWord(p.low)
		s.noun = !s.trigger && !p.class.Any(closedClasses)
	case strings.HasPrefix(p.low, "ein") && len(p.low) <= len("einen") || strings.HasPrefix(p.low, "kein"):
		s.indefinite = true
	case p.class.Any(determiners) || contracted(p.low):
		s.definite = true
	case p.is(german.Preposition):
		s.preposition = true
	}
}

// closedClasses are those of the words that are no nouns wherever they stand.
var closedClasses = german.SetOf(german.Nominative, german.Oblique, german.Preposition, german.Adverb, german.Pronoun, german.Subordinator, german.Coordinator)

// determiners are articles and possessives in any case.
var determiners = german.SetOf(german.Nominative, german.Oblique)

func (x around) heldFor(s *situation) {
	if x.prev.low == "für" && x.left.has(x.first.item, "hält", "halte", "hielt", "halten", "hielten") {
		s.as, s.called = true, true
	}
}

// nearby are the items up to n before the passage, the nearest first.
func (x around) nearby(n int, yield func(item) bool) {
	for i := x.first.item - 1; i >= 0 && i >= x.first.item-n; i-- {
		if !yield(x.left.items[i]) {
			return
		}
	}
}

func (x around) shouted(s *situation) {
	x.nearby(sloganWithin, func(it item) bool {
		s.slogan = it.isWord() && it.is(german.Slogan)
		return !s.slogan
	})
}

func (x around) socalled(s *situation) {
	x.nearby(socalledWithin, func(it item) bool {
		switch it.low {
		case "namens", "titel", "motto", "betitelt", "thema", "stichwort":
			s.socalled = true
		default:
			s.socalled = strings.HasPrefix(it.low, "sogenannt") || strings.HasPrefix(it.low, "genannt")
		}
		return !s.socalled
	})
}

// clause reads the opening word of the clause that the passage stands in or is.
func (x around) clause(s *situation) {
	s.that = x.prev.is(german.Subordinator) && x.prev.low != "als" && x.prev.low != "wie"
	s.predicate = x.prev.low == "als"
	opening := x.left.at(x.left.clauseStart(x.first.item)).low
	s.inClause = x.first.item > 0 && (opening == "dass" || opening == "ob")
}

func (x around) moodNearby(s *situation) {
	items := x.left.items
	for _, it := range items[max(0, x.first.item-window):min(len(items), x.first.item+window)] {
		if it.isWord() && !it.upper() && it.is(german.Reported) && it.low != "hätten" {
			s.reported = true
			return
		}
	}
}

func (x around) follower(s *situation) {
	n := x.next
	s.apart = n.word == "," || n.word == ":"
	s.nounAfter = n.isWord() && n.upper()
	s.compound = n.word == "-" && n.Start == x.right.items[x.last.item].End
}

func (x around) opinion(s *situation) {
	nouns := x.left.nouns
	s.labelled = len(nouns) > 0 && nouns[0].from == 0 && x.verbless() && (nouns[0].person >= 0 || x.family(x.left, nouns[0]) >= 0)
	s.forWhom = x.left.at(0).low == "für" && len(nouns) > 0 && nouns[0].from == 1 && nouns[0].human
}

func (x around) inBrackets(s *situation) { s.bracketed = x.bracket(x.first, x.last) >= 0 }

func (x around) lookback(s *situation) { s.next = x.nextHit(x.last) >= 0 }

func (x around) afterSpeech(s *situation) {
	b := x.first.frame - 1
	if b < 0 || !s.alone && x.frames[b].block != x.left.block {
		return
	}
	s.goesOn = len(x.frames[b].hits) > 0 || x.spoken(b)
}

// announcement finds the announcement that governs the passage and reads its verb and source.
func (x around) announcement(s *situation) {
	s.link = x.announced(x.passage)
	s.colon = s.colon || s.link.rel == relColon
	h := x.governing(s)
	if h == nil {
		return
	}
	s.class = german.Say
	if h.verb != nil {
		s.class, s.verb = h.verb.Report, h.verb.Lemma
	}
	s.distance = x.first.item - h.item
	s.so, s.source = h.source == bySo, h.source
	if h.subject >= 0 {
		s.human = x.frames[s.link.frame].nouns[h.subject].human
	}
}

// governing is the announcement that governs the passage, nil for none.
func (x around) governing(s *situation) *hit {
	if s.link.rel == relNone || s.link.hit < 0 {
		return nil
	}
	return &x.frames[s.link.frame].hits[s.link.hit]
}

// calling reads whether the words are what a verb of naming calls something: nannte es „…“, bezeichnete ihn als „…“, sprach von „…“.
func (x around) calling(s *situation) {
	h := x.governing(s)
	if h == nil || s.link.rel != relInside {
		return
	}
	if before := x.left.at(x.first.item - 2).low; h.item > x.first.item && (x.prev.low == "als" || x.prev.low == "von" || before == "als" || before == "von") {
		s.as, s.called = true, s.class == german.Call
	}
	if s.link.frame != x.first.frame || h.item >= x.first.item {
		return
	}
	for i := x.first.item - 1; i > h.item && i >= x.first.item-calledWithin; i-- {
		switch x.left.items[i].low {
		case "als", "von", "vom", "vor", "zu":
			s.as = true
		}
	}
	s.called = s.class == german.Call && (s.as || naming(h.verb.Lemma))
}
