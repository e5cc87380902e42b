package segment

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"

	"github.com/kreispresse/kreispresse/schemas"
)

// Read calls fn for the events of an archive from a sequence on, in their order, and returns the sequence at which the live feed goes on. A
// segment is checked against its hash before fn sees anything of it; one that is cut off or altered is KindStorage. The bytes are fn's only until it
// returns.
func Read(ctx context.Context, s Store, m *Manifest, from uint64, fn func(ev *schemas.Event, release []byte) error) (next uint64, err error) {
	for _, seg := range m.Segments {
		if seg.To < from {
			continue
		}
		err := readSegment(ctx, s, seg, func(ev *schemas.Event, release []byte) error {
			if ev.Sequence < from {
				return nil
			}
			return fn(ev, release)
		})
		if err != nil {
			return 0, err
		}
	}
	return max(from, m.Next), nil
}

// readSegment reads one segment, every event of which is in it, in order, with the hash that the manifest says.
func readSegment(ctx context.Context, s Store, seg *Segment, fn func(ev *schemas.Event, release []byte) error) error {
	f := seg.file(FormatNDJSON)
	body, err := fetch(ctx, s, f)
	if err != nil {
		return err
	}
	defer body.Close()
	z, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(mostWindow))
	if err != nil {
		return broken(f, err)
	}
	defer z.Close()
	sum := sha256.New()
	lines := bufio.NewReaderSize(io.TeeReader(z, sum), 1<<20)
	next := place{seg: seg, seq: seg.From}
	for line := []byte(nil); ; {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if line, err = readLine(lines, line[:0]); errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return broken(f, err)
		}
		ev, release, err := schemas.ParseEventJSON(line)
		if err != nil {
			return broken(f, err)
		}
		if err := next.at(ev.Sequence); err != nil || ev.Sequence > seg.To {
			return broken(f, cmp.Or(err, fmt.Errorf("sequence %d is behind its end", ev.Sequence)))
		}
		if err := fn(ev, release); err != nil {
			return err
		}
	}
	if err := next.end(); err != nil {
		return broken(f, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != f.ContentSHA256 {
		return broken(f, fmt.Errorf("what is in it has the sha256 %s, the manifest says %s", got, f.ContentSHA256))
	}
	return nil
}

// mostWindow bounds the memory that a file can make its reader take.
const mostWindow = 64 << 20

// mostLine is more than a message of NATS can hold, with room for escapes.
const mostLine = 64 << 20

// readLine reads a line without its end. A last line without one is cut off.
func readLine(r *bufio.Reader, buf []byte) ([]byte, error) {
	for {
		part, err := r.ReadSlice('\n')
		buf = append(buf, part...)
		switch {
		case err == nil:
			return buf[:len(buf)-1], nil
		case len(buf) > mostLine:
			return nil, errors.New("a line is longer than any event")
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(buf) > 0:
			return nil, io.ErrUnexpectedEOF
		default:
			return nil, err
		}
	}
}

// place is how far a segment is read.
type place struct {
	seg *Segment
	seq uint64 // expected next
}

// at steps over what is known to be gone, to seq.
func (p *place) at(seq uint64) error {
	for p.seq < seq && p.seq <= p.seg.To && (holds(p.seg.Erased, p.seq) || holds(p.seg.Lost, p.seq)) {
		p.seq++
	}
	if p.seq != seq {
		return fmt.Errorf("sequence %d stands where %d should", seq, p.seq)
	}
	p.seq++
	return nil
}

func (p *place) end() error {
	seq := p.seg.To + 1
	if err := p.at(seq); err != nil {
		return fmt.Errorf("it ends before sequence %d", p.seq)
	}
	return nil
}

// broken is the error for a file that is not what the manifest says.
func broken(f *File, err error) error {
	return &schemas.Error{
		Op: "segments", Thing: f.Name, Kind: schemas.KindStorage, Err: fmt.Errorf("the file is cut off or altered: %w", err),
		Hint: "fetch it again; if it stays so, tell the operator of the feed",
	}
}

// fetch gives a file whose hash was checked. What comes over a network is kept aside until then; a file on disk is read twice.
func fetch(ctx context.Context, s Store, f *File) (io.ReadCloser, error) {
	r, err := s.Open(ctx, f.Name)
	if err != nil {
		return nil, err
	}
	file, ok := r.(*os.File)
	if !ok {
		if file, err = aside(r, f); err != nil {
			return nil, err
		}
		return dropped{file}, nil
	}
	err = checkHash(file, f)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}

// aside keeps a file that comes over a network.
func aside(r io.ReadCloser, f *File) (*os.File, error) {
	defer r.Close()
	tmp, err := os.CreateTemp("", "kreispresse-segment-*")
	if err != nil {
		return nil, storage(os.TempDir(), err)
	}
	err = checkHash(io.TeeReader(r, tmp), f)
	if err == nil {
		_, err = tmp.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = dropped{tmp}.Close()
		return nil, err
	}
	return tmp, nil
}

// dropped is a file that is removed when it is closed.
type dropped struct{ *os.File }

func (d dropped) Close() error { return errors.Join(d.File.Close(), os.Remove(d.Name())) }

// checkHash reads a file to its end, which is where the manifest says, and no byte further.
func checkHash(r io.Reader, f *File) error {
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(r, f.Bytes+1))
	switch {
	case err != nil:
		return broken(f, err)
	case n < f.Bytes:
		return broken(f, fmt.Errorf("it has %d bytes, the manifest says %d", n, f.Bytes))
	case n > f.Bytes:
		return broken(f, fmt.Errorf("it has more than the %d bytes that the manifest says", f.Bytes))
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != f.SHA256 {
		return broken(f, fmt.Errorf("its sha256 is %s, the manifest says %s", got, f.SHA256))
	}
	return nil
}
