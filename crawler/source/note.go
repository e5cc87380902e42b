package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// SetStatus notes the status of a source in the files of dir: in the document with its id, of which nothing else is touched, or in a new
// file that says only this and lies over the registry. The directory is made when it is not there.
func SetStatus(dir, id string, st Status) error {
	fail := func(name string, err error) error {
		return &schemas.Error{Op: "sources", Kind: schemas.KindStorage, Thing: name, Err: err, Hint: "make it a directory that can be written"}
	}
	if err := schemas.CheckToken(id); err != nil {
		return &schemas.Error{Op: "sources", Kind: schemas.KindInvalid, Thing: id, Err: err}
	}
	st.Reason = strings.Join(strings.Fields(st.Reason), " ")
	c := &checker{}
	if c.status(st); len(c.problems) > 0 {
		return &schemas.Error{Op: "sources", Kind: schemas.KindInvalid, Thing: id, Err: c.problems}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fail(dir, err)
	}
	docs, _, err := documents(os.DirFS(dir), "")
	if err != nil {
		return fail(dir, err)
	}
	name, text := filepath.Join(dir, id+".yaml"), []byte("id: "+id+"\n"+st.line())
	if _, err := os.Lstat(name); err == nil {
		name = filepath.Join(dir, id+".status.yaml") // somebody keeps another source there
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fail(name, err)
	}
	for _, d := range docs {
		if d.id() == id {
			name = filepath.Join(dir, d.name)
			if text, err = os.ReadFile(name); err != nil {
				return fail(name, err)
			}
			text = withStatus(text, d, st)
			break
		}
	}
	if err := replace(name, text); err != nil {
		return fail(name, err)
	}
	return nil
}

// StatusOnly reports whether a source file says nothing but the status of a source.
func StatusOnly(text []byte) bool {
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, " \t\r\n")
		if len(line) > 0 && line[0] != '#' && !bytes.HasPrefix(line, []byte("id:")) && !bytes.HasPrefix(line, []byte("status:")) {
			return false
		}
	}
	return true
}

// line is the status as a line of YAML.
func (st Status) line() string {
	return fmt.Sprintf("status: {is: %s, date: %s, reason: '%s'}\n", st.Is, st.Date, strings.ReplaceAll(st.Reason, "'", "''"))
}

// withStatus is the text of a file in which document d says its status anew: where it did, else at its end.
func withStatus(text []byte, d document, st Status) []byte {
	var old, out bytes.Buffer
	skip, said := false, false
	for line := range bytes.Lines(d.text) {
		if skip && (line[0] == ' ' || line[0] == '\t' || len(bytes.TrimSpace(line)) == 0) {
			continue
		}
		if skip = bytes.HasPrefix(line, []byte("status:")); skip {
			old.WriteString(st.line())
			said = true
			continue
		}
		old.Write(line)
		if line[len(line)-1] != '\n' {
			old.WriteByte('\n')
		}
	}
	if !said {
		old.WriteString(st.line())
	}
	at, n := 0, 0
	for line := range bytes.Lines(text) {
		if n == d.above {
			break
		}
		n++
		at += len(line)
	}
	out.Write(text[:at])
	out.Write(old.Bytes())
	out.Write(text[at+len(d.text):])
	return out.Bytes()
}

// replace writes a file whole or not at all.
func replace(name string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".status-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // renamed by then, unless something went wrong
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
