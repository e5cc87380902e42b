package publisher

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// Events of PRESS_RUNS, the last token of their subject.
const (
	runFinished   = "finished"
	runDeadLetter = "dead_letter"
)

// unknownSource stands in subjects for a snapshot too broken to name its source.
const unknownSource = "unknown"

// PublishRun writes the manifest of a finished run of a source, as JSON, and returns its PRESS_RUNS sequence once it is durable.
func (b *Bus) PublishRun(ctx context.Context, source string, manifest any) (uint64, error) {
	if err := schemas.CheckToken(source); err != nil {
		return 0, &schemas.Error{Op: "publish run", Kind: schemas.KindInvalid, Err: fmt.Errorf("source: %w", err)}
	}
	return b.publishRun(ctx, schemas.RunSubject(source, runFinished), manifest)
}

func (b *Bus) publishRun(ctx context.Context, subject string, v any) (uint64, error) {
	data, err := json.Marshal(v)
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

// DeadLetter is a snapshot that could not be extracted.
type DeadLetter struct {
	Sequence uint64    `json:"sequence"` // of the snapshot in PRESS_RAW
	Source   string    `json:"source"`
	URL      string    `json:"url,omitempty"`
	Reason   string    `json:"reason"`
	At       time.Time `json:"at"`
}

// DeadLetter notes that the snapshot at seq could not be extracted and why. The snapshot stays in the archive.
func (b *Bus) DeadLetter(ctx context.Context, seq uint64, reason string) error {
	return b.deadLetter(ctx, "", seq, reason)
}

func (b *Bus) deadLetter(ctx context.Context, source string, seq uint64, reason string) error {
	d := DeadLetter{Sequence: seq, Source: source, Reason: reason, At: time.Now().UTC()}
	if m, err := b.bySequence(ctx, schemas.StreamRaw, seq); err != nil {
		return err
	} else if m != nil {
		d.URL = percentDecode(first(m.header, rawURL))
		if d.Source == "" {
			d.Source = percentDecode(first(m.header, rawSourceID))
		}
	}
	if schemas.CheckToken(d.Source) != nil {
		d.Source = unknownSource
	}
	_, err := b.publishRun(ctx, schemas.RunSubject(d.Source, runDeadLetter), d)
	return err
}

// DeadLetters lists the dead letters of a source, or of all when source is empty, oldest first, the newest reason of each snapshot
// once.
func (b *Bus) DeadLetters(ctx context.Context, source string) ([]DeadLetter, error) {
	if source == "" {
		source = "*"
	}
	r, err := b.open(ctx, reading{stream: schemas.StreamRuns, subject: schemas.RunSubject(source, runDeadLetter), stop: true})
	if err != nil {
		return nil, err
	}
	defer r.close()
	var list []DeadLetter
	at := make(map[uint64]int) // a letter may be written twice when its writer died before settling the snapshot
	err = r.each(ctx, func(m *stored) error {
		var d DeadLetter
		if err := json.Unmarshal(m.data, &d); err != nil {
			return corrupt("read", fmt.Sprintf("dead letter %d", m.seq), err)
		}
		if i, ok := at[d.Sequence]; ok {
			list[i] = d
			return nil
		}
		at[d.Sequence] = len(list)
		list = append(list, d)
		return nil
	})
	return list, err
}
