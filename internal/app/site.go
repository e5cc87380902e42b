package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web"
	"github.com/kreispresse/kreispresse/internal/web/access"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/internal/web/console"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// site is what people and programs find at a listener beside /healthz and /metrics.
type site struct {
	guard  *access.Guard
	reader *api.Reader
	bus    *publisher.Bus
	line   *pipeline.Line // nil: this process only reads

	segments string // directory of sealed segments; empty: none
}

// pages answers for a site; nil when nothing is served. follow must run for streams to have something to tell.
type pages struct {
	http.Handler
	api    *api.Server
	reader *api.Reader
}

func (x *pages) site() http.Handler {
	if x == nil {
		return nil
	}
	return x
}

func (x *pages) follow(ctx context.Context) error {
	if x == nil {
		return nil
	}
	go func() { _, _ = x.reader.Overview(ctx) }() // a day is counted before somebody looks; what fails is told to who does
	return x.api.Run(ctx)
}

// readerWith is how everything is read where there is an index, or a reason why there is none.
func (p *program) readerWith(bus *publisher.Bus, x *index.Index, noIndex error) *api.Reader {
	c := api.Config{Bus: bus, NoIndex: noIndex, Sources: p.sources, Contact: p.config.Contact, Log: p.log}
	if x != nil {
		c.Index = x
	}
	return api.NewReader(c)
}

// pages serves the site to those whom its guard lets in: the console, and the feed for programs.
func (p *program) pages(s site) (*pages, error) {
	o := console.Options{
		Guard: s.guard, Log: p.log, Contact: p.config.Contact, Agent: polite.NewIdentity(programVersion, p.config.Contact, "").UserAgent, Settings: p.effective(),
	}
	if s.line != nil {
		o.Acts = &console.Acts{Line: s.line, Bus: s.bus, Sources: s.reader.Config.Sources}
	}
	c, err := console.Handler(s.reader, o)
	if err != nil {
		return nil, err
	}
	a := api.New(s.reader, api.Options{Guard: s.guard.Reading(nil), Segments: s.segments})
	mux := http.NewServeMux()
	mux.Handle("/", c)
	mux.Handle("/v1/", a.Handler())
	mux.Handle("/feeds/", a.Handler())
	return &pages{s.guard.Protect(mux), a, s.reader}, nil
}

// openSite is what `run` serves beside /healthz and /metrics. Where strangers could listen in or come in it is nothing, with a word on what to
// do: whoever only wants to be scraped need not care.
func (r *runner) openSite(servers *web.Servers) (*pages, error) {
	if servers.Addr() == nil {
		return nil, nil
	}
	g, store, err := r.guard(r.door, servers.Addr())
	if schemas.KindOf(err) == schemas.KindPolicy {
		r.log.Warn("console and feed are not served here, /healthz, /readyz and /metrics are", "why", oneLine(err.Error()))
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if r.door.cert != "" {
		if err := servers.Secure(r.door.cert, r.door.key); err != nil {
			return nil, invalid("run", r.door.cert, "name a certificate and its key as PEM files", err)
		}
	}
	h, err := r.pages(site{guard: g, reader: r.readerWith(r.bus, r.index, r.noIndex), bus: r.bus, line: r.line, segments: r.segments})
	if err != nil {
		return nil, err
	}
	return h, r.invite(store, g, servers, r.door.cert != "")
}

// invite prints the address that lets the first visitor in.
func (p *program) invite(s *access.Store, g *access.Guard, servers *web.Servers, secure bool) error {
	if !g.Local() {
		return nil // people come in by tokens, or by their proxy
	}
	scheme := "http"
	if secure {
		scheme = "https"
	}
	address, err := s.Once(scheme+"://"+servers.Addr().String(), access.Operator)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stderr, "open %s (once, within an hour; another: kreispresse access url)\n", address)
	return err
}

// effective is the configuration in force, with where each value comes from, without passwords.
func (p *program) effective() (list []console.Setting) {
	for _, s := range settings {
		value := *s.field(&p.config)
		if u, err := url.Parse(value); err == nil && u.User != nil {
			value = u.Redacted()
		}
		list = append(list, console.Setting{Name: s.flag(), Value: value, Origin: p.origins[s.key]})
	}
	return list
}
