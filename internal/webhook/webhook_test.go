package webhook_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/webhook"
)

// TestSignature is the example of the specification of Standard Webhooks.
func TestSignature(t *testing.T) {
	key, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	h := http.Header{}
	webhook.Sign(h, key, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if got := h.Get("webhook-signature"); got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Error(got)
	}
}

func TestKey(t *testing.T) {
	for secret, good := range map[webhook.Secret]bool{
		"whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u": true, "whsec_MDEy": false, "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u": false, "whsec_!": false, "": false,
	} {
		if _, err := webhook.Key(secret); (err == nil) != good || err != nil && strings.Contains(err.Error(), "MDEy") {
			t.Errorf("%q: %v", string(secret), err)
		}
	}
}

func TestResolve(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(" hush\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := webhook.Resolve("", file); err != nil || string(s) != "hush" {
		t.Error(err)
	}
	for _, wrong := range []struct {
		inline webhook.Secret
		file   string
	}{{"x", file}, {"", file + "x"}, {"", os.DevNull}} {
		if _, err := webhook.Resolve(wrong.inline, wrong.file); err == nil {
			t.Errorf("%q was taken", wrong.file)
		}
	}
}

// TestPost: what an answer means, and that no error shows the address.
func TestPost(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "7")
		code := map[string]int{"/ok": 204, "/later": 429, "/broken": 500, "/never": 400, "/moved": 307}[r.URL.Path]
		w.WriteHeader(code)
	}))
	defer srv.Close()
	for path, want := range map[string]struct{ ok, later bool }{
		"/ok": {true, false}, "/later": {false, true}, "/broken": {false, true}, "/never": {false, false}, "/moved": {false, false},
	} {
		err := webhook.Post(t.Context(), webhook.NewClient(), webhook.Secret(srv.URL+path), http.Header{}, nil)
		st, answered := errors.AsType[*webhook.Status](err)
		if (err == nil) != want.ok || answered && (st.Later() != want.later || st.After != 7*time.Second) {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, address := range []webhook.Secret{"http://127.0.0.1:1/hush", "http://%zz/hush"} {
		if err := webhook.Post(t.Context(), webhook.NewClient(), address, http.Header{}, nil); err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%v", err)
		}
	}
}
