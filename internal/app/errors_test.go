package app

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/publisher"
)

// wantError runs the program and wants the exit code and one line on stderr that contains each of the words.
func wantError(t *testing.T, code int, words []string, args ...string) {
	t.Helper()
	got, _, errs := run(t.Context(), args...)
	if got != code {
		t.Errorf("%v: exit code %d, want %d", args, got, code)
	}
	if strings.Count(errs, "\n") != 1 {
		t.Errorf("%v: want one line, got %q", args, errs)
	}
	for _, w := range words {
		if !strings.Contains(errs, w) {
			t.Errorf("%v: %q does not name %q", args, errs, w)
		}
	}
}

func TestDataDirectoryInUse(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	for _, command := range []string{"crawl", "run"} { // the others connect to the process that has it
		wantError(t, ExitStorage, []string{dir, "stop it, or give --data another directory"}, "--data", dir, command, "kreis-dueren")
	}
}

func TestServerRefuses(t *testing.T) {
	srv, err := natsServer(t.TempDir(), func(o *server.Options) { o.Username, o.Password = "press", "secret" })
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Shutdown()
	wantError(t, ExitUnavailable, []string{srv.Addr().String(), "uthoriz"}, "--nats", srv.ClientURL(), "status")
}

func TestServerWithoutJetStream(t *testing.T) {
	srv, err := natsServer(t.TempDir(), func(o *server.Options) { o.JetStream = false })
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Shutdown()
	wantError(t, ExitUnavailable, []string{"stream PRESS", "start the NATS server with JetStream"}, "--nats", srv.ClientURL(), "crawl", "kreis-dueren")
}
