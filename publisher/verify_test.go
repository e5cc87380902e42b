package publisher

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

func verify(t *testing.T, b *Bus) (Verified, string) {
	t.Helper()
	var found []string
	v, err := b.Verify(t.Context(), func(f Finding) { found = append(found, f.Stream+" "+f.Thing+": "+f.What) })
	mustDo(t, err)
	return v, strings.Join(found, "\n")
}

func TestVerify(t *testing.T) {
	dir := t.TempDir()
	b, err := Open(t.Context(), Config{DataDir: dir}, testLog(t))
	mustDo(t, err)
	// A page state as the crawler writes it: under the key of its snapshot.
	s := testSnapshot(1, "eins")
	seq := mustAppend(t, b, s)
	other := mustAppend(t, b, testSnapshot(2, "zwei"))
	publishVersion(t, b, testSource, 1, 0)
	publishVersion(t, b, testSource, 2, 0)
	page, err := pageOf(s)
	mustDo(t, err)
	rev, err := b.Pages().Put(t.Context(), testSource.ID, page, schemas.PageState{URL: s.URL, RawSequence: seq}, 0)
	mustDo(t, err)
	if v, found := verify(t, b); v.Damages != 0 || v.Events != 2 || v.Snapshots != 2 || v.Pages != 1 {
		t.Fatalf("%+v of a store that is whole\n%s", v, found)
	}
	for want, raw := range map[string]uint64{"is not in the archive": 77, "is one of another page": other} {
		rev, err = b.Pages().Put(t.Context(), testSource.ID, page, schemas.PageState{URL: s.URL, RawSequence: raw}, rev)
		mustDo(t, err)
		if v, found := verify(t, b); v.Damages != 1 || !strings.Contains(found, page) || !strings.Contains(found, want) {
			t.Errorf("want %q: %+v\n%s", want, v, found)
		}
	}
	_, err = b.Pages().Put(t.Context(), testSource.ID, page, schemas.PageState{URL: s.URL, RawSequence: seq}, rev)
	mustDo(t, err)
	b.Close()

	f := filepath.Join(dir, "jetstream", "$G", "streams", schemas.StreamPress, "msgs", "1.blk")
	data, err := os.ReadFile(f)
	mustDo(t, err)
	overwrite(t, f, flipped(data, 150))
	b, err = Open(t.Context(), Config{DataDir: dir, Damaged: true}, new(logLines).logger())
	mustDo(t, err)
	defer b.Close()
	if v, found := verify(t, b); v.Damages != 1 || !strings.Contains(found, "PRESS : 1 of 2 messages are damaged") {
		t.Errorf("%+v\n%s", v, found)
	}
}
