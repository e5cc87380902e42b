package api

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Media types of the feed.
const (
	typeNDJSON = "application/x-ndjson"
	typeSSE    = "text/event-stream"
)

// Bounds of a page of the feed.
const (
	usualPage   = 100
	longestPage = 1000
	pageBytes   = 4 << 20 // of releases; the last one may go over it
)

// wish is what somebody wants of the feed.
type wish struct {
	filter publisher.Filter
	begin  bool // from the oldest event that is kept: from=0
	placed bool // it is said where to begin
	limit  int  // events; 0: all
}

// feed answers with a stream of server-sent events to who asks for one, else with a page of lines of JSON.
func (s *Server) feed(w http.ResponseWriter, r *http.Request) error {
	w.Header().Add("Vary", "Accept")
	stream := strings.Contains(r.Header.Get("Accept"), typeSSE)
	want, err := s.wish(r, stream)
	if err != nil {
		return err
	}
	reach, err := s.reader.Bus.Reach(r.Context())
	if err != nil {
		return err
	}
	if err := within(want.filter.From, reach); err != nil {
		return err
	}
	if want.begin {
		want.filter.From = max(reach.First, 1)
	}
	h := w.Header()
	h.Set("Kreispresse-Last", strconv.FormatUint(reach.Last, 10))
	switch {
	case stream:
		return s.stream(w, r, want, reach.Last)
	case want.filter.Last:
		return s.current(w, r, want, reach.Last)
	}
	return s.pageOf(w, r, want)
}

// wish reads what is wanted. A reader that comes back says with Last-Event-ID what it has; that goes before everything else.
func (s *Server) wish(r *http.Request, stream bool) (want wish, err error) {
	p := paramsOf(r.URL.RawQuery)
	f := publisher.Filter{Source: p.source("source"), State: p.state("state"), Type: p.event("type"), Last: p.flag("last")}
	from, given := p.sequence("from")
	f.From, want.begin, want.placed = from, given && from == 0, given || f.Last
	if f.Since = p.moment("since", s.reader.Now()); !f.Since.IsZero() {
		want.placed = true
	}
	want.limit = p.number("limit", 0, 1, longestPage)
	if given && (f.Last || !f.Since.IsZero()) {
		p.fail("from", "a cursor excludes since and last", "leave one of them out")
	}
	if f.Last && want.limit > 0 && !stream {
		p.fail("limit", "the present state is given whole", "leave limit out, or narrow it by source, state or since")
	}
	if err := p.done(); err != nil {
		return want, err
	}
	if id := r.Header.Get("Last-Event-ID"); stream && id != "" {
		seq, err := strconv.ParseUint(id, 10, 64)
		if err != nil || seq == math.MaxUint64 { // the one behind it would be 0, which asks for what is new only
			return want, badRequest(fmt.Sprintf("Last-Event-ID %q is no sequence", short(id)), "send the id of the last event as it came")
		}
		f.From, f.Since, f.Last, want.begin, want.placed = seq+1, time.Time{}, false, false, true
	}
	want.filter = f
	return want, s.knownSource(r, f.Source)
}

// within refuses a place that the feed no longer or never had. Starting elsewhere would lose events without a word.
func within(from uint64, reach publisher.Reach) error {
	var p *problem
	switch {
	case from == 0:
		return nil
	case from < reach.First:
		p = newProblem(http.StatusGone, fmt.Sprintf("sequence %d is gone, the oldest kept is %d", from, reach.First),
			fmt.Sprintf("start at from=%d and take what was missed from the present state (last=1)", reach.First))
	case from > reach.Last+1:
		p = newProblem(http.StatusConflict, fmt.Sprintf("sequence %d is ahead of the feed, which ends at %d", from, reach.Last),
			"the cursor belongs to another feed, or this one was restored from an older backup: start from the present state (last=1)")
	default:
		return nil
	}
	p.Kind, p.Oldest, p.Newest = schemas.KindNotFound, reach.First, reach.Last
	return p
}

