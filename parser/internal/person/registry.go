package person

import (
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// registry collects the people of a text and its captions: one entry for a human being.
type registry struct {
	all      []*entry
	byFamily map[string][]*entry // lower-case family name without particles -> people in order of their first mention
	byGiven  map[string]*entry   // people known by a given name alone
	words    func(string) bool   // whether the text that is read has the word
	byFirst  map[string]*entry   // first or whole given name -> the latest person with a family name who has it
}

type entry struct {
	Person
	key   string // family name as in byFamily
	order int
}

func newRegistry() *registry {
	return &registry{byFamily: map[string][]*entry{}, byGiven: map[string]*entry{}, byFirst: map[string]*entry{}}
}

// attributes is what the words around a name tell about the person.
type attributes struct {
	roles  []string
	org    string
	gender string
	full   text.Span
	heads  []int // role tokens that were used
}

// add files a mention under the person it belongs to.
func (g *registry) add(r *reader, n name, a attributes) {
	given, family := r.join(n.first, n.family), r.join(n.family, n.last)
	if n.family == n.last {
		given = r.join(n.first, n.last)
	}
	if n.reversed {
		given, family = r.join(n.last-1, n.last), r.join(n.first, n.last-2)
	}
	if n.genitive {
		if family != "" {
			family = german.DropGenitive(family)
		} else {
			given = german.DropGenitive(given)
		}
	}
	given, family = g.unbroken(given), g.unbroken(family)
	e := g.find(given, family, n.gender)
	if e == nil {
		e = &entry{Person: Person{Given: given, Family: family}, key: familyKey(family), order: len(g.all)}
		g.all = append(g.all, e)
		if family != "" {
			g.file(e)
		} else {
			g.byGiven[given] = e
		}
	} else {
		e.spell(given, family)
	}
	e.merge(n, a)
	if !r.silent {
		span := text.Span{Start: r.toks[n.first].Start, End: r.toks[n.last-1].End}
		e.Mentions = append(e.Mentions, Mention{Span: span, Full: a.full, Surname: n.surname, Rule: n.rule})
	}
}

// unbroken takes the hyphen of a line that no longer breaks out of a name, Hart-mann, where the text has it without.
func (g *registry) unbroken(name string) string {
	i := strings.LastIndexByte(name, '-')
	if i < 0 || i+1 == len(name) || capital(name[i+1:]) {
		return name
	}
	whole := name[:i] + name[i+1:]
	last := whole[strings.LastIndexByte(whole, ' ')+1:]
	if g.words != nil && g.words(last) {
		return whole
	}
	return name
}

// latest are the last n of the people.
func latest(all []*entry, n int) []*entry { return all[max(0, len(all)-n):] }

// spell takes the spelling of a mention over that tells more: more given names, small letters for a name in capitals.
func (e *entry) spell(given, family string) {
	if family != "" && e.Family != family && acronym(e.Family) && strings.EqualFold(e.Family, family) {
		e.Family = family
		if s, shouted := spoken(e.Given); shouted { // given names are known, so that their capitals tell nothing
			e.Given = s
		}
	}
	if longer(given, e.Given) {
		e.Given = given
	}
}

// file indexes a person who has a family name.
func (g *registry) file(e *entry) {
	g.byFamily[e.key] = append(g.byFamily[e.key], e)
	if e.Given != "" {
		first, _, _ := strings.Cut(e.Given, " ")
		g.byFirst[e.Given], g.byFirst[first] = e, e
	}
}

// find is the person known by the name, nil for a new one. Two people of one surname are told apart by given name, then by gender.
func (g *registry) find(given, family, gender string) *entry {
	if family == "" {
		if e := g.byGiven[given]; e != nil {
			return e
		}
		return g.byFirst[given] // Anna for Anna Meier
	}
	list := g.byFamily[familyKey(family)]
	for i := len(list) - 1; i >= max(0, len(list)-maxNamesakes); i-- {
		if sameGiven(list[i].Given, given) && (gender == "" || list[i].Gender == "" || gender == list[i].Gender) {
			return list[i]
		}
	}
	return nil
}

func (e *entry) merge(n name, a attributes) {
	for _, ro := range a.roles {
		if len(e.Roles) < maxRoles && !slices.Contains(e.Roles, ro) {
			e.Roles = append(e.Roles, ro)
		}
	}
	if e.Organisation == "" {
		e.Organisation = a.org
	}
	if e.Gender == "" {
		e.Gender = n.gender
	}
	if e.Gender == "" {
		e.Gender = a.gender
	}
	if len(n.title) > len(e.Title) {
		e.Title = n.title
	}
}

// people gives the entries in order of first mention, then those of captions.
func (g *registry) people() []Person {
	sortEntries(g.all)
	out := make([]Person, len(g.all))
	for i, e := range g.all {
		slices.SortStableFunc(e.Mentions, func(a, b Mention) int { return a.Start - b.Start })
		e.Name = strings.TrimSpace(e.Given + " " + e.Family)
		out[i] = e.Person
	}
	return out
}

// mergeForms joins "Walter Binghams" with Walter Bingham, and "Petra Slamka" with Petra Slamka Meinert, when both forms are there.
func (g *registry) mergeForms() {
	longer := map[string]*entry{} // "Petra Slamka" -> the entry whose family name goes on
	for _, e := range g.all {
		if first, _, ok := strings.Cut(e.Family, " "); ok && e.Given != "" {
			longer[e.Given+" "+first] = e
		}
	}
	keep := g.all[:0]
	gone, keys := map[*entry]bool{}, map[string]bool{}
	for _, e := range g.all {
		into := longer[e.Given+" "+e.Family]
		if into == nil {
			into = g.nominative(e, gone)
		}
		if into == nil || into == e {
			keep = append(keep, e)
			continue
		}
		into.absorb(e)
		gone[e], keys[e.key] = true, true
		first, _, _ := strings.Cut(e.Given, " ")
		g.byFirst[e.Given], g.byFirst[first] = into, into
	}
	for k := range keys {
		g.byFamily[k] = slices.DeleteFunc(g.byFamily[k], func(o *entry) bool { return gone[o] })
	}
	clear(g.all[len(keep):])
	g.all = keep
}

// nominative is the person whose name e's is the genitive of, nil for none.
func (g *registry) nominative(e *entry, gone map[*entry]bool) *entry {
	base, ok := strings.CutSuffix(e.Family, "s")
	if !ok || e.Given == "" {
		return nil
	}
	var into *entry
	for _, o := range latest(g.byFamily[familyKey(base)], maxNamesakes) {
		if !gone[o] && (o.Given == "" || sameGiven(o.Given, e.Given)) {
			into = o
		}
	}
	return into
}

// absorb takes everything over that is known of o.
func (e *entry) absorb(o *entry) {
	e.merge(name{gender: o.Gender, title: o.Title}, attributes{roles: o.Roles, org: o.Organisation})
	e.Mentions = append(e.Mentions, o.Mentions...)
	if longer(o.Given, e.Given) {
		e.Given = o.Given
	}
}

// sortEntries orders people by their first mention; those without one keep their order behind the others.
func sortEntries(all []*entry) {
	first := func(e *entry) int {
		at := 1 << 62
		for _, m := range e.Mentions {
			at = min(at, m.Start)
		}
		return at
	}
	slices.SortStableFunc(all, func(a, b *entry) int { return compare(first(a), first(b), a.order, b.order) })
}

// sortMentions orders mentions by place.
func sortMentions(m []mentioned) {
	slices.SortStableFunc(m, func(a, b mentioned) int { return a.first - b.first })
}

// within gives the mentions of the sorted seq that start in tokens [from, to).
func within(seq []mentioned, from, to int) []mentioned {
	cmp := func(m mentioned, t int) int { return m.first - t }
	i, _ := slices.BinarySearchFunc(seq, from, cmp)
	j, _ := slices.BinarySearchFunc(seq, to, cmp)
	return seq[i:max(i, j)]
}

func compare(a, b, x, y int) int {
	if a != b {
		if a < b {
			return -1
		}
		return 1
	}
	return x - y
}

// sameGiven reports whether two given names can be one person's: equal, one missing, one a part or the initial of the other.
func sameGiven(a, b string) bool {
	if a == "" || b == "" || strings.EqualFold(a, b) {
		return true
	}
	x, _, _ := strings.Cut(a, " ")
	y, _, _ := strings.Cut(b, " ")
	if x == y {
		return true
	}
	if s, ok := strings.CutSuffix(x, "."); ok {
		return strings.HasPrefix(y, s)
	}
	if s, ok := strings.CutSuffix(y, "."); ok {
		return strings.HasPrefix(x, s)
	}
	return false
}

// longer reports whether given name a tells more than b.
func longer(a, b string) bool {
	return len(a) > len(b) || strings.HasSuffix(b, ".") && a != "" && !strings.HasSuffix(a, ".") && len(a) >= len(b)
}

// familyKey is the family name as it is looked up: without particles, in lower case.
func familyKey(family string) string {
	if i := strings.LastIndexByte(family, ' '); i >= 0 {
		family = family[i+1:]
	}
	return strings.ToLower(family)
}

// join is the text of tokens [i, j).
func (r *reader) join(i, j int) string {
	if i >= j {
		return ""
	}
	return r.d.Text[r.toks[i].Start:r.toks[j-1].End]
}
