package publisher

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/schemas"
)

// testServer starts a NATS server of its own on loopback.
func testServer(t *testing.T, change ...func(*server.Options)) *server.Server {
	t.Helper()
	opts := &server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true}
	for _, f := range change {
		f(opts)
	}
	s, err := server.NewServer(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(calm.Long) {
		t.Fatal("the server is not ready")
	}
	return s
}

func openURL(t *testing.T, cfg Config) *Bus {
	t.Helper()
	b, err := Open(t.Context(), cfg, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func TestLockSameProcess(t *testing.T) {
	b := openTest(t)
	_, err := Open(t.Context(), Config{DataDir: b.cfg.DataDir}, testLog(t))
	wantKind(t, err, schemas.KindLocked, fmt.Sprintf("(pid %d) uses %s", os.Getpid(), b.cfg.DataDir), HintLocked)
}

func TestLockOtherProcess(t *testing.T) {
	dir := t.TempDir()
	c := startChild(t, "hold", dir)
	if l := c.line(t); l != "open" {
		t.Fatal(l)
	}
	_, err := Open(t.Context(), Config{DataDir: dir}, testLog(t))
	wantKind(t, err, schemas.KindLocked, fmt.Sprintf("another kreispresse (pid %d) uses %s", c.cmd.Process.Pid, dir))
	c.in.Close()
	if err := c.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	b, err := Open(t.Context(), Config{DataDir: dir}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
}

func TestOpenBadDirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"a file": file, "below a file": filepath.Join(file, "x"), "not to be made": "/proc/kreispresse"} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(t.Context(), Config{DataDir: dir}, testLog(t))
			wantKind(t, err, schemas.KindStorage, dir, HintWritable)
		})
	}
	_, err := Open(t.Context(), Config{}, testLog(t))
	wantKind(t, err, schemas.KindInvalid, HintNoPlace)
	t.Run("read-only", func(t *testing.T) {
		if os.Getuid() == 0 {
			t.Skip("root may write everywhere")
		}
		dir := t.TempDir()
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		_, err := Open(t.Context(), Config{DataDir: dir}, testLog(t))
		wantKind(t, err, schemas.KindStorage, dir, "permission denied")
	})
}

func TestOpenCorruptStore(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "jetstream"), nil, 0o600); err != nil { // where the server wants its directory
		t.Fatal(err)
	}
	_, err := Open(t.Context(), Config{DataDir: dir}, testLog(t))
	wantKind(t, err, schemas.KindStorage, dir)
}

func TestDirectoryIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	b := openTest(t, func(c *Config) { c.DataDir = dir })
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	a, ok := b.emb.server().Addr().(*net.TCPAddr)
	if !ok || !a.IP.IsLoopback() {
		t.Errorf("the embedded server listens on %v, want a loopback address", b.emb.server().Addr())
	}
	if nc, err := nats.Connect(b.emb.server().ClientURL()); err == nil {
		nc.Close()
		t.Error("anybody on this machine reaches the embedded server")
	}
}

