package segment

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/kreispresse/kreispresse/schemas"
)

// signed is an archive of 25 events that is signed, and its signer.
func signed(t *testing.T) (dir string, s *Signer) {
	t.Helper()
	s, err := OpenSigner(filepath.Join(t.TempDir(), "key"))
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	mustArchive(t, dir, new(memory).publish(25), func(o *Options) { o.Signer = s })
	return dir, s
}

// forge changes the lines of the first segment and makes the manifest fit, as somebody does who knows how everything works but has no key.
func forge(t *testing.T, dir string, change func(lines [][]byte) [][]byte, also func(*Manifest)) {
	t.Helper()
	m := manifest(t, dir)
	seg := m.Segments[0]
	packed, err := os.ReadFile(filepath.Join(dir, seg.Files[0].Name))
	if err != nil {
		t.Fatal(err)
	}
	z, _ := zstd.NewReader(nil)
	plain, err := z.DecodeAll(packed, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain = bytes.Join(change(bytes.SplitAfter(plain, []byte("\n"))), nil)
	w, _ := zstd.NewWriter(nil)
	packed = w.EncodeAll(plain, nil)
	hash := func(b []byte) string { sum := sha256.Sum256(b); return hex.EncodeToString(sum[:]) }
	f := &seg.Files[0]
	f.Bytes, f.SHA256, f.ContentBytes, f.ContentSHA256 = int64(len(packed)), hash(packed), int64(len(plain)), hash(plain)
	if err := os.WriteFile(filepath.Join(dir, f.Name), packed, 0o600); err != nil {
		t.Fatal(err)
	}
	if also != nil {
		also(m)
	}
	b, err := m.encode()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, ManifestName), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTampered(t *testing.T) {
	alter := func(lines [][]byte) [][]byte {
		lines[4] = bytes.Replace(lines[4], []byte("Satz 4"), []byte("Satz 5"), 1)
		return lines
	}
	for name, c := range map[string]struct {
		do   func(t *testing.T, dir string)
		want []string
	}{
		"cut off": {func(t *testing.T, dir string) {
			name := filepath.Join(dir, manifest(t, dir).Segments[1].Files[0].Name)
			if err := os.Truncate(name, 100); err != nil {
				t.Fatal(err)
			}
		}, []string{"segment 11 to 20", "has 100 bytes"}},
		"a byte": {func(t *testing.T, dir string) {
			name := filepath.Join(dir, manifest(t, dir).Segments[1].Files[0].Name)
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			b[len(b)/2] ^= 1
			if err := os.WriteFile(name, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}, []string{"segment 11 to 20", "sha256"}},
		"rows": {func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, manifest(t, dir).Segments[0].Files[1].Name)); err != nil {
				t.Fatal(err)
			}
		}, []string{"there is no"}},
		"altered": {func(t *testing.T, dir string) { forge(t, dir, alter, nil) }, []string{"signature of segments.json", "chain"}},
		"left out": {func(t *testing.T, dir string) {
			forge(t, dir, func(l [][]byte) [][]byte { return append(l[:3:3], l[4:]...) }, nil)
		}, []string{"sequence 5 stands where 4 should"}},
		"said to be erased": {func(t *testing.T, dir string) {
			forge(t, dir, func(l [][]byte) [][]byte { return append(l[:3:3], l[4:]...) }, func(m *Manifest) {
				m.Segments[0].Events--
				m.Segments[0].Erased = []Gone{{Sequence: 4, Leaf: strings.Repeat("0", 64)}}
			})
		}, []string{"signature of segments.json", "chain"}},
		"twice": {func(t *testing.T, dir string) {
			forge(t, dir, func(l [][]byte) [][]byte { l[4] = l[3]; return l }, nil)
		}, []string{"sequence 4 stands where 5 should"}},
		"signature removed": {func(t *testing.T, dir string) {
			forge(t, dir, alter, func(m *Manifest) { m.Keys, m.Signature = nil, "" })
		}, []string{"nothing is signed", "chain"}},
		"signed by somebody": {func(t *testing.T, dir string) {
			other, err := OpenSigner(filepath.Join(t.TempDir(), "key"))
			if err != nil {
				t.Fatal(err)
			}
			forge(t, dir, alter, func(m *Manifest) { m.Keys = other.Keys(); m.Signature = other.sign(m.statement()) })
		}, []string{"that you trust has never signed"}},
		"a day": {func(t *testing.T, dir string) {
			forge(t, dir, func(l [][]byte) [][]byte { return l }, func(m *Manifest) { m.Days[0].Chain = strings.Repeat("0", 64) })
		}, []string{"signature of segments.json", "day 2026-03-04"}},
		"a day moved": {func(t *testing.T, dir string) {
			forge(t, dir, func(l [][]byte) [][]byte { return l }, func(m *Manifest) { m.Days = m.Days[1:] })
		}, []string{"do not follow"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir, s := signed(t)
			if v, problems := verify(t, dir, s.Key()); problems != "" || v.Key != s.Key() {
				t.Fatalf("before: %+v\n%s", v, problems)
			}
			c.do(t, dir)
			_, problems := verify(t, dir, s.Keys()[0].Public)
			for _, want := range c.want {
				if !strings.Contains(problems, want) {
					t.Errorf("problems do not say %q:\n%s", want, problems)
				}
			}
		})
	}
}

