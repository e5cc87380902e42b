package publisher

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// Pages is the state of every known page, the bucket press_pages with keys <source>.<page>.
type Pages struct{ b *Bus }

const pagesPrefix = "$KV." + schemas.BucketPages + "."

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

// Get reads the state of a page and its revision. KindNotFound when the page is not known.
func (p *Pages) Get(ctx context.Context, source, page string) (schemas.PageState, uint64, error) {
	var st schemas.PageState
	key, err := pageKey(source, page)
	if err != nil {
		return st, 0, err
	}
	m, err := p.b.last(ctx, streamPages, pagesPrefix+key)
	if err != nil {
		return st, 0, err
	}
	if m == nil || deleted(m) {
		return st, 0, &schemas.Error{Op: "page state", Thing: key, Kind: schemas.KindNotFound}
	}
	if err := json.Unmarshal(m.data, &st); err != nil {
		return st, 0, corruptState(key, err)
	}
	return st, m.seq, nil
}

func corruptState(key string, err error) error {
	return &schemas.Error{
		Op: "page state", Thing: key, Kind: schemas.KindStorage, Err: oneLine(err),
		Hint: "delete it (nats kv del " + schemas.BucketPages + " " + key + "): the page is then read as a new one",
	}
}

// Put writes the state of a page if rev is still its revision; 0 means that the page is not known yet. It returns the new revision.
// KindConflict when somebody else was faster. Writing the same state again after a lost acknowledgement succeeds.
func (p *Pages) Put(ctx context.Context, source, page string, st schemas.PageState, rev uint64) (uint64, error) {
	key, err := pageKey(source, page)
	if err != nil {
		return 0, err
	}
	m := nats.NewMsg(pagesPrefix + key)
	if m.Data, err = json.Marshal(st); err != nil {
		return 0, errorf(schemas.KindInvalid, "page state", key, "%w", err)
	}
	conflict := &schemas.Error{Op: "page state", Thing: key, Kind: schemas.KindConflict, Hint: "read it again and repeat"}
	uncertain := false
	seq, _, err := p.b.swap(ctx, "page state", streamPages, m, swap{
		expect: rev,
		onOpen: func() { uncertain = true },
		same:   func(last *stored) bool { return uncertain && last.seq != rev && bytes.Equal(last.data, m.Data) },
		next: func(last *stored) (*nats.Msg, error) {
			switch {
			case last == nil && rev == 0, last != nil && last.seq == rev, last != nil && rev == 0 && deleted(last):
				return m, nil
			}
			return nil, conflict
		},
	})
	return seq, err
}

// deleted reports a marker that somebody has left with the tools of NATS: the key is not known.
func deleted(m *stored) bool { return first(m.header, "KV-Operation") != "" }

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
		if deleted(m) {
			return nil
		}
		key := strings.TrimPrefix(m.subject, pagesPrefix)
		var st schemas.PageState
		if err := json.Unmarshal(m.data, &st); err != nil {
			return corruptState(key, err)
		}
		_, page, _ := strings.Cut(key, ".")
		return fn(page, st, m.seq)
	})
}
