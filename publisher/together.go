package publisher

import (
	"context"
	"errors"
	"sync"

	"github.com/nats-io/nats.go/jetstream"
)

// together gathers what is published at the same time into atomic batches: each batch waits for the disk once, where its messages would
// wait for it one after the other. Nobody waits for company: what comes while a batch is on its way makes the next one. Every message keeps
// the sequence it expects, so a batch that is stored and never acknowledged is recognised as a single message is.
type together struct {
	mu    sync.Mutex
	busy  bool // a goroutine works on the queue
	queue []*waiting
}

// waiting is a write that somebody waits for.
type waiting struct {
	write
	seq  uint64
	err  error
	done chan struct{}
}

// bytesInBatch bounds what one batch sends before it hears anything.
const bytesInBatch = 8 << 20

// publishTogether is publish for a message that may be stored together with others.
func (b *Bus) publishTogether(ctx context.Context, stream string, w write) (uint64, error) {
	ctx, cancel := b.request(ctx, stream, w.msg.Subject)
	defer cancel()
	p := &waiting{write: w, done: make(chan struct{})}
	t := &b.together
	t.mu.Lock()
	t.queue = append(t.queue, p)
	if !t.busy {
		t.busy = true
		go b.publishQueue(context.WithoutCancel(ctx), stream)
	}
	t.mu.Unlock()
	select {
	case <-p.done:
		return p.seq, p.err
	case <-ctx.Done(): // whether it was stored is open, as with a lost acknowledgement
		return 0, outOfBand(ctx, ctx.Err())
	}
}

// publishQueue works on the queue until it is empty.
func (b *Bus) publishQueue(ctx context.Context, stream string) {
	for {
		list := b.together.take(b.takesBatches(stream))
		if len(list) == 0 {
			return
		}
		b.publishAll(ctx, stream, list)
		for _, p := range list {
			close(p.done)
		}
	}
}

// takesBatches is how many messages a batch of a stream may have: 1 when the stream, or a server before 2.12, knows none.
func (b *Bus) takesBatches(stream string) int {
	b.mu.Lock()
	s := b.streams[stream]
	b.mu.Unlock()
	if s == nil || !s.CachedInfo().Config.AllowAtomicPublish {
		return 1
	}
	return mostInBatch
}

// take removes the next batch from the queue: subjects that differ, no more than the server takes.
func (t *together) take(most int) (list []*waiting) {
	t.mu.Lock()
	defer t.mu.Unlock()
	bytes, subjects := 0, map[string]bool{}
	for len(t.queue) > 0 && len(list) < most {
		p := t.queue[0]
		if bytes += p.msg.Size(); len(list) > 0 && (bytes > bytesInBatch || subjects[p.msg.Subject]) {
			break
		}
		subjects[p.msg.Subject] = true
		list, t.queue = append(list, p), t.queue[1:]
	}
	if len(list) == 0 {
		t.busy, t.queue = false, nil
	}
	return list
}

// publishAll publishes a batch, or its messages one by one where the batch as such is refused: mostly because one expectation does not hold,
// which the server does not name.
func (b *Bus) publishAll(ctx context.Context, stream string, list []*waiting) {
	if len(list) > 1 {
		writes := make([]write, len(list))
		for i, p := range list {
			writes[i] = p.write
		}
		first, err := b.publishBatch(ctx, stream, writes)
		if !refusesBatch(err) {
			for i, p := range list {
				p.seq, p.err = first+uint64(i), err
			}
			return
		}
		b.log.Debug("a batch was refused, its messages are published one by one", "stream", stream, "messages", len(list), "error", err)
	}
	var wg sync.WaitGroup
	for _, p := range list {
		wg.Go(func() { p.seq, p.err = b.publish(ctx, stream, p.msg, p.expect) })
	}
	wg.Wait()
}

// Codes of the JetStream API about batches that nats.go has no name for.
const (
	codeBatchDisabled    = 10174 // the stream does not allow them
	codeBatchNoSequence  = 10175
	codeBatchIncomplete  = 10176
	codeBatchUnsupported = 10177 // a header
	codeBatchInvalid     = 10179 // its id
	codeBatchTooLarge    = 10199
	codeBatchTooMany     = 10210 // under way
	codeBatchDuplicate   = 10201
)

// refusesBatch reports an answer after which nothing of a batch is stored and each of its messages may still be.
func refusesBatch(err error) bool {
	var api *jetstream.APIError
	if !errors.As(err, &api) {
		return false
	}
	switch api.ErrorCode {
	case codeBatchDisabled, codeBatchNoSequence, codeBatchIncomplete, codeBatchUnsupported, codeBatchInvalid, codeBatchTooLarge, codeBatchTooMany,
		codeBatchDuplicate:
		return true
	}
	return isConflict(err)
}
