package publisher

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/url"
	"slices"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Erase removes for good what the broker holds of the release that a receipt names but its newest event, which is to say that it is erased:
// earlier events, the snapshots of its pages with their bodies, the accounts of holds and dead letters that name its pages, and what people
// said of how it was read. What is on disk is overwritten. It completes the receipt, which is in PRESS_RUNS before anything goes. Repeating
// it is safe; an erasure that was interrupted is ended first.
func (b *Bus) Erase(ctx context.Context, source schemas.Source, receipt *schemas.Receipt) error {
	if err := b.finishErasing(ctx); err != nil {
		return err
	}
	if err := b.Lists().Drop(ctx, source.ID, nil); err != nil { // they show its title; what the site lists today the next crawl keeps anew
		return err
	}
	if err := b.forgetAsked(ctx, source.ID, receipt.Pages); err != nil {
		return err
	}
	list, err := b.erasable(ctx, source, receipt.Release, receipt.Pages)
	if err != nil {
		return err
	}
	receipt.Erased = list
	text, err := json.Marshal(receipt)
	if err != nil {
		return err
	}
	if err := b.erase(ctx, erasure{Source: source.ID, Event: schemas.RunErased, Receipt: text, Gone: receipt.Gone(), Secure: true}); err != nil {
		return err
	}
	return b.noteResidue(ctx)
}

// forgetAsked drops the last requests to the hosts of pages: their addresses are among them, and everybody may look.
func (b *Bus) forgetAsked(ctx context.Context, source string, pages []string) error {
	for _, page := range pages {
		st, _, err := b.Pages().Get(ctx, source, page)
		if schemas.KindOf(err) == schemas.KindNotFound {
			continue
		}
		if err != nil {
			return err
		}
		u, err := url.Parse(st.URL)
		if err != nil || u.Host == "" {
			continue // nobody can have asked for it
		}
		if err := b.Hosts().ForgetAsked(ctx, schemas.Origin(u)); err != nil {
			return err
		}
	}
	return nil
}

// picking collects what is to go.
type picking struct {
	b    *Bus
	ctx  context.Context
	list []schemas.Erased
	err  error

	bytes uint64 // of list
}

// take adds the messages of a subject that are wanted.
func (p *picking) take(stream, subject string, want func(*stored) bool) {
	p.see(stream, subject, func(m *stored) {
		if want(m) {
			p.bytes += uint64(len(m.data))
			sum := sha256.Sum256(m.data)
			p.list = append(p.list, schemas.Erased{Stream: stream, Sequence: m.seq, SHA256: hex.EncodeToString(sum[:])})
		}
	})
}

func (p *picking) see(stream, subject string, fn func(*stored)) {
	if p.err != nil {
		return
	}
	p.err = p.b.each(p.ctx, reading{stream: stream, subject: subject, stop: true}, func(m *stored) error { fn(m); return nil })
}

// erasable lists what is to go.
func (b *Bus) erasable(ctx context.Context, source schemas.Source, release string, pages []string) ([]schemas.Erased, error) {
	p := &picking{b: b, ctx: ctx}
	subject := schemas.ReleaseSubject(source.State, source.ID, release)
	newest, err := b.last(ctx, schemas.StreamPress, subject)
	if err != nil {
		return nil, err
	}
	p.take(schemas.StreamPress, subject, func(m *stored) bool { return newest != nil && m.seq < newest.seq })
	bodies, named := map[string]bool{}, map[string]bool{}
	for _, page := range pages {
		named[page] = true
		p.take(schemas.StreamRaw, schemas.RawSubject(source.ID, page), func(m *stored) bool {
			if name := first(m.header, rawObject); name != "" {
				bodies[name] = true
			}
			return true
		})
	}
	if p.err != nil {
		return nil, p.err
	}
	going := map[uint64]bool{}
	for _, x := range p.list {
		if x.Stream == schemas.StreamRaw {
			going[x.Sequence] = true
		}
	}
	if err := b.orphaned(ctx, bodies, going); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(bodies)) {
		p.body(name)
	}
	for _, event := range []string{schemas.RunHeld, schemas.RunDeadLetter} {
		p.take(schemas.StreamRuns, schemas.RunSubject(source.ID, event), func(m *stored) bool {
			var about struct {
				Page string `json:"page"`
			}
			return json.Unmarshal(m.data, &about) == nil && named[about.Page]
		})
	}
	p.take(schemas.StreamRuns, schemas.RunFilter("", schemas.RunReview), func(m *stored) bool { // of whatever name its source had
		var about struct {
			Release string `json:"release"`
		}
		return json.Unmarshal(m.data, &about) == nil && about.Release == release
	})
	return p.list, p.err
}

// body adds the description of a body and its chunks.
func (p *picking) body(name string) {
	chunks := ""
	p.take(streamBodies, bodySubject(name), func(m *stored) bool {
		var info jetstream.ObjectInfo
		if json.Unmarshal(m.data, &info) == nil && info.NUID != "" {
			chunks = bodiesPrefix + "C." + info.NUID
		}
		return true
	})
	if chunks != "" {
		p.take(streamBodies, chunks, func(*stored) bool { return true })
	}
}

// orphaned leaves of bodies those that no snapshot names but the ones that go: a body is named by what is in it, and pages of any source
// may share it.
func (b *Bus) orphaned(ctx context.Context, bodies map[string]bool, going map[uint64]bool) error {
	if len(bodies) == 0 {
		return nil
	}
	all := reading{stream: schemas.StreamRaw, subject: schemas.SubjectsRaw, stop: true, headers: true}
	return b.each(ctx, all, func(m *stored) error {
		if !going[m.seq] {
			delete(bodies, first(m.header, rawObject))
		}
		return nil
	})
}
