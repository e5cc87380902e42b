package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// headed is what a heading says, taken apart.
type headed struct {
	text     string // the headline
	kicker   string // the line that its markup sets above it, "" for none
	kickerAt int32
}

// part is a piece of a heading that its markup sets apart.
type part struct {
	at    int32
	text  string
	own   bool         // an element, not a text beside elements
	small bool         // set smaller by HTML itself
	named markup.Flags // by its names, read as elements
	broke bool         // a line break or the edge of a block stands in front of it
	mark  string       // a mark in front of it that only screen readers say
}

// headingText is the headline that a heading says, without the kicker, date, counters and hidden words that stand inside it.
func (r *reader) headingText(i int32) string { return r.heading(i).text }

// heading reads the heading at entry i, each once.
func (r *reader) heading(i int32) *headed {
	h, ok := r.headings[i]
	if !ok {
		h = r.readHeading(i)
		r.headings[i] = h
	}
	return h
}

func (r *reader) readHeading(i int32) *headed {
	h := &headed{kickerAt: -1}
	ps := r.parts(i)
	if len(ps) > 1 && r.kickerPart(ps) {
		h.kicker, h.kickerAt = trimKicker(ps[0].text), ps[0].at
		ps = ps[1:]
	}
	if last := len(ps) - 1; last > 0 && r.apartPart(ps, r.s.is(i, markup.Heading)) {
		if h.kicker == "" && ps[last].named&markup.Kicker != 0 { // style sheets put it above
			h.kicker, h.kickerAt = trimKicker(ps[last].text), ps[last].at
		}
		ps = ps[:last]
	}
	h.text = trimSigns(r.withoutSignature(oneLine(ps)))
	if h.text == "" {
		h.text = trimSigns(text.Normalise(r.s.Read(i, markup.Visible)))
	}
	if k := r.writtenKicker(h.text); h.kicker == "" && k > 0 {
		h.kicker, h.kickerAt, h.text = trimKicker(h.text[:k]), i, trimSigns(h.text[k:])
	}
	return h
}

// parts are the pieces of heading i: of the innermost element that holds all of it, the children that are no date, counter or hidden.
func (r *reader) parts(i int32) []part {
	for only := r.onlyChild(i); only >= 0; only = r.onlyChild(i) {
		i = only
	}
	p := &pieces{r: r}
	for c := i + 1; c < r.s.E[i].End; c = r.s.E[c].End {
		switch e := &r.s.E[c]; {
		case e.Node.Type == html.TextNode:
			p.text(c)
		case e.Node.Type != html.ElementNode || e.Kind&(markup.Unseen|markup.Time|markup.Button) != 0:
		case e.Kind&markup.Break != 0:
			p.broke = true
		default:
			p.element(c)
		}
	}
	return p.out
}

// pieces collects the parts of a heading; broke and mark are what stands in front of the next.
type pieces struct {
	r     *reader
	out   []part
	broke bool
	mark  string
}

func (p *pieces) add(x part) {
	x.broke, x.mark = x.broke || p.broke, p.mark
	p.out = append(p.out, x)
	p.broke, p.mark = false, ""
}

// text takes a text beside the elements of a heading.
func (p *pieces) text(i int32) {
	t := p.r.s.E[i].Node.Data
	last := len(p.out) - 1
	if m, rest := leadingMark(t); m != "" && last >= 0 && p.out[last].own {
		p.mark, t = m, rest
	}
	switch {
	case text.Normalise(t) != "":
		p.add(part{at: i, text: t})
	case last >= 0 && p.mark == "":
		p.out[last].text += " "
	}
}

// element takes an element of a heading; one that says a mark only sets the next part apart, whoever it is for.
func (p *pieces) element(i int32) {
	e := &p.r.s.E[i]
	named := p.r.elementNames(i)
	out := p.r.besideTitle(i, named)
	way := headingWay(p.r)
	if out {
		way = markup.All
	}
	t := p.r.s.Read(i, way)
	if m, rest := leadingMark(t); m != "" && strings.TrimSpace(rest) == "" {
		p.mark = m
		return
	}
	if out || text.Normalise(t) == "" {
		return
	}
	block := e.Kind&markup.Block != 0
	p.add(part{at: i, text: t, own: true, small: e.Node.DataAtom == atom.Small, named: named, broke: block})
	p.broke = block
}

