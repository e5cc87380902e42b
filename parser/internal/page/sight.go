package page

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html/atom"
)

// sight is what is known of a candidate: how it is set, where it stands, what it says, and what the page says of it elsewhere.
type sight struct {
	// how it is set
	level    int // of a heading, 0 for another line
	shown    bool
	line     bool
	bold     bool
	named    bool // title or headline by its names
	headline bool // headline by its microdata
	profile  bool // what the profile of the CMS calls the title
	kicker   bool // named as a line above or below the title
	// where it stands
	hidden, furniture, link bool
	before, next            bool // before the text; with no further heading between
	within, middle, behind  bool // in the text, deep in it, behind it
	near, apart             bool // in the element that holds the text, or not even in the same part of the page
	far                     bool
	// what it says
	site, section, byline bool
	word, long, sentence  bool
	colon                 bool // it ends in one
	// what else says so
	said, begins, ends, part, holds, words bool // the page's other titles say it; it is the beginning, the end or the middle of one; …
	byLD                                   bool // the headline of JSON-LD says it
	headOf, tailOf                         bool // it stands before the colon of another title, or behind it
	unsaid                                 bool // there are other titles, and they have no word of it
	address, elsewhere                     bool // the address says it, or other words
	// a title that the page does not show
	element, meta, ld bool
	headed            bool // and a good h1 stands above the text
	parted            bool // and a heading above the text says a part of it
}

// ground is what the sights of all candidates of a page need.
type ground struct {
	prose   int32    // the first entry of running text
	heads   []int32  // visible headings before it
	headed  bool     // a visible h1 stands above the text and names no section
	shown   []string // what the candidates above the text say that name neither site nor section
	profile int32
	slug    []string
}

func (r *reader) ground(cs []candidate) *ground {
	g := &ground{prose: r.firstProse(r.core), profile: r.profileTitle(), slug: r.slug()}
	for _, i := range r.s.Headings {
		if r.s.E[i].Text == 0 || r.s.E[i].Flag&markup.Hidden != 0 {
			continue
		}
		if i < g.prose {
			g.heads = append(g.heads, i)
		}
		g.headed = g.headed || i <= g.prose && r.heads(i)
	}
	g.shown = r.shownAbove(cs, g.prose)
	return g
}

// heads reports whether heading i is the text's in all likelihood: an h1 in one element with it that names neither the site nor a section.
func (r *reader) heads(i int32) bool {
	if r.s.Atom(i) != atom.H1 || !r.near(i) {
		return false
	}
	t := r.headingText(i)
	return !r.foreign(t) && !topic(t) && !byLine.MatchString(t) && !dateLine.MatchString(t)
}

// near reports whether entry i stands in the element that holds the text.
func (r *reader) near(i int32) bool {
	c := r.s.Common(i, r.core)
	return c == r.core || c > r.s.Body && r.s.E[c].Good < r.s.E[r.core].Good+headlineText
}

// shownAbove is what the candidates above the text say that name neither the site nor a part of it, folded.
func (r *reader) shownAbove(cs []candidate, prose int32) (out []string) {
	for i := range cs {
		if c := &cs[i]; c.at >= 0 && c.at <= prose && !r.s.E[c.at].Skip && len(c.fold) >= minShown && !r.foreign(c.text) {
			out = append(out, c.fold)
		}
	}
	return out
}

// look gathers what is known of a candidate.
func (r *reader) look(c *candidate, g *ground) *sight {
	s := &sight{shown: c.at >= 0, line: c.line, bold: c.bold}
	if s.shown {
		r.lookAtElement(c, s, g)
		r.lookAtPlace(c.at, s, g)
	}
	if !s.middle && !s.behind { // else it hardly matters, and most headings stand there
		r.lookAtWords(c, s)
	}
	r.lookAround(c, s)
	s.lookAtAddress(c, g)
	if s.shown {
		return s
	}
	s.element, s.meta, s.ld = c.from&fromElement != 0, c.from&fromMeta != 0, c.from&fromLD != 0
	s.headed = g.headed
	s.parted = slices.ContainsFunc(g.shown, func(f string) bool {
		return len(f) < len(c.fold) && len(f)*shownShare >= len(c.fold)*10 && strings.Contains(c.fold, f)
	})
	return s
}

// lookAtElement says how a shown candidate is set.
func (r *reader) lookAtElement(c *candidate, s *sight, g *ground) {
	e := &r.s.E[c.at]
	if e.Kind&markup.Heading != 0 {
		s.level = int(e.Node.Data[1] - '0')
	}
	s.hidden = e.Flag&markup.Hidden != 0 || e.Skip && r.hiddenAround(c.at)
	s.furniture = e.Skip && !s.hidden
	names := r.elementNames(c.at)
	s.named = !c.line && (names&markup.Title != 0 || s.level == 0)
	s.headline = e.Flag&markup.Microdata != 0 && markup.Attr(e.Node, "itemprop") == "headline"
	s.kicker = names&(markup.Kicker|markup.Lead) != 0 && names&markup.Title == 0
	s.profile = c.at == g.profile
	s.link = e.Link > 0 && e.Link*2 > e.Text && s.level != 1
}

