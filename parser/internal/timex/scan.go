package timex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// tok is a token with its lower-case form and the stop of an abbreviation cut off.
type tok struct {
	text.Token
	low   string
	upper bool // starts with a capital letter
	trigger
	cue  tense // see block.cue, once told
	cued bool
}

// block is the tokens of one text block. Rules look at tokens by index; outside the block there is an empty token that nothing matches.
type block struct {
	d    *text.Doc
	toks []tok
}

// newBlock reads the tokens [first, last) of d into buf, which it may grow.
func newBlock(d *text.Doc, first, last int, buf []tok) *block {
	if n := last - first; cap(buf) < n {
		buf = make([]tok, n)
	}
	b := &block{d: d, toks: buf[:last-first]}
	for i := range b.toks {
		t := d.Tokens[first+i]
		low := t.Text
		r, _ := utf8.DecodeRuneInString(low)
		if t.Kind == text.Word {
			low = strings.TrimSuffix(low, ".")
			if l := strings.ToLower(low); len(l) == len(low) { // rules count bytes
				low = l
			}
		}
		b.toks[i] = tok{Token: t, low: low, upper: unicode.IsUpper(r)}
		b.toks[i].trigger = triggerOf(&b.toks[i])
	}
	return b
}

var none = tok{Token: text.Token{Kind: text.Punct, Sent: -1}}

func (b *block) at(i int) *tok {
	if i < 0 || i >= len(b.toks) {
		return &none
	}
	return &b.toks[i]
}

func (b *block) is(i int, words ...string) bool {
	low := b.at(i).low
	for _, w := range words {
		if low == w {
			return true
		}
	}
	return false
}

// glued reports whether token i follows the one before without a blank.
func (b *block) glued(i int) bool {
	return i > 0 && i < len(b.toks) && b.toks[i].Start == b.toks[i-1].End
}

func (b *block) digits(i int) bool { return b.at(i).Kind == text.Number }

func (b *block) word(i int) bool { return b.at(i).Kind == text.Word }

// integer is the value of token i if it is made of at most four ASCII digits, else -1.
func (b *block) integer(i int) int {
	t := b.at(i)
	if t.Kind != text.Number {
		return -1
	}
	return atoi(t.Text)
}

func atoi(s string) int {
	if s == "" || len(s) > 4 {
		return -1
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// claim is a stretch of tokens that a rule takes for a temporal expression, with the way to resolve it.
type claim struct {
	b        *block
	from, to int // tokens of the block, half-open
	start    int // byte offsets where they differ from the tokens', else -1
	end      int
	rule     ruleID
	kind     kind // of the rule, told by claims
	eval     func(*context, *claim) reading
}

func (b *block) claim(rule ruleID, from, to int, eval func(*context, *claim) reading) claim {
	return claim{b: b, from: from, to: to, start: -1, end: -1, rule: rule, eval: eval}
}

func (c *claim) span() text.Span {
	s := text.Span{Start: c.b.toks[c.from].Start, End: c.b.toks[c.to-1].End}
	if c.start >= 0 {
		s.Start = c.start
	}
	if c.end >= 0 {
		s.End = c.end
	}
	return s
}

// claims appends what the rules find in the block; a longer claim beats a shorter one, an earlier family a later one.
func (b *block) claims(out []claim) []claim {
	for i := 0; i < len(b.toks); i++ {
		if !b.awake(i) {
			continue
		}
		var best []claim
		end := i
		for _, r := range finders {
			if cs := r(b, i); len(cs) > 0 && cs[len(cs)-1].to > end {
				best, end = cs, cs[len(cs)-1].to
			}
		}
		if best != nil {
			for k := range best {
				best[k].kind = rules[best[k].rule].Kind
			}
			out = append(out, best...)
			i = end - 1
		}
	}
	return out
}
