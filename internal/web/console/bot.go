package console

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	limit "golang.org/x/time/rate"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// botPage is the page for webmasters, who have no token: everybody may see it.
type botPage struct {
	Agent, Contact string
	Host           string // as it was asked for
	Known          *api.HostDetail
	Asked          []hostView
	Unknown        bool // nothing is crawled from it
	Wrong          string
	Form           *pauseForm // nil: this process takes none
}

// pauseForm is the wish for a pause, as it was written.
type pauseForm struct{ Host, Reason, Contact, Wrong string }

// Limits of what strangers may do here: look, and leave wishes for a pause.
const (
	looksAtOnce  = 30
	looksEach    = 2 * time.Second
	wishesAtOnce = 3 // of one client
	wishesEach   = time.Hour
	wishesHourly = 20 // of all clients
	openPerHost  = 3
	openInAll    = 50
	formBytes    = 32 << 10
)

// strangers bounds what those may do who need not say who they are.
type strangers struct {
	looks, wishes *api.Gate
	all           *limit.Limiter // wishes of all
	one           sync.Mutex     // a wish is counted and written at a time
}

func newStrangers(now func() time.Time) *strangers {
	return &strangers{
		looks: api.NewGate(looksAtOnce, limit.Every(looksEach), now), wishes: api.NewGate(wishesAtOnce, limit.Every(wishesEach), now),
		all: limit.NewLimiter(limit.Every(time.Hour/wishesHourly), wishesHourly),
	}
}

// bot says who we are, and what a host was asked for.
func (k *call) bot() error {
	p := botPage{Host: cut(strings.TrimSpace(k.view.Query.Get("host")), schemas.PauseHostLimit)}
	p.Form = &pauseForm{Host: p.Host}
	if p.Host == "" {
		return k.botPage(http.StatusOK, p)
	}
	if !k.strangers.looks.Take(k.Guard.Client(k.r)) {
		p.Wrong = k.say("wrong.slowly")
		return k.botPage(http.StatusTooManyRequests, p)
	}
	name := api.HostName(p.Host)
	if name == "" {
		p.Wrong = k.say("wrong.nohost")
		return k.botPage(http.StatusBadRequest, p)
	}
	d, err := k.reader.Host(k.ctx(), name)
	switch {
	case schemas.KindOf(err) == schemas.KindNotFound:
		p.Unknown = true
		return k.botPage(http.StatusOK, p)
	case err != nil:
		return err
	}
	p.Known, p.Form.Host = d, d.Name
	for _, h := range d.Hosts {
		p.Asked = append(p.Asked, k.host(h))
	}
	return k.botPage(http.StatusOK, p)
}

func (k *call) botPage(status int, p botPage) error {
	p.Agent, p.Contact = k.Agent, k.Contact
	if k.Acts == nil {
		p.Form = nil
	}
	k.view.Active, k.view.Title, k.view.Data = "bot", k.say("bot.title"), p
	return k.frame.render(k.w, status, "bot.html", &k.view)
}

// wish takes down that somebody wants a host to be left alone. It changes nothing by itself.
func (k *call) wish() error {
	if k.Acts == nil {
		return k.noActs()
	}
	k.r.Body = http.MaxBytesReader(k.w, k.r.Body, formBytes)
	if err := k.r.ParseForm(); err != nil {
		return k.refuse("pause request", schemas.KindInvalid, "", "noform")
	}
	line := func(name string) string { return strings.Join(strings.Fields(k.r.PostForm.Get(name)), " ") }
	f := &pauseForm{Host: line("host"), Reason: line("reason"), Contact: line("contact")}
	status, wrong, err := k.takeWish(f)
	if err != nil {
		return err
	}
	if wrong == "" {
		return k.done("/bot", "pauserequested")
	}
	f.Wrong = k.say("wrong." + wrong)
	f.Host, f.Reason, f.Contact = cut(f.Host, schemas.PauseHostLimit), cut(f.Reason, schemas.PauseReasonLimit), cut(f.Contact, schemas.PauseContactLimit)
	return k.botPage(status, botPage{Form: f})
}

