package export_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/nlnwa/gowarc/v3"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// record is what a strict reader finds in a WARC.
type record struct {
	kind, uri, id string
	status        int
	header        string // of the answer
	body          string
	offset        int64
}

// records reads a WARC as gowarc does when it is strict about everything, the digests too.
func records(t *testing.T, b []byte) (list []record) {
	t.Helper()
	r, err := gowarc.NewWarcFileReaderFromStream(bytes.NewReader(b), 0, gowarc.WithStrictValidation(), gowarc.WithBlockErrorPolicy(gowarc.ErrFail))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatalf("record %d: %v", len(list), err)
		}
		if len(rec.Validation) > 0 {
			t.Errorf("record %d: %v", len(list), rec.Validation)
		}
		w := rec.WarcRecord
		x := record{kind: w.Type().String(), uri: w.WarcHeader().Get(gowarc.WarcTargetURI), id: w.RecordId(), offset: rec.Offset}
		if http, ok := w.Block().(gowarc.HttpResponseBlock); ok {
			x.status, x.header = http.HttpStatusCode(), string(http.ProtocolHeaderBytes())
			p, err := http.PayloadBytes()
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(p)
			if err != nil {
				t.Fatal(err)
			}
			x.body = string(body)
		}
		if err := rec.Close(); err != nil {
			t.Errorf("record %d: %v", len(list), err)
		}
		list = append(list, x)
	}
}

// TestWARC: each page once, as it was received, in the order of the feed; erased and withdrawn releases' pages are not there, nor what the
// archive has lost.
func TestWARC(t *testing.T) {
	events := examples(t)
	again := *events[0] // another revision of the same page
	again.Sequence = 99
	lost := example(t, "full", schemas.EventPublished)
	lost.Release.Provenance.RawSequence = 555
	never := example(t, "full", schemas.EventPublished) // no snapshot
	never.Release.Provenance.RawSequence = 0
	pages := pagesOf(events)
	var told []uint64
	var b bytes.Buffer
	o := export.Options{Skipped: func(_ string, seq uint64, err error) {
		if told = append(told, seq); schemas.KindOf(err) != schemas.KindNotFound {
			t.Error(err)
		}
	}}
	f := &feed{append(slices.Clone(events), &again, lost, never), pages}
	if _, err := export.Run(t.Context(), f, export.Filter{}, export.Find("warc"), o, &b); err != nil {
		t.Fatal(err)
	}
	list := records(t, b.Bytes())
	if len(list) != 5 || list[0].kind != "warcinfo" {
		t.Fatalf("%d records, want a warcinfo and four pages: %+v", len(list), list)
	}
	if !slices.Equal(told, []uint64{555}) {
		t.Errorf("told of %v", told)
	}
	ids := map[string]bool{}
	for i, r := range list {
		ids[r.id] = true
		if i == 0 {
			continue
		}
		s := pages[events[i-1].Release.Provenance.RawSequence]
		if r.kind != "response" || r.status != 200 || r.body != string(s.Body) {
			t.Errorf("record %d: %s %d %q", i, r.kind, r.status, r.body)
		}
		if !strings.HasPrefix(r.uri, "https://www.kreis-musterau.example/presse/"+string(rune('a'+i-1))) {
			t.Errorf("record %d: %s", i, r.uri)
		}
		if !strings.Contains(r.header, "Content-Type: text/html; charset=utf-8\r\nETag: \"x \"\r\nContent-Language: de\r\n") {
			t.Errorf("record %d: header %q", i, r.header)
		}
	}
	if len(ids) != len(list) {
		t.Errorf("%d ids of %d records", len(ids), len(list))
	}
}

// TestWARCEmpty and of hostile pages: still a WARC that a strict reader takes.
func TestWARCOfAnything(t *testing.T) {
	if list := records(t, write(t, "warc", export.Filter{}, export.Options{})); len(list) != 1 {
		t.Errorf("nothing to export: %+v", list)
	}
	events := hostile(t)
	pages := pagesOf(events)
	for i, ev := range events {
		s := pages[ev.Release.Provenance.RawSequence]
		bad := ev.Release.Kicker
		s.ContentType, s.Header = bad, schemas.SnapshotHeader{ETag: bad, LastModified: bad, Language: bad}
		s.URL = "https://x.example/" + strconv.Itoa(i) + "?" + bad
		s.Body = []byte(bad)
	}
	for _, format := range []string{"warc", "wacz"} {
		var b bytes.Buffer
		o := export.Options{Temp: t.TempDir()}
		n := 0
		o.Skipped = func(string, uint64, error) { n++ }
		if _, err := export.Run(t.Context(), &feed{events, pages}, export.Filter{}, export.Find(format), o, &b); err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if format == "warc" {
			if list := records(t, b.Bytes()); len(list)+n != len(events)+1 || n > 5 { // a URL cannot hold control characters
				t.Errorf("%d records, %d left out, of %d pages", len(list), n, len(events))
			}
		}
	}
}

