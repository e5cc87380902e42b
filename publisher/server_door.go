package publisher

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// doorFile stands in the data directory of a running embedded server and tells how other processes of the same user reach it.
const doorFile = "server.json"

// door is how an embedded server is reached from another process on this machine: a loopback address that the kernel chose, and a token
// that only the owner of the data directory can read.
type door struct {
	URL   string `json:"url"`
	Token string `json:"token"`
	PID   int    `json:"pid"`
}

// closeDoor takes away what an earlier process left.
func closeDoor(dir string) { _ = os.Remove(filepath.Join(dir, doorFile)) }

// openDoor writes the file in one step, readable by its owner only.
func openDoor(dir string, d door) error {
	b, err := json.Marshal(d)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "probe-*") // made with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err = f.Write(append(b, '\n')); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(dir, doorFile))
}

// findDoor reads how the server that uses dir is reached.
func findDoor(dir string) (door, error) {
	var d door
	b, err := os.ReadFile(filepath.Join(dir, doorFile))
	if err != nil {
		return d, err
	}
	if err = json.Unmarshal(b, &d); err == nil && (d.URL == "" || d.Token == "") {
		err = fmt.Errorf("%s names no address", doorFile)
	}
	return d, err
}

// ajar is how long a process that starts or ends may have the data directory and no door.
const ajar = 2 * time.Second

// enter uses a data directory that another process has: as its guest or, when that process was just ending, as its owner. Between two
// commands the lock may also outlive its process for a moment, in a child that was being started.
func (b *Bus) enter(ctx context.Context, locked error) error {
	for deadline := time.Now().Add(ajar); ; {
		err := b.join(locked)
		if err == nil || time.Now().After(deadline) {
			return err
		}
		b.log.Debug("the data directory is in use, and nobody says how to reach its owner yet", "directory", b.cfg.DataDir)
		if pause(ctx, firstPause) != nil {
			return err
		}
		emb, again := startEmbedded(b.cfg, b.log, b.failed)
		if schemas.KindOf(again) != schemas.KindLocked {
			b.emb = emb
			return again
		}
	}
}

// join makes b a client of the server that another process runs on the data directory; locked is why there can be no second one.
func (b *Bus) join(locked error) error {
	d, err := findDoor(b.cfg.DataDir)
	if err != nil {
		return &schemas.Error{
			Op: "open", Kind: schemas.KindLocked, Err: fmt.Errorf("%w, and does not say how to reach it", errors.Unwrap(locked)),
			Hint: "it may be starting or ending: try again in a moment",
		}
	}
	b.joined, b.cfg.URL, b.cfg.Token, b.cfg.ManageStreams = &d, d.URL, d.Token, false
	return nil
}
