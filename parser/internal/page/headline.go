package page

import (
	"sort"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// headline finds the entry of the heading that titles the release, -1 for none, by asking what the page calls itself elsewhere.
func (r *reader) headline(core int32) int32 {
	best, points := int32(-1), 0.0
	for i := r.s.Body; i < int32(len(r.s.E)); i++ {
		e := &r.s.E[i]
		if e.Node.Type != html.ElementNode {
			continue
		}
		a := e.Node.DataAtom
		titled := e.Flag&markup.Title != 0 && (a == atom.P || a == atom.Div)
		if e.Kind&markup.Heading == 0 && !titled && (e.Flag&markup.Microdata == 0 || markup.Attr(e.Node, "itemprop") != "headline") {
			continue
		}
		if p := r.headlinePoints(i, core); p > points {
			best, points = i, p
		}
	}
	return best
}

// headlinePoints says how likely heading i titles the release; 0 and less for not at all.
func (r *reader) headlinePoints(i, core int32) float64 {
	e := &r.s.E[i]
	t := r.headingText(i)
	if n := utf8.RuneCountInString(t); n < minHeadline || n > maxHeadline {
		return 0
	}
	p := levelPoints(e.Node.DataAtom) + witnessPoints*r.witnessed(t) + r.placePoints(i, core)
	if e.Skip || e.Flag&markup.Hidden != 0 {
		p += hiddenPoints
	}
	if e.Link > 0 && e.Link*2 > e.Text && e.Node.DataAtom != atom.H1 {
		p += teaserPoints
	}
	if r.siteName(t) || listingTitle.MatchString(t) { // the department's heading above the release's
		p += sitePoints
	}
	return p
}

func levelPoints(a atom.Atom) float64 {
	switch a {
	case atom.H1:
		return 5
	case atom.H2:
		return 2
	case atom.H3:
		return 1
	}
	return 0.5
}

// placePoints judge where a heading stands to the text.
func (r *reader) placePoints(i, core int32) float64 {
	p := 0.0
	within := r.s.Inside(i, core)
	if i < core || within {
		p += nearPoints
	} else {
		p += behindPoints
	}
	if within && r.s.before[i]-r.s.before[core] > headlineText {
		p += middlePoints // a heading in the middle of the text
	}
	if first := r.firstProse(core); i < first && r.s.Atom(i) != atom.H1 { // of several before the text the last titles it
		return p + 1 - min(1, float64(first-i)/headlineReach)
	}
	return p - float64(i)/float64(len(r.s.E))*latePoints
}

// firstProse is the first entry of the core that is or holds running text.
func (r *reader) firstProse(core int32) int32 {
	end := r.s.E[core].End
	return core + int32(sort.Search(int(end-core), func(k int) bool { return r.s.before[core+int32(k)+1] > r.s.before[core] }))
}

// beside a title in its heading stand its date, kicker and the like.
const besideTitle = markup.Date | markup.Kicker | markup.Hidden | markup.Junk | markup.Credit | markup.Author

// headingText is the text of a heading without the date, kicker, counters and hidden words that stand inside it.
func (r *reader) headingText(i int32) string {
	if t, ok := r.headings[i]; ok {
		return t
	}
	t := text.Normalise(r.s.Read(i, &markup.Way{
		Leave: markup.Unseen | markup.Time | markup.Button, Edge: markup.Block | markup.Break, Open: " ", Close: " ",
		Out: func(k int32) bool {
			f := r.s.Meaning(r.s.Attr(k, "class"), "")
			return f&besideTitle != 0 && f&markup.Title == 0
		},
	}))
	if t == "" {
		t = text.Normalise(r.s.Read(i, markup.Visible))
	}
	r.headings[i] = t
	return t
}
