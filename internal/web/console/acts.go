package console

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Acts are what an operator can do. Each is audited with the name of who does it, see pipeline.WithActor.
type Acts struct {
	Line    *pipeline.Line
	Bus     *publisher.Bus
	Sources func() ([]*source.Source, error) // the registry in use
}

// Review writes down what somebody says about the reading of a release.
func (a *Acts) Review(ctx context.Context, id string, r review.Review) error {
	if _, err := a.Bus.PublishRun(ctx, id, schemas.RunReview, r); err != nil {
		return err
	}
	// Who said what stands in the review, which goes when the release is erased; the audit stays.
	return a.Line.Record(ctx, id, pipeline.Audit{Act: "review", Thing: r.Release, Reason: r.Verdict, Count: 1})
}

// Pause keeps a source from being crawled until a moment, or, when it is zero, until Resume. A run that goes on ends as usual.
func (a *Acts) Pause(ctx context.Context, id, reason string, until time.Time) error {
	if err := a.schedule(ctx, id, func(s *schedule.State) { s.Paused, s.Resume = reason, until.UTC() }); err != nil {
		return err
	}
	return a.Line.Record(ctx, id, pipeline.Audit{Act: "sources pause", Thing: id, Reason: reason, Count: 1})
}

// Resume ends a pause.
func (a *Acts) Resume(ctx context.Context, id string) error {
	if err := a.schedule(ctx, id, func(s *schedule.State) { s.Paused, s.Resume = "", time.Time{} }); err != nil {
		return err
	}
	return a.Line.Record(ctx, id, pipeline.Audit{Act: "sources resume", Thing: id, Count: 1})
}

// attempts is how often a write is repeated on top of somebody else's.
const attempts = 8

func (a *Acts) schedule(ctx context.Context, id string, change func(*schedule.State)) (err error) {
	for range attempts {
		var s schedule.State
		rev, e := a.Bus.Sources().Get(ctx, schedule.Key(id), &s)
		if e != nil && schemas.KindOf(e) != schemas.KindNotFound {
			return e
		}
		change(&s)
		if _, err = a.Bus.Sources().Put(ctx, schedule.Key(id), s, rev); schemas.KindOf(err) != schemas.KindConflict {
			return err
		}
	}
	return err
}

// Aside does one thing with a page that is kept from the feed: held release, held drop, dead retry, dead drop.
func (a *Acts) Aside(ctx context.Context, what, do, id, page string) (err error) {
	switch what + " " + do {
	case "held release":
		_, err = a.Line.ReleaseHeld(ctx, id, page)
	case "held drop":
		err = a.Line.DropHeld(ctx, id, page)
	case "dead retry":
		_, err = a.Line.RetryDead(ctx, id, page)
	case "dead drop":
		err = a.Line.DropDead(ctx, id, page)
	default:
		err = &schemas.Error{Op: "console", Kind: schemas.KindInvalid, Thing: what + " " + do, Err: errors.New("this cannot be done")}
	}
	return err
}

// source is one of the registry.
func (a *Acts) source(id string) (*source.Source, error) {
	all, err := a.Sources()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(s *source.Source) bool { return s.ID == id })
	if i < 0 {
		return nil, &schemas.Error{
			Op: "sources", Kind: schemas.KindNotFound, Thing: id, Err: errors.New("no file tells of this source any more"), Hint: "see the list of sources",
		}
	}
	return all[i], nil
}

// Check crawls a source without fetching a release or writing anything; found is called for each page that would be fetched.
func (a *Acts) Check(ctx context.Context, id string, found func(Found)) (Checked, error) {
	src, err := a.source(id)
	if err != nil {
		return Checked{}, err
	}
	reports, err := a.Line.Run(ctx, []*source.Source{src}, func(*source.Source) crawler.Options {
		return crawler.Options{DryRun: true, Listed: func(l crawler.Listed) { found(Found{l.URL, l.Hints.Title, l.Hints.Published}) }}
	})
	if err != nil {
		return Checked{}, err
	}
	r := &reports[0]
	c := Checked{Discovered: r.Discovered, Requests: int(r.Requests), Took: r.Duration(), Reasons: r.Reasons, Causes: r.Causes, Notes: r.Notes}
	if r.Error != "" {
		c.Reasons = append(c.Reasons, r.Error)
	}
	return c, a.Line.Record(ctx, id, pipeline.Audit{Act: "sources check", Thing: id, Count: c.Discovered})
}

// Found is a page that a list names.
type Found struct{ URL, Title, Published string }

// Checked is what a check came to.
type Checked struct {
	Discovered int
	Requests   int
	Took       time.Duration
	Reasons    []string        // why a crawl would fail; none: it would not
	Causes     []schemas.Cause // the same as codes
	Notes      []string
}
