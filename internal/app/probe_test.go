package app

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestProbe asks processes that can, cannot, and do not answer.
func TestProbe(t *testing.T) {
	t.Parallel()
	ready := true
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/healthz":
			_, _ = io.WriteString(w, "ok\n")
		case ready:
			_, _ = io.WriteString(w, "ready\n")
		default:
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "the broker\nis away\n")
		}
	}))
	defer s.Close()
	address := strings.TrimPrefix(s.URL, "http://")
	port := address[strings.LastIndexByte(address, ':'):]
	ask := func(want int, says string, args ...string) {
		t.Helper()
		code, out, errs := run(t.Context(), append([]string{"probe"}, args...)...)
		if code != want || !strings.Contains(out+errs, says) || strings.Count(out+errs, "\n") != 1 {
			t.Errorf("%v: exit code %d, want %d and one line with %q:\n%s%s", args, code, want, says, out, errs)
		}
	}
	ask(ExitOK, "ready", address)
	ask(ExitOK, "ready", port)
	ready = false
	ask(ExitUnavailable, "the broker is away", address)
	ask(ExitOK, "ok", "--live", address)
	s.Close()
	ask(ExitUnavailable, "connection refused", "--live", address)
	ask(ExitUsage, "ADDRESS")
	ask(ExitUsage, "ADDRESS", address, address)
	ask(ExitUsage, "want host:port", "8090")
	ask(ExitUsage, "want host:port", "a b:1")
}
