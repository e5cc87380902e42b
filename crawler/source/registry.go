package source

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/schemas"
)

//go:embed sources/*.yaml
var embedded embed.FS

// Embedded returns the sources that come with the program, in the order of their ids: the registry of the country, one file a Land,
// and the demo's. It is read when it is asked for and not before.
func Embedded() ([]*Source, error) {
	sub, err := fs.Sub(embedded, "sources")
	if err != nil {
		return nil, err
	}
	return load(sub, "sources/", nil)
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
	return load(os.DirFS(dir), filepath.Clean(dir)+string(filepath.Separator), nil)
}

// Load is LoadDir for any file system; problems name the files as fsys does.
func Load(fsys fs.FS) ([]*Source, error) { return load(fsys, "", nil) }

// Overlay lays the files of a directory over sources: a document with the id of one of them says anew the keys that it gives and leaves
// the rest, one with another id is a source more. A directory that is not there changes nothing.
func Overlay(below []*Source, dir string) ([]*Source, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			return below, nil
		}
		return nil, &schemas.Error{Op: "sources", Kind: schemas.KindStorage, Thing: dir, Err: err}
	}
	return load(os.DirFS(dir), filepath.Clean(dir)+string(filepath.Separator), below)
}

// Parse reads one source file with one source. Name stands in problems.
func Parse(name string, text []byte) (*Source, error) {
	s, problems := parse(document{name: name, text: text}, Defaults())
	if len(problems) > 0 {
		return nil, invalid(problems)
	}
	return s, nil
}

