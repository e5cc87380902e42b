package publisher

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// Headers of atomic batch publishing (nats-server ≥ 2.12), for which nats.go has no names.
const (
	batchID       = "Nats-Batch-Id"
	batchSequence = "Nats-Batch-Sequence"
	batchCommit   = "Nats-Batch-Commit"
)

// mostInBatch is how many messages the server takes in one batch.
const mostInBatch = 1000

// write is a message and the sequence that the newest message of its subject is believed to have, 0: there is none.
type write struct {
	msg    *nats.Msg
	expect uint64
}

// publishBatch stores all of list or nothing, on subjects that all differ, and returns the sequence of the first; the others follow it
// without a gap. The error is that of NATS: one expectation that does not hold refuses the whole batch and does not say which it was.
func (b *Bus) publishBatch(ctx context.Context, stream string, list []write) (first uint64, err error) {
	ctx, cancel := b.request(ctx, stream, list[0].msg.Subject)
	defer cancel()
	b.wrote.Store(true)
	if err := b.intact(stream); err != nil {
		return 0, err
	}
	id, last := nuid.Next(), len(list)-1
	for i, w := range list {
		m := &nats.Msg{Subject: w.msg.Subject, Data: w.msg.Data, Header: make(nats.Header, len(w.msg.Header)+5)}
		for k, v := range w.msg.Header {
			m.Header[k] = v
		}
		m.Header[batchID] = []string{id}
		m.Header[batchSequence] = []string{strconv.Itoa(i + 1)}
		m.Header[jetstream.ExpectedStreamHeader] = []string{stream}
		m.Header[jetstream.ExpectedLastSubjSeqHeader] = []string{strconv.FormatUint(w.expect, 10)}
		if i < last {
			if err := b.nc.PublishMsg(m); err != nil {
				return 0, outOfBand(ctx, err)
			}
			continue
		}
		m.Header[batchCommit] = []string{"1"}
		reply, err := b.nc.RequestMsgWithContext(ctx, m)
		if err != nil {
			return 0, outOfBand(ctx, err)
		}
		return firstOfBatch(reply.Data, len(list))
	}
	return 0, nil // not reached: list is not empty
}

// firstOfBatch reads the acknowledgement of a batch.
func firstOfBatch(ack []byte, size int) (uint64, error) {
	var a struct {
		Error *jetstream.APIError `json:"error"`
		Seq   uint64              `json:"seq"`
		Count int                 `json:"count"`
	}
	if err := json.Unmarshal(ack, &a); err != nil {
		return 0, fmt.Errorf("unreadable acknowledgement of a batch: %w", err)
	}
	if a.Error != nil {
		return 0, a.Error
	}
	if a.Count != size || a.Seq < uint64(size) {
		return 0, fmt.Errorf("the server acknowledged %d messages up to %d of a batch of %d", a.Count, a.Seq, size)
	}
	return a.Seq - uint64(size) + 1, nil
}
