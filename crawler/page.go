package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// result is what fetching one page came to, and what is to be stored because of it.
type result struct {
	outcome  Outcome
	err      error             // why, when the outcome is none of the good ones
	snapshot *schemas.Snapshot // to be archived first; nil: nothing
	state    *schemas.PageState
	rev      uint64
}

// page fetches one page and decides what it means. Its error is our own side's or the context's; the page's is in the result.
func (r *run) page(ctx context.Context, f *discover.Frontier, e discover.Entry) (*result, error) {
	st, rev, err := r.pages.Get(ctx, r.src.ID, e.Page)
	isNew := schemas.KindOf(err) == schemas.KindNotFound
	if err != nil && !isNew {
		return nil, r.own(ctx, "read the page state", err)
	}
	header := http.Header{}
	if !isNew && !st.Gone && st.BodyHash != "" {
		if st.ETag != "" {
			header.Set("If-None-Match", st.ETag)
		}
		if st.LastModified != "" {
			header.Set("If-Modified-Since", st.LastModified)
		}
	}
	conditional := len(header) > 0 // asked before Colly adds to it
	a, err := r.get.Get(ctx, polite.WantPage, e.URL, header)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	p := &pageVisit{run: r, entry: e, state: st, rev: rev, isNew: isNew, now: r.opt.Now()}
	if err != nil {
		return p.failed(err), nil
	}
	switch {
	case a.Status == http.StatusOK:
		return p.body(a), nil
	case a.Status == http.StatusNotModified && conditional:
		return p.unchanged(a), nil
	case a.Status == http.StatusNotFound || a.Status == http.StatusGone:
		return p.missing(a), nil
	case a.Location != "" && a.Status != http.StatusNotModified:
		if err := f.Redirected(e, a.Location); err != nil {
			return p.failed(err), nil
		}
		return p.moved(), nil
	}
	return p.failed(a.Unusual()), nil
}

// pageVisit is one page with what was known of it before.
type pageVisit struct {
	run   *run
	entry discover.Entry
	state schemas.PageState
	rev   uint64
	isNew bool
	now   time.Time
}

// body is a page with content: archived unless these bytes were archived last.
func (p *pageVisit) body(a *polite.Answer) *result {
	if err := readable(a, p.entry.URL); err != nil {
		return p.failed(err)
	}
	sum := sha256.Sum256(a.Body)
	hash := hex.EncodeToString(sum[:])
	if !p.isNew && !p.state.Gone && hash == p.state.BodyHash {
		return p.unchanged(a)
	}
	res := &result{outcome: OutcomeChanged, state: &p.state, rev: p.rev}
	st := &p.state
	if p.isNew {
		res.outcome = OutcomeNew
		st.URL, st.FirstSeen = p.entry.URL, p.now
	}
	p.checked(a)
	st.LastChanged, st.BodyHash, st.Gone = p.now, hash, false
	res.snapshot = p.snapshot(a.URL, a.Status)
	res.snapshot.Body = a.Body
	res.snapshot.ContentType = a.Header.Get("Content-Type")
	res.snapshot.Header = schemas.SnapshotHeader{
		ETag: a.Header.Get("ETag"), LastModified: a.Header.Get("Last-Modified"), Language: a.Header.Get("Content-Language"),
	}
	return res
}

func (p *pageVisit) snapshot(url string, status int) *schemas.Snapshot {
	return &schemas.Snapshot{
		Source: p.run.src.Ref(), URL: url, FetchedAt: p.now, FirstSeen: p.state.FirstSeen, Run: p.run.opt.Run, Status: status,
		Hints: p.state.Hints, Profile: p.run.src.Profile, Previous: p.state.RawSequence,
	}
}

// checked brings the state up to date with an answer that proves the page is there.
func (p *pageVisit) checked(a *polite.Answer) {
	st := &p.state
	st.LastChecked, st.Missing, st.Failures = p.now, 0, 0
	if h := a.Header; a.Status == http.StatusOK || h.Get("ETag") != "" || h.Get("Last-Modified") != "" { // a 304 may leave them out
		st.ETag, st.LastModified = h.Get("ETag"), h.Get("Last-Modified")
	}
	st.Hints = remember(st.Hints, p.entry.Hints)
}

