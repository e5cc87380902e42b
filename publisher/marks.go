package publisher

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// keyMarks is where the marks stand in press_sources.
const keyMarks = "_marks"

// marks is how far every stream was at a time. A stream that is behind its mark has lost something: everything acknowledged is on disk,
// and nothing of ours deletes without a record.
type marks struct {
	At      time.Time       `json:"at"`
	Streams map[string]mark `json:"streams"`

	bytes   uint64 // that all streams hold
	inexact bool   // the ledger does not name all that was erased: it is younger than the store
}

type mark struct {
	Last     uint64 `json:"last"`             // sequence
	Messages uint64 `json:"messages"`         // in the stream
	Erased   uint64 `json:"erased,omitempty"` // messages whose loss was accepted and that the ledger does not name

	forgotten uint64 // messages that were erased on purpose, see erasures
}

// Mark writes down how far every stream is, so that a loss is noticed when the store is opened again, and returns the last sequences for
// the manifest of a run: the second place from which they are known. KindStorage when something is missing already.
func (b *Bus) Mark(ctx context.Context) (map[string]uint64, error) {
	var now marks
	err := b.patiently(ctx, func() (err error) { now, err = b.measure(ctx); return err })
	if err != nil {
		return nil, err
	}
	if err := b.writeMarks(ctx, now); err != nil {
		return nil, err
	}
	b.wrote.Store(false)
	b.countNow(ctx, now.Streams[schemas.StreamPress].Last)
	b.learnGrowth(ctx, time.Now(), now.bytes)
	last := make(map[string]uint64, len(now.Streams))
	for name, m := range now.Streams {
		last[name] = m.Last
	}
	return last, nil
}

// measure looks at every stream and compares it with the marks before.
func (b *Bus) measure(ctx context.Context) (marks, error) {
	old, err := b.readMarks(ctx)
	if err != nil {
		return marks{}, err
	}
	now := marks{At: time.Now().UTC().Truncate(time.Second), Streams: maps.Clone(old.Streams)}
	if now.Streams == nil {
		now.Streams = make(map[string]mark)
	}
	for _, c := range table(1) {
		was := old.Streams[c.Name]
		info, err := b.lookAt(ctx, "mark", c.Name)
		if isStreamGone(err) && rebuilt(c.Name) {
			return marks{}, b.again(ctx, c.Name, err)
		}
		if isStreamGone(err) {
			return marks{}, gone(c.Name, was, old.At).err("mark")
		} else if err != nil {
			return marks{}, err
		}
		if err := b.intact(c.Name); err != nil {
			return marks{}, err
		}
		if f := inspect(c.Name, info.State, was, old.At); f != nil && !f.Rebuilt {
			return marks{}, f.err("mark")
		}
		now.bytes += info.State.Bytes
		now.Streams[c.Name] = mark{Last: info.State.LastSeq, Messages: info.State.Msgs, Erased: was.Erased}
	}
	return now, nil
}

func (b *Bus) lookAt(ctx context.Context, op, stream string) (*jetstream.StreamInfo, error) {
	ctx, cancel := b.request(ctx, stream, "")
	defer cancel()
	s, err := b.js.Stream(ctx, stream)
	if err != nil {
		return nil, b.fail(ctx, op, "stream "+stream, err)
	}
	return s.CachedInfo(), nil
}

// writeMarks expects nothing of what is there: two processes that write at once both write what is true, and a value that cannot be
// read must not keep the next one out.
func (b *Bus) writeMarks(ctx context.Context, m marks) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	subject := b.Sources().subject(keyMarks)
	return b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, streamSources, subject)
		defer cancel()
		_, err := b.js.PublishMsg(ctx, &nats.Msg{Subject: subject, Data: data}, jetstream.WithExpectStream(streamSources), jetstream.WithRetryAttempts(0))
		return b.fail(ctx, "mark", subject, err)
	})
}

// readMarks gives the marks of press_sources, completed by those of the newest manifest when that was written later. What cannot be read
// counts as absent: it shows as a damage of its stream.
func (b *Bus) readMarks(ctx context.Context) (marks, error) {
	var m marks
	stored, err := b.oneMark(ctx, streamSources, b.Sources().subject(keyMarks))
	if err != nil {
		return m, err
	}
	if stored != nil {
		if err := json.Unmarshal(stored.data, &m); err != nil {
			b.log.Warn("the marks in press_sources cannot be read; those of the newest run are used", "error", err)
		}
	}
	if m.Streams == nil {
		m.Streams = make(map[string]mark)
	}
	forgotten, inexact, err := b.erasedCounts(ctx)
	if err != nil {
		return m, err
	}
	m.inexact = inexact
	for name, n := range forgotten {
		was := m.Streams[name]
		was.forgotten = n
		m.Streams[name] = was
	}
	manifest, err := b.oneMark(ctx, schemas.StreamRuns, schemas.RunSubject("*", "extracted"))
	if err != nil {
		return m, err
	}
	if manifest != nil && manifest.seq > m.Streams[schemas.StreamRuns].Last {
		for name, last := range marksOf(manifest.data) {
			if was := m.Streams[name]; was.Last < last {
				was.Last = last
				m.Streams[name], m.At = was, manifest.time
			}
		}
	}
	return m, nil
}

// oneMark reads a message that may be missing together with its stream.
func (b *Bus) oneMark(ctx context.Context, stream, subject string) (m *stored, err error) {
	err = b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, stream, "")
		defer cancel()
		if m, err = leaderGet(ctx, b.nc, stream, map[string]any{"last_by_subj": subject}); isStreamGone(err) {
			return nil
		}
		return b.fail(ctx, "open", "stream "+stream, err)
	})
	return m, err
}

// marksOf finds the last sequences in a manifest: the member that is an object of stream names and numbers.
func marksOf(manifest []byte) map[string]uint64 {
	var members map[string]json.RawMessage
	if json.Unmarshal(manifest, &members) != nil {
		return nil
	}
	for _, v := range members {
		var m map[string]uint64
		if json.Unmarshal(v, &m) == nil && m[schemas.StreamRaw] > 0 {
			return m
		}
	}
	return nil
}

// markOnClose marks what was written since the last Mark, within the given time: a bus that is closed in order leaves its marks even
// when no run has ended.
func (b *Bus) markOnClose(limit time.Duration) {
	if !b.cfg.ManageStreams || !b.wrote.Load() || b.broken.get() != nil || len(b.damage) > 0 || !b.nc.IsConnected() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if _, err := b.Mark(ctx); err != nil {
		b.log.Warn("could not write down how far the streams are", "error", err)
	}
}
