package timex

import "github.com/kreispresse/kreispresse/parser/internal/text"

// evaluation resolves a claim where the discourse has come to it.
type evaluation func(*discourse, *claim) reading

// claim is a stretch of tokens that a rule takes for a temporal expression, with the way to resolve it.
type claim struct {
	b        *block
	from, to int // tokens of the block, half-open
	start    int // byte offsets where they differ from the tokens', else -1
	end      int
	rule     ruleID
	kind     kind // of the rule, told by claims
	eval     evaluation
}

func (b *block) claim(rule ruleID, from, to int, eval evaluation) claim {
	return claim{b: b, from: from, to: to, start: -1, end: -1, rule: rule, eval: eval}
}

// one is a single claim, as finders return it.
func (b *block) one(rule ruleID, from, to int, eval evaluation) []claim {
	out := b.room(1)
	out[0] = b.claim(rule, from, to, eval)
	return out
}

// scratchClaims is how many claims room makes space for at once; few tokens have more.
const scratchClaims = 16

// room is space for n claims that lasts until the finders go on to the next token.
func (b *block) room(n int) []claim {
	if len(b.scratch)+n > cap(b.scratch) {
		b.scratch = make([]claim, 0, max(scratchClaims, n)) // what finders hold stays where it is
	}
	at := len(b.scratch)
	b.scratch = b.scratch[:at+n]
	return b.scratch[at : at+n : at+n]
}

// tense of the claim's clause.
func (c *claim) tense() tense { return c.b.tense(c.from, c.to) }

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
		b.scratch = b.scratch[:0]
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
