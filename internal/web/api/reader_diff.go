package api

import (
	"context"
	"errors"
	"strings"

	"github.com/kreispresse/kreispresse/internal/compare"
	"github.com/kreispresse/kreispresse/internal/worddiff"
	"github.com/kreispresse/kreispresse/schemas"
)

// Diff is what two revisions of a release say differently.
type Diff struct {
	Release string      `json:"release"`
	From    int         `json:"from"` // revisions
	To      int         `json:"to"`
	Fields  []FieldDiff `json:"fields"` // those that differ, in the order of the record
}

// FieldDiff is one field. Lists are written one entry a line.
type FieldDiff struct {
	schemas.Change
	Before string           `json:"before"`
	After  string           `json:"after"`
	Pieces []worddiff.Piece `json:"pieces"`
}

// Diff compares two revisions. to 0 is the newest that is no tombstone, from 0 the one before to.
func (r *Reader) Diff(ctx context.Context, id string, from, to int) (*Diff, error) {
	all, err := r.Bus.Revisions(ctx, id)
	if err != nil {
		return nil, err
	}
	b, err := withPage(all, to)
	if err != nil {
		return nil, err
	}
	var a *schemas.Event
	if from == 0 {
		a = before(all, b.Revision)
	} else if a, err = withPage(all, from); err != nil {
		return nil, err
	}
	if a == nil {
		return nil, &schemas.Error{
			Op: "diff", Kind: schemas.KindNotFound, Thing: id, Err: errors.New("there is no revision before it to compare with"), Hint: "name from and to",
		}
	}
	return diffOf(a, b), nil
}

// before is the newest revision before one that is no tombstone; nil when there is none.
func before(all []*schemas.Event, revision int) (found *schemas.Event) {
	for _, ev := range all {
		if ev.Revision < revision && ev.Type != schemas.EventWithdrawn {
			found = ev
		}
	}
	return found
}

func diffOf(a, b *schemas.Event) *Diff {
	d := &Diff{Release: b.Subject, From: a.Revision, To: b.Revision, Fields: []FieldDiff{}}
	for _, c := range schemas.Changes(a.Release, b.Release) {
		x, y := inWords(a.Release, c.Field), inWords(b.Release, c.Field)
		d.Fields = append(d.Fields, FieldDiff{c, x, y, worddiff.Words(x, y)})
	}
	return d
}

// inWords writes one field of a release for people.
func inWords(r *schemas.Release, field string) string {
	if text, ok := compare.Field(r, field); ok {
		return text
	}
	switch field {
	case "contact":
		if c := r.Contact; c != nil {
			return join(" · ", c.Name, c.Phone, c.Email)
		}
	case "embargo":
		if e := r.Embargo; e != nil {
			return join(" · ", e.Text, e.Until)
		}
	default:
		return listInWords(r, field)
	}
	return ""
}

// listInWords writes a field that is a list, one entry a line.
func listInWords(r *schemas.Release, field string) string {
	switch field {
	case "quotes":
		return compare.Lines(r.Quotes, func(q schemas.Quote) string {
			if q.Speaker == nil {
				return "„" + q.Text + "“"
			}
			return "„" + q.Text + "“ — " + q.Speaker.Name
		})
	case "people":
		return compare.Lines(r.People, func(p schemas.Person) string {
			return join(", ", append([]string{join(" ", p.Title, p.Name)}, append(p.Roles, p.Organisation)...)...)
		})
	case "dates":
		return compare.Lines(r.Dates, func(d schemas.Date) string { return join(" → ", d.Text, d.Value) })
	case "credits":
		return compare.Lines(r.Credits, func(c schemas.Credit) string { return c.Raw })
	case "images":
		return compare.Lines(r.Images, func(i schemas.Image) string { return join(" · ", i.URL, i.Caption) })
	case "attachments":
		return compare.Lines(r.Attachments, func(a schemas.Attachment) string { return join(" · ", a.URL, a.Title) })
	}
	return ""
}

// join joins what is not empty.
func join(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
