package index

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// part is an expression for one of the tables of full text.
type part struct{ table, expr string }

// plan is a question as it is put to the full text: one phase after the other, each by descending keys. No release is in two phases.
type plan struct {
	phases   []part
	all      part  // what all phases together match
	heads    part  // what all phases but the last match, when there are several
	broad    bool  // beginnings of words are asked for: all of what they match is put together before the first of it is known
	from, to int64 // keys, from inclusive, to exclusive
	limit    int
	asked    string // what the cursor of a page belongs to
}

// plan reads a query.
func (q *Query) plan() (p plan, words []term, err error) {
	p = plan{asked: fmt.Sprintf("%q", []string{
		q.Text, q.Speaker, q.Person, q.Role, q.Credit, q.Source, q.State, q.Type, q.From, q.To, q.Order,
	})}
	conditions, err := q.conditions()
	if err != nil {
		return p, nil, err
	}
	if p.from, p.to, err = dayRange(q.From, q.To); err != nil {
		return p, nil, err
	}
	if p.limit, err = limitOf(q.Limit); err != nil {
		return p, nil, err
	}
	if q.Text != "" {
		if words, err = terms("text", q.Text); err != nil {
			return p, nil, err
		}
	}
	switch order := cmp.Or(q.Order, Best); {
	case order != Best && order != Newest:
		return p, nil, invalid("order", fmt.Errorf("%q is no order", q.Order), "newest or best")
	case words == nil:
		p.one("search", allOf(conditions))
	case !isLive(q.Type):
		p.one("search", allOf(conditions, matchAll(colGone, words)))
	case order == Newest:
		p.one("search", allOf(conditions, matchAll(colTitle+" "+colLead+" "+colText, words)))
	default:
		p.best(words, conditions, q.Person == "" && q.Speaker == "" && q.Role == "" && q.Credit == "")
	}
	return p, words, nil
}

// one is a plan of a single phase.
func (p *plan) one(table, expr string) {
	p.all = part{table, expr}
	p.phases = []part{p.all}
}

// best plans words in the title first, then in the lead, then elsewhere. heads: the small table of titles and leads can tell the first two.
func (p *plan) best(words []term, conditions []string, heads bool) {
	table := "search"
	if heads {
		table = "heads"
	}
	title, lead := matchAll(colTitle, words), matchAll(colTitle+" "+colLead, words)
	p.all = part{"search", allOf(conditions, matchAll(colTitle+" "+colLead+" "+colText, words))}
	p.heads = part{table, allOf(conditions, lead)}
	p.phases = []part{
		{table, allOf(conditions, title)},
		{table, "(" + p.heads.expr + ") NOT " + title},
		{"search", "(" + p.all.expr + ") NOT " + lead},
	}
	p.broad = slices.ContainsFunc(words, func(t term) bool { return t.prefix })
}

// allOf wants all conditions.
func allOf(conditions []string, more ...string) string {
	return strings.Join(append(more, conditions...), " AND ")
}

// conditions are all of a query but its text and its days. Without a text there is at least one.
func (q *Query) conditions() (list []string, err error) {
	facets, err := facetsOf(q.Source, q.State)
	if err != nil {
		return nil, err
	}
	switch _, known := schemas.EventTypes[q.Type]; {
	case q.Type == "":
	case !known:
		return nil, invalid("type", fmt.Errorf("%q is no type of event", q.Type), "published, corrected, reextracted, withdrawn or erased")
	default:
		if !isLive(q.Type) {
			for i := range facets {
				facets[i] = facetGone + facetDot + facets[i]
			}
		}
		facets = append(facets, facet(kindType, q.Type))
	}
	for _, n := range []struct{ column, field, value string }{
		{colPeople, "person", q.Person},
		{colSpeakers, "speaker", q.Speaker},
		{colRoles, "role", q.Role},
		{colCredits, "credit", q.Credit},
	} {
		if n.value == "" {
			continue
		}
		expr, err := matchName(n.column, n.field, n.value)
		if err != nil {
			return nil, err
		}
		list = append(list, expr)
	}
	if len(facets)+len(list) == 0 && q.Text == "" {
		facets = []string{facetLive}
	}
	if len(facets) > 0 {
		list = append(list, facetExpr(facets))
	}
	return list, nil
}

// facetsOf are the facets of a source and a Land, as far as they are given.
func facetsOf(source, state string) (list []string, err error) {
	if source != "" {
		if err := schemas.CheckToken(source); err != nil {
			return nil, invalid("source", err, "give the id of a source")
		}
		list = append(list, facet(kindSource, source))
	}
	if state != "" {
		if err := schemas.CheckState(state); err != nil {
			return nil, invalid("state", err, "")
		}
		list = append(list, facet(kindState, state))
	}
	return list, nil
}

// dayRange is the range of keys of releases from one day to another.
func dayRange(from, to string) (first, end int64, err error) {
	first, end = 0, releaseKey(maxDay+1, 0)
	days := func(field, day string) (int, error) {
		n, ok := daysOf(day)
		if !ok {
			return 0, invalid(field, fmt.Errorf("%q is no day", day), "write it as "+time.DateOnly)
		}
		return n, nil
	}
	var a, b int
	if from != "" {
		if a, err = days("from", from); err != nil {
			return 0, 0, err
		}
		first = releaseKey(a, 0)
	}
	if to != "" {
		if b, err = days("to", to); err != nil {
			return 0, 0, err
		}
		end = releaseKey(b+1, 0)
	}
	if from != "" && to != "" && a > b {
		return 0, 0, invalid("to", errors.New("lies before from"), "exchange them")
	}
	if from == "" && to != "" {
		first = releaseKey(1, 0) // what has no day is not before one
	}
	return first, end, nil
}

func limitOf(n int) (int, error) {
	switch {
	case n == 0:
		return defaultLimit, nil
	case n < 0 || n > maxLimit:
		return 0, invalid("limit", fmt.Errorf("%d is out of range", n), fmt.Sprintf("1 to %d", maxLimit))
	}
	return n, nil
}
