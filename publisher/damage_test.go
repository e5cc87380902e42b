package publisher

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/schemas"
)

// fillStore writes something to every stream: releases with corrections, pages (one in the object store), page states, memories, hosts,
// a manifest.
func fillStore(t testing.TB, b *Bus) {
	t.Helper()
	ctx := t.Context()
	for i := range 6 {
		s := testSnapshot(i, fmt.Sprintf("Seite %d", i))
		seq := mustAppend(t, b, s)
		publishVersion(t, b, testSource, i, 0)
		publishVersion(t, b, testSource, i, 1)
		if _, err := b.Pages().Put(ctx, testSource.ID, fmt.Sprintf("seite%d", i), schemas.PageState{URL: s.URL, RawSequence: seq}, 0); err != nil {
			t.Fatal(err)
		}
	}
	noise := make([]byte, 3<<20)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(noise)
	mustAppend(t, b, testSnapshot(7, string(noise)))
	if _, err := b.Sources().Put(ctx, testSource.ID+".line", memory{Cursor: 7}, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Hosts().Put(ctx, "www.kreis-musterau.de", schemas.HostState{LastRequest: time.Unix(1e9, 0).UTC()}, 0); err != nil {
		t.Fatal(err)
	}
	last, err := b.Mark(ctx)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(map[string]any{"run": "1", "streams": last})
	if err != nil {
		t.Fatal(err)
	}
	m := nats.NewMsg(schemas.RunSubject(testSource.ID, "extracted"))
	m.Data = manifest
	if _, err := b.publish(ctx, schemas.StreamRuns, m, 0); err != nil {
		t.Fatal(err)
	}
}

// readStore reads everything that fillStore wrote.
func readStore(ctx context.Context, b *Bus) (all map[string]string, err error) {
	all = make(map[string]string)
	note := func(key string, v any) error {
		j, err := json.Marshal(v)
		all[key] = string(j)
		return err
	}
	_, err = b.Replay(ctx, Filter{}, func(e *schemas.Event) error { return note(fmt.Sprint("event ", e.Sequence), e) })
	errs := []error{err}
	_, err = b.Replay(ctx, Filter{Last: true, Source: testSource.ID}, func(e *schemas.Event) error { return note("current "+e.Subject, e.Sequence) })
	errs = append(errs, err, b.EachSnapshot(ctx, RawFilter{}, func(seq uint64, s *schemas.Snapshot, err error) error {
		if err != nil {
			return err
		}
		return note(fmt.Sprint("snapshot ", seq), s.Digest())
	}))
	errs = append(errs, b.Pages().Each(ctx, "", func(page string, st schemas.PageState, _ uint64) error { return note("page "+page, st) }))
	for i := range 6 {
		_, _, err := b.Pages().Get(ctx, testSource.ID, fmt.Sprintf("seite%d", i))
		errs = append(errs, err)
	}
	var m memory
	_, err1 := b.Sources().Get(ctx, testSource.ID+".line", &m)
	h, _, err2 := b.Hosts().Get(ctx, "www.kreis-musterau.de")
	errs = append(errs, err1, err2, note("line", m), note("host", h))
	r, err := b.open(ctx, reading{stream: schemas.StreamRuns, subject: schemas.SubjectsRun, stop: true})
	if err != nil {
		return all, errors.Join(append(errs, err)...)
	}
	defer r.close()
	errs = append(errs, r.each(ctx, func(m *stored) error { return note(fmt.Sprint("run ", m.seq), m.data) }))
	return all, errors.Join(errs...)
}

// damage is what can happen to a file.
type damage struct {
	name string
	do   func(t *testing.T, file string, data []byte)
}

var damages = []damage{
	{"flip first", func(t *testing.T, f string, b []byte) { overwrite(t, f, flipped(b, len(b)/10)) }},
	{"flip middle", func(t *testing.T, f string, b []byte) { overwrite(t, f, flipped(b, len(b)/2)) }},
	{"flip last", func(t *testing.T, f string, b []byte) { overwrite(t, f, flipped(b, len(b)-3)) }},
	{"zero", func(t *testing.T, f string, b []byte) { overwrite(t, f, make([]byte, len(b))) }},
	{"zero some", func(t *testing.T, f string, b []byte) { clear(b[len(b)/3 : len(b)/2]); overwrite(t, f, b) }},
	{"truncate", func(t *testing.T, f string, b []byte) { overwrite(t, f, b[:len(b)/2]) }},
	{"empty", func(t *testing.T, f string, b []byte) { overwrite(t, f, nil) }},
	{"delete", func(t *testing.T, f string, _ []byte) { mustDo(t, os.Remove(f)) }},
	{"flip, no index", func(t *testing.T, f string, b []byte) {
		overwrite(t, f, flipped(b, len(b)/2))
		_ = os.Remove(filepath.Join(filepath.Dir(f), "index.db"))
	}},
	{"directory gone", func(t *testing.T, f string, _ []byte) { mustDo(t, os.RemoveAll(filepath.Dir(f))) }},
}

func flipped(b []byte, at int) []byte { b = bytes.Clone(b); b[max(at, 0)] ^= 1; return b }

func overwrite(t *testing.T, f string, b []byte) {
	t.Helper()
	mustDo(t, os.WriteFile(f, b, 0o600))
}

func mustDo(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestDamage does every damage to every file of a store: afterwards all is right, or the store is refused, or reading names the damage.
// Nothing is ever read as "nothing there". The table is printed with -v.
func TestDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("a few hundred stores")
	}
	whole := filepath.Join(t.TempDir(), "whole")
	b, err := Open(t.Context(), Config{DataDir: whole}, testLog(t))
	mustDo(t, err)
	fillStore(t, b)
	want, err := readStore(t.Context(), b)
	mustDo(t, err)
	b.Close()
	files := storeFiles(t, whole)
	if len(files) < 25 {
		t.Fatalf("only %d files: %v", len(files), files)
	}
	type cell struct{ file, damage, what string }
	var cells []*cell
	var g errgroup.Group
	g.SetLimit(4) // most of the time is waiting
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(whole, file))
		mustDo(t, err)
		for _, d := range damages {
			if !applies(d.name, file, len(data)) {
				continue
			}
			c := &cell{file: file, damage: d.name}
			cells = append(cells, c)
			g.Go(func() error {
				dir := filepath.Join(t.TempDir(), "store")
				mustDo(t, os.CopyFS(dir, os.DirFS(whole)))
				d.do(t, filepath.Join(dir, file), bytes.Clone(data))
				c.what = judgeStore(t, dir, want)
				return os.RemoveAll(dir)
			})
		}
	}
	mustDo(t, g.Wait())
	var table strings.Builder
	for _, c := range cells {
		fmt.Fprintf(&table, "%-50s %-15s %s\n", strings.TrimPrefix(c.file, "jetstream/$G/streams/"), c.damage, c.what)
		if strings.HasPrefix(c.what, "SILENT") {
			t.Errorf("%s, %s: %s", c.file, c.damage, c.what)
		}
	}
	t.Logf("file, damage, what happens\n%s", table.String())
}

