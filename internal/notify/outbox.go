package notify

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// channel is a way to reach somebody.
type channel interface {
	name() string // without secrets
	send(ctx context.Context, m Message) error
}

// permanent is an error that another attempt would meet again.
type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// outbox delivers messages through one channel, in order, until each is delivered or given up.
type outbox struct {
	channel
	key     string               // names it among the channels
	gone    func(id, key string) // is told of a message that is done with; nil: nobody is
	log     *slog.Logger
	metrics *Metrics
	now     func() time.Time
	sleep   func(time.Duration) <-chan time.Time

	mu    sync.Mutex
	queue []letter
	wake  chan struct{} // something was put into an empty queue
}

// letter is a message that waits for its delivery.
type letter struct {
	Message
	attempts int
	put      time.Time
}

func newOutbox(c channel, log *slog.Logger, m *Metrics) *outbox {
	return &outbox{channel: c, log: log, metrics: m, now: time.Now, sleep: time.After, wake: make(chan struct{}, 1)}
}

// put adds a message and never waits. When too many wait already the oldest is dropped.
func (o *outbox) put(m Message) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) >= waiting {
		o.log.Error("a notification is dropped, too many wait", "channel", o.name(), "title", o.queue[0].Title)
		o.metrics.count(resultDropped)
		o.queue = o.queue[1:]
	}
	o.queue = append(o.queue, letter{Message: m, put: o.now()})
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// first is the message that is delivered next.
func (o *outbox) first() (letter, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) == 0 {
		return letter{}, false
	}
	return o.queue[0], true
}

// after puts an attempt on record: the message goes, or waits on with its attempts. It may have been dropped meanwhile.
func (o *outbox) after(l letter, gone bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) == 0 || o.queue[0].ID != l.ID {
		return
	}
	if gone {
		o.queue = o.queue[1:]
		if o.gone != nil {
			o.gone(l.ID, o.key)
		}
	} else {
		o.queue[0] = l
	}
}

// run delivers until ctx ends; the attempt that is under way then goes on until sending ends, too.
func (o *outbox) run(ctx, sending context.Context) {
	for ctx.Err() == nil {
		var pause <-chan time.Time
		l, ok := o.first()
		if ok {
			pause = o.deliver(sending, l)
			if pause == nil {
				continue
			}
		}
		wake := o.wake
		if pause != nil {
			wake = nil // who does not answer is left alone, whatever else there is to tell
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-pause:
		}
	}
}

// deliver makes one attempt and gives the pause before the next one; nil when this message is done with.
func (o *outbox) deliver(ctx context.Context, l letter) <-chan time.Time {
	err := o.attempt(ctx, l.Message)
	if err != nil && ctx.Err() != nil {
		return nil // the process ends; drain tries once more
	}
	if l.attempts++; err == nil {
		o.metrics.count(resultSent)
		o.after(l, true)
		return nil
	}
	pause := retryAfter(l.attempts)
	if lasting(err) || o.now().Add(pause).Sub(l.put) > giveUp {
		o.lose(l, err)
		return nil
	}
	o.metrics.count(resultRetried)
	o.log.Warn("a notification could not be sent, tried again", "channel", o.name(), "title", l.Title, "pause", pause, "error", oneLine(err.Error()))
	o.after(l, false)
	return o.sleep(pause)
}

func (o *outbox) attempt(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	return o.send(ctx, m)
}

func (o *outbox) lose(l letter, err error) {
	o.metrics.count(resultFailed)
	o.log.Error("a notification is given up", "channel", o.name(), "title", l.Title, "attempts", l.attempts, "error", oneLine(err.Error()))
	o.after(l, true)
}

// drain tries everything that waits once more; the process ends.
func (o *outbox) drain(ctx context.Context) {
	for {
		l, ok := o.first()
		if !ok {
			return
		}
		l.attempts++
		if err := o.attempt(ctx, l.Message); err != nil {
			if o.gone != nil && !lasting(err) {
				return // the next process sends what is left
			}
			o.lose(l, err)
			continue
		}
		o.metrics.count(resultSent)
		o.after(l, true)
	}
}

func lasting(err error) bool {
	_, ok := errors.AsType[permanent](err)
	return ok
}
