package publisher

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// benchBody is a page of about 40 KiB, as press pages are.
func benchBody(n int) string {
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "<p class=\"SP-Paragraph\">Absatz %d der Meldung %d: Der Kreistag hat am %d. März beraten und beschlossen.</p>\n", i, n, i*n%31+1)
	}
	return b.String()
}

// benchText is a release of about 4 KiB.
func benchText(n int) string {
	return strings.Repeat(fmt.Sprintf("Meldung %d über die Mühlenau. ", n), 128)
}

func BenchmarkAppend(b *testing.B) {
	bus := openTest(b)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		s := testSnapshot(n, benchBody(n))
		b.SetBytes(int64(len(s.Body)))
		if _, err := bus.Append(b.Context(), s); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

func BenchmarkPublishRelease(b *testing.B) {
	for _, c := range []struct {
		name     string
		releases int // 0: each one new
	}{{"new", 0}, {"unchanged", 100}} {
		b.Run(c.name, func(b *testing.B) {
			bus := openTest(b)
			publish := func(n int) {
				if _, _, err := publishRelease(b.Context(), bus, testRelease(testSnapshot(n, "x"), benchText(n))); err != nil {
					b.Fatal(err)
				}
			}
			for n := range c.releases {
				publish(n)
			}
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if c.releases > 0 {
					n %= c.releases
				}
				publish(n)
				n++
			}
		})
	}
}

func BenchmarkPagesPut(b *testing.B) {
	bus := openTest(b)
	p := bus.Pages()
	rev, err := p.Put(b.Context(), "demo", "x", schemas.PageState{}, 0)
	if err != nil {
		b.Fatal(err)
	}
	st := schemas.PageState{URL: testSnapshot(1, "").URL, ETag: `"abc"`}
	for b.Loop() {
		st.Failures++
		if rev, err = p.Put(b.Context(), "demo", "x", st, rev); err != nil {
			b.Fatal(err)
		}
	}
}

// fillFeed publishes new releases of about 5 KiB, in batches: the disk is not what is measured.
func fillFeed(b *testing.B, bus *Bus, events int) {
	b.Helper()
	for n := 0; n < events; {
		var list []write
		for ; n < events && len(list) < mostInBatch; n++ {
			r := testRelease(testSnapshot(n, "x"), benchText(n))
			msg, err := bus.eventMessage(schemas.NextEvent(nil, schemas.EventPublished, r, testSnapshot(n, "").FetchedAt))
			if err != nil {
				b.Fatal(err)
			}
			list = append(list, write{msg: msg})
		}
		if _, err := bus.publishBatch(b.Context(), schemas.StreamPress, list); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReplay reads a feed of 20,000 events of about 5 KiB. Each reading is followed by one of a plain ordered consumer of nats.go on the
// same connection: "of-plain" is how fast ours was, measured by that.
func BenchmarkReplay(b *testing.B) {
	bus := openTest(b)
	const events = 20000
	fillFeed(b, bus, events)
	raw := func(f Filter) func(context.Context) (int, error) {
		return func(ctx context.Context) (int, error) {
			return bus.ReplayRaw(ctx, f, func(*schemas.Event, []byte) error { return nil })
		}
	}
	for _, c := range []struct {
		name string
		read func(context.Context) (int, error)
	}{
		{"raw", raw(Filter{})},
		{"raw-last", raw(Filter{Last: true})},
		{"decoded", func(ctx context.Context) (int, error) {
			return bus.Replay(ctx, Filter{}, func(*schemas.Event) error { return nil })
		}},
		{"messages", func(ctx context.Context) (int, error) { return plainMessages(ctx, bus, events) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			var ours, plain time.Duration
			timed := func(total *time.Duration, read func(context.Context) (int, error)) {
				began := time.Now()
				if n, err := read(b.Context()); err != nil || n != events {
					b.Fatal(n, err)
				}
				*total += time.Since(began)
			}
			for b.Loop() {
				timed(&ours, c.read)
				timed(&plain, func(ctx context.Context) (int, error) { return plainConsume(ctx, bus, events) })
			}
			b.ReportMetric(float64(events*b.N)/ours.Seconds(), "events/s")
			b.ReportMetric(plain.Seconds()/ours.Seconds(), "of-plain")
		})
	}
}

// plainMessages reads PRESS as a user of nats.go does who asks for one message after the other.
func plainMessages(ctx context.Context, bus *Bus, events int) (n int, err error) {
	cons, err := bus.js.OrderedConsumer(ctx, schemas.StreamPress, jetstream.OrderedConsumerConfig{})
	if err != nil {
		return 0, err
	}
	it, err := cons.Messages()
	if err != nil {
		return 0, err
	}
	defer it.Stop()
	for ; n < events; n++ {
		if _, err := it.Next(); err != nil {
			return n, err
		}
	}
	return n, nil
}

// plainConsume is plainMessages for one who is called.
func plainConsume(ctx context.Context, bus *Bus, events int) (n int, err error) {
	cons, err := bus.js.OrderedConsumer(ctx, schemas.StreamPress, jetstream.OrderedConsumerConfig{})
	if err != nil {
		return 0, err
	}
	done := make(chan struct{})
	cc, err := cons.Consume(func(jetstream.Msg) {
		if n++; n == events {
			close(done)
		}
	})
	if err != nil {
		return 0, err
	}
	defer cc.Stop()
	<-done
	return n, nil
}

// BenchmarkExtract reads snapshots of 40 KiB from the archive, without parsing.
func BenchmarkExtract(b *testing.B) {
	bus := openTest(b)
	const pages = 1000
	for n := range pages {
		if _, err := bus.Append(b.Context(), testSnapshot(n, benchBody(n))); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		if err := bus.EachSnapshotOf(b.Context(), testSource.ID, 0, func(_ uint64, _ *schemas.Snapshot,
			err error,
		) error {
			n++
			return err
		}); err != nil || n != pages {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "snapshots/s")
}

func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		bus, err := Open(b.Context(), Config{DataDir: dir}, nil)
		if err != nil {
			b.Fatal(err)
		}
		bus.Close()
	}
}
