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
	"github.com/kreispresse/kreispresse/internal/crash"
	"github.com/kreispresse/kreispresse/schemas"
)

// result is what fetching one page came to, and what is to be stored because of it.
type result struct {
	outcome  Outcome
	look     schemas.Look
	err      error             // why, when the outcome is none of the good ones
	snapshot *schemas.Snapshot // to be archived first; nil: nothing
	state    *schemas.PageState
	before   schemas.PageState // the state as it was read
	rev      uint64
	archived bool
	to       string // page that it redirects to
	toURL    string
}

// page fetches one page and decides what it means. Its error is our own side's or the context's; the page's is in the result.
func (r *run) page(ctx context.Context, f *discover.Frontier, e discover.Entry) (*result, error) {
	st, rev, err := r.pages.Get(ctx, r.src.ID, e.Page)
	isNew := schemas.KindOf(err) == schemas.KindNotFound
	if err != nil && !isNew {
		return nil, r.own(ctx, "read the page state", err)
	}
	header := http.Header{}
	if st.BodyHash != "" && !st.Gone && !st.Unsure {
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
	p := &pageVisit{run: r, entry: e, state: st, before: st, rev: rev, isNew: isNew, now: r.opt.Now()}
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
		return p.redirected(f, a), nil
	}
	return p.failed(a.Unusual()), nil
}

// pageVisit is one page with what was known of it before.
type pageVisit struct {
	run    *run
	entry  discover.Entry
	state  schemas.PageState // as it will be
	before schemas.PageState
	rev    uint64
	isNew  bool
	now    time.Time
}

// body is a page with content: archived unless these bytes, or others that say the same, were archived last.
func (p *pageVisit) body(a *polite.Answer) *result {
	if err := readable(a, p.entry.URL); err != nil {
		return p.failed(err)
	}
	sum := sha256.Sum256(a.Body)
	hash := hex.EncodeToString(sum[:])
	trusted := p.state.BodyHash != "" && !p.state.Gone && !p.state.Unsure
	if trusted && hash == p.state.BodyHash {
		return p.unchanged(a)
	}
	st := &p.state
	if p.isNew || st.URL == "" {
		st.URL, st.FirstSeen = p.entry.URL, p.now
	}
	first := st.BodyHash == ""
	p.checked(a)
	snapshot := p.snapshot(a.URL, a.Status)
	snapshot.Body = a.Body
	snapshot.ContentType = bounded(a.Header.Get("Content-Type"))
	snapshot.Header = schemas.SnapshotHeader{ETag: st.ETag, LastModified: st.LastModified, Language: bounded(a.Header.Get("Content-Language"))}
	says := ""
	if trusted && st.Content != "" && p.run.fingerprint != nil { // of a new page whoever reads it will tell
		says = p.run.fingerprint(snapshot)
	}
	st.BodyHash = hash
	if says != "" && says == st.Content {
		return p.result(OutcomeCosmetic, schemas.LookThere)
	}
	res := p.result(OutcomeChanged, schemas.LookThere)
	if first {
		res.outcome = OutcomeNew
	}
	st.LastChanged, st.Content, st.Gone = p.now, says, false
	res.snapshot = snapshot
	return res
}

// maxHeader is the longest response header, in bytes, that is kept. A validator that is longer is none; the broker takes 64 KiB of
// headers in all, and one page's must not stop a crawl.
const maxHeader = 1 << 10

func bounded(header string) string {
	if len(header) > maxHeader {
		return ""
	}
	return header
}

