package segment

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"github.com/kreispresse/kreispresse/schemas"
)

// filesDir is where the files of segments lie, below the manifest.
const filesDir = "segments"

// writer writes one segment. Nothing of it has a name before it is whole.
type writer struct {
	dir    string
	seg    *Segment
	out    *output
	zip    *zstd.Encoder
	text   hash.Hash // of the lines
	length int64
	line   []byte
	rows   *output // nil: no Parquet
	table  Table
}

// Table writes events as rows of a Parquet file.
type Table interface {
	Write(ev *schemas.Event) error
	Close() error
}

// output is a file that is being written, and its hash.
type output struct {
	f   *os.File
	buf *bufio.Writer
	sum hash.Hash
	n   int64
}

func newOutput(dir string) (*output, error) {
	if err := os.MkdirAll(filepath.Join(dir, filesDir), 0o755); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Join(dir, filesDir), temporary+"*")
	if err != nil {
		return nil, err
	}
	return &output{f: f, buf: bufio.NewWriterSize(f, 1<<16), sum: sha256.New()}, f.Chmod(0o644)
}

// temporary begins the names of files that are not whole.
const temporary = "tmp-"

func (o *output) Write(p []byte) (int, error) {
	o.sum.Write(p)
	o.n += int64(len(p))
	return o.buf.Write(p)
}

// name gives the file its name, when everything of it is on disk.
func (o *output) name(dir, prefix, format string) (f File, err error) {
	f = File{Format: format, Bytes: o.n, SHA256: hex.EncodeToString(o.sum.Sum(nil))}
	f.Name = filesDir + "/" + prefix + "-" + f.SHA256 + "." + format
	err = errors.Join(o.buf.Flush(), o.f.Sync(), o.f.Close())
	if err == nil {
		err = os.Rename(o.f.Name(), filepath.Join(dir, filepath.FromSlash(f.Name)))
	}
	return f, err
}

func (o *output) drop() {
	if o != nil {
		_ = o.f.Close()
		_ = os.Remove(o.f.Name())
	}
}

// newWriter begins a segment, with a file of rows, too, when table is given.
func newWriter(dir string, seg *Segment, table func(io.Writer) Table) (w *writer, err error) {
	w = &writer{dir: dir, seg: seg, text: sha256.New()}
	if w.out, err = newOutput(dir); err != nil {
		return nil, err
	}
	// One goroutine and a fixed level: the same lines give the same bytes.
	if w.zip, err = zstd.NewWriter(w.out, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderCRC(true)); err != nil {
		w.drop()
		return nil, err
	}
	if table != nil {
		if w.rows, err = newOutput(dir); err != nil {
			w.drop()
			return nil, err
		}
		w.table = table(w.rows)
	}
	return w, nil
}

// add writes an event; release is its data as it is stored.
func (w *writer) add(ev *schemas.Event, release []byte) (err error) {
	if w.line, err = ev.AppendJSON(w.line[:0], release); err != nil {
		return err
	}
	w.line = append(w.line, '\n')
	if _, err := w.zip.Write(w.line); err != nil {
		return err
	}
	w.text.Write(w.line)
	w.length += int64(len(w.line))
	s := w.seg
	if s.Events++; s.Events == 1 {
		s.First = stamp(ev.Time)
	}
	s.Last = stamp(ev.Time)
	s.Anchor = &Anchor{ev.Sequence, leafOf(ev, release).String()}
	if s.Sources == nil {
		s.Sources = Counts{}
	}
	s.Sources[sourceOf(ev)]++
	if w.table == nil {
		return nil
	}
	row := *ev
	row.Release = new(schemas.Release)
	if err := json.Unmarshal(release, row.Release); err != nil {
		return fmt.Errorf("event %d: unreadable release: %w", ev.Sequence, err)
	}
	return w.table.Write(&row)
}

// seal ends the segment: its files get their names.
func (w *writer) seal() error {
	defer w.drop()
	if err := w.zip.Close(); err != nil {
		return err
	}
	prefix := fmt.Sprintf("%012d-%012d", w.seg.From, w.seg.To)
	f, err := w.out.name(w.dir, prefix, FormatNDJSON)
	if err != nil {
		return err
	}
	w.out = nil
	f.ContentBytes, f.ContentSHA256 = w.length, hex.EncodeToString(w.text.Sum(nil))
	w.seg.Files = []File{f}
	if w.table != nil {
		if err := w.table.Close(); err != nil {
			return err
		}
		if f, err = w.rows.name(w.dir, prefix, FormatParquet); err != nil {
			return err
		}
		w.rows = nil
		w.seg.Files = append(w.seg.Files, f)
	}
	return syncDir(filepath.Join(w.dir, filesDir))
}

// drop removes what is not whole.
func (w *writer) drop() {
	w.out.drop()
	w.rows.drop()
	w.out, w.rows = nil, nil
}

// writeFile replaces a file, so that readers find the old or the new one and never a part.
func writeFile(path string, data []byte, mode os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), temporary+"*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // no more there when all went well
	_, err = io.Copy(f, bytesReader(data))
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
