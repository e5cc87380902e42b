package app

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// style paints words of a view and knows how wide a line may be; its zero value paints nothing and cuts nothing.
type style struct {
	on    bool
	width int // columns; 0: as many as there are
}

// style is that of standard output.
func (p *program) style() style {
	return style{on: p.colour(p.stdout), width: terminal.Width(p.stdout)}
}

func (s style) paint(code, text string) string {
	if !s.on || text == "" {
		return text
	}
	return terminal.Paint(code, text)
}

func (s style) bold(t string) string   { return s.paint("1", t) }
func (s style) faint(t string) string  { return s.paint("2", t) }
func (s style) quote(t string) string  { return s.paint("32", t) }
func (s style) person(t string) string { return s.paint("36", t) }
func (s style) date(t string) string   { return s.paint("33", t) }
func (s style) alert(t string) string  { return s.paint("31", t) }

// viewDates is how many dates a view shows; a release has a dozen.
const viewDates = 4

// viewRelease prints what a release says, for people.
func viewRelease(w io.Writer, r *schemas.Release, s style) {
	fmt.Fprintf(w, "%s\n", s.bold(r.Title))
	head := []string{orElse(r.Source.Name, r.Source.ID)}
	if r.Published != nil {
		head = append(head, s.date(r.Published.Value)+s.faint(" from "+r.Published.Evidence))
	}
	if r.Revision > 1 {
		head = append(head, fmt.Sprintf("revision %d", r.Revision))
	}
	fmt.Fprintf(w, "  %s\n", strings.Join(head, " · "))
	for _, q := range r.Quotes {
		who := s.faint("nobody named")
		if sp := q.Speaker; sp != nil {
			who = s.person(sp.Name) + roleOf(r, sp) + s.faint(" by "+sp.Method)
		}
		fmt.Fprintf(w, "  %-8s %s\n           — %s\n", q.Kind, s.quote("„"+shorten(q.Text, 96)+"“"), who)
	}
	for _, p := range r.People {
		line := strings.TrimSpace(p.Title + " " + s.person(p.Name))
		if len(p.Roles) > 0 {
			line += ", " + strings.Join(p.Roles, ", ")
		}
		if p.Organisation != "" {
			line += " (" + p.Organisation + ")"
		}
		fmt.Fprintf(w, "  person   %s\n", line)
	}
	if len(r.Dates) > 0 {
		var dates []string
		for _, d := range r.Dates[:min(len(r.Dates), viewDates)] {
			dates = append(dates, d.Text+" = "+s.date(orElse(d.Value, "?")))
		}
		if more := len(r.Dates) - viewDates; more > 0 {
			dates = append(dates, fmt.Sprintf("%d more", more))
		}
		fmt.Fprintf(w, "  dates    %s\n", strings.Join(dates, " · "))
	}
	for _, c := range r.Credits {
		fmt.Fprintf(w, "  credit   %s\n", strings.Join(nonEmpty(c.Holder, c.Agency), " / "))
	}
}

func roleOf(r *schemas.Release, sp *schemas.Speaker) string {
	if sp.Person == nil || *sp.Person >= len(r.People) || len(r.People[*sp.Person].Roles) == 0 {
		return ""
	}
	return ", " + r.People[*sp.Person].Roles[0]
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func nonEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// shorten is terminal.Shorten.
func shorten(s string, n int) string { return terminal.Shorten(s, n) }

// plural is "1 source", "2 sources", "0 sources".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
