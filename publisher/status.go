package publisher

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Status is what the broker holds.
type Status struct {
	Server   string            `json:"server"`             // "embedded", also in which other process, or the URL of the server
	Cluster  string            `json:"cluster,omitempty"`  // name of the cluster, if it is one
	DataDir  string            `json:"data_dir,omitempty"` // of the embedded server
	Streams  []StreamStatus    `json:"streams"`            // in the order of the table of streams
	Releases map[string]int    `json:"releases"`           // releases per source, withdrawn ones included
	Counts   map[string]Counts `json:"counts"`             // per source
	Pages    int               `json:"pages"`              // known pages
	Room     *Room             `json:"room,omitempty"`     // nil: nobody knows
}

// StreamStatus is the state of one stream.
type StreamStatus struct {
	Name       string    `json:"name"`
	Messages   uint64    `json:"messages"`
	Bytes      uint64    `json:"bytes"`
	First      uint64    `json:"first"` // sequences
	Last       uint64    `json:"last"`
	FirstTime  time.Time `json:"first_time,omitzero"`
	LastTime   time.Time `json:"last_time,omitzero"`
	Replicas   int       `json:"replicas"`
	Leader     string    `json:"leader,omitempty"`      // in a cluster
	NotCurrent int       `json:"not_current,omitempty"` // replicas that lag or are offline
}

// Status asks the broker for everything it holds. A stream that is gone is left out, and counts that cannot be made whole are left empty:
// DamageError then says why.
func (b *Bus) Status(ctx context.Context) (*Status, error) {
	st := &Status{Server: "embedded", Releases: make(map[string]int)}
	switch {
	case b.emb != nil:
		st.DataDir = b.emb.dir
	case b.joined != nil:
		st.DataDir, st.Server = b.cfg.DataDir, fmt.Sprintf("embedded, in process %d", b.joined.PID)
	default:
		st.Server, st.Cluster = b.nc.ConnectedUrlRedacted(), b.nc.ConnectedClusterName()
	}
	for _, c := range table(1) {
		var s StreamStatus
		if err := b.patiently(ctx, func() (err error) { s, err = b.streamStatus(ctx, c.Name); return err }); err != nil {
			if b.cfg.Damaged && isStreamGone(err) {
				continue
			}
			return nil, err
		}
		if c.Name == streamPages {
			st.Pages = int(s.Messages)
		}
		st.Streams = append(st.Streams, s)
	}
	if r, ok := b.Room(ctx); ok {
		st.Room = &r
	}
	var err error
	if st.Counts, err = b.counts(ctx, true); err != nil {
		e, ok := errors.AsType[*schemas.Error](err)
		if !b.cfg.Damaged || !ok || e.Kind != schemas.KindStorage && !isStreamGone(err) {
			return nil, err
		}
		b.damage = append(b.damage, Finding{Stream: schemas.StreamPress, What: e.Err.Error(), Mend: mendPress})
	}
	for source, n := range st.Counts {
		st.Releases[source] = n.Releases()
	}
	return st, nil
}

func (b *Bus) streamStatus(ctx context.Context, name string) (StreamStatus, error) {
	ctx, cancel := b.request(ctx, name, "")
	defer cancel()
	s, err := b.stream(ctx, name)
	if err != nil {
		return StreamStatus{}, b.fail(ctx, "status", name, err)
	}
	info, err := s.Info(ctx)
	if err != nil {
		return StreamStatus{}, b.fail(ctx, "status", name, err)
	}
	x := info.State
	out := StreamStatus{
		Name: name, Messages: x.Msgs, Bytes: x.Bytes, First: x.FirstSeq, Last: x.LastSeq, FirstTime: x.FirstTime, LastTime: x.LastTime,
		Replicas: info.Config.Replicas,
	}
	if c := info.Cluster; c != nil {
		out.Leader = c.Leader
		for _, r := range c.Replicas {
			if !r.Current || r.Offline {
				out.NotCurrent++
			}
		}
	}
	return out, nil
}

// DataDir is the directory of the embedded server, of this process or of the one that it joined; empty for a server elsewhere.
func (b *Bus) DataDir() string {
	switch {
	case b.emb != nil:
		return b.emb.dir
	case b.joined != nil:
		return b.cfg.DataDir
	}
	return ""
}
