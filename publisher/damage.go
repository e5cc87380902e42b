package publisher

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Finding is one damage of what the broker holds.
type Finding struct {
	Stream   string `json:"stream"`
	Sequence uint64 `json:"sequence,omitempty"` // of the message concerned; 0: the stream as a whole
	Thing    string `json:"thing,omitempty"`    // the release, page, object or key concerned
	What     string `json:"what"`               // what is wrong
	Mend     string `json:"mend,omitempty"`     // the way out
	Rebuilt  bool   `json:"rebuilt,omitempty"`  // found out anew by itself: a word is enough
}

// err makes a finding the error that stops whoever needs the stream whole.
func (f *Finding) err(op string) error {
	thing := "stream " + f.Stream
	if f.Thing != "" {
		thing += ": " + f.Thing
	}
	return &schemas.Error{Op: op, Thing: thing, Kind: schemas.KindStorage, Err: errors.New(f.What), Hint: f.Mend}
}

// The ways out of a damage, by what is damaged.
const (
	mendPress  = "restore a backup; or accept the loss and read the archive anew, which publishes again what it holds"
	mendRaw    = "restore a backup; or accept the loss: what is published stays, only the pages it was read from are gone"
	mendState  = "restore a backup; or accept the loss: pages are then asked for again, and nothing is published twice"
	mendRuns   = "restore a backup; or accept the loss: only the accounts of past runs are gone"
	mendBodies = "restore a backup; or accept the loss: the large pages that were in it cannot be read again"
)

func mend(stream string) string {
	switch stream {
	case schemas.StreamPress:
		return mendPress
	case schemas.StreamRaw:
		return mendRaw
	case schemas.StreamRuns:
		return mendRuns
	case streamBodies:
		return mendBodies
	}
	return mendState
}

// rebuilt reports a stream whose loss costs nothing but some requests: what hosts are owed, and memories of lists and cursors.
func rebuilt(stream string) bool { return stream == streamHosts || stream == streamSources }

// isLog reports a stream from which nothing is ever removed without a record; buckets replace.
func isLog(stream string) bool {
	return stream == schemas.StreamPress || stream == schemas.StreamRaw || stream == schemas.StreamRuns
}

// inspect compares the state of a stream with its mark; nil: nothing is missing.
func inspect(stream string, st jetstream.StreamState, was mark, at time.Time) *Finding {
	f := &Finding{Stream: stream, Mend: mend(stream), Rebuilt: rebuilt(stream)}
	switch missing := st.LastSeq - min(st.Msgs, st.LastSeq); {
	case st.LastSeq < was.Last:
		f.What = fmt.Sprintf("it ends at sequence %d, but %d was written by %s", st.LastSeq, was.Last, at.Format(time.RFC3339))
	case isLog(stream) && missing > was.Erased+was.forgotten:
		f.What = fmt.Sprintf("%d of %d messages are missing%s", missing-was.Erased-was.forgotten, st.LastSeq, firstKept(st))
	case st.LastSeq > 0 && st.Msgs == 0 && was.Erased+was.forgotten < st.LastSeq: // the newest message of a bucket is never replaced by none
		f.What = fmt.Sprintf("it holds nothing, but its sequences are at %d", st.LastSeq)
	case !isLog(stream) && stream != streamBodies && st.Msgs < was.Messages:
		f.What = fmt.Sprintf("it holds %d keys, but held %d at %s", st.Msgs, was.Messages, at.Format(time.RFC3339))
	default:
		return nil
	}
	return f
}

func firstKept(st jetstream.StreamState) string {
	if st.Msgs > 0 && st.FirstSeq > 1 {
		return fmt.Sprintf(", the first that is there is %d", st.FirstSeq)
	}
	return ""
}

// gone is the finding about a stream that does not exist although it did.
func gone(stream string, was mark, at time.Time) *Finding {
	f := &Finding{Stream: stream, What: "it is gone", Mend: mend(stream), Rebuilt: rebuilt(stream)}
	if was.Last > 0 {
		f.What = fmt.Sprintf("it is gone, but held %d messages at %s", was.Messages, at.Format(time.RFC3339))
	}
	return f
}

// survey looks at every stream of the table and compares it with the marks. A stream that the user may not look at is left out. infos
// has an entry for every stream that exists. What others wrote between the look at the streams and that at the marks is no damage: what was
// found must be found again by marks that are older than the look.
func (b *Bus) survey(ctx context.Context) (infos map[string]jetstream.Stream, found []Finding, err error) {
	if err := b.repairSettings(ctx); err != nil {
		return nil, nil, err
	}
	infos, missing, err := b.lookAround(ctx)
	if err != nil {
		return nil, nil, err
	}
	old, err := b.marksOrNone(ctx)
	if err != nil {
		return nil, nil, err
	}
	if found = compare(infos, missing, old); len(found) > 0 && b.cfg.URL != "" {
		if infos, missing, err = b.lookAround(ctx); err != nil {
			return nil, nil, err
		}
		found = compare(infos, missing, old)
	}
	return infos, found, nil
}

