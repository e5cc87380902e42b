package person

import (
	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// kind says what a token can be; a token may be several things.
type kind uint32

const (
	isCap      kind = 1 << iota // starts with a capital letter
	isGiven                     // a given name
	isWeak                      // a given name that is also another word
	isInitial                   // "A."
	isParticle                  // von, de, al
	isTitle                     // Dr., Prof., med.
	isSal                       // Herr, Frau
	isStop                      // a word of the language that is part of no name
	isNever                     // a noun that is part of no name
	isRole                      // a role noun
	isCommon                    // a surname that is also a noun or adjective
	isDead                      // within a photo credit
	isFamous                    // one name is enough
	isThing                     // a street, building, prize by its end
	isNoun                      // a common noun by its end
	isNounForm                  // that, or a genitive of one
)

// reader holds the work on one text.
type reader struct {
	d      *text.Doc
	toks   []text.Token
	kinds  []kind
	sets   []german.Set     // classes of the tokens as written
	roles  map[int]role     // by token
	taken  []bool           // tokens that belong to a name already
	used   map[int]bool     // role tokens that were given to somebody
	lists  map[int]int      // token after a name of an enumeration -> the plural role that governs it
	places map[string][]int // word -> the first tokens that are it; nil until somebody asks (placesOf)
	reg    *registry
	silent bool // names only, no mentions: a caption is not part of the text
}

func newReader(d *text.Doc, reg *registry) *reader {
	r := &reader{
		d: d, toks: d.Tokens, kinds: make([]kind, len(d.Tokens)), sets: make([]german.Set, len(d.Tokens)),
		roles: map[int]role{}, used: map[int]bool{}, lists: map[int]int{}, taken: make([]bool, len(d.Tokens)), reg: reg,
	}
	read := make(map[string]*reading, len(r.toks)/4)
	for i := range r.toks {
		r.kinds[i] = r.kind(i, read)
	}
	r.credits()
	reg.words = func(w string) bool { _, ok := read[w]; return ok }
	return r
}

// credits marks the tokens of photo credits: from © or "Foto:" to the end of the line or the closing parenthesis.
func (r *reader) credits() {
	for i := 0; i < len(r.toks); i++ {
		t := r.toks[i]
		mark := t.Text == "©" || german.Is(t.Text, german.Credit) && i+1 < len(r.toks) && r.toks[i+1].Text == ":"
		if !mark {
			continue
		}
		for ; i < len(r.toks) && r.toks[i].Block == t.Block && r.toks[i].Text != ")"; i++ {
			r.kinds[i] = isDead
		}
	}
}

// has reports whether the word of token i, as written, is of the class.
func (r *reader) has(i int, c german.Class) bool {
	return i >= 0 && i < len(r.sets) && r.sets[i].Has(c)
}

// hasLow reports whether the word of token i, in lower case, is of the class.
func (r *reader) hasLow(i int, c german.Class) bool {
	return i >= 0 && i < len(r.toks) && r.toks[i].Class.Has(c)
}

// low is the text of token i in lower case, "" outside the text.
func (r *reader) low(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].Low
}

// is reports whether token i is one of the kinds.
func (r *reader) is(i int, k kind) bool { return i >= 0 && i < len(r.kinds) && r.kinds[i]&k != 0 }

// word is the text of token i, "" outside the text.
func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].Text
}

// town reports whether the word at token i is the name of a municipality or another place; many of them are surnames, too.
func (r *reader) town(i int) bool {
	w := r.word(i)
	return w != "" && (german.Is(w, german.Place) || german.Municipality(w))
}

// near reports whether token i+1 follows token i in the same block with no more than one blank between.
func (r *reader) near(i int) bool {
	return i >= 0 && i+1 < len(r.toks) && r.toks[i+1].Block == r.toks[i].Block && r.toks[i+1].Start-r.toks[i].End <= 1
}

// starts reports whether token i is the first word of its sentence.
func (r *reader) starts(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if r.toks[j].Sent != r.toks[i].Sent {
			return true
		}
		if r.toks[j].Kind != text.Mark {
			return r.toks[j].Text == ":" || r.toks[j].Text == "*" || r.toks[j].Text == "–" && j == r.d.Sentences[r.toks[i].Sent].First
		}
	}
	return true
}

// sent is the sentence of token i, -1 outside the text.
func (r *reader) sent(i int) int {
	if i < 0 || i >= len(r.toks) {
		return -1
	}
	return r.toks[i].Sent
}

// isTaken reports whether token i belongs to a name already.
func (r *reader) isTaken(i int) bool { return i >= 0 && i < len(r.taken) && r.taken[i] }
