package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/feedformat"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// How much is in a feed. A calendar looks further back: what is announced may be months ahead.
const (
	feedEvents     = 50
	calendarEvents = 400
	calendarPast   = 31 * 24 * time.Hour
)

// format is a way to write a feed.
type format struct {
	typ    string
	events int
	writer func(io.Writer, feedformat.Feed, time.Time) feedformat.Writer
}

// formats by the ends of names.
var formats = map[string]format{
	"atom": {feedformat.AtomType, feedEvents, func(w io.Writer, f feedformat.Feed, _ time.Time) feedformat.Writer { return feedformat.NewAtom(w, f) }},
	"json": {feedformat.JSONFeedType, feedEvents, func(w io.Writer, f feedformat.Feed, _ time.Time) feedformat.Writer {
		return feedformat.NewJSONFeed(w, f)
	}},
	"ics": {feedformat.ICalType, calendarEvents, func(w io.Writer, f feedformat.Feed, now time.Time) feedformat.Writer {
		return feedformat.NewICal(w, f, now.Truncate(24*time.Hour).Add(-calendarPast))
	}},
}

// sourceFeed answers with the feed or the calendar of a source: NAME.atom, NAME.json or NAME.ics.
func (s *Server) sourceFeed(w http.ResponseWriter, r *http.Request) error {
	id, f, err := fileOf(r)
	if err != nil {
		return err
	}
	if err := schemas.CheckToken(id); err != nil {
		return badRequest(err.Error(), "see /v1/sources")
	}
	if err := s.knownSource(r, id); err != nil {
		return err
	}
	title := id
	list, err := s.reader.Registry(r.Context())
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(list, func(x *source.Source) bool { return x.ID == id }); i >= 0 {
		title = list[i].Name
	}
	return s.eventFeed(w, r, f, publisher.Filter{Source: id}, title)
}

// stateFeed is the same of a Land.
func (s *Server) stateFeed(w http.ResponseWriter, r *http.Request) error {
	code, f, err := fileOf(r)
	if err != nil {
		return err
	}
	code = strings.ToUpper(code)
	if err := schemas.CheckState(code); err != nil {
		return badRequest(err.Error(), "")
	}
	return s.eventFeed(w, r, f, publisher.Filter{State: code}, schemas.States[code])
}

// fileOf cuts the name of a feed in two.
func fileOf(r *http.Request) (name string, f format, err error) {
	if err := paramsOf(r.URL.RawQuery).done(); err != nil {
		return "", f, err
	}
	name, end, _ := strings.Cut(r.PathValue("file"), ".")
	f, ok := formats[end]
	if !ok {
		return "", f, newProblem(http.StatusNotFound, "there is no feed of this name", "end it with .atom, .json or .ics")
	}
	return name, f, nil
}

// eventFeed answers with the newest events that a filter chooses. It is put together anew only when something was published.
func (s *Server) eventFeed(w http.ResponseWriter, r *http.Request, f format, filter publisher.Filter, title string) error {
	reach, err := s.reader.Bus.Reach(r.Context())
	if err != nil {
		return err
	}
	about := feedformat.Feed{ID: feedformat.ID(strings.TrimPrefix(r.URL.Path, "/")), Title: "Pressemitteilungen: " + title, Self: s.self(r)}
	key := about.Self
	if f.typ == feedformat.ICalType {
		about.Title = "Termine: " + title
		key += s.reader.Now().Format(time.DateOnly)
	}
	d := s.feeds.get(key, reach)
	if d == nil {
		events, err := s.reader.Bus.Latest(r.Context(), filter, f.events)
		if err != nil {
			return err
		}
		if d, err = s.write(f, about, newestOf(events)); err != nil {
			return err
		}
		s.feeds.put(key, reach, d)
	}
	return reply(w, r, http.StatusOK, d)
}

// newestOf keeps the newest event of each release, newest first.
func newestOf(events []*schemas.Event) (list []*schemas.Event) {
	seen := map[string]int{}
	for _, ev := range slices.Backward(events) {
		if i, ok := seen[ev.Subject]; ok {
			if list[i].Revision < ev.Revision { // its source has moved: the tombstone of the old place came last
				list[i] = ev
			}
			continue
		}
		seen[ev.Subject] = len(list)
		list = append(list, ev)
	}
	return list
}

// write makes the document of events, newest first.
func (s *Server) write(f format, about feedformat.Feed, events []*schemas.Event) (*document, error) {
	if len(events) > 0 {
		about.Updated = events[0].Time
	}
	var b bytes.Buffer
	w := f.writer(&b, about, s.reader.Now())
	for _, ev := range events {
		if err := w.Event(ev); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	sum := sha256.Sum256(b.Bytes())
	return &document{typ: f.typ, body: b.Bytes(), modified: about.Updated, hash: hex.EncodeToString(sum[:12])}, err
}

// self is the address of what was asked for.
func (s *Server) self(r *http.Request) string {
	base := strings.TrimSuffix(s.Base, "/")
	if base == "" {
		scheme := "http"
		if r.TLS != nil {
			scheme = "https"
		}
		base = scheme + "://" + r.Host
	}
	return base + r.URL.RequestURI()
}

func (s *Server) searchAtom(w http.ResponseWriter, r *http.Request) error {
	return s.searchFeed(w, r, formats["atom"])
}

func (s *Server) searchJSON(w http.ResponseWriter, r *http.Request) error {
	return s.searchFeed(w, r, formats["json"])
}

// searchFeed answers with the newest releases that a search finds.
func (s *Server) searchFeed(w http.ResponseWriter, r *http.Request, f format) error {
	p := paramsOf(r.URL.RawQuery)
	q := queryOf(p)
	if err := p.done(); err != nil {
		return err
	}
	if q.Text+q.Speaker+q.Person+q.Role+q.Credit == "" {
		return badRequest("there is nothing to search for", "give q, speaker, person, role or credit")
	}
	q.Order, q.After, q.Limit = index.Newest, "", feedEvents
	page, err := s.reader.Search(r.Context(), q)
	if err != nil {
		return err
	}
	events, err := s.found(r.Context(), page.Hits)
	if err != nil {
		return err
	}
	title := "Suche: " + join(" · ", q.Text, q.Speaker, q.Person, q.Role, q.Credit, q.Source, q.State)
	d, err := s.write(f, feedformat.Feed{ID: feedformat.ID(strings.TrimPrefix(r.URL.RequestURI(), "/")), Title: title, Self: s.self(r)}, events)
	if err != nil {
		return err
	}
	return reply(w, r, http.StatusOK, d)
}

// found are the releases of hits. One that was erased since is said to be gone.
func (s *Server) found(ctx context.Context, hits []index.Hit) (list []*schemas.Event, err error) {
	for _, h := range hits {
		ev, err := s.reader.Release(ctx, h.ID)
		if schemas.KindOf(err) == schemas.KindNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, ev)
	}
	slices.SortStableFunc(list, func(a, b *schemas.Event) int { return b.Time.Compare(a.Time) })
	return list, nil
}

// cache keeps documents until something is published. It is bounded: feed readers ask for the same few again and again.
type cache struct {
	mu    sync.Mutex
	docs  map[string]*document
	reach publisher.Reach
}

const mostCached = 256

func (c *cache) get(key string, reach publisher.Reach) *document {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reach != reach {
		return nil
	}
	return c.docs[key]
}

func (c *cache) put(key string, reach publisher.Reach, d *document) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reach != reach || c.docs == nil || len(c.docs) >= mostCached {
		c.docs, c.reach = map[string]*document{}, reach
	}
	c.docs[key] = d
}
