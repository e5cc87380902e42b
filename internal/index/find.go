package index

import (
	"context"
	"database/sql"
)

// found is one page of keys.
type found struct {
	keys  []int64
	next  string // cursor of the page behind
	total int
	more  bool // than total: not counted to the end
}

// entry is a key with the phase that it was found in.
type entry struct {
	phase int
	key   int64
}

// find goes through a plan from where the page before ended.
func (x *Index) find(ctx context.Context, tx *sql.Tx, p plan, after string) (f found, err error) {
	at := entry{0, p.to}
	if after != "" {
		if at.phase, at.key, err = x.cursorOf(after, p.asked, len(p.phases)); err != nil {
			return f, err
		}
	}
	last := len(p.phases) - 1
	var list []entry
	for ; at.phase < last && len(list) <= p.limit; at = (entry{at.phase + 1, p.to}) {
		keys, err := keysOf(ctx, tx, p.phases[at.phase], p.from, at.key, p.limit+1-len(list))
		if err != nil {
			return f, err
		}
		for _, k := range keys {
			list = append(list, entry{at.phase, k})
		}
	}
	if p.broad && len(list) > p.limit {
		// What else there is would take longer to put together than all the rest of the answer.
		heads, err := keysOf(ctx, tx, p.heads, p.from, p.to, x.most)
		f.total, f.more = len(heads), true
		return x.paged(f, p, list), err
	}
	all, err := keysOf(ctx, tx, p.all, p.from, p.to, x.most+1)
	if err != nil {
		return f, err
	}
	f.total, f.more = min(len(all), x.most), len(all) > x.most
	if len(list) <= p.limit {
		rest, err := x.rest(ctx, tx, p, all, at.key, p.limit+1-len(list))
		if err != nil {
			return f, err
		}
		for _, k := range rest {
			list = append(list, entry{last, k})
		}
	}
	return x.paged(f, p, list), nil
}

// rest is up to n keys of the last phase below a key. all is what the plan matches, as far as it was counted.
func (x *Index) rest(ctx context.Context, tx *sql.Tx, p plan, all []int64, below int64, n int) (keys []int64, err error) {
	last := len(p.phases) - 1
	if len(all) > x.most && (last > 0 || below < p.to || n > len(all)) {
		return keysOf(ctx, tx, p.phases[last], p.from, below, n)
	}
	before := map[int64]bool{}
	if last > 0 {
		heads, err := keysOf(ctx, tx, p.heads, p.from, p.to, x.most)
		if err != nil {
			return nil, err
		}
		for _, k := range heads {
			before[k] = true
		}
	}
	for _, k := range all {
		if k < below && !before[k] && len(keys) < n {
			keys = append(keys, k)
		}
	}
	return keys, nil
}

// paged cuts a page off what was found.
func (x *Index) paged(f found, p plan, list []entry) found {
	if len(list) > p.limit {
		list = list[:p.limit]
		end := list[p.limit-1]
		f.next = x.cursor(p.asked, end.phase, end.key)
	}
	for _, e := range list {
		f.keys = append(f.keys, e.key)
	}
	return f
}

// keysOf are the first n keys that a part matches within from (inclusive) and to (exclusive), the highest first.
func keysOf(ctx context.Context, tx *sql.Tx, p part, from, to int64, n int) (keys []int64, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT rowid FROM "+p.table+" WHERE "+p.table+" MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
		p.expr, from, to, n)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func(scan func(...any) error) error {
		var key int64
		err := scan(&key)
		keys = append(keys, key)
		return err
	})
	return keys, err
}
