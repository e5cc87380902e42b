package segment

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/export/parquet"
	"github.com/kreispresse/kreispresse/schemas"
)

// memory is a feed whose events can be erased and lost. What publishes is tested with the real thing in internal/app.
type memory struct {
	events   []*schemas.Event // by sequence-1; nil: gone
	data     [][]byte
	receipts []schemas.Erased
}

var begin = time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)

// publish adds n events, an hour apart.
func (f *memory) publish(n int) *memory {
	for range n {
		i := len(f.events)
		r := &schemas.Release{
			ID: fmt.Sprintf("aaaaaaaaaaaaaaaaaaaaaaaa%02d", i%90), Source: schemas.Source{ID: "kreis-musterau", Name: "Kreis Musterau", State: "NW"},
			URL: fmt.Sprint("https://www.kreis-musterau.example/", i), CanonicalURL: fmt.Sprint("https://www.kreis-musterau.example/", i),
			Title: fmt.Sprint("Meldung ", i), Text: strings.Repeat(fmt.Sprintf("Satz %d der Meldung <b>. ", i), 20),
		}
		if i%3 == 0 {
			r.Source.ID, r.Source.State = "kreis-anderau", "BY"
		}
		r.Normalise()
		ev := schemas.NextEvent(nil, schemas.EventPublished, r, begin.Add(time.Duration(i)*time.Hour))
		ev.Sequence = uint64(i + 1)
		data, err := json.Marshal(r)
		if err != nil {
			panic(err)
		}
		f.events, f.data = append(f.events, ev), append(f.data, data)
	}
	return f
}

func (f *memory) erase(seq uint64) {
	sum := sha256.Sum256(f.data[seq-1])
	f.receipts = append(f.receipts, schemas.Erased{Stream: schemas.StreamPress, Sequence: seq, SHA256: hex.EncodeToString(sum[:])})
	f.events[seq-1] = nil
}

func (f *memory) Last(context.Context) (uint64, error) { return uint64(len(f.events)), nil }

func (f *memory) Each(_ context.Context, from uint64, fn func(*schemas.Event, []byte) error) error {
	for i := from; i <= uint64(len(f.events)); i++ {
		if f.events[i-1] == nil {
			continue
		}
		if err := fn(f.events[i-1], f.data[i-1]); err != nil {
			return err
		}
	}
	return nil
}

func (f *memory) At(_ context.Context, seq uint64) (*schemas.Event, []byte, error) {
	return f.events[seq-1], f.data[seq-1], nil
}

func (f *memory) Receipts(_ context.Context, fn func(schemas.Erased) error) error {
	for _, x := range f.receipts {
		if err := fn(x); err != nil {
			return err
		}
	}
	return nil
}

// archive opens dir, brings it up to date and closes it.
func archive(t *testing.T, dir string, f Feed, change ...func(*Options)) (Report, error) {
	t.Helper()
	table := func(w io.Writer) Table { return parquet.NewWriter(w) }
	opt := Options{Size: 10, Table: table, Now: func() time.Time { return begin.AddDate(0, 1, 0) }}
	for _, c := range change {
		c(&opt)
	}
	a, err := Open(dir, opt)
	if err != nil {
		return Report{}, err
	}
	defer a.Close()
	return a.Update(t.Context(), f)
}

