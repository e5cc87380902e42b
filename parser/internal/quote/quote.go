package quote

import (
	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// Quote is one quotation; fields as in schemas.Quote, spans in bytes of the text.
type Quote struct {
	Kind    string
	Spans   []text.Span // between the marks
	Speaker *Speaker
	Cue     *text.Span
	Of      int // pull: index of the quote it repeats, else -1

	tentative bool // a marked heading that is a pull only if it repeats a quote
	callout   bool // a block of its own, which is a pull if it repeats a quote word by word
}

// Speaker is whoever said it.
type Speaker struct {
	Name    string
	Person  int    // index in people, -1 for none
	Kind    string // schemas.Speaker…
	Mention *text.Span
	Method  string // schemas.Method…
	Rule    string

	unknown bool // named by words of which nothing shows that they are somebody
}

// analysis is the state of one reading; it is built by Find and never shared.
type analysis struct {
	doc    *text.Doc
	people mentions
	quotes []quoted
	frames []frame
	places [][]place
	names  []bool // passages that are the name of something, as far as they were looked at
}

// Find reads the quotes of d in text order and attributes them to people or organisations of d.
func Find(d *text.Doc, people []person.Person) []Quote {
	a := analyse(d, people)
	if len(a.quotes) == 0 {
		return nil
	}
	return settlePulls(d, a.speech())
}

func analyse(d *text.Doc, people []person.Person) *analysis {
	a := &analysis{doc: d, people: newMentions(people), quotes: scan(d)}
	if len(a.quotes) == 0 {
		return a
	}
	a.frames, a.places = frames(d, a.quotes)
	a.names = make([]bool, len(a.quotes))
	for i := range a.frames {
		a.frames[i].chunk(a.people, a.title)
		a.frames[i].findHits()
	}
	return a
}

// title reports whether passage q has the form of a title: a few words, each noun or name capital, no stop at the end.
func (a *analysis) title(q int) bool {
	if len(a.quotes[q].parts) > 1 || a.quotes[q].last().inner.Len() > 60 {
		return false
	}
	in := innerOf(a.doc, a.quotes[q])
	return in.words <= 5 && in.title && !in.lower && !in.terminal && !in.first
}

// speech decides for each passage and attributes what is speech.
func (a *analysis) speech() []Quote {
	l := listener{analysis: a, speakers: newSpeakers(a), before: -1, pending: -1}
	for qi := range a.quotes {
		e := a.evidenceOf(qi)
		l.speakers.advance(a.places[qi][0].frame)
		l.hear(qi, e, decide(e))
	}
	return l.out
}

// listener gathers the quotes from passages in text order.
type listener struct {
	*analysis
	speakers *speakers
	out      []Quote
	before   int // the passage of the last quote, -1 for none
	pending  int // a passage too weak for a quote, if the next one does not go on with it; -1 for none
}

// hear takes passage qi, which is of the kind, "" for no speech.
func (l *listener) hear(qi int, e *evidence, kind string) {
	pending := l.pending
	l.pending = -1
	if pending >= 0 && kind != "" && l.resumes(pending, qi) { // „Das Rad“, sagte sie, „wird kommen.“
		x := Quote{Kind: schemas.QuoteDirect, Of: -1, Spans: append(spans(l.quotes[pending]), spans(l.quotes[qi])...)}
		x.Speaker, x.Cue = l.speakers.of(pending, l.evidenceOf(pending))
		l.take(x, qi)
		return
	}
	if (kind != "" || e.words > 1) && l.goesOn(qi, kind) {
		return
	}
	callout := l.callout(qi)
	x := Quote{Kind: kind, Of: -1, Spans: spans(l.quotes[qi])}
	switch {
	case kind == "" && (e.heading || callout):
		if x.Kind, x.tentative = schemas.QuotePull, true; e.words > 1 {
			l.take(x, qi)
		}
		return
	case kind == "":
		if e.link.rel == relAfter && e.strong() {
			l.pending = qi
		}
		return
	case e.heading:
		x.Kind = schemas.QuotePull
	}
	x.callout = callout
	x.Speaker, x.Cue = l.speakers.of(qi, e)
	l.take(x, qi)
}

// goesOn adds passage qi to the last quote if it goes on with it.
func (l *listener) goesOn(qi int, kind string) bool {
	if l.before < 0 {
		return false
	}
	last := &l.out[len(l.out)-1]
	if last.Kind == schemas.QuotePull || !l.resumes(l.before, qi) {
		return false
	}
	last.Spans = append(last.Spans, spans(l.quotes[qi])...)
	if kind == schemas.QuoteDirect {
		last.Kind = kind
	}
	l.before = qi
	return true
}

func (l *listener) take(x Quote, qi int) {
	l.out = append(l.out, x)
	l.before = qi
}

// callout reports whether passage q fills its block.
func (a *analysis) callout(q int) bool {
	p := a.quotes[q]
	return len(p.parts) == 1 && p.first().outer == a.doc.Blocks[p.first().block].Span
}

// spans are the words between the marks of each part.
func spans(q quoted) []text.Span {
	var out []text.Span
	for _, p := range q.parts {
		out = append(out, p.inner)
	}
	return out
}

// longestBreak is the number of words a reporter may put into a quotation without ending it.
const longestBreak = 14

// shortestBreak is the number of items from one part of an interrupted quotation to the next: a comma, a verb, a stop.
const shortestBreak = 3

// resumes reports whether passage j goes on with the interrupted passage i: in one sentence of the reporter there stands nothing but
// one announcement between them, closed by a comma, dash or colon: „…“, sagte X, „…“.
func (a *analysis) resumes(i, j int) bool {
	p, q := a.places[i][len(a.quotes[i].parts)-1], a.places[j][0]
	if gap := q.item - p.item; p.frame != q.frame || gap > longestBreak+4 || gap < shortestBreak {
		return false
	}
	f := &a.frames[p.frame]
	opens := f.at(p.item + 1).word
	// „…“, und fügt hinzu: „…“ is a second quotation
	if opens != "," && opens != "–" && !a.commaInside(i) || f.at(p.item+2).is(german.Coordinator) {
		return false
	}
	switch f.at(q.item - 1).word {
	case ",", "–", ":":
	default:
		return false
	}
	return f.oneHit(p.item, q.item) && !f.announcesNext(q.item) && f.plain(p.item+1, q.item)
}

// oneHit reports whether exactly one announcement stands in [i, j).
func (f *frame) oneHit(i, j int) bool { return f.hitIndex(j)-f.hitIndex(i) == 1 }

// announcesNext reports whether the passage at item i has an announcement of its own right behind it: „…“, sagte X, „…“, sagte Y.
func (f *frame) announcesNext(i int) bool {
	k := f.hitIndex(i)
	return k < len(f.hits) && f.hits[k].item <= i+3 && f.at(i+1).word == ","
}

// plain reports whether no passage and no subordinate clause stands in [i, j).
func (f *frame) plain(i, j int) bool {
	for _, it := range f.items[i:j] {
		if it.isQuote() || it.is(german.Subordinator) && it.low != "wie" && it.low != "als" {
			return false
		}
	}
	return true
}

func (a *analysis) evidenceOf(qi int) *evidence {
	q := a.quotes[qi]
	e := &evidence{inner: innerOf(a.doc, q), situation: a.situationOf(qi), open: q.open}
	e.veto = a.veto(qi, e)
	a.names[qi] = e.veto != ""
	return e
}

// decide weighs the evidence and gives the kind, "" for words that are no speech. Direct is somebody's own sentence or clause: it has a
// finite verb, or it is all that somebody says. A fragment is words of his inside the reporter's sentence, however many.
func decide(e *evidence) string {
	score := weigh(e)
	switch {
	case e.veto != "" || score <= 0 || e.mark():
		return ""
	case e.answer() || e.clauseApart():
		return schemas.QuoteDirect
	case score < sure || e.inIndirect():
		return schemas.QuoteFragment
	case e.clauseOfOwn() || e.utterance():
		return schemas.QuoteDirect
	}
	return schemas.QuoteFragment
}

// mark reports whether the words are a single one that a noun names: die Note „gut“.
func (e *evidence) mark() bool { return e.trigger && e.words == 1 && !e.colon && !e.terminal }

// answer reports whether the words begin the sentence and somebody says them behind it, however short they are.
func (e *evidence) answer() bool {
	return e.start && e.link.rel == relAfter && (e.class == german.Say || e.finite) && (e.strong() || e.finite) && e.source == byVerb && e.human
}

// clauseApart reports whether the words are a clause of their own that begins the sentence and is cut off from its rest.
func (e *evidence) clauseApart() bool { return e.start && e.finite && e.words >= 4 && e.apart }

// inIndirect reports whether a few words stand in the middle of an indirect sentence or a clause with dass.
func (e *evidence) inIndirect() bool {
	if !e.lower || e.first || e.sentence || e.words >= longPassage {
		return false
	}
	return e.inClause || e.reported && !e.start && !e.colon
}

// clauseOfOwn reports whether the words hold a finite verb, or a pronoun that has one, or a whole sentence.
func (e *evidence) clauseOfOwn() bool { return e.finite || e.sentence || e.voice && e.words >= 4 }

// utterance reports whether the words are all that somebody says: a colon announces them, they fill a sentence of their own, or they
// begin one and somebody says them behind it.
func (e *evidence) utterance() bool {
	return e.colon || e.alone || e.start && (e.terminal || e.first || e.words >= longPassage)
}

// longPassage is the number of words from which on a passage is taken for a clause: 94 in a hundred such passages are speech.
const longPassage = 7

// sure is the score below which words are never called direct speech.
const sure = 0.6
