package console

import (
	"errors"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// pause keeps a source from being crawled, until a day or until somebody lets it go on.
func (k *call) pause() error {
	if k.Acts == nil {
		return k.noActs()
	}
	id, reason := k.r.PathValue("id"), strings.TrimSpace(short(k.r.PostFormValue("reason")))
	until, ok := k.until(k.r.PostFormValue("days"))
	if !ok || reason == "" {
		return k.refuse("pause", schemas.KindInvalid, id, "noreason")
	}
	if err := k.Acts.Pause(k.ctx(), id, reason, until); err != nil {
		return err
	}
	return k.done("/sources/"+id, "paused")
}

func (k *call) resume() error {
	if k.Acts == nil {
		return k.noActs()
	}
	id := k.r.PathValue("id")
	if err := k.Acts.Resume(k.ctx(), id); err != nil {
		return err
	}
	return k.done("/sources/"+id, "resumed")
}

// checkLine is one line of a check, as it comes.
type checkLine struct {
	Page   *Found // a page that would be fetched
	Result *Checked
	Err    *problem
}

// checkLimit is how long a check may take: a slow site is asked at its pace.
const checkLimit = 5 * time.Minute

// check asks the site what a crawl would find, without fetching a release or writing anything. The page comes bit by bit, as the site
// answers; it works without a script.
func (k *call) check() error {
	if k.Acts == nil {
		return k.noActs()
	}
	d, err := k.reader.Source(k.ctx(), k.r.PathValue("id"))
	if err != nil {
		return err
	}
	_ = http.NewResponseController(k.w).SetWriteDeadline(time.Now().Add(checkLimit)) // not every writer has one
	k.view.Active, k.view.Title, k.view.Data = "sources", k.say("check.title", "Name", d.Name), d
	s, err := k.stream("check.html")
	if err != nil {
		return err
	}
	res, err := k.Acts.Check(k.ctx(), d.ID, func(f Found) { s.line(&k.view, checkLine{Page: &f}) })
	if err != nil {
		p := k.problemOf(err)
		s.line(&k.view, checkLine{Err: &p})
	} else {
		s.line(&k.view, checkLine{Result: &res})
	}
	return s.end()
}

// stream begins a page whose lines come bit by bit.
func (k *call) stream(file string) (*streamed, error) {
	h := k.w.Header()
	secure(h)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	s := &streamed{w: k.w, t: k.frame.pages[k.view.Lang+"/"+file], head: "page"}
	return s, s.begin(&k.view)
}

// streamed is a page in two halves, with lines between them.
type streamed struct {
	w    http.ResponseWriter
	t    *template.Template
	head string
	rest string // of the page
}

func (s *streamed) begin(v *view) error {
	var b strings.Builder
	if err := s.t.ExecuteTemplate(&b, s.head, v); err != nil {
		return err
	}
	first, rest, ok := strings.Cut(b.String(), `<p id="lines-end"></p>`)
	if !ok {
		return errors.New("the page has no place for lines")
	}
	s.rest = rest
	return s.send([]byte(first))
}

func (s *streamed) line(v *view, data any) {
	var b strings.Builder
	own := *v
	own.Data = data
	if err := s.t.ExecuteTemplate(&b, "line", &own); err == nil {
		_ = s.send([]byte(b.String())) // the asker may be gone
	}
}

func (s *streamed) end() error {
	_ = s.send([]byte(s.rest)) // the asker may be gone
	return nil
}

func (s *streamed) send(b []byte) error {
	if _, err := s.w.Write(harmless(b)); err != nil {
		return nil // the asker is gone; the request's context ends the work
	}
	_ = http.NewResponseController(s.w).Flush()
	return nil
}
