package index

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Bounds of an answer.
const (
	defaultLimit = 20
	maxLimit     = 200
	maxTotal     = 10000 // further than this nobody counts, see Page.AtLeast
)

// plan is a question as it is put to the full text: one expression after the other, each by descending keys.
type plan struct {
	table    string
	phases   []string
	all      string // what all phases together match
	from, to int64  // keys, from inclusive, to exclusive
	limit    int
	asked    string // what the cursor of a page belongs to
}

// Search answers a query. KindInvalid says which of its fields cannot be what was meant.
func (x *Index) Search(ctx context.Context, q Query) (*Page, error) {
	p, words, err := q.plan()
	if err != nil {
		return nil, err
	}
	page := &Page{Hits: []Hit{}}
	err = x.ask(ctx, func(tx *sql.Tx) error {
		keys, next, err := x.keys(ctx, tx, p, q.After)
		if err != nil {
			return err
		}
		page.Next = next
		if page.Total, page.AtLeast, err = total(ctx, tx, p); err != nil {
			return err
		}
		page.Hits, err = hitsOf(ctx, tx, keys, words)
		return err
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}

// Hit is the present state of a release. KindNotFound when the index has none of that id.
func (x *Index) Hit(ctx context.Context, id string) (h *Hit, err error) {
	err = x.ask(ctx, func(tx *sql.Tx) error {
		var found Hit
		_, found, err = scanHit(tx.QueryRowContext(ctx, selectHit+"id = ?", id).Scan, nil)
		h = &found
		if errors.Is(err, sql.ErrNoRows) {
			return &schemas.Error{
				Op: "search", Kind: schemas.KindNotFound, Thing: id, Err: errors.New("no release of this id"), Hint: "ids stand in the answers of search and tail",
			}
		}
		return err
	})
	return h, err
}

// ask runs fn on one state of the file.
func (x *Index) ask(ctx context.Context, fn func(tx *sql.Tx) error) error {
	db, done, err := x.reader(ctx)
	if err != nil {
		return err
	}
	defer done()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return x.fail("read", err)
	}
	defer tx.Rollback()
	return x.fail("read", fn(tx))
}

// plan reads a query.
func (q *Query) plan() (p plan, words []term, err error) {
	p = plan{table: "search", asked: fmt.Sprintf("%q", []string{
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
		p.phases = []string{allOf(conditions)}
	case !isLive(q.Type):
		p.phases = []string{allOf(conditions, matchAll(colGone, words))}
	case order == Newest:
		p.phases = []string{allOf(conditions, matchAll(colTitle+" "+colLead+" "+colText, words))}
	default:
		title, lead := matchAll(colTitle, words), matchAll(colTitle+" "+colLead, words)
		all := allOf(conditions, matchAll(colTitle+" "+colLead+" "+colText, words))
		p.phases = []string{allOf(conditions, title), "(" + allOf(conditions, lead) + ") NOT " + title, "(" + all + ") NOT " + lead}
		p.all = all
	}
	p.all = cmp.Or(p.all, p.phases[0])
	return p, words, nil
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

// keys are those of one page, in order, and the cursor of the next.
func (x *Index) keys(ctx context.Context, tx *sql.Tx, p plan, after string) (keys []int64, next string, err error) {
	phase, to := 0, p.to
	if after != "" {
		if phase, to, err = x.cursorOf(after, p.asked, len(p.phases)); err != nil {
			return nil, "", err
		}
	}
	phases := make([]int, 0, p.limit+1)
	for ; phase < len(p.phases) && len(keys) <= p.limit; phase, to = phase+1, p.to {
		rows, err := tx.QueryContext(ctx, "SELECT rowid FROM "+p.table+" WHERE "+p.table+" MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
			p.phases[phase], p.from, to, p.limit+1-len(keys))
		if err != nil {
			return nil, "", err
		}
		err = eachRow(rows, func(scan func(...any) error) error {
			keys, phases = append(keys, 0), append(phases, phase)
			return scan(&keys[len(keys)-1])
		})
		if err != nil {
			return nil, "", err
		}
	}
	if len(keys) > p.limit {
		last := p.limit - 1
		return slices.Clip(keys[:p.limit]), x.cursor(p.asked, phases[last], keys[last]), nil
	}
	return keys, "", nil
}

// total counts what a plan matches, but no further than maxTotal.
func total(ctx context.Context, tx *sql.Tx, p plan) (n int, more bool, err error) {
	err = tx.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+p.table+" WHERE "+p.table+" MATCH ? AND rowid >= ? AND rowid < ? LIMIT ?)",
		p.all, p.from, p.to, maxTotal+1).Scan(&n)
	return min(n, maxTotal), n > maxTotal, err
}

// selectHit reads releases as scanHit wants them.
const selectHit = `SELECT key, id, source, coalesce(source_name, ''), coalesce(state, ''), coalesce(url, ''), title, coalesce(kicker, ''),
	coalesce(published, ''), type, revision, sequence, recorded, quote_count, people_count, text FROM releases WHERE `

func scanHit(scan func(...any) error, words []term) (key int64, h Hit, err error) {
	var recorded, text string
	err = scan(&key, &h.ID, &h.Source, &h.SourceName, &h.State, &h.URL, &h.Title, &h.Kicker, &h.Published, &h.Type, &h.Revision, &h.Sequence,
		&recorded, &h.Quotes, &h.People, &text)
	if err != nil {
		return 0, h, err
	}
	if h.Recorded, err = time.Parse(time.RFC3339Nano, recorded); err != nil {
		return 0, h, fmt.Errorf("%w: recorded is %q", errDamaged, recorded)
	}
	h.Snippet, h.Marks = snippet(text, words)
	return key, h, nil
}

// hitsOf reads releases, in the order of their keys here.
func hitsOf(ctx context.Context, tx *sql.Tx, keys []int64, words []term) ([]Hit, error) {
	return inOrder(ctx, tx, selectHit+"key", keys, func(scan func(...any) error) (int64, Hit, error) { return scanHit(scan, words) })
}

// inOrder reads one row for each key, in their order; query ends with the column of the key.
func inOrder[T any](ctx context.Context, tx *sql.Tx, query string, keys []int64, read func(scan func(...any) error) (int64, T, error)) ([]T, error) {
	list := make([]T, len(keys))
	if len(keys) == 0 {
		return list, nil
	}
	at, args := make(map[int64]int, len(keys)), make([]any, len(keys))
	for i, k := range keys {
		at[k], args[i] = i, k
	}
	rows, err := tx.QueryContext(ctx, query+" IN (?"+strings.Repeat(", ?", len(keys)-1)+")", args...)
	if err != nil {
		return nil, err
	}
	n := 0
	err = eachRow(rows, func(scan func(...any) error) error {
		key, row, err := read(scan)
		if err == nil {
			list[at[key]] = row
			n++
		}
		return err
	})
	if err == nil && n != len(keys) {
		err = fmt.Errorf("%w: the full text has rows that the tables do not have", errDamaged)
	}
	return list, err
}
