package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// problem is an answer that something is wrong, as RFC 9457 has it. It is an error, too.
type problem struct {
	Type   string       `json:"type"` // always about:blank: the status says it all
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Detail string       `json:"detail"`
	Kind   schemas.Kind `json:"kind,omitempty"`
	Thing  string       `json:"thing,omitempty"`
	Hint   string       `json:"hint,omitempty"`   // what to do about it
	Oldest uint64       `json:"oldest,omitempty"` // sequence, of what is kept of the feed
	Newest uint64       `json:"newest,omitempty"` // sequence, of the feed

	retry int // seconds after which it may be better; 0: it will not
}

func (p *problem) Error() string { return p.Detail }

func newProblem(status int, detail, hint string) *problem {
	return &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Hint: hint}
}

func badRequest(detail, hint string) *problem {
	p := newProblem(http.StatusBadRequest, detail, hint)
	p.Kind = schemas.KindInvalid
	return p
}

// busy is the answer while others are served.
func busy(detail string) *problem {
	p := newProblem(http.StatusServiceUnavailable, detail, "try again in a moment")
	p.Kind, p.retry = schemas.KindUnavailable, 2
	return p
}

// statusOf is how the kinds of errors are called in HTTP.
var statusOf = map[schemas.Kind]int{
	schemas.KindInvalid: http.StatusBadRequest, schemas.KindNotFound: http.StatusNotFound, schemas.KindTooLarge: http.StatusRequestEntityTooLarge,
	schemas.KindUnavailable: http.StatusServiceUnavailable, schemas.KindConflict: http.StatusConflict, schemas.KindPolicy: http.StatusForbidden,
	schemas.KindLocked: http.StatusServiceUnavailable,
}

// problemOf is any error as an answer.
func problemOf(err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return p
	}
	e, ok := errors.AsType[*schemas.Error](err)
	if !ok {
		e = &schemas.Error{Kind: schemas.KindInternal, Err: err}
	}
	status, known := statusOf[e.Kind]
	if !known {
		status = http.StatusInternalServerError
	}
	if errors.Is(err, ErrErased) {
		status = http.StatusGone
	}
	said := *e
	said.Hint = ""
	p := newProblem(status, strings.Join(strings.Fields(said.Error()), " "), e.Hint)
	p.Kind, p.Thing = e.Kind, e.Thing
	if status == http.StatusServiceUnavailable {
		p.retry = 5
	}
	return p
}

// write answers with the problem.
func (p *problem) write(w http.ResponseWriter) {
	h := w.Header()
	for _, name := range []string{"ETag", "Last-Modified", "Content-Encoding", "Content-Disposition", "Link"} {
		h.Del(name)
	}
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retry))
	}
	w.WriteHeader(p.Status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(p) // whoever asked may be gone
}
