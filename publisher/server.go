package publisher

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/schemas"
)

// embedded is a NATS server inside the process: JetStream on files, every message synced before it is acknowledged. Other processes of the
// same user reach it through a loopback listener, see door.
type embedded struct {
	mu     sync.Mutex // guards srv
	srv    *server.Server
	lock   *dirLock
	dir    string
	token  string // what clients show, those of this process too
	limit  int64
	log    *slog.Logger
	failed func(error)
	end    func() // shuts the server down and waits until every file is closed
}

const startTimeout = 60 * time.Second // recovering a large store takes a while: 300,000 subjects take 0.65 s

// startEmbedded starts the server; failed is called when it can no longer write, which its clients would only notice as silence.
func startEmbedded(cfg Config, log *slog.Logger, failed func(error)) (*embedded, error) {
	dir := cfg.DataDir
	if dir == "" {
		return nil, &schemas.Error{Op: "open", Kind: schemas.KindInvalid, Err: errors.New("no data directory"), Hint: HintNoPlace}
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, storageError("open", dir, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, storageError("open", dir, err)
	}
	lock, err := lockDir(dir)
	if err != nil {
		return nil, err
	}
	if err := probe(dir); err != nil {
		_ = lock.release()
		return nil, storageError("open", dir, err)
	}
	closeDoor(dir)
	e := &embedded{lock: lock, dir: dir, token: rand.Text(), limit: cfg.MaxStore, log: log, failed: failed}
	e.end = e.shutdown
	if err := e.boot(server.RANDOM_PORT); err != nil {
		e.stop()
		return nil, err
	}
	return e, nil
}

// boot starts the server on a port and says how others reach it.
func (e *embedded) boot(port int) error {
	opts := serverOptions(e.dir, e.token, e.limit)
	opts.Port = port
	srv, err := server.NewServer(opts)
	if err != nil {
		return storageError("open", e.dir, err)
	}
	slogged := &serverLog{log: e.log, critical: func(why string) {
		e.failed(&schemas.Error{Op: "store", Thing: e.dir, Kind: schemas.KindStorage, Err: errors.New(why), Hint: hintCritical(why)})
	}}
	srv.SetLoggerV2(slogged, false, false, false)
	e.mu.Lock()
	e.srv = srv
	e.mu.Unlock()
	srv.Start()
	// Start returns when everything is recovered, or early after a fatal log line.
	if why := slogged.fatal(); why != "" || !srv.ReadyForConnections(startTimeout) {
		return storageError("open", e.dir, errors.New(cmp.Or(why, "the embedded NATS server did not start")))
	}
	if err := openDoor(e.dir, door{URL: srv.ClientURL(), Token: e.token, PID: os.Getpid()}); err != nil {
		return storageError("open", e.dir, err)
	}
	return nil
}

func (e *embedded) server() *server.Server {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.srv
}

// InProcessConn is nats.InProcessConnProvider: a connection that is made anew leads to the server that runs now.
func (e *embedded) InProcessConn() (net.Conn, error) { return e.server().InProcessConn() }

func (e *embedded) shutdown() {
	if srv := e.server(); srv != nil {
		srv.Shutdown()
		srv.WaitForShutdown()
	}
}

// restart ends the server and starts it anew on the same directory and port, so that all clients find it again.
func (e *embedded) restart() error {
	port := server.RANDOM_PORT
	if a, ok := e.server().Addr().(*net.TCPAddr); ok {
		port = a.Port
	}
	e.shutdown()
	return e.boot(port)
}

// serverOptions are those of an embedded server on dir.
func serverOptions(dir, token string, limit int64) *server.Options {
	if limit <= 0 {
		// Without a limit of its own the server takes three quarters of what is free now; the disk is the limit, and Healthz tells.
		limit = 1 << 50
	}
	return &server.Options{
		ServerName:        "kreispresse",
		Host:              "127.0.0.1",
		Port:              server.RANDOM_PORT,
		Authorization:     token,
		NoSigs:            true, // signals are main's business
		JetStream:         true,
		StoreDir:          dir,
		SyncAlways:        true, // anything less loses acknowledged messages at a power cut
		JetStreamMaxStore: limit,
		// All of a process goes through one connection, and two dozen readers have each 2 MiB on their way: when the processors are busy with
		// other things that comes near the default of 64 MiB, at which the connection is cut.
		MaxPending: 512 << 20,
	}
}

// holds reports whether the directory of a stream's messages exists.
func (e *embedded) holds(stream string) bool {
	_, err := os.Stat(filepath.Join(e.dir, "jetstream", server.DEFAULT_GLOBAL_ACCOUNT, "streams", stream, "msgs"))
	return err == nil
}

// intact is an error when the data directory, or that of a stream, was removed or replaced under the server: what it writes then goes
// into files that nobody will find again, and it does not notice.
func (e *embedded) intact(stream string) error {
	switch {
	case !e.lock.holds():
		return e.removed("the data directory was removed or replaced while it was in use")
	case !e.holds(stream):
		return e.removed("the directory of stream " + stream + " was removed while it was in use")
	}
	return nil
}

func (e *embedded) removed(what string) error {
	return &schemas.Error{
		Op: "store", Thing: e.dir, Kind: schemas.KindStorage, Err: errors.New(what),
		Hint: "restore it from a backup, or start anew: what was stored since is lost",
	}
}

// probe writes, syncs and removes a file, so that a full or read-only directory is told at the start and not by silence later.
func probe(dir string) error {
	f, err := os.CreateTemp(dir, "probe-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(make([]byte, 256<<10))
	return errors.Join(err, f.Sync(), f.Close())
}

// hintCritical is the way out of a write error by its wording.
func hintCritical(why string) string {
	if strings.Contains(why, "corrupt") || strings.Contains(why, "checksum") {
		return "the store is damaged: restore a backup, or verify it and mend what can be mended"
	}
	return hintStorage
}

// stop shuts the server down, waits until every file is closed, and releases the directory. A server that is stuck, on a disk that does
// not answer, is left behind: false. It keeps the directory until the process ends.
func (e *embedded) stop() bool {
	done := make(chan struct{})
	go func() {
		defer close(done)
		closeDoor(e.dir)
		e.end()
		_ = e.lock.release()
	}()
	t := time.NewTimer(stopTimeout)
	defer t.Stop()
	select {
	case <-done:
		return true
	case <-t.C:
		return false
	}
}

// unhealthy says in one line what is wrong with the store, "" when nothing is. A full disk gives no error to a publisher, only silence.
func (e *embedded) unhealthy() string {
	if err := probe(e.dir); err != nil {
		return storageError("", "", err).(*schemas.Error).Err.Error()
	}
	h := e.server().Healthz(&server.HealthzOptions{})
	if h == nil || h.Status == "ok" || h.Error == "" {
		return ""
	}
	return h.Error
}

// storageError is an error with the data directory: one line, without the path doubled.
func storageError(op, dir string, err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		if pe.Path != dir && filepath.Base(pe.Path) != lockFile && !strings.Contains(pe.Path, "probe-") {
			err = fmt.Errorf("%s: %w", pe.Path, pe.Err)
		} else {
			err = pe.Err
		}
	}
	e := classify(op, dir, err)
	e.Kind = schemas.KindStorage
	e.Hint = HintWritable
	return e
}
