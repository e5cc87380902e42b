package app

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// natsCluster is three NATS servers in this process, each of which can be taken down and brought back.
type natsCluster struct {
	t       *testing.T
	opts    []*server.Options
	servers []*server.Server
	nc      *nats.Conn
	js      jetstream.JetStream
}

// freePorts are ports of 127.0.0.1 that nobody uses just now.
func freePorts(t *testing.T, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

const clusterNodes = 3

func startCluster(t *testing.T) *natsCluster {
	t.Helper()
	c := &natsCluster{t: t}
	ports := freePorts(t, 2*clusterNodes)
	var routes []string
	for _, p := range ports[:clusterNodes] {
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", p))
	}
	for i := range clusterNodes {
		c.opts = append(c.opts, &server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: ports[clusterNodes+i], JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
			// Clients know the servers that they were told, and no way around the network that is cut.
			Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: ports[i], NoAdvertise: true}, Routes: server.RoutesFromStr(strings.Join(routes, ",")),
		})
		c.servers = append(c.servers, nil)
		c.up(i)
	}
	t.Cleanup(func() {
		c.nc.Close()
		for i := range c.servers {
			c.down(i)
		}
	})
	c.until("has a leader", func() bool {
		for _, s := range c.servers {
			if s.JetStreamIsLeader() && len(s.JetStreamClusterPeers()) == clusterNodes {
				return true
			}
		}
		return false
	})
	var err error
	if c.nc, err = nats.Connect(c.urls(), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if c.js, err = jetstream.New(c.nc); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *natsCluster) url(i int) string { return fmt.Sprintf("nats://127.0.0.1:%d", c.opts[i].Port) }

func (c *natsCluster) urls() string { return c.url(0) + "," + c.url(1) + "," + c.url(2) }

// up starts a server with what it has on disk.
func (c *natsCluster) up(i int) {
	c.t.Helper()
	s, err := server.NewServer(c.opts[i].Clone())
	if err != nil {
		c.t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(time.Minute) {
		c.t.Fatalf("server %d does not start", i)
	}
	c.servers[i] = s
}

func (c *natsCluster) down(i int) {
	c.servers[i].Shutdown()
	c.servers[i].WaitForShutdown()
}

// leaderOf is the server that leads a stream, -1 when none does.
func (c *natsCluster) leaderOf(stream string) int {
	for i, s := range c.servers {
		if s.JetStreamIsStreamLeader("$G", stream) {
			return i
		}
	}
	return -1
}

// until waits for something that servers have no event for.
func (c *natsCluster) until(what string, ok func() bool) {
	c.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			c.t.Fatalf("waited in vain until the cluster %s", what)
		}
	}
}
