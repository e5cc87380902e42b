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
		Usage:     "show what would be extracted from a page, and why: the rule and element behind each field, and what was left out",
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
			r, evidence, err := parser.Explain(s)
			if err != nil {
				return named(err, cmd.Args().First())
			}
			out := bufio.NewWriter(p.stdout)
			viewEvidence(out, r, evidence, p.style())
			return out.Flush()
		},
	}
}

// evidenceView prints a release with its evidence.
type evidenceView struct {
	w   io.Writer
	s   style
	r   *schemas.Release
	why map[string]string
}

// viewEvidence prints the fields with their evidence, the text with what was found in it marked, and what was left out of it.
func viewEvidence(w io.Writer, r *schemas.Release, e *parser.Evidence, s style) {
	v := &evidenceView{w: w, s: s, r: r, why: e.Why}
	v.fields()
	fmt.Fprintln(w)
	if !s.on {
		fmt.Fprintln(w, "marked below: ⟦quote⟧ {person} <date>")
	}
	fmt.Fprintln(w, markedText(r, s))
	fmt.Fprintln(w)
	v.found()
	v.dropped(e.Dropped)
}

// field prints one line; a field without a value and without a rule is none.
func (v *evidenceView) field(name, value, rule string) {
	switch {
	case value != "" && rule != "":
		fmt.Fprintf(v.w, "%-12s %s %s\n", name, value, v.s.faint("← "+rule))
	case value != "":
		fmt.Fprintf(v.w, "%-12s %s\n", name, value)
	case rule != "":
		fmt.Fprintf(v.w, "%-12s %s\n", name, v.s.faint("← "+rule))
	}
}

// fields prints what is read from the markup.
func (v *evidenceView) fields() {
	r := v.r
	v.field("url", r.CanonicalURL, "")
	v.field("id", r.ID, "")
	values := map[string]string{
		"title": v.s.bold(r.Title), "kicker": r.Kicker, "lead": shorten(r.Lead, 60), "language": r.Language, "usage": r.Usage,
		"text": fmt.Sprintf("%d characters in %d blocks", utf8.RuneCountInString(r.Text), len(r.Blocks)),
	}
	if c := r.Contact; c != nil {
		values["contact"] = strings.Join(nonEmpty(c.Name, c.Phone, c.Email), " · ")
	}
	if e := r.Embargo; e != nil {
		values["embargo"] = strings.Join(nonEmpty(e.Until, "“"+e.Text+"”"), " · ")
	}
	for _, k := range slices.Sorted(maps.Keys(v.why)) {
		if !strings.HasPrefix(k, "person ") { // shown with the people
			v.field(k, values[k], v.why[k])
		}
	}
	if r.Published != nil {
		v.field("published", v.s.date(r.Published.Value), r.Published.Evidence)
	}
	if r.Modified != nil {
		v.field("modified", v.s.date(r.Modified.Value), r.Modified.Evidence)
	}
	for _, c := range r.Credits {
		v.field("credit", strings.Join(nonEmpty(c.Holder, c.Agency), " / "), strings.Join(nonEmpty(c.Rule, c.Image), " · "))
	}
	for _, a := range r.Attachments {
		v.field("attachment", orElse(a.Title, a.URL), a.MediaType)
	}
}

// found prints what was found in the text.
func (v *evidenceView) found() {
	for i, q := range v.r.Quotes {
		who, rule := "nobody: null beats a guess", ""
		if q.Speaker != nil {
			who = v.s.person(q.Speaker.Name)
			if m := q.Speaker.Mention; m != nil {
				who += fmt.Sprintf(" as “%s” at %d", m.Text, m.Start)
			}
			rule = strings.Join(nonEmpty(q.Speaker.Method, q.Speaker.Rule), ", ")
		}
		if q.Cue != nil {
			rule = strings.Join(nonEmpty(rule, "cue “"+q.Cue.Text+"”"), ", ")
		}
		v.field(fmt.Sprintf("quote %d", i), q.Kind+", said by "+who, rule)
	}
	for i, p := range v.r.People {
		key := fmt.Sprintf("person %d", i)
		v.field(key, strings.Join(nonEmpty(v.s.person(p.Name), p.Title, strings.Join(p.Roles, "; "), p.Organisation, p.Gender), " · "), v.why[key])
	}
	for _, d := range v.r.Dates {
		days := d.From
		if d.To != d.From {
			days += " to " + d.To
		}
		v.field("date", fmt.Sprintf("%s = %s %s", d.Text, d.Type, v.s.date(d.Value)), strings.Join(nonEmpty(days, d.Rule, d.Anchor, d.Warning), " · "))
	}
}

// dropped prints what the page shows and the release does not say.
func (v *evidenceView) dropped(all []parser.Dropped) {
	if len(all) > 0 {
		fmt.Fprintln(v.w)
	}
	for _, d := range all {
		v.field("left out", shorten(d.Text, 60), d.Rule+": "+d.Element)
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
