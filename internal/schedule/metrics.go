package schedule

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// Metrics is what can be seen of a Loop from outside.
type Metrics struct {
	sources, running, lag prometheus.Gauge
	outages               prometheus.Counter
	runs                  *prometheus.CounterVec
	duration              prometheus.Histogram
	requests, releases    prometheus.Counter
	last                  *prometheus.GaugeVec
}

// NewMetrics registers what a Loop counts; with nil it is counted for nobody.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	f := promauto.With(reg)
	gauge := func(name, help string) prometheus.Gauge {
		return f.NewGauge(prometheus.GaugeOpts{Name: "kreispresse_" + name, Help: help})
	}
	counter := func(name, help string) prometheus.Counter {
		return f.NewCounter(prometheus.CounterOpts{Name: "kreispresse_" + name, Help: help})
	}
	return &Metrics{
		sources: gauge("sources", "Sources that this process keeps crawled."),
		running: gauge("sources_running", "Sources that this process is crawling now."),
		lag:     gauge("schedule_lag_seconds", "For how long the source that is due first has been waiting."),
		outages: counter("outages_total", "How often nothing could be crawled because of the broker or the store."),
		runs: f.NewCounterVec(prometheus.CounterOpts{Name: "kreispresse_runs_total", Help: "Runs of sources that ended, by result (ok, failed)."},
			[]string{"result"}),
		duration: f.NewHistogram(prometheus.HistogramOpts{
			Name: "kreispresse_run_duration_seconds", Help: "How long the run of a source takes.", Buckets: prometheus.ExponentialBuckets(0.25, 3, 10),
		}),
		requests: counter("requests_total", "Requests sent to press sites."),
		releases: counter("releases_total", "Releases published for the first time."),
		last: f.NewGaugeVec(prometheus.GaugeOpts{
			Name: "kreispresse_source_last_success_timestamp_seconds", Help: "When the last run of a source that did not fail ended.",
		}, []string{"source", "state"}),
	}
}

// Observe counts one run.
func (m *Metrics) Observe(src *source.Source, r Result) {
	result := "ok"
	if r.Failed {
		result = "failed"
	} else {
		m.last.WithLabelValues(src.ID, src.State).Set(float64(r.Ended.Unix()))
	}
	m.runs.WithLabelValues(result).Inc()
	m.duration.Observe(r.Ended.Sub(r.Started).Seconds())
	m.requests.Add(float64(r.Requests))
	m.releases.Add(float64(r.Releases))
}
