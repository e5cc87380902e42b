package review

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// States of a review.
const (
	Open  = "open"  // nothing has changed since it was said
	Right = "right" // today's parser reads the page as was said
	Wrong = "wrong" // another parser than that time's, and it does not
	Gone  = "gone"  // the page cannot be read any more, see Reviewed.Lost
)

// Why a page is Gone.
const (
	LostErased  = "erased"  // the release was erased
	LostExpired = "expired" // the archive does not keep it any more
	LostOther   = "other"   // the feed does not know the release, or the archive has another page under its number: another installation's
	LostUnread  = "unread"  // today's parser finds no release on it
)

// Reviewed is a review with what has become of it.
type Reviewed struct {
	ID     string `json:"id"`
	Source string `json:"source"`
	Review
	State  string `json:"state"`
	Lost   string `json:"lost,omitempty"`
	Quoted bool   `json:"quoted"`          // today's parser reads a quote there
	Reads  string `json:"reads"`           // whom it takes for the speaker; empty: nobody
	Newer  int    `json:"newer,omitempty"` // the release's revision by now, when that was read from another page
}

// Store is where reviews and pages are; publisher.Bus is one.
type Store interface {
	EachRun(ctx context.Context, source, event string, fn func(source, event string, at time.Time, data []byte) error) error
	Snapshot(ctx context.Context, seq uint64) (*schemas.Snapshot, error)
	Newest(ctx context.Context, id string) (*schemas.Event, error)
}

// Desk reads reviews and judges today's parser by them. It may be used from several goroutines.
type Desk struct {
	Store
	Parse func(*schemas.Snapshot) (*schemas.Release, error) // nil: this program's parser
	Now   func() time.Time                                  // nil: time.Now

	mu    sync.Mutex
	known map[string]judged
}

// judged is a review that was judged a while ago.
type judged struct {
	at time.Time
	Reviewed
}

const (
	judgedAge  = time.Minute // how long what has become of a review counts as new
	mostJudged = 10_000
)

// List are the reviews about a source and a release (all when empty), newest first. Of several about one quote of one page the last one
// counts, and what was taken back is left out.
func (d *Desk) List(ctx context.Context, source, release string) ([]Reviewed, error) {
	var list []Reviewed
	err := d.EachRun(ctx, source, schemas.RunReview, func(source, _ string, at time.Time, data []byte) error {
		x := Reviewed{ID: idOf(source, data), Source: source}
		if err := json.Unmarshal(data, &x.Review); err != nil {
			return &schemas.Error{
				Op: "reviews", Kind: schemas.KindStorage, Thing: source, Err: err, Hint: "see it as it is: kreispresse runs --event review " + source,
			}
		}
		if release != "" && x.Release != release {
			return nil
		}
		if x.At.IsZero() {
			x.At = at
		}
		list = slices.DeleteFunc(list, func(o Reviewed) bool { return o.same(x.Review) })
		if x.Verdict != VerdictWithdrawn {
			list = append(list, x)
		}
		return nil
	})
	slices.Reverse(list)
	for i := range list {
		if err == nil {
			list[i], err = d.remembered(ctx, list[i])
		}
	}
	return list, err
}

// remembered is judge, at most once a minute.
func (d *Desk) remembered(ctx context.Context, x Reviewed) (Reviewed, error) {
	d.mu.Lock()
	old, ok := d.known[x.ID]
	d.mu.Unlock()
	if since := d.now().Sub(old.at); ok && since >= 0 && since < judgedAge {
		return old.Reviewed, nil
	}
	x, _, _, err := d.judge(ctx, x)
	if err != nil {
		return x, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil || len(d.known) >= mostJudged {
		d.known = map[string]judged{}
	}
	d.known[x.ID] = judged{d.now(), x}
	return x, nil
}

func (d *Desk) now() time.Time {
	if d.Now != nil {
		return d.Now()
	}
	return time.Now()
}

// judge says what has become of a review, with the page and today's reading of it unless it is Gone.
func (d *Desk) judge(ctx context.Context, x Reviewed) (Reviewed, *schemas.Snapshot, *schemas.Release, error) {
	gone := func(why string) (Reviewed, *schemas.Snapshot, *schemas.Release, error) {
		x.State, x.Lost = Gone, why
		return x, nil, nil, nil
	}
	ev, err := d.Newest(ctx, x.Release)
	switch {
	case schemas.KindOf(err) == schemas.KindNotFound:
		return gone(LostOther)
	case err != nil:
		return x, nil, nil, err
	case ev.Type == schemas.EventErased || ev.Release == nil:
		return gone(LostErased)
	case x.Snapshot != "" && ev.Release.Provenance.Snapshot != x.Snapshot:
		x.Newer = ev.Revision
	}
	s, err := d.Store.Snapshot(ctx, x.RawSequence)
	switch {
	case schemas.KindOf(err) == schemas.KindNotFound:
		return gone(LostExpired)
	case err != nil:
		return x, nil, nil, err
	case x.Snapshot != "" && s.Digest() != x.Snapshot:
		return gone(LostOther)
	}
	read, err := d.read(s)
	if err != nil {
		return gone(LostUnread)
	}
	right := false
	right, x.Quoted, x.Reads = x.judge(read)
	switch {
	case right:
		x.State = Right
	case x.Parser == "" || x.Parser == read.Provenance.Parser:
		x.State = Open
	default:
		x.State = Wrong
	}
	return x, s, read, nil
}

// read parses a page; one that makes the parser panic is one that it does not read.
func (d *Desk) read(s *schemas.Snapshot) (*schemas.Release, error) {
	if d.Parse != nil {
		return pipeline.Caught(s, d.Parse)
	}
	return pipeline.Caught(s, parser.Parse)
}
