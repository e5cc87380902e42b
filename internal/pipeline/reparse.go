package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/kreispresse/kreispresse/schemas"
)

// Reparse reads the archive of a source again, with the parser as it is now, in the order in which it was archived. Only what differs
// from the feed is published: a release that is read otherwise is reextracted, and what the feed has lost is published again. A dry run
// publishes nothing and says what would be done. It may be interrupted and repeated.
func (l *Line) Reparse(ctx context.Context, id string, dry bool, each func(Outcome, *schemas.Snapshot)) (map[Outcome]int, error) {
	r, _, err := l.operator(ctx, id)
	if err != nil {
		return nil, err
	}
	err = r.broker.Archive.EachSnapshotOf(ctx, id, 0, func(seq uint64, s *schemas.Snapshot, err error) error {
		if err != nil {
			return err
		}
		rd, err := r.read(ctx, seq, s)
		if err != nil {
			return err
		}
		var o Outcome
		if dry {
			o = r.foresee(rd)
		} else if o, err = r.apply(ctx, rd, Verdict{}, false); err != nil {
			return err
		}
		r.book(o)
		if each != nil {
			each(o, s)
		}
		return nil
	})
	if err != nil || dry {
		return r.count, err
	}
	return r.count, errors.Join(r.audit(ctx, Audit{Act: "reparse", Thing: id, Reason: fmt.Sprint(Tally(r.count)), Count: r.Account.Total()}))
}

// foresee is the outcome that a reading would have.
func (r *sourceRun) foresee(rd *reading) Outcome {
	switch {
	case rd.snapshot.Gone():
		return settled
	case schemas.KindOf(rd.err) == schemas.KindNoRelease:
		return NoRelease
	case rd.err != nil:
		return Dead
	case rd.twin:
		return Twin
	case rd.state.Barred != "":
		return Barred
	}
	return map[schemas.Relation]Outcome{
		schemas.RelationUnchanged: Unchanged, schemas.RelationOlder: Superseded, schemas.RelationReextracted: Reextracted,
		schemas.RelationCorrected: Corrected, schemas.RelationReplaced: Held, schemas.RelationNew: Published, schemas.RelationReturned: Published,
	}[rd.relation]
}
