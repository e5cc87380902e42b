package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// prose cuts the blocks down to the text of the release.
func (r *reader) prose(all []block) []block {
	bs := r.split(all)
	first := r.afterTitle(bs)
	start := r.opening(bs, first)
	for _, b := range bs[:start] {
		r.drop(aboveText, b)
	}
	bs = r.tail(bs[start:])
	r.boxes = r.askingBoxes(bs)
	out := make([]block, 0, len(bs))
	for i, b := range bs {
		if r.lineOut(b, i, len(bs)-1-i) {
			continue
		}
		out = append(out, b)
	}
	for len(out) > 0 && headsNothing(out[len(out)-1]) {
		r.drop(bareHeading, out[len(out)-1])
		out = out[:len(out)-1]
	}
	return out
}

// headsNothing reports whether a block, the last of all, heads a text that does not follow.
func headsNothing(b block) bool {
	return b.Type == schemas.BlockHeading || b.bold && b.Type == schemas.BlockParagraph && len(b.Text) < maxBoldHeading && strings.HasSuffix(b.Text, ":")
}

// split takes credit lines out and looks at the lines of a block.
func (r *reader) split(all []block) []block {
	out := make([]block, 0, len(all))
	for i, b := range all {
		r.terms(b, len(all)-1-i)
		if creditLine(b.Text) {
			r.creditLine(b.Text, b.at)
			r.drop(creditOnly, b)
			continue
		}
		if rest, c := cutCredit(b.Text); c != "" {
			r.creditLine(c, b.at)
			r.dropText(creditEnd, b.at, c)
			b.Text = rest
		}
		out = append(out, b)
	}
	return out
}

func (r *reader) creditLine(t string, at int32) {
	r.p.CreditLines = append(r.p.CreditLines, CreditLine{Text: t, At: at})
}

// afterTitle is the index of the first block of the text: after the heading that is the title, and after a headline that says the same
// as one of the page's other titles. Short lines before it are kept as TopLines.
func (r *reader) afterTitle(bs []block) int {
	first := 0
	for i, b := range bs {
		if utf8.RuneCountInString(b.Text) > maxAboveTitle || isProse(b) && b.at > r.vhead {
			break
		}
		before := r.vhead >= 0 && (b.at <= r.vhead || r.s.Inside(b.at, r.vhead))
		if before || i < titleWithin && r.saysTitle(b) {
			for ; first <= i; first++ {
				if !r.s.Inside(bs[first].at, max(r.vhead, 0)) || r.vhead < 0 {
					r.topLine(bs[first].Text)
				}
			}
			continue
		}
		if r.vhead < 0 && i >= titleWithin {
			break
		}
	}
	return first
}

// opening skips the author's name between the title and the first running text.
func (r *reader) opening(bs []block, first int) int {
	if r.vhead < 0 {
		return first
	}
	for i := first; i < len(bs) && i < first+openingBlocks; i++ {
		b := bs[i]
		if isProse(b) {
			for _, x := range bs[first:i] {
				r.topLine(x.Text)
			}
			return i
		}
		if b.Type != schemas.BlockParagraph || !personLine.MatchString(b.Text) || officeWord.MatchString(b.Text) || strings.Count(b.Text, " ") > 2 {
			break
		}
	}
	return first
}

// saysTitle reports whether a block is a heading with one of the titles of the page.
func (r *reader) saysTitle(b block) bool {
	if b.level == 0 && b.flag&markup.Title == 0 {
		return false
	}
	f := fold(b.Text)
	if len(f) < 10 {
		return false
	}
	if f == fold(r.p.Title) {
		return true
	}
	for _, w := range r.witnesses() {
		if g := fold(w); f == g || len(g) > 20 && strings.HasSuffix(f, g) || len(f) > 20 && strings.HasSuffix(g, f) {
			return true
		}
	}
	return false
}

func (r *reader) topLine(t string) {
	if len(r.p.TopLines) < maxTopLines {
		r.p.TopLines = append(r.p.TopLines, t)
	}
}

// tail drops sections whose heading says that what follows is no part of the text: links, contacts, comments. It ends where prose
// begins again, for such boxes also stand between paragraphs.
func (r *reader) tail(bs []block) []block {
	out := make([]block, 0, len(bs))
	for i := 0; i < len(bs); i++ {
		b := bs[i]
		if !headsTail(b) {
			out = append(out, b)
			continue
		}
		hard := hardTail.MatchString(b.Text)
		j := r.tailEnd(bs, i, hard)
		if j == i+1 && j < len(bs) && bs[j].level == 0 && !hard && b.level > 0 { // a section of the release after all
			out = append(out, b)
			continue
		}
		r.contactFrom(lines(bs[i:j]), "section: "+b.Text)
		for _, x := range bs[i:j] {
			r.drop(closingSection, x)
		}
		i = j - 1
	}
	return out
}

