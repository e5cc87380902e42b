package api

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Sealed segments are files that lie ready; any web server could serve them.

func (s *Server) manifest(w http.ResponseWriter, r *http.Request) error {
	return s.file(w, r, "segments.json", typeJSON)
}

var segmentName = regexp.MustCompile(`^[0-9a-z][0-9a-z.-]*$`)

func (s *Server) segment(w http.ResponseWriter, r *http.Request) error {
	typ := "application/octet-stream"
	switch {
	case strings.HasSuffix(r.PathValue("name"), ".zst"):
		typ = "application/zstd"
	case strings.HasSuffix(r.PathValue("name"), ".parquet"):
		typ = "application/vnd.apache.parquet"
	}
	return s.below(w, r, "segments", typ)
}

func (s *Server) receipt(w http.ResponseWriter, r *http.Request) error {
	return s.below(w, r, "receipts", typeJSON)
}

func (s *Server) below(w http.ResponseWriter, r *http.Request, dir, typ string) error {
	name := r.PathValue("name")
	if !segmentName.MatchString(name) {
		return noFile(name)
	}
	return s.file(w, r, path.Join(dir, name), typ)
}

func noFile(name string) error {
	p := newProblem(http.StatusNotFound, "there is no file "+short(name), "see /v1/segments.json; what was erased is gone from it")
	p.Kind = schemas.KindNotFound
	return p
}

// file answers with a file of the archive of segments. Nothing outside of it can be named, by links neither. A name stands for one content
// for ever, yet caches are to ask again: what was erased must go.
func (s *Server) file(w http.ResponseWriter, r *http.Request, name, typ string) error {
	if err := paramsOf(r.URL.RawQuery).done(); err != nil {
		return err
	}
	if s.Segments == "" {
		return noSegments()
	}
	root, err := os.OpenRoot(s.Segments)
	if errors.Is(err, fs.ErrNotExist) {
		return noSegments()
	}
	if err != nil {
		return err
	}
	defer root.Close()
	if info, err := root.Stat(name); err == nil && !info.Mode().IsRegular() {
		return noFile(path.Base(name)) // to open a pipe would wait for its writer for ever
	}
	f, err := root.Open(name)
	if err != nil {
		s.reader.Log.Debug("a segment cannot be opened", "error", err)
		if name == "segments.json" {
			return noSegments()
		}
		return noFile(path.Base(name))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return noFile(path.Base(name))
	}
	h := w.Header()
	h.Set("Content-Type", typ)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+tagOf(info)+`"`)
	http.ServeContent(patient{&steady{w, http.NewResponseController(w), s.Patience}, w}, r, "", info.ModTime(), f)
	return nil
}

func noSegments() error {
	p := newProblem(http.StatusNotFound, "there are no sealed segments here", "let kreispresse archive DIR make them, or read /v1/feed")
	p.Kind = schemas.KindNotFound
	return p
}

// patient is a ResponseWriter whose client may take long for all, but not for a part.
type patient struct {
	out *steady
	http.ResponseWriter
}

func (p patient) Write(b []byte) (int, error) { return p.out.Write(b) }

var _ io.Writer = patient{}

// tagOf tells two contents of one name apart.
func tagOf(info fs.FileInfo) string {
	return strconv.FormatInt(info.ModTime().UnixNano(), 36) + "." + strconv.FormatInt(info.Size(), 36)
}
