//go:build unix

package export_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// names are the files of a directory, hidden ones too.
func names(t *testing.T, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range list {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

// TestFile: the name is there when the file is whole, and what was there before stays until then.
func TestFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "x.csv")
	write := func(text string, force bool) *export.File {
		t.Helper()
		f, err := export.Create(name, force)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(text); err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := write("eins", false)
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there before it is whole: %v", err)
	}
	f.Abort()
	if got := names(t, dir); got != "" {
		t.Errorf("left behind: %s", got)
	}
	f = write("zwei", false)
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f.Abort() // as a deferred one does
	if b, _ := os.ReadFile(name); string(b) != "zwei" || names(t, dir) != "x.csv" || f.Size() != 4 {
		t.Errorf("%q in %s, %d bytes", b, names(t, dir), f.Size())
	}
	if _, err := export.Create(name, false); schemas.KindOf(err) != schemas.KindInvalid || !strings.Contains(err.Error(), "--force") {
		t.Errorf("an existing file: %v", err)
	}
	f = write("drei", true)
	if b, _ := os.ReadFile(name); string(b) != "zwei" {
		t.Errorf("%q before the new one is whole", b)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(name); string(b) != "drei" || names(t, dir) != "x.csv" {
		t.Errorf("%q in %s", b, names(t, dir))
	}
}

// TestFileOfLink: what a link leads to is replaced, the link stays.
func TestFileOfLink(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "a", "x.csv"), filepath.Join(dir, "x.csv")
	if err := errors.Join(os.Mkdir(filepath.Dir(target), 0o700), os.WriteFile(target, nil, 0o600), os.Symlink(target, link)); err != nil {
		t.Fatal(err)
	}
	f, err := export.Create(link, true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("neu"); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	b, _ := os.ReadFile(target)
	if to, err := os.Readlink(link); err != nil || to != target || string(b) != "neu" || names(t, filepath.Dir(target)) != "x.csv" {
		t.Errorf("%q, the link leads to %s: %v", b, to, err)
	}
}

// TestFileTaken: somebody else's file of that name, made meanwhile, is not replaced without --force.
func TestFileTaken(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.csv")
	f, err := export.Create(name, false)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Abort()
	if err := os.WriteFile(name, []byte("fremd"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); schemas.KindOf(err) != schemas.KindInvalid {
		t.Errorf("%v", err)
	}
	if b, _ := os.ReadFile(name); string(b) != "fremd" {
		t.Errorf("now %q", b)
	}
}

func TestFileRefuses(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{dir, filepath.Join(dir, "nix", "x.csv")} {
		if _, err := export.Create(name, true); schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := names(t, dir); got != "" {
		t.Errorf("left behind: %s", got)
	}
}

// TestPipe: a pipe is written to as it is.
func TestPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Skip(err)
	}
	got := make(chan string)
	go func() {
		b, _ := os.ReadFile(name)
		got <- string(b)
	}()
	f, err := export.Create(name, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("hindurch"); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f.Abort()
	if s := <-got; s != "hindurch" {
		t.Errorf("%q", s)
	}
	if info, err := os.Stat(name); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("the pipe is gone: %v", err)
	}
}

// breakingOff is a feed in the middle of which the user presses Ctrl-C.
type breakingOff struct {
	feed
	cancel func()
}

func (f *breakingOff) Replay(ctx context.Context, filter publisher.Filter, fn func(*schemas.Event) error) (int, error) {
	n := 0
	return f.feed.Replay(ctx, filter, func(ev *schemas.Event) error {
		if n++; n == 4 {
			f.cancel()
		}
		return errors.Join(fn(ev), ctx.Err())
	})
}

func (f *breakingOff) ReplayRaw(ctx context.Context, filter publisher.Filter, fn func(*schemas.Event, []byte) error) (int, error) {
	return f.Replay(ctx, filter, func(ev *schemas.Event) error {
		doc, err := json.Marshal(ev.Release)
		return errors.Join(err, fn(ev, doc))
	})
}

// TestBrokenOff: an export that is interrupted in the middle leaves nothing, neither of the output nor of what was put aside.
func TestBrokenOff(t *testing.T) {
	events := examples(t)
	for _, f := range export.Formats() {
		dir := t.TempDir()
		file, err := export.Create(filepath.Join(dir, "x"), false)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		broken := &breakingOff{feed{events, pagesOf(events)}, cancel}
		_, err = export.Run(ctx, broken, export.Filter{}, &f, export.Options{Temp: dir}, file)
		file.Abort()
		if got := names(t, dir); !errors.Is(err, context.Canceled) || got != "" {
			t.Errorf("%s: %v, left behind: %s", f.Name, err, got)
		}
	}
}

// TestDiskFull runs on a file system of a megabyte. It needs the right to mount one.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("may not mount: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	name := filepath.Join(dir, "x.jsonl")
	f, err := export.Create(name, false)
	if err != nil {
		t.Fatal(err)
	}
	events := examples(t)
	for range 10 {
		events = append(events, events...)
	}
	_, err = export.Run(t.Context(), &feed{events: events}, export.Filter{}, export.Find("jsonl"), export.Options{}, f)
	if err == nil {
		err = f.Commit()
	}
	f.Abort()
	if schemas.KindOf(err) != schemas.KindStorage || !strings.Contains(err.Error(), "no space left on device (nothing was left there") {
		t.Errorf("%v", err)
	}
	if got := names(t, dir); got != "" {
		t.Errorf("left behind: %s", got)
	}
}
