package segment

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// ManifestName is where the manifest lies, below the archive's address.
const ManifestName = "segments.json"

// Format names the format and its version. Whoever meets another one must not guess.
const Format = "kreispresse-segments/1"

// Manifest says what an archive holds.
type Manifest struct {
	Format  string `json:"format"`
	Stream  Stream `json:"stream"`
	Size    uint64 `json:"segment_size"` // sequences a sealed segment covers
	Next    uint64 `json:"next"`         // the first sequence that no segment covers: where the live feed goes on
	Updated string `json:"updated"`      // time of the newest event
	// Segments cover the sequences from 1 on without a gap, in their order; only the last one may be open.
	Segments  []*Segment `json:"segments"`
	Days      []*Day     `json:"days,omitempty"`
	Keys      []Key      `json:"keys,omitempty"`      // that sign, in the order of their use
	Signature string     `json:"signature,omitempty"` // by the last key, of Statement
}

// Stream identifies a feed, over moves to other servers and back from backups.
type Stream struct {
	Name string `json:"name"`
	ID   string `json:"id"` // hex, made of the first event that was archived
}

// Segment is one range of sequences, every one of which is an event of its files, erased or lost.
type Segment struct {
	From       uint64   `json:"from"`
	To         uint64   `json:"to"`
	Open       bool     `json:"open,omitempty"` // events are still added: its files are replaced
	Version    int      `json:"version"`        // 1; one more with each erasure
	Events     int      `json:"events"`
	First      string   `json:"first_time,omitempty"` // of its first and its last event
	Last       string   `json:"last_time,omitempty"`
	Chain      string   `json:"chain"`            // of all events up to To, see chain.go
	Anchor     *Anchor  `json:"anchor,omitempty"` // its last event that is still there
	Files      []File   `json:"files"`
	Erased     []Gone   `json:"erased,omitempty"`
	Lost       []Gone   `json:"lost,omitempty"`       // damaged at the source, and accepted as lost there
	Supersedes []string `json:"supersedes,omitempty"` // sha256 of the files that held what was erased since
	Sources    Counts   `json:"sources,omitempty"`    // events by source: for whoever reads a part of the feed
}

// Counts is how many events each source has.
type Counts map[string]int

// Anchor is an event by which a stream is known again.
type Anchor struct {
	Sequence uint64 `json:"sequence"`
	Leaf     string `json:"leaf"`
}

// File is one file of a segment. Its name has the hash in it: what a name stands for never changes.
type File struct {
	Format string `json:"format"` // FormatNDJSON, FormatParquet
	Name   string `json:"name"`   // relative to the manifest
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	// Of what is in it before compression; empty for Parquet.
	ContentBytes  int64  `json:"content_bytes,omitempty"`
	ContentSHA256 string `json:"content_sha256,omitempty"`
}

// Formats of files.
const (
	FormatNDJSON  = "ndjson.zst"
	FormatParquet = "parquet"
)

// Gone is a sequence whose event is no more.
type Gone struct {
	Sequence uint64 `json:"sequence"`
	Leaf     string `json:"leaf"`             // what stands for it in the chain
	SHA256   string `json:"sha256,omitempty"` // of the release it held, by its receipt: whoever has a copy can tell that it is the one to erase
}

// file is the file of a format, nil when there is none.
func (s *Segment) file(format string) *File {
	for i := range s.Files {
		if s.Files[i].Format == format {
			return &s.Files[i]
		}
	}
	return nil
}

// DecodeManifest reads a manifest and refuses one that is not consistent in itself. Signatures are Verify's business.
func DecodeManifest(b []byte) (*Manifest, error) {
	fail := func(format string, v ...any) (*Manifest, error) {
		return nil, &schemas.Error{
			Op: "segments", Thing: ManifestName, Kind: schemas.KindInvalid, Err: fmt.Errorf(format, v...),
			Hint: "fetch it again; if it stays so, tell the operator of the feed",
		}
	}
	var m Manifest
	if err := json.NewDecoder(bytes.NewReader(b)).Decode(&m); err != nil {
		return fail("it is no JSON, or cut off: %w", err)
	}
	if m.Format != Format {
		return fail("its format is %q, this program reads %q", m.Format, Format)
	}
	if m.Size == 0 || len(m.Stream.ID) != 32 {
		return fail("the size of segments or the identity of the stream is missing")
	}
	next := uint64(1)
	for i, s := range m.Segments {
		if err := s.check(next, i == len(m.Segments)-1); err != nil {
			return fail("segment %d: %w", s.From, err)
		}
		next = s.To + 1
	}
	if m.Next != next {
		return fail("the segments end at %d, but the next sequence is said to be %d", next-1, m.Next)
	}
	return &m, nil
}

// aName is what a file may be called: nothing that leads out of the archive.
var aName = regexp.MustCompile(`^segments/[0-9a-z.-]+$`)

func (s *Segment) check(from uint64, last bool) error {
	switch {
	case s.From != from:
		return fmt.Errorf("it should begin at %d", from)
	case s.To < s.From:
		return errors.New("it ends before it begins")
	case s.Open && !last:
		return errors.New("it is open and not the last one")
	case uint64(s.Events)+uint64(len(s.Erased))+uint64(len(s.Lost)) != s.To-s.From+1:
		return fmt.Errorf("%d events, %d erased and %d lost do not make %d sequences", s.Events, len(s.Erased), len(s.Lost), s.To-s.From+1)
	case s.file(FormatNDJSON) == nil:
		return errors.New("it has no file of events")
	}
	for _, f := range s.Files {
		if !aName.MatchString(f.Name) || len(f.SHA256) != 64 {
			return fmt.Errorf("its file %q has no proper name or hash", f.Name)
		}
	}
	return nil
}

// encode is the manifest as it is written: the same archive gives the same bytes.
func (m *Manifest) encode() ([]byte, error) {
	b, err := json.MarshalIndent(m, "", " ")
	return append(b, '\n'), err
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
