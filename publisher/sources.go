package publisher

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Sources is what is remembered of sources, the bucket press_sources: JSON values under keys such as "<source>.crawl" (the crawler's
// memory) and "<source>.line" (the line's). Keys that begin with "_" belong to no source: "_marks"
// to this package, "_replay.<job>" to replays that were interrupted.
type Sources struct{ bucket[json.RawMessage] }

// Sources gives access to what is remembered of sources.
func (b *Bus) Sources() *Sources {
	return &Sources{bucket[json.RawMessage]{b, schemas.BucketSources, "source state"}}
}

// Now is the time by the clock that all processes have in common, the broker's.
func (s *Sources) Now(ctx context.Context) (time.Time, error) { return s.b.Now(ctx) }

func sourceKey(key string) error {
	if key == "" || strings.ContainsAny(key, "*> \t\r\n") || strings.HasPrefix(key, ".") || strings.HasSuffix(key, ".") || strings.Contains(key, "..") {
		return errorf(schemas.KindInvalid, "source state", "", "%q is no key", key)
	}
	return nil
}

// Get reads a value into the pointer into and returns its revision. KindNotFound when there is none, KindStorage when it cannot be
// read.
func (s *Sources) Get(ctx context.Context, key string, into any) (uint64, error) {
	if err := sourceKey(key); err != nil {
		return 0, err
	}
	raw, rev, err := s.get(ctx, key)
	if err != nil {
		return rev, err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return rev, s.unreadable(key, err)
	}
	return rev, nil
}

// Put writes a value, anything that marshals to JSON, if rev is still its revision; 0 means that there is none yet. It returns the new
// revision. KindConflict when somebody else was faster. Writing the same value again after a lost acknowledgement succeeds.
func (s *Sources) Put(ctx context.Context, key string, v any, rev uint64) (uint64, error) {
	if err := sourceKey(key); err != nil {
		return 0, err
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return 0, errorf(schemas.KindInvalid, s.op, key, "%w", err)
	}
	return s.put(ctx, key, raw, rev)
}

// Delete forgets a value if rev is still its revision. KindConflict when somebody else was faster.
func (s *Sources) Delete(ctx context.Context, key string, rev uint64) error {
	if err := sourceKey(key); err != nil {
		return err
	}
	return s.delete(ctx, key, rev)
}

// Each calls fn for the value "<source>.<name>" of every source that has one, until fn returns an error, which is returned.
func (s *Sources) Each(ctx context.Context, name string, fn func(source string, value json.RawMessage, rev uint64) error) error {
	if err := sourceKey(name); err != nil {
		return err
	}
	return s.each(ctx, "*."+name, 0, 0, func(key string, v json.RawMessage, rev uint64) error {
		return fn(strings.TrimSuffix(key, "."+name), v, rev)
	})
}

// lineName is the last part of the keys under which the line keeps what it remembers of a source.
const lineName = "line"

// EachLine calls fn for the LineState of every source that has one, until fn returns an error, which is returned.
func (s *Sources) EachLine(ctx context.Context, fn func(source string, st schemas.LineState) error) error {
	return s.Each(ctx, lineName, func(source string, raw json.RawMessage, _ uint64) error {
		var st schemas.LineState
		if err := json.Unmarshal(raw, &st); err != nil {
			return s.unreadable(source+"."+lineName, err)
		}
		return fn(source, st)
	})
}
