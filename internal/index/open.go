package index

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/gofrs/flock"
	_ "modernc.org/sqlite" // the driver
)

// FileName is that of the index in a data directory.
const FileName = "index.db"

// Names of meta.
const (
	metaVersion = "version"
	metaStream  = "stream" // when PRESS was created: which stream this is
	metaCursor  = "cursor" // sequence of the last event that is in
	metaEvent   = "event"  // its id and hash
	metaSecret  = "secret" // of the cursors of pages
	metaPurge   = "purge"  // what was erased is not overwritten yet
)

// Index is an index in a file. Its methods may be called by several goroutines at a time; one of them may follow.
type Index struct {
	path string
	most int // so many matches are counted
	log  *slog.Logger

	mu     sync.RWMutex // held for reading while somebody asks, for writing while the file is exchanged
	read   *sql.DB
	info   os.FileInfo // of the file that read has open
	secret []byte

	follow    sync.Mutex   // held by whoever brings the index up to date
	lock      *flock.Flock // nil: another process has it
	db        *sql.DB      // to write by; nil while the index is not followed
	w         *writer
	unwritten bool // the log holds what was erased, see writeBack
	tidiness  tidiness
	spoiled   chan struct{} // somebody met damage while he read
}

// Open opens the index in the file path, or makes it. The file is a projection of PRESS: one that is damaged, of another version or of
// another stream is made anew when it is followed. Nothing is read from PRESS yet: until CatchUp or Follow it answers with what it has.
func Open(ctx context.Context, path string, log *slog.Logger) (*Index, error) {
	x := &Index{path: path, most: maxTotal, log: log, spoiled: make(chan struct{}, 1)}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, x.fail("open", err)
	}
	if _, err := x.own(ctx); err != nil {
		return nil, err
	}
	return x, nil
}

// own takes the right to write, and makes the file fit to be written. False: another process has the right.
func (x *Index) own(ctx context.Context) (bool, error) {
	if x.w != nil {
		return true, nil
	}
	if x.lock == nil {
		l := flock.New(x.path + ".lock") // the file stays: removing it would race with whoever opens it
		if mine, err := l.TryLock(); err != nil || !mine {
			return false, x.fail("open", err)
		}
		x.lock = l
	}
	err := x.openWriter(ctx)
	if why := unfit(err); why != "" {
		x.log.Warn("the index is made anew", "file", x.path, "because", why)
		err = x.renew(ctx)
	}
	if err != nil {
		return false, x.fail("open", err)
	}
	return true, nil
}

// errVersion is met in a file of other tables.
var errVersion = errors.New("it is of another version")

// unfit says why a file cannot be used as it is and is to be made anew, "" when it can or when making it anew would not help.
func unfit(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, errVersion):
		return errVersion.Error()
	case isDamaged(err):
		return "it is damaged: " + err.Error()
	}
	return ""
}

// dsn addresses the file. What is deleted is overwritten with zeros, so that nothing of an erased release stays in free pages.
func dsn(path string, readOnly bool) string {
	if readOnly {
		return dsnOf(path, "busy_timeout(10000)", "query_only(1)", "cache_size(-16000)") + "&mode=ro"
	}
	return dsnOf(path, "busy_timeout(10000)", "secure_delete(1)", "synchronous(1)", "temp_store(2)", "cache_size(-32000)")
}

// dsnOf addresses a file with what is set for every connection to it.
func dsnOf(path string, pragmas ...string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: url.Values{"_pragma": pragmas}.Encode()}).String()
}

// openWriter opens the file to write, makes its tables when it is new, and looks whether it is one of ours.
func (x *Index) openWriter(ctx context.Context) (err error) {
	db, err := sql.Open("sqlite", dsn(x.path, false))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	x.db = db
	defer func() {
		if err != nil {
			err = errors.Join(err, x.closeWriter())
		}
	}()
	if x.w, err = newWriter(ctx, db); err != nil {
		return err
	}
	if _, err = x.w.conn.ExecContext(ctx, "PRAGMA page_size = 8192"); err != nil { // of a new file
		return err
	}
	var mode string
	if err = x.w.conn.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode); err != nil {
		return err
	}
	var tables int
	if err = x.w.conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if tables == 0 {
		return x.create(ctx)
	}
	return x.recognise(ctx)
}

