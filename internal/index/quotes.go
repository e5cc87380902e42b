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
		keys, next, err := x.keys(ctx, tx, p, q.After)
		if err != nil {
			return err
		}
		page.Next = next
		if page.Total, page.AtLeast, err = total(ctx, tx, p); err != nil {
			return err
		}
		for _, key := range keys {
			quote, err := quoteOf(ctx, tx, key)
			if err != nil {
				return err
			}
			page.Quotes = append(page.Quotes, *quote)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}

func (q *QuoteQuery) plan(ctx context.Context, tx *sql.Tx) (p plan, err error) {
	p = plan{table: "quote_search", asked: fmt.Sprintf("%q", []string{"quotes", q.Speaker, q.Key, q.Text, q.Source, q.State, q.From, q.To})}
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
	conditions := []string{facetExpr(append(facets, facetLive)...)}
	if q.Key != "" {
		keys, err := handles(ctx, tx, q.Key)
		if err != nil {
			return p, err
		}
		alternatives := make([]string, len(keys))
		for i, k := range keys {
			alternatives[i] = `"` + facet("k", k) + `"`
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
	p.all = strings.Join(conditions, " AND ")
	p.phases = []string{p.all}
	return p, nil
}

// quoteOf reads a quote with its release.
func quoteOf(ctx context.Context, tx *sql.Tx, key int64) (*Quote, error) {
	var q Quote
	var speaker, speakerKey, kind, roles, organisation, rule, name, state, url, published sql.NullString
	err := tx.QueryRowContext(ctx, `SELECT r.id, q.number, q.text, q.kind, q.start, q.speaker, q.speaker_key, q.speaker_kind, q.roles,
		q.organisation, q.rule, r.title, r.source, r.source_name, r.state, r.url, r.published
		FROM quotes q JOIN releases r ON r.key = q.release WHERE q.key = ?`, key).Scan(&q.Release, &q.Number, &q.Text, &q.Kind, &q.Start, &speaker,
		&speakerKey, &kind, &roles, &organisation, &rule, &q.Title, &q.Source, &name, &state, &url, &published)
	if err != nil {
		return nil, err
	}
	q.Speaker, q.SpeakerKey, q.SpeakerKind, q.Roles = speaker.String, speakerKey.String, kind.String, listOf(roles.String)
	q.Organisation, q.Rule, q.SourceName, q.State = organisation.String, rule.String, name.String, state.String
	q.URL, q.Published = url.String, published.String
	return &q, nil
}
