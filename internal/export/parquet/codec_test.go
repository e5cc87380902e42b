package parquet

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	pqzstd "github.com/parquet-go/parquet-go/compress/zstd"
)

// TestCodec: what it compresses the library's own codec reads, nothing, a page and a text that is longer than the window alike.
func TestCodec(t *testing.T) {
	c := newCodec()
	var theirs pqzstd.Codec
	var scratch []byte
	for _, n := range []int{0, 1, 1000, 200 << 10, window + 1, 3 * window} {
		page := []byte(strings.Repeat("Der Kreis saniert die Brücke. ", n/30+1)[:n])
		packed, err := c.Encode(scratch, page)
		if err != nil {
			t.Fatal(err)
		}
		scratch = packed
		if got, err := theirs.Decode(nil, packed); err != nil || !bytes.Equal(got, page) {
			t.Errorf("%d bytes came back as %d: %v", n, len(got), err)
		}
		if n > 100 && len(packed) > n/10 {
			t.Errorf("%d bytes became %d", n, len(packed))
		}
	}
}

// TestCodecOutlivesCollections: collections of garbage do not make it begin anew. With an encoder from a pool that they empty, each would
// cost 16 MiB, and how much memory an export takes would be a matter of chance.
func TestCodecOutlivesCollections(t *testing.T) {
	c := newCodec()
	page := bytes.Repeat([]byte("Die Straße ist ab Montag gesperrt. "), 7000) // about as large as a page gets
	packed, err := c.Encode(nil, page)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 8 {
		runtime.GC()
		runtime.GC() // a pool keeps what it has over one
		if packed, err = c.Encode(packed, page); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 8<<20 {
		t.Errorf("eight pages took %d MiB of new memory", n>>20)
	}
}
