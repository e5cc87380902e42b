package app

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/kreispresse/kreispresse/internal/terminal"
)

// broken is an output that cannot be written.
type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

// printing is every command line that prints, given a data directory with events, sources and a page.
func printing(page string) [][]string {
	return [][]string{
		{"parse", page},
		{"parse", "--jsonl", page},
		{"parse", filepath.Dir(page)},
		{"inspect", page},
		{"sources", "list"},
		{"sources", "check"},
		{"crawl", "--dry-run"},
		{"crawl"},
		{"status"},
		{"status", "--json"},
		{"runs"},
		{"runs", "--json"},
		{"held", "list"},
		{"dead", "list"},
		{"reparse", "--dry-run"},
		{"tail", "--from", "1"}, // without a limit: it must end by itself
		{"tail", "--from", "1", "--json"},
		{"replay"},
		{"replay", "--last"},
		{"replay", "--dry-run"},
		{"export", "--format", "jsonl"},
		{"export", "--format", "csv"},
		{"export", "--format", "parquet"},
		{"export", "--format", "html", "--dry-run"},
		{"version"},
		{"--help"},
		{"--version"},
		{"help", "crawl"},
		{"completion", "bash"},
	}
}

// crawled is a data directory with the demo site's feed, its sources, and a page in a directory of its own.
func crawled(t *testing.T) (globals []string, page string) {
	t.Helper()
	_, _, sources := serveSite(t, nil, noPause...)
	globals = []string{"--data", filepath.Join(t.TempDir(), "data"), "--sources", sources}
	if code, out, errs := run(t.Context(), append(globals, "crawl")...); code != ExitOK {
		t.Fatalf("crawl: exit code %d\n%s%s", code, out, errs)
	}
	page = filepath.Join(t.TempDir(), "seite.html")
	text := `<!doctype html><title>Steg gesperrt</title><main><h1>Steg gesperrt</h1><p>Der Steg am Weiher ist bis Mai gesperrt, teilt der Kreis mit.</p></main>`
	if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return globals, page
}

// TestOutputLost: no command calls it a success when what it printed is lost, and none goes on for ever. A reader that has gone ends it
// without a word.
func TestOutputLost(t *testing.T) {
	t.Parallel()
	globals, page := crawled(t)
	for _, args := range printing(page) {
		var errs bytes.Buffer
		if code := Run(t.Context(), append(globals, args...), strings.NewReader(""), broken{syscall.ENOSPC}, &errs); code != ExitStorage {
			t.Errorf("%v: exit code %d, want %d", args, code, ExitStorage)
		}
		if s := said(errs.String()); strings.Count(s, "\n") != 1 || !strings.Contains(s, "standard output: no space left on device") {
			t.Errorf("%v: %q", args, s)
		}
		errs.Reset()
		gone := broken{&os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}}
		if code := Run(t.Context(), append(globals, args...), strings.NewReader(""), gone, &errs); code != ExitPipe || said(errs.String()) != "" {
			t.Errorf("%v: exit code %d, %q", args, code, errs.String())
		}
	}
}

