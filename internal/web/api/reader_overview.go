package api

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/doctor"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Overview is how everything is, at a glance.
type Overview struct {
	At      time.Time      `json:"at"` // when it was put together
	Needs   []Need         `json:"needs"`
	Funnel  Funnel         `json:"funnel"`  // of the last 24 hours
	Hours   []Hour         `json:"hours"`   // the last 24, oldest first; the last one is not over
	Sources map[string]int `json:"sources"` // how many are in which health
	Live    int            `json:"live"`    // releases that can be read now
	Press   Place          `json:"press"`   // where the feed is
	Behind  Behind         `json:"behind"`
}

// Need is something that somebody should look at. The gravest come first.
type Need struct {
	What   string        `json:"what"` // source, held, dead, pause or system
	Grave  bool          `json:"grave,omitempty"`
	Source string        `json:"source,omitempty"` // id
	Name   string        `json:"name,omitempty"`   // of the source, or of what the doctor looked at
	Says   string        `json:"says"`
	Do     string        `json:"do,omitempty"`
	Cause  schemas.Cause `json:"cause,omitzero"` // Says as a code; of held and dead there is none
	Since  time.Time     `json:"since,omitzero"`
	Count  int           `json:"count,omitempty"` // held changes, dead letters or wishes for a pause
}

// What a Need is about.
const (
	NeedSource = "source"
	NeedHeld   = "held"
	NeedDead   = "dead"
	NeedPause  = "pause" // somebody who runs a host asks for one; Name is the host
	NeedSystem = "system"
)

// Funnel is where pages came and went.
type Funnel struct {
	Runs       int                      `json:"runs"`
	Failed     int                      `json:"failed"`     // of the runs
	Discovered int                      `json:"discovered"` // pages that lists named, each once a run
	Requests   int64                    `json:"requests"`
	Bytes      int64                    `json:"bytes"`
	Pages      map[crawler.Outcome]int  `json:"pages"`
	Releases   map[pipeline.Outcome]int `json:"releases"`
}

// Hour counts the events of an hour.
type Hour struct {
	Start  time.Time      `json:"start"`
	Events map[string]int `json:"events"` // by the short name of the type
}

// Place is the end of the feed.
type Place struct {
	Sequence uint64    `json:"sequence"`
	At       time.Time `json:"at,omitzero"`
	Server   string    `json:"server"`
}

// Behind is the subscriber that is furthest behind.
type Behind struct {
	Subscribers int    `json:"subscribers"`
	Name        string `json:"name,omitempty"` // empty: nobody is behind
	Events      uint64 `json:"events,omitempty"`
	Seconds     int    `json:"seconds,omitempty"`
}

const (
	overviewAge  = 15 * time.Second // how long an overview counts as new
	overviewSpan = 24 * time.Hour
)

// Overview is how everything is. It is put together anew every 15 seconds at most.
func (r *Reader) Overview(ctx context.Context) (*Overview, error) {
	return r.overview.get(ctx, r.Now(), func(ctx context.Context) (*Overview, error) {
		o := &Overview{At: r.Now().UTC(), Sources: map[string]int{}}
		for _, part := range []func(context.Context, *Overview) error{
			r.overviewSources, r.overviewPauses, r.overviewAside, r.overviewFunnel, r.overviewHours, r.overviewSystem, r.overviewBehind,
		} {
			if err := part(ctx, o); err != nil {
				return nil, err
			}
		}
		slices.SortStableFunc(o.Needs, func(a, b Need) int {
			if a.Grave != b.Grave {
				return map[bool]int{true: -1, false: 1}[a.Grave]
			}
			return a.Since.Compare(b.Since)
		})
		return o, nil
	})
}

func (r *Reader) overviewSources(ctx context.Context, o *Overview) error {
	all, err := r.Sources(ctx)
	o.Needs = []Need{}
	for _, s := range all {
		o.Live += s.Counts.Live
		if s.Retired == "" {
			o.Sources[s.Health]++
		}
		n := Need{What: NeedSource, Source: s.ID, Name: s.Name, Says: s.Says, Do: s.Do, Cause: s.Cause, Since: s.Since}
		switch {
		case s.Retired != "" || s.Paused != "":
			continue
		case s.Suspect != "":
			n.Cause = schemas.Cause{}
			if s.Doubt != nil {
				n.Cause = *s.Doubt
			}
			n.Grave, n.Says, n.Do = true, "its last run is not believed: "+s.Suspect, "look at the site; if it is right: kreispresse sources accept "+s.ID
		case s.Health == health.Broken:
			n.Grave = true
		case s.Health != health.Degraded && s.Health != health.Silent:
			continue
		}
		o.Needs = append(o.Needs, n)
	}
	return err
}

func (r *Reader) overviewAside(ctx context.Context, o *Overview) error {
	for _, kind := range []struct {
		what, says, do string
		list           func(context.Context) ([]Aside, error)
	}{
		{NeedHeld, "changes are held", "see what they say, then held release or held drop", r.Held},
		{NeedDead, "pages could not be read", "see why, then dead retry or dead drop", r.Dead},
	} {
		list, err := kind.list(ctx)
		if err != nil {
			return err
		}
		for first := 0; first < len(list); {
			last := first
			for last < len(list) && list[last].Source == list[first].Source {
				last++
			}
			n := last - first
			o.Needs = append(o.Needs, Need{
				What: kind.what, Source: list[first].Source, Says: fmt.Sprintf("%d %s", n, kind.says), Do: kind.do, Since: list[first].Since, Count: n,
			})
			first = last
		}
	}
	return nil
}

