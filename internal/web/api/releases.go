package api

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/schemas"
)

// release answers with the newest event of a release, or one of its revisions: a CloudEvent. Of an erased one there is the tombstone, with
// 410.
func (s *Server) release(w http.ResponseWriter, r *http.Request) error {
	p := paramsOf(r.URL.RawQuery)
	revision := p.number("revision", 0, 1, 1<<30)
	if err := p.done(); err != nil {
		return err
	}
	ev, err := s.reader.Release(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if ev.Type == schemas.EventErased {
		status = http.StatusGone
	} else if revision > 0 && revision != ev.Revision {
		all, err := s.reader.Revisions(r.Context(), ev.Subject)
		if err != nil {
			return err
		}
		if ev = revisionOf(all, revision); ev == nil {
			return noRevision(all, revision)
		}
	}
	body, err := ev.AppendJSON(nil, nil)
	if err != nil {
		return err
	}
	w.Header().Set("Kreispresse-Revision", strconv.Itoa(ev.Revision))
	return reply(w, r, status, &document{typ: typeJSON, body: append(body, '\n'), modified: ev.Time})
}

func revisionOf(all []*schemas.Event, revision int) *schemas.Event {
	for _, ev := range all {
		if ev.Revision == revision {
			return ev
		}
	}
	return nil
}

// Revision is an event of a release without the release.
type Revision struct {
	Revision int              `json:"revision"`
	Type     string           `json:"type"` // short name
	Time     time.Time        `json:"time"`
	Sequence uint64           `json:"sequence"`
	Hash     string           `json:"contenthash"`
	Changes  []schemas.Change `json:"changes,omitempty"`
	Reason   string           `json:"reason,omitempty"`
	Title    string           `json:"title"`
	Parser   string           `json:"parser,omitempty"`
}

func (s *Server) revisions(w http.ResponseWriter, r *http.Request) error {
	if err := paramsOf(r.URL.RawQuery).done(); err != nil {
		return err
	}
	all, err := s.reader.Revisions(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	out := struct {
		Release   string     `json:"release"`
		Revisions []Revision `json:"revisions"`
	}{Release: r.PathValue("id")}
	for _, ev := range all {
		out.Revisions = append(out.Revisions, Revision{
			ev.Revision, schemas.EventName(ev.Type), ev.Time, ev.Sequence, ev.Hash, ev.Changes, ev.Reason, ev.Release.Title, ev.Release.Provenance.Parser,
		})
	}
	status := http.StatusOK
	if all[len(all)-1].Type == schemas.EventErased {
		status = http.StatusGone
	}
	return s.json(w, r, status, out)
}

func (s *Server) json(w http.ResponseWriter, r *http.Request, status int, v any) error {
	d, err := jsonDocument(v)
	if err != nil {
		return err
	}
	return reply(w, r, status, d)
}

func (s *Server) diff(w http.ResponseWriter, r *http.Request) error {
	p := paramsOf(r.URL.RawQuery)
	from, to := p.number("from", 0, 1, 1<<30), p.number("to", 0, 1, 1<<30)
	if err := p.done(); err != nil {
		return err
	}
	d, err := s.reader.Diff(r.Context(), r.PathValue("id"), from, to)
	if err != nil {
		return err
	}
	return s.json(w, r, http.StatusOK, d)
}

// sandbox keeps a page from everything: it runs no script, loads nothing, sends nothing, has no origin, and only we may frame it.
const sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"

// page answers with a page as it was fetched. Whoever wrote it may be hostile.
func (s *Server) page(w http.ResponseWriter, r *http.Request) error {
	p := paramsOf(r.URL.RawQuery)
	revision := p.number("revision", 0, 1, 1<<30)
	if err := p.done(); err != nil {
		return err
	}
	snap, err := s.reader.Page(r.Context(), r.PathValue("id"), revision)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Security-Policy", sandbox)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Memento-Datetime", snap.FetchedAt.UTC().Format(http.TimeFormat))
	if u, err := url.Parse(snap.URL); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		h.Set("Link", "<"+u.String()+`>; rel="original"`)
	}
	typ, inline := pageType(snap.ContentType)
	if !inline {
		h.Set("Content-Disposition", "attachment")
	}
	return reply(w, r, http.StatusOK, &document{typ: typ, body: snap.Body, hash: snap.Digest()[:24]})
}

