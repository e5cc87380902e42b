package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/internal/calm"
)

// natsCluster is three NATS servers in this process, each of which can be taken down and brought back.
type natsCluster struct {
	t       *testing.T
	opts    []*server.Options
	servers []*server.Server
	nc      *nats.Conn
	js      jetstream.JetStream
}

const clusterNodes = 3

func startCluster(t *testing.T) *natsCluster {
	t.Helper()
	c := &natsCluster{t: t}
	free := calm.Addresses(t, 2*clusterNodes) // each of them goes and comes back
	var routes []string
	for _, a := range free[:clusterNodes] {
		routes = append(routes, "nats://"+a.String())
	}
	for i := range clusterNodes {
		c.opts = append(c.opts, &server.Options{
			ServerName: fmt.Sprintf("n%d", i), JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
			Host: free[i].IP.String(), Port: free[clusterNodes+i].Port, Routes: server.RoutesFromStr(strings.Join(routes, ",")),
			// Clients know the servers that they were told, and no way around the network that is cut.
			Cluster: server.ClusterOpts{Name: "test", Host: free[i].IP.String(), Port: free[i].Port, NoAdvertise: true},
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

func (c *natsCluster) url(i int) string {
	return fmt.Sprintf("nats://%s:%d", c.opts[i].Host, c.opts[i].Port)
}

func (c *natsCluster) urls() string { return c.url(0) + "," + c.url(1) + "," + c.url(2) }

// up starts a server with what it has on disk.
func (c *natsCluster) up(i int) {
	c.t.Helper()
	s, err := server.NewServer(c.opts[i].Clone())
	if err != nil {
		c.t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(calm.Long) {
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
	calm.Until(c.t, "the cluster "+what, ok)
}
