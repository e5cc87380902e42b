package probe

import (
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/internal/german/calendar"
)

// selectorFor is the shortest selector that finds these elements and next to nothing else on the page; "" when there is none.
func selectorFor(doc *goquery.Selection, nodes []*html.Node) string {
	best, most := "", 0
	for _, css := range names(nodes[0]) {
		found := find(doc, css)
		hit := 0
		for _, f := range found {
			if slices.Contains(nodes, f) {
				hit++
			}
		}
		if hit == len(nodes) && len(found) == hit {
			return css
		}
		if better := 2*hit - len(found); hit == len(nodes) && better > most { // a few more that are none: accept keeps them out
			best, most = css, better
		}
	}
	return best
}

// names are ways to name an element: by itself, by its parent, by the nearest element above that has a lasting id or a class.
func names(n *html.Node) []string {
	own, parent := shortNames(n), shortNames(n.Parent)
	tries := slices.Clone(own)
	for _, up := range parent {
		tries = append(tries, up+" > "+own[0])
	}
	for p := n.Parent; p != nil && p.Type == html.ElementNode; p = p.Parent {
		if id := attr(p, "id"); lastingID().MatchString(id) {
			for _, o := range own {
				tries = append(tries, "#"+id+" "+o)
			}
			return append(tries, "#"+id+" "+last(parent)+" > "+own[0], chain(n))
		}
		for _, up := range shortNames(p) {
			if p != n.Parent && strings.Contains(up, ".") || up == "main" {
				tries = append(tries, up+" "+own[0], up+" "+last(parent)+" > "+own[0])
			}
		}
	}
	return append(tries, chain(n))
}

// chain is the way to an element from the nearest one above that has a lasting id, or from the body, tag by tag.
func chain(n *html.Node) string {
	css := shortNames(n)[0]
	for p := n.Parent; p != nil && p.Type == html.ElementNode && p.Data != "html"; p = p.Parent {
		if id := attr(p, "id"); lastingID().MatchString(id) {
			return "#" + id + " > " + css
		}
		css = p.Data + " > " + css
	}
	return css
}

var lastingID = late(`^[A-Za-z][A-Za-z_-]*$`)

// shortNames are ways to name one element, from the most telling to the plainest.
func shortNames(n *html.Node) []string {
	if n == nil || n.Type != html.ElementNode {
		return []string{"*"}
	}
	var out []string
	for _, c := range classes(n) {
		out = append(out, n.Data+"."+c)
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	if all := classes(n); len(all) > 1 {
		out = append(out, n.Data+"."+strings.Join(all, "."))
	}
	return append(out, n.Data)
}

func last(s []string) string { return s[len(s)-1] }

// find is what a selector finds; nothing when it is none.
func find(doc *goquery.Selection, css string) []*html.Node {
	m, err := cascadia.Compile(css)
	if err != nil {
		return nil
	}
	return doc.FindMatcher(m).Nodes
}

// within finds the selectors inside the entries, each only where what is read without one would be another thing.
func (g *group) within() {
	if g.share(func(e *entry) bool { return e.link == firstLink(e.node) }) < 1 {
		g.parts.link = g.common(func(e *entry) *html.Node { return e.link }, g.byAddress()...)
		if g.parts.link == "" { // the entries' first links lead elsewhere: better every link that is accepted
			g.item = ""
			return
		}
	}
	if g.share(func(e *entry) bool { return e.said != nil }) >= datedShare {
		g.parts.title = g.common(func(e *entry) *html.Node { return e.said })
	}
	exact, timed := g.share(func(e *entry) bool { return e.by != nil }), g.share(func(e *entry) bool { return e.by != nil && e.by.Data == "time" })
	if exact >= datedShare && timed < datedShare {
		g.parts.date = g.common(func(e *entry) *html.Node {
			if e.by == nil || e.by == e.node || !isDate(e.by) {
				return nil
			}
			return e.by
		})
	}
}

func isDate(n *html.Node) bool {
	_, ok := calendar.Find(goquery.NewDocumentFromNode(n).Text(), time.UTC)
	return ok
}

// byAddress names links by the folder that their addresses have in common, and by their place.
func (g *group) byAddress() []string {
	prefix := attr(g.entries[0].link, "href")
	for _, e := range g.entries {
		for href := attr(e.link, "href"); !strings.HasPrefix(href, prefix); {
			prefix = prefix[:len(prefix)-1]
		}
	}
	prefix = prefix[:strings.LastIndexByte(prefix, '/')+1]
	tries := []string{"a:nth-of-type(2)", "a:last-of-type"}
	if len(prefix) > 1 && !strings.ContainsAny(prefix, "\"\\") {
		tries = append([]string{`a[href^="` + prefix + `"]`}, tries...)
	}
	return tries
}

// common names the element that is named in nearly all entries; "" when no name finds it as the first in each of them.
func (g *group) common(of func(*entry) *html.Node, tries ...string) string {
	var named []string
	for i := range g.entries {
		if n := of(&g.entries[i]); n != nil {
			own := shortNames(n)
			named = append(named, own...)
			for _, up := range shortNames(n.Parent) {
				if n.Parent != g.entries[i].node {
					named = append(named, up+" "+last(own))
				}
			}
			break
		}
	}
	for _, css := range append(named, tries...) {
		right, asked := 0, 0
		for i := range g.entries {
			want := of(&g.entries[i])
			if want == nil {
				continue
			}
			asked++
			if found := find(goquery.NewDocumentFromNode(g.entries[i].node).Selection, css); len(found) > 0 && found[0] == want {
				right++
			}
		}
		if asked > 0 && right*10 >= asked*9 {
			return css
		}
	}
	return ""
}

func firstLink(n *html.Node) *html.Node {
	if n.Data == "a" {
		return n
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "a" && attr(d, "href") != "" {
			return d
		}
	}
	return nil
}
