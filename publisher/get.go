package publisher

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// stored is one message as the stream holds it.
type stored struct {
	subject string
	seq     uint64
	header  nats.Header
	data    []byte
	time    time.Time
}

// last reads the newest message of a subject, nil when there is none. It asks the stream's leader: a direct get may be answered by
// a follower that has not caught up, and then an outdated release would look like the current one. KindStorage when the subject has a
// message that cannot be read: the server says "none" then, too, and would even take a first one.
func (b *Bus) last(ctx context.Context, stream, subject string) (m *stored, err error) {
	err = b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, stream, subject)
		defer cancel()
		if m, err = leaderGet(ctx, b.nc, stream, map[string]any{"last_by_subj": subject}); err == nil && m == nil {
			if err = b.reallyNone(ctx, stream, subject); errors.Is(err, errJustWritten) {
				m, err = leaderGet(ctx, b.nc, stream, map[string]any{"last_by_subj": subject})
			}
		}
		return b.again(ctx, stream, b.fail(ctx, "read", subject, err))
	})
	return m, err
}

// reallyNone asks the stream's own account of its subjects whether there is none: it is kept apart from the messages.
func (b *Bus) reallyNone(ctx context.Context, stream, subject string) error {
	if b.blind.has(stream) {
		return nil
	}
	n, err := countSubject(ctx, b.nc, stream, subject)
	if _, ok := errors.AsType[*denied](context.Cause(ctx)); ok && err != nil && !b.cfg.ManageStreams {
		b.log.Debug("may not look at a stream: a damaged message counts as none", "stream", stream)
		b.blind.add(stream)
		return nil
	}
	if err != nil || n == 0 {
		return err
	}
	if m, err := leaderGet(ctx, b.nc, stream, map[string]any{"last_by_subj": subject}); err != nil || m != nil {
		return errors.Join(err, errJustWritten) // by somebody else, between the two questions
	}
	f := &Finding{Stream: stream, Thing: subject, What: "its newest message is damaged and cannot be read", Mend: mend(stream)}
	return f.err("read")
}

// errJustWritten makes a reading start over.
var errJustWritten = errors.New("just written")

// countSubject is how many messages a stream says to have on a subject without wildcards.
func countSubject(ctx context.Context, nc *nats.Conn, stream, subject string) (uint64, error) {
	req, err := json.Marshal(map[string]string{"subjects_filter": subject})
	if err != nil {
		return 0, err
	}
	reply, err := nc.RequestWithContext(ctx, "$JS.API.STREAM.INFO."+stream, req)
	if err != nil {
		return 0, err
	}
	var resp struct {
		Error *jetstream.APIError `json:"error"`
		State struct {
			Subjects map[string]uint64 `json:"subjects"`
		} `json:"state"`
	}
	if err := json.Unmarshal(reply.Data, &resp); err != nil {
		return 0, fmt.Errorf("unreadable answer of the server: %w", err)
	}
	if resp.Error != nil {
		return 0, resp.Error
	}
	return resp.State.Subjects[subject], nil
}

// bySequence reads a message by its sequence, nil when there is none: from any replica, and from the leader when that one does not
// have it (yet).
func (b *Bus) bySequence(ctx context.Context, stream string, seq uint64) (m *stored, err error) {
	err = b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, stream, "")
		defer cancel()
		s, err := b.stream(ctx, stream)
		if err != nil {
			return b.fail(ctx, "read", stream, err)
		}
		if d, err := s.GetMsg(ctx, seq); err == nil {
			m = &stored{d.Subject, d.Sequence, d.Header, d.Data, d.Time}
			return nil
		}
		m, err = leaderGet(ctx, b.nc, stream, map[string]any{"seq": seq})
		return b.fail(ctx, "read", stream, err)
	})
	return m, err
}

// next reads the first message from a sequence on whose subject matches, nil when there is none. It asks the stream's leader.
func (b *Bus) next(ctx context.Context, stream, subject string, from uint64) (m *stored, err error) {
	err = b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, stream, subject)
		defer cancel()
		m, err = leaderGet(ctx, b.nc, stream, map[string]any{"seq": from, "next_by_subj": subject})
		return b.again(ctx, stream, b.fail(ctx, "read", subject, err))
	})
	return m, err
}

// lastOf is the last sequence of a stream.
func (b *Bus) lastOf(ctx context.Context, op, stream string) (seq uint64, err error) {
	err = b.patiently(ctx, func() error {
		info, err := b.lookAt(ctx, op, stream)
		if err == nil {
			seq = info.State.LastSeq
		}
		return b.again(ctx, stream, err)
	})
	return seq, err
}

// leaderGet asks the leader of a stream for one message; nil, nil when there is none. nats.go has no way to ask the leader once
// direct gets are allowed.
func leaderGet(ctx context.Context, nc *nats.Conn, stream string, query map[string]any) (*stored, error) {
	req, err := json.Marshal(query)
	if err != nil {
		return nil, err
	}
	reply, err := nc.RequestWithContext(ctx, "$JS.API.STREAM.MSG.GET."+stream, req)
	if err != nil {
		return nil, err
	}
	var resp struct {
		Error   *jetstream.APIError `json:"error"`
		Message *struct {
			Subject string    `json:"subject"`
			Seq     uint64    `json:"seq"`
			Header  []byte    `json:"hdrs"`
			Data    []byte    `json:"data"`
			Time    time.Time `json:"time"`
		} `json:"message"`
	}
	if err := json.Unmarshal(reply.Data, &resp); err != nil {
		return nil, fmt.Errorf("unreadable answer of the server: %w", err)
	}
	if resp.Error != nil {
		if resp.Error.ErrorCode == jetstream.JSErrCodeMessageNotFound {
			return nil, nil
		}
		return nil, resp.Error
	}
	if resp.Message == nil {
		return nil, errors.New("the server answered without a message")
	}
	m := &stored{subject: resp.Message.Subject, seq: resp.Message.Seq, data: resp.Message.Data, time: resp.Message.Time}
	if len(resp.Message.Header) > 0 {
		if m.header, err = nats.DecodeHeadersMsg(resp.Message.Header); err != nil {
			return nil, fmt.Errorf("unreadable headers of message %d: %w", m.seq, err)
		}
	}
	return m, nil
}
