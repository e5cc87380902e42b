package publisher

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestJoin: a second process reads and writes the store that the first has open, and cannot without the token or after the end of the first.
func TestJoin(t *testing.T) {
	dir := t.TempDir()
	child := startChild(t, "hold", dir)
	if l := child.line(t); l != "open" {
		t.Fatal(l)
	}
	ctx := t.Context()

	if _, err := Open(ctx, Config{DataDir: dir}, nil); schemas.KindOf(err) != schemas.KindLocked {
		t.Fatalf("without Join: %v, want locked", err)
	}
	info, err := os.Stat(filepath.Join(dir, doorFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%s: %v, %v, want mode 0600", doorFile, info, err)
	}
	b, err := Open(ctx, Config{DataDir: dir, Join: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.PublishRun(ctx, "kreis-musterau", schemas.RunAudit, map[string]string{"act": "test"}); err != nil {
		t.Fatal(err)
	}
	d, err := findDoor(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, Config{URL: d.URL, Token: "guessed"}, nil); schemas.KindOf(err) != schemas.KindUnavailable {
		t.Errorf("with a wrong token: %v, want unavailable", err)
	}
	b.Close()
	if err := child.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.cmd.Wait()
	own, err := Open(ctx, Config{DataDir: dir, Join: true}, nil)
	if err != nil {
		t.Fatalf("after the first was killed: %v", err)
	}
	defer own.Close()
	if own.emb == nil {
		t.Error("the file of a process that is gone was believed")
	}
	n := 0
	if err := own.EachRun(ctx, "kreis-musterau", schemas.RunAudit, func(string, string, time.Time, []byte) error { n++; return nil }); err != nil || n != 1 {
		t.Errorf("%d events written through the first process, %v, want 1", n, err)
	}
}

// TestEnter: who comes while another process is just ending, with the lock and no door any more, waits for it and opens the store itself.
func TestEnter(t *testing.T) {
	dir := t.TempDir()
	lock, err := lockDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	once := sync.OnceFunc(func() {
		if err := lock.release(); err != nil {
			t.Error(err)
		}
	})
	b, err := Open(t.Context(), Config{DataDir: dir, Join: true}, slog.New(hearing(once)))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if b.joined != nil {
		t.Error("a guest of nobody")
	}
}

// hearing is called for every line of the log.
type hearing func()

func (h hearing) Enabled(context.Context, slog.Level) bool  { return true }
func (h hearing) Handle(context.Context, slog.Record) error { h(); return nil }
func (h hearing) WithAttrs([]slog.Attr) slog.Handler        { return h }
func (h hearing) WithGroup(string) slog.Handler             { return h }
