package deliver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/internal/webhook"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

const (
	firstRetry, lastRetry = 5 * time.Second, 30 * time.Minute // the pause doubles with each attempt
	sendTime              = 20 * time.Second                  // of one attempt
	closeTime             = 2 * time.Second                   // that an attempt has when the process is told to end
	refusals              = 3                                 // attempts after which an event that is refused is a dead letter
	contentType           = "application/cloudevents+json"
)

// Bus is where events come from and where dead letters go; *publisher.Bus is one.
type Bus interface {
	Deliver(ctx context.Context, name string, f publisher.Filter, fn func(context.Context, publisher.Delivery) (time.Duration, error)) error
	EventAt(ctx context.Context, seq uint64) (*schemas.Event, []byte, error)
	PublishRun(ctx context.Context, source, event string, value any) (uint64, error)
}

// Dead is an event that a webhook refuses for good, an event "undelivered" of PRESS_RUNS.
type Dead struct {
	At       time.Time `json:"at"`
	Webhook  string    `json:"webhook"`
	Event    string    `json:"event"`    // its id
	Sequence uint64    `json:"sequence"` // in PRESS
	Reason   string    `json:"reason"`
	Tries    int       `json:"tries"`
}

// Courier brings events to the webhooks of a configuration.
type Courier struct {
	bus     Bus
	log     *slog.Logger
	metrics *Metrics
	hooks   []*hook
	pause   func(tries int) time.Duration // after an attempt that failed
}

// hook is a webhook that was checked.
type hook struct {
	Webhook
	key    []byte
	client *http.Client
}

// New checks the webhooks. log and metrics may be nil.
func New(list []Webhook, bus Bus, log *slog.Logger, metrics *Metrics) (*Courier, error) {
	if err := Check(list); err != nil {
		return nil, err
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if metrics == nil {
		metrics = NewMetrics(nil)
	}
	c := &Courier{bus: bus, log: log, metrics: metrics, pause: retryAfter}
	for i, w := range list {
		key, err := w.check(fmt.Sprintf("[%d]", i))
		if err != nil {
			return nil, err
		}
		metrics.introduce(w.Name)
		c.hooks = append(c.hooks, &hook{w, key, webhook.NewClient()})
	}
	return c, nil
}

// Run delivers until ctx ends. Each webhook goes its own way: one that does not answer keeps no other waiting, and no crawl; nor does a
// broker that lets nobody deliver.
func (c *Courier) Run(ctx context.Context) error {
	var g errgroup.Group
	for _, h := range c.hooks {
		g.Go(func() error {
			c.serve(ctx, h)
			return nil
		})
	}
	return g.Wait()
}

func (c *Courier) serve(ctx context.Context, h *hook) {
	for tries := 1; ctx.Err() == nil; tries++ {
		err := c.bus.Deliver(ctx, h.Name, h.filter(), func(ctx context.Context, d publisher.Delivery) (time.Duration, error) {
			tries = 1
			return c.one(ctx, h, d)
		})
		if err == nil {
			return
		}
		c.log.Error("a webhook cannot be served", "webhook", h.Name, "again", c.pause(tries), "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(c.pause(tries)):
		}
	}
}

// one brings an event to a webhook. It is settled when the pause is nought.
func (c *Courier) one(ctx context.Context, h *hook, d publisher.Delivery) (time.Duration, error) {
	c.metrics.pending.WithLabelValues(h.Name).Set(float64(d.Pending))
	err := h.send(ctx, d.Event, d.Release)
	if err == nil {
		c.metrics.count(h.Name, resultDelivered)
		return 0, nil
	}
	if ctx.Err() != nil {
		return c.pause(1), nil // this process ends, another one tries
	}
	st, answered := errors.AsType[*webhook.Status](err)
	if answered && refused(st.Code) && d.Tries >= refusals {
		c.metrics.count(h.Name, resultDead)
		c.log.Error("a webhook refuses an event for good", "webhook", h.Name, "event", d.Event.ID, "sequence", d.Event.Sequence, "error", err)
		return 0, c.bury(ctx, h, d, err)
	}
	c.metrics.count(h.Name, resultRetried)
	pause := c.pause(d.Tries)
	if answered {
		pause = max(pause, min(st.After, lastRetry))
	}
	c.log.Warn("a webhook does not take an event, it is tried again", "webhook", h.Name, "event", d.Event.ID, "tries", d.Tries, "again", pause, "error", err)
	return pause, nil
}

// refused reports whether an answer is about the event and not about the address. What says that the address is wrong, gone or
// forbidden would be said of each event: they wait until somebody has mended it.
func refused(code int) bool {
	switch code {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		return true
	}
	return false
}

func retryAfter(tries int) time.Duration {
	d := firstRetry
	for ; tries > 1 && d < lastRetry; tries-- {
		d *= 2
	}
	return min(d, lastRetry)
}

func (c *Courier) bury(ctx context.Context, h *hook, d publisher.Delivery, why error) error {
	source := strings.TrimPrefix(d.Event.Source, "/sources/")
	_, err := c.bus.PublishRun(ctx, source, schemas.RunUndelivered, Dead{
		At: time.Now().UTC(), Webhook: h.Name, Event: d.Event.ID, Sequence: d.Event.Sequence, Reason: why.Error(), Tries: d.Tries,
	})
	return err
}

// send makes one attempt. The message's id is the event's: what comes twice is known by it.
func (h *hook) send(ctx context.Context, ev *schemas.Event, release []byte) error {
	body, err := ev.AppendJSON(nil, release)
	if err != nil {
		return err
	}
	sctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(closeTime, cancel) })() // what is under way may arrive
	header := http.Header{"Content-Type": {contentType}}
	webhook.Sign(header, h.key, ev.ID, time.Now(), body)
	return webhook.Post(sctx, h.client, h.URL, header, body)
}

// Send brings one event of the feed to the webhook of this name, once: a test, or a dead letter that is tried again. KindNotFound when
// there is no such webhook or event.
func (c *Courier) Send(ctx context.Context, name string, seq uint64) (*schemas.Event, error) {
	for _, h := range c.hooks {
		if h.Name != name {
			continue
		}
		ev, release, err := c.bus.EventAt(ctx, seq)
		if err != nil {
			return nil, err
		}
		if err := h.send(ctx, ev, release); err != nil {
			return ev, &schemas.Error{Op: "webhook", Kind: schemas.KindUnavailable, Thing: name, Err: err, Hint: "mend the receiver, or webhooks in the configuration"}
		}
		return ev, nil
	}
	return nil, &schemas.Error{
		Op: "webhook", Kind: schemas.KindNotFound, Thing: name, Err: errors.New("the configuration has no webhook of this name"), Hint: "name one of webhooks list",
	}
}
