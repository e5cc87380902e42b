package page

import (
	"net/url"
	"path"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// listSign is one piece of evidence that a page with little text of its own is a list of releases, or that it is none.
type listSign struct {
	name   string
	points int
	holds  func(r *reader) bool
}

// listSigns were set by hand: no single one is enough, and what speaks for a release outweighs two of them. Of 8 lists that were looked
// at they know all; of 17 others see docs/extraction.md. No page of the releases that the parser is measured on has listPoints.
var listSigns = []listSign{
	{"the page's own title names a list", 3, func(r *reader) bool { return r.namesList(text.Normalise(r.s.Title)) }},
	{"a heading names a list", 3, func(r *reader) bool { return r.headedAsList() }},
	{"the address names a list", 2, func(r *reader) bool { return listAddress.MatchString(lastName(r.p.URL)) }},
	{"it says what is found on it", 2, func(r *reader) bool { return r.introduces() }},
	{"three headings lead to other pages", 2, func(r *reader) bool { return r.linkedHeadings() >= severalLinked }},
	{"six headings lead to other pages", 1, func(r *reader) bool { return r.linkedHeadings() >= 2*severalLinked }},
	{"items of one make", 2, func(r *reader) bool { return r.mostItems() >= minItems }},
	{"two texts end with the way to the rest", 2, func(r *reader) bool { return r.cutShort() >= severalCut }},
	{"no text at all", 1, func(r *reader) bool { return len(r.p.Pieces) == 0 }},
	{"it says that it is an article", -6, func(r *reader) bool { return r.saysArticle() }},
	{"somebody is quoted", -3, func(r *reader) bool { return r.quotes() }},
	{"its title is a heading that leads nowhere", -4, func(r *reader) bool { return r.ownHeading() }},
}

// looksLikeList weighs the signs of a page that says little.
func (r *reader) looksLikeList(n int) bool {
	if n >= fewForItems || !r.showsItems() {
		return false
	}
	sum := 0
	for i := range listSigns {
		if listSigns[i].holds(r) {
			sum += listSigns[i].points
		}
	}
	return sum >= listPoints
}

// showsItems reports whether the page has something a list must have: several things that lead to other pages, or words about them.
func (r *reader) showsItems() bool {
	return len(r.p.Pieces) == 0 || r.introduces() || r.linkedHeadings() >= severalLinked || r.mostItems() >= severalLinked ||
		r.cutShort() >= severalCut
}

// restEnd ends the beginning of a text whose rest stands on another page.
var restEnd = lazy.MustCompile(`(?i)(?:^|[>»›→]\s*)(?:mehr|weiter|weiterlesen|zum|zur|details)(?: (?:infos?|informationen|dazu|lesen|erfahren|artikel|` +
	`meldung|beitrag|details))?\s*[>»›→.…]*$`)

// cutShort counts the lines of the page, kept or left out, that end so.
func (r *reader) cutShort() (n int) {
	for _, p := range r.p.Pieces {
		if restEnd.MatchString(p.Text) {
			n++
		}
	}
	for _, d := range r.p.dropped {
		if restEnd.MatchString(d.Text) {
			n++
		}
	}
	return n
}

// listAddress are the last names of addresses of lists.
var listAddress = lazy.MustCompile(`(?i)^(?:presse|news|newsroom|aktuell(?:es)?|aktuelle[-_](?:meldungen|mitteilungen|nachrichten)|archiv|meldungen|` +
	`mitteilungen|nachrichten|neuigkeiten|` +
	`presse(?:mitteilungen|meldungen|informationen|archiv|stelle|bereich)|medien(?:mitteilungen|informationen|einladungen)|(?:news|presse|meldungs|` +
	`nachrichten)[-_]?(?:archiv|liste|uebersicht)|` +
	`(?:news|neues|aktuelles|presse)-[a-z-]+|veranstaltungen|termine|bekanntmachungen)$`)

// listIntro begins a sentence that says what is found on a page.
var listIntro = lazy.MustCompile(`(?i)^(?:hier|an dieser stelle|auf dieser seite|auf diesen seiten|nachfolgend|im folgenden|in unserem|unser (?:news|` +
	`presse)) ?(?:finden|erhalten|können|lesen|informieren|` +
	`veröffentlichen|sehen|stellen|haben|archiv|bereich|portal)?\b.{0,80}\b(?:finden|erhalten|meldungen|mitteilungen|nachrichten|neuigkeiten|news|` +
	`informationen|aktivitäten|archiv|` +
	`beiträge|artikel|übersicht|termine|veranstaltungen)\b`)

// lastName is the last name in an address that says something, without its ending.
func lastName(u *url.URL) string {
	p := strings.TrimSuffix(u.Path, "/")
	name := path.Base(p)
	if low := strings.ToLower(name); strings.HasPrefix(low, "index.") || strings.HasPrefix(low, "default.") {
		name = path.Base(path.Dir(p))
	}
	name, _, _ = strings.Cut(name, ".")
	return name
}

// namesList reports whether a title, or the first part of one, names a list.
func (r *reader) namesList(t string) bool {
	if listingTitle.MatchString(t) || listingTitle.MatchString(r.withoutSite(t)) {
		return true
	}
	first := t
	if ps := cuts(t); len(ps) > 1 {
		first = strings.TrimSpace(t[ps[0].from:ps[0].to])
	}
	return listingTitle.MatchString(first)
}

// headedAsList reports whether a heading that is shown before the text, or the title, names a list.
func (r *reader) headedAsList() bool {
	if listingTitle.MatchString(r.p.Title) {
		return true
	}
	for _, i := range r.s.H1 {
		if !r.s.E[i].Skip && listingTitle.MatchString(r.headingText(i)) {
			return true
		}
	}
	return false
}

func (r *reader) introduces() bool {
	for k := 0; k < len(r.p.Pieces) && k < introBlocks; k++ {
		if listIntro.MatchString(r.p.Pieces[k].Text) {
			return true
		}
	}
	return false
}

// linkedHeadings counts the headings of the page's middle that lead to other pages.
func (r *reader) linkedHeadings() (n int) {
	for i := r.s.Body; i < int32(len(r.s.E)); i++ {
		switch a := r.s.Atom(i); {
		case a == atom.Nav || a == atom.Footer || a == atom.Header && i < r.root || a == atom.Aside:
			i = r.s.E[i].End - 1
		case r.s.is(i, markup.Heading) && r.s.leadsElsewhere(i):
			n++
		}
	}
	return n
}

// mostItems is the number of items of the longest list of the page's middle.
func (r *reader) mostItems() int {
	n, _ := r.longestList()
	return n
}

// saysArticle reports whether the head of the page says that it is an article, or its JSON-LD does by the title it is known by. Teasers
// have such marks, too.
func (r *reader) saysArticle() bool {
	if strings.Contains(r.s.MetaFirst("og:type"), "article") {
		return true
	}
	for _, i := range r.s.Metas {
		if strings.EqualFold(r.s.Attr(i, "property"), "article:published_time") && i < r.s.Body {
			return true
		}
	}
	a := r.p.article()
	if a == nil || r.manyArticles() {
		return false
	}
	f := fold(str(a["headline"]))
	return f == "" || f == fold(r.p.Title) || strings.HasPrefix(fold(r.s.Title), f)
}

func (r *reader) quotes() bool {
	for _, p := range r.p.Pieces {
		if strings.ContainsAny(p.Text, "„»«") && sentence(p.Text) {
			return true
		}
	}
	return false
}

// ownHeading reports whether the title is a heading that leads to no other page and names no list, as that of a release is.
func (r *reader) ownHeading() bool {
	return r.head >= 0 && r.s.is(r.head, markup.Heading) && !r.s.leadsElsewhere(r.head) && !listingTitle.MatchString(r.p.Title)
}
