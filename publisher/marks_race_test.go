package publisher

import (
	"context"
	"sync"
	"testing"
)

// TestOpenWhileOthersWrite opens a store again and again while another process writes and marks: that is no damage.
func TestOpenWhileOthersWrite(t *testing.T) {
	srv := testServer(t)
	cfg := Config{URL: srv.ClientURL(), ManageStreams: true}
	b := openURL(t, cfg)
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			if _, err := b.Append(ctx, testSnapshot(i, "x")); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
			if _, err := b.Mark(ctx); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}
	})
	for range 100 {
		other, err := Open(t.Context(), cfg, testLog(t))
		if err != nil {
			t.Fatal(err)
		}
		other.Close()
	}
	stop()
	wg.Wait()
}