// TestDamageExternal: a server that is another process is looked at in the same way; its files are its own, so nothing is made anew there.
func TestDamageExternal(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole")
	b, err := Open(t.Context(), Config{DataDir: whole}, testLog(t))
	mustDo(t, err)
	fillStore(t, b)
	b.Close()
	for _, c := range []struct{ file, damage, want string }{
		{"PRESS/msgs/1.blk", "flip, no index", "stream PRESS: it ends at sequence"},
		{"PRESS_RAW/msgs/1.blk", "empty", "stream PRESS_RAW:"},
		{"PRESS/meta.inf", "zero", "stream PRESS: it is gone"},
		{"PRESS_RUNS/msgs/1.blk", "directory gone", "stream PRESS_RUNS:"},
		{"KV_press_pages/msgs/1.blk", "truncate", "stream KV_press_pages:"},
	} {
		dir := filepath.Join(t.TempDir(), "store")
		mustDo(t, os.CopyFS(dir, os.DirFS(whole)))
		file := filepath.Join(dir, "jetstream", "$G", "streams", c.file)
		data, err := os.ReadFile(file)
		mustDo(t, err)
		i := slices.IndexFunc(damages, func(d damage) bool { return d.name == c.damage })
		damages[i].do(t, file, data)
		s := testServer(t, func(o *server.Options) { o.StoreDir = dir })
		_, err = Open(t.Context(), Config{URL: s.ClientURL(), ManageStreams: true}, new(logLines).logger())
		wantKind(t, err, schemas.KindStorage, c.want, "restore a backup")
	}
}

// applies reports whether a damage can be done to a file of a size.
func applies(damage, file string, size int) bool {
	switch damage {
	case "directory gone":
		return file != lockFile // a store that is gone is a new one
	case "delete":
		return true
	case "flip, no index":
		return size > 0 && strings.HasSuffix(file, ".blk")
	}
	return size > 0
}

func storeFiles(t *testing.T, dir string) (files []string) {
	t.Helper()
	mustDo(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			path, err = filepath.Rel(dir, path)
			files = append(files, path)
		}
		return err
	}))
	return files
}

func judgeStore(t *testing.T, dir string, want map[string]string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), calm.Long)
	defer cancel()
	log := new(logLines)
	b, err := Open(ctx, Config{DataDir: dir, Patience: 3 * time.Second}, log.logger())
	if err != nil {
		if schemas.KindOf(err) != schemas.KindStorage {
			return "SILENT: an error of kind " + string(schemas.KindOf(err)) + ": " + err.Error()
		}
		return "refused: " + shortly(err, dir)
	}
	defer b.Close()
	got, err := readStore(ctx, b)
	lost := log.has("lost, it is found out anew")
	switch {
	case ctx.Err() != nil:
		return "SILENT: took too long"
	case err != nil && lost && schemas.KindOf(err) == schemas.KindNotFound:
		return "found out anew, with a word"
	case err != nil && schemas.KindOf(err) != schemas.KindStorage:
		return "SILENT: reading: " + string(schemas.KindOf(err)) + ": " + err.Error()
	case err != nil:
		return "noticed: " + shortly(err, dir)
	case !cmp.Equal(got, want) && !lost:
		return "SILENT: " + cmp.Diff(want, got)
	}
	return "right"
}

func shortly(err error, dir string) string {
	s, _, _ := strings.Cut(strings.ReplaceAll(err.Error(), dir, "…"), "\n")
	return s
}