// knownSource wants a source that there is: one with a typo would look like a feed without news.
func (s *Server) knownSource(r *http.Request, id string) error {
	if id == "" {
		return nil
	}
	list, err := s.reader.Registry(r.Context())
	if err != nil {
		return err
	}
	for _, x := range list {
		if x.ID == id {
			return nil
		}
	}
	lines, err := s.reader.Lines(r.Context())
	if err != nil {
		return err
	}
	if _, ok := lines[id]; ok {
		return nil
	}
	counts, err := s.reader.Bus.Counts(r.Context())
	if _, ok := counts[id]; ok || err != nil {
		return err
	}
	p := newProblem(http.StatusNotFound, "there is no source "+id, "see /v1/sources")
	p.Kind, p.Thing = schemas.KindNotFound, id
	return p
}

// pageOf answers with events from a place on, one a line, and says where the next page begins.
func (s *Server) pageOf(w http.ResponseWriter, r *http.Request, want wish) error {
	done, err := s.turn(r.Context())
	if err != nil {
		return err
	}
	defer done()
	if want.limit == 0 {
		want.limit = usualPage
	}
	page, err := s.reader.Bus.Page(r.Context(), want.filter, want.limit, pageBytes)
	if err != nil {
		return err
	}
	var body []byte
	for _, e := range page.Events {
		if body, err = e.AppendJSON(body, e.JSON); err != nil {
			return err
		}
		body = append(body, '\n')
	}
	s.next(w, r, page.Next, page.Last)
	return reply(w, r, http.StatusOK, &document{typ: typeNDJSON, body: body})
}

// next says where the feed goes on.
func (s *Server) next(w http.ResponseWriter, r *http.Request, next, last uint64) {
	q := r.URL.Query()
	q.Del("since")
	q.Del("last")
	q.Set("from", strconv.FormatUint(next, 10))
	h := w.Header()
	h.Set("Link", "<"+(&url.URL{Path: r.URL.Path, RawQuery: q.Encode()}).String()+`>; rel="next"`)
	h.Set("Kreispresse-Next", strconv.FormatUint(next, 10))
	h.Set("Kreispresse-Last", strconv.FormatUint(last, 10))
}

// current answers with the newest event of each release. It may be long, so it is sent as it is read; what is published meanwhile comes
// from where it says that the feed goes on.
func (s *Server) current(w http.ResponseWriter, r *http.Request, want wish, last uint64) error {
	done, err := s.turn(r.Context())
	if err != nil {
		return err
	}
	defer done()
	s.next(w, r, last+1, last)
	h := w.Header()
	h.Set("Content-Type", typeNDJSON)
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Encoding")
	enc := encodingOf(r)
	if enc != "" {
		h.Set("Content-Encoding", enc)
	}
	if r.Method == http.MethodHead {
		return nil
	}
	out := &steady{w: w, rc: http.NewResponseController(w), patience: s.Patience}
	var to io.WriteCloser = nopCloser{out}
	if enc != "" {
		to = compressor(enc, out)
	}
	buffered := bufio.NewWriterSize(to, 32<<10)
	var line []byte
	_, err = s.reader.Bus.ReplayRaw(r.Context(), want.filter, func(ev *schemas.Event, release []byte) error {
		if line, err = ev.AppendJSON(line[:0], release); err != nil {
			return err
		}
		_, err := buffered.Write(append(line, '\n'))
		return err
	})
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = to.Close()
	}
	if err != nil {
		s.reader.Log.Info("the present state could not be sent whole", "error", err)
		panic(http.ErrAbortHandler) // half of it must not look like all of it
	}
	return nil
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// steady writes to a client that has to take each part within its patience.
type steady struct {
	w        http.ResponseWriter
	rc       *http.ResponseController
	patience time.Duration
}

// part is how much a client has to take within the patience, in bytes.
const part = 32 << 10

func (s *steady) Write(b []byte) (n int, err error) {
	for len(b) > 0 {
		if err := s.rc.SetWriteDeadline(time.Now().Add(s.patience)); err != nil {
			return n, err
		}
		k, err := s.w.Write(b[:min(part, len(b))])
		n += k
		if err != nil {
			return n, err
		}
		b = b[k:]
	}
	return n, nil
}
