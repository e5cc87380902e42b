package publisher

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// Headers of a raw message, format 1. Values are percent-encoded; what is empty or zero is absent.
const (
	rawFormat       = "Kp-Format" // "1"
	rawURL          = "Kp-Url"
	rawSourceID     = "Kp-Source"
	rawSourceName   = "Kp-Source-Name"
	rawSourceAGS    = "Kp-Source-Ags"
	rawSourceState  = "Kp-Source-State"
	rawSourceARS    = "Kp-Source-Ars"
	rawSourceNUTS3  = "Kp-Source-Nuts3"
	rawSourceQ      = "Kp-Source-Wikidata"
	rawFetchedAt    = "Kp-Fetched-At" // RFC 3339 with nanoseconds
	rawFirstSeen    = "Kp-First-Seen"
	rawRun          = "Kp-Run"
	rawStatus       = "Kp-Status"
	rawContentType  = "Kp-Content-Type"
	rawETag         = "Kp-Etag"
	rawLastModified = "Kp-Last-Modified"
	rawLanguage     = "Kp-Content-Language"
	rawHintTitle    = "Kp-Hint-Title"
	rawHintDate     = "Kp-Hint-Published"
	rawHintBy       = "Kp-Hint-Published-By"
	rawHintFound    = "Kp-Hint-Discovered-By"
	rawProfile      = "Kp-Profile"
	rawPrevious     = "Kp-Previous"
	rawDigest       = "Kp-Sha256"   // hex sha256 of the body, uncompressed
	rawEncoding     = "Kp-Encoding" // of the message: "zstd", or absent when it is empty or elsewhere
	rawObject       = "Kp-Object"   // name in the object store when the body is there (zstd)

	encodingZstd = "zstd"
)

// maxBody bounds what a stored body may unpack to, against a forged message. The crawler's own limit is lower.
const maxBody = 256 << 20

// packer compresses and unpacks bodies; both directions may be used from several goroutines.
type packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newPacker() (*packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithEncoderCRC(true))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxBody))
	if err != nil {
		return nil, err
	}
	return &packer{enc, dec}, nil
}

// encode writes a snapshot as a message of format 1, with the whole body in it.
func (p *packer) encode(subject string, s *schemas.Snapshot) *nats.Msg {
	m := nats.NewMsg(subject)
	set := func(key, value string) {
		if value != "" {
			m.Header[key] = []string{percentEncode(value)}
		}
	}
	set(rawFormat, "1")
	set(rawURL, s.URL)
	set(rawSourceID, s.Source.ID)
	set(rawSourceName, s.Source.Name)
	set(rawSourceAGS, s.Source.AGS)
	set(rawSourceState, s.Source.State)
	set(rawSourceARS, s.Source.ARS)
	set(rawSourceNUTS3, s.Source.NUTS3)
	set(rawSourceQ, s.Source.Wikidata)
	set(rawFetchedAt, formatTime(s.FetchedAt))
	set(rawFirstSeen, formatTime(s.FirstSeen))
	set(rawRun, s.Run)
	set(rawContentType, s.ContentType)
	set(rawETag, s.Header.ETag)
	set(rawLastModified, s.Header.LastModified)
	set(rawLanguage, s.Header.Language)
	set(rawHintTitle, s.Hints.Title)
	set(rawHintDate, s.Hints.Published)
	set(rawHintBy, s.Hints.PublishedBy)
	set(rawHintFound, s.Hints.DiscoveredBy)
	set(rawProfile, s.Profile)
	if s.Status != 0 {
		set(rawStatus, strconv.Itoa(s.Status))
	}
	if s.Previous != 0 {
		set(rawPrevious, strconv.FormatUint(s.Previous, 10))
	}
	set(rawDigest, s.Digest())
	if len(s.Body) > 0 {
		set(rawEncoding, encodingZstd)
		m.Data = p.enc.EncodeAll(s.Body, nil)
	}
	return m
}

// decodeMeta reads everything but the body.
func decodeMeta(h nats.Header) (*schemas.Snapshot, error) {
	get := func(key string) string { return percentDecode(first(h, key)) }
	if f := get(rawFormat); f != "1" {
		return nil, fmt.Errorf("no snapshot of a known format (%s: %q)", rawFormat, f)
	}
	s := &schemas.Snapshot{
		Source: schemas.Source{
			ID: get(rawSourceID), Name: get(rawSourceName), AGS: get(rawSourceAGS), State: get(rawSourceState),
			ARS: get(rawSourceARS), NUTS3: get(rawSourceNUTS3), Wikidata: get(rawSourceQ),
		},
		URL:         get(rawURL),
		Run:         get(rawRun),
		ContentType: get(rawContentType),
		Header:      schemas.SnapshotHeader{ETag: get(rawETag), LastModified: get(rawLastModified), Language: get(rawLanguage)},
		Profile:     get(rawProfile),
		Hints:       schemas.Hints{Title: get(rawHintTitle), Published: get(rawHintDate), PublishedBy: get(rawHintBy), DiscoveredBy: get(rawHintFound)},
	}
	var errs []error
	parse := func(key string, read func(string) error) {
		if v := get(key); v != "" {
			if err := read(v); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", key, err))
			}
		}
	}
	parse(rawFetchedAt, func(v string) (err error) { s.FetchedAt, err = parseTime(v); return })
	parse(rawFirstSeen, func(v string) (err error) { s.FirstSeen, err = parseTime(v); return })
	parse(rawStatus, func(v string) (err error) { s.Status, err = strconv.Atoi(v); return })
	parse(rawPrevious, func(v string) (err error) { s.Previous, err = strconv.ParseUint(v, 10, 64); return })
	return s, errors.Join(errs...)
}

// unpack gives the body of a message whose data, from the message or the object store, is given; it checks the digest.
func (p *packer) unpack(h nats.Header, data []byte) ([]byte, error) {
	var body []byte
	switch enc := first(h, rawEncoding); enc {
	case encodingZstd:
		var err error
		if body, err = p.dec.DecodeAll(data, nil); err != nil {
			return nil, fmt.Errorf("corrupt body: %w", err)
		}
	case "":
		if len(data) > 0 {
			body = data
		}
	default:
		return nil, fmt.Errorf("body encoding %q is not known", enc)
	}
	sum := sha256.Sum256(body)
	if want := first(h, rawDigest); want != hex.EncodeToString(sum[:]) {
		return nil, fmt.Errorf("corrupt body: its sha256 is %x, not %s", sum, want)
	}
	return body, nil
}

func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

// parseTime keeps the offset: what Parse makes of a snapshot must not depend on whether it has been stored in between.
func parseTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err == nil && t.Location() == time.Local {
		// time.Parse puts a matching offset into the local zone, whose other offsets would then depend on the machine.
		_, off := t.Zone()
		t = t.In(time.FixedZone("", off))
	}
	return t, err
}