// TestReadTampered: nothing of a segment that is not what the manifest says reaches its reader, over the network neither.
func TestReadTampered(t *testing.T) {
	dir, _ := signed(t)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	web, err := StoreOf(server.URL + "/segments.json")
	if err != nil {
		t.Fatal(err)
	}
	read := func(s Store) (n int, err error) {
		m, err := ReadManifest(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Read(t.Context(), s, m, 1, func(*schemas.Event, []byte) error { n++; return nil })
		return n, err
	}
	if n, err := read(web); err != nil || n != 25 {
		t.Fatal(n, err)
	}
	name := filepath.Join(dir, manifest(t, dir).Segments[1].Files[0].Name)
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(b, 0), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, s := range []Store{web, DirStore(dir)} {
		if n, err := read(s); n != 10 || schemas.KindOf(err) != schemas.KindStorage || !strings.Contains(err.Error(), "cut off or altered") {
			t.Errorf("%s: %d events, %v", s, n, err)
		}
	}
	if _, err := (&webStore{base: web.(*webStore).base.JoinPath("nowhere/")}).Open(t.Context(), ManifestName); schemas.KindOf(err) != schemas.KindNotFound {
		t.Error(err)
	}
}

// replacing is a store whose open segment is replaced once, when it is asked for.
type replacing struct {
	DirStore
	replace func()
}

func (r *replacing) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	if strings.HasPrefix(name, "segments/000000000021") && r.replace != nil {
		do := r.replace
		r.replace = nil
		do()
	}
	return r.DirStore.Open(ctx, name)
}

// TestVerifyMeanwhile: an archive may be brought up to date while somebody verifies it; a file that is really missing is told.
func TestVerifyMeanwhile(t *testing.T) {
	dir, f := t.TempDir(), new(memory).publish(25)
	mustArchive(t, dir, f)
	s := &replacing{DirStore(dir), func() { mustArchive(t, dir, f.publish(3)) }}
	if v, err := Verify(t.Context(), s, "", func(p Problem) { t.Error(p) }); err != nil || v.Events != 28 {
		t.Errorf("%+v, %v", v, err)
	}
	if err := os.Remove(filepath.Join(dir, manifest(t, dir).Segments[2].Files[0].Name)); err != nil {
		t.Fatal(err)
	}
	if _, problems := verify(t, dir, ""); !strings.Contains(problems, "segment 21 to 28") || !strings.Contains(problems, "there is no") {
		t.Error(problems)
	}
}

