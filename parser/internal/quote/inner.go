package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// inner is what the words between the marks tell by themselves.
type inner struct {
	words    int
	finite   bool // a finite verb
	first    bool // ich, wir, unser
	voice    bool // ich, wir
	terminal bool // . ! ? before the closing mark
	sentence bool // a sentence ends inside
	lower    bool // begins with a small letter
	title    bool // no small-lettered word but articles and the like
	clause   bool // begins with a subordinator
	foreign  bool // more English or Latin small words than German ones
}

// innerOf reads the words between the marks of a passage.
func innerOf(d *text.Doc, q quoted) inner {
	c := counter{doc: d, inner: inner{title: true}}
	for k, p := range q.parts {
		c.part(p.inner, k == len(q.parts)-1)
	}
	c.foreign = c.strange > c.native
	return c.inner
}

// counter gathers what the words of a passage tell.
type counter struct {
	inner
	doc             *text.Doc
	native, strange int // small words of German, and of English, French, Latin, Italian
}

func (c *counter) part(s text.Span, last bool) {
	d := c.doc
	lo := d.TokenAt(s.Start)
	for i := lo; i < len(d.Tokens) && d.Tokens[i].Start < s.End && i < lo+maxInner; i++ {
		if d.Tokens[i].Kind == text.Word {
			c.word(i, i == lo, s.End)
		} else if i > lo {
			c.stop(i, s.End, last)
		}
	}
}

// stop reads a full stop, exclamation or question mark at token i: it ends the passage or a sentence inside it.
func (c *counter) stop(i, end int, last bool) {
	d := c.doc
	switch d.Tokens[i].Text {
	case ".", "!", "?":
	default:
		return
	}
	if i+1 >= len(d.Tokens) || d.Tokens[i+1].Start >= end {
		c.terminal = last
	} else if d.Tokens[i+1].Sent != d.Tokens[i].Sent {
		c.sentence = true
	}
}

// Classes of small words: those that make German, and those that a title may hold.
var (
	germanWords = german.SetOf(german.Nominative, german.Oblique, german.Preposition, german.Coordinator, german.First, german.Finite)
	titleWords  = german.SetOf(german.Preposition, german.Nominative, german.Oblique, german.Coordinator, german.Foreign, german.InName)
)

// word reads the word at token i; initial is the first of its part.
func (c *counter) word(i int, initial bool, end int) {
	t := c.doc.Tokens[i]
	low, set, up := t.Low, t.Class, t.Upper()
	c.words++
	if initial {
		c.lower = !up
		c.clause = set.Has(german.Subordinator)
	}
	c.own(low, set, !up || initial)
	c.tongue(low, set)
	infinitive := i > 0 && c.doc.Tokens[i-1].Low == "zu" // zu gehen
	if !c.finite && !infinitive {
		c.finite = c.inflectedBy(low, i+1, end) || (!up || initial) && verbal(low)
	}
	if !up && !set.Any(titleWords) {
		c.title = false
	}
}

// own notes the first persons; free says that the word's capital tells nothing.
func (c *counter) own(low string, set german.Set, free bool) {
	if !free || !set.Has(german.First) {
		return
	}
	c.first = true
	c.voice = c.voice || low == "ich" || low == "wir"
}

// tongue counts the small words of German and of other languages.
func (c *counter) tongue(low string, set german.Set) {
	switch {
	case set.Has(german.Foreign):
		c.strange++
	case set.Any(germanWords), strings.ContainsAny(low, "äöüß"):
		c.native++
	}
}

// inflectedBy reports whether the word is wir or ich and the one behind it may be its verb.
func (c *counter) inflectedBy(low string, next, end int) bool {
	if low != "wir" && low != "ich" || next >= len(c.doc.Tokens) || c.doc.Tokens[next].Start >= end {
		return false
	}
	return inflected(low, c.doc.Tokens[next].Text)
}

// inflected reports whether a word may be the verb of wir or ich before it.
func inflected(pronoun, w string) bool {
	return !upperFirst(w) && (pronoun == "wir" && strings.HasSuffix(w, "en") || pronoun == "ich" && strings.HasSuffix(w, "e"))
}

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
