package publisher

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

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

// BenchmarkPublishTogether publishes 1,024 new releases by 64 writers at a time. Each round is followed by the plain client with as many checked
// messages: in atomic batches of 64, which is what NATS can do on this disk, and as single messages of which 64 wait for it. "of-batches" and
// "of-async" are how fast ours was, measured by these.
func BenchmarkPublishTogether(b *testing.B) {
	const writers, events = 64, 1024
	bus := openTest(b)
	n := 0
	prepare := func() (list []*schemas.Event) {
		for range events {
			s := testSnapshot(n, "x")
			list = append(list, schemas.NextEvent(nil, schemas.EventPublished, testRelease(s, benchText(n)), s.FetchedAt))
			n++
		}
		return list
	}
	var ours, plain, async time.Duration
	timed := func(total *time.Duration, do func() error) {
		began := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		*total += time.Since(began)
	}
	for b.Loop() {
		list := prepare()
		timed(&ours, func() error {
			g, ctx := errgroup.WithContext(b.Context())
			g.SetLimit(writers)
			for _, ev := range list {
				g.Go(func() error { return bus.Publish(ctx, nil, ev) })
			}
			return g.Wait()
		})
		half := prepare()
		timed(&plain, func() error {
			for list := range slices.Chunk(half[:events/2], writers) {
				writes, err := messages(bus, list)
				if err == nil {
					_, err = bus.publishBatch(b.Context(), schemas.StreamPress, writes)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		timed(&async, func() error {
			writes, err := messages(bus, half[events/2:])
			if err != nil {
				return err
			}
			return publishAsync(b.Context(), bus, writes)
		})
	}
	rate := func(d time.Duration, of int) float64 { return float64(of*b.N) / d.Seconds() }
	b.ReportMetric(rate(ours, events), "events/s")
	b.ReportMetric(rate(ours, events)/rate(plain, events/2), "of-batches")
	b.ReportMetric(rate(ours, events)/rate(async, events/2), "of-async")
}

// messages makes and checks the messages of events, as a publisher of releases has to.
func messages(bus *Bus, list []*schemas.Event) (writes []write, err error) {
	for _, ev := range list {
		msg, err := bus.eventMessage(ev)
		if err != nil {
			return nil, err
		}
		writes = append(writes, write{msg: msg})
	}
	return writes, nil
}

// publishAsync publishes single messages as a user of nats.go does who wants many on their way.
func publishAsync(ctx context.Context, bus *Bus, list []write) error {
	js, err := jetstream.New(bus.nc, jetstream.WithPublishAsyncMaxPending(64), jetstream.WithDefaultTimeout(requestTimeout))
	if err != nil {
		return err
	}
	for _, w := range list {
		if _, err := js.PublishMsgAsync(w.msg, jetstream.WithExpectLastSequencePerSubject(w.expect), jetstream.WithStallWait(requestTimeout)); err != nil {
			return err
		}
	}
	select {
	case <-js.PublishAsyncComplete():
		return nil
	case <-ctx.Done():
		return ctx.Err()
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