// firstHour is where the hours of an overview begin; the last one is not over.
func (o *Overview) firstHour() time.Time {
	return o.At.Truncate(time.Hour).Add(time.Hour - overviewSpan)
}

func (r *Reader) overviewFunnel(ctx context.Context, o *Overview) error {
	start := o.firstHour()
	count := func(e publisher.RunEvent) error {
		var rep pipeline.Report
		if err := json.Unmarshal(e.Data, &rep); err != nil {
			r.Log.Warn("an account of a run cannot be read", "source", e.Source, "error", err)
		}
		if f := r.runs.seen(e.Sequence, rep.Finished, start); f != nil {
			f.count(&rep)
		}
		return nil
	}
	hours, err := r.runs.upTo(ctx, start, func(ctx context.Context, from uint64, since time.Time) error {
		return r.Bus.EachRunSince(ctx, schemas.RunExtracted, from, since, count)
	})
	o.Funnel = Funnel{Pages: map[crawler.Outcome]int{}, Releases: map[pipeline.Outcome]int{}}
	for _, f := range hours {
		o.Funnel.add(f)
	}
	return err
}

// count adds an account of a run.
func (f *Funnel) count(rep *pipeline.Report) {
	one := Funnel{Runs: 1, Discovered: rep.Discovered, Requests: rep.Requests, Bytes: rep.Bytes, Pages: rep.Counts, Releases: rep.Releases}
	if rep.Failed() {
		one.Failed = 1
	}
	f.add(&one)
}

func (f *Funnel) add(o *Funnel) {
	if f.Pages == nil {
		f.Pages, f.Releases = map[crawler.Outcome]int{}, map[pipeline.Outcome]int{}
	}
	f.Runs, f.Failed, f.Discovered = f.Runs+o.Runs, f.Failed+o.Failed, f.Discovered+o.Discovered
	f.Requests, f.Bytes = f.Requests+o.Requests, f.Bytes+o.Bytes
	add(f.Pages, o.Pages)
	add(f.Releases, o.Releases)
}

func add[K comparable](into, from map[K]int) {
	for k, n := range from {
		into[k] += n
	}
}

func (r *Reader) overviewHours(ctx context.Context, o *Overview) error {
	start := o.firstHour()
	hours, err := r.events.upTo(ctx, start, func(ctx context.Context, from uint64, since time.Time) error {
		return r.Bus.ReplayEnvelopes(ctx, publisher.Filter{From: from, Since: since}, func(ev *schemas.Event, _ time.Time) error {
			if n := r.events.seen(ev.Sequence, ev.Time, start); n != nil {
				if *n == nil {
					*n = map[string]int{}
				}
				(*n)[schemas.EventName(ev.Type)]++
			}
			return nil
		})
	})
	for h := range int(overviewSpan / time.Hour) {
		hour := Hour{start.Add(time.Duration(h) * time.Hour), map[string]int{}}
		if n := hours[hour.Start]; n != nil {
			add(hour.Events, *n)
		}
		o.Hours = append(o.Hours, hour)
	}
	return err
}

func (r *Reader) overviewSystem(ctx context.Context, o *Overview) error {
	s, err := r.System(ctx)
	if err != nil {
		return err
	}
	o.Press.Server = s.Status.Server
	for _, x := range s.Status.Streams {
		if x.Name == schemas.StreamPress {
			o.Press.Sequence, o.Press.At = x.Last, x.LastTime
		}
	}
	for _, f := range s.Findings {
		if f.Level != doctor.OK {
			o.Needs = append(o.Needs, Need{What: NeedSystem, Grave: f.Level == doctor.Fail, Name: f.Name, Says: f.Says, Do: f.Do, Cause: f.Cause})
		}
	}
	return nil
}

func (r *Reader) overviewBehind(ctx context.Context, o *Overview) error {
	list, err := r.Subscribers(ctx)
	o.Behind.Subscribers = len(list)
	if len(list) == 0 {
		return err
	}
	waiting := func(s publisher.Subscriber) uint64 { return s.Waiting + uint64(s.Unacked) }
	worst := slices.MaxFunc(list, func(a, b publisher.Subscriber) int { return cmp.Compare(waiting(a), waiting(b)) })
	if n := waiting(worst); n > 0 {
		o.Behind.Name, o.Behind.Events = worst.Name, n
		if !worst.Oldest.IsZero() {
			o.Behind.Seconds = int(max(o.At.Sub(worst.Oldest), 0).Seconds())
		}
	}
	return err
}

// System is how the installation is.
type System struct {
	At       time.Time         `json:"at"`
	Status   *publisher.Status `json:"status"`
	Findings []doctor.Finding  `json:"findings"`
}

// systemAge is how long a look at the system counts as new.
const systemAge = time.Minute

// System looks at the broker, its streams, the disk and the claims, as the doctor does, but asks no name server. It looks once a minute at
// most.
func (r *Reader) System(ctx context.Context) (*System, error) {
	return r.system.get(ctx, r.Now(), func(ctx context.Context) (*System, error) {
		st, err := r.Bus.Status(ctx)
		if err != nil {
			return nil, err
		}
		sources, err := r.Registry(ctx)
		if err != nil {
			return nil, err
		}
		sources = slices.DeleteFunc(slices.Clone(sources), func(s *source.Source) bool { return !s.Works() })
		p := doctor.Patient{Contact: r.Contact, Sources: sources, Bus: r.Bus, DataDir: r.Bus.DataDir(), Now: r.Now, Offline: true}
		return &System{At: r.Now().UTC(), Status: st, Findings: p.Examine(ctx)}, nil
	})
}
