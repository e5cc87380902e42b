package demoland

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/schemas"
)

// Land is the Land with its clock.
type Land struct {
	Sources []*source.Source

	sites   map[string]*site // by host
	order   []*site
	tales   []story
	start   time.Time
	length  time.Duration
	clock   atomic.Int64 // nanoseconds of Unix; 0: it is now
	address string
	server  *http.Server
}

// weeks is how long the history is.
const weeks = 6

// New makes the Land and serves its sites on loopback. Its history ends at now.
func New(now time.Time) (*Land, error) {
	length := weeks * 7 * 24 * time.Hour
	l := &Land{sites: map[string]*site{}, tales: tales(), start: now.Add(-length), length: length}
	all, err := offices()
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		src, err := o.source()
		if err != nil {
			return nil, err
		}
		s := &site{office: o, src: src}
		l.Sources, l.order, l.sites[o.host()] = append(l.Sources, src), append(l.order, s), s
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l.address = listener.Addr().String()
	l.server = &http.Server{Handler: http.HandlerFunc(l.serve), ReadHeaderTimeout: time.Minute}
	go l.server.Serve(listener) //nolint:errcheck // it ends with Close
	return l, nil
}

// Close takes the sites down.
func (l *Land) Close() error { return l.server.Close() }

// Now is the Land's moment: what the line takes for now.
func (l *Land) Now() time.Time {
	if at := l.clock.Load(); at != 0 {
		return time.Unix(0, at)
	}
	return time.Now()
}

// Live lets the Land's clock run with that of the world.
func (l *Land) Live() { l.clock.Store(0) }

// step is the time between two days on which the line looks, early on; towards the end it looks more often.
func (l *Land) step(at time.Time) time.Duration {
	switch left := l.start.Add(l.length).Sub(at); {
	case left > 8*24*time.Hour:
		return 4 * 24 * time.Hour
	case left > 24*time.Hour:
		return 24 * time.Hour
	}
	return 4 * time.Hour
}

// Crawler is what the pipeline of the Land asks its sites by.
func (l *Land) Crawler(config crawler.Config) crawler.Config {
	config.Dial = l.Dial
	return config
}

// Live through the weeks: told is called after each day with how much of the time has passed.
func (l *Land) History(ctx context.Context, line *pipeline.Line, told func(share float64)) error {
	end := l.start.Add(l.length)
	line.SetClock(l.Now)
	last := l.start.Add(-30 * 24 * time.Hour)
	for at := l.start; ; at = at.Add(l.step(at)) {
		at = earlier(at, end)
		l.clock.Store(at.UnixNano())
		for _, s := range l.order {
			s.publish(l, last, at)
		}
		l.happen(at)
		if err := l.Crawl(ctx, line, l.Sources...); err != nil {
			return err
		}
		told(float64(at.Sub(l.start)) / float64(l.length))
		if last = at; !at.Before(end) {
			return nil
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.After(b) {
		return b
	}
	return a
}

// publish adds what an office publishes between two moments.
func (s *site) publish(l *Land, from, to time.Time) {
	for day := from.Truncate(24 * time.Hour); !day.After(to); day = day.Add(24 * time.Hour) {
		n := int(day.Unix()/86400) + s.seed
		at := day.Add(time.Duration(7+n%9) * time.Hour).Add(time.Duration(n*17%60) * time.Minute)
		if n%s.Every != 0 || !at.After(from) || at.After(to) || s.Fate == fateSilent && at.After(l.start.Add(l.length-19*24*time.Hour)) {
			continue
		}
		s.Tell(l, at)
	}
}

// Tell lets the office publish one release more.
func (s *site) Tell(l *Land, at time.Time) {
	s.mu.Lock()
	n := len(s.releases)
	s.mu.Unlock()
	r := s.tell(l.tales, n, at)
	r.Thin = s.Fate == fateThin && at.After(l.start.Add(l.length-22*24*time.Hour))
	s.add(r)
}

// happen changes pages as press offices do: corrections, pages that go, some that break.
func (l *Land) happen(at time.Time) {
	left := l.start.Add(l.length).Sub(at)
	for _, s := range l.order {
		s.mu.Lock()
		n := len(s.releases)
		s.mu.Unlock()
		if s.seed%3 == int(left/(24*time.Hour))%3 && s.Fate == "" && left < 20*24*time.Hour {
			s.change(n-2, func(r *release) {
				if r.Corrected.IsZero() {
					r.Corrected = at
				}
			})
		}
		if s.seed%7 == 1 && left < 9*24*time.Hour {
			s.change(n-6, func(r *release) {
				if r.Gone.IsZero() && s.gone() == 0 {
					r.Gone = at
				}
			})
		}
		if s.Fate == fateHeld && left < 2*24*time.Hour {
			s.replace(n, at)
		}
		if s.Fate == fateDead && left < 3*24*time.Hour {
			s.change(n-1, func(r *release) {
				r.Huge = r.Huge || !slices.ContainsFunc(s.releases, func(x release) bool { return x.Huge })
			})
		}
	}
}

// replace has two of n pages say something entirely different.
func (s *site) replace(n int, at time.Time) {
	for _, i := range []int{n - 3, n - 4} {
		s.change(i, func(r *release) {
			if r.Other.IsZero() && s.others() < 2 {
				r.Other = at
			}
		})
	}
}

// gone and others count what has happened; the caller holds the lock.
func (s *site) gone() (n int) {
	for i := range s.releases {
		if !s.releases[i].Gone.IsZero() {
			n++
		}
	}
	return n
}

func (s *site) others() (n int) {
	for i := range s.releases {
		if !s.releases[i].Other.IsZero() {
			n++
		}
	}
	return n
}

// Crawl lets the line look at sources now.
func (l *Land) Crawl(ctx context.Context, line *pipeline.Line, sources ...*source.Source) error {
	_, err := line.Run(ctx, sources, func(*source.Source) crawler.Options { return crawler.Options{Now: l.Now} })
	return err
}

// Paused is the source that somebody paused.
func (l *Land) Paused() string {
	for _, s := range l.order {
		if s.Fate == fatePaused {
			return s.ID
		}
	}
	return ""
}

// Wish is what the webmaster of an office asks for.
func (l *Land) Wish(now time.Time) schemas.PauseRequest {
	o := l.order[len(l.order)-1]
	return schemas.PauseRequest{
		ID: "webmaster", At: now.UTC().Add(-40 * time.Minute), Host: o.host(), Sources: []string{o.ID}, Contact: "webmaster@" + o.ID + ".example",
		Reason: "Am Wochenende zieht unsere Website auf einen anderen Server um. Bitte lassen Sie sie so lange in Ruhe.",
	}
}

// News lets one office after the other publish something, and the line fetch it, every so often until ctx ends.
func (l *Land) News(ctx context.Context, line *pipeline.Line, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if l.order[i*5%len(l.order)].Fate != "" {
			continue
		}
		if err := l.Publish(ctx, line, i*5); err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
	}
}

// Publish lets one office publish something now, and the line fetch it.
func (l *Land) Publish(ctx context.Context, line *pipeline.Line, office int) error {
	s := l.order[office%len(l.order)]
	s.Tell(l, l.Now())
	return l.Crawl(ctx, line, s.src) // Sources may be in another order by now
}
