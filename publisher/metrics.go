package publisher

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kreispresse/kreispresse/schemas"
)

// Collector gives what the broker holds to Prometheus. Each scrape asks the broker, within scrapeTimeout; when it does not answer
// kreispresse_broker_up is 0 and the rest is left out.
type Collector struct {
	bus                                                       *Bus
	up, messages, bytes, first, last, newest, lagging, copies *prometheus.Desc
	free, floor, days                                         *prometheus.Desc
}

const scrapeTimeout = 3 * time.Second

// NewCollector makes the collector of a bus.
func NewCollector(b *Bus) *Collector {
	of := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("kreispresse_stream_"+name, help, []string{"stream"}, nil)
	}
	return &Collector{
		bus:      b,
		up:       prometheus.NewDesc("kreispresse_broker_up", "Whether the broker answered the last scrape.", nil, nil),
		messages: of("messages", "Messages in a stream."),
		bytes:    of("bytes", "Bytes of a stream on disk."),
		first:    of("first_sequence", "Sequence of the oldest message."),
		last:     of("last_sequence", "Sequence of the newest message."),
		newest:   of("last_timestamp_seconds", "When the newest message was stored."),
		copies:   of("replicas", "Copies of a stream."),
		lagging:  of("replicas_not_current", "Copies of a stream that lag or are offline."),
		free:     prometheus.NewDesc("kreispresse_disk_free_bytes", "Bytes that are free where the streams are.", nil, nil),
		floor:    prometheus.NewDesc("kreispresse_disk_floor_bytes", "With less than this free nothing is crawled.", nil, nil),
		days:     prometheus.NewDesc("kreispresse_disk_full_days", "For how many days there is room, as the streams grow; +Inf when they do not.", nil, nil),
	}
}

// Describe implements prometheus.Collector.
func (c *Collector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{c.up, c.messages, c.bytes, c.first, c.last, c.newest, c.copies, c.lagging, c.free, c.floor, c.days} {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (c *Collector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	up := 1.0
	for _, one := range table(1) {
		s, err := c.bus.streamStatus(ctx, one.Name)
		if err != nil {
			up = 0
			break
		}
		gauge := func(d *prometheus.Desc, v float64) {
			ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, one.Name)
		}
		gauge(c.messages, float64(s.Messages))
		gauge(c.bytes, float64(s.Bytes))
		gauge(c.first, float64(s.First))
		gauge(c.last, float64(s.Last))
		gauge(c.copies, float64(s.Replicas))
		gauge(c.lagging, float64(s.NotCurrent))
		if s.Messages > 0 {
			gauge(c.newest, float64(s.LastTime.Unix()))
		}
	}
	ch <- prometheus.MustNewConstMetric(c.up, prometheus.GaugeValue, up)
	if up > 0 {
		c.collectRoom(ctx, ch)
	}
}

func (c *Collector) collectRoom(ctx context.Context, ch chan<- prometheus.Metric) {
	r, ok := c.bus.Room(ctx)
	if !ok {
		return
	}
	days, known := r.Days()
	if !known {
		days = math.Inf(1)
	}
	ch <- prometheus.MustNewConstMetric(c.free, prometheus.GaugeValue, float64(r.Free))
	ch <- prometheus.MustNewConstMetric(c.floor, prometheus.GaugeValue, float64(r.Floor))
	ch <- prometheus.MustNewConstMetric(c.days, prometheus.GaugeValue, days)
}

// Ready says why nothing can be stored or read just now; nil when it can.
func (b *Bus) Ready(ctx context.Context) error {
	if err := b.enough(ctx); err != nil {
		return err
	}
	if why := b.unhealthy(); why != "" {
		return &schemas.Error{Op: "store", Kind: schemas.KindStorage, Thing: b.cfg.thing(), Err: errors.New(why), Hint: HintWritable}
	}
	_, err := b.streamStatus(ctx, schemas.StreamPress)
	return err
}
