package publisher

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// extracting runs Snapshots until the archive is drained.
func extracting(t *testing.T, b *Bus, workers int, handle func(context.Context, *Delivery) error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.Snapshots(ctx, workers, handle) }()
	if err := b.Drained(t.Context()); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestSnapshotsOnce(t *testing.T) {
	b := openTest(t)
	if err := b.Drained(t.Context()); err != nil { // an empty archive is drained, though nobody has extracted yet
		t.Fatal(err)
	}
	var mu sync.Mutex
	count := map[uint64]int{}
	take := func(ctx context.Context, d *Delivery) error {
		mu.Lock()
		count[d.Sequence]++
		mu.Unlock()
		return d.Ack(ctx)
	}
	for round := range 2 {
		for i := range 30 {
			mustAppend(t, b, testSnapshot(round*100+i, fmt.Sprint(i)))
		}
		extracting(t, b, 3, take)
	}
	if len(count) != 60 {
		t.Errorf("%d of 60 snapshots", len(count))
	}
	for seq, n := range count {
		if n != 1 {
			t.Errorf("snapshot %d given out %d times", seq, n)
		}
	}
}

func TestRetryThenDeadLetter(t *testing.T) {
	b := openTest(t, func(c *Config) { c.MaxDeliver = 3 })
	seq := mustAppend(t, b, testSnapshot(1, "x"))
	var delivered []int
	extracting(t, b, 1, func(ctx context.Context, d *Delivery) error {
		delivered = append(delivered, d.Delivered)
		return d.Retry(ctx, time.Millisecond, "the disk is busy")
	})
	if !slices.Equal(delivered, []int{1, 2, 3}) {
		t.Errorf("delivered %v", delivered)
	}
	dead, err := b.DeadLetters(t.Context(), testSource.ID)
	if err != nil || len(dead) != 1 {
		t.Fatal(dead, err)
	}
	if d := dead[0]; d.Sequence != seq || d.Reason != "given up after 3 attempts: the disk is busy" || d.URL != testSnapshot(1, "").URL || d.Source != testSource.ID || d.At.IsZero() {
		t.Errorf("%+v", d)
	}
}

func TestReject(t *testing.T) {
	b := openTest(t)
	for i := range 3 {
		mustAppend(t, b, testSnapshot(i, fmt.Sprint(i)))
	}
	extracting(t, b, 2, func(ctx context.Context, d *Delivery) error {
		if d.Sequence == 2 {
			return d.Reject(ctx, "no headline")
		}
		return d.Ack(ctx)
	})
	// Its writer died between the letter and the acknowledgement: the letter is written again, and counted once.
	if err := b.DeadLetter(t.Context(), 2, "no headline"); err != nil {
		t.Fatal(err)
	}
	st, err := b.Status(t.Context())
	if err != nil || len(st.Dead) != 1 || st.Dead[0].Sequence != 2 || st.Dead[0].Source != testSource.ID || st.Pending != 0 {
		t.Fatalf("%+v, %v", st, err)
	}
	if err := b.DeadLetter(t.Context(), 99, "no such snapshot"); err != nil {
		t.Fatal(err)
	}
	if dead, err := b.DeadLetters(t.Context(), "unknown"); err != nil || len(dead) != 1 {
		t.Fatal(dead, err)
	}
}

// TestUnreadableSnapshot: what cannot be read is told and does not stop the others.
func TestUnreadableSnapshot(t *testing.T) {
	b := openTest(t)
	m := nats.NewMsg(schemas.RawSubject("demo", "x"))
	m.Data = []byte("nonsense")
	if _, err := b.js.PublishMsg(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	mustAppend(t, b, testSnapshot(1, "x"))
	handled := 0
	extracting(t, b, 1, func(ctx context.Context, d *Delivery) error { handled++; return d.Ack(ctx) })
	dead, err := b.DeadLetters(t.Context(), "")
	if err != nil || len(dead) != 1 || !strings.Contains(dead[0].Reason, "cannot be read") || handled != 1 {
		t.Fatal(handled, dead, err)
	}
}

// TestPoison: a snapshot that ends its process each time is given up without being handled once more.
func TestPoison(t *testing.T) {
	t.Parallel()
	b := openTest(t, func(c *Config) { c.MaxDeliver = 2; c.AckWait = 200 * time.Millisecond })
	mustAppend(t, b, testSnapshot(1, "poison"))
	cons, err := b.extractConsumer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // taken by a process that dies: no acknowledgement, no renewal
		if _, err := cons.Next(); err != nil {
			t.Fatal(err)
		}
	}
	extracting(t, b, 1, func(ctx context.Context, d *Delivery) error {
		t.Errorf("handled at delivery %d", d.Delivered)
		return d.Ack(ctx)
	})
	dead, err := b.DeadLetters(t.Context(), "")
	if err != nil || len(dead) != 1 || !strings.Contains(dead[0].Reason, "given out 2 times without an outcome") {
		t.Fatal(dead, err)
	}
}

