package publisher

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/schemas"
)

// publishVersion publishes version v of release n; every version has its own bytes, so later ones are corrections.
func publishVersion(t testing.TB, b *Bus, source schemas.Source, n, v int) *schemas.Event {
	t.Helper()
	s := testSnapshot(n, fmt.Sprintf("Seite %d, Stand %d", n, v))
	s.Source, s.FetchedAt = source, s.FetchedAt.Add(time.Duration(v)*time.Hour)
	_, ev, err := publishRelease(t.Context(), b, testRelease(s, fmt.Sprintf("Meldung %d, Stand %d", n, v)))
	if err != nil || ev == nil {
		t.Fatalf("release %d, version %d: %v, %v", n, v, ev, err)
	}
	return ev
}

var anderau = schemas.Source{ID: "kreis-anderau", Name: "Kreis Anderau", AGS: "09999", State: "BY"}

// TestFeed: sequences 1–3 are new in NW, 4–5 new in BY, 6 corrects the first, 7 withdraws the second, 8 corrects the fourth.
func TestFeed(t *testing.T) {
	b := openTest(t)
	var middle time.Time
	for n := range 3 {
		publishVersion(t, b, testSource, n, 0)
	}
	publishVersion(t, b, anderau, 3, 0)
	publishVersion(t, b, anderau, 4, 0)
	fifth, err := b.bySequence(t.Context(), schemas.StreamPress, 5)
	if err != nil {
		t.Fatal(err)
	}
	middle = fifth.time.Add(1)
	publishVersion(t, b, testSource, 0, 1)
	second, err := b.bySequence(t.Context(), schemas.StreamPress, 2)
	if err != nil {
		t.Fatal(err)
	}
	ev, err := second.event()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := withdraw(t.Context(), b, testSource, ev.Release.ID, 0); err != nil {
		t.Fatal(err)
	}
	publishVersion(t, b, anderau, 3, 1)

	for name, c := range map[string]struct {
		f    Filter
		want []uint64
	}{
		"all":                      {Filter{}, []uint64{1, 2, 3, 4, 5, 6, 7, 8}},
		"source":                   {Filter{Source: anderau.ID}, []uint64{4, 5, 8}},
		"state":                    {Filter{State: "nw"}, []uint64{1, 2, 3, 6, 7}},
		"state and source":         {Filter{State: "BY", Source: testSource.ID}, nil},
		"type, short":              {Filter{Type: "corrected"}, []uint64{6, 8}},
		"type, full":               {Filter{Type: schemas.EventWithdrawn}, []uint64{7}},
		"type without any":         {Filter{Type: "reextracted"}, nil},
		"cursor":                   {Filter{From: 6}, []uint64{6, 7, 8}},
		"cursor at the end":        {Filter{From: 9}, nil},
		"since":                    {Filter{Since: middle}, []uint64{6, 7, 8}},
		"until":                    {Filter{Until: middle}, []uint64{1, 2, 3, 4, 5}},
		"until, filtered":          {Filter{Until: middle, State: "BY"}, []uint64{4, 5}},
		"cursor and until":         {Filter{From: 2, Until: middle}, []uint64{2, 3, 4, 5}},
		"since, type":              {Filter{Since: middle, Type: "corrected"}, []uint64{6, 8}},
		"since tomorrow":           {Filter{Since: time.Now().Add(24 * time.Hour)}, nil},
		"last":                     {Filter{Last: true}, []uint64{3, 5, 6, 7, 8}},
		"last of a state":          {Filter{Last: true, State: "BY"}, []uint64{5, 8}},
		"last since":               {Filter{Last: true, Since: middle}, []uint64{6, 7, 8}},
		"last, published":          {Filter{Last: true, Type: "published"}, []uint64{3, 5}},
		"last of an unknown":       {Filter{Last: true, Source: "kreis-nirgendwo"}, nil},
		"last since tomorrow":      {Filter{Last: true, Since: time.Now().Add(24 * time.Hour)}, nil},
		"last, reextracted (none)": {Filter{Last: true, Type: "reextracted"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []uint64
			n, err := b.Replay(t.Context(), c.f, func(ev *schemas.Event) error { got = append(got, ev.Sequence); return nil })
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" || n != len(got) {
				t.Errorf("replayed %d:\n%s", n, diff)
			}
			if n, err := b.Count(t.Context(), c.f); err != nil || n != len(c.want) {
				t.Errorf("counted %d, want %d, %v", n, len(c.want), err)
			}
		})
	}
	noConsumers(t, b, schemas.StreamPress)
}

