package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Entry is a source as the registry has it.
type Entry struct {
	schemas.Source
	Kind     string   `json:"kind,omitempty"`
	Status   string   `json:"status,omitempty"` // one of source.Standings; "" is the own file of somebody
	Date     string   `json:"status_date,omitempty"`
	Reason   string   `json:"status_reason,omitempty"`
	Crawled  bool     `json:"crawled"` // by a crawl of everything
	Home     string   `json:"home"`
	Press    string   `json:"press,omitempty"`
	CMS      string   `json:"cms,omitempty"`
	Listings []string `json:"listings,omitempty"`
	Feeds    []string `json:"feeds,omitempty"`
	Sitemaps []string `json:"sitemaps,omitempty"`
	Accept   []string `json:"accept,omitempty"`
	Refuse   []string `json:"refuse,omitempty"`
}

// EntryOf is a checked source as an Entry.
func EntryOf(s *source.Source) Entry {
	e := Entry{
		Source: s.Ref(), Kind: s.Kind, Status: s.Status.Is, Date: s.Status.Date, Reason: s.Status.Reason, Crawled: s.Works(), Home: s.Base, Press: s.Press,
		CMS: s.Profile, Feeds: s.Plan().Feeds, Sitemaps: s.Plan().Sitemaps, Accept: s.Accept, Refuse: s.Refuse,
	}
	for _, l := range s.Plan().Listings {
		e.Listings = append(e.Listings, l.URL)
	}
	return e
}

// Unknown is the health of a source that was never crawled here.
const Unknown = "unknown"

// SourceStatus is a source with how it is.
type SourceStatus struct {
	Entry
	Health  string          `json:"health"`            // health.Healthy and so on, or Unknown
	Says    string          `json:"says,omitempty"`    // why, one sentence
	Do      string          `json:"do,omitempty"`      // what somebody can do about it
	Cause   schemas.Cause   `json:"cause,omitzero"`    // Says as a code
	Causes  []schemas.Cause `json:"causes,omitempty"`  // why its last run failed
	Since   time.Time       `json:"since,omitzero"`    // when that began, of what is wrong
	Suspect string          `json:"suspect,omitempty"` // why its last run is not believed
	Doubt   *schemas.Cause  `json:"doubt,omitempty"`   // the same as a code
	Retired string          `json:"retired,omitempty"` // why it was given up
	Paused  string          `json:"paused,omitempty"`  // why somebody paused it
	Resume  time.Time       `json:"resume,omitzero"`   // when that ends by itself

	LastRun     time.Time `json:"last_run,omitzero"`
	LastRelease time.Time `json:"last_release,omitzero"` // when the last new one was found
	NextDue     time.Time `json:"next_due,omitzero"`     // zero: it is not crawled by itself
	Failures    int       `json:"failures,omitempty"`    // runs in a row that failed

	Rhythm  health.Rhythm      `json:"rhythm"`
	Rates   map[string]float64 `json:"rates,omitempty"`    // shares of the last releases that have which fields
	RatesOf int                `json:"rates_of,omitempty"` // so many releases
	Named   []int              `json:"named,omitempty"`    // pages that the lists named in the last healthy runs, oldest first
	Recent  string             `json:"recent,omitempty"`   // what the last runs came to, see health.Memory.Runs
	Counts  publisher.Counts   `json:"counts"`
	Held    int                `json:"held"`
	Dead    int                `json:"dead"`
}

// SourceDetail is all that is known of a source.
type SourceDetail struct {
	SourceStatus
	Hosts []HostStatus `json:"hosts,omitempty"`
	Lists []ListStatus `json:"lists,omitempty"`
	Runs  []Run        `json:"runs"` // the last ones, newest first
}

// HostStatus is how a host is asked.
type HostStatus struct {
	Host        string    `json:"host"`
	LastRequest time.Time `json:"last_request,omitzero"`
	RestUntil   time.Time `json:"rest_until,omitzero"`   // nothing is asked before
	CrawlDelay  float64   `json:"crawl_delay,omitempty"` // seconds, as robots.txt wants it
	Pace        float64   `json:"pace"`                  // seconds between two requests: ours, or as robots.txt wants it
	Robots      string    `json:"robots,omitempty"`      // robots.txt as it was last read
	RobotsAt    time.Time `json:"robots_at,omitzero"`
	Why         string    `json:"why,omitempty"`    // why there are no rules to read
	Closed      bool      `json:"closed,omitempty"` // everything is forbidden

	Asked []schemas.HostRequest `json:"asked,omitempty"` // the last requests, oldest first; paths may have parts hidden
}

// ListStatus is a start page as it was last read.
type ListStatus struct {
	URL   string    `json:"url"`
	Read  time.Time `json:"read,omitzero"`
	Deep  time.Time `json:"deep,omitzero"` // when its pager was last followed to the end
	Links int       `json:"links"`
	Items int       `json:"items"`
	Dated int       `json:"dated"`
}

