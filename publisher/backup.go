package publisher

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/jsm.go"
	"github.com/nats-io/jsm.go/api"

	"github.com/kreispresse/kreispresse/schemas"
)

// backupFile is what makes a directory of streams a backup of ours. Beside it lies streamsDir, which is what `nats account backup` makes: a
// directory a stream, and nothing else. So `nats account restore` can restore it, too.
const (
	backupFile = "kreispresse-backup.json"
	streamsDir = "streams"
)

// streamDir is where a stream lies in a backup. In older ones, and in those of `nats account backup`, the streams are not in a directory
// of their own.
func streamDir(dir, name string) string {
	if info, err := os.Stat(filepath.Join(dir, streamsDir)); err == nil && info.IsDir() {
		return filepath.Join(dir, streamsDir, name)
	}
	return filepath.Join(dir, name)
}

// Backup is what a backup holds.
type Backup struct {
	Made    time.Time      `json:"made"`
	Streams []StreamBackup `json:"streams"`

	// Gone is what was erased by the end of the copying, by stream: some of it may be in streams that were copied before, and some of the
	// copied account may be older than the copied gaps. Restore sees to both.
	Gone map[string][]schemas.Range `json:"gone,omitempty"`
}

// StreamBackup is one stream of a backup.
type StreamBackup struct {
	Name     string            `json:"name"`
	Messages uint64            `json:"messages"`
	First    uint64            `json:"first"` // sequences
	Last     uint64            `json:"last"`
	Bytes    int64             `json:"bytes"` // of its files
	Files    map[string]string `json:"files"` // SHA-256, by name
}

// backupOrder is the order in which streams are copied while everything goes on: what points at another stream comes before it. So a copy
// may hold a page whose state does not know it yet, which the next run mends, and never a state whose page is not there.
func backupOrder() []string {
	return []string{streamPages, streamSources, streamHosts, schemas.StreamRuns, schemas.StreamPress, schemas.StreamRaw, streamBodies}
}

// keyBackup is where the time of the last backup stands in press_sources.
const keyBackup = "_backup"

// Backup copies all streams into dir, which must not exist or be empty, while everything goes on, and reads what it wrote again. It is there
// whole or not at all. KindInvalid: dir holds something; KindStorage: it cannot be written, or the store is damaged.
func (b *Bus) Backup(ctx context.Context, dir string) (*Backup, error) {
	part, err := emptyBeside(dir)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(part)
	made := &Backup{Made: time.Now().UTC().Truncate(time.Second)}
	manager, err := jsm.New(b.nc, jsm.WithTimeout(requestTimeout))
	if err != nil {
		return nil, err
	}
	for _, name := range backupOrder() {
		s, err := b.backupStream(ctx, manager, name, filepath.Join(part, streamsDir, name))
		if err != nil {
			return nil, err
		}
		made.Streams = append(made.Streams, s)
	}
	if err := b.writeBackup(ctx, part, made); err != nil {
		return nil, err
	}
	if err := os.Rename(part, dir); err != nil {
		return nil, backupError(dir, err)
	}
	return made, b.noteBackup(ctx, made.Made)
}

// writeBackup writes the account of a backup whose streams are copied, and reads all of it again.
func (b *Bus) writeBackup(ctx context.Context, part string, made *Backup) (err error) {
	if made.Gone, err = b.everythingGone(ctx); err != nil {
		return err
	}
	text, err := json.MarshalIndent(made, "", "  ")
	if err != nil {
		return err
	}
	if err := writeSynced(filepath.Join(part, backupFile), text); err != nil {
		return backupError(part, err)
	}
	_, err = ReadBackup(part)
	return err
}

func (b *Bus) noteBackup(ctx context.Context, at time.Time) error {
	_, rev, err := b.Sources().get(ctx, keyBackup)
	if err != nil && schemas.KindOf(err) != schemas.KindNotFound {
		return err
	}
	_, err = b.Sources().Put(ctx, keyBackup, at, rev)
	return err
}

// LastBackup is when the last backup was made; zero when none was.
func (b *Bus) LastBackup(ctx context.Context) (at time.Time, err error) {
	if _, err = b.Sources().Get(ctx, keyBackup, &at); schemas.KindOf(err) == schemas.KindNotFound {
		err = nil
	}
	return at, err
}