func (r *reader) hiddenAround(i int32) bool {
	for ; i > r.s.Body; i = r.s.E[i].Parent {
		if r.s.E[i].Flag&markup.Hidden != 0 {
			return true
		}
	}
	return false
}

// lookAtPlace says where a shown candidate stands to the text.
func (r *reader) lookAtPlace(i int32, s *sight, g *ground) {
	in := r.s.Inside(i, r.core)
	deep := r.s.before[i] - r.s.before[r.core]
	switch {
	case i <= g.prose:
		s.before = true
		s.far = g.prose-i > headlineReach
		k := sort.Search(len(g.heads), func(k int) bool { return g.heads[k] > i })
		s.next = k == len(g.heads)
	case in && deep > headlineText:
		s.middle = true
	case in:
		s.within = true
	default:
		s.behind = true
	}
	s.near = r.near(i)
	s.apart = !in && r.s.Common(i, r.core) <= r.s.Body
}

// lookAtWords says what the words of a candidate are like.
func (r *reader) lookAtWords(c *candidate, s *sight) {
	n := utf8.RuneCountInString(c.text)
	s.site = n < mastLetters && (r.siteName(c.text) || authority(c.text))
	s.section = section(c.text) || n < mastLetters && topic(c.text)
	s.byline = n < maxTop && (byLine.MatchString(c.text) || dateLine.MatchString(c.text))
	s.word = !strings.Contains(c.text, " ")
	s.long = n > longHeadline
	s.sentence = endsInWord(c.text)
	s.colon = strings.HasSuffix(c.text, ":")
}

// lookAround says how far the page's other titles agree with a candidate.
func (r *reader) lookAround(c *candidate, s *sight) {
	own := wordsOf(c.text)
	ws := r.saidTitles()
	s.unsaid = len(ws) > 0
	for k := range ws {
		n := shared(own, ws[k].fold)
		if s.compare(c.fold, &ws[k]) || n > 0 {
			s.unsaid = false
		}
		s.words = s.words || len(own) > 2 && n*2 >= len(own)
	}
}

// compare notes how the words of a candidate, folded, and those of a witness hold each other; false when they do not.
func (s *sight) compare(f string, w *witness) bool {
	switch {
	case w.fold == f:
		s.said = !s.site && !s.section // a title that names the site says nothing of the document
		s.byLD = s.byLD || s.said && w.from&fromLD != 0
	case len(f) >= minShown && strings.HasPrefix(w.fold, f):
		s.begins = true
		s.headOf = s.headOf || colonAfter(w.title, f)
	case len(f) >= minShown && strings.HasSuffix(w.fold, f):
		s.ends = true
		s.tailOf = s.tailOf || colonAfter(w.title, strings.TrimSuffix(w.fold, f))
	case len(f) > minWitness && strings.Contains(w.fold, f):
		s.part = true
	case len(w.fold) > minWitness && strings.Contains(f, w.fold):
		s.holds = true
	default:
		return false
	}
	return true
}

// lookAtAddress says whether the address was made from the words of a candidate.
func (s *sight) lookAtAddress(c *candidate, g *ground) {
	if len(g.slug) < minSlug {
		return
	}
	n := shared(g.slug, latin(c.fold))
	s.address, s.elsewhere = n*2 >= len(g.slug), n == 0
}

// wordsOf are the words of a title that tell it from others, folded.
func wordsOf(t string) (out []string) {
	for _, w := range strings.FieldsFunc(t, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		if len(w) >= tellingWord {
			out = append(out, fold(w))
		}
	}
	return out
}

func shared(words []string, folded string) (n int) {
	for _, w := range words {
		if strings.Contains(folded, w) {
			n++
		}
	}
	return n
}

// slug are the telling words of the address: of its last part that has some, as addresses made from a title have.
func (r *reader) slug() []string {
	best := []string(nil)
	for _, path := range []string{r.p.URL.Path, pathOf(r.p.Canonical)} {
		for part := range strings.SplitSeq(path, "/") {
			ws := slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(part), func(c rune) bool { return !unicode.IsLetter(c) }),
				func(w string) bool { return len(w) < tellingWord || w == "html" })
			if len(ws) >= minSlug && len(ws) >= len(best) {
				best = ws
			}
		}
	}
	for i, w := range best {
		best[i] = latin(w)
	}
	return best
}

// pathOf is the path of an address.
func pathOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if k := strings.IndexByte(rest, '/'); k >= 0 {
		rest, _, _ = strings.Cut(rest[k:], "?")
		return rest
	}
	return ""
}

// firstProse is the first entry of the core that is or holds running text.
func (r *reader) firstProse(core int32) int32 {
	end := r.s.E[core].End
	return core + int32(sort.Search(int(end-core), func(k int) bool { return r.s.before[core+int32(k)+1] > r.s.before[core] }))
}