// FuzzWARC: whatever a server answered, a strict reader takes the archive, with the page in it or without.
func FuzzWARC(f *testing.F) {
	for _, s := range nasty {
		f.Add("https://x.example/"+s, s, 200, []byte(s))
	}
	f.Fuzz(func(t *testing.T, address, header string, status int, body []byte) {
		ev := &schemas.Event{Type: schemas.EventPublished, Release: &schemas.Release{Provenance: schemas.Provenance{RawSequence: 1}}}
		page := &schemas.Snapshot{
			URL: address, Status: status, ContentType: header, Body: body, FetchedAt: time.Unix(1_800_000_000, 0),
			Header: schemas.SnapshotHeader{ETag: header, LastModified: header, Language: header},
		}
		left := 0
		o := export.Options{Skipped: func(string, uint64, error) { left++ }}
		var out bytes.Buffer
		from := &feed{[]*schemas.Event{ev}, map[uint64]*schemas.Snapshot{1: page}}
		if _, err := export.Run(t.Context(), from, export.Filter{}, export.Find("warc"), o, &out); err != nil {
			t.Fatal(err)
		}
		list := records(t, out.Bytes())
		if len(list)+left != 2 {
			t.Errorf("%d records, %d left out", len(list), left)
		}
		if left == 0 && list[1].body != string(body) {
			t.Errorf("body %q came back as %q", body, list[1].body)
		}
	})
}

// TestWACZ: the members are what the specification asks for; each hash is right; the index is sorted, and each of its lines leads to a gzip member
// that holds the record of that address; the list of pages has every one.
func TestWACZ(t *testing.T) {
	events := examples(t)
	members, order := membersOf(t, write(t, "wacz", export.Filter{}, export.Options{}, events...))
	want := []string{"archive/data.warc.gz", "indexes/index.cdxj", "pages/pages.jsonl", "datapackage.json", "datapackage-digest.json"}
	if !slices.Equal(order, want) {
		t.Fatalf("members: %v", order)
	}
	describes(t, members)
	list := records(t, members["archive/data.warc.gz"])
	lines := strings.Split(strings.TrimSuffix(string(members["indexes/index.cdxj"]), "\n"), "\n")
	if len(lines) != len(list)-1 || !slices.IsSorted(lines) {
		t.Errorf("%d lines for %d pages, sorted: %v", len(lines), len(list)-1, slices.IsSorted(lines))
	}
	for _, line := range lines {
		leads(t, line, members["archive/data.warc.gz"])
	}
	pages := bufio.NewScanner(bytes.NewReader(members["pages/pages.jsonl"]))
	for n := 0; pages.Scan(); n++ {
		var p struct{ Format, ID, URL, TS, Title string }
		if err := json.Unmarshal(pages.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if n == 0 && p.Format != "json-pages-1.0" || n > 0 && (p.URL != list[n].uri || p.Title != events[n-1].Release.Title || !strings.HasSuffix(p.TS, "Z")) {
			t.Errorf("page %d: %+v", n, p)
		}
	}
}

// membersOf are the members of a WACZ, and their names in order.
func membersOf(t *testing.T, b []byte) (members map[string][]byte, order []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	members = map[string][]byte{}
	for _, f := range z.File {
		if f.Method != zip.Store {
			t.Errorf("%s is compressed: nobody could read a part of it", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if members[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		order = append(order, f.Name)
	}
	return members, order
}

// describes: datapackage.json names each member but itself and its digest, with a hash and length that are true.
func describes(t *testing.T, members map[string][]byte) {
	t.Helper()
	var about struct {
		Profile   string `json:"profile"`
		Version   string `json:"wacz_version"`
		Resources []struct {
			Name, Path, Hash string
			Bytes            int
		}
	}
	if err := json.Unmarshal(members["datapackage.json"], &about); err != nil {
		t.Fatal(err)
	}
	if about.Profile != "data-package" || about.Version != "1.1.1" || len(about.Resources) != 3 {
		t.Errorf("%+v", about)
	}
	hash := func(b []byte) string {
		sum := sha256.Sum256(b)
		return "sha256:" + hex.EncodeToString(sum[:])
	}
	for _, r := range about.Resources {
		if m := members[r.Path]; len(m) != r.Bytes || hash(m) != r.Hash || !strings.HasSuffix(r.Path, "/"+r.Name) {
			t.Errorf("%+v: %d bytes, %s", r, len(m), hash(m))
		}
	}
	var digest struct{ Path, Hash string }
	if err := json.Unmarshal(members["datapackage-digest.json"], &digest); err != nil || digest.Hash != hash(members["datapackage.json"]) {
		t.Errorf("%+v: %v", digest, err)
	}
}

// leads follows a line of the index into the archive.
func leads(t *testing.T, line string, warc []byte) {
	t.Helper()
	fields := strings.SplitN(line, " ", 3)
	var e struct{ URL, MIME, Status, Digest, Length, Offset, Filename string }
	if err := json.Unmarshal([]byte(fields[2]), &e); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	from, _ := strconv.Atoi(e.Offset)
	n, _ := strconv.Atoi(e.Length)
	r, err := gzip.NewReader(bytes.NewReader(warc[from : from+n]))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	text, err := io.ReadAll(r)
	if err != nil || !strings.Contains(string(text), "\r\nWARC-Target-URI: "+e.URL+"\r\n") || bytes.Count(text, []byte("WARC/1.1\r\n")) != 1 {
		t.Errorf("%s: %v: %.200q", line, err, text)
	}
	if !strings.HasPrefix(fields[0], "example,kreis-musterau)/presse/") || len(fields[1]) != 14 || e.MIME != "text/html" || e.Filename != "data.warc.gz" {
		t.Errorf("%s", line)
	}
}
