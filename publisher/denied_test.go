package publisher

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestDeniedRights takes one right after the other from a user who has all: the first thing that needs it names the subject, long before
// any patience is at its end.
func TestDeniedRights(t *testing.T) {
	rights := []string{
		"$JS.API.STREAM.INFO.PRESS", "$JS.API.STREAM.INFO.PRESS_RAW", "$JS.API.STREAM.INFO.KV_press_pages", "$JS.API.STREAM.MSG.GET.PRESS",
		"$JS.API.STREAM.MSG.GET.PRESS_RAW", "$JS.API.STREAM.MSG.GET.PRESS_RUNS", "$JS.API.STREAM.MSG.GET.KV_press_pages",
		"$JS.API.STREAM.MSG.GET.KV_press_sources", "$JS.API.CONSUMER.CREATE.PRESS.>", "$JS.API.CONSUMER.MSG.NEXT.PRESS.>",
		"$JS.API.CONSUMER.INFO.PRESS.>", "$JS.API.CONSUMER.MSG.NEXT.PRESS_RAW.>", "press.v1.release.>", "press.v1.raw.>", "press.v1.run.>",
		"$KV.press_pages.>", "$KV.press_sources.>", "$KV.press_hosts.>",
	}
	s := testServer(t, func(o *server.Options) {
		o.Users = []*server.User{{Username: "admin", Password: "a"}}
		for _, r := range rights {
			o.Users = append(o.Users, &server.User{Username: r, Password: "p", Permissions: &server.Permissions{
				Publish: &server.SubjectPermission{Deny: []string{r}},
			}})
		}
	})
	admin, err := Open(t.Context(), Config{URL: s.ClientURL(), User: "admin", Password: "a", ManageStreams: true}, testLog(t))
	mustDo(t, err)
	defer admin.Close()
	publishVersion(t, admin, testSource, 1, 0)
	mustAppend(t, admin, testSnapshot(1, "x"))
	for n, right := range rights {
		t.Run(right, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), calm.Long)
			defer cancel()
			err := everything(ctx, Config{URL: s.ClientURL(), User: right, Password: "p", ManageStreams: true, Patience: time.Hour}, n)
			wantKind(t, err, schemas.KindUnavailable, "Permissions Violation for Publish to", strings.TrimSuffix(right, ">"), "grant the user this subject")
		})
	}
}

// everything does what a crawl and a reader do, until the first error, the n-th time.
func everything(ctx context.Context, cfg Config, n int) error {
	key, snap := fmt.Sprint("y", n), testSnapshot(10+n, "y")
	b, err := Open(ctx, cfg, nil)
	if err != nil {
		return err
	}
	defer b.Close()
	for _, do := range []func() error{
		func() error { _, err := b.Append(ctx, snap); return err },
		func() error { _, _, err := publishRelease(ctx, b, testRelease(snap, "y")); return err },
		func() error { _, err := b.LastSnapshotOf(ctx, testSource.ID, key); return err },
		func() error { _, err := b.PublishRun(ctx, testSource.ID, "fetched", "x"); return err },
		func() error { _, err := b.Pages().Put(ctx, testSource.ID, key, schemas.PageState{}, 0); return err },
		func() error { _, _, err := b.Pages().Get(ctx, testSource.ID, key); return err },
		func() error { _, err := b.Sources().Put(ctx, key+".line", 1, 0); return err },
		func() error { _, err := b.Hosts().Put(ctx, key, schemas.HostState{}, 0); return err },
		func() error { _, err := b.Mark(ctx); return err },
		func() error { _, err := b.Replay(ctx, Filter{}, func(*schemas.Event) error { return nil }); return err },
		func() error {
			return b.EachSnapshot(ctx, RawFilter{}, func(_ uint64, _ *schemas.Snapshot, err error) error { return err })
		},
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return errors.New("nothing was refused")
}
