package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// storedPages reads pages from files, without a network or a server.
type storedPages struct {
	stdin   io.Reader
	sources []*source.Source // told by the address of a page
	source  *source.Source   // of all pages, when the user says so; else nil
}

// storedPages reads pages of the source with the given id, or of those that their addresses tell when it is empty.
func (p *program) storedPages(id string) (*storedPages, error) {
	sources, err := p.sources()
	if err != nil {
		return nil, err
	}
	pages := &storedPages{stdin: p.stdin, sources: sources}
	if id != "" {
		chosen, err := choose(sources, []string{id})
		if err != nil {
			return nil, err
		}
		pages.source = chosen[0]
	}
	return pages, nil
}

// storedFiles are the pages that names stand for, each once; "-" is standard input. Folder: one of the names is a directory.
func storedFiles(names []string) (files []string, folder bool, err error) {
	seen := map[string]bool{}
	add := func(file string) {
		if clean := filepath.Clean(file); !seen[clean] {
			seen[clean] = true
			files = append(files, file)
		}
	}
	for _, name := range names {
		info, err := os.Stat(name)
		if name == "-" || err != nil || !info.IsDir() {
			add(name) // reading it will tell what is wrong
			continue
		}
		folder = true
		pages, err := pagesBelow(name)
		if err != nil {
			return nil, true, invalid("parse", name, "name a readable directory", schemas.Pathless(err))
		}
		if len(pages) == 0 {
			return nil, true, invalid("parse", name, "a directory wants files named *.html or *.htm", errors.New("no pages"))
		}
		for _, file := range pages {
			add(file)
		}
	}
	return files, folder, nil
}

// pagesBelow are the pages in dir and in the directories below it that are not hidden, sorted.
func pagesBelow(dir string) ([]string, error) {
	var pages []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && isPage(path):
			pages = append(pages, filepath.Join(dir, filepath.FromSlash(path)))
		}
		return nil
	})
	slices.Sort(pages)
	return pages, err
}

func isPage(name string) bool { _, ok := withoutExtension(name); return ok }

// withoutExtension cuts .html or .htm off the name of a page.
func withoutExtension(name string) (string, bool) {
	ext := filepath.Ext(name)
	if low := strings.ToLower(ext); low != ".html" && low != ".htm" {
		return name, false
	}
	return strings.TrimSuffix(name, ext), true
}

// read makes a snapshot of a stored page: FILE with its NAME.meta.json, or standard input for "-". A url that is given outweighs that of
// the meta file.
func (r *storedPages) read(name, url string) (*schemas.Snapshot, error) {
	s := &schemas.Snapshot{Status: 200, URL: url}
	var err error
	if name == "-" {
		s.Body, err = io.ReadAll(io.LimitReader(r.stdin, parser.MaxBody+1))
	} else {
		s.Body, err = readLimited(name, parser.MaxBody+1)
	}
	if err != nil {
		return nil, invalid("parse", name, "name a readable HTML file, a directory of them, or - for standard input", schemas.Pathless(err))
	}
	if base, ok := withoutExtension(name); ok {
		if err := readMeta(base+".meta.json", s); err != nil {
			return nil, err
		}
	}
	s.URL = strings.TrimSpace(s.URL)
	if _, err := schemas.CanonicalURL(s.URL); err != nil {
		if url != "" {
			return nil, invalid("parse", name, "give the address the page was fetched from, https://…", err)
		}
		s.URL = "" // of a meta file: data about the page, which is read for all that is wrong with it
	}
	s.URL = escaped(s.URL)
	if r.source != nil {
		s.Source, s.Profile = r.source.Ref(), r.source.Profile
	} else {
		s.Source, s.Profile = r.owner(s.URL)
	}
	return s, nil
}

// escaped is an address with what may not stand in one percent-encoded: blanks, and characters that command a terminal.
func escaped(address string) string {
	bad := func(r rune) bool { return unicode.IsSpace(r) || terminal.Commands(r) }
	if !strings.ContainsFunc(address, bad) {
		return address
	}
	var b strings.Builder
	for _, r := range address {
		if bad(r) {
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// owner is the source whose site a URL lies on, and the CMS profile it names.
func (r *storedPages) owner(url string) (schemas.Source, string) {
	for _, s := range r.sources {
		if url != "" && s.Owns(url) {
			return s.Ref(), s.Profile
		}
	}
	return schemas.Source{ID: "unknown"}, ""
}

// maxMeta is more than a meta file ever needs, in bytes.
const maxMeta = 1 << 20

func readLimited(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}

// readMeta adds what NAME.meta.json says about the response, if there is such a file.
func readMeta(file string, s *schemas.Snapshot) error {
	b, err := readLimited(file, maxMeta)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var meta struct {
		URL         string    `json:"url"`
		FetchedAt   time.Time `json:"fetched_at"`
		ContentType string    `json:"content_type"`
	}
	if err == nil {
		dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
		dec.DisallowUnknownFields() // a key that nobody reads is most likely a typo
		if err = dec.Decode(&meta); err == nil && dec.More() {
			err = errors.New("more than one JSON value")
		}
	}
	if err != nil {
		return invalid("parse", file, `want {"url": …, "fetched_at": RFC 3339, "content_type": …}`, schemas.Pathless(err))
	}
	if s.URL == "" {
		s.URL = meta.URL
	}
	s.FetchedAt, s.ContentType = meta.FetchedAt, meta.ContentType
	return nil
}
