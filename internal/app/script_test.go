package app

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/internal/calm"
)

var repoRoot = func() string {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return root
}()

// TestMain lets this test binary be the program: in scripts, and as the child that TestKill kills.
func TestMain(m *testing.M) {
	testscript.Main(calm.Homeless(m), map[string]func(){
		"kreispresse": func() {
			armCrash()
			armHaste()
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			os.Exit(Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
		"bare-nats": bareNATS,
	})
}

// TestScript runs testdata/script/*.txtar: what users type and what they get.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_STATE_HOME", env.WorkDir+"/state")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"site": siteCommand, "nats": natsCommand},
	})
}

// sites are the demo sites that scripts have started. Scripts run in parallel.
var sites sync.Map // *testscript.TestScript → *testSite

type testSite struct {
	*demosite.Site
	srv *httptest.Server
}

// siteCommand is the script command "site": start serves the demo site and writes its source file to sources/demo.yaml, under another
// source id if one is given; source writes that file anew with another text in it; correct, cosmetic and withdraw change a release; stop
// takes the site down.
func siteCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || len(args) > 2 && args[0] != "source" {
		ts.Fatalf("usage: site start [ID] | stop | correct ID | cosmetic ID | withdraw ID | source OLD NEW")
	}
	if args[0] == "start" {
		site := demosite.New()
		srv := httptest.NewServer(site.Handler())
		ts.Defer(srv.Close)
		sites.Store(ts, &testSite{site, srv})
		ts.Setenv("SITE", srv.URL)
		id := demoSource
		if len(args) == 2 {
			id = args[1]
		}
		ts.Check(writeSource(ts.MkAbs("sources"), srv.URL, "\nid: "+demoSource+"\n", "\nid: "+id+"\n"))
		return
	}
	x, ok := sites.Load(ts)
	if !ok {
		ts.Fatalf("site %s: not started", args[0])
	}
	s := x.(*testSite)
	switch args[0] {
	case "stop":
		s.srv.Close()
	case "source":
		ts.Check(writeSource(ts.MkAbs("sources"), s.srv.URL, args[1:]...))
	case "correct":
		ts.Check(s.Correct(args[1]))
	case "cosmetic":
		ts.Check(s.Cosmetic(args[1]))
	case "withdraw":
		ts.Check(s.Withdraw(args[1]))
	default:
		ts.Fatalf("site: unknown %q", args[0])
	}
}

var baseLine = regexp.MustCompile(`(?m)^base: .*$`)

// writeSource writes the demo's source file to dir, with the address where the site is served now and other pairs of old and new.
func writeSource(dir, base string, oldnew ...string) error {
	text, err := os.ReadFile(filepath.Join(repoRoot, "crawler", "source", "sources", "demo.yaml"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	text = baseLine.ReplaceAll(text, []byte("base: "+base+"/"))
	return os.WriteFile(filepath.Join(dir, "demo.yaml"), []byte(strings.NewReplacer(oldnew...).Replace(string(text))), 0o644)
}

// serveSite serves the demo site, wrapped if wrap is given, and gives a directory with its source file, in which pairs of old and
// new are replaced.
func serveSite(t testing.TB, wrap func(http.Handler) http.Handler, oldnew ...string) (site *demosite.Site, url, sources string) {
	t.Helper()
	site, sources = demosite.New(), t.TempDir()
	h := site.Handler()
	if wrap != nil {
		h = wrap(h)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	if err := writeSource(sources, srv.URL, oldnew...); err != nil {
		t.Fatal(err)
	}
	return site, srv.URL, sources
}

// natsCommand is the script command "nats": "start" starts a NATS server with JetStream on loopback and sets $NATS to its URL, "listen
// SUBJECT" subscribes to a subject until the script ends.
func natsCommand(ts *testscript.TestScript, neg bool, args []string) {
	switch {
	case neg || len(args) == 0:
	case len(args) == 1 && args[0] == "start":
		srv, err := natsServer(ts.MkAbs("nats"))
		ts.Check(err)
		ts.Defer(func() { srv.Shutdown(); srv.WaitForShutdown() })
		ts.Setenv("NATS", srv.ClientURL())
		return
	case len(args) == 2 && args[0] == "listen":
		nc, err := nats.Connect(ts.Getenv("NATS"))
		ts.Check(err)
		ts.Defer(nc.Close)
		_, err = nc.Subscribe(args[1], func(*nats.Msg) {})
		ts.Check(err)
		ts.Check(nc.Flush())
		return
	}
	ts.Fatalf("usage: nats start, or nats listen SUBJECT")
}

// startNATS is the same for Go tests.
func startNATS(t *testing.T, dir string) (url string) {
	t.Helper()
	srv, err := natsServer(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { srv.Shutdown(); srv.WaitForShutdown() })
	return srv.ClientURL()
}

func natsServer(dir string, change ...func(*server.Options)) (*server.Server, error) {
	opt := &server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: dir, NoSigs: true, NoLog: true}
	for _, f := range change {
		f(opt)
	}
	srv, err := server.NewServer(opt)
	if err != nil {
		return nil, err
	}
	srv.Start()
	if !srv.ReadyForConnections(calm.Long) {
		srv.Shutdown()
		return nil, errors.New("the NATS server did not start")
	}
	return srv, nil
}