// parse lays a document over s.
func parse(doc document, s *Source) (*Source, Problems) {
	d := &decoder{file: doc.name, above: doc.above, lines: map[string]int{}}
	if d.document(doc.text, s) {
		unread := map[string]bool{} // a value that could not be read, or has such a value in it, has its problem already
		for _, p := range d.problems {
			for key := p.Key; key != ""; key = key[:max(strings.LastIndexAny(key, ".["), 0)] {
				unread[key] = true
			}
		}
		for _, p := range s.check(d.line) {
			if !unread[p.Key] {
				p.File = doc.name
				p.Line += doc.above
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

func load(fsys fs.FS, prefix string, below []*Source) ([]*Source, error) {
	docs, problems, err := documents(fsys, prefix)
	if err != nil {
		return nil, err
	}
	return collect(docs, problems, below)
}

// collect reads documents, each laid over the source below with its id. Problems are those that their files have already.
func collect(docs []document, problems Problems, below []*Source) ([]*Source, error) {
	under := map[string]*Source{}
	for _, s := range below {
		under[s.ID] = s
	}
	read := make([]*Source, len(docs))
	bad := make([]Problems, len(docs))
	var g errgroup.Group // four hundred documents take a processor 40 ms
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, doc := range docs {
		g.Go(func() error {
			s := Defaults()
			if b := under[doc.id()]; b != nil {
				s = b.over()
			}
			read[i], bad[i] = parse(doc, s)
			return nil
		})
	}
	_ = g.Wait() // none of them fails
	sources := below[:len(below):len(below)]
	owner := map[string]string{} // id → file
	for i, s := range read {
		problems = append(problems, bad[i]...)
		if first, taken := owner[s.ID]; taken && s.ID != "" {
			problems = append(problems, Problem{File: docs[i].name, Line: docs[i].line(), Key: "id", Message: alreadyTaken(s.ID, first, docs[i].name)})
			continue
		}
		owner[s.ID] = docs[i].name
		sources = slices.DeleteFunc(sources, func(b *Source) bool { return b.ID == s.ID && under[s.ID] == b })
		sources = append(sources, s)
	}
	slices.SortFunc(sources, func(a, b *Source) int { return strings.Compare(a.ID, b.ID) })
	if len(problems) == 0 {
		problems = claims(sources)
	}
	if len(problems) > 0 {
		problems.sort()
		return nil, invalid(problems)
	}
	return sources, nil
}

func alreadyTaken(id, first, file string) string {
	if first == file {
		return fmt.Sprintf("%q is the id of another document of this file already, ids are unique", id)
	}
	return fmt.Sprintf("%q is the id of %s already, ids are unique", id, first)
}

// over is a copy that a document may be laid over.
func (s *Source) over() *Source {
	c := *s
	c.compiled = nil
	return &c
}

// document is one source in a file.
type document struct {
	name  string // of the file
	text  []byte
	above int // lines of the file above it
}

// line is the first of the document, 0 when it is the file's.
func (d document) line() int {
	if d.above == 0 {
		return 0
	}
	return d.above + 1
}

// id is the document's id as its line says, "" when it has none in plain sight.
func (d document) id() string {
	for line := range bytes.Lines(d.text) {
		if v, ok := bytes.CutPrefix(line, []byte("id:")); ok {
			v, _, _ = bytes.Cut(v, []byte(" #"))
			return strings.Trim(string(bytes.TrimSpace(v)), `"'`)
		}
	}
	return ""
}

// documents are those of all source files, in the order of the files.
func documents(fsys fs.FS, prefix string) (docs []document, problems Problems, err error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, nil, &schemas.Error{Op: "sources", Kind: schemas.KindStorage, Thing: prefix, Err: err}
	}
	for _, e := range entries {
		ext := path.Ext(e.Name())
		if e.IsDir() || ext != ".yaml" && ext != ".yml" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		name := prefix + e.Name()
		text, odd, err := read(fsys, e.Name())
		if err != nil {
			return nil, nil, &schemas.Error{Op: "sources", Kind: schemas.KindStorage, Thing: name, Err: err}
		}
		if odd != "" {
			problems = append(problems, Problem{File: name, Message: odd})
			continue
		}
		docs = append(docs, parted(name, text)...)
	}
	return docs, problems, nil
}

// parted parts a file into its documents, at the lines that are "---". One with nothing but comments is none, unless the file has no other.
func parted(name string, text []byte) (docs []document) {
	lines, from, first, says := 0, 0, 0, false
	end := func(to, next int) {
		if says {
			docs = append(docs, document{name: name, text: text[from:to], above: first})
		}
		from, first, says = next, lines, false
	}
	at := 0
	for line := range bytes.Lines(text) {
		lines++
		bare := bytes.TrimRight(line, " \t\r\n")
		switch {
		case bytes.Equal(bare, []byte("---")):
			end(at, at+len(line))
		case len(bare) > 0 && !bytes.HasPrefix(bytes.TrimSpace(bare), []byte("#")):
			says = true
		}
		at += len(line)
	}
	end(len(text), len(text))
	if len(docs) == 0 {
		docs = []document{{name: name, text: text}}
	}
	return docs
}

// MaxFile is how large a source file may be, in bytes. A source has some hundred, a Land of the registry 30,000; the YAML parser takes minutes for megabytes.
const MaxFile = 64 << 10

// read reads a source file. Odd says what it is instead of one: a pipe or a device would be read for ever.
func read(fsys fs.FS, name string) (text []byte, odd string, err error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, "", err
	case !info.Mode().IsRegular():
		return nil, "no regular file, expected a source file", nil
	case info.Size() > MaxFile:
		return nil, fmt.Sprintf("%d bytes, expected sources of at most %d", info.Size(), MaxFile), nil
	}
	text, err = fs.ReadFile(fsys, name)
	return text, "", err
}

// LoadFile reads the sources of one file.
func LoadFile(name string) ([]*Source, error) {
	text, odd, err := read(os.DirFS(filepath.Dir(name)), filepath.Base(name))
	switch {
	case err != nil:
		return nil, err
	case odd != "":
		return nil, invalid(Problems{{File: name, Message: odd}})
	}
	return collect(parted(name, text), nil, nil)
}

func invalid(p Problems) error {
	return &schemas.Error{Op: "sources", Kind: schemas.KindInvalid, Err: p, Hint: "see sources check"}
}
