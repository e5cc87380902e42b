package app

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// served runs `serve` on a store in which the demo was, and gives its address.
func served(t *testing.T, args ...string) (base string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	var out bytes.Buffer
	if code := Run(t.Context(), []string{"--data", dir, "demo"}, nil, &out, &out); code != ExitOK {
		t.Fatalf("demo: %d\n%s", code, out.String())
	}
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- Run(ctx, append([]string{"--data", dir, "serve", "--listen", "127.0.0.1:0"}, args...), nil, io.Discard, w)
		w.Close()
	}()
	t.Cleanup(func() {
		cancel()
		if code := <-done; code != ExitOK {
			t.Errorf("serve ended with %d", code)
		}
	})
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if address, ok := strings.CutPrefix(lines.Text(), "serving at "); ok {
			address, _, _ = strings.Cut(address, ";")
			go io.Copy(io.Discard, r) //nolint:errcheck // ends with the process
			return "http://" + address
		}
	}
	t.Fatal("it serves nothing")
	return ""
}

// TestHTTPDocument runs the examples of docs/http.md, all in one shell, and wants what the document says they print.
func TestHTTPDocument(t *testing.T) {
	for _, tool := range []string{"curl", "sh", "sed"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(err)
		}
	}
	text, err := os.ReadFile(filepath.Join(repoRoot, "docs", "http.md"))
	if err != nil {
		t.Fatal(err)
	}
	type example struct {
		line string
		want []string
	}
	var examples []example
	for i, block := range strings.Split(string(text), "```") {
		code, ok := strings.CutPrefix(block, "sh\n")
		if i%2 == 0 || !ok {
			continue
		}
		for line := range strings.Lines(code) {
			line = strings.TrimSpace(line)
			if want, ok := strings.CutPrefix(line, "# → "); ok {
				last := &examples[len(examples)-1]
				last.want = append(last.want, want)
			} else if line != "" {
				examples = append(examples, example{line: line})
			}
		}
	}
	base := served(t)
	const end = "-- end of an example --"
	var script strings.Builder
	for _, x := range examples {
		line := x.line
		if strings.HasPrefix(line, "BASE=") {
			line = "BASE=" + base
		}
		script.WriteString(line + "\necho; echo '" + end + "'\n")
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-c", script.String())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.Env = append(os.Environ(), "no_proxy=*") // curl would ask a proxy for this machine, too
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	got := strings.Split(string(out), end)
	if len(examples) < 20 || len(got) != len(examples)+1 {
		t.Fatalf("%d examples, %d answers", len(examples), len(got)-1)
	}
	for i, x := range examples {
		if len(x.want) == 0 && strings.HasPrefix(x.line, "curl") {
			t.Errorf("%s: it is not said what comes", x.line)
		}
		for _, want := range x.want {
			if !strings.Contains(got[i], want) {
				t.Errorf("%s\nprints %.600s\nand not %q", x.line, got[i], want)
			}
		}
	}
}

// TestServeStrangers: where others could listen in serve does not begin, and says that its command line has to change.
func TestServeStrangers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	var out bytes.Buffer
	if code := Run(t.Context(), []string{"--data", dir, "demo"}, nil, &out, &out); code != ExitOK {
		t.Fatalf("demo: %d\n%s", code, out.String())
	}
	var said bytes.Buffer
	code := Run(t.Context(), []string{"--data", dir, "serve", "--listen", "0.0.0.0:0"}, nil, io.Discard, &said)
	if code != ExitUsage || !strings.Contains(said.String(), "others could listen in") || !strings.Contains(said.String(), "--tls-cert") {
		t.Errorf("ends with %d and says %s", code, said.String())
	}
}
