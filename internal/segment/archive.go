package segment

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Feed is where the events come from.
type Feed interface {
	// Last is the last sequence of the stream, gone or not.
	Last(ctx context.Context) (uint64, error)
	// Each calls fn for the events from a sequence on, in order, until the stream ends. A stream that begins later is no error. The bytes are
	// fn's only until it returns.
	Each(ctx context.Context, from uint64, fn func(ev *schemas.Event, release []byte) error) error
	// At is the event of a sequence, without its release, and its data; nil when it is gone.
	At(ctx context.Context, seq uint64) (*schemas.Event, []byte, error)
	// Receipts calls fn for every event of the stream that was erased on purpose.
	Receipts(ctx context.Context, fn func(schemas.Erased) error) error
}

// DefaultSize is how many sequences a sealed segment covers.
const DefaultSize = 10_000

// Options of an archive.
type Options struct {
	Size       uint64                // sequences a segment covers; 0: DefaultSize. Fixed when the archive is begun
	Table      func(io.Writer) Table // writes Parquet, too; nil: no such files
	Signer     *Signer               // nil: nothing is signed
	AcceptLost bool                  // take sequences that are missing without a receipt as lost
	Now        func() time.Time
	Sealed     func(*Segment) // is told each segment; may be nil
}

// Archive is a directory of segments.
type Archive struct {
	dir  string
	opt  Options
	m    *Manifest
	gone map[uint64]string // by receipts: sequence → sha256 of what it held
	lock io.Closer
}

// Report says what an update did.
type Report struct {
	Events   int    `json:"events"`   // written, those of the open segment each time anew
	Sealed   int    `json:"sealed"`   // segments
	Replaced int    `json:"replaced"` // segments that lost what was erased
	Erased   int    `json:"erased"`   // events
	Next     uint64 `json:"next"`
}