// Run is one run of a source as its manifest accounts for it.
type Run struct {
	At time.Time `json:"at"` // when it ended
	pipeline.Report
	Failed bool `json:"failed"`
}

// shownRuns is how many of the last runs are shown of a source.
const shownRuns = 30

// registryAge is how long the registry counts as read: its files are small, but there are hundreds of sources in them.
const registryAge = 20 * time.Second

// sourcesAge is how long what the buckets hold of all sources counts as new.
const sourcesAge = 2 * time.Second

// Registry are the sources in use, by id.
func (r *Reader) Registry(ctx context.Context) ([]*source.Source, error) {
	return r.registry.get(ctx, r.Now(), func(context.Context) ([]*source.Source, error) {
		list, err := r.Config.Sources()
		return slices.SortedFunc(slices.Values(list), func(a, b *source.Source) int { return cmp.Compare(a.ID, b.ID) }), err // the list is the caller's
	})
}

// Sources are the sources of the registry, and those that are no more in it but have releases, by id.
func (r *Reader) Sources(ctx context.Context) ([]SourceStatus, error) {
	list, err := r.sources.get(ctx, r.Now(), r.readSources)
	return slices.Clone(list), err // the list is the caller's
}

func (r *Reader) readSources(ctx context.Context) ([]SourceStatus, error) {
	reg, err := r.Registry(ctx)
	if err != nil {
		return nil, err
	}
	k, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	var list []SourceStatus
	in := map[string]bool{}
	for _, s := range reg {
		in[s.ID] = true
		list = append(list, k.status(s.ID, EntryOf(s), s, r.Now()))
	}
	for id, line := range k.lines {
		if !in[id] {
			list = append(list, k.status(id, Entry{Source: line.Ref, Home: line.Base}, nil, r.Now()))
		}
	}
	slices.SortFunc(list, func(a, b SourceStatus) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// Source is all that is known of one source. KindNotFound when it is neither in the registry nor was ever crawled.
func (r *Reader) Source(ctx context.Context, id string) (*SourceDetail, error) {
	if err := schemas.CheckToken(id); err != nil {
		return nil, &schemas.Error{Op: "sources", Kind: schemas.KindInvalid, Err: err}
	}
	all, err := r.Sources(ctx)
	if err != nil {
		return nil, err
	}
	i, there := slices.BinarySearchFunc(all, id, func(s SourceStatus, id string) int { return cmp.Compare(s.ID, id) })
	if !there {
		return nil, &schemas.Error{Op: "sources", Kind: schemas.KindNotFound, Thing: id, Err: errors.New("no such source"), Hint: "see the list of sources"}
	}
	d := &SourceDetail{SourceStatus: all[i]}
	if d.Runs, err = r.Runs(ctx, id, shownRuns); err != nil {
		return nil, err
	}
	if d.Lists, err = r.lists(ctx, id); err != nil {
		return nil, err
	}
	reg, err := r.Registry(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range reg {
		if s.ID == id {
			d.Hosts, err = r.hosts(ctx, s, originsOf(s))
		}
	}
	return d, err
}

// Runs are the last runs of a source, or of all when it is empty, newest first.
func (r *Reader) Runs(ctx context.Context, id string, n int) ([]Run, error) {
	events, err := r.Bus.LatestRuns(ctx, id, schemas.RunExtracted, n)
	list := make([]Run, 0, len(events))
	for _, e := range slices.Backward(events) {
		run := Run{At: e.At}
		if err := json.Unmarshal(e.Data, &run.Report); err != nil {
			return nil, &schemas.Error{Op: "runs", Kind: schemas.KindStorage, Thing: e.Source, Err: err, Hint: "see it as it is: nats stream view PRESS_RUNS"}
		}
		if run.Failed = run.Report.Failed(); !run.Finished.IsZero() {
			run.At = run.Finished
		}
		list = append(list, run)
	}
	return list, err
}

func (r *Reader) lists(ctx context.Context, id string) ([]ListStatus, error) {
	var m schemas.CrawlMemory
	switch _, err := r.Bus.Sources().Get(ctx, id+".crawl", &m); {
	case schemas.KindOf(err) == schemas.KindNotFound:
		return nil, nil
	case err != nil:
		return nil, err
	}
	var list []ListStatus
	for u, l := range m.Lists {
		list = append(list, ListStatus{u, l.Read, l.Deep, l.Links, l.Items, l.Dated})
	}
	slices.SortFunc(list, func(a, b ListStatus) int { return cmp.Compare(a.URL, b.URL) })
	return list, nil
}

// hosts are those origins of a source that were asked.
func (r *Reader) hosts(ctx context.Context, s *source.Source, origins []string) (list []HostStatus, err error) {
	for _, host := range origins {
		st, _, err := r.Bus.Hosts().Get(ctx, host)
		if schemas.KindOf(err) == schemas.KindNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		h := HostStatus{
			Host: host, LastRequest: st.LastRequest, RestUntil: st.RestUntil, CrawlDelay: st.CrawlDelay.Seconds(),
			Pace: max(s.Pace, st.CrawlDelay).Seconds(), Asked: st.Asked,
		}
		if x := st.Robots; x != nil {
			h.Robots, h.RobotsAt, h.Why, h.Closed = x.Text, x.FetchedAt, x.Why, x.All
		}
		list = append(list, h)
	}
	return list, nil
}

// originsOf are the hosts of a source as the crawler remembers them; those beside its own are asked by the same scheme.
func originsOf(s *source.Source) []string {
	base := s.Plan().Base
	list := []string{schemas.Origin(base)}
	for _, host := range s.Hosts {
		list = append(list, schemas.Origin(&url.URL{Scheme: base.Scheme, Host: host}))
	}
	return list
}

// knowledge is what the buckets hold of all sources.
type knowledge struct {
	lines     map[string]schemas.LineState
	memories  map[string]health.Memory
	schedules map[string]schedule.State
	counts    map[string]publisher.Counts
}

func (r *Reader) known(ctx context.Context) (k knowledge, err error) {
	if k.lines, err = r.Lines(ctx); err != nil {
		return k, err
	}
	if k.memories, err = each[health.Memory](ctx, r.Bus, health.Name); err != nil {
		return k, err
	}
	if k.schedules, err = each[schedule.State](ctx, r.Bus, strings.TrimPrefix(schedule.Key(""), ".")); err != nil {
		return k, err
	}
	k.counts, err = r.Bus.Counts(ctx)
	return k, err
}

// Lines is what the line remembers of each source that was crawled.
func (r *Reader) Lines(ctx context.Context) (map[string]schemas.LineState, error) {
	all := map[string]schemas.LineState{}
	err := r.Bus.Sources().EachLine(ctx, func(source string, st schemas.LineState) error { all[source] = st; return nil })
	return all, err
}

// Memories are what is remembered of the health of the sources that are still crawled.
func (r *Reader) Memories(ctx context.Context) (map[string]health.Memory, error) {
	all, err := each[health.Memory](ctx, r.Bus, health.Name)
	if err != nil {
		return nil, err
	}
	lines, err := r.Lines(ctx)
	for id, st := range lines {
		if st.Retired != "" {
			delete(all, id)
		}
	}
	return all, err
}

// Verdicts are the judgements of the sources that are still crawled; quiet is health.Memory.JudgeQuiet's.
func (r *Reader) Verdicts(ctx context.Context, quiet time.Duration) (map[string]health.Verdict, error) {
	all, err := r.Memories(ctx)
	out := map[string]health.Verdict{}
	for id, m := range all {
		out[id] = m.JudgeQuiet(r.Now(), quiet)
	}
	return out, err
}

// each reads the values that press_sources has under one name.
func each[T any](ctx context.Context, bus *publisher.Bus, name string) (map[string]T, error) {
	all := map[string]T{}
	err := bus.Sources().Each(ctx, name, func(source string, value json.RawMessage, _ uint64) error {
		var v T
		if err := json.Unmarshal(value, &v); err != nil {
			return &schemas.Error{Op: "status", Kind: schemas.KindStorage, Thing: source + "." + name, Err: err, Hint: "crawl it again"}
		}
		all[source] = v
		return nil
	})
	return all, err
}

// status puts together what is known of a source; src is nil when the registry does not have it any more.
func (k *knowledge) status(id string, e Entry, src *source.Source, now time.Time) SourceStatus {
	line, sched := k.lines[id], k.schedules[id]
	s := SourceStatus{
		Entry: e, Health: Unknown, Retired: line.Retired, LastRun: sched.Last, Failures: sched.Failures,
		Counts: k.counts[id], Held: len(line.Held), Dead: len(line.Dead),
	}
	if sched.Resume.IsZero() || now.Before(sched.Resume) {
		s.Paused, s.Resume = sched.Paused, sched.Resume
	}
	if line.Suspect != nil {
		s.Suspect, s.Doubt = line.Suspect.Reason, line.Suspect.Cause
	}
	if m, ok := k.memories[id]; ok {
		v := m.Judge(now)
		s.Health, s.Says, s.Do, s.Cause, s.Causes = v.State, v.Says, v.Do, v.Cause, v.Causes
		if m.Incident != nil {
			s.Since = m.Incident.Since
		}
		if s.LastRun.Before(m.Last.At) {
			s.LastRun = m.Last.At
		}
		s.LastRelease, s.Rhythm, s.Named, s.Recent = m.Fresh, m.Rhythm(now), m.Discovered, m.Runs
		s.RatesOf, s.Rates = m.Rates()
	}
	if src != nil && src.Works() && src.HasStart() && line.Retired == "" {
		s.NextDue = schedule.Due(now, schedule.PlanOf(src), sched)
	}
	return s
}
