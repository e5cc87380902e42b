package replay

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/kreispresse/kreispresse/schemas"
)

// file is a file of CloudEvents, one JSON object a line.
type file struct {
	f    *os.File
	w    *bufio.Writer
	line []byte
	last uint64
}

func fileError(path string, kind schemas.Kind, err error, hint string) error {
	return &schemas.Error{Op: "replay", Thing: path, Kind: kind, Err: err, Hint: hint}
}

// openFile makes a new file, or with goOn opens one that a replay has left unfinished: a line that was cut off is taken away.
func openFile(path string, goOn bool) (*file, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case err == nil:
		return newFile(f), nil
	case !errors.Is(err, fs.ErrExist):
		return nil, fileError(path, schemas.KindStorage, err, "name a file in a directory that can be written")
	case !goOn:
		return nil, fileError(path, schemas.KindInvalid, errors.New("the file is there already"), "name another, or go on with it by --resume")
	}
	if f, err = os.OpenFile(path, os.O_RDWR, 0); err != nil {
		return nil, fileError(path, schemas.KindStorage, err, "")
	}
	last, end, err := lastLine(f)
	if err == nil {
		err = f.Truncate(end)
	}
	if err == nil {
		_, err = f.Seek(end, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fileError(path, schemas.KindInvalid, err, "go on only with a file that replay has written"), f.Close())
	}
	out := newFile(f)
	out.last = last
	return out, nil
}

func newFile(f *os.File) *file { return &file{f: f, w: bufio.NewWriterSize(f, 1<<16)} }

// lastLine is the sequence in the last whole line of a file and where that line ends.
func lastLine(f *os.File) (last uint64, end int64, err error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, 0, err
	}
	end = size
	var line []byte // from its start, as far as it was read, to end
	cut := false    // what stands behind the last line's end is passed
	for at := size; at > 0; {
		n := min(at, 1<<16)
		at -= n
		part := make([]byte, n)
		if _, err := f.ReadAt(part, at); err != nil {
			return 0, 0, err
		}
		if !cut {
			i := bytes.LastIndexByte(part, '\n')
			if i < 0 {
				continue
			}
			cut, end, part = true, at+int64(i)+1, part[:i]
		}
		i := bytes.LastIndexByte(part, '\n')
		line = append(part[i+1:len(part):len(part)], line...)
		if i >= 0 {
			break
		}
	}
	if !cut { // no whole line
		return 0, 0, nil
	}
	var e struct {
		SpecVersion string `json:"specversion"`
		Sequence    uint64 `json:"sequence"`
	}
	if err := json.Unmarshal(line, &e); err != nil {
		return 0, 0, fmt.Errorf("its last line is no event: %w", err)
	}
	if e.SpecVersion == "" || e.Sequence == 0 {
		return 0, 0, errors.New("its last line is no event")
	}
	return e.Sequence, end, nil
}

func (f *file) send(_ context.Context, ev *schemas.Event, release []byte) (err error) {
	if f.line, err = ev.AppendJSON(f.line[:0], release); err != nil {
		return err
	}
	f.line = append(f.line, '\n')
	if _, err = f.w.Write(f.line); err != nil {
		return fileError(f.f.Name(), schemas.KindStorage, err, "make room, then go on with --resume")
	}
	return nil
}

func (f *file) flush(context.Context) error {
	if err := errors.Join(f.w.Flush(), f.f.Sync()); err != nil {
		return fileError(f.f.Name(), schemas.KindStorage, err, "make room, then go on with --resume")
	}
	return nil
}

func (f *file) close() error { return f.f.Close() }
