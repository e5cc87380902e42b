package export

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/nlnwa/gowarc/v3"

	"github.com/kreispresse/kreispresse/schemas"
)

// warc writes the pages that releases were read from as WARC 1.1: a warcinfo record, then a response a page, each in a gzip member of its own
// (so that an index can point at it). What was asked is not kept, so there are no request records; of the answer's headers those that
// the archive keeps are there. Ids are made of what a record holds: the same feed gives the same bytes.
type warc struct {
	out     counting
	o       Options
	zip     *gzip.Writer
	options []gowarc.WarcRecordOption
	written bits
	begun   bool
	noted   func(*entry, *schemas.Event) error // told of each page; may be nil
}

// entry is a response record: what an index says of it.
type entry struct {
	URL      string
	At       time.Time
	MIME     string
	Status   int
	Digest   string // of the body
	Offset   int64
	Length   int64 // compressed
	Sequence uint64
}

func newWARC(w io.Writer, o Options) (Writer, error) {
	x, err := warcWriter(w, o)
	return x, err
}

func warcWriter(w io.Writer, o Options) (*warc, error) {
	x := &warc{out: counting{w: w}, o: o}
	x.zip = gzip.NewWriter(&x.out)
	x.options = []gowarc.WarcRecordOption{
		gowarc.WithStrictValidation(), gowarc.WithBlockErrorPolicy(gowarc.ErrFail), gowarc.WithAddMissingDigest(true),
		gowarc.WithBufferTmpDir(o.Temp), gowarc.WithBufferMaxMemBytes(8 << 20),
	}
	return x, nil
}

func (*warc) Begin() error { return nil }

// Write adds the page that the release was read from, once, whichever of its revisions comes first.
func (x *warc) Write(ev *schemas.Event) error {
	seq := ev.Release.Provenance.RawSequence
	if seq == 0 || x.written.has(seq) {
		return nil
	}
	s, err := x.o.Snapshot(seq)
	switch schemas.KindOf(err) {
	case "":
	case schemas.KindNotFound, schemas.KindStorage: // erased, or lost: an archive of the rest is better than none
		x.skip(ev, seq, err)
		return nil
	default:
		return err
	}
	x.written.set(seq)
	address := webAddress(s.URL)
	if address == "" {
		x.skip(ev, seq, fmt.Errorf("no address of the web: %q", s.URL))
		return nil
	}
	e := &entry{URL: address, At: s.FetchedAt.UTC(), MIME: mime(s.ContentType), Status: s.Status, Digest: "sha256:" + s.Digest(), Sequence: seq}
	if e.At.IsZero() {
		e.At = ev.Time.UTC()
	}
	if err := x.begin(e.At); err != nil {
		return err
	}
	if err := x.response(e, s); errors.Is(err, errUnfit) {
		x.skip(ev, seq, err)
		return nil
	} else if err != nil {
		return err
	}
	if x.noted != nil {
		return x.noted(e, ev)
	}
	return nil
}

func (x *warc) skip(ev *schemas.Event, seq uint64, err error) {
	if x.o.Skipped != nil {
		x.o.Skipped(ev.Release.ID, seq, err)
	}
}

// begin writes the record that says what the file is, dated like the first page.
func (x *warc) begin(at time.Time) error {
	if x.begun {
		return nil
	}
	x.begun = true
	text := "software: kreispresse (https://github.com/kreispresse/kreispresse)\r\nformat: WARC File Format 1.1\r\n" +
		"conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n" +
		"description: press releases of German public authorities, the pages as they were received after content decoding\r\n"
	return x.record(gowarc.Warcinfo, []byte(text), "warcinfo "+at.Format(time.RFC3339Nano), map[string]string{
		gowarc.WarcDate: at.Format(time.RFC3339), gowarc.ContentType: "application/warc-fields", gowarc.WarcFilename: "data.warc.gz",
	})
}

func (x *warc) response(e *entry, s *schemas.Snapshot) error {
	start := x.out.n
	err := x.record(gowarc.Response, answer(s), fmt.Sprintf("response %d %s %s", e.Sequence, e.URL, e.Digest), map[string]string{
		gowarc.WarcDate: e.At.Format(time.RFC3339Nano), gowarc.ContentType: "application/http;msgtype=response", gowarc.WarcTargetURI: e.URL,
		gowarc.WarcPayloadDigest: e.Digest,
	})
	e.Offset, e.Length = start, x.out.n-start
	return err
}

// answer is the HTTP response as far as it is kept. The body is stored after Content-Encoding, and its length is the one that it has now.
func answer(s *schemas.Snapshot) []byte {
	var b bytes.Buffer
	status := s.Status
	if status < 100 || status > 999 {
		status = http.StatusOK
	}
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	for _, h := range [][2]string{
		{"Content-Type", s.ContentType},
		{"ETag", s.Header.ETag},
		{"Last-Modified", s.Header.LastModified},
		{"Content-Language", s.Header.Language},
		{"Content-Length", strconv.Itoa(len(s.Body))},
	} {
		if v := headerValue(h[1]); v != "" {
			b.WriteString(h[0] + ": " + v + "\r\n")
		}
	}
	b.WriteString("\r\n")
	b.Write(s.Body)
	return b.Bytes()
}

// headerValue is a value that cannot end its line: what RFC 9110 does not let stand in one is a blank.
func headerValue(v string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, v))
}

// errUnfit is met in a page that no record can hold: one of them must not keep the others out.
var errUnfit = errors.New("no record can hold it")

// record writes one record. Its id is a name-based UUID (RFC 9562, version 8) of what identifies it.
func (x *warc) record(kind gowarc.RecordType, block []byte, identity string, header map[string]string) error {
	b := gowarc.NewRecordBuilder(kind, x.options...)
	sum := sha256.Sum256([]byte(identity))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	b.AddWarcHeader(gowarc.WarcRecordID, fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16]))
	for _, name := range []string{gowarc.WarcDate, gowarc.WarcTargetURI, gowarc.WarcFilename, gowarc.ContentType, gowarc.WarcPayloadDigest} {
		if v := header[name]; v != "" {
			b.AddWarcHeader(name, v)
		}
	}
	if _, err := b.Write(block); err != nil {
		return err
	}
	rec, _, err := b.Build()
	if err != nil {
		return fmt.Errorf("%w: %w", errUnfit, err)
	}
	defer rec.Close()
	x.zip.Reset(&x.out)
	if _, _, err := gowarc.NewMarshaler().Marshal(x.zip, rec, 0); err != nil {
		return err
	}
	return x.zip.Close()
}

// Close writes the record that says what the file is, when no page did.
func (x *warc) Close() error { return x.begin(time.Unix(0, 0).UTC()) }

// mime is a media type without parameters, as an index has it.
func mime(contentType string) string {
	typ, _, _ := strings.Cut(contentType, ";")
	if typ = strings.ToLower(strings.TrimSpace(typ)); typ == "" || strings.ContainsAny(typ, " \t\r\n") {
		return "application/octet-stream"
	}
	return typ
}

// counting is a writer that knows its place.
type counting struct {
	w io.Writer
	n int64
}

func (c *counting) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// bits are a set of sequences: a bit for each up to the largest, 125 kB a million.
type bits []uint64

func (b *bits) has(n uint64) bool { return n/64 < uint64(len(*b)) && (*b)[n/64]&(1<<(n%64)) != 0 }

func (b *bits) set(n uint64) {
	if need := int(n/64) + 1; need > len(*b) {
		*b = append(*b, make([]uint64, need-len(*b))...)
	}
	(*b)[n/64] |= 1 << (n % 64)
}
