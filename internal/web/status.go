package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Status is what tells others how the process is.
type Status struct {
	// Ready says why the process cannot do its work just now; nil when it can.
	Ready func(context.Context) error
	// Note says what is not as it should be although the process does its work, empty: nothing; nil: nothing ever.
	Note    func() string
	Metrics prometheus.Gatherer
	// Site is what else is served, for those who may come in; nil: nothing.
	Site http.Handler
}

// readyTimeout bounds one question after readiness: whoever asks would wait no longer.
const readyTimeout = 3 * time.Second

func (s Status) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		if err := s.Ready(ctx); err != nil {
			say(w, http.StatusServiceUnavailable, err.Error())
			return
		}
		line := "ready"
		if s.Note != nil {
			line = strings.TrimSuffix("ready; "+s.Note(), "; ")
		}
		say(w, http.StatusOK, line)
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.Metrics, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: writeTimeout / 2}))
	if s.Site != nil {
		mux.Handle("/", s.Site)
	}
	return mux
}

// say answers with one line of plain text.
func say(w http.ResponseWriter, code int, line string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	fmt.Fprintln(w, strings.Join(strings.Fields(line), " "))
}
