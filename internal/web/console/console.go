package console

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web/access"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// Options of a console.
type Options struct {
	Guard   *access.Guard // who may come in; its Protect must stand before the handler
	Acts    *Acts         // what operators can do; nil: nothing
	Contact string        // mail address or URL for webmasters, on /bot
	Agent   string        // how the crawler calls itself, on /bot
	// Settings are the effective configuration, without secrets.
	Settings []Setting
	Log      *slog.Logger
	Now      func() time.Time // nil: time.Now
}

// Console shows what a Reader reads.
type Console struct {
	Options
	reader    Reader
	frame     *frame
	mux       *http.ServeMux
	strangers *strangers
}

// Handler serves the console at /, in the language that the address (/en/…) or else the browser names.
func Handler(reader Reader, o Options) (http.Handler, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	f, err := newFrame(o.Now)
	if err != nil {
		return nil, err
	}
	c := &Console{Options: o, reader: reader, frame: f, mux: http.NewServeMux(), strangers: newStrangers(o.Now)}
	c.routes()
	return gzhttp.GzipHandler(http.HandlerFunc(c.serve)), nil
}

// routes lists the pages: who may see or do what.
func (c *Console) routes() {
	c.mux.HandleFunc("GET /assets/{name}", c.frame.serveAsset)
	for _, x := range []struct {
		pattern string
		role    access.Role
		do      func(*call) error
	}{
		{"GET /login", access.Nobody, (*call).login},
		{"POST /login", access.Nobody, (*call).enter},
		{"POST /logout", access.Nobody, (*call).leave},
		{"GET /accessibility", access.Nobody, (*call).accessibility},
		{"GET /{$}", access.Viewer, (*call).overview},
		{"GET /releases", access.Viewer, (*call).releases},
		{"GET /releases/{id}", access.Viewer, (*call).release},
		{"GET /releases/{id}/revisions", access.Viewer, (*call).revisions},
		{"GET /releases/{id}/page", access.Viewer, (*call).archived},
		{"POST /releases/{id}/review", access.Operator, (*call).review},
		{"GET /sources", access.Viewer, (*call).sources},
		{"GET /sources/{id}", access.Viewer, (*call).source},
		{"POST /sources/{id}/check", access.Operator, (*call).check},
		{"POST /sources/{id}/pause", access.Operator, (*call).pause},
		{"POST /sources/{id}/resume", access.Operator, (*call).resume},
		{"POST /sources/{id}/wish", access.Operator, (*call).answerWish},
		{"GET /sources/{id}/preview", access.Viewer, (*call).preview},
		{"GET /sources/{id}/list", access.Viewer, (*call).listPage},
		{"GET /said", access.Viewer, (*call).said},
		{"GET /reviews", access.Viewer, (*call).reviews},
		{"GET /held", access.Viewer, (*call).held},
		{"GET /dead", access.Viewer, (*call).dead},
		{"GET /aside/{what}", access.Operator, (*call).foresee},
		{"POST /aside/{what}", access.Operator, (*call).act},
		{"GET /reread", access.Viewer, (*call).reread},
		{"POST /reread", access.Operator, (*call).rereadRun},
		{"GET /subscribers", access.Viewer, (*call).subscribers},
		{"GET /system", access.Viewer, (*call).system},
		{"GET /bot", access.Nobody, (*call).bot},
		{"POST /bot", access.Nobody, (*call).wish},
		{"GET /", access.Viewer, (*call).nowhere},
	} {
		c.mux.Handle(x.pattern, c.guarded(x.role, x.do))
	}
}

type callKey struct{}

// call is one request.
type call struct {
	*Console
	w    http.ResponseWriter
	r    *http.Request
	view view
}

// serve finds the language and leaves the rest to the page.
func (c *Console) serve(w http.ResponseWriter, r *http.Request) {
	lang, prefix, path := choose(r)
	id := access.From(r.Context())
	k := &call{Console: c, w: w, view: view{
		Lang: lang, Prefix: prefix, Path: path, Query: r.URL.Query(), Now: c.Now(), User: id, Operator: id.Role >= access.Operator,
	}}
	if done := k.view.Query.Get("done"); done != "" {
		k.view.Query.Del("done")
		k.view.Flash = c.flash(lang, done)
	}
	u := *r.URL
	u.Path, u.RawPath = path, ""
	r = r.WithContext(context.WithValue(r.Context(), callKey{}, k))
	r.URL = &u
	k.r = r
	c.mux.ServeHTTP(w, r)
}

// flash is what an act came to, in words; nothing for what is no act of ours.
func (c *Console) flash(lang, done string) string {
	key := "done." + done
	if words := c.frame.locales[lang].say(key); words != key {
		return words
	}
	return ""
}

// guarded is a page for those with a role. Others get the way in, or a word on why not.
func (c *Console) guarded(role access.Role, do func(*call) error) http.Handler {
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k, ok := r.Context().Value(callKey{}).(*call)
		if !ok {
			http.NotFound(w, r)
			return
		}
		k.w, k.r = w, r
		if err := do(k); err != nil {
			k.fail(err)
		}
	})
	return access.Require(role, func(w http.ResponseWriter, r *http.Request, status int, err error) {
		k, ok := r.Context().Value(callKey{}).(*call)
		if !ok {
			access.Refuse(w, r, status, err)
			return
		}
		k.w, k.r = w, r
		if status == http.StatusUnauthorized {
			k.door(status, "")
			return
		}
		k.errorPage(status, err)
	})(page)
}

// ctx is the request's, in which its visitor acts.
func (k *call) ctx() context.Context { return pipeline.WithActor(k.r.Context(), k.view.User.Name) }

func (k *call) say(key string, args ...any) string {
	return k.frame.locales[k.view.Lang].say(key, args...)
}

// page renders a page: its file, the entry of the navigation that it belongs to, its title in words, what it shows.
func (k *call) page(file, active, title string, data any) error {
	k.view.Active, k.view.Title, k.view.Data = active, title, data
	return k.frame.render(k.w, http.StatusOK, file, &k.view)
}

// done leads to a page that says what an act came to.
func (k *call) done(path, what string) error {
	k.reader.Renew() // the next page shows what was done
	http.Redirect(k.w, k.r, k.view.Prefix+path+"?done="+url.QueryEscape(what), http.StatusSeeOther)
	return nil
}

// statusOf is the HTTP status of an error's kind.
func statusOf(err error) int {
	switch schemas.KindOf(err) {
	case schemas.KindNotFound:
		return http.StatusNotFound
	case schemas.KindInvalid:
		return http.StatusBadRequest
	case schemas.KindPolicy:
		return http.StatusForbidden
	case schemas.KindConflict, schemas.KindLocked:
		return http.StatusConflict
	case schemas.KindUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func (k *call) fail(err error) {
	status := statusOf(err)
	if k.ctx().Err() != nil {
		return // nobody waits for the answer
	}
	if status >= http.StatusInternalServerError {
		k.Log.Error("a page of the console failed", "path", k.r.URL.Path, "error", err)
	}
	if errors.Is(err, api.ErrLate) {
		k.w.Header().Set("Refresh", "5") // it is there soon, and the page comes by itself
	}
	k.errorPage(status, err)
}

func (k *call) nowhere() error {
	return k.refuse("console", schemas.KindNotFound, short(k.r.URL.Path), "nopage")
}

func (k *call) accessibility() error {
	return k.page("accessibility.html", "", k.say("accessibility.title"), nil)
}
