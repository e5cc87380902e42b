package publisher

import (
	"context"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Status is what the broker holds.
type Status struct {
	Server   string         // "embedded", or the URL of the server
	Cluster  string         // name of the cluster, if it is one
	DataDir  string         // of the embedded server
	Streams  []StreamStatus // in the order of the table of streams
	Releases map[string]int // releases per source, withdrawn ones included
	Pages    int            // known pages
}

// StreamStatus is the state of one stream.
type StreamStatus struct {
	Name       string
	Messages   uint64
	Bytes      uint64
	First      uint64 // sequences
	Last       uint64
	FirstTime  time.Time
	LastTime   time.Time
	Replicas   int
	Leader     string // in a cluster
	NotCurrent int    // replicas that lag or are offline
}

// Status asks the broker for everything it holds.
func (b *Bus) Status(ctx context.Context) (*Status, error) {
	st := &Status{Server: "embedded", Releases: make(map[string]int)}
	if b.emb != nil {
		st.DataDir = b.emb.dir
	} else {
		st.Server, st.Cluster = b.nc.ConnectedUrlRedacted(), b.nc.ConnectedClusterName()
	}
	for _, c := range table(1) {
		var s StreamStatus
		if err := b.patiently(ctx, func() (err error) { s, err = b.streamStatus(ctx, c.Name, st); return err }); err != nil {
			return nil, err
		}
		st.Streams = append(st.Streams, s)
	}
	return st, nil
}

func (b *Bus) streamStatus(ctx context.Context, name string, st *Status) (StreamStatus, error) {
	ctx, cancel := b.request(ctx, name, "")
	defer cancel()
	var opts []jetstream.StreamInfoOpt
	switch name {
	case schemas.StreamPress:
		opts = append(opts, jetstream.WithSubjectFilter(schemas.SubjectsRelease))
	}
	s, err := b.stream(ctx, name)
	if err != nil {
		return StreamStatus{}, b.fail(ctx, "status", name, err)
	}
	info, err := s.Info(ctx, opts...)
	if err != nil {
		return StreamStatus{}, b.fail(ctx, "status", name, err)
	}
	x := info.State
	out := StreamStatus{Name: name, Messages: x.Msgs, Bytes: x.Bytes, First: x.FirstSeq, Last: x.LastSeq, FirstTime: x.FirstTime, LastTime: x.LastTime, Replicas: info.Config.Replicas}
	if c := info.Cluster; c != nil {
		out.Leader = c.Leader
		for _, r := range c.Replicas {
			if !r.Current || r.Offline {
				out.NotCurrent++
			}
		}
	}
	switch name {
	case schemas.StreamPress:
		for subject := range x.Subjects {
			st.Releases[token(subject, 4)]++
		}
	case streamPages:
		st.Pages = int(x.NumSubjects)
	}
	return out, nil
}
