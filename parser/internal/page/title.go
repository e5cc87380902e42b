package page

import (
	"html"
	"strings"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// headline finds the entry of the heading that titles the release, -1 for none, by asking what the page calls itself elsewhere.
func (r *reader) headline(core int32) int32 {
	best, points := int32(-1), 0.0
	for i := s0(r.s.body); i < int32(len(r.s.e)); i++ {
		e := &r.s.e[i]
		if e.n.Type != xhtml.ElementNode {
			continue
		}
		a := e.n.DataAtom
		h := heading(a) || a == atom.P && e.flag&fTitle != 0 || a == atom.Div && e.flag&fTitle != 0 || attr(e.n, "itemprop") == "headline"
		if !h {
			continue
		}
		if p := r.headlinePoints(i, core); p > points {
			best, points = i, p
		}
	}
	return best
}

func s0(i int32) int32 { return max(i, 0) }

func (r *reader) headlinePoints(i, core int32) float64 {
	e := &r.s.e[i]
	t := r.headingText(e.n)
	n := utf8.RuneCountInString(t)
	if n < 3 || n > 400 {
		return 0
	}
	p := 0.0
	switch e.n.DataAtom {
	case atom.H1:
		p = 5
	case atom.H2:
		p = 2
	case atom.H3:
		p = 1
	default:
		p = 0.5
	}
	p += 8 * r.witnessed(t)
	if e.skip || e.flag&fHidden != 0 {
		p -= 3.5
	}
	if i < core || r.s.inside(i, core) {
		p += 1
	} else {
		p -= 3
	}
	if r.s.inside(i, core) && r.s.before[i]-r.s.before[core] > 400 {
		p -= 3 // a heading in the middle of the text
	}
	if e.link > 0 && e.link*2 > e.text && e.n.DataAtom != atom.H1 {
		p -= 3 // a teaser
	}
	if r.siteName(t) {
		p -= 4
	}
	return p - float64(i)/float64(len(r.s.e))*0.5
}

// witnessed says how far the page's other titles agree with t: 1 if one says the same, less if one only contains it, more if several do.
func (r *reader) witnessed(t string) float64 {
	f := fold(t)
	best, equal := 0.0, 0
	for _, w := range r.witnesses() {
		g := fold(r.withoutSite(w))
		switch {
		case g == "" || f == "":
		case f == g:
			equal++
			best = 1
		case len(f) > 12 && strings.Contains(g, f), len(g) > 12 && strings.Contains(f, g):
			short, long := min(len(f), len(g)), max(len(f), len(g))
			best = max(best, 0.5+0.5*float64(short)/float64(long))
		}
	}
	return best + 0.15*float64(max(0, equal-1))
}

// witnesses are the titles a page gives itself outside of its text.
func (r *reader) witnesses() []string {
	if r.titles == nil {
		r.titles = []string{}
		add := func(t string) {
			if t = unescape(t); t != "" {
				r.titles = append(r.titles, t)
			}
		}
		for _, k := range []string{"og:title", "twitter:title", "dc.title", "headline"} {
			add(r.s.metaFirst(k))
		}
		if o := r.p.article(); o != nil {
			add(str(o["headline"]))
			add(str(o["alternativeHeadline"]))
		}
		r.own = len(r.titles)
		add(r.s.metaFirst("title"))
		add(r.s.title)
	}
	return r.titles
}

// unescape undoes entities that were escaped twice, as in JSON-LD.
func unescape(t string) string {
	if strings.Contains(t, "&") {
		t = html.UnescapeString(t)
	}
	return text.Normalise(t)
}

// siteName reports whether t names the site and not a document.
func (r *reader) siteName(t string) bool {
	f := fold(t)
	for _, n := range []string{r.s.metaFirst("og:site_name", "application-name", "apple-mobile-web-app-title"), r.p.URL.Hostname()} {
		g := fold(n)
		if g != "" && (f == g || strings.HasPrefix(g, f) || len(f) < 30 && strings.Contains(g, f)) {
			return true
		}
	}
	return false
}

// fold makes titles comparable: letters and digits in lower case.
func fold(t string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(t) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7F && isLetter(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// headingText is the text of a heading without the date, kicker, counters and hidden words that stand inside it.
func (r *reader) headingText(h *xhtml.Node) string {
	var b strings.Builder
	var walk func(*xhtml.Node)
	walk = func(n *xhtml.Node) {
		switch {
		case n.Type == xhtml.TextNode:
			b.WriteString(n.Data)
			return
		case n.Type == xhtml.ElementNode && n != h:
			if unseen[n.DataAtom] || n.DataAtom == atom.Time || n.DataAtom == atom.Button {
				return
			}
			if f := nameFlags(attr(n, "class")); f&(fDate|fKicker|fHidden|fJunk|fCredit|fAuthor) != 0 && f&fTitle == 0 {
				return
			}
			if blockLevel[n.DataAtom] || n.DataAtom == atom.Br {
				b.WriteByte(' ')
				defer b.WriteByte(' ')
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(h)
	if t := text.Normalise(b.String()); t != "" {
		return t
	}
	return text.Normalise(textOf(h))
}

// title decides the title: the heading found, else what the page calls itself without the name of the site.
func (r *reader) title() {
	if r.head >= 0 {
		n := r.s.e[r.head].n
		r.p.Title, r.p.Why["title"] = r.headingText(n), "heading: "+describe(n)
		r.agree(n)
		r.outvote()
		return
	}
	if o := r.p.article(); o != nil {
		if t := unescape(str(o["headline"])); t != "" {
			r.p.Title, r.p.Why["title"] = r.withoutSite(t), "jsonld: headline"
			return
		}
	}
	for _, k := range []string{"og:title", "twitter:title", "dc.title"} {
		if t := unescape(r.s.metaFirst(k)); t != "" {
			r.p.Title, r.p.Why["title"] = r.withoutSite(t), "meta: "+k
			return
		}
	}
	if t := unescape(r.s.title); t != "" {
		r.p.Title, r.p.Why["title"] = r.withoutSite(t), "title element"
	}
}

// outvote replaces a heading by the headline of the page's structured data if all other titles agree against the heading, if it is the
// last entry of a ticker, or if it stands in the navigation, where it is written for search engines, and no structured data know it.
func (r *reader) outvote() {
	headline, known := "", false
	mine := fold(r.p.Title)
	for _, o := range r.p.LD {
		if !ldType(o, articleTypes...) {
			continue
		}
		if h := unescape(str(o["headline"])); h != "" {
			if headline == "" {
				headline = r.withoutSite(h)
			}
			known = known || fold(h) == mine
		}
	}
	f := fold(headline)
	if len(f) < 12 || f == mine || known {
		return
	}
	others := fold(r.withoutSite(unescape(r.s.metaFirst("og:title")))) == f && fold(r.withoutSite(unescape(r.s.title))) == f
	ticker := strings.Contains(r.p.Title, "+++") && fold(r.withoutSite(unescape(r.s.title))) == f // changes with every entry
	if others || ticker || r.s.e[r.head].skip {
		r.p.Title, r.p.Why["title"] = headline, "jsonld: headline"
	}
}

// agree lets the page's other titles decide what of the heading is the title: a heading may hold the kicker too, or the kicker before
// it may belong to the title. The spelling of the other title is taken where both say the same, since markup has no colon.
func (r *reader) agree(h *xhtml.Node) {
	parts := textParts(h)
	full := fold(strings.Join(parts, ""))
	kicker := ""
	if r.kickerAt >= 0 {
		kicker = fold(textOf(r.s.e[r.kickerAt].n))
	}
	for pass := range 2 {
		for k, w := range r.witnesses() {
			for _, t := range []string{w, r.withoutSite(w)} {
				f := fold(t)
				switch {
				case f == "":
				case pass == 0 && f == full:
					if len(parts) > 1 {
						r.p.Title = t
					} else {
						r.p.Title = text.Normalise(parts[0])
					}
					return
				case pass == 0 && k < r.own && kicker != "" && f == kicker+full:
					r.p.Title = t
					return
				case pass == 1 && endsIn(parts, f):
					r.p.Title = t
					return
				}
			}
		}
	}
}

// endsIn reports whether the last parts of a heading say f.
func endsIn(parts []string, f string) bool {
	tail := ""
	for i := len(parts) - 1; i > 0 && len(tail) < len(f); i-- {
		if tail = fold(parts[i]) + tail; tail == f {
			return true
		}
	}
	return false
}

// textParts are the texts of the pieces of markup in a heading.
func textParts(n *xhtml.Node) []string {
	var parts []string
	var walk func(*xhtml.Node)
	walk = func(n *xhtml.Node) {
		if n.Type == xhtml.TextNode {
			if strings.TrimSpace(n.Data) != "" {
				parts = append(parts, n.Data)
			}
			return
		}
		if n.Type == xhtml.ElementNode && unseen[n.DataAtom] {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return parts
}

// kicker is the line above the title: the profile's, one inside the heading, or one before it that is named so.
func (r *reader) kicker() {
	set := func(n *xhtml.Node, why string) bool {
		t := text.Normalise(textOf(n))
		if t == "" || utf8.RuneCountInString(t) > 100 || dateLine.MatchString(t) || fold(t) == fold(r.p.Title) || letters(t) < 3 {
			return false
		}
		r.p.Kicker, r.p.Why["kicker"] = strings.TrimRight(t, " :|"), why+": "+describe(n)
		return true
	}
	if f := r.s.family; f != nil {
		if found, _ := r.s.find(f.kicker, r.s.body, int32(len(r.s.e)), true); len(found) > 0 && set(r.s.e[found[0]].n, "profile "+f.ID) {
			return
		}
	}
	if r.vhead < 0 {
		return
	}
	for i := r.vhead + 1; i < r.s.e[r.vhead].end; i++ {
		if e := &r.s.e[i]; e.n.Type == xhtml.ElementNode && e.flag&fKicker != 0 && e.flag&fTitle == 0 && set(e.n, "in the heading") {
			return
		}
	}
	for k := r.kickerAt; k > r.s.body && k >= r.kickerAt-200; k = r.s.e[k].parent {
		e := &r.s.e[k]
		if r.s.inside(r.vhead, k) {
			return
		}
		if e.flag&fKicker != 0 && set(e.n, "before the heading") {
			return
		}
	}
}

// findKicker looks for the short line right before the heading, -1 for none.
func (r *reader) findKicker() int32 {
	if r.vhead < 0 {
		return -1
	}
	for i, seen := r.vhead-1, 0; i > r.s.body && seen < 40; i, seen = i-1, seen+1 {
		e := &r.s.e[i]
		if e.n.Type == xhtml.TextNode && e.text > 0 {
			p := e.parent
			if r.s.e[p].text > 60 || r.s.e[p].skip {
				return -1
			}
			return p
		}
	}
	return -1
}

// withoutSite cuts the name of the site off a title: "Meldung | Kreis" and "Kreis: Meldung".
func (r *reader) withoutSite(t string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · ", " » ", " :: ", ": "} {
		parts := strings.Split(t, sep)
		if len(parts) < 2 {
			continue
		}
		last := len(parts) - 1
		switch {
		case r.siteName(parts[last]) || sep == " | " || sep == " :: " || sep == " · ":
			return text.Normalise(longest(parts, sep))
		case r.siteName(parts[0]):
			return text.Normalise(strings.Join(parts[1:], sep))
		}
	}
	return t
}

func longest(parts []string, sep string) string {
	n := 0
	for i, p := range parts {
		if len(p) > len(parts[n]) {
			n = i
		}
	}
	return parts[n]
}

// describe names an element the way a selector would.
func describe(n *xhtml.Node) string {
	if n == nil {
		return ""
	}
	d := n.Data
	if id := attr(n, "id"); id != "" {
		d += "#" + id
	}
	for i, c := range strings.Fields(attr(n, "class")) {
		if i == 3 {
			break
		}
		d += "." + c
	}
	return d
}