// lookAround asks for every stream of the table; missing are those that do not exist.
func (b *Bus) lookAround(ctx context.Context) (infos map[string]jetstream.Stream, missing []string, err error) {
	infos = make(map[string]jetstream.Stream)
	for _, c := range table(1) {
		s, err := b.lookup(ctx, c.Name)
		switch {
		case err != nil:
			return nil, nil, err
		case s != nil:
			infos[c.Name] = s
		case !b.hidden[c.Name]:
			missing = append(missing, c.Name)
		}
	}
	return infos, missing, nil
}

// compare finds what is missing by the marks.
func compare(infos map[string]jetstream.Stream, missing []string, old marks) (found []Finding) {
	used := false // a store in which something was written has all of its first streams
	for _, name := range []string{schemas.StreamPress, schemas.StreamRaw, schemas.StreamRuns, streamPages} {
		used = used || infos[name] != nil && infos[name].CachedInfo().State.LastSeq > 0
	}
	for _, name := range missing {
		if old.Streams[name].Last > 0 || used && (isLog(name) || name == streamPages || name == streamHosts) {
			found = append(found, *gone(name, old.Streams[name], old.At))
		}
	}
	for _, c := range table(1) {
		if s := infos[c.Name]; s != nil {
			if f := inspect(c.Name, s.CachedInfo().State, old.Streams[c.Name], old.At); f != nil {
				found = append(found, *f)
			}
		}
	}
	return found
}

// repairSettings makes the settings of an embedded stream anew whose messages are there while the file with the settings is not.
func (b *Bus) repairSettings(ctx context.Context) error {
	if b.emb == nil || b.cfg.Damaged {
		return nil
	}
	for _, c := range table(1) {
		if !b.emb.holds(c.Name) {
			continue
		}
		s, err := b.lookup(ctx, c.Name)
		if err != nil {
			return err
		}
		if s != nil {
			continue
		}
		if err := b.ensureStream(ctx, c, nil); err != nil {
			return err
		}
		b.log.Warn("the settings of a stream were damaged and are made anew", "stream", c.Name)
	}
	return nil
}

// lookup gives a stream, nil when it does not exist or, for a user who manages nothing, when it may not be looked at.
func (b *Bus) lookup(ctx context.Context, name string) (s jetstream.Stream, err error) {
	if b.cfg.Damaged { // whoever looks at a store that is not well wants to hear so
		return b.lookupOnce(ctx, name)
	}
	err = b.untilReady(ctx, name, func() error { s, err = b.lookupOnce(ctx, name); return err })
	return s, err
}

func (b *Bus) lookupOnce(ctx context.Context, name string) (jetstream.Stream, error) {
	ctx, cancel := b.request(ctx, name, "")
	defer cancel()
	s, err := b.js.Stream(ctx, name)
	switch {
	case err == nil:
		return s, nil
	case errors.Is(err, jetstream.ErrStreamNotFound):
		return nil, nil
	}
	if _, ok := errors.AsType[*denied](context.Cause(ctx)); ok && !b.cfg.ManageStreams {
		b.log.Debug("may not look at a stream: not checked", "stream", name)
		b.hidden[name] = true
		return nil, nil
	}
	return nil, b.fail(ctx, "open", "stream "+name, err)
}

// marksOrNone is readMarks for somebody who may not be allowed to: readers of the feed alone.
func (b *Bus) marksOrNone(ctx context.Context) (marks, error) {
	m, err := b.readMarks(ctx)
	if _, ok := errors.AsType[*denied](err); ok && !b.cfg.ManageStreams {
		b.log.Debug("may not read the marks: losses are not looked for")
		return marks{}, nil
	}
	return m, err
}

// judgeDamage decides what follows from findings: nil when work can go on.
func (b *Bus) judgeDamage(found []Finding) error {
	var grave []string
	var first error
	for i := range found {
		f := &found[i]
		if f.Rebuilt {
			b.log.Warn("something remembered was lost, it is found out anew", "stream", f.Stream, "what", f.What)
			continue
		}
		grave = append(grave, f.Stream)
		if first == nil {
			first = f.err("open")
		}
	}
	if len(grave) == 0 {
		return nil
	}
	if b.cfg.Damaged {
		for i := range found {
			b.log.Warn("damage", "stream", found[i].Stream, "what", found[i].What)
		}
		return nil
	}
	if len(grave) > 1 {
		e := *first.(*schemas.Error)
		e.Err = fmt.Errorf("%w; also damaged: %s", e.Err, strings.Join(grave[1:], ", "))
		return &e
	}
	return first
}

