package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// title decides the title: the heading found, else what the page calls itself without the name of the site.
func (r *reader) title() {
	if r.head >= 0 {
		r.p.Title, r.p.Why["title"] = r.headingText(r.head), "heading: "+r.s.describe(r.head)
		r.agree(r.head)
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
		if t := unescape(r.s.MetaFirst(k)); t != "" {
			r.p.Title, r.p.Why["title"] = r.withoutSite(t), "meta: "+k
			return
		}
	}
	if t := unescape(r.s.Title); t != "" {
		r.p.Title, r.p.Why["title"] = r.withoutSite(t), "title element"
	}
}

// outvote replaces a heading by the headline of the page's structured data if all other titles agree against the heading, if it is the
// last entry of a ticker, or if it stands in the navigation, where it is written for search engines, and no structured data know it.
func (r *reader) outvote() {
	if listingTitle.MatchString(r.p.Title) { // the department's name, and nothing else on the page is set as a heading
		for _, w := range r.witnesses() {
			if w = r.withoutSite(w); len(w) > minWitness && !listingTitle.MatchString(w) && !r.siteName(w) {
				r.p.Title, r.p.Why["title"] = w, "the page's other titles, against the heading: "+r.p.Title
				return
			}
		}
	}
	headline, known := r.headlines()
	f := fold(headline)
	if len(f) < minWitness || f == fold(r.p.Title) || known {
		return
	}
	element := fold(r.withoutSite(unescape(r.s.Title))) == f
	others := element && fold(r.withoutSite(unescape(r.s.MetaFirst("og:title")))) == f
	ticker := element && strings.Contains(r.p.Title, "+++") // changes with every entry
	if others || ticker || r.s.E[r.head].Skip {
		r.p.Title, r.p.Why["title"] = headline, "jsonld: headline"
	}
}

// headlines is the first headline of the structured data, and whether one of them says what the heading says.
func (r *reader) headlines() (first string, known bool) {
	mine := fold(r.p.Title)
	for _, o := range r.p.LD {
		if !isArticle(o) {
			continue
		}
		if h := unescape(str(o["headline"])); h != "" {
			if first == "" {
				first = r.withoutSite(h)
			}
			known = known || fold(h) == mine
		}
	}
	return first, known
}

// agree lets the page's other titles decide what of the heading is the title: a heading may hold the kicker too, or the kicker before
// it may belong to the title. The spelling of the other title is taken where both say the same, since markup has no colon.
func (r *reader) agree(h int32) {
	parts := r.s.Texts(h, markup.Unseen)
	full := fold(strings.Join(parts, ""))
	kicker := ""
	if r.kickerAt >= 0 {
		kicker = fold(r.s.Read(r.kickerAt, markup.Visible))
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

// describe names an element the way a selector would.
func (s *scan) describe(i int32) string {
	if i < 0 {
		return ""
	}
	d := s.E[i].Node.Data
	if id := s.Attr(i, "id"); id != "" {
		d += "#" + id
	}
	for k, c := range strings.Fields(s.Attr(i, "class")) {
		if k == 3 {
			break
		}
		d += "." + c
	}
	return d
}
