package publisher

import (
	"errors"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestLostConnection: what the client says of its buffers is no word to a user; the cause stays for those who ask.
func TestLostConnection(t *testing.T) {
	err := classify("read", "PRESS", nats.ErrReconnectBufExceeded)
	if err.Kind != schemas.KindUnavailable || !errors.Is(err, nats.ErrReconnectBufExceeded) || !isUncertain(err) {
		t.Errorf("%+v", err)
	}
	if s := err.Error(); !strings.Contains(s, "the connection to NATS is lost (") || strings.Contains(s, "buffer") {
		t.Errorf("says %s", s)
	}
}
