package publisher

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Filter chooses events of PRESS. The zero value is all of them.
type Filter struct {
	Source string    // only this source
	State  string    // only this Land, e.g. "NW"
	Type   string    // only this event type: a constant of schemas or its short name, e.g. "corrected"
	Since  time.Time // published at or after
	Until  time.Time // published before
	From   uint64    // cursor: the PRESS sequence to start at; excludes Since and Last
	Last   bool      // only the current state of each release: its newest event; excludes Until
	AsOf   time.Time // only the state of each release at this moment: the feed as it looked then; excludes Last, From, Since and Until
}

// String says in words what is chosen.
func (f Filter) String() string {
	parts := []string{"all events"}
	if f.Last {
		parts[0] = "the present state"
	}
	say := func(name, value string) {
		if value != "" {
			parts = append(parts, name+" "+value)
		}
	}
	moment := func(name string, at time.Time) {
		if !at.IsZero() {
			say(name, at.UTC().Format(time.RFC3339))
		}
	}
	say("of", f.Source)
	say("in", f.State)
	say("of type", f.Type)
	moment("since", f.Since)
	moment("until", f.Until)
	moment("as of", f.AsOf)
	if f.From > 0 {
		say("from", strconv.FormatUint(f.From, 10))
	}
	return strings.Join(parts, ", ")
}

// check completes the filter or says what is wrong with it.
func (f *Filter) check(op string) error {
	fail := func(format string, v ...any) error { return errorf(schemas.KindInvalid, op, "filter", format, v...) }
	if f.Source != "" {
		if err := schemas.CheckToken(f.Source); err != nil {
			return fail("source: %w", err)
		}
	}
	if f.State != "" {
		if err := schemas.CheckState(f.State); err != nil {
			return fail("state: %w", err)
		}
	}
	if full, ok := schemas.EventTypes[f.Type]; ok {
		f.Type = full
	}
	switch f.Type {
	case "", schemas.EventPublished, schemas.EventCorrected, schemas.EventReextracted, schemas.EventWithdrawn, schemas.EventErased:
	default:
		return fail("type: %q is none of published, corrected, reextracted, withdrawn, erased", f.Type)
	}
	if why := f.contradiction(); why != "" {
		return fail("%s", why)
	}
	return nil
}

// contradiction says which of the places to begin and to end exclude each other.
func (f *Filter) contradiction() string {
	switch {
	case !f.AsOf.IsZero() && (f.Last || f.From > 0 || !f.Since.IsZero() || !f.Until.IsZero()):
		return "the feed as of a moment excludes a cursor, a start, an end and the current state"
	case f.Last && f.From > 0:
		return "a cursor and the current state exclude each other"
	case f.Last && !f.Until.IsZero():
		return "the current state has no end: leave out until, or last"
	case f.From > 0 && !f.Since.IsZero():
		return "a cursor and a start time exclude each other"
	case !f.Since.IsZero() && !f.Until.IsZero() && !f.Since.Before(f.Until):
		return "since is not before until"
	}
	return ""
}

func (f *Filter) reading() reading {
	return reading{
		stream: schemas.StreamPress, subject: schemas.ReleaseFilter(f.State, f.Source),
		since: f.Since, until: f.Until, from: f.From, last: f.Last,
	}
}

// Replay calls fn for every event that f chooses, oldest first, and ends where the stream ended when it began. It returns how many
// events fn has taken without an error; an error of fn ends it and is returned. KindNotFound when the cursor is older than the stream.
func (b *Bus) Replay(ctx context.Context, f Filter, fn func(*schemas.Event) error) (int, error) {
	return decoded(ctx, func(ctx context.Context, fn func(*stored) error) error { _, err := b.replay(ctx, f, fn); return err }, fn)
}

// ReplayRaw is Replay for those who pass the releases on: fn gets the event without its Release, and the release as JSON, as it is stored.
// The bytes are fn's only until it returns.
func (b *Bus) ReplayRaw(ctx context.Context, f Filter, fn func(ev *schemas.Event, release []byte) error) (int, error) {
	return b.replay(ctx, f, rawBy(fn))
}

func rawBy(fn func(ev *schemas.Event, release []byte) error) func(*stored) error {
	return func(m *stored) error {
		ev, err := m.envelope()
		if err != nil {
			return err
		}
		return fn(ev, m.data)
	}
}

// EachCurrent calls fn for the newest event of every release of a source, tombstones too.
func (b *Bus) EachCurrent(ctx context.Context, source string, fn func(*schemas.Event) error) error {
	_, err := b.Replay(ctx, Filter{Source: source, Last: true}, fn)
	return err
}

func (b *Bus) replay(ctx context.Context, f Filter, fn func(*stored) error) (int, error) {
	if err := f.check("replay"); err != nil {
		return 0, err
	}
	n := 0
	err := b.chosen(ctx, f, false, func(m *stored) error {
		if err := fn(m); err != nil {
			return err
		}
		n++
		return nil
	})
	return n, err
}

// Feed is a place in the stream of events.
type Feed struct {
	r    *reader
	kind string
}

// Feed opens a live feed: the events that f chooses from its cursor, its start time or the current state on, and then, without a gap,
// whatever is published. With none of these it starts with the next event published after Feed has returned. Close it when done.
func (b *Bus) Feed(ctx context.Context, f Filter) (*Feed, error) {
	if err := f.check("tail"); err != nil {
		return nil, err
	}
	if !f.Until.IsZero() || !f.AsOf.IsZero() {
		return nil, errorf(schemas.KindInvalid, "tail", "filter", "a live feed has no end: leave out until and as of, or replay")
	}
	want := f.reading()
	want.tail = true
	r, err := b.open(ctx, want)
	if err != nil {
		return nil, err
	}
	return &Feed{r, f.Type}, nil
}

// Each calls fn for every event until ctx ends (nil), or fn returns an error (returned). It may be called once.
func (f *Feed) Each(ctx context.Context, fn func(*schemas.Event) error) error {
	_, err := decoded(ctx, f.each, fn)
	return unlessOver(ctx, err)
}

// EachRaw is Each for those who pass the releases on, see ReplayRaw.
func (f *Feed) EachRaw(ctx context.Context, fn func(ev *schemas.Event, release []byte) error) error {
	return f.each(ctx, rawBy(fn))
}

func (f *Feed) each(ctx context.Context, fn func(*stored) error) error {
	return unlessOver(ctx, f.r.each(ctx, func(m *stored) error {
		if f.kind != "" && percentDecode(first(m.header, ceType)) != f.kind {
			return nil
		}
		return fn(m)
	}))
}

// unlessOver is err, or nil when it only says that ctx has ended: that is how a live feed ends.
func unlessOver(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// Close forgets the feed's place at the broker.
func (f *Feed) Close() { f.r.close() }

// Tail is Feed, Each and Close in one.
func (b *Bus) Tail(ctx context.Context, f Filter, fn func(*schemas.Event) error) error {
	feed, err := b.Feed(ctx, f)
	if err != nil {
		return err
	}
	defer feed.Close()
	return feed.Each(ctx, fn)
}
