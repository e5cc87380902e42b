package notify

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/schemas"
)

// Memory is what is remembered, shared by all processes; values are JSON. publisher.Sources is one.
type Memory interface {
	// Get reads a value into the pointer into and returns its revision; KindNotFound when there is none.
	Get(ctx context.Context, key string, into any) (rev uint64, err error)
	// Put writes a value if rev is still its revision (0: if there is none); else KindConflict.
	Put(ctx context.Context, key string, value any, rev uint64) (uint64, error)
}

// Options of a Notifier. All but State, Memory (for digests) and Outage may be left out.
type Options struct {
	Log     *slog.Logger
	Metrics *Metrics
	Memory  Memory                               // of digests
	State   func(context.Context) (State, error) // for digests
	Outage  func() error                         // why nothing is crawled just now
}

// Notifier tells people. Its methods never wait for anybody; a nil one tells nobody.
type Notifier struct {
	opt   Options
	clock clock
	boxes []*outbox
	wake  chan struct{}

	mu   sync.Mutex // guards desk
	desk *desk
	told string // the day whose digest needs no thought any more
}

// New checks a configuration; nil is none, and gives no Notifier.
func New(c *Config, opt Options) (*Notifier, error) {
	if c == nil {
		return nil, nil
	}
	channels, err := c.channels()
	if err != nil {
		return nil, err
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Metrics == nil {
		opt.Metrics = NewMetrics(nil)
	}
	n := &Notifier{opt: opt, desk: newDesk(c.after()), wake: make(chan struct{}, 1)}
	n.clock, _ = c.clock() // channels has checked it
	for _, ch := range channels {
		n.boxes = append(n.boxes, newOutbox(ch, opt.Log, opt.Metrics))
	}
	return n, nil
}

// Alarm takes an alarm.
func (n *Notifier) Alarm(a health.Alarm) { n.learn(func(d *desk) { d.alarm(a) }) }

// Ran takes the result of a run.
func (n *Notifier) Ran(source string, failed bool, at time.Time) {
	n.learn(func(d *desk) { d.ran(source, failed, at) })
}

func (n *Notifier) learn(what func(*desk)) {
	if n == nil {
		return
	}
	n.mu.Lock()
	what(n.desk)
	n.mu.Unlock()
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

// Run tells what there is to tell until ctx ends, and then, for a short time, what is left.
func (n *Notifier) Run(ctx context.Context) error {
	if n == nil {
		return nil
	}
	sending, cut := context.WithCancel(context.WithoutCancel(ctx)) // what is under way is not sent twice
	defer cut()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(closeTime, cut) })()
	var delivering sync.WaitGroup
	for _, o := range n.boxes {
		delivering.Go(func() { o.run(ctx, sending) })
	}
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for ctx.Err() == nil {
		n.look(ctx, time.Now())
		select {
		case <-ctx.Done():
		case <-ticker.C:
		case <-n.wake:
		}
	}
	delivering.Wait()
	n.tell(time.Now(), true)
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer cancel()
	for _, o := range n.boxes {
		delivering.Go(func() { o.drain(last) })
	}
	delivering.Wait()
	return nil
}

// look is one round.
func (n *Notifier) look(ctx context.Context, now time.Time) {
	if n.opt.Outage != nil {
		says := ""
		if err := n.opt.Outage(); err != nil {
			says = err.Error()
		}
		n.mu.Lock()
		n.desk.halted(says, now)
		n.mu.Unlock()
	}
	n.tell(now, false)
	if err := n.digest(ctx, now); err != nil && ctx.Err() == nil {
		n.opt.Log.Warn("the digest has to wait", "error", oneLine(err.Error()))
	}
}

func (n *Notifier) tell(now time.Time, all bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, m := range n.desk.news(now, all) {
		n.put(m)
	}
}

func (n *Notifier) put(m Message) {
	for _, o := range n.boxes {
		o.put(m)
	}
}

// digest tells the digest of the day when it is due. Of several processes the one tells it that was first to write so.
func (n *Notifier) digest(ctx context.Context, now time.Time) error {
	if n.clock.zone == nil || n.opt.Memory == nil || n.opt.State == nil || n.clock.day(now) == n.told {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime) // a broker that is away is something to tell, too
	defer cancel()
	var t Told
	rev, err := n.opt.Memory.Get(ctx, keyTold, &t)
	known := err == nil
	if err != nil && schemas.KindOf(err) != schemas.KindNotFound {
		return err
	}
	day, tell := n.clock.due(now, t, known)
	if known && !tell {
		n.told = day
		return nil
	}
	var s State
	if tell {
		if s, err = n.opt.State(ctx); err != nil {
			return err
		}
	}
	_, err = n.opt.Memory.Put(ctx, keyTold, Told{day}, rev)
	if schemas.KindOf(err) == schemas.KindConflict {
		return nil // another process tells it
	}
	if err != nil {
		return err
	}
	n.told = day
	if tell {
		n.put(Digest(s, now))
	}
	return nil
}

// Sent is how a message fared that was sent at once.
type Sent struct {
	Channel string
	Err     error
}

// Send sends a message through every channel, once, and says what came of it.
func (n *Notifier) Send(ctx context.Context, m Message) (list []Sent) {
	for _, o := range n.boxes {
		list = append(list, Sent{o.name(), o.attempt(ctx, m)})
	}
	return list
}
