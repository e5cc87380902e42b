package parser

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/quote"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/parser/internal/timex"
	"github.com/kreispresse/kreispresse/schemas"
)

// writer turns byte spans of a text into the code points of a release.
type writer struct{ d *text.Doc }

func (w writer) span(s text.Span) schemas.Span {
	return schemas.Span{Start: w.d.Rune(s.Start), End: w.d.Rune(s.End)}
}

func (w writer) mention(s text.Span) schemas.Mention {
	x := w.span(s)
	return schemas.Mention{Text: w.d.Slice(s), Start: x.Start, End: x.End}
}

func (w writer) blocks(r *schemas.Release) {
	var lead []string
	for _, b := range w.d.Blocks {
		x := w.span(b.Span)
		r.Blocks = append(r.Blocks, schemas.Block{Type: b.Type, Start: x.Start, End: x.End})
		if b.Type == schemas.BlockLead {
			lead = append(lead, w.d.Slice(b.Span))
		}
	}
	r.Lead = strings.Join(lead, "\n")
}

func (w writer) people(r *schemas.Release, people []person.Person) {
	for _, p := range people {
		x := schemas.Person{
			Name: p.Name, Given: p.Given, Family: p.Family, Title: p.Title, Roles: append([]string{}, p.Roles...),
			Organisation: p.Organisation, Gender: p.Gender, Mentions: []schemas.Mention{},
		}
		for _, m := range p.Mentions {
			x.Mentions = append(x.Mentions, w.mention(m.Span))
		}
		r.People = append(r.People, x)
	}
}

func (w writer) quotes(r *schemas.Release, quotes []quote.Quote) {
	for _, q := range quotes {
		x := schemas.Quote{Kind: q.Kind}
		parts := make([]string, len(q.Spans))
		for i, s := range q.Spans {
			parts[i] = w.d.Slice(s)
			x.Spans = append(x.Spans, w.span(s))
		}
		x.Text = strings.Join(parts, " ")
		if q.Cue != nil {
			m := w.mention(*q.Cue)
			x.Cue = &m
		}
		if q.Kind == schemas.QuotePull && q.Of >= 0 {
			x.Of = &q.Of
		}
		if sp := q.Speaker; sp != nil {
			y := schemas.Speaker{Name: sp.Name, Kind: sp.Kind, Method: sp.Method, Rule: sp.Rule}
			if sp.Person >= 0 {
				y.Person = &sp.Person
			}
			if sp.Mention != nil {
				m := w.mention(*sp.Mention)
				y.Mention = &m
			}
			x.Speaker = &y
		}
		r.Quotes = append(r.Quotes, x)
	}
}

func (w writer) dates(r *schemas.Release, dates []timex.Expr) {
	for _, e := range dates {
		m := w.mention(e.Span)
		r.Dates = append(r.Dates, schemas.Date{
			Text: m.Text, Start: m.Start, End: m.End, Type: e.Type, Value: e.Value, Quant: e.Quant, Freq: e.Freq,
			From: e.From, To: e.To, Anchor: e.Anchor, Warning: e.Warning, Rule: e.Rule,
		})
	}
}
