package source

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

//go:embed sources/*.yaml
var embedded embed.FS

// Embedded returns the sources that come with the program, in the order of their ids.
func Embedded() ([]*Source, error) {
	sub, err := fs.Sub(embedded, "sources")
	if err != nil {
		return nil, err
	}
	return load(sub, "sources/")
}

// LoadDir returns the sources of the *.yaml and *.yml files in dir, in the order of their ids. The error's cause is Problems with
// all problems of all files when it is the files that are wrong.
func LoadDir(dir string) ([]*Source, error) {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = errors.New("not a directory")
	}
	if err != nil {
		return nil, &schemas.Error{Op: "sources", Kind: schemas.KindNotFound, Thing: dir, Err: err, Hint: "name a directory of source files (*.yaml)"}
	}
	return load(os.DirFS(dir), filepath.Clean(dir)+string(filepath.Separator))
}

// Load is LoadDir for any file system; problems name the files as fsys does.
func Load(fsys fs.FS) ([]*Source, error) { return load(fsys, "") }

// Parse reads one source file. Name stands in problems.
func Parse(name string, text []byte) (*Source, error) {
	s, problems := parse(name, text)
	if len(problems) > 0 {
		return nil, invalid(problems)
	}
	return s, nil
}

func parse(name string, text []byte) (*Source, Problems) {
	d := &decoder{file: name, lines: map[string]int{}}
	s := Defaults()
	if d.document(text, s) {
		unread := map[string]bool{} // a value that could not be read, or has such a value in it, has its problem already
		for _, p := range d.problems {
			for key := p.Key; key != ""; key = key[:max(strings.LastIndexAny(key, ".["), 0)] {
				unread[key] = true
			}
		}
		for _, p := range s.check(d.line) {
			if !unread[p.Key] {
				p.File = name
				d.problems = append(d.problems, p)
			}
		}
	}
	d.problems.sort()
	return s, d.problems
}

// line is where key stands, or else the nearest enclosing key that does stand in the file.
func (d *decoder) line(key string) int {
	for key != "" {
		if l, ok := d.lines[key]; ok {
			return l
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return 1
}

func load(fsys fs.FS, prefix string) ([]*Source, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, &schemas.Error{Op: "sources", Kind: schemas.KindStorage, Thing: prefix, Err: err}
	}
	var sources []*Source
	var problems Problems
	owner := map[string]string{} // id → file
	for _, e := range entries {
		ext := path.Ext(e.Name())
		if e.IsDir() || ext != ".yaml" && ext != ".yml" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		name := prefix + e.Name()
		text, odd, err := read(fsys, e.Name())
		if err != nil {
			return nil, &schemas.Error{Op: "sources", Kind: schemas.KindStorage, Thing: name, Err: err}
		}
		if odd != "" {
			problems = append(problems, Problem{File: name, Message: odd})
			continue
		}
		s, bad := parse(name, text)
		problems = append(problems, bad...)
		if first, taken := owner[s.ID]; taken && s.ID != "" {
			problems = append(problems, Problem{File: name, Key: "id", Message: fmt.Sprintf("%q is the id of %s already, ids are unique", s.ID, first)})
		} else {
			owner[s.ID] = name
		}
		sources = append(sources, s)
	}
	if len(problems) > 0 {
		problems.sort()
		return nil, invalid(problems)
	}
	slices.SortFunc(sources, func(a, b *Source) int { return strings.Compare(a.ID, b.ID) })
	return sources, nil
}

// MaxFile is how large a source file may be, in bytes. Real ones have some hundred; the YAML parser takes minutes for megabytes.
const MaxFile = 64 << 10

// read reads a source file. Odd says what it is instead of one: a pipe or a device would be read for ever.
func read(fsys fs.FS, name string) (text []byte, odd string, err error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, "", err
	case !info.Mode().IsRegular():
		return nil, "no regular file, expected one source", nil
	case info.Size() > MaxFile:
		return nil, fmt.Sprintf("%d bytes, expected one source of at most %d", info.Size(), MaxFile), nil
	}
	text, err = fs.ReadFile(fsys, name)
	return text, "", err
}

// LoadFile reads one source file.
func LoadFile(name string) (*Source, error) {
	text, odd, err := read(os.DirFS(filepath.Dir(name)), filepath.Base(name))
	switch {
	case err != nil:
		return nil, err
	case odd != "":
		return nil, invalid(Problems{{File: name, Message: odd}})
	}
	return Parse(name, text)
}

func invalid(p Problems) error {
	return &schemas.Error{Op: "sources", Kind: schemas.KindInvalid, Err: p, Hint: "see sources check"}
}
