package pipeline

import (
	"context"

	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// reading is one snapshot, read, with what the feed says of the page now.
type reading struct {
	seq      uint64
	snapshot *schemas.Snapshot
	page     string
	state    schemas.PageState // zero when the page is not remembered

	release  *schemas.Release // nil when the page is none
	err      error            // why it is none; KindNoRelease is an ordinary end, anything else a dead letter
	current  *schemas.Event   // of the release that the page carries; nil: never published
	relation schemas.Relation
	twin     bool // another page carries this release, and this one only repeats it
	moved    bool // the release was known at another address, which leads here now
	says     string
	print    string // see content

	derived   struct{ id, canonical string } // as the page itself gives them, before identify
	forgotten bool                           // release and body were dropped to save memory
}

// read parses a snapshot and finds out which release the page carries. Its error is ours; the page's is in the reading.
func (l *Line) read(ctx context.Context, seq uint64, s *schemas.Snapshot) (*reading, error) {
	rd := &reading{seq: seq, snapshot: s}
	return rd, l.fill(ctx, rd)
}

// fill reads the snapshot of a reading.
func (l *Line) fill(ctx context.Context, rd *reading) (err error) {
	s := rd.snapshot
	rd.says = noRelease
	if rd.page, rd.err = pageOf(s); rd.err != nil {
		return nil
	}
	if rd.state, _, err = l.broker.page(ctx, s.Source.ID, rd.page); err != nil {
		return err
	}
	if s.Gone() {
		return nil
	}
	if err := l.parsing.Acquire(ctx, 1); err != nil {
		return err
	}
	rd.release, rd.err = parse(s)
	l.parsing.Release(1)
	if rd.err == nil && rd.release.Title == "" {
		rd.release, rd.err = nil, &schemas.Error{Op: "extract", Kind: schemas.KindNoRelease, Thing: s.URL, Hint: "a text without a headline is no release"}
	}
	if rd.err != nil {
		return nil
	}
	rd.release.Provenance.RawSequence = rd.seq
	rd.says = schemas.Fingerprint(rd.release)
	rd.derived.id, rd.derived.canonical = rd.release.ID, rd.release.CanonicalURL
	return l.identify(ctx, rd)
}

// identify decides which release a reading is of, and sets the record's id, current, relation, twin and moved. What was decided once
// is remembered in the page state; only a page that carries nothing yet is looked at anew:
//   - a known page redirects to it and says the same: the release has moved here;
//   - its address is another spelling of a known page's that says the same: it is a twin;
//   - its canonical address is that of a release which another page carries: it is a twin when it says the same, and a release of its
//     own when it does not, whatever the template claims.
func (l *Line) identify(ctx context.Context, rd *reading) error {
	if id := rd.state.Release; id != "" {
		return l.known(ctx, rd, id)
	}
	if here, err := l.movedHere(ctx, rd); here || err != nil {
		return err
	}
	return l.derive(ctx, rd)
}

// movedHere takes a page for the new address of a release when a known page redirects to it and it says the same.
func (l *Line) movedHere(ctx context.Context, rd *reading) (bool, error) {
	r, from := rd.release, rd.state.MovedFrom
	if from == "" {
		return false, nil
	}
	st, _, err := l.broker.page(ctx, r.Source.ID, from)
	if err != nil || st.Release == "" {
		return false, err
	}
	cur, err := l.broker.Releases.Current(ctx, r.Source, st.Release)
	if err != nil || !live(cur) || !schemas.SaysTheSame(cur.Release, r) {
		return false, err
	}
	r.ID, rd.moved = cur.Release.ID, true
	rd.relate(cur)
	return true, nil
}

// derive finds the release of a page that carries nothing yet and to which nothing leads.
func (l *Line) derive(ctx context.Context, rd *reading) error {
	r, own := rd.release, rd.release.ID
	cur, err := l.broker.Releases.Current(ctx, r.Source, own)
	if err != nil {
		return err
	}
	if cur == nil {
		other, err := l.spelling(ctx, r)
		if err != nil {
			return err
		}
		if other != nil {
			return l.repeats(ctx, rd, other)
		}
	}
	switch {
	case !live(cur) || rd.page == own || carrier(cur.Release) == rd.page:
		rd.relate(cur)
		return nil
	case schemas.SaysTheSame(cur.Release, r):
		return l.repeats(ctx, rd, cur)
	}
	return l.alone(ctx, rd)
}

// known is a page whose release is remembered. Its address in the feed stays the one it was published with.
func (l *Line) known(ctx context.Context, rd *reading, id string) error {
	r := rd.release
	cur, err := l.broker.Releases.Current(ctx, r.Source, id)
	if err != nil {
		return err
	}
	r.ID = id
	if cur != nil && cur.Release != nil {
		r.CanonicalURL = cur.Release.CanonicalURL
	}
	if live(cur) && carrier(cur.Release) != rd.page && rd.page != id {
		return l.repeats(ctx, rd, cur)
	}
	rd.relate(cur)
	return nil
}

// repeats makes a reading a twin of the page that carries cur, as long as that one is there.
func (l *Line) repeats(ctx context.Context, rd *reading, cur *schemas.Event) error {
	rd.release.ID, rd.release.CanonicalURL = cur.Release.ID, cur.Release.CanonicalURL
	st, rev, err := l.broker.page(ctx, rd.release.Source.ID, carrier(cur.Release))
	if err != nil {
		return err
	}
	rd.relate(cur)
	rd.twin = rev > 0 && !st.Gone && st.MovedTo == ""
	return nil
}

// spelling finds the release of a new page that says what a known one says whose address differs in nothing but scheme, "www." or the last
// slash: a source that goes over to https publishes nothing a second time. It is nil when there is none.
func (l *Line) spelling(ctx context.Context, r *schemas.Release) (*schemas.Event, error) {
	if _, first := l.newcomers.Load(r.Source.ID); first {
		return nil, nil
	}
	for _, other := range schemas.OtherSpellings(r.CanonicalURL) {
		st, _, err := l.broker.page(ctx, r.Source.ID, schemas.PageID(r.Source.ID, other))
		if err != nil {
			return nil, err
		}
		if st.Release == "" {
			continue
		}
		cur, err := l.broker.Releases.Current(ctx, r.Source, st.Release)
		if err != nil {
			return nil, err
		}
		if live(cur) && schemas.SaysTheSame(cur.Release, r) {
			return cur, nil
		}
	}
	return nil, nil
}

// alone gives a reading the identity of its own address.
func (l *Line) alone(ctx context.Context, rd *reading) error {
	r := rd.release
	u, err := schemas.CanonicalURL(r.URL)
	if err != nil {
		rd.release, rd.err = nil, &schemas.Error{Op: "extract", Kind: schemas.KindInvalid, Thing: r.URL, Err: err}
		return nil
	}
	r.CanonicalURL, r.ID = u, schemas.ReleaseID(r.Source.ID, u)
	cur, err := l.broker.Releases.Current(ctx, r.Source, r.ID)
	if err != nil {
		return err
	}
	rd.relate(cur)
	return nil
}

func (rd *reading) relate(cur *schemas.Event) {
	rd.current, rd.relation = cur, schemas.Relate(cur, rd.release)
}

// live reports whether an event says that its release can be read.
func live(e *schemas.Event) bool {
	return e != nil && e.Release != nil && e.Type != schemas.EventWithdrawn && e.Type != schemas.EventErased
}

// content is the fingerprint of what the page says, as Fingerprint gives it.
func (rd *reading) content() string {
	if rd.print == "" {
		switch {
		case rd.release != nil:
			rd.print = contentOf(rd.release)
		case schemas.KindOf(rd.err) == schemas.KindNoRelease:
			rd.print = parser.Version + " " + noRelease
		}
	}
	return rd.print
}

// describe notes in the state of its page what the newest snapshot says, so that the crawler knows it again in other bytes. It reports
// whether that was news.
func (rd *reading) describe(st *schemas.PageState) bool {
	if st.RawSequence > rd.seq || st.Content == rd.content() {
		return false
	}
	st.Content = rd.content()
	return true
}

// doubt is what a reading of a known page says against its run.
func (rd *reading) doubt() doubt {
	switch {
	case rd.err != nil:
		return doubtNoRelease
	case rd.relation == schemas.RelationReplaced && !rd.twin:
		return doubtReplaced
	}
	return noDoubt
}

// known reports whether the page carries a release already.
func (rd *reading) known() bool { return rd.state.Release != "" || live(rd.current) }