// takeWish writes a wish down, or says why not.
func (k *call) takeWish(f *pauseForm) (status int, wrong string, err error) {
	if !k.strangers.looks.Take(k.Guard.Client(k.r)) {
		return http.StatusTooManyRequests, "slowly", nil
	}
	name := api.HostName(f.Host)
	if name == "" {
		return http.StatusBadRequest, "nohost", nil
	}
	d, err := k.reader.Host(k.ctx(), name)
	switch {
	case schemas.KindOf(err) == schemas.KindNotFound:
		return http.StatusNotFound, "unknown", nil
	case err != nil:
		return 0, "", err
	}
	p := schemas.PauseRequest{ID: rand.Text(), At: k.Now().UTC(), Host: d.Name, Sources: d.Sources, Reason: f.Reason, Contact: f.Contact}
	if p.Check() != nil {
		return http.StatusBadRequest, "incomplete", nil
	}
	k.strangers.one.Lock()
	defer k.strangers.one.Unlock()
	open, err := k.reader.PauseRequests(k.ctx())
	if err != nil {
		return 0, "", err
	}
	here := slices.DeleteFunc(slices.Clone(open), func(o schemas.PauseRequest) bool { return o.Host != p.Host })
	switch {
	case slices.ContainsFunc(here, func(o schemas.PauseRequest) bool { return o.Reason == p.Reason && o.Contact == p.Contact }):
		return 0, "", nil // it was sent twice
	case len(here) >= openPerHost:
		return http.StatusTooManyRequests, "waits", nil
	case len(open) >= openInAll, !k.strangers.wishes.Take(k.Guard.Client(k.r)), !k.strangers.all.AllowN(k.Now(), 1):
		return http.StatusTooManyRequests, "toomany", nil
	}
	return 0, "", k.Acts.RequestPause(k.ctx(), p)
}

// RequestPause writes down that somebody wants a host to be left alone.
func (a *Acts) RequestPause(ctx context.Context, p schemas.PauseRequest) error {
	if err := p.Check(); err != nil {
		return err
	}
	_, err := a.Bus.PublishRun(ctx, p.Sources[0], schemas.RunPauseRequest, p)
	return err
}

// AnswerPause answers a wish. When it is accepted, all sources of the host pause first, so that a wish counts as open until they do.
func (a *Acts) AnswerPause(ctx context.Context, p schemas.PauseRequest, answer, by string, now, until time.Time) error {
	reply := schemas.PauseRequest{ID: p.ID, At: now.UTC(), Host: p.Host, Sources: p.Sources, Answer: answer, By: by}
	if err := reply.Check(); err != nil {
		return err
	}
	if answer == schemas.PauseAccepted {
		reply.Until = until.UTC()
		for _, id := range p.Sources {
			if err := a.Pause(ctx, id, p.Host+": "+short(p.Reason), until); err != nil {
				return err
			}
		}
	}
	if _, err := a.Bus.PublishRun(ctx, p.Sources[0], schemas.RunPauseRequest, reply); err != nil {
		return err
	}
	return a.Line.Record(ctx, p.Sources[0], pipeline.Audit{Act: "pause request " + answer, Thing: p.Host, Count: len(p.Sources)})
}

// wishes are the open wishes for a pause that touch a source, for those who may answer them.
func (k *call) wishes(source string) ([]schemas.PauseRequest, error) {
	if k.Acts == nil || !k.view.Operator {
		return nil, nil
	}
	open, err := k.reader.PauseRequests(k.ctx())
	return slices.DeleteFunc(open, func(p schemas.PauseRequest) bool { return !slices.Contains(p.Sources, source) }), err
}

// answerWish accepts or declines a wish for a pause.
func (k *call) answerWish() error {
	if k.Acts == nil {
		return k.noActs()
	}
	id, answer := k.r.PathValue("id"), k.r.PostFormValue("answer")
	until, ok := k.until(k.r.PostFormValue("days"))
	switch {
	case answer != schemas.PauseAccepted && answer != schemas.PauseDeclined:
		return k.refuse("pause request", schemas.KindInvalid, id, "noanswer")
	case answer == schemas.PauseAccepted && !ok:
		return k.refuse("pause request", schemas.KindInvalid, id, "nodays")
	}
	open, err := k.wishes(id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(open, func(p schemas.PauseRequest) bool { return p.ID == k.r.PostFormValue("request") })
	if i < 0 {
		return k.refuse("pause request", schemas.KindConflict, id, "answered")
	}
	if err := k.Acts.AnswerPause(k.ctx(), open[i], answer, k.view.User.Name, k.Now(), until); err != nil {
		return err
	}
	return k.done("/sources/"+url.PathEscape(id), "pause"+answer)
}
