package crawler

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestMain(m *testing.M) { calm.Main(m) }

// memory is Pages and Archive in a map and a slice. log tells the order in which things became durable.
type memory struct {
	mu        sync.Mutex
	states    map[string]schemas.PageState
	revs      map[string]uint64
	written   map[string]uint64 // when a state was written last, counted over all
	snapshots []schemas.Snapshot
	log       []string
	read      int // states that After gave

	appendErr, putErr, getErr error
	onAppend                  func()
}

var (
	_ Pages   = (*memory)(nil)
	_ Archive = (*memory)(nil)
)

func newMemory() *memory {
	return &memory{states: map[string]schemas.PageState{}, revs: map[string]uint64{}, written: map[string]uint64{}}
}

func (m *memory) Get(_ context.Context, source, page string) (schemas.PageState, uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.getErr != nil {
		return schemas.PageState{}, 0, m.getErr
	}
	rev, ok := m.revs[source+"."+page]
	if !ok {
		return schemas.PageState{}, 0, &schemas.Error{Op: "pages", Kind: schemas.KindNotFound, Thing: page}
	}
	return m.states[source+"."+page], rev, nil
}

func (m *memory) Put(_ context.Context, source, page string, st schemas.PageState, rev uint64) (uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.putErr != nil {
		return 0, m.putErr
	}
	key := source + "." + page
	if m.revs[key] != rev {
		return 0, &schemas.Error{Op: "pages", Kind: schemas.KindConflict, Thing: page}
	}
	m.states[key], m.revs[key] = st, rev+1
	m.log = append(m.log, "put "+st.URL)
	m.written[key] = uint64(len(m.log))
	return rev + 1, nil
}

func (m *memory) Each(_ context.Context, source string, fn func(string, schemas.PageState, uint64) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, st := range m.states {
		if page, ok := bytes.CutPrefix([]byte(key), []byte(source+".")); ok {
			if err := fn(string(page), st, m.revs[key]); err != nil {
				return err
			}
		}
	}
	return nil
}

// After orders pages by the log, whose places are their revisions here.
func (m *memory) After(_ context.Context, source string, after uint64, n int, fn func(string, schemas.PageState, uint64) error) (uint64, bool, error) {
	m.mu.Lock()
	var keys []string
	for key := range m.states {
		if strings.HasPrefix(key, source+".") && m.written[key] > after {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Compare(m.written[a], m.written[b]) })
	more := len(keys) >= n
	keys = keys[:min(len(keys), n)]
	seen := uint64(len(m.log))
	m.mu.Unlock()
	for _, key := range keys {
		if err := fn(strings.TrimPrefix(key, source+"."), m.states[key], m.written[key]); err != nil {
			return after, true, err
		}
		if m.read++; more {
			seen = m.written[key]
		}
	}
	return seen, more, nil
}

func (m *memory) Append(_ context.Context, s *schemas.Snapshot) (uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.onAppend != nil {
		m.onAppend()
	}
	if m.appendErr != nil {
		return 0, m.appendErr
	}
	own := *s
	own.Body = bytes.Clone(s.Body)
	m.snapshots = append(m.snapshots, own)
	m.log = append(m.log, "append "+s.URL)
	return uint64(len(m.snapshots)), nil
}

// state is the state of the page at url.
func (m *memory) state(t *testing.T, src *source.Source, url string) schemas.PageState {
	t.Helper()
	canonical, err := schemas.CanonicalURL(url)
	if err != nil {
		t.Fatal(err)
	}
	st, _, err := m.Get(t.Context(), src.ID, schemas.PageID(src.ID, canonical))
	if err != nil {
		t.Fatalf("no state of %s: %v", url, err)
	}
	return st
}
