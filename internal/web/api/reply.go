package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// document is a whole answer.
type document struct {
	typ      string // media type
	body     []byte
	modified time.Time // zero: not known
	hash     string    // of body, for the ETag; made when it is empty
}

// jsonDocument is v as JSON on one line.
func jsonDocument(v any) (*document, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return &document{typ: typeJSON, body: b.Bytes()}, err
}

const typeJSON = "application/json"

// leastCompressed is from how many bytes on an answer is worth compressing.
const leastCompressed = 1 << 10

// reply answers with a document: not at all when the client has it already, else compressed as the client likes it.
func reply(w http.ResponseWriter, r *http.Request, status int, d *document) error {
	if d.hash == "" {
		sum := sha256.Sum256(d.body)
		d.hash = hex.EncodeToString(sum[:12])
	}
	h := w.Header()
	h.Set("Content-Type", d.typ)
	h.Add("Vary", "Accept-Encoding")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache") // may be kept, and is to be asked for
	}
	if !d.modified.IsZero() {
		h.Set("Last-Modified", d.modified.UTC().Format(http.TimeFormat))
	}
	enc := ""
	if len(d.body) >= leastCompressed {
		enc = encodingOf(r)
	}
	tag := d.hash
	if enc != "" {
		tag += "-" + enc
		h.Set("Content-Encoding", enc)
	}
	h.Set("ETag", `"`+tag+`"`)
	if status == http.StatusOK && has(r, d) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := d.body
	if enc != "" {
		body = compress(enc, body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // whoever asked may be gone
	}
	return nil
}

// has says whether the client has the document, in whatever encoding (RFC 9110, section 13).
func has(r *http.Request, d *document) bool {
	if list := r.Header.Values("If-None-Match"); len(list) > 0 {
		for tag := range strings.SplitSeq(strings.Join(list, ","), ",") {
			tag = strings.Trim(strings.TrimPrefix(strings.TrimSpace(tag), "W/"), `"`)
			if plain, _, _ := strings.Cut(tag, "-"); tag == "*" || plain == d.hash {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !d.modified.IsZero() && !d.modified.Truncate(time.Second).After(since)
}

// encodingOf is the best encoding that the client takes, "" for none.
func encodingOf(r *http.Request) string {
	takes := map[string]bool{}
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q, given := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		takes[strings.ToLower(strings.TrimSpace(name))] = !given || err == nil && weight > 0
	}
	for _, enc := range []string{"zstd", "gzip"} {
		if takes[enc] {
			return enc
		}
	}
	return ""
}

// compressor wraps w.
func compressor(enc string, w io.Writer) io.WriteCloser {
	if enc == "zstd" {
		z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
		if err == nil {
			return z
		}
	}
	z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed) // the level is one
	return z
}

func compress(enc string, body []byte) []byte {
	var b bytes.Buffer
	z := compressor(enc, &b)
	_, _ = z.Write(body) // a Buffer takes everything
	_ = z.Close()
	return b.Bytes()
}