func mustArchive(t *testing.T, dir string, f Feed, change ...func(*Options)) Report {
	t.Helper()
	rep, err := archive(t, dir, f, change...)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func manifest(t *testing.T, dir string) *Manifest {
	t.Helper()
	m, err := ReadManifest(t.Context(), DirStore(dir))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// verify gives the problems of an archive.
func verify(t *testing.T, dir, key string) (*Verified, string) {
	t.Helper()
	var list []string
	v, err := Verify(t.Context(), DirStore(dir), key, func(p Problem) { list = append(list, p.Thing+": "+p.What) })
	if err != nil {
		t.Fatal(err)
	}
	if v.Problems != len(list) {
		t.Errorf("%d problems counted, %d told", v.Problems, len(list))
	}
	return v, strings.Join(list, "\n")
}

func sequencesOf(t *testing.T, dir string, from uint64) (list []uint64, next uint64) {
	t.Helper()
	next, err := Read(t.Context(), DirStore(dir), manifest(t, dir), from, func(ev *schemas.Event, release []byte) error {
		if !json.Valid(release) || ev.Source == "" {
			t.Errorf("event %d", ev.Sequence)
		}
		list = append(list, ev.Sequence)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list, next
}

func upTo(from, to uint64, without ...uint64) (list []uint64) {
	for n := from; n <= to; n++ {
		if !holds(gones(without), n) {
			list = append(list, n)
		}
	}
	return list
}

func gones(list []uint64) (g []Gone) {
	for _, n := range list {
		g = append(g, Gone{Sequence: n})
	}
	return g
}

func TestArchive(t *testing.T) {
	dir, f := t.TempDir(), new(memory).publish(27)
	now := begin // a clock that closes no day: days are closed by events
	clock := func(o *Options) { o.Now = func() time.Time { return now } }
	rep := mustArchive(t, dir, f, clock)
	if rep.Events != 27 || rep.Sealed != 2 || rep.Next != 28 {
		t.Errorf("%+v", rep)
	}
	if got, next := sequencesOf(t, dir, 1); !cmp.Equal(got, upTo(1, 27)) || next != 28 {
		t.Errorf("%v, next %d", got, next)
	}
	if got, next := sequencesOf(t, dir, 19); !cmp.Equal(got, upTo(19, 27)) || next != 28 {
		t.Errorf("from 19: %v, next %d", got, next)
	}
	if _, next := sequencesOf(t, dir, 40); next != 40 {
		t.Errorf("a cursor behind the archive goes on at %d", next)
	}
	before := contents(t, dir)
	if mustArchive(t, dir, f, clock); !cmp.Equal(before, contents(t, dir)) {
		t.Error("an update without news changed the files")
	}
	// Step by step gives the same bytes as at once, and sealed files stay.
	f.publish(8)
	if rep := mustArchive(t, dir, f, clock); rep.Sealed != 1 || rep.Events != 15 {
		t.Errorf("%+v", rep)
	}
	other := t.TempDir()
	mustArchive(t, other, f, clock)
	if diff := cmp.Diff(contents(t, other), contents(t, dir)); diff != "" {
		t.Errorf("step by step differs from at once: %s", diff)
	}
	m := manifest(t, dir)
	if len(m.Segments) != 4 || !m.Segments[3].Open || m.Segments[2].Open || m.Segments[0].Sources["kreis-anderau"] != 4 {
		t.Errorf("%+v", m.Segments[0])
	}
	now = begin.AddDate(0, 1, 0)
	mustArchive(t, dir, f, clock)
	days := manifest(t, dir).Days
	if len(days) != 2 || days[0].Day != "2026-03-04" || days[0].To != 16 || days[1].Day != "2026-03-05" || days[1].From != 17 || days[1].Count != 19 {
		t.Errorf("%+v", days)
	}
	v, problems := verify(t, dir, "")
	if problems != "" || v.Events != 35 || v.Segments != 4 || v.Days != 2 {
		t.Errorf("%+v\n%s", v, problems)
	}
}

// contents are the hashes of all files of an archive.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, path))
		sum := sha256.Sum256(b)
		all[path] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestErase: what was erased leaves sealed and open segments and every file, with a receipt under the old hash; the chain stays what was signed.
func TestErase(t *testing.T) {
	dir, f := t.TempDir(), new(memory).publish(25)
	signer, err := OpenSigner(filepath.Join(t.TempDir(), "key"))
	if err != nil {
		t.Fatal(err)
	}
	sign := func(o *Options) { o.Signer = signer }
	f.erase(2) // before it was archived
	mustArchive(t, dir, f, sign)
	old := manifest(t, dir)
	for _, seq := range []uint64{5, 6, 22} {
		f.erase(seq)
	}
	rep := mustArchive(t, dir, f, sign)
	if rep.Replaced != 2 || rep.Erased != 3 {
		t.Errorf("%+v", rep)
	}
	m := manifest(t, dir)
	if got, _ := sequencesOf(t, dir, 1); !cmp.Equal(got, upTo(1, 25, 2, 5, 6, 22)) {
		t.Errorf("%v", got)
	}
	first := m.Segments[0]
	if first.Version != 2 || first.Chain != old.Segments[0].Chain || len(first.Supersedes) != 2 || first.Supersedes[0] != old.Segments[0].Files[0].SHA256 {
		t.Errorf("%+v", first)
	}
	receipt, err := os.ReadFile(filepath.Join(dir, "receipts", old.Segments[0].Files[0].SHA256+".json"))
	if err != nil || !bytes.Contains(receipt, []byte(first.Files[0].SHA256)) || !bytes.Contains(receipt, []byte(f.receipts[1].SHA256)) {
		t.Errorf("receipt %s, %v", receipt, err)
	}
	for _, s := range []*Segment{old.Segments[0], old.Segments[2]} {
		for _, file := range s.Files {
			if _, err := os.Stat(filepath.Join(dir, file.Name)); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s is still there: %v", file.Name, err)
			}
		}
	}
	f.publish(10) // the open segment is written anew and sealed
	mustArchive(t, dir, f, sign)
	if v, problems := verify(t, dir, signer.Key()); problems != "" || v.Erased != 4 || v.Events != 31 || v.Key != signer.Key() {
		t.Errorf("%+v\n%s", v, problems)
	}
	if got := manifest(t, dir).Segments[2]; got.Version != 2 || len(got.Erased) != 1 || got.Erased[0].SHA256 != f.receipts[3].SHA256 {
		t.Errorf("%+v", got)
	}
}

// TestMissing: an event that is gone without a receipt stops the archive until somebody says that it is lost.
func TestMissing(t *testing.T) {
	dir, f := t.TempDir(), new(memory).publish(25)
	f.events[11] = nil
	_, err := archive(t, dir, f)
	if schemas.KindOf(err) != schemas.KindStorage || !strings.Contains(err.Error(), "PRESS 12") || !strings.Contains(err.Error(), "--accept-lost") {
		t.Fatal(err)
	}
	if m := manifest(t, dir); m.Next != 11 || len(m.Segments) != 1 { // what was sealed before stays
		t.Errorf("next %d", m.Next)
	}
	mustArchive(t, dir, f, func(o *Options) { o.AcceptLost = true })
	if v, problems := verify(t, dir, ""); problems != "" || v.Lost != 1 || v.Events != 24 {
		t.Errorf("%+v\n%s", v, problems)
	}
}

// TestOtherFeed: an archive takes no events of another feed, nor of a past of its own.
func TestOtherFeed(t *testing.T) {
	dir, f := t.TempDir(), new(memory).publish(25)
	mustArchive(t, dir, f)
	other := new(memory).publish(3)
	other.events[0].Hash = "other"
	shifted := &memory{events: append(other.events, f.events...), data: append(other.data, f.data...)}
	for name, feed := range map[string]*memory{"shorter": new(memory).publish(20), "other": shifted} {
		before := contents(t, dir)
		_, err := archive(t, dir, feed)
		if schemas.KindOf(err) != schemas.KindConflict || !strings.Contains(err.Error(), "new directory") {
			t.Errorf("%s: %v", name, err)
		}
		if !cmp.Equal(before, contents(t, dir)) {
			t.Errorf("%s: the archive was changed", name)
		}
	}
	if _, err := archive(t, t.TempDir(), new(memory)); schemas.KindOf(err) != schemas.KindNotFound {
		t.Errorf("empty feed: %v", err)
	}
	a, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := Open(dir, Options{}); schemas.KindOf(err) != schemas.KindLocked {
		t.Errorf("opened twice: %v", err)
	}
}

// TestLeftovers: files of an update that was killed go, files of others stay.
func TestLeftovers(t *testing.T) {
	dir, f := t.TempDir(), new(memory).publish(15)
	mustArchive(t, dir, f)
	for _, name := range []string{"tmp-1", "000000000011-000000000015-abc.ndjson.zst", "README.txt"} {
		if err := os.WriteFile(filepath.Join(dir, filesDir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustArchive(t, dir, f)
	list, err := os.ReadDir(filepath.Join(dir, filesDir))
	if err != nil || len(list) != 5 { // two segments in two formats, and the README
		t.Errorf("%v, %v", list, err)
	}
}
