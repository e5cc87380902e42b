package pubdate

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/internal/german/calendar"
	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// kinds of <meta>.
const (
	certainMeta  = "certain"
	otherMeta    = "other"
	modifiedMeta = "modified"
)

//go:embed metas.txt
var metaNames string

// metaRank is the kind of each name, and its place among the names of the kind.
var metaRank = sync.OnceValue(func() map[string]rank {
	ranks := map[string]rank{}
	for _, r := range calendar.Rows(metaNames) {
		for n, w := range r.Words {
			ranks[w] = rank{r.Key, n}
		}
	}
	return ranks
})

type rank struct {
	kind  string
	place int
}

// metas are the dates of the page's <meta> by kind, those of the names first that stand first in the list.
func metas(p *page.Page) map[string][]stated {
	type entry struct {
		rank
		name string
	}
	var found []entry
	for name := range p.Meta {
		if r, ok := metaRank()[bare(name)]; ok {
			found = append(found, entry{r, name})
		}
	}
	slices.SortFunc(found, func(a, b entry) int { return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.name, b.name)) })
	out := map[string][]stated{}
	for _, e := range found {
		for _, v := range p.Meta[e.name] {
			if s := stamped(v, "meta:"+e.name); s != nil {
				out[e.kind] = append(out[e.kind], s...)
				break
			}
		}
	}
	return out
}

// bare is a name without signs.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if r == ':' || r == '.' || r == '_' || r == '-' || r == ' ' {
			return -1
		}
		return r
	}, name)
}

// titled is a date at the end of the page's <title> or at the head of its description, set off from the words: "Title | 12.03.2024",
// "Pressemitteilung vom 12.03.2024".
func titled(p *page.Page) []stated {
	t := text.Normalise(clip(headTitle(p.Tree), 1000))
	if f := find(t, 3); len(f) > 0 {
		if first := f[0]; first.start == 0 && setOff(t[first.end:]) {
			return []stated{{first.moment, "title"}}
		}
		x := f[len(f)-1]
		if endsTitle(t, x) {
			return []stated{{x.moment, "title"}}
		}
	}
	for _, v := range p.Meta["description"] {
		v = text.Normalise(clip(v, 300))
		for _, x := range find(v, 1) {
			if x.start == 0 && opens("", v[x.end:]) || release.MatchString(v[:x.start]) {
				return []stated{{x.moment, "meta:description"}}
			}
		}
	}
	return nil
}

// endsTitle reports whether a date stands at the end of a title, set off from the words before it, and is not the last of several days.
func endsTitle(t string, x found) bool {
	mark, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(t[:x.start]))
	return strings.ContainsRune("|-:–(/,", mark) && len(t)-x.end < maxTitleRest && !rangeBefore.MatchString(t[:x.start])
}

// setOff reports whether what follows a date at the head of a title is set off from it.
func setOff(after string) bool {
	after = strings.TrimLeft(after, " ")
	return after != "" && (strings.ContainsRune("|:/", rune(after[0])) || strings.HasPrefix(after, "- ") || strings.HasPrefix(after, "–"))
}

// itemprops are the dates of microdata in and around the release.
func itemprops(a around) (published []stated) {
	for _, l := range a.lines {
		if !l.prop || l.aside && len(published) > 0 {
			continue
		}
		if s := stamped(l.time, "itemprop:datePublished"); s != nil {
			published = append(published, s...)
		} else if f := find(l.text, 1); len(f) == 1 {
			published = append(published, stated{f[0].moment, "itemprop:datePublished"})
		}
	}
	return published
}

// hatom reads the dates of class published or updated that older themes put into the title of an element, as the hAtom microformat has it:
// <abbr class="published" title="2013-04-04T18:52:11+00:00">.
func hatom(p *page.Page, class string) []stated {
	if !p.Tree.Has("." + class) {
		return nil
	}
	for i := range p.Tree.E {
		n := p.Tree.E[i].Node
		if n.Type != html.ElementNode || !slices.Contains(strings.Fields(markup.Attr(n, "class")), class) {
			continue
		}
		if s := stamped(markup.Attr(n, "title"), "hatom:"+class); s != nil {
			return s
		}
	}
	return nil
}

// headTitle is the text of the first <title> in the head.
func headTitle(t *markup.Tree) string {
	for i := t.HeadAt; i < t.E[t.HeadAt].End; i++ {
		if t.Atom(i) == atom.Title {
			return t.Read(i, markup.All)
		}
	}
	return ""
}
