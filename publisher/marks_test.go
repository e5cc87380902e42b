package publisher

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// A store that lost something is refused until its loss is accepted, and is whole again from then on.
func TestAcceptLoss(t *testing.T) {
	dir := t.TempDir()
	open := func(damaged bool) (*Bus, error) {
		return Open(t.Context(), Config{DataDir: dir, Damaged: damaged}, new(logLines).logger())
	}
	b, err := open(false)
	mustDo(t, err)
	fillStore(t, b)
	b.Close()

	mustDo(t, os.RemoveAll(filepath.Join(dir, "jetstream", "$G", "streams", schemas.StreamPress)))
	for range 2 { // a refusal changes nothing
		_, err = open(false)
		wantKind(t, err, schemas.KindStorage, "stream PRESS", "gone", "12 messages", "backup")
	}
	b, err = open(true)
	mustDo(t, err)
	wantKind(t, b.DamageError("status"), schemas.KindStorage, "PRESS")
	if n := len(b.Damage()); n != 1 {
		t.Errorf("%d findings, want 1: %v", n, b.Damage())
	}
	if _, err := b.Mark(t.Context()); err == nil {
		t.Error("a damaged store was marked as if it were whole")
	}
	mustDo(t, b.AcceptLoss(t.Context()))
	b.Close()

	b, err = open(false)
	mustDo(t, err)
	defer b.Close()
	if ev := publishVersion(t, b, testSource, 1, 0); ev.Sequence != 13 {
		t.Errorf("sequence %d is given a second time: the stream ended at 12", ev.Sequence)
	}
	if last, err := b.Mark(t.Context()); err != nil || last[schemas.StreamPress] != 13 || last[schemas.StreamRaw] != 7 {
		t.Errorf("marks %v, %v", last, err)
	}
}

// An archive that was cut goes on behind its old end: what is archived next is newer than all that was read before.
func TestAcceptShortArchive(t *testing.T) {
	dir := t.TempDir()
	b, err := Open(t.Context(), Config{DataDir: dir}, testLog(t))
	mustDo(t, err)
	for i := range 9 {
		mustAppend(t, b, testSnapshot(i, "x"))
	}
	b.Close()
	msgs := filepath.Join(dir, "jetstream", "$G", "streams", schemas.StreamRaw, "msgs")
	data, err := os.ReadFile(filepath.Join(msgs, "1.blk"))
	mustDo(t, err)
	overwrite(t, filepath.Join(msgs, "1.blk"), data[:len(data)/2])
	mustDo(t, os.Remove(filepath.Join(msgs, "index.db")))
	_, err = Open(t.Context(), Config{DataDir: dir}, new(logLines).logger())
	wantKind(t, err, schemas.KindStorage, "PRESS_RAW", "but 9 was written")
	b, err = Open(t.Context(), Config{DataDir: dir, Damaged: true}, new(logLines).logger())
	mustDo(t, err)
	mustDo(t, b.AcceptLoss(t.Context()))
	if seq := mustAppend(t, b, testSnapshot(10, "neu")); seq != 10 {
		t.Errorf("the next snapshot has sequence %d, want 10", seq)
	}
	b.Close()
	b, err = Open(t.Context(), Config{DataDir: dir}, testLog(t))
	mustDo(t, err)
	defer b.Close()
	n := 0
	mustDo(t, b.EachSnapshot(t.Context(), RawFilter{}, func(uint64, *schemas.Snapshot, error) error { n++; return nil }))
	if n < 2 || n > 9 {
		t.Errorf("%d snapshots", n)
	}
}

// Messages that are missing because somebody purged them are a loss until it is accepted; then only a further one is.
func TestMissingMessages(t *testing.T) {
	s := testServer(t)
	cfg := Config{URL: s.ClientURL(), ManageStreams: true}
	b := openURL(t, cfg)
	fillStore(t, b)
	stream, err := b.stream(t.Context(), schemas.StreamRaw)
	mustDo(t, err)
	for _, seq := range []uint64{2, 5} {
		mustDo(t, stream.DeleteMsg(t.Context(), seq))
		_, err = b.Mark(t.Context())
		wantKind(t, err, schemas.KindStorage, "1 of 7 messages are missing")
		_, err = Open(t.Context(), cfg, nil)
		wantKind(t, err, schemas.KindStorage, "PRESS_RAW", "1 of 7 messages are missing")
		mustDo(t, b.AcceptLoss(t.Context()))
		_, err = b.Mark(t.Context())
		mustDo(t, err)
	}
	openURL(t, cfg)
}

// A key that is damaged is named by whoever reads it, and a first message is never written over one that cannot be read.
func TestDamagedMessageIsNotNone(t *testing.T) {
	dir := t.TempDir()
	b, err := Open(t.Context(), Config{DataDir: dir}, testLog(t))
	mustDo(t, err)
	fillStore(t, b)
	b.Close()
	for _, stream := range []string{schemas.StreamPress, streamPages} {
		f := filepath.Join(dir, "jetstream", "$G", "streams", stream, "msgs", "1.blk")
		data, err := os.ReadFile(f)
		mustDo(t, err)
		overwrite(t, f, flipped(data, 150))
	}
	b, err = Open(t.Context(), Config{DataDir: dir}, new(logLines).logger())
	mustDo(t, err)
	defer b.Close()
	_, _, err = b.Pages().Get(t.Context(), testSource.ID, "seite0")
	wantKind(t, err, schemas.KindStorage, "press_pages", "seite0", "damaged", "backup")
	_, err = b.Replay(t.Context(), Filter{}, func(*schemas.Event) error { return nil })
	wantKind(t, err, schemas.KindStorage, "stream PRESS", "1 of 12 messages", "damaged")
	_, err = b.Replay(t.Context(), Filter{Source: testSource.ID}, func(*schemas.Event) error { return nil })
	wantKind(t, err, schemas.KindStorage, "stream PRESS", "1 of 12 messages", "damaged")
	wantKind(t, b.Pages().Each(t.Context(), "", func(string, schemas.PageState, uint64) error { return nil }), schemas.KindStorage, "1 of 6")
}