// noConsumers: whoever reads a stream leaves nothing behind at the broker.
func noConsumers(t *testing.T, b *Bus, stream string) {
	t.Helper()
	s, err := b.js.Stream(t.Context(), stream)
	if err != nil {
		t.Fatal(err)
	}
	names := s.ConsumerNames(t.Context())
	for name := range names.Name() {
		t.Errorf("consumer %s is left", name)
	}
	if err := names.Err(); err != nil {
		t.Error(err)
	}
}

func TestFilterInvalid(t *testing.T) {
	b := openTest(t)
	now := time.Now()
	for want, f := range map[string]Filter{
		"source":                         {Source: "*"},
		"two-letter code":                {State: "nrw"},
		"is none of published":           {Type: "deleted"},
		"a cursor and the current state": {From: 1, Last: true},
		"the current state has no end":   {Last: true, Until: now},
		"a cursor and a start time":      {From: 1, Since: now},
		"since is not before until":      {Since: now, Until: now},
	} {
		_, err := b.Replay(t.Context(), f, nil)
		wantKind(t, err, schemas.KindInvalid, want)
		_, err = b.Feed(t.Context(), f)
		wantKind(t, err, schemas.KindInvalid, want)
		_, err = b.Count(t.Context(), f)
		wantKind(t, err, schemas.KindInvalid, want)
		_, err = b.Republish(t.Context(), f, "job.1", Sending{})
		wantKind(t, err, schemas.KindInvalid, want)
	}
	_, err := b.Feed(t.Context(), Filter{Until: now})
	wantKind(t, err, schemas.KindInvalid, "a live feed has no end")
}

// TestCursorOlderThanStream: history that is gone is told, not skipped.
func TestCursorOlderThanStream(t *testing.T) {
	b := openTest(t)
	for n := range 5 {
		publishVersion(t, b, testSource, n, 0)
	}
	s, err := b.stream(t.Context(), schemas.StreamPress)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Purge(t.Context(), jetstream.WithPurgeSequence(4)); err != nil {
		t.Fatal(err)
	}
	never := func(*schemas.Event) error { t.Error("an event"); return nil }
	_, err = b.Replay(t.Context(), Filter{From: 3}, never)
	wantKind(t, err, schemas.KindNotFound, "sequence 3 is gone, the oldest kept is 4 (", "current state")
	if !errors.Is(err, ErrCursorTooOld) {
		t.Errorf("%v is not ErrCursorTooOld", err)
	}
	wantKind(t, b.Tail(t.Context(), Filter{From: 1}, never), schemas.KindNotFound, "is gone")
	wantKind(t, b.Tail(t.Context(), Filter{From: 7}, never), schemas.KindNotFound, "ahead of the stream, which ends at 5")
	if n, err := b.Replay(t.Context(), Filter{From: 4}, func(*schemas.Event) error { return nil }); n != 2 || err != nil {
		t.Error(n, err)
	}
}

