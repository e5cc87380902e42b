package publisher

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/schemas"
)

// testCluster starts a three-node cluster on loopback and returns it with the URLs of all.
func testCluster(t *testing.T) ([]*server.Server, string) {
	t.Helper()
	var routes []string
	var ports []int
	for range clusterCopies { // routes must be known before the servers start
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
		routes = append(routes, "nats://"+l.Addr().String())
		l.Close()
	}
	var servers []*server.Server
	var urls []string
	for i, port := range ports {
		servers = append(servers, startNode(t, &server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
			Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: port}, Routes: server.RoutesFromStr(strings.Join(routes, ",")),
		}))
	}
	for _, s := range servers {
		if !s.ReadyForConnections(20 * time.Second) {
			t.Fatal("a server is not ready")
		}
		urls = append(urls, s.ClientURL())
	}
	until(t, "the cluster has a leader", func() bool {
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

// until waits for something that the server has no event for.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(); {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain until " + what)
		}
		time.Sleep(20 * time.Millisecond)
	}
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
	fctx, fcancel := context.WithTimeout(t.Context(), 2*time.Minute)
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
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	first := l.Addr().String()
	l.Close()
	node := func(name, route string) *server.Options {
		return &server.Options{
			ServerName: name, Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
			Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: -1}, Routes: server.RoutesFromStr("nats://" + route),
		}
	}
	one := node("one", first)
	one.Cluster.Port = l.Addr().(*net.TCPAddr).Port
	one.Routes = server.RoutesFromStr("nats://" + first + ",nats://127.0.0.1:1,nats://127.0.0.1:2") // it knows of three
	s := startNode(t, one)
	until(t, "the first node listens", func() bool { return s.Addr() != nil })
	said := make(logSignal, 100)
	opened := make(chan error, 1)
	go func() {
		b, err := Open(t.Context(), Config{URL: s.ClientURL(), ManageStreams: true, Patience: 5 * time.Minute}, slog.New(slog.NewTextHandler(said, nil)))
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

// logSignal gives each line that is logged.
type logSignal chan string

func (l logSignal) Write(b []byte) (int, error) { l <- string(b); return len(b), nil }
