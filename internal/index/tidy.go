package index

import (
	"context"
	"fmt"
)

// The full text is written in segments, and a question looks into each of them. After many events they are merged into one, in steps,
// whenever nothing else is to be done.
const (
	untidyEvents = 20000 // so many are worth it
	untidyShare  = 5     // … when they are one in so many of all that there ever were: merging costs as much as all of them
	tidyPages    = 500   // of a step
)

// fullTexts are the tables of full text.
var fullTexts = []string{"search", "heads", "quote_search"}

// tidiness is how far the merging is.
type tidiness struct {
	events int  // written since the last time
	last   int  // sequence of the last one
	table  int  // of fullTexts that is merged now
	begun  bool // with it
}

// take writes batches until there are no more, and tidies in between.
func (x *Index) take(ctx context.Context, batches <-chan *batch) error {
	for {
		if err := x.tidy(ctx, func() bool { return len(batches) > 0 }); err != nil {
			return err
		}
		var b *batch
		var ok bool
		select {
		case b, ok = <-batches:
		case <-x.spoiled:
			return errDamaged
		}
		if !ok {
			return ctx.Err()
		}
		if err := x.apply(ctx, b); err != nil {
			return err
		}
		x.tidiness.events += len(b.changes)
		x.tidiness.last = int(b.last.Sequence)
	}
}

// tidy merges until there is one segment, or until something else is to be done: then it goes on the next time.
func (x *Index) tidy(ctx context.Context, busy func() bool) error {
	t := &x.tidiness
	for t.events >= max(untidyEvents, t.last/untidyShare) && !busy() {
		pages := tidyPages
		if !t.begun {
			pages = -tidyPages // puts all segments on one level, so that one comes of them
		}
		done, err := x.mergeStep(ctx, fullTexts[t.table], pages)
		if err != nil {
			return err
		}
		if t.begun = !done; done {
			t.table++
		}
		if t.table == len(fullTexts) {
			*t = tidiness{}
		}
	}
	return nil
}

// mergeStep writes about so many pages of a merged segment. Done: there was nothing to merge any more.
func (x *Index) mergeStep(ctx context.Context, table string, pages int) (done bool, err error) {
	var before, after int64
	err = x.w.in(ctx, func() {
		x.w.one("SELECT total_changes()", nil, &before)
		x.w.exec(fmt.Sprintf("INSERT INTO %s (%s, rank) VALUES ('merge', ?)", table, table), pages)
		x.w.one("SELECT total_changes()", nil, &after)
	})
	return after-before < 2, err // how FTS5 tells it
}