// headsTail reports whether a block is set like a heading and says what heads no text.
func headsTail(b block) bool {
	if len(b.Text) > maxTailHeading {
		return false
	}
	set := b.level > 0 || b.bold && len(b.Text) < maxBoldHeading ||
		len(b.Text) < maxPlainHeading && (strings.HasSuffix(b.Text, ":") || !sentence(b.Text) && b.link == 0)
	return set && tailHeading.MatchString(b.Text)
}

// tailEnd is the index of the block with which text begins again after the heading at i.
func (r *reader) tailEnd(bs []block, i int, hard bool) int {
	b := bs[i]
	box := r.around(b)
	for j := i + 1; j < len(bs); j++ {
		x := bs[j]
		if x.level > 0 && (b.level == 0 || x.level <= b.level) && !tailHeading.MatchString(x.Text) {
			return j
		}
		if isProse(x) && (!hard || !r.s.Inside(x.at, box)) {
			return j
		}
	}
	return len(bs)
}

// around is the element in which heading b heads something: its parent, or further up while there is nothing but the heading.
func (r *reader) around(b block) int32 {
	i := b.at
	for r.s.E[i].Parent > r.s.Body && r.s.E[i].Text <= int32(len(b.Text))+3 {
		i = r.s.E[i].Parent
	}
	return i
}

// isProse reports whether a block reads like running text.
func isProse(b block) bool {
	return b.level == 0 && len(b.Text) > minProse && b.link*3 < len(b.Text) && sentence(b.Text)
}

// endsInWord reports whether t ends in a word and a full stop, as sentences do and date lines don't.
func endsInWord(t string) bool {
	if !sentence(t) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t, " .!?\"“”«»)’‘"))
	return unicode.IsLetter(r)
}

// sentence reports whether t ends like one.
func sentence(t string) bool {
	t = strings.TrimRight(t, " \"“”«»)’‘")
	if t == "" {
		return false
	}
	return strings.IndexByte(".!?", t[len(t)-1]) >= 0
}

// pieces puts the blocks into the page.
func (r *reader) pieces(bs []block) {
	bs = r.boldTitle(bs)
	lead, why := leadOf(bs)
	for i, b := range bs {
		if i < lead {
			b.Type = schemas.BlockLead
			if r.p.Why["lead"] == "" {
				r.p.Why["lead"] = why + ": " + r.s.describe(b.at)
			}
		}
		r.p.Pieces = append(r.p.Pieces, text.Piece{Type: b.Type, Text: b.Text})
	}
}

// leadOf is the number of blocks that are the lead: what is named so among the first, or a first paragraph all in bold, as long as other
// text follows.
func leadOf(bs []block) (n int, why string) {
	for n < len(bs) && n < maxLead && bs[n].Type == schemas.BlockParagraph && bs[n].flag&markup.Lead != 0 {
		n++
	}
	if n == 0 && len(bs) > 1 && bs[0].Type == schemas.BlockParagraph && bs[0].bold && !bs[1].bold && isProse(bs[0]) {
		return 1, "first paragraph in bold"
	}
	if n == len(bs) || n == maxLead && len(bs) > maxLead && bs[maxLead].flag&markup.Lead != 0 {
		return 0, ""
	}
	return n, "named as intro"
}

// boldTitle takes the title from a first line in bold where the page has no heading and its title element says the same and more.
func (r *reader) boldTitle(bs []block) []block {
	if r.head >= 0 || len(bs) < 2 || !bs[0].bold || bs[0].level > 0 || len(bs[0].Text) > maxBoldTitle || endsInWord(bs[0].Text) {
		return bs
	}
	f := fold(bs[0].Text)
	for _, w := range r.witnesses() {
		for _, part := range strings.FieldsFunc(w, func(c rune) bool { return strings.ContainsRune("-|–—·:»", c) }) {
			if g := fold(part); len(g) > 8 && (strings.Contains(f, g) || len(f) > 8 && strings.Contains(g, f)) {
				r.p.Title, r.p.Why["title"] = bs[0].Text, "first line in bold: "+r.s.describe(bs[0].at)
				return bs[1:]
			}
		}
	}
	return bs
}