// remember brings what was known of a page from its start pages up to date. A date from the feed outlives the feed, which only
// names the newest pages.
func remember(old, now schemas.Hints) schemas.Hints {
	if now == (schemas.Hints{}) {
		return old
	}
	if now.Title == "" {
		now.Title = old.Title
	}
	if now.Published == "" || old.PublishedBy == discover.ByFeed && now.PublishedBy != discover.ByFeed {
		now.Published, now.PublishedBy = old.Published, old.PublishedBy
	}
	return now
}

func (p *pageVisit) unchanged(a *polite.Answer) *result {
	p.checked(a)
	return &result{outcome: OutcomeUnchanged, state: &p.state, rev: p.rev}
}

// missing counts a 404 or 410. The second crawl in a row that sees it archives the tombstone. A page that was never archived leaves
// no trace.
func (p *pageVisit) missing(a *polite.Answer) *result {
	if p.isNew {
		return &result{outcome: OutcomeMissing}
	}
	st := &p.state
	st.LastChecked = p.now
	st.Missing++
	res := &result{outcome: OutcomeMissing, state: st, rev: p.rev}
	if st.Missing < 2 || st.Gone {
		return res
	}
	res.outcome = OutcomeGone
	res.snapshot = p.snapshot(st.URL, a.Status)
	st.Gone = true
	return res
}

// moved leaves a page that was known as it is: what it said is still said at its new address, and only a 404 or 410 withdraws.
func (p *pageVisit) moved() *result {
	res := &result{outcome: OutcomeMoved}
	if !p.isNew {
		p.state.LastChecked = p.now
		res.state, res.rev = &p.state, p.rev
	}
	return res
}

// failed books an answer that says nothing about whether the page is there: its state keeps everything else.
func (p *pageVisit) failed(err error) *result {
	res := &result{outcome: OutcomeFailed, err: err}
	switch schemas.KindOf(err) {
	case schemas.KindPolicy:
		res.outcome = OutcomePolicy
		if errors.Is(err, polite.ErrRobots) {
			res.outcome = OutcomeRobots
		}
	case schemas.KindNotHTML:
		res.outcome = OutcomeNotHTML
	case schemas.KindTooLarge:
		res.outcome = OutcomeTooLarge
	}
	if !p.isNew {
		p.state.Failures++
		p.state.LastChecked = p.now
		res.state, res.rev = &p.state, p.rev
	}
	return res
}

// readable refuses bodies that are no page whatever their content type says.
func readable(a *polite.Answer, thing string) error {
	if len(strings.TrimSpace(string(a.Body[:min(len(a.Body), 1024)]))) == 0 && len(a.Body) <= 1024 {
		return polite.Refuse(schemas.KindEmpty, thing, "", "an empty page")
	}
	switch mt := http.DetectContentType(a.Body); {
	case strings.HasPrefix(mt, "text/"):
	case mt == "application/octet-stream" && !strings.Contains(string(a.Body[:min(len(a.Body), 512)]), "\x00"): // odd control characters
	default:
		return polite.Refuse(schemas.KindNotHTML, thing, "", "content is %s", mt)
	}
	return discover.Challenge(a.Body, thing)
}

// commit stores a result: the snapshot first, the state only after that is durable. It is not cut off by an interruption, only by
// its own time limit, so that a page in hand is finished and not fetched twice.
func (r *run) commit(ctx context.Context, e discover.Entry, res *result) error {
	store, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	if res.snapshot != nil {
		seq, err := r.archive.Append(store, res.snapshot)
		if err != nil {
			return fmt.Errorf("archive %s: %w", e.URL, err)
		}
		if len(res.snapshot.Body) > 0 {
			res.state.RawSequence = seq
		}
	}
	if res.state != nil {
		_, err := r.pages.Put(store, r.src.ID, e.Page, *res.state, res.rev)
		switch {
		case schemas.KindOf(err) == schemas.KindConflict:
			// Another crawl of the same source was quicker. Its state is as good as ours: at worst the next crawl archives these
			// bytes once more, and the same content makes no revision.
			r.log.Warn("another crawl changed the page state first", "url", e.URL)
		case err != nil:
			return fmt.Errorf("remember %s: %w", e.URL, err)
		}
	}
	r.outcome(e, res.outcome, res.err)
	return nil
}