// create makes the tables of a new file.
func (x *Index) create(ctx context.Context) error {
	secret := make([]byte, 16)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	return x.w.in(ctx, func() {
		if _, x.w.err = x.w.conn.ExecContext(ctx, tables+indexTables+ftsOptions); x.w.err != nil {
			return
		}
		x.w.setMeta(metaVersion, version)
		x.w.setMeta(metaSecret, hex.EncodeToString(secret))
	})
}

// ftsOptions let the full text gather more in memory before it writes a segment.
const ftsOptions = `
INSERT INTO search (search, rank) VALUES ('hashsize', 16000000);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
INSERT INTO heads (heads, rank) VALUES ('hashsize', 4000000);
INSERT INTO quote_search (quote_search, rank) VALUES ('hashsize', 4000000);
`

func (x *Index) recognise(ctx context.Context) error {
	var found string
	err := x.w.conn.QueryRowContext(ctx, "SELECT value FROM meta WHERE name = ?", metaVersion).Scan(&found)
	switch {
	case isDamaged(err):
		return err
	case err != nil || found != version: // no table of that name, or no such row
		return errors.Join(errVersion, ctx.Err())
	}
	return nil
}

func (x *Index) closeWriter() error {
	var errs []error
	if x.w != nil {
		errs = append(errs, x.w.close())
	}
	if x.db != nil {
		errs = append(errs, x.db.Close())
	}
	x.w, x.db = nil, nil
	return errors.Join(errs...)
}

// renew makes an empty index of the file. Those who have the old one open in other processes notice at their next question.
func (x *Index) renew(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closeReader()
	_ = x.closeWriter() // of a damaged file; it is removed
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(x.path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return x.openWriter(ctx)
}

// reader is the database to ask, with the lock that keeps it open; done gives that back.
func (x *Index) reader(ctx context.Context) (db *sql.DB, done func(), err error) {
	for {
		x.mu.RLock()
		if x.read != nil && x.current() {
			return x.read, x.mu.RUnlock, nil
		}
		x.mu.RUnlock()
		if err := x.openReader(ctx); err != nil {
			return nil, nil, err
		}
	}
}

// current reports whether the file that is open is still the one under its name.
func (x *Index) current() bool {
	info, err := os.Stat(x.path)
	return err == nil && os.SameFile(info, x.info)
}

func (x *Index) openReader(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.read != nil && x.current() {
		return nil
	}
	x.closeReader()
	info, err := os.Stat(x.path)
	if err != nil {
		return x.fail("open", err)
	}
	db, err := sql.Open("sqlite", dsn(x.path, true))
	if err != nil {
		return x.fail("open", err)
	}
	db.SetMaxOpenConns(readers)
	var found, secret string
	err = db.QueryRowContext(ctx, "SELECT (SELECT value FROM meta WHERE name = ?), (SELECT value FROM meta WHERE name = ?)", metaVersion, metaSecret).
		Scan(&found, &secret)
	if err == nil && found != version {
		err = errVersion
	}
	if err != nil {
		db.Close()
		return x.fail("open", err)
	}
	x.secret, _ = hex.DecodeString(secret)
	x.read, x.info = db, info
	return nil
}

// readers is how many questions are answered at a time; each has a page cache of its own.
const readers = 4

func (x *Index) closeReader() {
	if x.read != nil {
		x.read.Close()
		x.read = nil
	}
}

// Close gives the file back.
func (x *Index) Close() error {
	x.follow.Lock()
	defer x.follow.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closeReader()
	err := x.closeWriter()
	if x.lock != nil {
		err = errors.Join(err, x.lock.Close())
		x.lock = nil
	}
	return x.fail("close", err)
}

// Cursor is the sequence in PRESS of the last event that is in; 0 for an empty index.
func (x *Index) Cursor(ctx context.Context) (uint64, error) {
	db, done, err := x.reader(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	var value string
	err = db.QueryRowContext(ctx, "SELECT value FROM meta WHERE name = ?", metaCursor).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, x.fail("read", err)
	}
	n, err := strconv.ParseUint(value, 10, 64)
	if err != nil {
		return 0, x.fail("read", fmt.Errorf("the cursor is %q: %w", value, errDamaged))
	}
	return n, nil
}
