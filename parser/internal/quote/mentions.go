package quote

import (
	"sort"

	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// mentions finds people by place.
type mentions struct {
	spans  []text.Span
	full   []text.Span // with the role and title words before the name
	words  []int       // 1 for a surname alone
	person []int
	people []person.Person
}

func newMentions(people []person.Person) mentions {
	m := mentions{people: people}
	for i, p := range people {
		for _, x := range p.Mentions {
			m.spans = append(m.spans, x.Span)
			m.full = append(m.full, x.Full)
			n := 2
			if x.Surname {
				n = 1
			}
			m.words = append(m.words, n)
			m.person = append(m.person, i)
		}
	}
	sort.Sort(byStart(m))
	return m
}

type byStart mentions

func (m byStart) Len() int { return len(m.spans) }

func (m byStart) Less(i, j int) bool { return m.spans[i].Start < m.spans[j].Start }

func (m byStart) Swap(i, j int) {
	m.spans[i], m.spans[j] = m.spans[j], m.spans[i]
	m.full[i], m.full[j] = m.full[j], m.full[i]
	m.words[i], m.words[j] = m.words[j], m.words[i]
	m.person[i], m.person[j] = m.person[j], m.person[i]
}

// in is the first mention that overlaps s: its index in spans, -1 for none.
func (m mentions) in(s text.Span) int {
	i := sort.Search(len(m.spans), func(i int) bool { return m.spans[i].End > s.Start })
	if i < len(m.spans) && m.spans[i].Overlaps(s) {
		return i
	}
	return -1
}

// whole is the next mention whose full phrase begins with s: "der Leiter" of "der Leiter des Amtes, Jan Behr". -1 for none.
func (m mentions) whole(s text.Span) int {
	i := sort.Search(len(m.spans), func(i int) bool { return m.spans[i].End > s.Start })
	if i < len(m.full) && m.full[i].Len() > 0 && m.full[i].Contains(s) && m.full[i].Start == s.Start {
		return i
	}
	return -1
}

// starts reports whether a mention begins with s: "Von der Leyen".
func (m mentions) starts(s text.Span) bool {
	j := m.in(s)
	return j >= 0 && m.spans[j].Start == s.Start
}
