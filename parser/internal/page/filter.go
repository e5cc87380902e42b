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
	bs = r.tail(bs[r.opening(bs, first):])
	out := make([]block, 0, len(bs))
	for i, b := range bs {
		if r.lineOut(b, i, bs) {
			continue
		}
		out = append(out, b)
	}
	for len(out) > 0 && out[len(out)-1].Type == schemas.BlockHeading { // a heading without text below it
		out = out[:len(out)-1]
	}
	return out
}

// split takes credit lines out and looks at the lines of a block.
func (r *reader) split(all []block) []block {
	out := make([]block, 0, len(all))
	for _, b := range all {
		if creditLine(b.Text) {
			r.creditLine(b.Text, b.at)
			continue
		}
		if rest, c := cutCredit(b.Text); c != "" {
			r.creditLine(c, b.at)
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
		if utf8.RuneCountInString(b.Text) > 200 || isProse(b) && b.at > r.vhead {
			break
		}
		before := r.vhead >= 0 && (b.at <= r.vhead || r.s.Inside(b.at, r.vhead))
		if before || i < 12 && r.saysTitle(b) {
			for ; first <= i; first++ {
				if !r.s.Inside(bs[first].at, max(r.vhead, 0)) || r.vhead < 0 {
					r.topLine(bs[first].Text)
				}
			}
			continue
		}
		if r.vhead < 0 && i >= 12 {
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
	for i := first; i < len(bs) && i < first+5; i++ {
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
	if len(r.p.TopLines) < 20 {
		r.p.TopLines = append(r.p.TopLines, t)
	}
}

// tail drops sections whose heading says that what follows is no part of the text: links, contacts, comments. It ends where prose
// begins again, for such boxes also stand between paragraphs.
func (r *reader) tail(bs []block) []block {
	out := make([]block, 0, len(bs))
	for i := 0; i < len(bs); i++ {
		b := bs[i]
		isHead := b.level > 0 || b.bold && len(b.Text) < 60 || len(b.Text) < 45 && (strings.HasSuffix(b.Text, ":") || !sentence(b.Text) && b.link == 0)
		if !isHead || len(b.Text) > 90 || !tailHeading.MatchString(b.Text) {
			out = append(out, b)
			continue
		}
		hard := hardTail.MatchString(b.Text)
		box := r.around(b)
		j := i + 1
		for ; j < len(bs); j++ {
			x := bs[j]
			if x.level > 0 && (b.level == 0 || x.level <= b.level) && !tailHeading.MatchString(x.Text) {
				break
			}
			if isProse(x) && (!hard || !r.s.Inside(x.at, box)) {
				break
			}
		}
		if j == i+1 && j < len(bs) && bs[j].level == 0 && !hard && b.level > 0 { // a section of the release after all
			out = append(out, b)
			continue
		}
		r.contactFrom(lines(bs[i:j]), "section: "+b.Text)
		i = j - 1
	}
	return out
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
	return b.level == 0 && len(b.Text) > 80 && b.link*3 < len(b.Text) && sentence(b.Text)
}

// lineOut reports whether a block is no text of the release.
func (r *reader) lineOut(b block, i int, bs []block) bool {
	t := b.Text
	n := utf8.RuneCountInString(t)
	switch {
	case markup.Letters(t) == 0:
		return true
	case n < 160 && topicLine.MatchString(t) && (b.link > 0 || n < 80) && !sentence(t):
		return true
	case contactBlock(b):
		r.contactFrom(lines([]block{b}), "paragraph")
		return true
	case n < 90 && boilerLine.MatchString(t):
		return true
	case i < 6 && n < 130 && b.level == 0 && !endsInWord(t) && (dateLine.MatchString(t) || byLine.MatchString(t)):
		r.topLine(t)
		return true
	case i < 4 && fold(t) == fold(r.p.Title):
		return true
	case b.link*10 > len(t)*7 && (n < 120 || b.Type == schemas.BlockListItem) && !sentence(t):
		return true
	case b.link*20 > len(t)*19:
		return true
	case n < 300 && b.link > 0 && moreEnd.MatchString(t), n < 200 && b.link*2 > len(t) && fileSize.MatchString(t):
		return true
	case n < 1200 && containsAny(t, consentSigns) && consentAct.MatchString(t) && consentThing.MatchString(t) && consentYou.MatchString(t):
		return true
	case n < 600 && containsAny(t, promoSigns) && promo.MatchString(t):
		return true
	case b.flag&(markup.Date|markup.Author) != 0 && n < 120 && !sentence(t) && b.Type == schemas.BlockParagraph:
		r.topLine(t)
		return true
	case b.flag&markup.Caption != 0 && b.flag&markup.Media != 0 && n < 400:
		return true
	case b.flag&markup.Credit != 0 && n < 200 && !isProse(b):
		r.creditLine(t, b.at)
		return true
	}
	return false
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

// pieces puts the blocks into the page. The lead is what is named so among the first blocks, or a first paragraph all in bold, as long
// as other text follows.
func (r *reader) pieces(bs []block) {
	bs = r.boldTitle(bs)
	lead := 0
	for lead < len(bs) && lead < 3 && bs[lead].Type == schemas.BlockParagraph && bs[lead].flag&markup.Lead != 0 {
		lead++
	}
	why := "named as intro"
	if lead == 0 && len(bs) > 1 && bs[0].Type == schemas.BlockParagraph && bs[0].bold && !bs[1].bold && isProse(bs[0]) {
		lead, why = 1, "first paragraph in bold"
	}
	if lead == len(bs) || lead == 3 && len(bs) > 3 && bs[3].flag&markup.Lead != 0 {
		lead = 0
	}
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

// boldTitle takes the title from a first line in bold where the page has no heading and its title element says the same and more.
func (r *reader) boldTitle(bs []block) []block {
	if r.head >= 0 || len(bs) < 2 || !bs[0].bold || bs[0].level > 0 || len(bs[0].Text) > 150 || endsInWord(bs[0].Text) {
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
