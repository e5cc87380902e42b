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
// a follower that has not caught up, and then an outdated release would look like the current one.
func (b *Bus) last(ctx context.Context, stream, subject string) (m *stored, err error) {
	err = b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, stream, subject)
		defer cancel()
		m, err = leaderGet(ctx, b.nc, stream, map[string]any{"last_by_subj": subject})
		return b.fail(ctx, "read", subject, err)
	})
	return m, err
}

// nextOf reads the first message of a subject, which may have wildcards, at or after a sequence, nil when there is none.
func (b *Bus) nextOf(ctx context.Context, stream, subject string, from uint64) (m *stored, err error) {
	err = b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, stream, subject)
		defer cancel()
		m, err = leaderGet(ctx, b.nc, stream, map[string]any{"seq": from, "next_by_subj": subject})
		return b.fail(ctx, "read", subject, err)
	})
	return m, err
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
