package publisher

import (
	"context"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// publishRelease does what the line does with a release that it believes: it relates it to the current one and publishes it.
func publishRelease(ctx context.Context, b *Bus, r *schemas.Release) (schemas.Relation, *schemas.Event, error) {
	for {
		cur, err := b.Current(ctx, r.Source, r.ID)
		if err != nil {
			return "", nil, err
		}
		rel := schemas.Relate(cur, r)
		typ := map[schemas.Relation]string{
			schemas.RelationNew: schemas.EventPublished, schemas.RelationReturned: schemas.EventPublished, schemas.RelationReplaced: schemas.EventCorrected,
			schemas.RelationCorrected: schemas.EventCorrected, schemas.RelationReextracted: schemas.EventReextracted,
		}[rel]
		if typ == "" {
			return rel, nil, nil
		}
		ev := schemas.NextEvent(cur, typ, r, time.Now())
		if err = b.Publish(ctx, cur, ev); schemas.KindOf(err) != schemas.KindConflict {
			return rel, ev, err
		}
	}
}

// withdraw publishes a tombstone on top of the current revision.
func withdraw(ctx context.Context, b *Bus, source schemas.Source, id string, seq uint64) (*schemas.Event, error) {
	cur, err := b.Current(ctx, source, id)
	if err != nil {
		return nil, err
	}
	ev := schemas.NextEvent(cur, schemas.EventWithdrawn, schemas.Tombstone(cur.Release, seq, time.Time{}), time.Now())
	ev.Reason = "answers 410"
	return ev, b.Publish(ctx, cur, ev)
}