// emptyBeside makes an empty directory beside dir, which is removed if it is empty itself.
func emptyBeside(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	switch {
	case err == nil && len(entries) > 0:
		return "", &schemas.Error{Op: "backup", Kind: schemas.KindInvalid, Thing: dir, Err: errors.New("not empty"), Hint: "name a new directory for each backup"}
	case err == nil:
		err = os.Remove(dir)
	case errors.Is(err, os.ErrNotExist):
		err = os.MkdirAll(filepath.Dir(dir), 0o700)
	}
	if err != nil {
		return "", backupError(dir, err)
	}
	part, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+".part-*")
	if err != nil {
		return "", backupError(dir, err)
	}
	return part, nil
}

func backupError(dir string, err error) error {
	e := storageError("backup", dir, err).(*schemas.Error) //nolint:errorlint // it is one
	e.Hint = "name a directory that can be written, with room for the whole store"
	return e
}

func (b *Bus) backupStream(ctx context.Context, manager *jsm.Manager, name, dir string) (StreamBackup, error) {
	ctx, stop := b.guarded(ctx, name)
	defer stop()
	fail := func(err error) (StreamBackup, error) {
		return StreamBackup{}, b.fail(ctx, "backup", "stream "+name, err)
	}
	s, err := manager.LoadStream(name)
	if err != nil {
		return fail(err)
	}
	if _, err := s.SnapshotToDirectory(ctx, dir, jsm.SnapshotHealthCheck()); err != nil {
		return fail(err)
	}
	meta, err := readMeta(dir)
	if err != nil {
		return fail(err)
	}
	out := StreamBackup{Name: name, Messages: meta.State.Msgs, First: meta.State.FirstSeq, Last: meta.State.LastSeq, Files: map[string]string{}}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fail(err)
	}
	for _, e := range entries {
		n, sum, err := sumFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return fail(err)
		}
		out.Bytes += n
		out.Files[e.Name()] = sum
	}
	return out, nil
}

// readMeta reads what the server said of a stream that it copied.
func readMeta(dir string) (meta api.JSApiStreamRestoreRequest, err error) {
	text, err := os.ReadFile(filepath.Join(dir, jsm.SnapshotMetaFile))
	if err != nil {
		return meta, err
	}
	return meta, json.Unmarshal(text, &meta)
}

// ReadBackup reads the account of a backup and checks each of its files against it. KindStorage: something is missing or changed.
func ReadBackup(dir string) (*Backup, error) {
	damaged := func(format string, args ...any) error {
		e := errorf(schemas.KindStorage, "backup", dir, format, args...)
		e.Hint = "take another backup: this one is damaged"
		return e
	}
	text, err := os.ReadFile(filepath.Join(dir, backupFile))
	if errors.Is(err, os.ErrNotExist) && hasStream(dir) {
		return foreignBackup(dir)
	}
	if errors.Is(err, os.ErrNotExist) {
		e := errorf(schemas.KindNotFound, "backup", dir, "no %s in it", backupFile)
		e.Hint = "name a directory that a backup was made in"
		return nil, e
	}
	if err != nil {
		return nil, backupError(dir, err)
	}
	var made Backup
	if err := json.Unmarshal(text, &made); err != nil || len(made.Streams) != len(backupOrder()) {
		return nil, damaged("%s cannot be read", backupFile)
	}
	for _, s := range made.Streams {
		for name, want := range s.Files {
			_, sum, err := sumFile(filepath.Join(streamDir(dir, s.Name), filepath.Base(name)))
			if err != nil {
				return nil, damaged("%w", err)
			}
			if sum != want {
				return nil, damaged("%s of stream %s is not what was written", name, s.Name)
			}
		}
	}
	return &made, nil
}

func hasStream(dir string) bool {
	_, err := os.Stat(filepath.Join(streamDir(dir, schemas.StreamPress), jsm.SnapshotMetaFile))
	return err == nil
}

// foreignBackup is what a directory holds that `nats account backup` has made. Its files have no hashes that they could be checked against.
func foreignBackup(dir string) (*Backup, error) {
	made := &Backup{}
	for _, name := range backupOrder() {
		meta, err := readMeta(streamDir(dir, name))
		if err != nil {
			e := errorf(schemas.KindStorage, "backup", dir, "stream %s: %w", name, err)
			e.Hint = "back up the whole account: all streams of kreispresse belong together"
			return nil, e
		}
		made.Streams = append(made.Streams, StreamBackup{Name: name, Messages: meta.State.Msgs, First: meta.State.FirstSeq, Last: meta.State.LastSeq})
		if meta.State.LastTime.After(made.Made) {
			made.Made = meta.State.LastTime
		}
	}
	return made, nil
}

// sumFile is the size and the SHA-256 of a file, which is on the disk when it returns.
func sumFile(name string) (int64, string, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return n, hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Sync())
}

func writeSynced(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(text, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}
