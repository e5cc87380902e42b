package publisher

import (
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// drop deletes a stream behind the back of everybody.
func drop(t *testing.T, b *Bus, stream string) {
	t.Helper()
	mustDo(t, b.js.DeleteStream(t.Context(), stream))
}

// TestNow: the broker's time lies between question and answer, and goes on between two questions.
func TestNow(t *testing.T) {
	b := openURL(t, Config{URL: testServer(t).ClientURL(), ManageStreams: true})
	var last time.Time
	for range 100 {
		before := time.Now().Round(0)
		now, err := b.Now(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if now.Before(last) || last.IsZero() && (now.Before(before) || now.After(time.Now())) {
			t.Fatalf("%v after %v, asked at %v", now, last, before)
		}
		last = now
	}
	b.clock.local = b.clock.local.Round(0).Add(-clockFresh) // the machine was suspended
	b.clock.broker = time.Time{}.Add(time.Hour)
	if now, err := b.Now(t.Context()); err != nil || now.Before(last) {
		t.Errorf("%v, %v: the clock was not asked again", now, err)
	}
}

// TestLostBuckets deletes press_hosts and press_sources while they are in use: they are made anew, with a word, and nobody may take a host
// of which nothing is known as long as somebody else may still ask it.
func TestLostBuckets(t *testing.T) {
	srv := testServer(t)
	said := new(logLines)
	b, err := Open(t.Context(), Config{URL: srv.ClientURL(), ManageStreams: true}, said.logger())
	mustDo(t, err)
	defer b.Close()
	_, _, err = b.Hosts().Get(t.Context(), "new.example")
	wantKind(t, err, schemas.KindNotFound) // nothing was lost: it is free
	rev, err := b.Hosts().Put(t.Context(), "a.example", schemas.HostState{Holder: "x"}, 0)
	mustDo(t, err)
	_, err = b.Sources().Put(t.Context(), "kreis-x.schedule", map[string]int{"requests": 1}, 0)
	mustDo(t, err)

	drop(t, b, streamHosts)
	drop(t, b, streamSources)
	_, err = b.Hosts().Put(t.Context(), "a.example", schemas.HostState{Holder: "x"}, rev)
	wantKind(t, err, schemas.KindConflict) // the holder notices
	for _, host := range []string{"a.example", "new.example"} {
		st, rev, err := b.Hosts().Get(t.Context(), host)
		if err != nil || rev != 0 || st.Holder != schemas.UnknownHolder {
			t.Errorf("%s after the loss: %+v at %d, %v", host, st, rev, err)
		}
		if left := time.Until(st.HeldUntil); left < schemas.LongestLease-time.Minute || left > schemas.LongestLease {
			t.Errorf("%s is held for %v", host, left)
		}
	}
	var v map[string]int
	_, err = b.Sources().Get(t.Context(), "kreis-x.schedule", &v)
	wantKind(t, err, schemas.KindNotFound)
	_, err = b.Sources().Put(t.Context(), "kreis-x.schedule", map[string]int{"requests": 2}, 0)
	mustDo(t, err)
	if _, err := b.Mark(t.Context()); err != nil {
		t.Error(err)
	}
	for _, stream := range []string{streamHosts, streamSources} {
		if !said.has("stream=" + stream) {
			t.Errorf("not a word of %s:\n%s", stream, said)
		}
	}

	b.cfg.LostLeases = time.Nanosecond // much later
	_, _, err = b.Hosts().Get(t.Context(), "new.example")
	wantKind(t, err, schemas.KindNotFound)
}

// TestLostBucketAtStart: a store that held something and has no press_hosts any more has lost it, and hosts are free later.
func TestLostBucketAtStart(t *testing.T) {
	srv := testServer(t)
	cfg := Config{URL: srv.ClientURL(), ManageStreams: true}
	b := openURL(t, cfg)
	mustAppend(t, b, testSnapshot(1, "x"))
	drop(t, b, streamHosts)
	again := openURL(t, cfg)
	if st, _, err := again.Hosts().Get(t.Context(), "a.example"); err != nil || st.Holder != schemas.UnknownHolder {
		t.Errorf("%+v, %v", st, err)
	}
}

// TestDeletedEntry: an operator who deletes the entry of a host does not give the host to somebody else at once.
func TestDeletedEntry(t *testing.T) {
	b := openURL(t, Config{URL: testServer(t).ClientURL(), ManageStreams: true})
	rev, err := b.Hosts().Put(t.Context(), "a.example", schemas.HostState{Holder: "x"}, 0)
	mustDo(t, err)
	mustDo(t, b.Hosts().delete(t.Context(), "a.example", rev))
	st, rev, err := b.Hosts().Get(t.Context(), "a.example")
	if err != nil || st.Holder != schemas.UnknownHolder {
		t.Fatalf("%+v, %v", st, err)
	}
	if _, err := b.Hosts().Put(t.Context(), "a.example", schemas.HostState{Holder: "y"}, rev); err != nil {
		t.Error("it cannot be taken later:", err)
	}
}

// TestLostBucketOfAReader: who manages nothing makes nothing.
func TestLostBucketOfAReader(t *testing.T) {
	srv := testServer(t)
	openURL(t, Config{URL: srv.ClientURL(), ManageStreams: true})
	b := openURL(t, Config{URL: srv.ClientURL(), Patience: time.Nanosecond})
	drop(t, b, streamHosts)
	_, _, err := b.Hosts().Get(t.Context(), "a.example")
	wantKind(t, err, schemas.KindUnavailable)
	if _, err := b.js.Stream(t.Context(), streamHosts); err == nil {
		t.Error("a reader has made the bucket anew")
	}
}