// TestSlowHandler: while a snapshot is in hand the broker is told again and again that it is, so that nobody else gets it.
func TestSlowHandler(t *testing.T) {
	t.Parallel()
	b := openTest(t, func(c *Config) { c.AckWait = 300 * time.Millisecond })
	mustAppend(t, b, testSnapshot(1, "x"))
	acks, err := b.nc.SubscribeSync("$JS.ACK.>")
	if err != nil {
		t.Fatal(err)
	}
	defer acks.Unsubscribe() // Close waits for what nobody takes
	extracting(t, b, 1, func(ctx context.Context, d *Delivery) error {
		for renewed := 0; renewed < 4; { // longer than AckWait
			m, err := acks.NextMsgWithContext(ctx)
			if err != nil {
				return err
			}
			if string(m.Data) == "+WPI" { // work in progress
				renewed++
			}
		}
		return d.Ack(ctx)
	})
}

// TestHandlerError: bad state of our own stops extraction and loses nothing.
func TestHandlerError(t *testing.T) {
	t.Parallel()
	b := openTest(t)
	for i := range 5 {
		mustAppend(t, b, testSnapshot(i, fmt.Sprint(i)))
	}
	stop := errors.New("the disk is full")
	err := b.Snapshots(t.Context(), 2, func(ctx context.Context, d *Delivery) error {
		if d.Sequence == 3 {
			return stop
		}
		return d.Ack(ctx)
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	err = b.Snapshots(t.Context(), 1, func(context.Context, *Delivery) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "not settled") {
		t.Fatal(err)
	}
	var mu sync.Mutex
	seen := map[uint64]bool{}
	extracting(t, b, 2, func(ctx context.Context, d *Delivery) error {
		mu.Lock()
		seen[d.Sequence] = true
		mu.Unlock()
		return d.Ack(ctx)
	})
	if !seen[3] {
		t.Errorf("snapshot 3 is lost, only %v came again", seen)
	}
}

// TestDrainedWaitsForOthers: what another process holds counts as pending.
func TestDrainedWaitsForOthers(t *testing.T) {
	t.Parallel()
	b := openTest(t, func(c *Config) { c.AckWait = time.Minute })
	mustAppend(t, b, testSnapshot(1, "x"))
	cons, err := b.extractConsumer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	held, err := cons.Next()
	if err != nil {
		t.Fatal(err)
	}
	drained := make(chan error, 1)
	go func() { drained <- b.Drained(t.Context()) }()
	select {
	case err := <-drained:
		t.Fatalf("drained while a snapshot is held: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	if err := held.DoubleAck(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-drained; err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	mustAppend(t, b, testSnapshot(2, "x"))
	if err := b.Drained(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestGoneWaitsForItsSnapshot: the process that held a page's last snapshot died. The page is withdrawn after it is published, though
// the news that it is gone is given out first.
func TestGoneWaitsForItsSnapshot(t *testing.T) {
	t.Parallel()
	b := openTest(t, func(c *Config) { c.AckWait = 500 * time.Millisecond })
	s := testSnapshot(1, "x")
	seq := mustAppend(t, b, s)
	cons, err := b.extractConsumer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cons.Next(); err != nil { // and is never heard of again
		t.Fatal(err)
	}
	gone := testSnapshot(1, "")
	gone.Status, gone.Previous, gone.FetchedAt = 410, seq, s.FetchedAt.Add(time.Hour)
	mustAppend(t, b, gone)
	id := testRelease(s, "x").ID
	extracting(t, b, 2, func(ctx context.Context, d *Delivery) error {
		var err error
		if d.Snapshot.Gone() {
			_, _, err = b.Withdraw(ctx, d.Snapshot.Source, id, d.Snapshot.FetchedAt)
		} else {
			_, _, err = b.PublishRelease(ctx, testRelease(d.Snapshot, "x"))
		}
		return errors.Join(err, d.Ack(ctx))
	})
	var kinds []string
	if _, err := b.Replay(t.Context(), Filter{}, func(ev *schemas.Event) error { kinds = append(kinds, ev.Type); return nil }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(kinds, []string{schemas.EventPublished, schemas.EventWithdrawn}) {
		t.Error(kinds)
	}
}

// TestInterruptGivesBack: after an interruption nothing waits for AckWait. If it did, this test would take an hour.
func TestInterruptGivesBack(t *testing.T) {
	b := openTest(t, func(c *Config) { c.AckWait = time.Hour })
	for i := range 20 {
		mustAppend(t, b, testSnapshot(i, fmt.Sprint(i)))
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := b.Snapshots(ctx, 4, func(ctx context.Context, d *Delivery) error {
		if d.Sequence == 3 {
			cancel()
		}
		return d.Ack(ctx)
	}); err != nil {
		t.Fatal(err)
	}
	extracting(t, b, 4, func(ctx context.Context, d *Delivery) error { return d.Ack(ctx) })
}
