package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// relation says where the announcement stands to the marked words.
type relation uint8

const (
	relNone   relation = iota
	relAfter           // „…“, sagte X
	relColon           // X sagte: „…“
	relInside          // X nannte es „…“; es sei „…“, sagte X
)

// link ties a passage to the announcement that governs it.
type link struct {
	rel   relation
	frame int
	hit   int // index in frame.hits, -1 when a colon stands without a verb
}

// context is what the reporter's words around the marks tell.
type context struct {
	link        link
	class       german.Report // of the governing verb
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

func (a *analysis) contextOf(qi int) context {
	q := a.quotes[qi]
	first, last := a.places[qi][0], a.places[qi][len(q.parts)-1]
	f, g := &a.frames[first.frame], &a.frames[last.frame]
	var c context
	p := f.at(first.item - 1)
	c.start = first.item == 0
	c.alone = c.start && last.item >= len(g.items)-2 && (last.item == len(g.items)-1 || g.at(last.item+1).kind == text.Punct)
	c.colon = p.word == ":"
	switch {
	case p.isQuote():
	case p.isWord() && p.upper() && first.item > 1 || p.isWord() && p.is(german.Naming):
		c.trigger = triggerWord(p.low)
		c.noun = !c.trigger && !firstWordClosed(p.low)
	case strings.HasPrefix(p.low, "ein") && len(p.low) <= 5 || strings.HasPrefix(p.low, "kein"):
		c.indefinite = true
	case p.is(german.Nominative) || p.is(german.Oblique), contracted(p.low):
		c.definite = true
	case p.is(german.Preposition):
		c.preposition = true
	}
	if p.low == "für" && f.has(first.item, "hält", "halte", "hielt", "halten", "hielten") {
		c.as, c.called = true, true
	}
	for i := first.item - 1; i >= 0 && i >= first.item-4; i-- {
		if w := f.items[i]; w.isWord() && w.is(german.Slogan) {
			c.slogan = true
		}
	}
	c.heading = a.doc.Blocks[f.block].Type == schemas.BlockHeading
	for i := first.item - 1; i >= 0 && i >= first.item-3; i-- {
		w := f.items[i].low
		if strings.HasPrefix(w, "sogenannt") || strings.HasPrefix(w, "genannt") || w == "namens" || w == "titel" || w == "motto" || w == "betitelt" || w == "thema" || w == "stichwort" ||
			strings.HasPrefix(w, "genannt") && i > 0 && f.items[i-1].low == "so" {
			c.socalled = true
		}
	}
	c.that = p.is(german.Subordinator) && p.low != "als" && p.low != "wie"
	for i := max(0, first.item-window); i < len(f.items) && i < first.item+window; i++ {
		if it := f.items[i]; it.isWord() && !it.upper() && it.is(german.Reported) && it.low != "hätten" {
			c.reported = true
		}
	}
	after := g.at(last.item + 1)
	if w := f.at(f.clauseStart(first.item)).low; first.item > 0 && (w == "dass" || w == "ob") {
		c.inClause = true
	}
	c.apart = after.word == "," || after.word == ":"
	c.nounAfter = after.isWord() && after.upper()
	c.forWhom = f.at(0).low == "für" && len(f.nouns) > 0 && f.nouns[0].from == 1 && f.nouns[0].human
	c.bracketed = a.bracket(first, last) >= 0
	c.predicate = p.low == "als"
	c.next = a.nextHit(last) >= 0
	c.goesOn = first.frame > 0 && (c.alone || a.frames[first.frame-1].block == f.block) && (len(a.frames[first.frame-1].hits) > 0 || a.spoken(first.frame-1))
	if after.word == "-" && after.Start == g.items[last.item].End {
		c.compound = true
	}
	c.link = a.announced(qi)
	c.colon = c.colon || c.link.rel == relColon
	if l := c.link; l.rel != relNone && l.hit >= 0 {
		h := a.frames[l.frame].hits[l.hit]
		c.class = german.Say
		if h.verb != nil {
			c.class = h.verb.Report
		}
		c.distance = first.item - h.item
		c.so, c.source = h.source == bySo, h.source
		if h.subject >= 0 {
			c.human = a.frames[l.frame].nouns[h.subject].human
		}
		if l.rel == relInside && h.item > first.item && (p.low == "als" || f.at(first.item-2).low == "als" || f.at(first.item-2).low == "von" || p.low == "von") {
			c.as, c.called = true, c.class == german.Call
		}
		if l.rel == relInside && l.frame == first.frame && h.item < first.item {
			for i := first.item - 1; i > h.item && i >= first.item-4; i-- {
				w := f.items[i].low
				if w == "als" || w == "von" || w == "vom" || w == "vor" || w == "zu" {
					c.as = true
				}
			}
			c.called = c.class == german.Call && (c.as || naming(h.verb.Lemma))
		}
	}
	return c
}

// has reports whether one of the words stands within the window before item i.
func (f *frame) has(i int, words ...string) bool {
	for j := i - 1; j >= 0 && j > i-window; j-- {
		for _, w := range words {
			if f.items[j].low == w {
				return true
			}
		}
	}
	return false
}

// bracket is the nominal of the person before a passage in brackets, or in brackets right after it; -1 for none. Both stand in the
// frame of first.
func (a *analysis) bracket(first, last place) int {
	f := &a.frames[first.frame]
	if f.at(first.item-1).word == "(" {
		k := f.nounAfter(first.item) - 1
		if k >= 0 && f.nouns[k].person >= 0 && (f.nouns[k].to == first.item-1 || f.nouns[k].to > first.item) {
			return k
		}
		return -1
	}
	if last.frame != first.frame {
		return -1
	}
	i := last.item + 1
	if w := f.at(i).word; w == "–" || w == "-" || w == "—" { // „…“ – Anna Meier, Leiterin
		if k := f.nounAfter(i + 1); k < len(f.nouns) && f.nouns[k].from == i+1 && f.nouns[k].person >= 0 && !f.finiteAfter(i) {
			return k
		}
	}
	for k := 0; k < 2 && f.at(i).isWord() && !f.at(i).upper(); k++ { // „…“ seien (…)
		i++
	}
	k := f.nounAfter(i + 1)
	if f.at(i).word == "(" && k < len(f.nouns) && f.nouns[k].from == i+1 && f.nouns[k].person >= 0 {
		return k
	}
	return -1
}

// finiteAfter reports whether a finite verb stands after item i.
func (f *frame) finiteAfter(i int) bool {
	for j := i + 1; j < len(f.items) && j < i+window; j++ {
		if it := f.items[j]; it.isWord() && !it.upper() && looksFinite(it.low) {
			return true
		}
	}
	return false
}

// nextHit is the announcement in the sentence after place p that looks back: "So formulierte es X.", "Das sagte X." -1 for none.
func (a *analysis) nextHit(p place) int {
	if p.frame+1 >= len(a.frames) {
		return -1
	}
	f := &a.frames[p.frame+1]
	if f.block != a.frames[p.frame].block {
		return -1
	}
	switch f.at(0).low {
	case "so", "das", "dies", "mit":
	default:
		return -1
	}
	for k := range f.hits {
		h := &f.hits[k]
		if h.item > 4 {
			break
		}
		if h.source == byHeisst || h.subject < 0 || f.nouns[h.subject].from <= h.item {
			continue
		}
		if h.source == bySo || f.at(h.item+1).low == "es" || f.at(0).low != "so" && h.item == 1 {
			return k
		}
	}
	return -1
}

// naming reports whether the verb takes the name without als: nannte ihn „…“.
func naming(lemma string) bool {
	return lemma == "nennen" || lemma == "titulieren" || lemma == "beschimpfen"
}

func contracted(w string) bool {
	switch w {
	case "am", "beim", "im", "vom", "zum", "zur", "ins", "ans", "aufs", "fürs":
		return true
	}
	return false
}

// spoken reports whether the frame holds a passage that is announced.
func (a *analysis) spoken(i int) bool {
	f := &a.frames[i]
	for _, it := range f.items[:min(len(f.items), 2*window)] {
		if it.isQuote() {
			return true
		}
	}
	return false
}

func firstWordClosed(w string) bool {
	return german.Is(w, german.Nominative) || german.Is(w, german.Oblique) || german.Is(w, german.Preposition) || german.Is(w, german.Adverb) || german.Is(w, german.Pronoun) || german.Is(w, german.Subordinator) || german.Is(w, german.Coordinator)
}

// triggerWord reports whether the noun, or the end of the compound, announces a name.
func triggerWord(w string) bool { return german.Ends(w, german.Naming) }
