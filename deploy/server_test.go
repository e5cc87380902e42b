package deploy

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/internal/app"
	"github.com/kreispresse/kreispresse/internal/calm"
)

// password is that of a user in every test.
func password(user string) string { return "p-" + user }

// newsroomHash is what the server may know of the newsroom's: passwords.conf takes hashes, too.
const newsroomHash = "$2a$04$spfXo5R9uYkzRhWqrO897.vMqKpApA2y1JnGL359yEIdaeMG9wg3G"

var changeMe = regexp.MustCompile(`(?m)^(\w+)_PASSWORD: "change me"$`)

// natsDir is deploy/nats as an operator would have it, with passwords; routes are where nats-0, nats-1, … are, none on a single server.
func natsDir(t *testing.T, routes ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"accounts.conf", "single.conf", "cluster.conf"} {
		if err := os.WriteFile(filepath.Join(dir, name), read(t, "nats/"+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text := string(read(t, "nats/passwords.conf.example"))
	if len(routes) == 0 {
		text, _, _ = strings.Cut(text, "# For cluster.conf only")
	}
	text = changeMe.ReplaceAllStringFunc(text, func(line string) string {
		name := changeMe.FindStringSubmatch(line)[1]
		if name == "NEWSROOM" {
			return fmt.Sprintf("NEWSROOM_PASSWORD: %q", newsroomHash)
		}
		return fmt.Sprintf("%s_PASSWORD: %q", name, password(strings.ToLower(name)))
	})
	text = strings.ReplaceAll(text, "route:change me@", "route:"+password("route")+"@")
	for i, r := range routes {
		text = strings.ReplaceAll(text, fmt.Sprintf("nats-%d:6222", i), r)
	}
	if strings.Contains(text, ": \"change me\"") {
		t.Fatalf("a password was not changed:\n%s", text)
	}
	if err := os.WriteFile(filepath.Join(dir, "passwords.conf"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// startNATS starts a server from a file, strictly read; only where it listens and stores is of the test.
func startNATS(t *testing.T, file string, change func(*server.Options)) *server.Server {
	t.Helper()
	opts, err := server.ProcessConfigFile(file)
	if err != nil {
		t.Fatal(err)
	}
	opts.Host, opts.Port, opts.HTTPPort, opts.StoreDir, opts.NoSigs, opts.NoLog = "127.0.0.1", -1, 0, t.TempDir(), true, true
	if change != nil {
		change(opts)
	}
	s, err := server.NewServer(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	return s
}

func ready(t *testing.T, servers ...*server.Server) {
	t.Helper()
	for _, s := range servers {
		if !s.ReadyForConnections(calm.Long) {
			t.Fatal("the server is not ready")
		}
	}
}

func single(t *testing.T) *server.Server {
	t.Helper()
	s := startNATS(t, filepath.Join(natsDir(t), "single.conf"), nil)
	ready(t, s)
	return s
}

// cluster starts the three nodes of cluster.conf on loopback.
func cluster(t *testing.T) []*server.Server {
	t.Helper()
	var routes []string
	free := calm.Addresses(t, 3) // routes must be known before the nodes start
	for _, a := range free {
		routes = append(routes, a.String())
	}
	dir := natsDir(t, routes...)
	var nodes []*server.Server
	for i, a := range free {
		t.Setenv("SERVER_NAME", fmt.Sprintf("nats-%d", i))
		nodes = append(nodes, startNATS(t, filepath.Join(dir, "cluster.conf"), func(o *server.Options) {
			o.Cluster.Host, o.Cluster.Port = a.IP.String(), a.Port
		}))
	}
	ready(t, nodes...)
	calm.Until(t, "the cluster has a leader", func() bool {
		for _, n := range nodes {
			if n.JetStreamIsLeader() && len(n.JetStreamClusterPeers()) == len(nodes) {
				return true
			}
		}
		return false
	})
	return nodes
}

// url is how a user reaches servers.
func url(user string, servers ...*server.Server) string {
	var list []string
	for _, s := range servers {
		list = append(list, strings.Replace(s.ClientURL(), "nats://", "nats://"+user+":"+password(user)+"@", 1))
	}
	return strings.Join(list, ",")
}

// kreispresse runs the program as a user of the servers.
func kreispresse(t *testing.T, user string, servers []*server.Server, args ...string) (code int, out string) {
	t.Helper()
	var b bytes.Buffer
	args = append([]string{"--nats", url(user, servers...), "--nats-inbox", "_INBOX_" + user}, args...)
	code = app.Run(t.Context(), args, strings.NewReader(""), &b, &b)
	return code, b.String()
}

// demoSite serves the demo's press site and gives the addresses of its releases and a directory with its source.
func demoSite(t *testing.T) (releases []string, sources string) {
	t.Helper()
	site := demosite.New()
	sources = t.TempDir()
	base, stop, err := site.Serve(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	text := regexp.MustCompile(`(?m)^base: .*$`).ReplaceAll(read(t, "../crawler/source/sources/demo.yaml"), []byte("base: "+base+"/"))
	if err := os.WriteFile(filepath.Join(sources, "demo.yaml"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, r := range site.Releases() {
		releases = append(releases, base+r.Path)
	}
	return releases, sources
}

// read reads a file of this directory.
func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
