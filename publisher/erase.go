package publisher

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// keyErased is where the account of erasures stands in press_sources.
const keyErased = "_erased"

// erasures is how many messages of each stream were erased on purpose, and those that are being erased. They are counted before they go:
// a process that dies in between leaves an account of what is still to be done, and a store that misses no more than it says.
type erasures struct {
	Counts  map[string]uint64 `json:"counts"`
	Pending []schemas.Erased  `json:"pending,omitempty"`
}

// Erase removes for good what the broker holds of a release but its newest event, which is to say that it is erased: earlier events, the
// snapshots of its pages with their bodies, and the accounts of holds and dead letters that name its pages. What is on disk is overwritten. It
// returns what was removed. Repeating it is safe; an erasure that was interrupted is ended first.
func (b *Bus) Erase(ctx context.Context, source schemas.Source, release string, pages []string) ([]schemas.Erased, error) {
	done, err := b.finishErasing(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.Lists().Drop(ctx, source.ID, nil); err != nil { // they show its title; what the site lists today the next crawl keeps anew
		return done, err
	}
	list, err := b.erasable(ctx, source, release, pages)
	if err != nil || len(list) == 0 {
		return done, err
	}
	if err := b.announce(ctx, list); err != nil {
		return done, err
	}
	more, err := b.finishErasing(ctx)
	return append(done, more...), err
}

// erasable lists what is to go.
func (b *Bus) erasable(ctx context.Context, source schemas.Source, release string, pages []string) (list []schemas.Erased, err error) {
	take := func(stream, subject string, want func(*stored) bool) {
		if err != nil {
			return
		}
		err = b.each(ctx, reading{stream: stream, subject: subject, stop: true}, func(m *stored) error {
			if want(m) {
				sum := sha256.Sum256(m.data)
				list = append(list, schemas.Erased{Stream: stream, Sequence: m.seq, SHA256: hex.EncodeToString(sum[:])})
			}
			return nil
		})
	}
	subject := schemas.ReleaseSubject(source.State, source.ID, release)
	newest, err := b.last(ctx, schemas.StreamPress, subject)
	if err != nil {
		return nil, err
	}
	take(schemas.StreamPress, subject, func(m *stored) bool { return newest != nil && m.seq < newest.seq })
	bodies, named := map[string]bool{}, map[string]bool{}
	for _, page := range pages {
		named[page] = true
		take(schemas.StreamRaw, schemas.RawSubject(source.ID, page), func(m *stored) bool {
			if name := first(m.header, rawObject); name != "" {
				bodies[name] = true
			}
			return true
		})
	}
	if len(bodies) > 0 { // a body that another page has, too, stays: it is named by what is in it
		take(schemas.StreamRaw, schemas.RawSubject(source.ID, "*"), func(m *stored) bool {
			if !named[token(m.subject, 4)] {
				delete(bodies, first(m.header, rawObject))
			}
			return false
		})
	}
	for _, name := range slices.Sorted(maps.Keys(bodies)) {
		chunks := ""
		take(streamBodies, bodySubject(name), func(m *stored) bool {
			var info jetstream.ObjectInfo
			if json.Unmarshal(m.data, &info) == nil && info.NUID != "" {
				chunks = bodiesPrefix + "C." + info.NUID
			}
			return true
		})
		if chunks != "" {
			take(streamBodies, chunks, func(*stored) bool { return true })
		}
	}
	for _, event := range []string{schemas.RunHeld, schemas.RunDeadLetter} {
		take(schemas.StreamRuns, schemas.RunSubject(source.ID, event), func(m *stored) bool {
			var about struct {
				Page string `json:"page"`
			}
			return json.Unmarshal(m.data, &about) == nil && named[about.Page]
		})
	}
	return list, err
}

// announce counts what is to go, before it goes.
func (b *Bus) announce(ctx context.Context, list []schemas.Erased) error {
	e, rev, err := b.readErasures(ctx)
	if err != nil {
		return err
	}
	for _, x := range list {
		e.Counts[x.Stream]++
	}
	e.Pending = list
	_, err = b.Sources().Put(ctx, keyErased, e, rev)
	return err
}

// finishErasing removes what is announced.
func (b *Bus) finishErasing(ctx context.Context) ([]schemas.Erased, error) {
	e, rev, err := b.readErasures(ctx)
	if err != nil || len(e.Pending) == 0 {
		return nil, err
	}
	done := e.Pending
	for _, x := range done {
		if err := b.patiently(ctx, func() error { return b.eraseOne(ctx, x) }); err != nil {
			return nil, err
		}
	}
	e.Pending = nil
	_, err = b.Sources().Put(ctx, keyErased, e, rev)
	return done, err
}

// eraseOne overwrites one message on disk; one that is gone already is as it should be.
func (b *Bus) eraseOne(ctx context.Context, x schemas.Erased) error {
	ctx, cancel := b.request(ctx, x.Stream, "")
	defer cancel()
	s, err := b.stream(ctx, x.Stream)
	if err == nil {
		err = s.SecureDeleteMsg(ctx, x.Sequence)
	}
	if err != nil { // the server has no word of its own for a message that is not there
		if m, e := b.bySequence(ctx, x.Stream, x.Sequence); m == nil && e == nil {
			return nil
		}
	}
	return b.fail(ctx, "erase", x.Stream, err)
}

func (b *Bus) readErasures(ctx context.Context) (e erasures, rev uint64, err error) {
	if rev, err = b.Sources().Get(ctx, keyErased, &e); schemas.KindOf(err) == schemas.KindNotFound {
		err = nil
	}
	if e.Counts == nil {
		e.Counts = make(map[string]uint64)
	}
	return e, rev, err
}

// erasedCounts is how many messages of each stream are missing on purpose.
func (b *Bus) erasedCounts(ctx context.Context) (map[string]uint64, error) {
	stored, err := b.oneMark(ctx, streamSources, b.Sources().subject(keyErased))
	if err != nil || stored == nil {
		return nil, err
	}
	var e erasures
	if err := json.Unmarshal(stored.data, &e); err != nil {
		b.log.Warn("the account of erasures cannot be read", "error", err)
	}
	return e.Counts, nil
}
