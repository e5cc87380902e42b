package api

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Options of a Server.
type Options struct {
	// Guard keeps out who may not read; nil: everybody may. It does not see questions of browsers whether they may ask (OPTIONS).
	Guard     func(http.Handler) http.Handler
	Segments  string        // directory of sealed segments; empty: there are none
	Base      string        // URL under which others reach the server, for links; empty: as they ask for it
	Limits    Limits        // zero: DefaultLimits
	Heartbeat time.Duration // of streams; 0: 15 s
	Patience  time.Duration // for which a client may take nothing of a stream; 0: 10 s
	Ring      int           // bytes of new events kept for those who follow; 0: 8 MiB
}

// Server answers over HTTP. Run must run for streams to have something to tell.
type Server struct {
	Options
	reader  *Reader
	hub     *hub
	clients *clients
	heavy   chan struct{} // answers being put together
	feeds   cache
}

// New makes a Server over a Reader.
func New(r *Reader, o Options) *Server {
	o.Limits.Rate = cmp.Or(o.Limits.Rate, DefaultLimits.Rate)
	o.Limits.Burst = cmp.Or(o.Limits.Burst, DefaultLimits.Burst)
	o.Limits.Streams = cmp.Or(o.Limits.Streams, DefaultLimits.Streams)
	o.Limits.StreamsPerClient = cmp.Or(o.Limits.StreamsPerClient, DefaultLimits.StreamsPerClient)
	o.Limits.Heavy = cmp.Or(o.Limits.Heavy, DefaultLimits.Heavy)
	o.Heartbeat = cmp.Or(o.Heartbeat, 15*time.Second)
	o.Patience = cmp.Or(o.Patience, 10*time.Second)
	o.Ring = cmp.Or(o.Ring, 8<<20)
	return &Server{
		Options: o, reader: r, hub: newHub(r.Bus, r.Log, o.Ring), clients: newClients(o.Limits, time.Now), heavy: make(chan struct{}, o.Limits.Heavy),
	}
}

// Run follows the feed for all streams until ctx ends. Then it ends them, each with its last sequence.
func (s *Server) Run(ctx context.Context) error { return s.hub.run(ctx) }

// route is an address that answers.
type route struct {
	pattern string
	answer  func(*Server, http.ResponseWriter, *http.Request) error
	light   bool // it is answered at once or for long, and counts for nothing among what is put together
}

// routes are all addresses. schemas/openapi.yaml has the same.
var routes = []route{
	{"/v1/feed", (*Server).feed, true},
	{"/v1/releases/{id}", (*Server).release, false},
	{"/v1/releases/{id}/revisions", (*Server).revisions, false},
	{"/v1/releases/{id}/diff", (*Server).diff, false},
	{"/v1/releases/{id}/page", (*Server).page, false},
	{"/v1/sources", (*Server).sources, false},
	{"/v1/sources/{id}", (*Server).source, false},
	{"/v1/search", (*Server).search, false},
	{"/v1/quotes", (*Server).quotes, false},
	{"/v1/segments.json", (*Server).manifest, true},
	{"/v1/segments/{name}", (*Server).segment, true},
	{"/v1/receipts/{name}", (*Server).receipt, true},
	{"/v1/openapi.yaml", (*Server).openAPI, true},
	{"/feeds/{file}", (*Server).sourceFeed, false},
	{"/feeds/state/{file}", (*Server).stateFeed, false},
	{"/feeds/search.atom", (*Server).searchAtom, false},
	{"/feeds/search.json", (*Server).searchJSON, false},
}

// Handler answers under /v1/ and /feeds/.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.Handle(r.pattern, s.endpoint(r))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		newProblem(http.StatusNotFound, "there is nothing at "+short(r.URL.Path), "see /v1/openapi.yaml for what there is").write(w)
	})
	return s.open(mux)
}

// short is a part of what somebody sent, to be said again.
func short(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > 100 {
		s = string(r[:100]) + "…"
	}
	return s
}

// open lets pages of any site read, answers their questions whether they may, and bounds what is asked.
func (s *Server) open(h http.Handler) http.Handler {
	guarded := h
	if s.Guard != nil {
		guarded = s.Guard(h)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Access-Control-Allow-Origin", "*")
		head.Set("Access-Control-Expose-Headers", "ETag, Link, Retry-After, Kreispresse-Next, Kreispresse-Last, Kreispresse-Revision, Memento-Datetime")
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		switch {
		case r.Method == http.MethodOptions:
			head.Set("Allow", "GET, HEAD, OPTIONS")
			head.Set("Access-Control-Allow-Methods", "GET, HEAD")
			head.Set("Access-Control-Allow-Headers", "Authorization, Last-Event-ID, If-None-Match, Accept")
			head.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			head.Set("Allow", "GET, HEAD, OPTIONS")
			newProblem(http.StatusMethodNotAllowed, "this can only be read", "use GET").write(w)
		case len(r.URL.RawQuery) > longestQuery:
			newProblem(http.StatusRequestURITooLong, "the query is too long", "ask for less at a time").write(w)
		default:
			if err := s.clients.take(r); err != nil {
				problemOf(err).write(w)
				return
			}
			guarded.ServeHTTP(w, r)
		}
	})
}

// endpoint answers one address. What is heavy waits its turn for a moment.
func (s *Server) endpoint(to route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !to.light {
			done, err := s.turn(r.Context())
			if err != nil {
				problemOf(err).write(w)
				return
			}
			defer done()
		}
		err := to.answer(s, w, r)
		if err == nil || r.Context().Err() != nil {
			return
		}
		p := problemOf(err)
		if p.Status >= http.StatusInternalServerError && p.Status != http.StatusServiceUnavailable {
			s.reader.Log.Warn("a question could not be answered", "path", r.URL.Path, "error", p.Detail)
		}
		p.write(w)
	})
}

// turnWait is how long somebody waits for a turn.
const turnWait = 2 * time.Second

// turn is one of the places for answers that are put together.
func (s *Server) turn(ctx context.Context) (done func(), err error) {
	timer := time.NewTimer(turnWait)
	defer timer.Stop()
	select {
	case s.heavy <- struct{}{}:
		return func() { <-s.heavy }, nil
	case <-timer.C:
		return nil, busy("too much is asked at one time")
	case <-ctx.Done():
		return nil, busy("whoever asked has gone")
	}
}

// openAPI is what there is, for programs.
func (s *Server) openAPI(w http.ResponseWriter, r *http.Request) error {
	return reply(w, r, http.StatusOK, &document{typ: "application/yaml", body: schemas.OpenAPI})
}