var charsetName = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,40}$`)

// pageType is under which type a stored page is given, and whether a browser may show it: HTML as HTML, other text as plain text, all else
// as bytes.
func pageType(stored string) (typ string, inline bool) {
	media, params, err := mime.ParseMediaType(stored)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(stored), ";")
		media = strings.TrimSpace(media)
	}
	charset := ""
	if c := params["charset"]; charsetName.MatchString(c) {
		charset = "; charset=" + c
	}
	switch {
	case media == "" || media == "text/html" || media == "application/xhtml+xml":
		return "text/html" + charset, true
	case strings.HasPrefix(media, "text/"):
		return "text/plain" + charset, true
	}
	return "application/octet-stream", false
}

func (s *Server) sources(w http.ResponseWriter, r *http.Request) error {
	p := paramsOf(r.URL.RawQuery)
	state, how := p.state("state"), p.text("health")
	if err := p.done(); err != nil {
		return err
	}
	all, err := s.reader.Sources(r.Context())
	if err != nil {
		return err
	}
	list := []SourceStatus{}
	for _, x := range all {
		if (state == "" || x.State == state) && (how == "" || x.Health == how) {
			list = append(list, x)
		}
	}
	return s.json(w, r, http.StatusOK, map[string]any{"sources": list})
}

func (s *Server) source(w http.ResponseWriter, r *http.Request) error {
	if err := paramsOf(r.URL.RawQuery).done(); err != nil {
		return err
	}
	d, err := s.reader.Source(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.json(w, r, http.StatusOK, d)
}

// queryOf reads what is searched for.
func queryOf(p *params) index.Query {
	return index.Query{
		Text: p.text("q"), Speaker: p.text("speaker"), Person: p.text("person"), Role: p.text("role"), Credit: p.text("credit"), Source: p.source("source"),
		State: p.state("state"), Type: p.event("type"), From: p.day("from"), To: p.day("to"), Order: p.text("order"), After: p.text("after"),
		Limit: p.number("limit", 0, 1, 200),
	}
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	p := paramsOf(r.URL.RawQuery)
	q := queryOf(p)
	if err := p.done(); err != nil {
		return err
	}
	page, err := s.reader.Search(r.Context(), q)
	if err != nil {
		return err
	}
	if page.Hits == nil {
		page.Hits = []index.Hit{}
	}
	s.after(w, r, page.Next)
	return s.json(w, r, http.StatusOK, page)
}

func (s *Server) quotes(w http.ResponseWriter, r *http.Request) error {
	p := paramsOf(r.URL.RawQuery)
	q := index.QuoteQuery{
		Speaker: p.text("speaker"), Key: p.text("key"), Text: p.text("q"), Source: p.source("source"), State: p.state("state"), From: p.day("from"),
		To: p.day("to"), After: p.text("after"), Limit: p.number("limit", 0, 1, 200),
	}
	if err := p.done(); err != nil {
		return err
	}
	page, err := s.reader.Quotes(r.Context(), q)
	if err != nil {
		return err
	}
	if page.Quotes == nil {
		page.Quotes = []index.Quote{}
	}
	s.after(w, r, page.Next)
	return s.json(w, r, http.StatusOK, page)
}

// after says where the next page of an answer is.
func (s *Server) after(w http.ResponseWriter, r *http.Request, next string) {
	if next == "" {
		return
	}
	q := r.URL.Query()
	q.Set("after", next)
	w.Header().Set("Link", fmt.Sprintf(`<%s>; rel="next"`, &url.URL{Path: r.URL.Path, RawQuery: q.Encode()}))
}