// TestTailWithoutGap starts in the past while events keep coming, and wants every sequence once and in order.
func TestTailWithoutGap(t *testing.T) {
	b := openTest(t)
	for n := range 50 {
		publishVersion(t, b, testSource, n, 0)
	}
	go func() {
		for n := 50; n < 150; n++ {
			s := testSnapshot(n, "x")
			if _, _, err := publishRelease(t.Context(), b, testRelease(s, "x")); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	next := uint64(11)
	stop := errors.New("enough")
	err := b.Tail(t.Context(), Filter{From: 11}, func(ev *schemas.Event) error {
		if ev.Sequence != next {
			t.Errorf("sequence %d, want %d", ev.Sequence, next)
		}
		if next++; next > 150 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
}

// TestTailCurrentThenLive: last gives each release once, then what follows.
func TestTailCurrentThenLive(t *testing.T) {
	b := openTest(t)
	for v := range 3 {
		for n := range 4 {
			publishVersion(t, b, testSource, n, v)
		}
	}
	feed, err := b.Feed(t.Context(), Filter{Last: true})
	if err != nil {
		t.Fatal(err)
	}
	defer feed.Close()
	publishVersion(t, b, testSource, 2, 3)
	var got []uint64
	ctx, cancel := context.WithCancel(t.Context())
	if err := feed.Each(ctx, func(ev *schemas.Event) error {
		got = append(got, ev.Sequence)
		if ev.Sequence == 13 {
			cancel()
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, []uint64{9, 10, 11, 12, 13}) {
		t.Error(got)
	}
}

// TestLostConsumer deletes the consumer under a reader: it goes on without a gap, and the current state stays the current state.
func TestLostConsumer(t *testing.T) {
	t.Parallel()
	b := openTest(t)
	b.ahead = 64 << 10
	const releases, versions = 700, 2 // far more than is read ahead
	for n := range releases {
		for v := range versions {
			publishVersion(t, b, testSource, n, v)
		}
	}
	for name, c := range map[string]struct {
		f                 Filter
		first, step, want int
	}{
		"all":  {Filter{}, 1, 1, releases * versions},
		"last": {Filter{Last: true}, versions, versions, releases},
	} {
		t.Run(name, func(t *testing.T) {
			next, lost := uint64(c.first), 0
			n, err := b.Replay(t.Context(), c.f, func(ev *schemas.Event) error {
				if ev.Sequence != next {
					t.Fatalf("sequence %d, want %d", ev.Sequence, next)
				}
				next += uint64(c.step)
				if i := (int(ev.Sequence) - c.first) / c.step; i == 10 || i == 610 {
					s, err := b.js.Stream(t.Context(), schemas.StreamPress)
					if err != nil {
						return err
					}
					for name := range s.ConsumerNames(t.Context()).Name() {
						lost++
						if err := s.DeleteConsumer(t.Context(), name); err != nil {
							return err
						}
					}
				}
				return nil
			})
			if err != nil || n != c.want || lost < 2 {
				t.Fatalf("%d events, want %d; consumer lost %d times; %v", n, c.want, lost, err)
			}
		})
	}
}

// TestLastAcrossBatches: the current state is whole however little is asked for at a time.
func TestLastAcrossBatches(t *testing.T) {
	b := openTest(t)
	b.ahead = 16 << 10
	const releases = 2*readAheadLast + 10
	for n := range releases {
		publishVersion(t, b, testSource, n, 0)
		publishVersion(t, b, testSource, n, 1)
	}
	for _, f := range []Filter{{Last: true}, {Last: true, Source: testSource.ID}} {
		next := uint64(2)
		n, err := b.Replay(t.Context(), f, func(ev *schemas.Event) error {
			if ev.Sequence != next {
				t.Errorf("sequence %d, want %d", ev.Sequence, next)
			}
			next = ev.Sequence + 2
			return nil
		})
		if err != nil || n != releases {
			t.Errorf("%d events, want %d; %v", n, releases, err)
		}
	}
}

func TestReplayErrors(t *testing.T) {
	b := openTest(t)
	publishVersion(t, b, testSource, 1, 0)
	stop := errors.New("stop")
	if n, err := b.Replay(t.Context(), Filter{}, func(*schemas.Event) error { return stop }); n != 0 || !errors.Is(err, stop) {
		t.Error(n, err)
	}
	if _, err := b.js.PublishMsg(t.Context(), nats.NewMsg(schemas.ReleaseSubject("NW", "demo", "x"))); err != nil {
		t.Fatal(err)
	}
	n, err := b.Replay(t.Context(), Filter{}, func(*schemas.Event) error { return nil })
	wantKind(t, err, schemas.KindStorage, "event 2", "no CloudEvent")
	if n != 1 {
		t.Errorf("%d events before the broken one", n)
	}
}

// TestRepublishGoesOn: what was sent before is passed over, and what nobody would hear is not sent.
func TestRepublishGoesOn(t *testing.T) {
	b := openTest(t)
	for n := range 4 {
		publishVersion(t, b, testSource, n, 0)
	}
	_, err := b.Republish(t.Context(), Filter{}, "replay.nobody", Sending{Sent: func(uint64, int) error { t.Error("sent to nobody"); return nil }})
	wantKind(t, err, schemas.KindUnavailable, "nobody listens")
	sub, err := b.nc.SubscribeSync("replay.job-2")
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the place cannot be noted")
	for _, tt := range []struct {
		f    Filter
		how  Sending
		n    int
		fail error
	}{
		{Filter{}, Sending{After: 2}, 2, nil},
		{Filter{Last: true}, Sending{After: 3}, 1, nil},
		{Filter{From: 4}, Sending{After: 2}, 1, nil},
		{Filter{}, Sending{After: 4}, 0, nil},
		{Filter{}, Sending{Sent: func(last uint64, n int) error { return broken }}, 1, broken},
	} {
		n, err := b.Republish(t.Context(), tt.f, "replay.job-2", tt.how)
		if n != tt.n || !errors.Is(err, tt.fail) {
			t.Errorf("%+v after %d: %d, %v", tt.f, tt.how.After, n, err)
		}
		for range n {
			if _, err := sub.NextMsg(calm.Long); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestRepublish(t *testing.T) {
	b := openTest(t)
	for n := range 5 {
		publishVersion(t, b, testSource, n, 0)
	}
	publishVersion(t, b, testSource, 2, 1)
	sub, err := b.nc.SubscribeSync("replay.job-1")
	if err != nil {
		t.Fatal(err)
	}
	n, err := b.Republish(t.Context(), Filter{Last: true}, "replay.job-1", Sending{PerSecond: 1000})
	if err != nil || n != 5 {
		t.Fatal(n, err)
	}
	for _, want := range []uint64{1, 2, 4, 5, 6} {
		m, err := sub.NextMsg(calm.Long)
		if err != nil {
			t.Fatal(err)
		}
		orig, err := b.bySequence(t.Context(), schemas.StreamPress, want)
		if err != nil {
			t.Fatal(err)
		}
		wantHeader := nats.Header{HeaderOriginal: {strconv.FormatUint(want, 10)}}
		for k, v := range orig.header {
			if !strings.HasPrefix(k, "Nats-") {
				wantHeader[k] = v
			}
		}
		if diff := cmp.Diff(wantHeader, m.Header); diff != "" {
			t.Errorf("headers:\n%s", diff)
		}
		if string(m.Data) != string(orig.data) {
			t.Errorf("data %s", m.Data)
		}
		if ev, err := decodeEvent(m.Header, m.Data); err != nil || ev.Release == nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{
		"", "press", "press.v1.release.nw.demo.x", "press.v1.job", "a.*", ">", "a..b", ".a", "a.", "a b",
		"$JS.API.STREAM.DELETE.PRESS", "a\r\nPUB x",
	} {
		_, err := b.Republish(t.Context(), Filter{}, bad, Sending{})
		wantKind(t, err, schemas.KindInvalid)
	}
	if n, err := b.Count(t.Context(), Filter{}); err != nil || n != 6 {
		t.Errorf("the feed has %d events, %v", n, err)
	}
}
