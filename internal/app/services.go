package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/replay"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// searcher is what answers searches.
type searcher interface {
	Search(ctx context.Context, q index.Query) (*index.Page, error)
}

// services answers requests over NATS, see docs/feed.md.
type services struct {
	*program
	bus       *publisher.Bus
	searcher  searcher // nil: there is no index
	life      context.Context
	replaying *semaphore.Weighted
}

// serveNATS answers requests until ctx ends. A server on which that is not possible does not stop a crawl.
func (r *runner) serveNATS(ctx context.Context) error {
	if !r.services {
		return nil
	}
	s := &services{program: r.program, bus: r.bus, life: ctx, replaying: semaphore.NewWeighted(1)}
	if r.index != nil {
		s.searcher = r.index
	}
	if err := r.bus.Serve(ctx, s.endpoints()); err != nil && ctx.Err() == nil {
		r.log.Warn("no requests are answered over NATS", "error", oneLine(err.Error()))
	}
	return s.replaying.Acquire(context.WithoutCancel(ctx), 1) // a replay that is under way notes how far it came
}

func (s *services) endpoints() []publisher.Endpoint {
	return []publisher.Endpoint{
		{Name: "releases.get", Description: "the newest event of a release, or all of its revisions, as CloudEvents JSON", Answer: s.get},
		{Name: "releases.search", Description: "releases by words, speaker, person, role, Land, source and day", Answer: answer(s.search)},
		{Name: "sources.status", Description: "how the sources are, or one of them", Answer: answer(s.status)},
		{Name: "replay.request", Description: "past events again, on a subject under replay.", Answer: answer(s.replay)},
	}
}

// answer reads a request strictly, an empty one as {}, and writes what comes of it.
func answer[Q any](do func(context.Context, *Q) (any, error)) func(context.Context, []byte) ([]byte, error) {
	return func(ctx context.Context, request []byte) ([]byte, error) {
		q := new(Q)
		if err := readRequest(request, q); err != nil {
			return nil, err
		}
		v, err := do(ctx, q)
		if err != nil {
			return nil, err
		}
		return json.Marshal(v)
	}
}

func readRequest(request []byte, q any) error {
	if len(bytes.TrimSpace(request)) == 0 {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(request))
	dec.DisallowUnknownFields()
	err := dec.Decode(q)
	if err == nil {
		if _, more := dec.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the object")
		}
	}
	if err != nil {
		return badRequest(fmt.Errorf("no JSON object of this request: %w", err))
	}
	return nil
}

func badRequest(err error) error {
	return &schemas.Error{Op: "request", Kind: schemas.KindInvalid, Err: err, Hint: "docs/feed.md says what can be asked"}
}

// getRequest asks for a release.
type getRequest struct {
	ID        string `json:"id"`
	Revisions bool   `json:"revisions"` // all that are kept, oldest first, as an array
}

