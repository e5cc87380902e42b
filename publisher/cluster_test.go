package publisher

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/schemas"
)

// testCluster starts a three-node cluster on loopback and returns it with the URLs of all.
func testCluster(t *testing.T) ([]*server.Server, string) {
	t.Helper()
	addresses := calm.Addresses(t, clusterCopies) // routes must be known before the servers start
	var routes []string
	for _, a := range addresses {
		routes = append(routes, "nats://"+a.String())
	}
	var servers []*server.Server
	var urls []string
	for i, a := range addresses {
		servers = append(servers, startNode(t, &server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
			Cluster: server.ClusterOpts{Name: "test", Host: a.IP.String(), Port: a.Port}, Routes: server.RoutesFromStr(strings.Join(routes, ",")),
		}))
	}
	for _, s := range servers {
		if !s.ReadyForConnections(calm.Long) {
			t.Fatal("a server is not ready")
		}
		urls = append(urls, s.ClientURL())
	}
	calm.Until(t, "the cluster has a leader", func() bool {
		for _, s := range servers {
			if s.JetStreamIsLeader() && len(s.JetStreamClusterPeers()) == clusterCopies {
				return true
			}
		}
		return false
	})
	return servers, strings.Join(urls, ",")
}

func startNode(t *testing.T, opts *server.Options) *server.Server {
	t.Helper()
	s, err := server.NewServer(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	return s
}

// TestCluster runs the line on three nodes, takes down the leader of every stream in turn, and wants everything once.
func TestCluster(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a cluster takes seconds")
	}
	servers, urls := testCluster(t)
	b := openURL(t, Config{URL: urls, ManageStreams: true})
	st, err := b.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range st.Streams {
		if s.Replicas != clusterCopies || s.Leader == "" {
			t.Errorf("%+v", s)
		}
	}
	if st.Cluster != "test" {
		t.Errorf("cluster %q", st.Cluster)
	}
	openURL(t, Config{URL: urls, ManageStreams: true}) // finds everything as it should be

	feed, err := b.Feed(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	defer feed.Close()
	const all = 60
	var live []uint64
	var wg sync.WaitGroup
	fctx, fcancel := context.WithTimeout(t.Context(), calm.Long)
	defer fcancel()
	wg.Go(func() {
		if err := feed.Each(fctx, func(ev *schemas.Event) error {
			if live = append(live, ev.Sequence); len(live) == all {
				fcancel()
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
	appendAll := func(from, to int) {
		for i := from; i < to; i++ {
			mustAppend(t, b, testSnapshot(i, fmt.Sprintf("Seite %d", i)))
		}
		err := b.EachSnapshotOf(t.Context(), testSource.ID, uint64(from), func(_ uint64, s *schemas.Snapshot, err error) error {
			if err == nil {
				_, _, err = publishRelease(t.Context(), b, testRelease(s, string(s.Body)))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	appendAll(0, all/2)
	leader := func() *server.Server {
		st, err := b.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range servers {
			if s.Name() == st.Streams[0].Leader {
				return s
			}
		}
		t.Fatalf("no server %q", st.Streams[0].Leader)
		return nil
	}
	down := leader()
	down.Shutdown()
	down.WaitForShutdown()
	appendAll(all/2, all)
	wg.Wait()
	urlsSeen := map[string]int{}
	n, err := b.Replay(t.Context(), Filter{}, func(ev *schemas.Event) error { urlsSeen[ev.Release.URL]++; return nil })
	if err != nil || n != all || len(urlsSeen) != all {
		t.Errorf("%d events of %d releases, want %d: %v", n, len(urlsSeen), all, err)
	}
	for i, seq := range live {
		if seq != uint64(i+1) {
			t.Fatalf("live feed: %v", live)
		}
	}
	raw := 0
	if err := b.EachSnapshot(t.Context(), RawFilter{}, func(_ uint64, _ *schemas.Snapshot, err error) error { raw++; return err }); err != nil || raw != all {
		t.Errorf("%d snapshots, want %d: %v", raw, all, err)
	}
}

// TestClusterBegins opens a broker of which only one node is there, and starts the others when it is said to be waited for.
func TestClusterBegins(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a cluster takes seconds")
	}
	address := calm.Addresses(t, 1)[0]
	first := address.String()
	node := func(name, route string) *server.Options {
		return &server.Options{
			ServerName: name, Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
			Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: -1}, Routes: server.RoutesFromStr("nats://" + route),
		}
	}
	one := node("one", first)
	one.Cluster.Host, one.Cluster.Port = address.IP.String(), address.Port
	one.Routes = server.RoutesFromStr("nats://" + first + ",nats://127.0.0.1:1,nats://127.0.0.1:2") // it knows of three
	s := startNode(t, one)
	calm.Until(t, "the first node listens", func() bool { return s.Addr() != nil })
	said := make(logSignal, 1)
	opened := make(chan error, 1)
	go func() {
		b, err := Open(t.Context(), Config{URL: s.ClientURL(), ManageStreams: true, Patience: calm.Long}, slog.New(slog.NewTextHandler(said, nil)))
		if err == nil {
			for _, c := range table(0) {
				if i, e := b.lookAt(t.Context(), "test", c.Name); e != nil || i.Config.Replicas != clusterCopies {
					err = fmt.Errorf("%s: %+v, %w", c.Name, i, e)
				}
			}
			b.Close()
		}
		opened <- err
	}()
	select {
	case line := <-said:
		if !strings.Contains(line, "the broker is not ready, trying again") {
			t.Error(line)
		}
	case err := <-opened:
		t.Fatalf("opened with one node of three: %v", err)
	}
	startNode(t, node("two", first))
	startNode(t, node("three", first))
	if err := <-opened; err != nil {
		t.Error(err)
	}
}

// logSignal gives the first line that is logged; those behind it keep nobody waiting.
type logSignal chan string

func (l logSignal) Write(b []byte) (int, error) {
	select {
	case l <- string(b):
	default:
	}
	return len(b), nil
}