// Damage is what was found damaged when the bus was opened; only with Config.Damaged can it be more than what is rebuilt by itself.
func (b *Bus) Damage() []Finding { return b.damage }

// DamageError is the first grave finding as an error of kind KindStorage, nil when there is none.
func (b *Bus) DamageError(op string) error {
	for i := range b.damage {
		if !b.damage[i].Rebuilt {
			return b.damage[i].err(op)
		}
	}
	return nil
}

// AcceptLoss takes the streams as they are now for whole: what is missing counts as erased on purpose, and what is gone is made anew.
// No sequence of PRESS or PRESS_RAW is given a second time: the order of revisions and the cursors of subscribers rest on them. It is for
// an operator who has no backup.
func (b *Bus) AcceptLoss(ctx context.Context) error {
	old, err := b.readMarks(ctx)
	if err != nil {
		return err
	}
	b.cfg.ManageStreams, b.cfg.Damaged, b.damage = true, false, nil
	now := marks{At: time.Now().UTC().Truncate(time.Second), Streams: make(map[string]mark)}
	if err := b.createStreams(ctx, nil); err != nil {
		return err
	}
	for _, name := range []string{schemas.StreamRaw, schemas.StreamPress} {
		if err := b.skipTo(ctx, name, old.Streams[name].Last); err != nil {
			return err
		}
	}
	for _, c := range table(1) {
		info, err := b.lookAt(ctx, "accept loss", c.Name)
		if err != nil {
			return err
		}
		st := info.State
		m := mark{Last: st.LastSeq, Messages: st.Msgs}
		switch {
		case isLog(c.Name):
			if err := b.acceptGaps(ctx, c.Name); err != nil {
				return err
			}
		case st.Msgs == 0:
			m.Erased = st.LastSeq - min(old.Streams[c.Name].forgotten, st.LastSeq)
		}
		now.Streams[c.Name] = m
	}
	return b.writeMarks(ctx, now)
}

// acceptGaps writes into the ledger what a stream misses.
func (b *Bus) acceptGaps(ctx context.Context, name string) error {
	missing, err := b.missing(ctx, name)
	if err != nil || len(missing) == 0 {
		return err
	}
	if err := b.noteGone(ctx, name, missing); err != nil {
		return err
	}
	return b.account(ctx, func(e *erasures) error {
		n, err := b.countGone(ctx, name)
		e.Counts[name], e.Ledger = n, true
		return err
	})
}

// missing are the sequences that a stream does not hold, up to its end.
func (b *Bus) missing(ctx context.Context, name string) (list []schemas.Range, err error) {
	err = b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, name, "")
		defer cancel()
		s, err := b.stream(ctx, name)
		if err != nil {
			return b.fail(ctx, "read", "stream "+name, err)
		}
		info, err := s.Info(ctx, jetstream.WithDeletedDetails(true))
		if err != nil {
			return b.fail(ctx, "read", "stream "+name, err)
		}
		list = nil
		if st := info.State; st.Msgs == 0 && st.LastSeq > 0 {
			list = []schemas.Range{{1, st.LastSeq}}
		} else if st.FirstSeq > 1 {
			list = []schemas.Range{{1, st.FirstSeq - 1}}
		}
		list = append(list, schemas.Ranges(info.State.Deleted)...)
		return nil
	})
	return list, err
}

// skipTo brings a stream that is behind to a sequence, with messages that are removed again.
func (b *Bus) skipTo(ctx context.Context, name string, last uint64) error {
	info, err := b.lookAt(ctx, "accept loss", name)
	if err != nil || info.State.LastSeq >= last {
		return err
	}
	s, err := b.stream(ctx, name)
	if err != nil {
		return b.fail(ctx, "accept loss", "stream "+name, err)
	}
	if info.State.Msgs == 0 {
		return b.fail(ctx, "accept loss", "stream "+name, s.Purge(ctx, jetstream.WithPurgeSequence(last+1)))
	}
	filler := strings.ReplaceAll(info.Config.Subjects[0], "*", "_lost")
	for n := info.State.LastSeq; n < last; n++ {
		if _, err := b.js.PublishMsg(ctx, nats.NewMsg(filler), jetstream.WithExpectStream(name)); err != nil {
			return b.fail(ctx, "accept loss", "stream "+name, err)
		}
	}
	return b.fail(ctx, "accept loss", "stream "+name, s.Purge(ctx, jetstream.WithPurgeSubject(filler)))
}
