package quote

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// Bounds of the scanner.
const (
	maxDepth      = 6    // marks within marks
	maxParagraphs = 6    // a speech over more paragraphs than this is a lost closing mark
	maxNested     = 1200 // bytes from an inner mark to the end of the passage around it
	maxSingle     = 400  // bytes between single marks; apostrophes far apart are no pair
)

// part is the piece of a quotation that lies in one block.
type part struct {
	block int
	outer text.Span // with the marks, as far as they are there
	inner text.Span // between the marks, without blanks at the ends
}

// quoted is one marked passage of the text: outermost marks only.
type quoted struct {
	parts  []part
	fam    family
	open   bool // the closing mark is missing: the passage was ended at its paragraph's end
	nested bool // holds another marked passage
}

func (q quoted) first() part { return q.parts[0] }
func (q quoted) last() part  { return q.parts[len(q.parts)-1] }

// pair is a marked passage within one block.
type pair struct {
	outer    text.Span
	innerEnd int // start of the closing mark
	innerBeg int // end of the opening mark
	fam      family
	state    pairState
	nested   bool
}

type pairState uint8

const (
	closed   pairState = iota
	unclosed           // no closing mark in its block
	stray              // no opening mark in its block: from the block's start to the closing mark
)

// scan finds the outermost marked passages of the text in order. It reads each mark once; its stack is bounded.
func scan(d *text.Doc) []quoted {
	blocks := make([][]pair, len(d.Blocks))
	for i, b := range d.Blocks {
		blocks[i] = scanBlock(d.Text, b.Span)
	}
	return join(d, blocks)
}

// entry is an open mark on the stack.
type entry struct {
	mark
	pairs int // number of closed pairs when it was opened
}

// pairing is the state of pairing the marks of one block.
type pairing struct {
	txt   string
	block text.Span
	stack []entry
	out   []pair
}

// scanBlock pairs the marks of one block. Pairs are outermost and in order; at most the last is unclosed, at most the first stray.
func scanBlock(txt string, b text.Span) []pair {
	p := pairing{txt: txt, block: b}
	marks := marksOf(txt, b)
	for i, m := range marks {
		top := p.nearest(m.fam)
		switch m.role(txt, p.stack, top, marks[i+1:]) {
		case opens:
			p.open(m, top, marks[i+1:])
		case closes:
			p.close(m, top)
		case strays:
			p.stray(m)
		}
	}
	if len(p.stack) > 0 {
		p.lost(b.End)
	}
	return p.out
}

// nearest is the index of the innermost open mark of the family, -1 for none.
func (p *pairing) nearest(fam family) int {
	for k := len(p.stack) - 1; k >= 0; k-- {
		if p.stack[k].fam == fam {
			return k
		}
	}
	return -1
}

func (p *pairing) open(m mark, top int, rest []mark) {
	if top >= 0 && m.fam == double && m.r != '„' && !nests(m, rest) {
		if top == 0 {
			p.lost(m.Start)
		}
		p.stack = p.stack[:top]
	}
	if len(p.stack) < maxDepth {
		p.stack = append(p.stack, entry{m, len(p.out)})
	}
}

func (p *pairing) close(m mark, top int) {
	e := p.stack[top]
	p.stack = p.stack[:top]
	if e.fam == single && m.End-e.Start > maxSingle {
		return
	}
	x := pair{outer: text.Span{Start: e.Start, End: m.End}, innerBeg: e.End, innerEnd: m.Start, fam: e.fam, nested: e.pairs < len(p.out)}
	p.out = append(p.out[:e.pairs], x)
}

// stray takes a closing mark whose opening one stands in an earlier block; after an opening mark it closes no passage of an earlier block.
func (p *pairing) stray(m mark) {
	if len(p.out) == 0 && len(p.stack) == 0 && m.fam != single {
		p.out = append(p.out, pair{outer: text.Span{Start: p.block.Start, End: m.End}, innerBeg: p.block.Start, innerEnd: m.Start, fam: m.fam, state: stray})
	}
}

// lost gives up the bottom of the stack, which was never closed before end: what was found inside it comes to the surface.
func (p *pairing) lost(end int) {
	e := p.stack[0]
	if e.fam == single || e.fam == angle {
		return
	}
	if e.pairs < len(p.out) {
		end = p.out[e.pairs].outer.Start
	}
	p.out = slices.Insert(p.out, e.pairs, pair{outer: text.Span{Start: e.Start, End: end}, innerBeg: e.End, innerEnd: end, fam: e.fam, state: unclosed})
}

type role uint8

const (
	nothing role = iota
	opens
	closes
	strays
)

// role decides what the mark does, given the open marks (top: the nearest of its family) and the marks that follow.
func (m mark) role(txt string, stack []entry, top int, rest []mark) role {
	var open rune // the open mark of its family
	if top >= 0 {
		open = stack[top].r
	}
	switch m.r {
	case '„':
		if open != 0 && m.closerShaped() { // „Text„
			return closes
		}
		return opens
	case '‚':
		if m.canOpen {
			return opens
		}
		return nothing // a comma set from the wrong key
	case '’', '\'', '‘':
		return m.apostrophe(txt, open)
	case '»', '«', '›', '‹':
		return m.guillemet(open)
	}
	if open == 0 {
		return m.unopened(txt, rest)
	}
	if m.openerShaped() && !m.isolated {
		return opens // nested, or the closing mark before it was forgotten: see nests
	}
	return closes
}

