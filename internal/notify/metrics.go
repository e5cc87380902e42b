package notify

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Metrics is what can be seen of notifications from outside.
type Metrics struct{ total *prometheus.CounterVec }

// The results of notifications.
const (
	resultSent    = "sent"
	resultRetried = "retried" // an attempt failed, it is tried again
	resultFailed  = "failed"  // given up
	resultDropped = "dropped" // too many waited
)

// NewMetrics registers what is counted; with nil it is counted for nobody.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	m := &Metrics{promauto.With(reg).NewCounterVec(prometheus.CounterOpts{
		Name: "kreispresse_notifications_total", Help: "Notifications, by result (sent, retried, failed, dropped).",
	}, []string{"result"})}
	for _, r := range []string{resultSent, resultRetried, resultFailed, resultDropped} {
		m.total.WithLabelValues(r) // a rate needs a nought to begin at
	}
	return m
}

func (m *Metrics) count(result string) { m.total.WithLabelValues(result).Inc() }