// said is what the program says on standard error for itself; an account of the lists is not that.
func said(errs string) string {
	var lines []string
	for line := range strings.Lines(errs) {
		if !strings.HasPrefix(line, demoSource+": ") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// hostile is text that a page, a file or a server may send; clean is how it begins where it is shown.
const (
	hostile = "Weiher\x1b]0;fremd\x07\x1b[2J\u009b31m\u202egnirps\u2066iso\u061c\u200f\x7f\x08 Ende"
	clean   = "Weiher"
)

func checkShown(t *testing.T, args []string, what, out string) {
	t.Helper()
	for _, r := range out {
		if terminal.Commands(r) {
			t.Errorf("%v: %s holds %U: %q", args, what, r, out)
			return
		}
	}
}

// TestHostileText serves hostile text wherever a site can put it and looks for it in all that the commands print.
func TestHostileText(t *testing.T) {
	t.Parallel()
	page := `<!doctype html><html lang="de"><meta charset="utf-8"><title>` + hostile + `</title><main><article><h1>` + hostile + `</h1><p>Datum: 12.03.2026</p>
<p>Der Steg am ` + hostile + ` ist gesperrt, teilt der Kreis mit. „Das ` + hostile + ` bleibt so“, sagte Landrätin Clara ` + hostile + `.</p>
<figure><img src="/b.jpg" alt="` + hostile + `"><figcaption>Foto: ` + hostile + `</figcaption></figure></article></main></html>`
	mux := http.NewServeMux()
	mux.HandleFunc("/presse/", func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch req.URL.Path {
		case "/presse/":
			_, _ = io.WriteString(w, `<ul><li class="m"><a href="/presse/eins">`+hostile+`</a><li class="m"><a href="/presse/zwei%1B[2J%E2%80%AE">`+hostile+`</a></ul>`)
		case "/presse/eins":
			_, _ = io.WriteString(w, page)
		default:
			w.Header().Set("ETag", `"`+hostile+`"`)
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	dir := t.TempDir()
	sources := filepath.Join(dir, "quellen")
	text := "id: kreis-musterau\nname: \"Kreis \\e[2J \\u202e Musterau\"\nstate: NW\npace: 0s\nallow_private: true\nbase: " + srv.URL +
		"/\nstart:\n  listings:\n    - {url: /presse/, item: li.m}\n"
	stored := filepath.Join(dir, "\x1b[2J\u202e.html")
	for name, content := range map[string]string{filepath.Join(sources, "m.yaml"): text, stored: page} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(content), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	globals := []string{"--data", filepath.Join(dir, "data"), "--sources", sources}
	for _, args := range [][]string{
		{"--log", "debug", "crawl", "--dry-run"},
		{"--log", "debug", "crawl"},
		{"tail", "--from", "1", "--limit", "1"},
		{"tail", "--from", "1", "--limit", "1", "--json"},
		{"replay"},
		{"status"},
		{"status", "--json"},
		{"runs"},
		{"runs", "--json"},
		{"runs", "--event", "fetched"},
		{"held", "list"},
		{"dead", "list"},
		{"dead", "show", hostile},
		{"held", "release", hostile},
		{"withdraw", hostile},
		{"sources", "accept", hostile},
		{"reparse", "--dry-run"},
		{"reparse", hostile},
		{"sources", "list"},
		{"sources", "check"},
		{"parse", stored},
		{"parse", stored, stored + hostile},
		{"parse", "--jsonl", stored},
		{"inspect", stored},
		{"inspect", hostile},
		{"parse", hostile},
		{"sources", "check", hostile},
		{"crawl", hostile},
		{"replay", "--source", hostile},
		{"replay", "--state", hostile},
		{"replay", "--type", hostile},
		{"replay", "--since", hostile},
		{"replay", "--to", hostile},
		{"--contact", hostile, "status"},
		{"--config", hostile, "status"},
		{"--log", hostile, "status"},
		{"--" + hostile, "status"},
		{hostile},
	} {
		code, out, errs := run(t.Context(), append(globals, args...)...)
		checkShown(t, args, "output", out)
		checkShown(t, args, "error", errs)
		if slices.Contains([]string{"tail", "replay", "parse", "inspect"}, args[0]) && code == ExitOK && !strings.Contains(out, clean) {
			t.Errorf("%v: shows nothing of the text: %q", args, out)
		}
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	globals, page := crawled(t)
	empty := filepath.Join(t.TempDir(), "leer.html")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	at := func(base string) string { // a source at base
		dir := t.TempDir()
		if err := writeSource(dir, base, "pace: 10ms", "pace: 0s"); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	answer := func(robots, pages int) string {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			if req.URL.Path == "/robots.txt" {
				w.WriteHeader(robots)
				return
			}
			w.WriteHeader(pages)
		}))
		t.Cleanup(srv.Close)
		return at(srv.URL)
	}
	_, _, demoSources := serveSite(t, nil, noPause...)
	down := at("http://127.0.0.1:1")
	both := t.TempDir()
	for from, to := range map[string]string{demoSources: "oben.yaml", down: "unten.yaml"} {
		b, err := os.ReadFile(filepath.Join(from, "demo.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if to == "unten.yaml" {
			b = bytes.Replace(b, []byte("\nid: "+demoSource+"\n"), []byte("\nid: kreis-unten\n"), 1)
		}
		if err := os.WriteFile(filepath.Join(both, to), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data := func(args ...string) []string {
		return append([]string{"--data", filepath.Join(t.TempDir(), "data")}, args...)
	}
	for _, c := range []struct {
		name string
		code int
		args []string
	}{
		{"done", ExitOK, append(globals, "replay", "--dry-run")},
		{"the same source twice is one", ExitOK, append(globals, "crawl", demoSource, demoSource)},
		{"parse: done", ExitOK, []string{"parse", page}},
		{"parse: one page of two failed", ExitFailed, []string{"parse", page, empty}},
		{"parse: the page failed", ExitFailed, []string{"parse", empty}},
		{"crawl: one source of two failed", ExitFailed, data("--sources", both, "crawl")},
		{"crawl: the site answers, but has no list", ExitFailed, data("--sources", answer(404, 404), "crawl")},
		{"crawl: nothing listens", ExitUnavailable, data("--sources", down, "crawl")},
		{"crawl: no such host", ExitUnavailable, data("--sources", at("http://kreis-nirgends.invalid"), "crawl")},
		{"crawl: robots.txt says 503", ExitUnavailable, data("--sources", answer(503, 200), "crawl")},
		{"crawl: 503 everywhere", ExitUnavailable, data("--sources", answer(404, 503), "crawl")},
		{"dry run: nothing listens", ExitUnavailable, data("--sources", down, "crawl", "--dry-run")},
		{"no NATS server", ExitUnavailable, []string{"--nats", "nats://127.0.0.1:1", "status"}},
		{"usage: flag", ExitUsage, []string{"crawl", "--no-such"}},
		{"usage: command", ExitUsage, []string{"craw"}},
		{"usage: help topic", ExitUsage, []string{"completion", "tcsh"}},
		{"usage: source", ExitUsage, append(globals, "crawl", "kreis-nirgends")},
		{"usage: no such file", ExitUsage, []string{"parse", "no-such.html"}},
		{"usage: nothing yet", ExitUsage, data("status")},
		{"usage: filter", ExitUsage, append(globals, "replay", "--type", "typo")},
	} {
		if code, out, errs := run(t.Context(), c.args...); code != c.code {
			t.Errorf("%s: exit code %d, want %d\n%s%s", c.name, code, c.code, out, errs)
		}
	}
}