func (m mark) openerShaped() bool { return m.canOpen && !m.canClose }

func (m mark) closerShaped() bool { return m.canClose && !m.canOpen }

// apostrophe decides a single mark, which may be no mark at all.
func (m mark) apostrophe(txt string, open rune) role {
	switch {
	case open != 0 && m.canClose && !(m.r == '’' && open == '\''):
		return closes
	case m.r != '’' && m.openerShaped() && letterAfter(txt, m.End):
		return opens
	}
	return nothing
}

// guillemet decides » « › ‹, which open and close in either direction.
func (m mark) guillemet(open rune) role {
	switch {
	case open != 0 && open != m.r && (!m.openerShaped() || m.isolated):
		return closes
	case open == m.r && m.closerShaped(): // »Text»
		return closes
	case m.canOpen || m.isolated:
		return opens
	case open == 0:
		return strays
	}
	return nothing
}

// unopened decides " “ ” ‟ where no mark of the family is open.
func (m mark) unopened(txt string, rest []mark) role {
	switch {
	case m.r != '”' && digitBefore(txt, m.Start) && !letterAfter(txt, m.End): // 5", 19"
		return nothing
	case m.canOpen && !(m.canClose && m.r == '”'), m.colon:
		return opens
	case m.isolated && len(rest) > 0 && rest[0].fam == double:
		return opens
	case m.canClose || m.embedded:
		return strays
	}
	return nothing
}

// nests reports whether an opener-shaped mark inside an open passage begins an inner one: the marks that follow close it and, after
// further inner pairs at most, the passage itself. Otherwise the earlier passage lacks its closing mark.
func nests(m mark, rest []mark) bool {
	depth := 2
	for _, o := range rest[:min(len(rest), 16)] {
		if o.fam != double {
			continue
		}
		if o.Start-m.Start > maxNested {
			return false
		}
		if o.r == '„' || o.canOpen && !o.canClose {
			depth++
			continue
		}
		if depth--; depth == 0 {
			return true
		}
	}
	return false
}

func letterAfter(txt string, i int) bool {
	r, _ := utf8.DecodeRuneInString(txt[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func digitBefore(txt string, i int) bool { return i > 0 && txt[i-1] >= '0' && txt[i-1] <= '9' }

// join turns the pairs of the blocks into passages: a passage left open goes on in the next paragraphs when these open it again, or
// when the missing closing mark is found there.
func join(d *text.Doc, blocks [][]pair) []quoted {
	var out []quoted
	for i := 0; i < len(blocks); i++ {
		for k, p := range blocks[i] {
			if p.state == stray {
				continue // taken by the paragraph that opened it, else no passage
			}
			q := quoted{parts: []part{newPart(d, i, p)}, fam: p.fam, open: p.state == unclosed, nested: p.nested}
			if q.open && k == len(blocks[i])-1 && p.outer.End == d.Blocks[i].End {
				q = follow(d, blocks, i, q)
			}
			if q.first().inner.Len() > 0 {
				out = append(out, q)
			}
		}
	}
	return out
}

// follow continues an open passage after block i and takes the pairs it uses away from the later blocks.
func follow(d *text.Doc, blocks [][]pair, i int, q quoted) quoted {
	grown := q
	for j := i + 1; j < len(blocks) && j-i < maxParagraphs; j++ {
		if d.Blocks[j].Type == schemas.BlockHeading {
			return q
		}
		switch {
		case len(blocks[j]) == 0: // a paragraph within the speech, if a closing mark turns up
			grown.parts = append(grown.parts[:len(grown.parts):len(grown.parts)],
				part{j, d.Blocks[j].Span, d.Blocks[j].Span})
			continue
		case blocks[j][0].state == stray && blocks[j][0].fam == q.fam:
			p := blocks[j][0]
			grown.parts = append(grown.parts[:len(grown.parts):len(grown.parts)], newPart(d, j, p))
			grown.open = false
			blocks[j] = blocks[j][1:]
			return grown
		case blocks[j][0].outer.Start == d.Blocks[j].Start && blocks[j][0].fam == q.fam && len(grown.parts) == len(q.parts):
			p := blocks[j][0] // reopened
			q.parts = append(q.parts[:len(q.parts):len(q.parts)], newPart(d, j, p))
			q.open = p.state == unclosed
			whole := p.outer.End == d.Blocks[j].End
			blocks[j] = blocks[j][1:]
			if !q.open || !whole {
				return q
			}
			grown = q
		default:
			return q
		}
	}
	return q
}

func newPart(d *text.Doc, block int, p pair) part {
	s := text.Span{Start: p.innerBeg, End: p.innerEnd}
	for s.Start < s.End && d.Text[s.Start] == ' ' {
		s.Start++
	}
	for s.End > s.Start && d.Text[s.End-1] == ' ' {
		s.End--
	}
	return part{block, p.outer, s}
}
