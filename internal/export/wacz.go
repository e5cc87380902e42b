package export

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"os"
	"path"
	"strconv"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// wacz writes the pages as WACZ 1.1.1: a zip whose members are not compressed (what needs it is already), so that a reader can fetch one
// page out of it. The WARC goes straight through; its index is sorted, and the list of pages kept, in temporary files.
type wacz struct {
	zip     *zip.Writer
	member  *member
	warc    *warc
	index   sorter
	pages   *os.File
	list    *bufio.Writer
	newest  time.Time
	members []resource
}

// resource is a member as datapackage.json names it.
type resource struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

func newWACZ(w io.Writer, o Options) (Writer, error) {
	x := &wacz{zip: zip.NewWriter(w), index: sorter{dir: o.Temp}}
	x.member = &member{}
	var err error
	if x.warc, err = warcWriter(x.member, o); err != nil {
		return nil, err
	}
	x.warc.noted = x.note
	return x, nil
}

func (x *wacz) Begin() error {
	if err := x.open("archive/data.warc.gz"); err != nil {
		return err
	}
	f, err := os.CreateTemp(x.index.dir, "kreispresse-pages-*")
	if err != nil {
		return storageError(x.index.dir, err)
	}
	x.pages, x.list = f, bufio.NewWriterSize(f, 1<<16)
	_, err = x.list.WriteString(`{"format":"json-pages-1.0","id":"pages","title":"Pressemitteilungen"}` + "\n")
	return err
}

func (x *wacz) Write(ev *schemas.Event) error { return x.warc.Write(ev) }

// note adds a page to the index and to the list.
func (x *wacz) note(e *entry, ev *schemas.Event) error {
	if e.At.After(x.newest) {
		x.newest = e.At
	}
	var b bytes.Buffer
	err := encodeLine(&b, struct {
		URL      string `json:"url"`
		MIME     string `json:"mime"`
		Status   string `json:"status"`
		Digest   string `json:"digest"`
		Length   string `json:"length"`
		Offset   string `json:"offset"`
		Filename string `json:"filename"`
	}{e.URL, e.MIME, strconv.Itoa(e.Status), e.Digest, strconv.FormatInt(e.Length, 10), strconv.FormatInt(e.Offset, 10), "data.warc.gz"})
	if err != nil {
		return err
	}
	if err := x.index.add(surt(e.URL) + " " + e.At.Format("20060102150405") + " " + string(bytes.TrimSpace(b.Bytes()))); err != nil {
		return err
	}
	b.Reset()
	err = encodeLine(&b, struct {
		ID    string `json:"id"`
		URL   string `json:"url"`
		TS    string `json:"ts"`
		Title string `json:"title"`
	}{ev.Release.ID + "-" + strconv.Itoa(ev.Release.Revision), e.URL, e.At.Format("2006-01-02T15:04:05Z"), ev.Release.Title})
	if err != nil {
		return err
	}
	_, err = x.list.Write(b.Bytes())
	return err
}

func (x *wacz) Close() error {
	if err := x.warc.Close(); err != nil {
		return err
	}
	if err := x.open("indexes/index.cdxj"); err != nil {
		return err
	}
	w := bufio.NewWriterSize(x.member, 1<<16)
	err := x.index.each(func(line string) error {
		w.WriteString(line)
		return w.WriteByte('\n')
	})
	if err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := x.listPages(); err != nil {
		return err
	}
	if err := x.describe(); err != nil {
		return err
	}
	return x.zip.Close()
}

func (x *wacz) listPages() error {
	if err := x.open("pages/pages.jsonl"); err != nil {
		return err
	}
	if err := x.list.Flush(); err != nil {
		return storageError(x.pages.Name(), err)
	}
	if _, err := x.pages.Seek(0, io.SeekStart); err != nil {
		return storageError(x.pages.Name(), err)
	}
	_, err := io.Copy(x.member, x.pages)
	return err
}

// describe writes the description of the package, with a hash of every member, and the hash of the description.
func (x *wacz) describe() error {
	x.done()
	created := x.newest
	if created.IsZero() {
		created = time.Unix(0, 0).UTC()
	}
	about, err := json.MarshalIndent(struct {
		Profile   string     `json:"profile"`
		Version   string     `json:"wacz_version"`
		Title     string     `json:"title"`
		Software  string     `json:"software"`
		Created   string     `json:"created"` // when the newest page was fetched: the same feed gives the same file
		Resources []resource `json:"resources"`
	}{"data-package", "1.1.1", "Pressemitteilungen", "kreispresse", created.Format("2006-01-02T15:04:05Z"), x.members}, "", "  ")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(about)
	digest := `{"path":"datapackage.json","hash":"sha256:` + hex.EncodeToString(sum[:]) + `"}`
	for _, m := range [][2]string{{"datapackage.json", string(about)}, {"datapackage-digest.json", digest}} {
		if err := x.open(m[0]); err != nil {
			return err
		}
		if _, err := io.WriteString(x.member, m[1]); err != nil {
			return err
		}
	}
	return nil
}

// open ends the member before and begins the next.
func (x *wacz) open(name string) error {
	x.done()
	w, err := x.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	*x.member = member{path: name, w: w, sum: sha256.New()}
	return nil
}

// done notes what the open member holds.
func (x *wacz) done() {
	if m := x.member; m.path != "" {
		x.members = append(x.members, resource{path.Base(m.path), m.path, "sha256:" + hex.EncodeToString(m.sum.Sum(nil)), m.n})
		m.path = ""
	}
}

// Discard removes what was put aside, whether the export ended well or not.
func (x *wacz) Discard() {
	x.index.discard()
	if x.pages != nil {
		_ = x.pages.Close()
		_ = os.Remove(x.pages.Name())
		x.pages = nil
	}
}

// member is a member of the zip with its hash and length.
type member struct {
	path string
	w    io.Writer
	sum  hash.Hash
	n    int64
}

func (m *member) Write(b []byte) (int, error) {
	n, err := m.w.Write(b)
	m.sum.Write(b[:n])
	m.n += int64(n)
	return n, err
}
