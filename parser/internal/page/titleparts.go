package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// titleMarks are what templates and editors set between the parts of a title. Those that only templates set are strong: what stands
// behind the last of them is the site even if nothing else says so.
var titleMarks = []struct {
	mark   string
	strong bool
}{
	{" | ", true},
	{" :: ", true},
	{" · ", true},
	{" • ", true},
	{" » ", true},
	{" « ", true},
	{" › ", true},
	{" > ", true},
	{" ~ ", true},
	{" / ", false},
	{" - ", false},
	{" – ", false},
	{" — ", false},
	{" : ", false},
	{": ", false},
	{" \u01c0 ", true},
}

// cut is a part of a title: t[from:to], and the mark in front of it.
type cut struct {
	from, to int
	strong   bool
}

// cuts are the parts of a title between its marks; at most maxCuts, the last holds the rest.
func cuts(t string) []cut {
	out := []cut{{0, len(t), false}}
	for i := 0; i < len(t) && len(out) < maxCuts; {
		width, strong := markAt(t, i)
		if width == 0 {
			i++
			continue
		}
		out[len(out)-1].to = i
		i += width
		out = append(out, cut{i, len(t), strong})
	}
	return out
}

// markAt is the width of the mark that begins at t[i], 0 for none.
func markAt(t string, i int) (width int, strong bool) {
	if c := t[i]; c != ' ' && c != ':' {
		return 0, false
	}
	for _, m := range titleMarks {
		if strings.HasPrefix(t[i:], m.mark) && i > 0 && i+len(m.mark) < len(t) {
			return len(m.mark), m.strong
		}
	}
	return 0, false
}

// withoutSite cuts the names of the site and of its parts off both ends of a title: "Meldung | Kreis", "Kreis: Meldung". What stands
// between them stays as it is, with the marks in it. When nothing is known to be the site, it is what a strong mark sets apart at the end.
func (r *reader) withoutSite(t string) string {
	ps := cuts(t)
	if len(ps) == 1 {
		return t
	}
	first, last, known := 0, len(ps)-1, false
	for last > first && r.foreign(t[ps[last].from:ps[last].to]) {
		last, known = last-1, true
	}
	for last > first && r.opensSite(t, ps[first]) {
		first, known = first+1, true
	}
	if !known && ps[last].strong {
		last--
	}
	return text.Normalise(t[ps[first].from:ps[last].to])
}

// opensSite reports whether a part at the beginning of a title names the site. Before a colon an authority's name may as well be what
// the title speaks of ("Jobcenter Altdorf: …"): there the site must be known by it.
func (r *reader) opensSite(t string, p cut) bool {
	name := t[p.from:p.to]
	if t[p.to] == ':' {
		return r.siteName(name) || section(name)
	}
	return r.foreign(name)
}

// withoutSignature cuts the site's name off the end of a heading.
func (r *reader) withoutSignature(t string) string {
	ps := cuts(t)
	last := len(ps) - 1
	if last == 0 || t[ps[last-1].to] == ':' || !r.siteName(t[ps[last].from:]) {
		return t
	}
	return t[:ps[last-1].to]
}

// colonAfter reports whether title t has a colon behind the words that fold to head.
func colonAfter(t, head string) bool {
	for _, c := range cuts(t) {
		if c.to < len(t) && t[c.to] == ':' && fold(t[:c.to]) == head {
			return true
		}
	}
	return false
}
