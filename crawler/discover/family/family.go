package family

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
)

// Family is how one family of systems builds its press pages. Everything in it is optional.
type Family struct {
	ID                            string
	Generator, Asset              []string // parts of <meta name="generator"> and of the page's source, in lower case
	Item, Link, Title, Date, Next []Selector
	Feed                          []string // references to the feed of a list, relative to the list
	Path                          []string // where press pages usually are
	Skip                          []string // parts of addresses that are no releases
	Entrance                      string   // query that leads past an entrance page

	marks []Selector
}

// Selector is a CSS selector, compiled when it is first asked for.
type Selector struct {
	CSS     string
	matcher func() goquery.Matcher
}

// Matcher is the selector, ready to be used.
func (s Selector) Matcher() goquery.Matcher { return s.matcher() }

// Generic is the id of the family of everything that is none of the others.
const Generic = "generic"

//go:embed families.txt
var table string

// all is families.txt. A line that is none panics: it is a defect of the table, which the tests would find first.
var all = sync.OnceValue(func() (list []Family) {
	for line := range strings.Lines(table) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if key == "" || key[0] == '#' && line[0] == '#' {
			continue
		}
		if line[0] != ' ' {
			list = append(list, Family{ID: key})
			continue
		}
		if err := list[len(list)-1].set(key, strings.TrimSpace(value)); err != nil {
			panic("families.txt: " + err.Error())
		}
	}
	return list
})

// set lays one line of the table over the family.
func (f *Family) set(key, value string) error {
	texts := map[string]*[]string{"generator": &f.Generator, "asset": &f.Asset, "feed": &f.Feed, "path": &f.Path, "skip": &f.Skip}
	selectors := map[string]*[]Selector{"mark": &f.marks, "item": &f.Item, "link": &f.Link, "title": &f.Title, "date": &f.Date, "next": &f.Next}
	switch into, list := selectors[key], texts[key]; {
	case into != nil:
		*into = append(*into, Selector{value, sync.OnceValue(func() goquery.Matcher { return cascadia.MustCompile(value) })})
	case key == "asset":
		*list = append(*list, strings.ToLower(value))
	case list != nil:
		*list = append(*list, value)
	case key == "entrance":
		f.Entrance = value
	default:
		return fmt.Errorf("%s: there is no %s", f.ID, key)
	}
	return nil
}

// All are the families, in the order in which they are recognised.
func All() []Family { return all() }

// Named is the family of that id; nil when there is none.
func Named(id string) *Family {
	list := all()
	for i := range list {
		if list[i].ID == id {
			return &list[i]
		}
	}
	return nil
}

// Recognise finds the family of a page and says by what; the generic one when the page shows none. The name of the generator goes
// before marks, and marks before what the source mentions: a page of any family may link to a page of another.
func Recognise(doc *goquery.Selection, source []byte) (f *Family, by string) {
	gen := ""
	doc.Find("meta[name=generator], meta[name=Generator], meta[name=GENERATOR]").Each(func(_ int, m *goquery.Selection) {
		gen += strings.ToLower(m.AttrOr("content", "")) + " "
	})
	list := all()
	for i := range list {
		if g := within(gen, list[i].Generator); g != "" {
			return &list[i], "generator " + strings.TrimSpace(gen)
		}
	}
	for i := range list {
		for _, m := range list[i].marks {
			if doc.FindMatcher(m.Matcher()).Length() > 0 {
				return &list[i], "markup " + m.CSS
			}
		}
	}
	text := strings.ToLower(string(source))
	for i := range list {
		if a := within(text, list[i].Asset); a != "" {
			return &list[i], "address with " + a
		}
	}
	return Named(Generic), "no mark of a known system"
}

// within is the first part that stands in text, "" when none does.
func within(text string, parts []string) string {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return p
		}
	}
	return ""
}

// Pick is the first of several selectors that finds something; ok is false when none does.
func Pick(in *goquery.Selection, list []Selector) (s Selector, ok bool) {
	for _, one := range list {
		if in.FindMatcher(one.Matcher()).Length() > 0 {
			return one, true
		}
	}
	return Selector{}, false
}
