package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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

// Search answers a query. KindInvalid says which of its fields cannot be what was meant.
func (x *Index) Search(ctx context.Context, q Query) (*Page, error) {
	p, words, err := q.plan()
	if err != nil {
		return nil, err
	}
	page := &Page{Hits: []Hit{}}
	err = x.ask(ctx, func(tx *sql.Tx) error {
		f, err := x.find(ctx, tx, p, q.After)
		if err != nil {
			return err
		}
		page.Next, page.Total, page.AtLeast = f.next, f.total, f.more
		page.Hits, err = hitsOf(ctx, tx, f.keys, words)
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
	if err = fn(tx); isDamaged(err) {
		select {
		case x.spoiled <- struct{}{}: // whoever follows makes the file anew
		default:
		}
	}
	return x.fail("read", err)
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
