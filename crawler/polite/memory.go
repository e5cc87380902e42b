package polite

import (
	"context"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Memory keeps what is owed to hosts beyond a process, and between several. Keys are origins: a host in lower case, with its port
// unless it is 443. Implementations are safe for concurrent use; what Put has returned for is durable.
type Memory interface {
	// Get returns a host's state and its revision. One that was never stored is a *schemas.Error of KindNotFound.
	Get(ctx context.Context, host string) (schemas.HostState, uint64, error)
	// Put stores a state if the stored revision still is rev (0: if there is none) and returns the new one. Otherwise it returns a
	// *schemas.Error of KindConflict.
	Put(ctx context.Context, host string, st schemas.HostState, rev uint64) (uint64, error)
	// Now is the time by a clock that all who share the Memory have in common: the times of a HostState are read by it.
	Now(ctx context.Context) (time.Time, error)
}

// NewMemory makes a Memory that ends with the process: several crawlers in one process can share it.
func NewMemory() Memory { return &memory{states: map[string]kept{}} }

type kept struct {
	state schemas.HostState
	rev   uint64
}

type memory struct {
	mu     sync.Mutex
	states map[string]kept
}

func (m *memory) Get(_ context.Context, host string) (schemas.HostState, uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.states[host]
	if !ok {
		return schemas.HostState{}, 0, &schemas.Error{Op: "host state", Kind: schemas.KindNotFound, Thing: host}
	}
	return k.state, k.rev, nil
}

func (m *memory) Now(context.Context) (time.Time, error) { return time.Now(), nil }

func (m *memory) Put(_ context.Context, host string, st schemas.HostState, rev uint64) (uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.states[host].rev != rev {
		return 0, &schemas.Error{Op: "host state", Kind: schemas.KindConflict, Thing: host}
	}
	m.states[host] = kept{st, rev + 1}
	return rev + 1, nil
}