// TestRotate: a reader who trusts the first key believes what the second one signs, and not what a stranger signs.
func TestRotate(t *testing.T) {
	dir, f := t.TempDir(), new(memory).publish(25)
	path := filepath.Join(t.TempDir(), "key")
	s, err := OpenSigner(path)
	if err != nil {
		t.Fatal(err)
	}
	first := s.Key()
	mustArchive(t, dir, f, func(o *Options) { o.Signer = s })
	if s, err = OpenSigner(path); err != nil || s.Key() != first {
		t.Fatal(s, err)
	}
	if err := s.Rotate(); err != nil {
		t.Fatal(err)
	}
	if s, err = OpenSigner(path); err != nil || s.Key() == first || len(s.Keys()) != 2 {
		t.Fatal(s, err)
	}
	mustArchive(t, dir, f.publish(30), func(o *Options) { o.Signer = s })
	for _, trusted := range []string{first, s.Key(), ""} {
		if v, problems := verify(t, dir, trusted); problems != "" || v.Key != s.Key() {
			t.Errorf("trusting %q: %+v\n%s", trusted, v, problems)
		}
	}
	if _, problems := verify(t, dir, "0123456789abcdef"); !strings.Contains(problems, "has never signed") {
		t.Error(problems)
	}
	if days := manifest(t, dir).Days; days[0].Key != first || days[len(days)-1].Key != s.Key() {
		t.Errorf("%+v", days)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenSigner(path); schemas.KindOf(err) != schemas.KindStorage || !strings.Contains(err.Error(), "chmod 600") {
		t.Error(err)
	}
}

// TestHeld is the account of a subscriber.
func TestHeld(t *testing.T) {
	dir, f := t.TempDir(), new(memory).publish(25)
	mustArchive(t, dir, f)
	lines := func(seqs ...uint64) *bytes.Buffer {
		var b bytes.Buffer
		for _, n := range seqs {
			line, err := f.events[n-1].AppendJSON(nil, f.data[n-1])
			if err != nil {
				t.Fatal(err)
			}
			b.Write(append(line, '\n'))
		}
		return &b
	}
	all := lines(append(upTo(1, 25), 7, 3)...)
	altered := bytes.NewBuffer(bytes.Replace(lines(upTo(1, 25)...).Bytes(), []byte("Satz 4 "), []byte("Satz 5 "), 1))
	north := lines(2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 23, 24)
	f.publish(2)
	behind := lines(upTo(1, 26)...)
	for name, c := range map[string]struct {
		held *bytes.Buffer
		part Part
		from uint64
		want string
	}{
		"everything, some twice": {all, Part{}, 1, ""},
		"from a cursor":          {lines(upTo(9, 25)...), Part{}, 9, ""},
		"one Land":               {north, Part{State: "NW"}, 1, ""},
		"one source":             {bytes.NewBuffer(north.Bytes()), Part{Sources: []string{"kreis-musterau"}}, 1, ""},
		"behind the archive":     {behind, Part{}, 1, "1 later"},
		"missing":                {lines(upTo(1, 25, 4, 5, 6, 20)...), Part{}, 1, "sequences 4 to 6: missing\nsequence 20: missing"},
		"altered":                {altered, Part{}, 1, "sequence 5: it was altered: it is not the event that the archive has"},
		"another part":           {lines(1), Part{State: "NW"}, 24, "line 1: event 1 is of another part of the feed\nsequence 24: missing"},
		"cut off":                {bytes.NewBuffer(lines(25).Bytes()[:99]), Part{}, 25, "line 1: it is cut off\nsequence 25: missing"},
		"no event":               {bytes.NewBufferString("{}\n"), Part{}, 26, "line 1: no CloudEvent: specversion is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			report := func(p Problem) { got = append(got, p.Thing+": "+p.What) }
			h, err := ReadHeld(c.held, c.part, report)
			if err != nil {
				t.Fatal(err)
			}
			later, err := h.Against(t.Context(), DirStore(dir), c.from, report)
			if err != nil {
				t.Fatal(err)
			}
			if later > 0 {
				got = append(got, "1 later")
			}
			if s := strings.Join(got, "\n"); s != c.want {
				t.Errorf("said\n%s\nwant\n%s", s, c.want)
			}
		})
	}
	// What was erased must go.
	mine := lines(upTo(1, 25)...)
	f.erase(5)
	mustArchive(t, dir, f)
	var got []string
	report := func(p Problem) { got = append(got, p.Thing+": "+p.What) }
	h, err := ReadHeld(mine, Part{}, report)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Against(t.Context(), DirStore(dir), 1, report); err != nil || h.Events != 25 || len(got) != 2 || // and what came since
		!strings.Contains(got[0], "sequence 5: it was erased: erase your copy") || !strings.Contains(got[0], f.receipts[0].SHA256) {
		t.Errorf("%v, %v", got, err)
	}
	// Without an archive only gaps can be seen.
	h = &Held{leaves: map[uint64]link{1: {}, 2: {}, 5: {}, 7: {}}}
	got = nil
	if err := h.Gaps(report); err != nil || len(got) != 2 || !strings.HasPrefix(got[0], "sequences 3 to 4: missing") || !strings.HasPrefix(got[1], "sequence 6") {
		t.Errorf("%v, %v", got, err)
	}
	h.part.State = "NW"
	if err := h.Gaps(report); schemas.KindOf(err) != schemas.KindInvalid {
		t.Error(err)
	}
}

func TestDecodeManifest(t *testing.T) {
	dir, _ := signed(t)
	good, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Manifest)
		want   string
	}{
		"format":  {func(m *Manifest) { m.Format = "kreispresse-segments/2" }, "this program reads"},
		"gap":     {func(m *Manifest) { m.Segments = m.Segments[1:] }, "should begin at 1"},
		"open":    {func(m *Manifest) { m.Segments[0].Open = true }, "open and not the last"},
		"count":   {func(m *Manifest) { m.Segments[0].Events-- }, "do not make 10 sequences"},
		"next":    {func(m *Manifest) { m.Next++ }, "the segments end at 25"},
		"outside": {func(m *Manifest) { m.Segments[0].Files[0].Name = "segments/../../etc/passwd" }, "proper name"},
		"address": {func(m *Manifest) { m.Segments[0].Files[0].Name = "https://elsewhere.example/x" }, "proper name"},
	} {
		var m Manifest
		if err := json.Unmarshal(good, &m); err != nil {
			t.Fatal(err)
		}
		c.change(&m)
		b, err := m.encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := DecodeManifest(b); schemas.KindOf(err) != schemas.KindInvalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := DecodeManifest(good[:len(good)/2]); schemas.KindOf(err) != schemas.KindInvalid {
		t.Error(err)
	}
}