// onlyChild is the only child of entry i that says anything if it is an element, -1 when there is none.
func (r *reader) onlyChild(i int32) int32 {
	only := int32(-1)
	for c := i + 1; c < r.s.E[i].End; c = r.s.E[c].End {
		e := &r.s.E[c]
		if e.Node.Type == html.TextNode && strings.TrimSpace(e.Node.Data) == "" || e.Node.Type == html.CommentNode || e.Kind&markup.Unseen != 0 {
			continue
		}
		if only >= 0 || e.Node.Type != html.ElementNode || e.Kind&(markup.Time|markup.Button|markup.Break) != 0 {
			return -1
		}
		only = c
	}
	return only
}

// beside a title in its heading stand its date, tools, the hidden and the like.
const besides = markup.Date | markup.Hidden | markup.Junk | markup.Tool | markup.Credit | markup.Author

func (r *reader) besideTitle(i int32, named markup.Flags) bool {
	return named&besides != 0 && named&markup.Title == 0 || r.s.E[i].Flag&markup.Hidden != 0
}

// headingWay reads a part of a heading.
func headingWay(r *reader) *markup.Way {
	return &markup.Way{
		Leave: markup.Unseen | markup.Time | markup.Button, Edge: markup.Block | markup.Break, Open: " ", Close: " ",
		Out: func(k int32) bool { return r.besideTitle(k, r.elementNames(k)) },
	}
}

// elementNames are the flags of an element's class as the name of a line of a heading. Of a name in the way of BEM
// (block__element--modifier) the element counts, since the block is named the same on all its parts; and two words that name a line
// together, as in "post-sub-title", say more than the second alone.
func (r *reader) elementNames(i int32) markup.Flags {
	class := r.s.Attr(i, "class")
	if class == "" {
		return 0
	}
	f, ok := r.lineNames[class]
	if !ok {
		f = lineNames(class)
		r.lineNames[class] = f
	}
	return f
}

func lineNames(class string) markup.Flags {
	var names, two strings.Builder
	for c := range strings.FieldsSeq(class) {
		if k := strings.LastIndex(c, "__"); k >= 0 {
			c, _, _ = strings.Cut(c[k+2:], "--")
		}
		names.WriteString(c + " ")
		words := strings.FieldsFunc(c, func(x rune) bool { return x == '-' || x == '_' })
		for k := 1; k < len(words); k++ {
			two.WriteString(words[k-1] + words[k] + " ")
		}
	}
	f := markup.Names(strings.TrimSpace(names.String()))
	if line := markup.Names(strings.TrimSpace(two.String())) & (markup.Kicker | markup.Lead); line != 0 {
		f = f&^markup.Title | line
	}
	return f
}

// oneLine writes parts as they are shown in one line.
func oneLine(ps []part) string {
	var b strings.Builder
	for k, p := range ps {
		if k > 0 {
			last, _ := utf8.DecodeLastRuneInString(b.String())
			first, _ := utf8.DecodeRuneInString(p.text)
			switch {
			case p.mark != "":
				t := strings.TrimRight(b.String(), " \n\t")
				b.Reset()
				b.WriteString(t + p.mark)
			case p.broke, p.own && !unicode.IsSpace(last) && (ps[k-1].own || unicode.IsLower(last)) && opens(first):
				b.WriteByte(' ')
			}
		}
		b.WriteString(p.text)
	}
	return text.Normalise(b.String())
}

// opens reports whether a line may begin with c.
func opens(c rune) bool {
	return unicode.IsUpper(c) || unicode.IsDigit(c) || strings.ContainsRune("„\"»", c)
}

// lineText is what element i says, its pieces set apart.
func (r *reader) lineText(i int32) string {
	if ps := r.parts(i); len(ps) > 0 {
		return oneLine(ps)
	}
	return text.Normalise(r.s.Read(i, markup.Visible))
}

func trimKicker(t string) string {
	return strings.Trim(text.Normalise(t), " :|-–—,;/»›>•·+")
}
