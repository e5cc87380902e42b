package publisher

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestPlaceOf(t *testing.T) {
	want := place{stream: 7, consumer: 3, pending: 12, time: time.Unix(0, 1700000000123456789)}
	for _, reply := range []string{
		"$JS.ACK.PRESS.abc.1.7.3.1700000000123456789.12",
		"$JS.ACK._.hash.PRESS.abc.1.7.3.1700000000123456789.12",
		"$JS.ACK.hub.hash.PRESS.abc.1.7.3.1700000000123456789.12.token",
	} {
		if got, err := placeOf(reply); err != nil || got != want {
			t.Errorf("%s: %+v, %v", reply, got, err)
		}
	}
	for _, reply := range []string{
		"", "_INBOX.x", "$JS.ACK.PRESS.abc.1.7.3.1700000000123456789", "$JS.ACK.PRESS.abc.1.x.3.1700000000123456789.12",
		"$JS.ACK.PRESS.abc.1.7.3.1700000000123456789.", "$JS.ACK.a.PRESS.abc.1.7.3.1700000000123456789.12", "$JS.ACK.PRESS.abc.1.99999999999999999999.3.1.12",
	} {
		if got, err := placeOf(reply); err == nil {
			t.Errorf("%q is read as %+v", reply, got)
		}
	}
}

// TestServedToTheByte: a request whose bytes are used up exactly ends without a word of the broker; it is asked for again all the same.
func TestServedToTheByte(t *testing.T) {
	b := openTest(t)
	const events = 40
	for n := range events {
		publishVersion(t, b, testSource, 10+n, 0) // numbers of the same length, so messages of the same size
	}
	r, err := b.open(t.Context(), reading{stream: schemas.StreamPress, subject: schemas.SubjectsRelease, stop: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	p, err := r.pull()
	if err != nil {
		t.Fatal(err)
	}
	defer p.stop()
	size := map[int]int{}
	for range events {
		size[(<-p.msgs).Size()]++
	}
	most := 0
	for s, n := range size {
		if n > size[most] {
			most = s
		}
	}
	b.ahead = 2 * most // sizes differ a little: most requests end by the broker's word, some to the byte
	q := &puller{size: asked{messages: 100, bytes: b.ahead}, out: []asked{{100, b.ahead}, {100, b.ahead}}, nc: b.nc, subject: "nobody", inbox: "nobody"}
	m := &nats.Msg{Subject: "s", Data: make([]byte, most-1)}
	for range 2 {
		if err := q.book(m); err != nil {
			t.Fatal(err)
		}
	}
	if len(q.out) != inFlight || q.out[0] != q.size || q.out[1] != q.size {
		t.Errorf("under way: %v", q.out)
	}
	if n, err := b.Replay(t.Context(), Filter{}, func(*schemas.Event) error { return nil }); err != nil || n != events {
		t.Errorf("%d events, %v", n, err)
	}
}
