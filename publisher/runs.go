package publisher

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// PublishRun writes one event about a source to PRESS_RUNS, as JSON: a manifest (schemas.RunFetched, RunExtracted), a dead letter, a
// hold, a suspicion, an act of the operator. It returns the sequence once the event is durable. value is anything that marshals to an
// object; the event is the last token of the subject.
func (b *Bus) PublishRun(ctx context.Context, source, event string, value any) (uint64, error) {
	if err := schemas.CheckToken(source); err != nil {
		return 0, &schemas.Error{Op: "publish run", Kind: schemas.KindInvalid, Err: fmt.Errorf("source: %w", err)}
	}
	subject := schemas.RunSubject(source, event)
	data, err := json.Marshal(value)
	if err != nil {
		return 0, errorf(schemas.KindInvalid, "publish run", subject, "%w", err)
	}
	m := nats.NewMsg(subject)
	m.Data = data
	last, err := b.last(ctx, schemas.StreamRuns, subject)
	if err != nil {
		return 0, err
	}
	s := swap{
		same: func(last *stored) bool { return string(last.data) == string(data) },
		next: func(*stored) (*nats.Msg, error) { return m, nil },
	}
	if last != nil {
		s.expect = last.seq
	}
	seq, _, err := b.swap(ctx, "publish run", schemas.StreamRuns, m, s)
	return seq, err
}

// EachRun calls fn for the events of PRESS_RUNS about a source (all when empty) with the given last token (any when empty), oldest
// first, until fn returns an error, which is returned.
func (b *Bus) EachRun(ctx context.Context, source, event string, fn func(source, event string, at time.Time, data []byte) error) error {
	want := reading{stream: schemas.StreamRuns, subject: schemas.RunFilter(source, event), stop: true}
	return b.each(ctx, want, func(m *stored) error { return fn(token(m.subject, 3), token(m.subject, 4), m.time, m.data) })
}