// Open opens the archive in dir, or begins one. One process at a time may have it open: KindLocked.
func Open(dir string, opt Options) (*Archive, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Size == 0 {
		opt.Size = DefaultSize
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, storage(dir, err)
	}
	lock, err := lockDir(dir)
	if err != nil {
		return nil, err
	}
	a := &Archive{dir: dir, opt: opt, lock: lock}
	b, err := os.ReadFile(filepath.Join(dir, ManifestName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		a.m = &Manifest{Format: Format, Size: opt.Size, Next: 1}
		return a, nil
	case err == nil:
		a.m, err = DecodeManifest(b)
	}
	if err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// Close gives the directory free.
func (a *Archive) Close() error { return a.lock.Close() }

// Manifest is what the archive holds.
func (a *Archive) Manifest() *Manifest { return a.m }

// Update brings the archive up to date: it takes out what was erased, seals the segments that are complete, and writes the open one anew. It may be
// interrupted at any moment: what is named in the manifest is whole, and the next update goes on behind it.
func (a *Archive) Update(ctx context.Context, feed Feed) (rep Report, err error) {
	if err := a.known(ctx, feed); err != nil {
		return rep, err
	}
	if err := a.readReceipts(ctx, feed); err != nil {
		return rep, err
	}
	if err := a.forget(&rep); err != nil {
		return rep, err
	}
	last, err := feed.Last(ctx)
	if err != nil {
		return rep, err
	}
	run := a.begin(&rep)
	err = feed.Each(ctx, run.next, func(ev *schemas.Event, release []byte) error { return run.take(ctx, feed, ev, release) })
	if err == nil {
		err = run.missing(ctx, feed, max(last+1, run.next))
	}
	if err == nil {
		err = run.finish()
	}
	if err != nil {
		run.drop()
		return rep, err
	}
	rep.Next = a.m.Next
	return rep, a.tidy()
}

// known refuses a stream that is not the one of the archive.
func (a *Archive) known(ctx context.Context, feed Feed) error {
	refuse := func(format string, v ...any) error {
		return &schemas.Error{
			Op: "archive", Thing: a.dir, Kind: schemas.KindConflict, Err: fmt.Errorf(format, v...), Hint: "archive this feed into a new directory",
		}
	}
	last, err := feed.Last(ctx)
	if err != nil {
		return err
	}
	if last+1 < a.m.Next {
		return refuse("the feed ends at %d and the archive at %d: it is another feed, or was restored from an older backup", last, a.m.Next-1)
	}
	for i := len(a.m.Segments) - 1; i >= 0; i-- {
		anchor := a.m.Segments[i].Anchor
		if anchor == nil {
			continue
		}
		ev, release, err := feed.At(ctx, anchor.Sequence)
		if err != nil {
			return err
		}
		if ev == nil { // erased
			continue
		}
		if leafOf(ev, release).String() != anchor.Leaf {
			return refuse("event %d of the feed is not the one that the archive has: it is another feed", anchor.Sequence)
		}
		return nil
	}
	return nil
}

func (a *Archive) readReceipts(ctx context.Context, feed Feed) error {
	a.gone = map[uint64]string{}
	return feed.Receipts(ctx, func(x schemas.Erased) error {
		a.gone[x.Sequence] = x.SHA256
		return nil
	})
}

// sealed are the segments that stay as they are.
func (m *Manifest) sealed() []*Segment {
	if n := len(m.Segments); n > 0 && m.Segments[n-1].Open {
		return m.Segments[:n-1]
	}
	return m.Segments
}

// save writes the manifest, signed.
func (a *Archive) save() error {
	m := a.m
	if s := a.opt.Signer; s != nil {
		m.Keys = s.Keys()
		for _, d := range m.Days {
			if d.Signature == "" {
				d.Key, d.Signature = s.Key(), s.sign(d.statement(m.Stream.ID))
			}
		}
		m.Signature = s.sign(m.statement())
	}
	b, err := m.encode()
	if err == nil {
		err = writeFile(filepath.Join(a.dir, ManifestName), b, 0o644)
	}
	if err != nil {
		return storage(a.dir, err)
	}
	return nil
}

// tidy removes the files that the manifest does not name: those of the open segment before, of versions before, and of updates that were killed.
func (a *Archive) tidy() error {
	named := map[string]bool{}
	for _, s := range a.m.Segments {
		for _, f := range s.Files {
			named[strings.TrimPrefix(f.Name, filesDir+"/")] = true
		}
	}
	list, err := os.ReadDir(filepath.Join(a.dir, filesDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range list {
		if !named[e.Name()] && ours(e.Name()) {
			err = errors.Join(err, os.Remove(filepath.Join(a.dir, filesDir, e.Name())))
		}
	}
	if err != nil {
		return storage(a.dir, err)
	}
	return nil
}

// ours reports a name that this program gives to files. Others are left alone.
func ours(name string) bool {
	return strings.HasPrefix(name, temporary) || strings.HasSuffix(name, "."+FormatNDJSON) || strings.HasSuffix(name, "."+FormatParquet)
}

func storage(dir string, err error) error {
	if e, ok := errors.AsType[*schemas.Error](err); ok {
		return e
	}
	return &schemas.Error{Op: "archive", Thing: dir, Kind: schemas.KindStorage, Err: err, Hint: "free space or check the rights, then archive again: it goes on"}
}

func bytesReader(b []byte) io.Reader { return bytes.NewReader(b) }

// receiptFile is what stands in the place of a version that held what was erased.
type receiptFile struct {
	Format     string `json:"format"`
	Superseded string `json:"superseded"` // sha256 of the file that is no more
	By         []File `json:"by"`         // of the segment now
	From       uint64 `json:"from"`
	To         uint64 `json:"to"`
	Erased     []Gone `json:"erased"`
}

// writeReceipt leaves a receipt under the hash of the old file, so that whoever has that file or its name finds out what became of it.
func (a *Archive) writeReceipt(old string, now *Segment) error {
	if err := os.MkdirAll(filepath.Join(a.dir, "receipts"), 0o755); err != nil {
		return storage(a.dir, err)
	}
	b, err := json.MarshalIndent(receiptFile{"kreispresse-receipt/1", old, now.Files, now.From, now.To, now.Erased}, "", " ")
	if err == nil {
		err = writeFile(filepath.Join(a.dir, "receipts", old+".json"), append(b, '\n'), 0o644)
	}
	if err != nil {
		return storage(a.dir, err)
	}
	return nil
}
