package app

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestNotify: run tells of a source that does not answer, once; a test message arrives; what is wrong in the configuration is said without
// its secrets.
func TestNotify(t *testing.T) {
	t.Parallel()
	got := make(chan string, 100)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		if r.URL.Path == "/gone/geheim" {
			w.WriteHeader(http.StatusGone)
		}
		got <- r.Header.Get("Title") + "\n" + string(b)
	}))
	defer s.Close()
	dir := t.TempDir()
	if err := writeSource(dir, "http://127.0.0.1:1", "\nid: "+demoSource+"\n", "\nid: kreis-unten\n", "pace: 10ms", "pace: 0s"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "config.yaml")
	do := func(want int, notify string, args ...string) string {
		t.Helper()
		if err := os.WriteFile(file, []byte(notify), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := run(t.Context(), append([]string{"--config", file, "--sources", dir, "--data", filepath.Join(dir, "data")}, args...)...)
		if code != want || strings.Contains(out+errs, "geheim") {
			t.Errorf("%v: exit code %d, want %d, or a secret:\n%s%s", args, code, want, out, errs)
		}
		return out + errs
	}
	ntfy := "notify: {webhooks: [{url: '" + s.URL + "/geheim', format: ntfy}]}\n"
	do(ExitOK, ntfy, "run", "--once")
	if m := <-got; !strings.HasPrefix(m, "kreis-unten is broken\nno listing") || len(got) != 0 {
		t.Errorf("told %q and %d more", m, len(got))
	}
	if out := do(ExitOK, ntfy, "notify", "test"); !strings.Contains(out, "(ntfy)\tsent\n") {
		t.Error(out)
	}
	if m := <-got; !strings.HasPrefix(m, "kreispresse: test\n") {
		t.Error(m)
	}
	if out := do(ExitUnavailable, strings.Replace(ntfy, "/geheim", "/gone/geheim", 1), "notify", "test"); !strings.Contains(out, "failed: answered 410 Gone") {
		t.Error(out)
	}
	for text, want := range map[string]string{
		"log: warn": "has no key notify",
		"notify: {webhooks: [{url: 'https://x.example/geheim', secret: geheim}]}": "notify.webhooks[0].secret",
		"notify: {webhook: []}":                `unknown field "webhook"`,
		"notify: {mail: {password: [geheim]}}": "want a text",
		"notify: {after: bald}":                "bald",
	} {
		if out := do(ExitUsage, text, "notify", "test"); !strings.Contains(out, want) {
			t.Errorf("%s: %s", text, out)
		}
	}
	<-got // what the one that is gone was asked to take
	do(ExitOK, ntfy, "notify", "send", "kein  Backup\nheute")
	if m := <-got; m != "kein Backup heute\n" {
		t.Errorf("a message without text: %q", m)
	}
	long := strings.NewReader(strings.Repeat("ä", longestText) + " Ende\n")
	if code := Run(t.Context(), []string{"--config", file, "notify", "send", "Unit", "-"}, long, io.Discard, io.Discard); code != ExitOK {
		t.Errorf("from standard input: exit code %d", code)
	}
	if m := <-got; len(m) > longestText+len("Unit\n") || !utf8.ValidString(m) || !strings.HasSuffix(m, "ää Ende") {
		t.Errorf("a message from standard input: %d bytes, …%q", len(m), m[max(0, len(m)-20):])
	}
	do(ExitUnavailable, strings.Replace(ntfy, "/geheim", "/gone/geheim", 1), "notify", "send", "Unit", "Text")
	<-got
	do(ExitUsage, ntfy, "notify", "send")
	do(ExitUsage, ntfy, "notify", "send", " ")
	do(ExitUsage, ntfy, "notify", "send", "a", "b", "c")
	do(ExitUsage, "log: warn", "notify", "send", "a")
	do(ExitUsage, "notify: {}", "run", "--once")
	do(ExitUsage, ntfy, "notify", "tset")
}