func (s *services) get(ctx context.Context, request []byte) ([]byte, error) {
	var q getRequest
	if err := readRequest(request, &q); err != nil {
		return nil, err
	}
	if !q.Revisions {
		ev, err := s.bus.Newest(ctx, q.ID)
		if err != nil {
			return nil, err
		}
		return ev.AppendJSON(nil, nil)
	}
	list, err := s.bus.Revisions(ctx, q.ID)
	if err != nil {
		return nil, err
	}
	out := []byte{'['}
	for i, ev := range list {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = ev.AppendJSON(out, nil); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

// searchRequest is index.Query as JSON.
type searchRequest struct {
	Text    string `json:"text"`
	Speaker string `json:"speaker"`
	Person  string `json:"person"`
	Role    string `json:"role"`
	Credit  string `json:"credit"`
	Source  string `json:"source"`
	State   string `json:"state"`
	Type    string `json:"type"`
	From    string `json:"from"`
	To      string `json:"to"`
	Order   string `json:"order"`
	After   string `json:"after"`
	Limit   int    `json:"limit"`
}

func (s *services) search(ctx context.Context, q *searchRequest) (any, error) {
	if s.searcher == nil {
		return nil, &schemas.Error{
			Op: "search", Kind: schemas.KindUnavailable, Err: errors.New("this process keeps no index"), Hint: "let the operator start run with --index",
		}
	}
	return s.searcher.Search(ctx, index.Query(*q))
}

// statusRequest asks how sources are.
type statusRequest struct {
	Source string `json:"source"` // empty: all that are crawled
}

func (s *services) status(ctx context.Context, q *statusRequest) (any, error) {
	all, err := s.reader(s.bus).Verdicts(ctx, 0)
	if err != nil || q.Source == "" {
		return all, err
	}
	v, ok := all[q.Source]
	if !ok {
		return nil, &schemas.Error{Op: "status", Kind: schemas.KindNotFound, Thing: q.Source, Err: errors.New("no run of a source with this id is known")}
	}
	return map[string]health.Verdict{q.Source: v}, nil
}

// replayRequest asks for past events on a subject.
type replayRequest struct {
	Subject string    `json:"subject"` // under replay.
	Source  string    `json:"source"`
	State   string    `json:"state"`
	Type    string    `json:"type"`
	From    uint64    `json:"from"`
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until"`
	AsOf    time.Time `json:"as_of"`
	Last    bool      `json:"last"`
	Rate    float64   `json:"rate"` // events a second; 0: replayRate, at most mostReplayRate
	DryRun  bool      `json:"dry_run"`
}

// replayAnswer says what was begun, or would be.
type replayAnswer struct {
	Events  int     `json:"events"`
	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"`
	Started bool    `json:"started"`
}

const (
	replayPrefix   = "replay." // nothing else is sent to on somebody's request: we may do more than who asks
	replayRate     = 200
	mostReplayRate = 2000
)

// replay counts the events, and sends them while the request is answered already: one replay at a time.
func (s *services) replay(ctx context.Context, q *replayRequest) (any, error) {
	if q.Rate == 0 {
		q.Rate = replayRate
	}
	switch {
	case !strings.HasPrefix(q.Subject, replayPrefix) || strings.ContainsAny(q.Subject, " *>\t\r\n"):
		return nil, badRequest(fmt.Errorf("subject %q: want one that begins with %s", q.Subject, replayPrefix))
	case q.Rate < 0 || q.Rate > mostReplayRate:
		return nil, badRequest(fmt.Errorf("rate %g: want events a second, up to %d", q.Rate, mostReplayRate))
	}
	j := &replay.Job{Feed: s.bus, Memory: s.bus.Sources(), Target: q.Subject, PerSecond: q.Rate, Filter: publisher.Filter{
		Source: q.Source, State: q.State, Type: q.Type, From: q.From, Since: q.Since, Until: q.Until, AsOf: q.AsOf, Last: q.Last,
	}}
	plan, err := j.Plan(ctx)
	if err != nil {
		return nil, err
	}
	a := replayAnswer{Events: plan.Events, Bytes: plan.Bytes, Seconds: plan.Duration.Seconds()}
	if q.DryRun || plan.Events == 0 {
		return a, nil
	}
	if !s.replaying.TryAcquire(1) {
		return nil, &schemas.Error{Op: "replay", Kind: schemas.KindConflict, Err: errors.New("another replay is under way"), Hint: "ask again when it is done"}
	}
	a.Started = true
	go func() {
		defer s.replaying.Release(1)
		s.send(j)
	}()
	return a, nil
}

// send does a replay, and writes down in PRESS_RUNS that it was asked for.
func (s *services) send(j *replay.Job) {
	res, err := j.Run(s.life)
	if err != nil {
		s.log.Warn("a replay that was asked for did not end well", "subject", j.Target, "error", oneLine(err.Error()))
	}
	source := cmp.Or(j.Filter.Source, allSources)
	if _, err := s.bus.PublishRun(context.WithoutCancel(s.life), source, schemas.RunAudit, j.Audit(res, err)); err != nil {
		s.log.Warn("a replay could not be written down", "subject", j.Target, "error", oneLine(err.Error()))
	}
}
