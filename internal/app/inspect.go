package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
	"github.com/urfave/cli/v3"
)

func (p *program) inspectCommand() *cli.Command {
	return &cli.Command{
		Name:      "inspect",
		Usage:     "show what would be extracted from a page, and why: the rule and element behind each field",
		ArgsUsage: "FILE|-",
		Flags:     []cli.Flag{&cli.StringFlag{Name: "url", Usage: "the page was fetched from `URL`"}, sourceFlag()},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return usagef("inspect wants one FILE or - (see: kreispresse inspect --help)")
			}
			pages, err := p.storedPages(cmd.String("source"))
			if err != nil {
				return err
			}
			s, err := pages.read(cmd.Args().First(), cmd.String("url"))
			if err != nil {
				return err
			}
			r, why, err := parser.Explain(s)
			if err != nil {
				return named(err, cmd.Args().First())
			}
			out := bufio.NewWriter(p.stdout)
			viewEvidence(out, r, why, p.style())
			return out.Flush()
		},
	}
}

// viewEvidence prints the fields with their evidence and the text with what was found in it marked.
func viewEvidence(w io.Writer, r *schemas.Release, why map[string]string, s style) {
	field := func(name, value, rule string) {
		switch {
		case value != "" && rule != "":
			fmt.Fprintf(w, "%-12s %s %s\n", name, value, s.faint("← "+rule))
		case value != "":
			fmt.Fprintf(w, "%-12s %s\n", name, value)
		case rule != "":
			fmt.Fprintf(w, "%-12s %s\n", name, s.faint("← "+rule))
		}
	}
	field("url", r.CanonicalURL, "")
	field("id", r.ID, "")
	values := map[string]string{
		"title": s.bold(r.Title), "kicker": r.Kicker, "lead": shorten(r.Lead, 60), "language": r.Language,
		"text": fmt.Sprintf("%d characters in %d blocks", utf8.RuneCountInString(r.Text), len(r.Blocks)),
	}
	for _, k := range slices.Sorted(maps.Keys(why)) {
		if !strings.HasPrefix(k, "person ") { // shown with the people
			field(k, values[k], why[k])
		}
	}
	if r.Published != nil {
		field("published", s.date(r.Published.Value), r.Published.Evidence)
	}
	if r.Modified != nil {
		field("modified", s.date(r.Modified.Value), r.Modified.Evidence)
	}
	for _, c := range r.Credits {
		field("credit", strings.Join(nonEmpty(c.Holder, c.Agency), " / "), strings.Join(nonEmpty(c.Rule, c.Image), " · "))
	}
	for _, a := range r.Attachments {
		field("attachment", orElse(a.Title, a.URL), a.MediaType)
	}
	fmt.Fprintln(w)
	if !s.on {
		fmt.Fprintln(w, "marked below: ⟦quote⟧ {person} <date>")
	}
	fmt.Fprintln(w, markedText(r, s))
	fmt.Fprintln(w)
	for i, q := range r.Quotes {
		who, rule := "nobody: null beats a guess", ""
		if q.Speaker != nil {
			who = s.person(q.Speaker.Name)
			if m := q.Speaker.Mention; m != nil {
				who += fmt.Sprintf(" as “%s” at %d", m.Text, m.Start)
			}
			rule = strings.Join(nonEmpty(q.Speaker.Method, q.Speaker.Rule), ", ")
		}
		if q.Cue != nil {
			rule = strings.Join(nonEmpty(rule, "cue “"+q.Cue.Text+"”"), ", ")
		}
		field(fmt.Sprintf("quote %d", i), q.Kind+", said by "+who, rule)
	}
	for i, p := range r.People {
		key := fmt.Sprintf("person %d", i)
		field(key, strings.Join(nonEmpty(s.person(p.Name), p.Title, strings.Join(p.Roles, "; "), p.Organisation, p.Gender), " · "), why[key])
	}
	for _, d := range r.Dates {
		days := d.From
		if d.To != d.From {
			days += " to " + d.To
		}
		field("date", fmt.Sprintf("%s = %s %s", d.Text, d.Type, s.date(d.Value)), strings.Join(nonEmpty(days, d.Rule, d.Anchor, d.Warning), " · "))
	}
}

// markedText is the text with what was found in it in brackets, or in colour: quotes, people, dates.
func markedText(r *schemas.Release, s style) string {
	type edge struct {
		at   int
		open bool
		len  int
		kind byte
	}
	var edges []edge
	add := func(start, end int, kind byte) {
		edges = append(edges, edge{start, true, end - start, kind}, edge{end, false, end - start, kind})
	}
	for _, q := range r.Quotes {
		for _, sp := range q.Spans {
			add(sp.Start, sp.End, 'q')
		}
	}
	for _, p := range r.People {
		for _, m := range p.Mentions {
			add(m.Start, m.End, 'p')
		}
	}
	for _, d := range r.Dates {
		add(d.Start, d.End, 'd')
	}
	sort.SliceStable(edges, func(i, j int) bool { // close before open; the longer opens first and closes last
		a, b := edges[i], edges[j]
		switch {
		case a.at != b.at:
			return a.at < b.at
		case a.open != b.open:
			return !a.open
		case a.open:
			return a.len > b.len
		default:
			return a.len < b.len
		}
	})
	marks := map[byte][2]string{'q': {"⟦", "⟧"}, 'p': {"{", "}"}, 'd': {"<", ">"}}
	codes := map[byte]string{'q': "32", 'p': "36", 'd': "33"}
	var b strings.Builder
	var open []byte
	runes := []rune(r.Text)
	at := 0
	for _, e := range edges {
		b.WriteString(string(runes[at:e.at]))
		at = e.at
		switch {
		case !s.on && e.open:
			b.WriteString(marks[e.kind][0])
		case !s.on:
			b.WriteString(marks[e.kind][1])
		case e.open:
			open = append(open, e.kind)
			b.WriteString(terminal.SGR(codes[e.kind]))
		default:
			if i := slices.Index(open, e.kind); i >= 0 {
				open = slices.Delete(open, i, i+1)
			}
			b.WriteString(terminal.SGR("0"))
			for _, k := range open {
				b.WriteString(terminal.SGR(codes[k]))
			}
		}
	}
	b.WriteString(string(runes[at:]))
	return b.String()
}