func TestReopen(t *testing.T) {
	dir := t.TempDir()
	for i := range 3 {
		b, err := Open(t.Context(), Config{DataDir: dir}, testLog(t))
		if err != nil {
			t.Fatal(err)
		}
		s := testSnapshot(i, "x")
		if seq := mustAppend(t, b, s); seq != uint64(i+1) {
			t.Fatalf("sequence %d", seq)
		}
		mustPublish(t, b, testRelease(s, "x"), schemas.RelationNew)
		if n, err := b.Count(t.Context(), Filter{}); err != nil || n != i+1 {
			t.Fatal(n, err)
		}
		if err := errors.Join(b.Close(), b.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOpenUnavailable(t *testing.T) {
	const addr = "127.0.0.1:1" // where nobody listens: a port that is free now could be anybody's in a moment
	_, err := Open(t.Context(), Config{URL: "nats://anna:geheim@" + addr}, testLog(t))
	wantKind(t, err, schemas.KindUnavailable, addr, "check that the NATS server runs")
	if strings.Contains(err.Error(), "geheim") {
		t.Errorf("the error tells the password: %v", err)
	}
	_, err = Open(t.Context(), Config{URL: "nats://" + addr, Creds: filepath.Join(t.TempDir(), "missing.creds")}, testLog(t))
	if err == nil || !strings.Contains(err.Error(), "missing.creds") {
		t.Errorf("missing credentials: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = Open(ctx, Config{DataDir: t.TempDir()}, testLog(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestOpenWithoutJetStream(t *testing.T) {
	s := testServer(t, func(o *server.Options) { o.JetStream = false })
	_, err := Open(t.Context(), Config{URL: s.ClientURL(), ManageStreams: true}, testLog(t))
	wantKind(t, err, schemas.KindUnavailable, "JetStream")
}

func TestStreamsMissing(t *testing.T) {
	s := testServer(t)
	_, err := Open(t.Context(), Config{URL: s.ClientURL()}, testLog(t))
	wantKind(t, err, schemas.KindUnavailable, "stream PRESS", "create the streams")
}

func TestReplicasNotPossible(t *testing.T) {
	s := testServer(t)
	_, err := Open(t.Context(), Config{URL: s.ClientURL(), ManageStreams: true, Replicas: 3}, testLog(t))
	wantKind(t, err, schemas.KindInvalid, "fewer replicas")
}

func perms(pub, sub []string) *server.Permissions {
	return &server.Permissions{Publish: &server.SubjectPermission{Allow: pub}, Subscribe: &server.SubjectPermission{Allow: sub}}
}

// TestPermissions: a server with an administrator, somebody who may do nothing, and a publisher with least permissions.
func TestPermissions(t *testing.T) {
	s := testServer(t, func(o *server.Options) {
		o.Users = []*server.User{
			{Username: "admin", Password: "a"},
			{Username: "nobody", Password: "n", Permissions: perms([]string{"x"}, []string{"_INBOX.>"})},
			{Username: "deaf", Password: "d", Permissions: perms([]string{">"}, []string{"x"})},
			{Username: "press", Password: "p", Permissions: perms(
				[]string{"press.v1.release.>", "$JS.API.STREAM.MSG.GET.PRESS"}, []string{"_INBOX_press.>"})},
		}
	})
	open := func(user, password, inbox string, manage bool) (*Bus, error) {
		return Open(t.Context(), Config{URL: s.ClientURL(), User: user, Password: password, InboxPrefix: inbox, ManageStreams: manage}, testLog(t))
	}
	_, err := open("admin", "wrong", "", true)
	wantKind(t, err, schemas.KindUnavailable, "check user and password")
	admin, err := open("admin", "a", "", true)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	_, err = open("nobody", "n", "", true)
	wantKind(t, err, schemas.KindUnavailable, `Permissions Violation for Publish to "$JS.API.STREAM.INFO.PRESS"`, "grant the user this subject")
	_, err = open("deaf", "d", "", true)
	wantKind(t, err, schemas.KindUnavailable, `Permissions Violation for Subscription to "_INBOX.`)

	press, err := open("press", "p", "_INBOX_press", false)
	if err != nil {
		t.Fatal(err)
	}
	defer press.Close()
	snap := testSnapshot(1, "x")
	mustPublish(t, press, testRelease(snap, "x"), schemas.RelationNew)
	mustPublish(t, press, testRelease(snap, "x"), schemas.RelationUnchanged)
	_, err = press.Append(t.Context(), snap)
	wantKind(t, err, schemas.KindUnavailable, `Permissions Violation for Publish to "press.v1.raw.`)
	_, err = press.Replay(t.Context(), Filter{}, func(*schemas.Event) error { return nil })
	wantKind(t, err, schemas.KindUnavailable, "Permissions Violation")
	_, err = press.Pages().Put(t.Context(), "demo", "x", schemas.PageState{}, 0)
	wantKind(t, err, schemas.KindUnavailable, "Permissions Violation")
	_, err = press.Republish(t.Context(), Filter{}, "job.1", Sending{})
	wantKind(t, err, schemas.KindUnavailable, "Permissions Violation")
}

func TestStreamsDiffer(t *testing.T) {
	s := testServer(t)
	admin := openURL(t, Config{URL: s.ClientURL(), ManageStreams: true})
	reopen := func(manage bool, replicas int) error {
		b, err := Open(t.Context(), Config{URL: s.ClientURL(), ManageStreams: manage, Replicas: replicas}, testLog(t))
		if err == nil {
			b.Close()
		}
		return err
	}
	if err := reopen(true, 1); err != nil {
		t.Fatalf("what was just created is refused: %v", err)
	}
	update := func(change func(*jetstream.StreamConfig)) {
		t.Helper()
		cfg := table(1)[0]
		change(&cfg)
		if _, err := admin.js.UpdateStream(t.Context(), cfg); err != nil {
			t.Fatal(err)
		}
	}
	update(func(c *jetstream.StreamConfig) { c.MaxAge = time.Hour })
	for _, manage := range []bool{true, false} {
		wantKind(t, reopen(manage, 0), schemas.KindInvalid, "stream PRESS", "max_age is 1h0m0s, not 0s", "nats stream edit PRESS")
	}
	update(func(c *jetstream.StreamConfig) { c.MaxMsgsPerSubject = 1 })
	wantKind(t, reopen(true, 0), schemas.KindInvalid, "max_msgs_per_subject is 1, not -1")
	update(func(c *jetstream.StreamConfig) { c.Subjects = append(c.Subjects, "other.>") })
	wantKind(t, reopen(true, 0), schemas.KindInvalid, "subjects is")

	// What loses nothing is brought in line, but only by who may.
	update(func(c *jetstream.StreamConfig) {
		c.Description = "mine"
		c.AllowAtomicPublish = false
		c.Discard = jetstream.DiscardOld
	})
	if err := reopen(false, 0); err != nil {
		t.Fatal(err)
	}
	have := func() jetstream.StreamConfig {
		info, err := admin.js.Stream(t.Context(), schemas.StreamPress)
		if err != nil {
			t.Fatal(err)
		}
		return info.CachedInfo().Config
	}
	if have().Description != "mine" {
		t.Error("somebody else's stream was changed")
	}
	if err := reopen(true, 0); err != nil {
		t.Fatal(err)
	}
	if c := have(); c.Description == "mine" || !c.AllowAtomicPublish || c.Discard != jetstream.DiscardNew {
		t.Errorf("not brought in line: %+v", c)
	}
	// What an operator may want stays.
	update(func(c *jetstream.StreamConfig) { c.MaxBytes = 1 << 30; c.Metadata = map[string]string{"owner": "ops"} })
	if err := reopen(true, 0); err != nil {
		t.Fatal(err)
	}
	if c := have(); c.MaxBytes != 1<<30 || c.Metadata["owner"] != "ops" {
		t.Errorf("the operator's settings are gone: %+v", c)
	}
}