// result is an outcome with the state as it is now.
func (p *pageVisit) result(o Outcome, l schemas.Look) *result {
	return &result{outcome: o, look: l, state: &p.state, before: p.before, rev: p.rev}
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
	st.LastChecked, st.Miss, st.Failures, st.MovedTo = p.now, nil, 0, ""
	if h := a.Header; a.Status == http.StatusOK || h.Get("ETag") != "" || h.Get("Last-Modified") != "" { // a 304 may leave them out
		st.ETag, st.LastModified = bounded(h.Get("ETag")), bounded(h.Get("Last-Modified"))
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
	return p.result(OutcomeUnchanged, schemas.LookThere)
}

// missing counts a 404 or 410, or a redirect to where no page is. Whether the page is believed gone is decided when the run is over. A
// page that was never archived leaves no trace.
func (p *pageVisit) missing(a *polite.Answer) *result {
	if p.isNew || p.state.BodyHash == "" {
		return &result{outcome: OutcomeMissing, look: schemas.LookGone}
	}
	st := &p.state
	st.LastChecked, st.Failures = p.now, 0
	st.Miss = st.Miss.Add(schemas.LookGone, a.Status, p.now)
	return p.result(OutcomeMissing, schemas.LookGone)
}

// redirected is a page that leads elsewhere: to another page of the source, which takes its place, or to the home page or a list, which
// is how many sites say 404.
func (p *pageVisit) redirected(f *discover.Frontier, a *polite.Answer) *result {
	if p.run.src.LeadsNowhere(a.Location) {
		return p.missing(a)
	}
	to, err := f.Redirected(p.entry, a.Location)
	if err != nil {
		return p.failed(err)
	}
	res := &result{outcome: OutcomeMoved, look: schemas.LookThere, to: to.Page, toURL: to.URL}
	if !p.isNew {
		st := &p.state
		st.LastChecked, st.Miss, st.Failures, st.MovedTo = p.now, nil, 0, to.Page
		res.state, res.before, res.rev = st, p.before, p.rev
	}
	return res
}

// failed books an answer that says nothing about whether the page is there: its state keeps everything else.
func (p *pageVisit) failed(err error) *result {
	res := &result{outcome: OutcomeFailed, look: schemas.LookUnclear, err: err}
	switch schemas.KindOf(err) {
	case schemas.KindPolicy:
		res.outcome = OutcomePolicy
		if errors.Is(err, polite.ErrRobots) {
			res.outcome = OutcomeRobots
		} else if errors.Is(err, polite.ErrNoIndex) {
			res.outcome = OutcomeNoIndex
		}
	case schemas.KindNotHTML:
		res.outcome = OutcomeNotHTML
	case schemas.KindTooLarge:
		res.outcome = OutcomeTooLarge
	}
	if !p.isNew {
		p.state.Failures++
		p.state.LastChecked, p.state.Miss = p.now, nil
		res.state, res.before, res.rev = &p.state, p.before, p.rev
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

// commit stores a result: the snapshot first, the state only after that is durable. It is not cut off by an interruption, so that a
// page in hand is finished and not fetched twice; archive and memory have limits of time of their own.
func (r *run) commit(ctx context.Context, e discover.Entry, res *result) error {
	store := context.WithoutCancel(ctx)
	if res.snapshot != nil {
		if err := r.archived(store, e, res); err != nil {
			return err
		}
	}
	if res.state != nil {
		if _, err := r.remember(store, e.Page, *res.state, res.rev); err != nil {
			return fmt.Errorf("remember %s: %w", e.URL, err)
		}
		crash.Here(crash.Remembered)
	}
	if res.to != "" && res.before.Release != "" {
		if err := r.link(store, e.Page, res); err != nil {
			return fmt.Errorf("remember %s: %w", res.toURL, err)
		}
	}
	r.outcome(e, res)
	return nil
}

// archived appends the snapshot of a result. Before a page that is remembered is archived again its state says that it is unsure:
// should we die in between, and the site take the change back, the next crawl must not take the old bytes for what the archive has.
func (r *run) archived(ctx context.Context, e discover.Entry, res *result) error {
	if res.rev != 0 && res.before.BodyHash != "" {
		unsure := res.before
		unsure.Unsure = true
		rev, err := r.remember(ctx, e.Page, unsure, res.rev)
		if err != nil {
			return fmt.Errorf("remember %s: %w", e.URL, err)
		}
		res.rev = rev
		crash.Here(crash.UnsureNoted)
	}
	seq, err := r.archive.Append(ctx, res.snapshot)
	switch kind := schemas.KindOf(err); {
	case kind == schemas.KindTooLarge || kind == schemas.KindInvalid: // the page's own: what was archived of it stays
		st := res.before
		st.Failures++
		st.LastChecked = res.state.LastChecked
		res.outcome, res.look, res.err, res.snapshot = OutcomeTooLarge, schemas.LookUnclear, err, nil
		if res.rev == 0 {
			res.state = nil
		} else {
			res.state = &st
		}
		return nil
	case err != nil:
		return fmt.Errorf("archive %s: %w", e.URL, err)
	}
	crash.Here(crash.Archived)
	res.state.RawSequence, res.state.Unsure, res.archived = seq, false, true
	return nil
}

// remember puts a state. When somebody else has written it meanwhile, his word on what the page carries is kept, ours on what was seen
// stands on top: at worst the next crawl archives these bytes once more, and the same content makes no revision.
func (r *run) remember(ctx context.Context, page string, st schemas.PageState, rev uint64) (uint64, error) {
	var err error
	for range maxConflicts {
		var next uint64
		if next, err = r.pages.Put(ctx, r.src.ID, page, st, rev); schemas.KindOf(err) != schemas.KindConflict {
			return next, err
		}
		theirs, at, e := r.pages.Get(ctx, r.src.ID, page)
		if e != nil {
			return 0, e
		}
		if theirs.RawSequence > st.RawSequence { // they have archived something later
			return at, nil
		}
		st.Release, st.MovedFrom, st.Held, st.Barred, rev = theirs.Release, theirs.MovedFrom, theirs.Held, theirs.Barred, at
		st.Erased = theirs.Erased
	}
	return 0, err
}

// maxConflicts bounds how often a state is written on top of somebody else's.
const maxConflicts = 16

// link notes on the page that a known one redirects to where its readers come from.
func (r *run) link(ctx context.Context, from string, res *result) error {
	var err error
	for range maxConflicts {
		st, rev, e := r.pages.Get(ctx, r.src.ID, res.to)
		if e != nil && schemas.KindOf(e) != schemas.KindNotFound {
			return e
		}
		if st.MovedFrom == from || st.Release != "" {
			return nil
		}
		if st.URL == "" {
			st.URL, st.FirstSeen = res.toURL, r.opt.Now()
		}
		st.MovedFrom = from
		if _, err = r.pages.Put(ctx, r.src.ID, res.to, st, rev); schemas.KindOf(err) != schemas.KindConflict {
			return err
		}
	}
	return err
}
