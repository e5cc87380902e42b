package export

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/kreispresse/kreispresse/schemas"
)

// File is an output that takes its name only when it is whole: until then it is a hidden file beside it, which Abort removes.
type File struct {
	*bufio.Writer
	name  string
	f     *os.File
	force bool
	size  int64
	plain bool // neither a regular file nor absent: a pipe or a device, written as it is
}

// Create begins the file. An existing one is refused unless force says to replace it; a pipe or a device is written to.
func Create(name string, force bool) (*File, error) {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return nil, fileError(name, errors.New("it is a directory"), "name a file in it")
	case err == nil && !info.Mode().IsRegular():
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, fileError(name, err, "name a file that can be written")
		}
		return newFile(&File{name: name, f: f, plain: true}), nil
	case err == nil && !force:
		return nil, fileError(name, errors.New("it exists already"), "give --force to replace it, or another --output")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, fileError(name, err, "name a file that can be written")
	}
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target // what a link leads to is replaced, not the link
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.part")
	if err != nil {
		return nil, fileError(name, err, "name a file in a directory that exists and can be written")
	}
	return newFile(&File{name: name, f: f, force: force}), nil
}

func newFile(f *File) *File {
	f.Writer = bufio.NewWriterSize(&counted{f}, 1<<20)
	return f
}

// counted writes to the file below and knows how much that was.
type counted struct{ f *File }

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.f.f.Write(b)
	c.f.size += int64(n)
	if err != nil {
		err = storageError(c.f.name, err)
	}
	return n, err
}

// Size is how many bytes are in the file, without those that wait to be written.
func (f *File) Size() int64 { return f.size }

// Commit writes what is left, waits until it is on disk and gives the file its name.
func (f *File) Commit() error {
	if err := f.Flush(); err != nil {
		return err
	}
	if f.plain {
		return f.f.Close()
	}
	err := errors.Join(f.f.Chmod(0o644), f.f.Sync(), f.f.Close())
	if err == nil && f.force {
		err = os.Rename(f.f.Name(), f.name)
	} else if err == nil { // a link fails when the name was taken meanwhile
		if err = os.Link(f.f.Name(), f.name); errors.Is(err, fs.ErrExist) {
			return fileError(f.name, errors.New("it exists already"), "give --force to replace it, or another --output")
		}
		if err != nil { // a file system without links
			err = os.Rename(f.f.Name(), f.name)
		} else {
			err = os.Remove(f.f.Name())
		}
	}
	if err != nil {
		return storageError(f.name, err)
	}
	syncDir(filepath.Dir(f.name))
	return nil
}

// Abort leaves nothing behind. After Commit it does nothing.
func (f *File) Abort() {
	_ = f.f.Close()
	if !f.plain {
		_ = os.Remove(f.f.Name())
	}
}

// syncDir makes names of a directory durable, where the system can. The file is whole: only a crash of the machine could lose its name.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

func fileError(name string, err error, hint string) error {
	return &schemas.Error{Op: "export", Kind: schemas.KindInvalid, Thing: name, Err: pathless(err), Hint: hint}
}

func storageError(name string, err error) error {
	return &schemas.Error{
		Op: "export", Kind: schemas.KindStorage, Thing: name, Err: pathless(err),
		Hint: "nothing was left there; make room, or name a file on another disk",
	}
}

// pathless is an error of a file without its name, which the error around it says.
func pathless(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
