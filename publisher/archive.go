package publisher

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// Append archives a snapshot and returns its PRESS_RAW sequence once it is durable. When the newest snapshot of the page already says
// the same (body, status, URL, content type, language), that one's sequence is returned and nothing is added: a crawl that died
// between archiving a page and remembering it does not archive it again.
func (b *Bus) Append(ctx context.Context, s *schemas.Snapshot) (uint64, error) {
	page, err := pageOf(s)
	if err != nil {
		return 0, err
	}
	subject := schemas.RawSubject(s.Source.ID, page)
	if err := b.enough(ctx); err != nil { // while the broker can still write
		return 0, err
	}
	msg := b.pack.encode(subject, s)
	if err := b.spill(ctx, msg); err != nil {
		return 0, err
	}
	seq, _, err := b.swap(ctx, "append", schemas.StreamRaw, msg, swap{
		expect: s.Previous, // right unless the page was gone in between, or its state was not written
		same:   func(last *stored) bool { return sameSnapshot(last.header, msg.Header) },
		next:   func(*stored) (*nats.Msg, error) { return msg, nil },
	})
	return seq, err
}

func pageOf(s *schemas.Snapshot) (string, error) {
	if err := schemas.CheckToken(s.Source.ID); err != nil {
		return "", &schemas.Error{Op: "append", Kind: schemas.KindInvalid, Thing: s.URL, Err: fmt.Errorf("source: %w", err)}
	}
	u, err := schemas.CanonicalURL(s.URL)
	if err != nil {
		return "", &schemas.Error{Op: "append", Kind: schemas.KindInvalid, Err: err}
	}
	return schemas.PageID(s.Source.ID, u), nil
}

// sameSnapshot compares what Parse may read from a snapshot, but for times and hints.
func sameSnapshot(a, b nats.Header) bool {
	for _, key := range []string{rawDigest, rawStatus, rawURL, rawContentType, rawLanguage} {
		if first(a, key) != first(b, key) {
			return false
		}
	}
	return true
}

// messageMargin is what a message may grow on its way, in bytes: headers that the client adds, and the protocol line.
const messageMargin = 1024

// spill moves a body that does not fit into one message to the object store, under its digest, so that putting it twice is harmless.
func (b *Bus) spill(ctx context.Context, m *nats.Msg) error {
	if int64(m.Size())+messageMargin <= b.nc.MaxPayload() {
		return nil
	}
	name := "sha256-" + first(m.Header, rawDigest)
	if err := b.putBody(ctx, name, m.Data); err != nil {
		return err
	}
	m.Data = nil
	m.Header[rawObject] = []string{name}
	if int64(m.Size())+messageMargin > b.nc.MaxPayload() {
		return errorf(schemas.KindTooLarge, "append", percentDecode(first(m.Header, rawURL)), "the response headers alone are larger than a message may be")
	}
	return nil
}

// snapshot decodes a stored message; the body may have to be fetched.
func (b *Bus) snapshot(ctx context.Context, h nats.Header, data []byte) (*schemas.Snapshot, error) {
	s, err := decodeMeta(h)
	if err != nil {
		return nil, err
	}
	if name := first(h, rawObject); name != "" {
		if data, err = b.body(ctx, name); err != nil {
			return nil, err
		}
	}
	s.Body, err = b.pack.unpack(h, data)
	return s, err
}

// Snapshot reads one snapshot of the archive. KindNotFound when there is none at seq, KindStorage when it is corrupt.
func (b *Bus) Snapshot(ctx context.Context, seq uint64) (*schemas.Snapshot, error) {
	thing := fmt.Sprintf("snapshot %d", seq)
	m, err := b.bySequence(ctx, schemas.StreamRaw, seq)
	if err != nil {
		return nil, b.fail(ctx, "read", thing, err)
	}
	if m == nil {
		return nil, &schemas.Error{Op: "read", Thing: thing, Kind: schemas.KindNotFound}
	}
	s, err := b.snapshot(ctx, m.header, m.data)
	if err != nil {
		return nil, corrupt("read", thing, err)
	}
	return s, nil
}

func corrupt(op, thing string, err error) error {
	if e, ok := errors.AsType[*schemas.Error](err); ok {
		return e
	}
	return &schemas.Error{
		Op: op, Thing: thing, Kind: schemas.KindStorage, Err: schemas.OneLine(err),
		Hint: "restore the stream from a backup, or crawl the page again",
	}
}

// RawFilter chooses snapshots of the archive. The zero value is all of them.
type RawFilter struct {
	Source string    // only this source
	Page   string    // only this page, see schemas.PageID; needs Source
	Since  time.Time // stored at or after
	Until  time.Time // stored before
	From   uint64    // sequence to start at
	Last   bool      // only the newest snapshot of each page
}

// EachSnapshot calls fn for every snapshot that the archive holds now, oldest first, until fn returns an error, which is returned. A
// snapshot that cannot be read is given as nil with its error; fn decides whether to go on.
func (b *Bus) EachSnapshot(ctx context.Context, f RawFilter, fn func(seq uint64, s *schemas.Snapshot, err error) error) error {
	source, page := "*", "*"
	if f.Source != "" {
		source = f.Source
	}
	if f.Page != "" {
		page = f.Page
	}
	want := reading{
		stream: schemas.StreamRaw, subject: schemas.RawSubject(source, page), since: f.Since, until: f.Until, from: f.From, last: f.Last, stop: true,
	}
	return b.each(ctx, want, func(m *stored) error {
		s, err := b.snapshot(ctx, m.header, m.data)
		if err != nil {
			s, err = nil, corrupt("read", fmt.Sprintf("snapshot %d", m.seq), err)
		}
		return fn(m.seq, s, err)
	})
}

// EachSnapshotOf calls fn for every snapshot of a source that the archive holds now and that was archived after the given sequence, in
// the order of PRESS_RAW, until fn returns an error, which is returned. A snapshot that cannot be read is given as nil with its error.
func (b *Bus) EachSnapshotOf(ctx context.Context, source string, after uint64, fn func(seq uint64, s *schemas.Snapshot, err error) error) error {
	info, err := b.lookAt(ctx, "read", schemas.StreamRaw)
	switch {
	case err != nil:
		return err
	case after > info.State.LastSeq:
		f := Finding{Stream: schemas.StreamRaw, Mend: mendRaw, What: fmt.Sprintf("it ends at sequence %d, but %s was read up to %d", info.State.LastSeq,
			source, after)}
		return f.err("read")
	case after == info.State.LastSeq: // nothing was archived since
		return nil
	}
	return b.EachSnapshot(ctx, RawFilter{Source: source, From: max(after+1, info.State.FirstSeq)}, fn)
}

// LastSnapshotOf is the PRESS_RAW sequence of the newest snapshot of a page, 0 when there is none.
func (b *Bus) LastSnapshotOf(ctx context.Context, source, page string) (uint64, error) {
	m, err := b.last(ctx, schemas.StreamRaw, schemas.RawSubject(source, page))
	if err != nil || m == nil {
		return 0, err
	}
	return m.seq, nil
}
