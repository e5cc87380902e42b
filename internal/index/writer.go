package index

import (
	"context"
	"database/sql"
	"errors"
)

// writer is the one connection that writes. Its statements are prepared once; the first error ends what it does until the transaction is
// over.
type writer struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	ctx   context.Context // of a statement
	ends  context.Context // asked between two statements; nil: nothing is, see briefly
	err   error
	tally tally
}

func newWriter(ctx context.Context, db *sql.DB) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &writer{conn: conn, stmts: map[string]*sql.Stmt{}, ctx: ctx}, nil
}

// in runs fn as one transaction: everything that it writes, or nothing.
func (w *writer) in(ctx context.Context, fn func()) error {
	w.ctx, w.err = ctx, nil
	w.exec("BEGIN IMMEDIATE")
	if w.err != nil {
		return w.err
	}
	fn()
	w.exec("COMMIT")
	err := w.err
	if err != nil {
		w.ctx, w.err = context.WithoutCancel(ctx), nil
		w.exec("ROLLBACK") // fails when SQLite has rolled back by itself
	}
	w.err = nil
	return err
}

// briefly is in for many statements each of which is soon over: ctx ends what is done between two of them. The driver would have a goroutine
// watch over each, which costs as much as many of them do.
func (w *writer) briefly(ctx context.Context, fn func()) error {
	return w.in(ctx, func() {
		w.ctx, w.ends = context.WithoutCancel(ctx), ctx
		fn()
		w.ctx, w.ends = ctx, nil
	})
}

func (w *writer) stmt(query string) *sql.Stmt {
	if w.err == nil && w.ends != nil {
		w.err = w.ends.Err()
	}
	if w.err != nil {
		return nil
	}
	s, ok := w.stmts[query]
	if !ok {
		if s, w.err = w.conn.PrepareContext(w.ctx, query); w.err != nil {
			return nil
		}
		w.stmts[query] = s
	}
	return s
}

// exec writes, and returns how many rows that changed.
func (w *writer) exec(query string, args ...any) int64 {
	s := w.stmt(query)
	if s == nil {
		return 0
	}
	res, err := s.ExecContext(w.ctx, args...)
	if err != nil {
		w.err = err
		return 0
	}
	n, err := res.RowsAffected()
	w.err = err
	return n
}

// one reads one row; false when there is none.
func (w *writer) one(query string, args []any, to ...any) bool {
	s := w.stmt(query)
	if s == nil {
		return false
	}
	err := s.QueryRowContext(w.ctx, args...).Scan(to...)
	if errors.Is(err, sql.ErrNoRows) {
		return false
	}
	w.err = err
	return err == nil
}

// each reads rows; fn scans one.
func (w *writer) each(query string, args []any, fn func(scan func(...any) error) error) {
	s := w.stmt(query)
	if s == nil {
		return
	}
	rows, err := s.QueryContext(w.ctx, args...)
	if err != nil {
		w.err = err
		return
	}
	w.err = eachRow(rows, fn)
}

// eachRow calls fn for every row, and closes them.
func eachRow(rows *sql.Rows, fn func(scan func(...any) error) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (w *writer) close() error {
	var errs []error
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close())...)
}
