package publisher

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Pages is the state of every known page, the bucket press_pages with keys <source>.<page>.
type Pages struct{ b *Bus }

// Pages gives access to page state.
func (b *Bus) Pages() *Pages { return &Pages{b} }

func pageKey(source, page string) (string, error) {
	if err := schemas.CheckToken(source); err != nil {
		return "", &schemas.Error{Op: "page state", Kind: schemas.KindInvalid, Err: fmt.Errorf("source: %w", err)}
	}
	if page == "" || strings.ContainsAny(page, ".*> \t\r\n") {
		return "", &schemas.Error{Op: "page state", Kind: schemas.KindInvalid, Err: fmt.Errorf("%q is no page id", page)}
	}
	return source + "." + page, nil
}

func (p *Pages) bucket(ctx context.Context) (jetstream.KeyValue, error) {
	return p.b.js.KeyValue(ctx, schemas.BucketPages)
}

// Get reads the state of a page and its revision. KindNotFound when the page is not known.
func (p *Pages) Get(ctx context.Context, source, page string) (schemas.PageState, uint64, error) {
	var st schemas.PageState
	key, err := pageKey(source, page)
	if err != nil {
		return st, 0, err
	}
	m, err := p.b.last(ctx, streamPages, "$KV."+schemas.BucketPages+"."+key)
	if err != nil {
		return st, 0, err
	}
	if m == nil || first(m.header, "KV-Operation") != "" { // deleted or purged by an operator
		return st, 0, &schemas.Error{Op: "page state", Thing: key, Kind: schemas.KindNotFound}
	}
	if err := json.Unmarshal(m.data, &st); err != nil {
		return st, 0, corruptState(key, err)
	}
	return st, m.seq, nil
}

func corruptState(key string, err error) error {
	return &schemas.Error{Op: "page state", Thing: key, Kind: schemas.KindStorage, Err: oneLine(err),
		Hint: "delete it (nats kv del " + schemas.BucketPages + " " + key + "): the page is then read as a new one"}
}

// Put writes the state of a page if rev is still its revision; 0 means that the page is not known yet. It returns the new revision.
// KindConflict when somebody else was faster. Writing the same state again after a lost acknowledgement succeeds.
func (p *Pages) Put(ctx context.Context, source, page string, st schemas.PageState, rev uint64) (uint64, error) {
	key, err := pageKey(source, page)
	if err != nil {
		return 0, err
	}
	data, err := json.Marshal(st)
	if err != nil {
		return 0, err
	}
	fail := func(err error) error { return p.b.fail(ctx, "page state", key, err) }
	kv, err := p.bucket(ctx)
	if err != nil {
		return 0, fail(err)
	}
	subject := "$KV." + schemas.BucketPages + "." + key
	deadline, delay, uncertain := time.Now().Add(p.b.cfg.Patience), 50*time.Millisecond, false
	for {
		new, err := p.put(ctx, kv, key, subject, data, rev)
		if err == nil {
			return new, nil
		}
		conflict := isConflict(err) || errors.Is(err, jetstream.ErrKeyExists)
		if ctx.Err() != nil || !conflict && !isUncertain(err) {
			return 0, fail(err)
		}
		if conflict && !uncertain {
			return 0, fail(err)
		}
		if e := fail(err); time.Now().After(deadline) || schemas.KindOf(e) == schemas.KindStorage {
			return 0, e
		}
		uncertain = true
		last, err := p.b.lastPatiently(ctx, streamPages, subject, deadline, &delay)
		switch {
		case err != nil:
			return 0, err
		case last != nil && last.seq != rev && bytes.Equal(last.data, data):
			return last.seq, nil
		case last != nil && last.seq != rev || last == nil && rev != 0:
			return 0, &schemas.Error{Op: "page state", Thing: key, Kind: schemas.KindConflict, Hint: "read it again and repeat"}
		}
	}
}

func (p *Pages) put(ctx context.Context, kv jetstream.KeyValue, key, subject string, data []byte, rev uint64) (uint64, error) {
	ctx, cancel := p.b.request(ctx, streamPages, subject)
	defer cancel()
	var err error
	if rev == 0 {
		rev, err = kv.Create(ctx, key, data)
	} else {
		rev, err = kv.Update(ctx, key, data, rev)
	}
	if _, ok := errors.AsType[*denied](context.Cause(ctx)); ok && err != nil {
		return 0, p.b.fail(ctx, "page state", key, err)
	}
	return rev, err
}

// Each calls fn for every known page of a source, or of all sources when source is empty, until fn returns an error, which is
// returned. Pages that change meanwhile may be given in either state.
func (p *Pages) Each(ctx context.Context, source string, fn func(page string, st schemas.PageState, rev uint64) error) error {
	if source == "" {
		source = "*"
	} else if err := schemas.CheckToken(source); err != nil {
		return &schemas.Error{Op: "page state", Kind: schemas.KindInvalid, Err: fmt.Errorf("source: %w", err)}
	}
	r, err := p.b.open(ctx, reading{stream: streamPages, subject: "$KV." + schemas.BucketPages + "." + source + ".*", last: true, stop: true})
	if err != nil {
		return err
	}
	defer r.close()
	return r.each(ctx, func(m *stored) error {
		if first(m.header, "KV-Operation") != "" {
			return nil
		}
		key := strings.TrimPrefix(m.subject, "$KV."+schemas.BucketPages+".")
		var st schemas.PageState
		if err := json.Unmarshal(m.data, &st); err != nil {
			return corruptState(key, err)
		}
		_, page, _ := strings.Cut(key, ".")
		return fn(page, st, m.seq)
	})
}
