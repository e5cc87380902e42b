package deliver

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Metrics is what can be seen of deliveries from outside.
type Metrics struct {
	total   *prometheus.CounterVec
	pending *prometheus.GaugeVec
}

// The results of deliveries.
const (
	resultDelivered = "delivered"
	resultRetried   = "retried" // an attempt failed, it is tried again
	resultDead      = "dead"    // refused for good
)

// NewMetrics registers what is counted; with nil it is counted for nobody.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	f := promauto.With(reg)
	return &Metrics{
		f.NewCounterVec(prometheus.CounterOpts{
			Name: "kreispresse_webhook_deliveries_total", Help: "Attempts to bring an event to a webhook, by result (delivered, retried, dead).",
		}, []string{"webhook", "result"}),
		f.NewGaugeVec(prometheus.GaugeOpts{
			Name: "kreispresse_webhook_pending_events", Help: "Events that wait behind the one that was last tried.",
		}, []string{"webhook"}),
	}
}

func (m *Metrics) introduce(name string) {
	m.pending.WithLabelValues(name)
	for _, r := range []string{resultDelivered, resultRetried, resultDead} {
		m.total.WithLabelValues(name, r) // a rate needs a nought to begin at
	}
}

func (m *Metrics) count(name, result string) { m.total.WithLabelValues(name, result).Inc() }
