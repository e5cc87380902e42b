package index

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Quotes answers a question for quotes. KindInvalid says which of its fields cannot be what was meant.
func (x *Index) Quotes(ctx context.Context, q QuoteQuery) (*QuotePage, error) {
	page := &QuotePage{Quotes: []Quote{}}
	err := x.ask(ctx, func(tx *sql.Tx) error {
		p, err := q.plan(ctx, tx)
		if err != nil {
			return err
		}
		f, err := x.find(ctx, tx, p, q.After)
		if err != nil {
			return err
		}
		page.Next, page.Total, page.AtLeast = f.next, f.total, f.more
		page.Quotes, err = inOrder(ctx, tx, selectQuote, f.keys, scanQuote)
		return err
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}

func (q *QuoteQuery) plan(ctx context.Context, tx *sql.Tx) (p plan, err error) {
	p = plan{asked: fmt.Sprintf("%q", []string{"quotes", q.Speaker, q.Key, q.Text, q.Source, q.State, q.From, q.To})}
	if p.from, p.to, err = dayRange(q.From, q.To); err != nil {
		return p, err
	}
	p.from, _ = parts(p.from)
	p.to, _ = parts(p.to)
	if p.limit, err = limitOf(q.Limit); err != nil {
		return p, err
	}
	facets, err := facetsOf(q.Source, q.State)
	if err != nil {
		return p, err
	}
	var conditions []string
	if q.Key != "" {
		keys, err := handles(ctx, tx, q.Key)
		if err != nil {
			return p, err
		}
		alternatives := make([]string, len(keys))
		for i, k := range keys {
			alternatives[i] = `"` + facet(kindSpeaker, k) + `"`
		}
		conditions = append(conditions, "{"+colFacets+"} : ("+strings.Join(alternatives, " OR ")+")")
	}
	if q.Speaker != "" {
		expr, err := matchName("speaker", "speaker", q.Speaker)
		if err != nil {
			return p, err
		}
		conditions = append(conditions, expr)
	}
	if q.Text != "" {
		words, err := terms("text", q.Text)
		if err != nil {
			return p, err
		}
		conditions = append(conditions, matchAll("text", words))
	}
	if len(conditions)+len(facets) == 0 {
		facets = []string{facetLive}
	}
	if len(facets) > 0 {
		conditions = append(conditions, facetExpr(facets))
	}
	p.one("quote_search", allOf(conditions))
	return p, nil
}

// selectQuote reads quotes with their releases, as scanQuote wants them.
const selectQuote = `SELECT q.key, r.id, q.number, q.text, q.kind, q.start, coalesce(q.speaker, ''), coalesce(q.speaker_key, ''),
	coalesce(q.speaker_kind, ''), coalesce(q.roles, ''), coalesce(q.organisation, ''), coalesce(q.rule, ''), r.title, r.source,
	coalesce(r.source_name, ''), coalesce(r.state, ''), coalesce(r.url, ''), coalesce(r.published, '')
	FROM quotes q JOIN releases r ON r.key = q.release WHERE q.key`

func scanQuote(scan func(...any) error) (key int64, q Quote, err error) {
	var roles string
	err = scan(&key, &q.Release, &q.Number, &q.Text, &q.Kind, &q.Start, &q.Speaker, &q.SpeakerKey, &q.SpeakerKind, &roles, &q.Organisation,
		&q.Rule, &q.Title, &q.Source, &q.SourceName, &q.State, &q.URL, &q.Published)
	q.Roles = listOf(roles)
	return key, q, err
}
