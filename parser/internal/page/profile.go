package page

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Profile tells how the pages of one family of content management systems are built. Everything in it is optional: a field whose
// selectors find nothing is read the generic way. The table is profiles.txt.
type Profile struct {
	ID        string
	Generator []string // any of them in <meta name="generator">, lower case
	Marks     []string // or any of these on the page: "#id", ".class", or several that must all be there: ".a.b"

	Title  []string // selectors; the first that finds a text wins
	Kicker []string
	Lead   []string
	Body   []string // what holds the text; all that the first matching selector finds belongs to it
	Drop   []string // what never belongs to it
}

// field is one list of selectors of a profile, compiled.
type field struct {
	sel   cascadia.Sel
	needs []string // class and id tokens the page must have for sel to match: spares most of the matching
}

type compiled struct {
	*Profile
	marks                           [][]string // each mark as its tokens
	title, kicker, lead, body, drop []field
}

//go:embed profiles.txt
var profileList string

// profiles is profiles.txt. A line that is none panics: it is a defect of the table, which the tests would find first.
var profiles = sync.OnceValue(func() (list []Profile) {
	for line := range strings.Lines(profileList) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if key == "" || key[0] == '#' {
			continue
		}
		if line[0] != ' ' {
			list = append(list, Profile{ID: key})
			continue
		}
		lines := list[len(list)-1].entries(key)
		*lines = append(*lines, strings.TrimSpace(value))
	}
	return list
})

// entries are the lines of a profile that begin with key.
func (p *Profile) entries(key string) *[]string {
	switch key {
	case "generator":
		return &p.Generator
	case "mark":
		return &p.Marks
	case "title":
		return &p.Title
	case "kicker":
		return &p.Kicker
	case "lead":
		return &p.Lead
	case "body":
		return &p.Body
	case "drop":
		return &p.Drop
	}
	panic("profiles.txt: " + p.ID + ": there is no " + key)
}

// families compiles the table. An invalid selector panics, too.
var families = sync.OnceValue(func() []compiled {
	list := profiles()
	out := make([]compiled, len(list))
	for i := range list {
		p := &list[i]
		out[i] = compiled{
			Profile: p, title: compile(p.Title), kicker: compile(p.Kicker), lead: compile(p.Lead), body: compile(p.Body), drop: compile(p.Drop),
		}
		for _, m := range p.Marks {
			out[i].marks = append(out[i].marks, nameToken.FindAllString(m, -1))
		}
	}
	return out
})

var nameToken = lazy.MustCompile(`[.#][A-Za-z_][\w-]*`)

func compile(selectors []string) []field {
	out := make([]field, len(selectors))
	for i, s := range selectors {
		sel, err := cascadia.Parse(s)
		if err != nil {
			panic("profiles.txt: " + s + ": " + err.Error())
		}
		bare, _, _ := strings.Cut(s, ":not(")
		out[i] = field{sel, nameToken.FindAllString(bare, -1)}
	}
	return out
}

// Profiles are the ids of the families, as a source may name them.
func Profiles() []string {
	var ids []string
	for _, p := range profiles() {
		ids = append(ids, p.ID)
	}
	return ids
}

// recognise finds the family of the page, nil for none: the one that is named, else the one that the page shows. The order of the
// table decides between several.
func (s *scan) recognise(named string) *compiled {
	gen := strings.ToLower(strings.Join(s.Meta["generator"], " "))
	fs := families()
	for i := range fs {
		if fs[i].ID == named {
			return &fs[i]
		}
	}
	for i := range fs {
		for _, g := range fs[i].Generator {
			if strings.Contains(gen, g) {
				return &fs[i]
			}
		}
		for _, m := range fs[i].marks {
			if s.Has(m...) {
				return &fs[i]
			}
		}
	}
	return nil
}

// find gives the entries that the first matching selector of fs finds within [from, to), outermost only, shown ones only unless
// hidden is set, and the selector.
func (s *scan) find(fs []field, from, to int32, hidden bool) (found []int32, by string) {
	for _, f := range fs {
		if !s.Has(f.needs...) {
			continue
		}
		for i := from; i < to; i++ {
			e := &s.E[i]
			if e.Node.Type != html.ElementNode || e.Skip && !hidden || !f.sel.Match(e.Node) {
				continue
			}
			found = append(found, i)
			i = e.End - 1
		}
		if len(found) > 0 {
			return found, f.sel.String()
		}
	}
	return nil, ""
}

// dropAll hides what the profile says is never part of a release.
func (s *scan) dropAll(fs []field) {
	for _, f := range fs {
		if !s.Has(f.needs...) {
			continue
		}
		for i := range s.E {
			if e := &s.E[i]; e.Node.Type == html.ElementNode && !e.Skip && int32(i) > s.Body && f.sel.Match(e.Node) {
				s.hide(int32(i), byProfile)
			}
		}
	}
}
