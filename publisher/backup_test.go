package publisher

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/jsm.go"
	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// fillNumbered archives and publishes n releases, numbered from first.
func fillNumbered(t *testing.T, b *Bus, first, n int) {
	t.Helper()
	for i := first; i < first+n; i++ {
		s := testSnapshot(i, fmt.Sprintf("Seite %d", i))
		if _, err := b.Append(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		if _, _, err := publishRelease(t.Context(), b, testRelease(s, fmt.Sprintf("Text %d", i))); err != nil {
			t.Fatal(err)
		}
	}
}

// whole reads a store from end to end and wants no damage in it; it returns the number of events.
func whole(t *testing.T, b *Bus) int {
	t.Helper()
	v, err := b.Verify(t.Context(), func(f Finding) { t.Errorf("%s: %s", f.Stream, f.What) })
	if err != nil {
		t.Fatal(err)
	}
	_ = v
	n, err := b.Count(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestBackupRestore copies a store while it is written to, and restores it: into a new directory, into a cluster with three copies, and
// from there back. Each time it is whole and goes on.
func TestBackupRestore(t *testing.T) {
	b := openTest(t)
	fillNumbered(t, b, 0, 60)
	body := make([]byte, 3<<20) // larger than a message may be, whatever zstd does
	_, _ = rand.NewChaCha8([32]byte{1}).Read(body)
	big := testSnapshot(1000, string(body))
	if _, err := b.Append(t.Context(), big); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "deep", "backup")
	ctx, stop := context.WithCancel(t.Context())
	written := make(chan struct{})
	go func() {
		defer close(written)
		for i := 100; ctx.Err() == nil; i++ {
			s := testSnapshot(i, fmt.Sprintf("Seite %d", i))
			if _, err := b.Append(ctx, s); err != nil {
				return
			}
			if _, _, err := publishRelease(ctx, b, testRelease(s, fmt.Sprintf("Text %d", i))); err != nil {
				return
			}
		}
	}()
	made, err := b.Backup(t.Context(), dir)
	stop()
	<-written
	if err != nil {
		t.Fatal(err)
	}
	if at, err := b.LastBackup(t.Context()); err != nil || !at.Equal(made.Made) {
		t.Errorf("the last backup was made %v (%v), want %v", at, err, made.Made)
	}

	fresh := t.TempDir()
	if _, err := Restore(t.Context(), Config{DataDir: fresh}, dir, testLog(t)); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, func(c *Config) { c.DataDir = fresh })
	if n := whole(t, again); n < 60 {
		t.Errorf("%d events after the restore, want at least 60", n)
	}
	fillNumbered(t, again, 5000, 3)

	_, urls := testCluster(t)
	if _, err := Restore(t.Context(), Config{URL: urls}, dir, testLog(t)); err != nil {
		t.Fatal(err)
	}
	cluster := openTest(t, func(c *Config) { c.URL, c.ManageStreams = urls, true })
	st, err := cluster.Status(t.Context())
	if err != nil || st.Streams[0].Replicas != clusterCopies {
		t.Errorf("%+v, %v, want %d copies", st, err, clusterCopies)
	}
	fillNumbered(t, cluster, 6000, 3)
	n := whole(t, cluster)
	back := filepath.Join(t.TempDir(), "back")
	if _, err := cluster.Backup(t.Context(), back); err != nil {
		t.Fatal(err)
	}
	single := t.TempDir()
	if _, err := Restore(t.Context(), Config{DataDir: single}, back, testLog(t)); err != nil {
		t.Fatal(err)
	}
	if m := whole(t, openTest(t, func(c *Config) { c.DataDir = single })); m != n {
		t.Errorf("%d events came back from the cluster, want %d", m, n)
	}
}

// TestBackupRefused: what would overwrite or mix something is refused, and so is a backup that is not what was written.
func TestBackupRefused(t *testing.T) {
	b := openTest(t)
	fillNumbered(t, b, 0, 5)
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := b.Backup(t.Context(), full)
	wantKind(t, err, schemas.KindInvalid, full, "not empty")

	dir := filepath.Join(t.TempDir(), "backup")
	if _, err := b.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	used := t.TempDir()
	own := openTest(t, func(c *Config) { c.DataDir = used })
	own.Close()
	_, err = Restore(t.Context(), Config{DataDir: used}, dir, testLog(t))
	wantKind(t, err, schemas.KindConflict, "is there already", "new data directory")
	_, err = Restore(t.Context(), Config{DataDir: t.TempDir()}, t.TempDir(), testLog(t))
	wantKind(t, err, schemas.KindNotFound, backupFile)

	for _, name := range []string{"streams/PRESS/backup.json", "streams/PRESS_RAW/stream.arc.s2"} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		flipped := append([]byte(nil), text...)
		flipped[len(flipped)/2] ^= 1
		if err := os.WriteFile(file, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		target := t.TempDir()
		_, err = Restore(t.Context(), Config{DataDir: target}, dir, testLog(t))
		wantKind(t, err, schemas.KindStorage, filepath.Base(file), "is not what was written")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBackupWhileErasing: what is erased while a backup is made is gone from what is restored, too, and its gaps are no damage there.
func TestBackupWhileErasing(t *testing.T) {
	b := openTest(t)
	fillNumbered(t, b, 0, 30)
	expire := func(seqs ...uint64) {
		t.Helper()
		gone := map[string][]schemas.Range{schemas.StreamRaw: schemas.Ranges(seqs)}
		mustDo(t, b.erase(t.Context(), erasure{Source: testSource.ID, Event: schemas.RunExpired, Receipt: []byte(`{"messages":1}`), Gone: gone}))
	}
	expire(3, 7)
	dir := t.TempDir()
	part := filepath.Join(dir, "part")
	manager, err := jsm.New(b.nc, jsm.WithTimeout(requestTimeout))
	mustDo(t, err)
	made := &Backup{Made: time.Now().UTC()}
	for _, name := range backupOrder() {
		if name == schemas.StreamRaw {
			expire(9, 10) // after its account was copied
		}
		s, err := b.backupStream(t.Context(), manager, name, filepath.Join(part, streamsDir, name))
		mustDo(t, err)
		made.Streams = append(made.Streams, s)
	}
	expire(20) // after the stream was copied
	mustDo(t, b.writeBackup(t.Context(), part, made))

	fresh := t.TempDir()
	_, err = Restore(t.Context(), Config{DataDir: fresh}, part, testLog(t))
	mustDo(t, err)
	again := openTest(t, func(c *Config) { c.DataDir = fresh })
	whole(t, again)
	missing, err := again.missing(t.Context(), schemas.StreamRaw)
	if want := []schemas.Range{{3, 3}, {7, 7}, {9, 10}, {20, 20}}; err != nil || fmt.Sprint(missing) != fmt.Sprint(want) {
		t.Errorf("%v are missing, %v, want %v", missing, err, want)
	}
	mustAppend(t, again, testSnapshot(99, "neu"))
	_, err = again.Mark(t.Context())
	mustDo(t, err)
	deleteUnasked(t, again, schemas.StreamRaw, 12)
	_, err = again.Mark(t.Context())
	wantKind(t, err, schemas.KindStorage, "1 of 31 messages are missing")
}

// TestVerifyReceipts: what has a receipt and is there again is named.
func TestVerifyReceipts(t *testing.T) {
	b := openTest(t)
	fillNumbered(t, b, 0, 5)
	text := []byte(`{"gone":{"PRESS_RAW":[[2,3]]}}`)
	_, err := b.PublishRun(t.Context(), testSource.ID, schemas.RunExpired, json.RawMessage(text))
	mustDo(t, err)
	var found []Finding
	v, err := b.Verify(t.Context(), func(f Finding) { found = append(found, f) })
	if err != nil || v.Receipts != 1 || len(found) != 1 || found[0].Sequence != 2 || found[0].Stream != schemas.StreamRaw {
		t.Errorf("%+v, %+v, %v", v, found, err)
	}
}

// TestBackupForOthers: what we made is restored as `nats account restore` does it, and what `nats account backup` made we restore.
func TestBackupForOthers(t *testing.T) {
	b := openTest(t)
	_, rec := threeVersions(t, b)
	mustDo(t, b.Erase(t.Context(), testSource, rec))
	dir := filepath.Join(t.TempDir(), "backup")
	_, err := b.Backup(t.Context(), dir)
	mustDo(t, err)

	server := testServer(t)
	nc, err := nats.Connect(server.ClientURL())
	mustDo(t, err)
	defer nc.Close()
	manager, err := jsm.New(nc, jsm.WithTimeout(requestTimeout))
	mustDo(t, err)
	entries, err := os.ReadDir(filepath.Join(dir, "streams"))
	mustDo(t, err)
	for _, e := range entries { // each entry is a stream, or it refuses the directory
		one := filepath.Join(dir, "streams", e.Name())
		_, err := os.Stat(filepath.Join(one, "backup.json"))
		mustDo(t, err)
		_, _, err = manager.RestoreSnapshotFromDirectory(t.Context(), e.Name(), one)
		mustDo(t, err)
	}
	theirs := openURL(t, Config{URL: server.ClientURL(), ManageStreams: true})
	if n := whole(t, theirs); len(entries) != len(backupOrder()) || n != 6 {
		t.Errorf("%d streams, %d events", len(entries), n)
	}
	fillNumbered(t, theirs, 500, 3)
	_, err = theirs.Mark(t.Context())
	mustDo(t, err)

	account := t.TempDir()
	for _, name := range backupOrder() {
		s, err := manager.LoadStream(name)
		mustDo(t, err)
		_, err = s.SnapshotToDirectory(t.Context(), filepath.Join(account, name), jsm.SnapshotConsumers())
		mustDo(t, err)
	}
	fresh := t.TempDir()
	made, err := Restore(t.Context(), Config{DataDir: fresh}, account, testLog(t))
	if err != nil || made.Made.IsZero() {
		t.Fatalf("%+v, %v", made, err)
	}
	if n := whole(t, openTest(t, func(c *Config) { c.DataDir = fresh })); n != 9 {
		t.Errorf("%d events came back, want 9", n)
	}
	mustDo(t, os.RemoveAll(filepath.Join(account, schemas.StreamRaw)))
	_, err = Restore(t.Context(), Config{DataDir: t.TempDir()}, account, testLog(t))
	wantKind(t, err, schemas.KindStorage, "stream PRESS_RAW", "belong together")
}
