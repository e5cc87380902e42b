package publisher

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestReadWhileWritten: a bucket that is written while it is read is never called damaged.
func TestReadWhileWritten(t *testing.T) {
	b := openTest(t)
	const keys = 60
	ctx, stop := context.WithCancel(t.Context())
	written := make(chan error, 1)
	revs := make([]uint64, keys)
	put := func(i int) (err error) {
		revs[i], err = b.Sources().Put(t.Context(), fmt.Sprintf("kreis-%d.crawl", i), map[string]uint64{"n": revs[i]}, revs[i])
		return err
	}
	for i := range keys {
		if err := put(i); err != nil {
			t.Fatal(err)
		}
	}
	go func() {
		for i := 0; ctx.Err() == nil; i++ {
			if err := put(i * 7 % keys); err != nil {
				written <- err
				return
			}
		}
		written <- nil
	}()
	for range 60 {
		n := 0
		err := b.Sources().Each(t.Context(), "crawl", func(string, json.RawMessage, uint64) error { n++; return nil })
		if schemas.KindOf(err) == schemas.KindStorage {
			t.Errorf("called damaged after %d keys: %v", n, err)
		}
	}
	stop()
	if err := <-written; err != nil {
		t.Error(err)
	}
}
