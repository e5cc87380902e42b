package notify

import (
	"context"
	"log/slog"
	"slices"
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
	Memory  Memory                               // of digests, and of what was told; without it that ends with the process
	State   func(context.Context) (State, error) // for digests
	Outage  func() error                         // why nothing is crawled just now
	Holder  string                               // names this process among those that share the memory

	// Incidents is what is wrong with which source now. It is asked once, after the start; nil: nothing is compared.
	Incidents func(context.Context) (map[string]health.Incident, error)
}

// Notifier tells people. Its methods never wait for anybody; a nil one tells nobody.
type Notifier struct {
	opt   Options
	clock clock
	boxes []*outbox
	wake  chan struct{}

	mu    sync.Mutex // guards facts
	facts []func(*desk)

	// Of the goroutine of Run alone.
	desk     *desk
	ahead    bool   // the desk has done something that is not in the book
	base     Book   // as it was when desk and book were the same last
	compared bool   // with Incidents
	told     string // the day whose digest needs no thought any more
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
	n.desk.me = opt.Holder
	n.clock, _ = c.clock() // channels has checked it
	for _, ch := range channels {
		n.boxes = append(n.boxes, newOutbox(ch, opt.Log, opt.Metrics))
	}
	n.nameBoxes()
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
	n.facts = append(n.facts, what)
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
	n.end(ctx)
	return nil
}

// end tells what is left, for a short time, and leaves the rest to the next process.
func (n *Notifier) end(ctx context.Context) {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer cancel()
	n.tell(last, time.Now(), true)
	var delivering sync.WaitGroup
	for _, o := range n.boxes {
		delivering.Go(func() { o.drain(last) })
	}
	delivering.Wait()
	last, cancel = context.WithTimeout(context.WithoutCancel(ctx), leaveTime)
	defer cancel()
	n.share(last, time.Now(), func(d *desk) []Message {
		d.leave(time.Now())
		return nil
	})
}

// look is one round.
func (n *Notifier) look(ctx context.Context, now time.Time) {
	if n.opt.Outage != nil {
		says := ""
		if err := n.opt.Outage(); err != nil {
			says = err.Error()
		}
		n.desk.halted(says, now)
	}
	n.compare(ctx, now)
	n.tell(ctx, now, false)
	if err := n.digest(ctx, now); err != nil && ctx.Err() == nil {
		n.opt.Log.Warn("the digest has to wait", "error", oneLine(err.Error()))
	}
}

// compare looks once, after the start, what is wrong with the sources: whatever happened while nobody was there to tell it is told now.
func (n *Notifier) compare(ctx context.Context, now time.Time) {
	if n.compared || n.opt.Incidents == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	incidents, err := n.opt.Incidents(ctx)
	if err != nil {
		return // the broker is away: an outage, which is told
	}
	n.compared = true
	n.mu.Lock()
	n.facts = append(n.facts, func(d *desk) { d.compare(incidents, now) })
	n.mu.Unlock()
}

func (n *Notifier) tell(ctx context.Context, now time.Time, all bool) {
	var orphans []Letter
	n.share(ctx, now, func(d *desk) []Message {
		orphans = d.tend(now)
		return d.news(now, all)
	})
	for _, l := range orphans {
		n.send(l.Message, l.To)
	}
}

// put sends a message by every channel, and remembers it until it has arrived.
func (n *Notifier) put(ctx context.Context, now time.Time, m Message) {
	n.share(ctx, now, func(*desk) []Message { return []Message{m} })
}

// send gives a message to channels.
func (n *Notifier) send(m Message, to []string) {
	for _, o := range n.boxes {
		if slices.Contains(to, o.key) {
			o.put(m)
		}
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
		n.put(ctx, now, Digest(s, now))
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
