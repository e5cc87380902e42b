package api

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Aside is a page that is kept from the feed: a held change or a dead letter.
type Aside struct {
	Source   string    `json:"source"`
	Page     string    `json:"page"`
	URL      string    `json:"url"`
	Sequence uint64    `json:"sequence"` // of the snapshot in PRESS_RAW
	Since    time.Time `json:"since"`
	Reason   string    `json:"reason"`
	Title    string    `json:"title,omitempty"`
	Code     string    `json:"code,omitempty"` // of Reason: one of schemas.HoldWhys, or of schemas.Kinds; empty where nobody noted it
}

// Held are the changes that the feed does not believe yet, by source and age.
func (r *Reader) Held(ctx context.Context) ([]Aside, error) {
	return r.aside(ctx, func(st schemas.LineState) (list []Aside) {
		for _, h := range st.Held {
			list = append(list, Aside{st.Ref.ID, h.Page, h.URL, h.Sequence, h.Since, h.Reason, h.Title, h.Code})
		}
		return list
	})
}

// Dead are the pages that could not be read, by source and age.
func (r *Reader) Dead(ctx context.Context) ([]Aside, error) {
	return r.aside(ctx, func(st schemas.LineState) (list []Aside) {
		for _, d := range st.Dead {
			list = append(list, Aside{Source: st.Ref.ID, Page: d.Page, URL: d.URL, Sequence: d.Sequence, Since: d.At, Reason: d.Reason, Code: string(d.Kind)})
		}
		return list
	})
}

func (r *Reader) aside(ctx context.Context, items func(schemas.LineState) []Aside) ([]Aside, error) {
	lines, err := r.Lines(ctx)
	all := []Aside{}
	for _, source := range slices.Sorted(maps.Keys(lines)) {
		list := items(lines[source])
		slices.SortFunc(list, func(a, b Aside) int { return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Page, b.Page)) })
		all = append(all, list...)
	}
	return all, err
}

// Subscribers are the durable consumers of the feed, by name.
func (r *Reader) Subscribers(ctx context.Context) ([]publisher.Subscriber, error) {
	return r.Bus.Subscribers(ctx)
}

// Audit is something an operator did.
type Audit struct {
	Source string `json:"source"` // it was done to; of no one source: _
	pipeline.Audit
}

// Audits are the last things that operators did, newest first.
func (r *Reader) Audits(ctx context.Context, n int) ([]Audit, error) {
	events, err := r.Bus.LatestRuns(ctx, "", schemas.RunAudit, n)
	list := make([]Audit, 0, len(events))
	for _, e := range slices.Backward(events) {
		a := Audit{Source: e.Source}
		if json.Unmarshal(e.Data, &a.Audit) != nil {
			a.Act = "unreadable" // what was done stays told, in whatever form
		}
		if a.At.IsZero() {
			a.At = e.At
		}
		list = append(list, a)
	}
	return list, err
}
