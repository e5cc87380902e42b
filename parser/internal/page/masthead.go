package page

import (
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// titleMarks are what templates set between the title of a document and the name of their site.
var titleMarks = []string{" | ", " - ", " – ", " — ", " · ", " » ", " :: ", ": "}

// authorityName is the whole of a heading that names who publishes and nothing else: "Kreis Musterstadt", "Stadtverwaltung Altdorf".
var authorityName = lazy.MustCompile(`^(?:Der |Die |Das )?(?:(?:Land|Stadt|Salzland|Hoch)?[Kk]reis|(?:Kreis|Stadt|Gemeinde)verwaltung|` +
	`(?:Hanse|Kreis|Landeshaupt|Universitäts|Samt)?[Ss]tadt|(?:Samt|Verbands)?[Gg]emeinde|Landratsamt|Markt|Bezirk(?:samt)?|Region)` +
	`(?: (?:\p{Lu}[\pL.-]*|an|am|der|die|im|in|bei|ob|vor|und|\([\pL.]+\))){1,5}$`)

// masthead looks for a heading that is the name of the site and not of a document, and keeps it as r.site: one that the title element
// says beside a longer text which the page shows as well, after that heading and before the running text. Old templates set their
// name as the only <h1> and the title of the release in bold. Since a department or a topic may stand below a title in the same way,
// the heading must also read like an authority's name or be what the site signs with. The entry that shows the title is returned, -1 for none.
func (r *reader) masthead(core int32) int32 {
	title := unescape(r.s.Title)
	if len(title) > mastTitle {
		return -1
	}
	seen, tried := 0, map[string]bool{}
	for i := r.s.Body; i < int32(len(r.s.E)) && seen < mastHeadings; i++ {
		if !r.s.is(i, markup.Heading) {
			continue
		}
		seen++
		name := r.headingText(i)
		if utf8.RuneCountInString(name) > mastLetters || tried[name] {
			continue
		}
		tried[name] = true
		for _, rest := range r.beside(title, name) {
			f := fold(rest)
			if len(f) < minShown || listingTitle.MatchString(rest) || authorityName.MatchString(rest) {
				continue
			}
			at := r.shows(f, i, core)
			if at >= 0 && (r.siteName(name) || authorityName.MatchString(name) || r.signs(i, name, core)) {
				r.site = fold(name)
				return at
			}
		}
	}
	return -1
}

// beside are what the title says before or after the name; nothing when it does not hold the name as a part of its own.
func (r *reader) beside(title, name string) []string {
	f := fold(name)
	var rest []string
	if r.siteName(name) && f != "" { // known already: the title need not say it
		rest = append(rest, r.withoutSite(title))
	}
	for _, mark := range titleMarks {
		if k := strings.LastIndex(title, mark); k >= 0 && f != "" && fold(title[k:]) == f {
			rest = append(rest, title[:k])
		}
		if k := strings.Index(title, mark); k >= 0 && f != "" && fold(title[:k]) == f {
			rest = append(rest, title[k+len(mark):])
		}
	}
	return rest
}

// signs reports whether the site signs with the name: the heading is a link to the home page, or the name stands below the text again.
func (r *reader) signs(i int32, name string, core int32) bool {
	for k := r.s.E[i].Parent; k < r.s.E[i].End; k++ {
		if a := r.s.E[k].Node; a.DataAtom == atom.A && (k > i || r.s.Inside(i, k)) {
			if h := markup.Attr(a, "href"); h == "/" || r.p.resolve(h) == r.p.resolve("/") {
				return true
			}
		}
	}
	f := fold(name)
	for k := r.s.E[core].End; k < int32(len(r.s.E)); k++ {
		n := r.s.E[k].Node
		if n.Type == html.TextNode && len(n.Data) < maxSignature && n.Parent.DataAtom != atom.A &&
			!r.s.is(r.s.E[k].Parent, markup.Unseen) && strings.Contains(fold(n.Data), f) {
			return true
		}
	}
	return false
}

// shows is the last entry after the heading and before the running text of the core whose text is f, folded; -1 for none. Links are left out:
// paths and lists of other releases say titles, too.
func (r *reader) shows(f string, from, core int32) int32 {
	found := int32(-1)
	for i := r.s.E[from].End; i < int32(len(r.s.E)); i++ {
		e := &r.s.E[i]
		if r.s.before[i] > r.s.before[from]+mastProse || i >= r.s.E[core].End {
			break
		}
		if e.Node.Type != html.ElementNode || e.Skip || e.Link > 0 || e.Kind&markup.Block == 0 && !bold(e.Node) {
			continue
		}
		if e.Text == 0 || int(e.Text) > len(f)+mastLetters || e.End-i > mastNodes {
			continue
		}
		if fold(r.headingText(i)) == f {
			found = i
			i = e.End - 1
		}
	}
	return found
}

// bold reports whether an inline element sets its text apart from what surrounds it, as headings do.
func bold(n *html.Node) bool {
	switch n.Data {
	case "b", "strong", "big", "font":
		return true
	}
	return false
}
