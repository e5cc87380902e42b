package segment

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Store is where an archive is read from: a directory, or whatever serves one.
type Store interface {
	// Open reads a file by its name below the archive. KindNotFound when there is none.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	String() string
}

// StoreOf is the store at a directory or at an http or https address.
func StoreOf(place string) (Store, error) {
	if !strings.Contains(place, "://") {
		return DirStore(place), nil
	}
	u, err := url.Parse(strings.TrimSuffix(place, ManifestName))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, &schemas.Error{
			Op: "segments", Thing: place, Kind: schemas.KindInvalid, Err: errors.New("neither a directory nor an http or https address"),
			Hint: "name the place of " + ManifestName,
		}
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	return &webStore{base: u}, nil
}

// DirStore is a directory.
type DirStore string

func (d DirStore) String() string { return string(d) }

// Open opens a file.
func (d DirStore) Open(_ context.Context, name string) (io.ReadCloser, error) {
	f, err := os.Open(filepath.Join(string(d), filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, notThere(d, name)
	}
	if err != nil {
		return nil, &schemas.Error{Op: "segments", Thing: name, Kind: schemas.KindStorage, Err: err}
	}
	return f, nil
}

func notThere(s Store, name string) error {
	hint := "read the manifest again: the file may have been replaced"
	if name == ManifestName {
		hint = "name the directory or the address of an archive; kreispresse archive DIR makes one"
	}
	return &schemas.Error{Op: "segments", Thing: s.String(), Kind: schemas.KindNotFound, Err: fmt.Errorf("there is no %s", name), Hint: hint}
}

// webStore is a web server.
type webStore struct{ base *url.URL }

func (w *webStore) String() string { return w.base.Redacted() }

// client waits for an answer no longer than this, and for a body as long as it takes.
var client = &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, ResponseHeaderTimeout: time.Minute, MaxIdleConnsPerHost: 2}}

func (w *webStore) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.base.JoinPath(name).String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept-Encoding", "identity") // the hash is of the file as it is
	if name == ManifestName {
		req.Header.Set("Cache-Control", "no-cache")
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, &schemas.Error{Op: "segments", Thing: w.String(), Kind: schemas.KindUnavailable, Err: err, Hint: "check the address and the connection"}
	}
	if resp.StatusCode == http.StatusOK {
		return resp.Body, nil
	}
	_ = resp.Body.Close()
	if resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone {
		return nil, notThere(w, name)
	}
	return nil, &schemas.Error{Op: "segments", Thing: w.String() + name, Kind: schemas.KindUnavailable, Err: errors.New("the server answers " + resp.Status)}
}

// ReadManifest reads the manifest of a store.
func ReadManifest(ctx context.Context, s Store) (*Manifest, error) {
	r, err := s.Open(ctx, ManifestName)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, mostManifest))
	if err != nil {
		return nil, &schemas.Error{Op: "segments", Thing: s.String(), Kind: schemas.KindUnavailable, Err: err, Hint: "try again"}
	}
	return DecodeManifest(b)
}

// mostManifest is more than the manifest of a hundred million events has.
const mostManifest = 256 << 20
