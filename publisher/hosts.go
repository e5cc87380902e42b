package publisher

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Hosts is what is owed to every host, the bucket press_hosts: when it was last asked, until when it rests, its robots.txt, and who may
// ask it now. It outlives processes and is shared by all of them.
type Hosts struct{ bucket[schemas.HostState] }

// Hosts gives access to the state of hosts.
func (b *Bus) Hosts() *Hosts {
	return &Hosts{bucket[schemas.HostState]{b, schemas.BucketHosts, "host state"}}
}

// hostKey makes any host, with its port or not, a key: what NATS or its tools would not take stands as =XX.
func hostKey(host string) (string, error) {
	if host == "" {
		return "", errorf(schemas.KindInvalid, "host state", "", "no host")
	}
	var k strings.Builder
	for i := range len(host) {
		c := host[i]
		edge := i == 0 || i == len(host)-1 || host[i-1] == '.'
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' && !edge {
			k.WriteByte(c)
		} else {
			fmt.Fprintf(&k, "=%02X", c)
		}
	}
	return k.String(), nil
}

// Get reads the state of a host, in lower case and with its port if it is not the usual one, and its revision. KindNotFound when it has
// none, KindStorage when it cannot be read. When the bucket or the entry was lost a while ago, the host is held by schemas.UnknownHolder:
// whoever held it may still ask it.
func (h *Hosts) Get(ctx context.Context, host string) (schemas.HostState, uint64, error) {
	key, err := hostKey(host)
	if err != nil {
		return schemas.HostState{}, 0, err
	}
	st, rev, err := h.get(ctx, key)
	if schemas.KindOf(err) != schemas.KindNotFound {
		return st, rev, err
	}
	switch until, failed := h.b.lostHosts(ctx, h.subject(key)); {
	case failed != nil:
		return st, 0, failed
	case !until.IsZero():
		return nobodyKnows(until), 0, nil
	}
	return st, rev, err
}

// Now is the time by the clock that all processes have in common, the broker's.
func (h *Hosts) Now(ctx context.Context) (time.Time, error) { return h.b.Now(ctx) }

// Put writes the state of a host if rev is still its revision; 0 means that it has none yet. It returns the new revision: the fencing
// token of whoever holds the host. KindConflict when somebody else was faster. Writing the same state again after a lost
// acknowledgement succeeds.
func (h *Hosts) Put(ctx context.Context, host string, st schemas.HostState, rev uint64) (uint64, error) {
	key, err := hostKey(host)
	if err != nil {
		return 0, err
	}
	return h.put(ctx, key, st, rev)
}

// ForgetAsked drops what is remembered of the last requests to a host. Whoever holds the host keeps it, and tells only of later ones.
func (h *Hosts) ForgetAsked(ctx context.Context, host string) error {
	key, err := hostKey(host)
	if err != nil {
		return err
	}
	for {
		st, rev, err := h.get(ctx, key)
		if err != nil || len(st.Asked) == 0 {
			if schemas.KindOf(err) == schemas.KindNotFound {
				err = nil
			}
			return err
		}
		st.Asked = nil
		if _, err := h.put(ctx, key, st, rev); schemas.KindOf(err) != schemas.KindConflict { // else its holder was faster
			return err
		}
	}
}
