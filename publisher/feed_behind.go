package publisher

import (
	"context"
	"fmt"
)

// aim asks the leader of a replicated stream for the last message that is wanted. The consumer of a reading lives on any replica, and one
// that has not caught up says that nothing is pending: the reading would end early and look whole.
func (r *reader) aim(ctx context.Context) error {
	if !r.want.stop || r.want.most > 0 || r.b.nc.ConnectedClusterName() == "" {
		return nil
	}
	m, err := leaderGet(ctx, r.b.nc, r.want.stream, map[string]any{"last_by_subj": r.want.subject})
	if err != nil {
		return r.fail(ctx, err)
	}
	if r.goal = 0; m != nil && m.seq >= r.want.from && !m.time.Before(r.want.since) {
		r.goal, r.end = m.seq, max(r.end, m.seq)
	}
	return nil
}

// catchUp makes the consumer anew where the reading ended, after a pause in which its replica may catch up. idle is how often that gave
// nothing.
func (r *reader) catchUp(ctx context.Context, idle int) error {
	if idle > maxConflicts {
		return r.fail(ctx, fmt.Errorf("sequence %d does not come, the last that came is %d: %w", r.goal, r.seen, context.DeadlineExceeded))
	}
	if err := pause(ctx, min(firstPause<<min(idle, 6), longestPause)); err != nil {
		return r.fail(ctx, err)
	}
	return r.again(ctx)
}
