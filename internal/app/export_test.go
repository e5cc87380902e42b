package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/internal/export"
)

// pulling is a context that ends when the export has begun its file: as if the user pressed Ctrl-C just then.
type pulling struct {
	context.Context
	dir    string
	cancel func()
}

func (c pulling) Err() error {
	if list, _ := filepath.Glob(filepath.Join(c.dir, ".x.*.part")); len(list) > 0 {
		c.cancel()
	}
	return c.Context.Err()
}

// TestExportInterrupted: an export that is interrupted leaves nothing, says so and has the exit code of an interruption.
func TestExportInterrupted(t *testing.T) {
	t.Parallel()
	globals, _ := crawled(t)
	dir := t.TempDir()
	for _, name := range []string{"x.jsonl", "x.sqlite", "x.wacz"} {
		ctx, cancel := context.WithCancel(t.Context())
		var out, errs bytes.Buffer
		file := filepath.Join(dir, name)
		code := Run(pulling{ctx, dir, cancel}, append(globals, "export", "--output", file), strings.NewReader(""), &out, &errs)
		if code != ExitInterrupted || !strings.HasSuffix(errs.String(), "interrupted; nothing was written to "+file+"\n") {
			t.Errorf("%s: exit code %d: %s", name, code, errs.String())
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%s: %v is left", name, left)
		}
		cancel()
	}
}

// TestExportTerminal: what is no text does not go to a terminal.
func TestExportTerminal(t *testing.T) {
	t.Parallel()
	globals, _ := crawled(t)
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0) // the master's side of a terminal is one, too
	if err != nil {
		t.Skip(err)
	}
	defer terminal.Close()
	for _, f := range export.Formats() {
		if !f.Binary && f.Name != "jsonl" {
			continue
		}
		args := append(globals, "export", "--format", f.Name, "--from", "2999-01-01") // nothing: nobody reads from this terminal
		var errs bytes.Buffer
		code := Run(t.Context(), args, strings.NewReader(""), terminal, &errs)
		refused := code == ExitUsage && strings.Contains(errs.String(), f.Name+" is not for a terminal (give --output FILE"+f.Extension)
		if refused != f.Binary || !refused && code != ExitOK {
			t.Errorf("%s: exit code %d: %s", f.Name, code, errs.String())
		}
	}
}
