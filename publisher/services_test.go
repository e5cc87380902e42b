package publisher

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/schemas"
)

// shared is a buffer that several goroutines write.
type shared struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) { s.mu.Lock(); defer s.mu.Unlock(); return s.b.Write(p) }

func (s *shared) String() string { s.mu.Lock(); defer s.mu.Unlock(); return s.b.String() }

// TestServeDenied: a user who may not answer requests serves none, says so, and does everything else as before.
func TestServeDenied(t *testing.T) {
	srv := testServer(t, func(o *server.Options) {
		o.Users = []*server.User{{Username: "line", Password: "p", Permissions: &server.Permissions{
			Subscribe: &server.SubjectPermission{Deny: []string{"press.v1.svc.>", "$SRV.>"}},
		}}}
	})
	var log shared
	b, err := Open(t.Context(), Config{URL: srv.ClientURL(), User: "line", Password: "p", ManageStreams: true}, slog.New(slog.NewTextHandler(&log, nil)))
	mustDo(t, err)
	defer b.Close()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- b.Serve(ctx, []Endpoint{{Name: "a.b", Answer: func(context.Context, []byte) ([]byte, error) { return nil, errors.New("x") }}})
	}()
	for n := 0; !strings.Contains(log.String(), "--no-services"); n++ { // requests that a refusal must not end
		publishVersion(t, b, testSource, n, 0)
	}
	if n, err := b.Replay(t.Context(), Filter{}, func(*schemas.Event) error { return nil }); err != nil || n == 0 {
		t.Errorf("%d events, %v", n, err)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
