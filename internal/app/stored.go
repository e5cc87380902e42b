package app

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// storedPages reads pages from files, without a network or a server.
type storedPages struct {
	stdin   io.Reader
	sources []*source.Source // told by the address of a page
}

func (p *program) storedPages() (*storedPages, error) {
	sources, err := p.sources()
	return &storedPages{p.stdin, sources}, err
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
		return nil, invalid("parse", name, "name a readable HTML file, a directory of them, or - for standard input", pathless(err))
	}
	if base, ok := strings.CutSuffix(name, ".html"); ok {
		if err := readMeta(base+".meta.json", s); err != nil {
			return nil, err
		}
	}
	if url != "" { // one of a meta file is data, and a page is read for all that is wrong with it
		if _, err := schemas.CanonicalURL(s.URL); err != nil {
			return nil, invalid("parse", name, "give the address the page was fetched from, https://…", err)
		}
	}
	s.Source, s.Profile = r.owner(s.URL)
	return s, nil
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
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var meta struct {
		URL         string    `json:"url"`
		FetchedAt   time.Time `json:"fetched_at"`
		ContentType string    `json:"content_type"`
	}
	if err == nil {
		err = json.Unmarshal(b, &meta)
	}
	if err != nil {
		return invalid("parse", file, `want {"url": …, "fetched_at": RFC 3339, "content_type": …}`, pathless(err))
	}
	if s.URL == "" {
		s.URL = meta.URL
	}
	s.FetchedAt, s.ContentType = meta.FetchedAt, meta.ContentType
	return nil
}
