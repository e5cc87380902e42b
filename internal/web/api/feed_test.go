package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// numbers are the sequences of lines of JSON.
func numbers(t *testing.T, body []byte) (list []uint64) {
	t.Helper()
	for l := range strings.Lines(string(body)) {
		var ev struct {
			Specversion string
			Sequence    uint64
			Data        *schemas.Release
		}
		if err := json.Unmarshal([]byte(l), &ev); err != nil || ev.Data == nil || ev.Specversion != "1.0" {
			t.Fatal(err, l)
		}
		list = append(list, ev.Sequence)
	}
	return list
}

// TestFeedPages: pages put together are the feed, and where it goes on is said so that nothing is missed.
func TestFeedPages(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	x.now = time.Now() // that of the broker, which says when an event was
	for n := range 3 {
		x.release(musterau, n, nil)
	}
	x.release(anderau, 4, nil)
	x.release(musterau, 1, func(r *schemas.Release) { r.Title = "anders" })
	x.withdraw(x.release(anderau, 5, nil), "404")

	for query, want := range map[string][]uint64{
		"":                                {1, 2, 3, 4, 5, 6, 7},
		"from=0":                          {1, 2, 3, 4, 5, 6, 7},
		"from=5":                          {5, 6, 7},
		"from=8":                          nil,
		"state=by":                        {4, 6, 7},
		"source=kreis-musterau":           {1, 2, 3, 5},
		"type=corrected":                  {5},
		"type=erased":                     nil,
		"from=2&source=kreis-anderau":     {4, 6, 7},
		"since=1d&type=published":         {1, 2, 3, 4, 6},
		"limit=2&state=NW&type=published": {1, 2, 3},
		"limit=1":                         {1, 2, 3, 4, 5, 6, 7},
	} {
		var got []uint64
		path := "/v1/feed?" + query
		for range 20 {
			resp, body := x.get(path)
			if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "application/x-ndjson" {
				t.Fatalf("%s: %d %s", path, resp.StatusCode, body)
			}
			got = append(got, numbers(t, body)...)
			next, last := resp.Header.Get("Kreispresse-Next"), resp.Header.Get("Kreispresse-Last")
			var ok bool
			if path, ok = strings.CutSuffix(strings.TrimPrefix(resp.Header.Get("Link"), "<"), `>; rel="next"`); !ok || !strings.Contains(path, "from="+next) {
				t.Fatalf("%v", resp.Header)
			}
			if next == "8" && last == "7" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", query, got, want)
		}
	}
	resp, body := x.get("/v1/feed?last=1")
	if got := numbers(t, body); !slices.Equal(got, []uint64{1, 3, 4, 5, 7}) || resp.Header.Get("Kreispresse-Next") != "8" {
		t.Errorf("%v %v", got, resp.Header)
	}
	if resp, _ := x.get("/v1/feed?last=1", "Accept-Encoding", "zstd"); resp.Header.Get("Content-Encoding") != "zstd" {
		t.Error(resp.Header)
	}
	resp, _ = x.get("/v1/feed?from=1&limit=2")
	x.want("/v1/feed?from=1&limit=2", http.StatusNotModified, "", "If-None-Match", resp.Header.Get("ETag"))
}

// TestFeedRefusals: a place that the feed does not have, and filters that cannot match, are no empty feed.
func TestFeedRefusals(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	first := x.release(musterau, 1, nil)
	x.release(musterau, 2, nil)
	x.erase(first) // and with it sequence 1
	for _, accept := range []string{"application/x-ndjson", "text/event-stream"} {
		for query, want := range map[string]struct {
			status int
			part   string
		}{
			"from=1":                 {http.StatusGone, `"oldest":2,"newest":3`},
			"from=5":                 {http.StatusConflict, "ahead of the feed, which ends at 3"},
			"from=-1":                {http.StatusBadRequest, "is no sequence"},
			"from=x":                 {http.StatusBadRequest, "is no sequence"},
			"from=2&last=1":          {http.StatusBadRequest, "excludes"},
			"from=2&since=7d":        {http.StatusBadRequest, "excludes"},
			"last=ja":                {http.StatusBadRequest, "neither true nor false"},
			"since=gestern":          {http.StatusBadRequest, "how long ago"},
			"source=kreis-nirgendwo": {http.StatusNotFound, "no source"},
			"source=*":               {http.StatusBadRequest, "no id"},
			"state=>":                {http.StatusBadRequest, "Land"},
			"type=deleted":           {http.StatusBadRequest, "one of corrected, erased"},
			"typ=erased":             {http.StatusBadRequest, "no parameter"},
			"limit=0":                {http.StatusBadRequest, "from 1 to 1000"},
		} {
			x.want("/v1/feed?"+query, want.status, want.part, "Accept", accept)
		}
	}
	x.want("/v1/feed?last=1&limit=3", http.StatusBadRequest, "given whole")
	for id, status := range map[string]int{
		"0": http.StatusGone, "9": http.StatusConflict, "x": http.StatusBadRequest, "-1": http.StatusBadRequest,
		"18446744073709551614": http.StatusConflict, "18446744073709551615": http.StatusBadRequest, "18446744073709551616": http.StatusBadRequest,
	} {
		x.want("/v1/feed", status, "", "Accept", "text/event-stream", "Last-Event-ID", id)
	}
	if _, body := x.get("/v1/feed?from=0"); !slices.Equal(numbers(t, body), []uint64{2, 3}) {
		t.Errorf("%s", body)
	}
}

// message is one event of a stream.
type message struct{ event, id, data string }

// follow opens a stream.
func (x *site) follow(query string, header ...string) *tap {
	x.Helper()
	resp := x.ask(http.MethodGet, "/v1/feed?"+query, append(header, "Accept", "text/event-stream")...)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" {
		b, _ := io.ReadAll(resp.Body)
		x.Fatalf("%s: %d %s", query, resp.StatusCode, b)
	}
	x.Cleanup(func() { resp.Body.Close() })
	return &tap{x, resp.Body, bufio.NewReader(resp.Body)}
}

type tap struct {
	*site
	body io.Closer
	r    *bufio.Reader
}

// next reads a message; false at the end of the stream.
func (t *tap) next() (m message, ok bool) {
	t.Helper()
	for {
		line, err := t.r.ReadString('\n')
		if err == io.EOF && line == "" {
			return m, false
		}
		if err != nil {
			t.Fatal(err)
		}
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch name {
		case "event":
			m.event = value
		case "id":
			m.id = value
		case "data":
			m.data = value
		case "":
			if m != (message{}) {
				return m, true
			}
		}
	}
}

// events reads n events that are no heartbeats, and gives their sequences.
func (t *tap) events(n int) (list []uint64) {
	t.Helper()
	for len(list) < n {
		m, ok := t.next()
		if !ok || m.event == "end" {
			t.Fatalf("the stream ends after %v: %v", list, m)
		}
		if m.event == "" {
			got := numbers(t.T, []byte(m.data))
			if m.id != fmt.Sprint(got[0]) {
				t.Errorf("id %s of event %d", m.id, got[0])
			}
			list = append(list, got[0])
		}
	}
	return list
}

func (t *tap) want(want ...uint64) {
	t.Helper()
	if got := t.events(len(want)); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// heartbeat reads up to a heartbeat, and gives the sequence that it carries.
func (t *tap) heartbeat() uint64 {
	t.Helper()
	for {
		m, ok := t.next()
		if !ok {
			t.Fatal("the stream ends")
		}
		if m.event == "heartbeat" {
			seq, err := strconv.ParseUint(m.id, 10, 64)
			if err != nil || !strings.Contains(m.data, `"sequence":`+m.id) {
				t.Errorf("%+v, %v", m, err)
			}
			return seq
		}
	}
}

// TestStream: from anywhere in the past to whatever comes, each event once and in order, by every filter.
func TestStream(t *testing.T) {
	x := newStore(t).serve(api.Options{Ring: 2000}) // less than two events: who is not awake reads the store
	x.now = time.Now()                              // that of the broker, which says when an event was
	for n := range 4 {
		x.release(musterau, n, nil)
	}
	x.release(anderau, 4, nil)
	live := x.follow("")
	if seq := live.heartbeat(); seq != 5 {
		t.Errorf("it begins behind %d", seq)
	}
	past, by, corrected := x.follow("from=3"), x.follow("state=BY&from=0"), x.follow("type=corrected")
	last, since := x.follow("last=1"), x.follow("since=1h&source=kreis-musterau")
	resumed := x.follow("last=1&type=erased", "Last-Event-ID", "4")
	past.want(3, 4, 5)
	by.want(5)
	last.want(1, 2, 3, 4, 5)
	since.want(1, 2, 3, 4)
	if seq := corrected.heartbeat(); seq != 5 {
		t.Error(seq)
	}
	x.release(musterau, 1, func(r *schemas.Release) { r.Title = "anders" })
	x.release(anderau, 9, nil)
	live.want(6, 7)
	past.want(6, 7)
	by.want(7)
	corrected.want(6)
	last.want(6, 7)
	since.want(6)
	x.erase(x.release(anderau, 10, nil))
	resumed.want(9) // of the type erased, behind 4
	few := x.follow("from=2&limit=2")
	few.want(2, 3)
	if m, ok := few.next(); !ok || m.event != "end" || m.id != "3" || !strings.Contains(m.data, "as many as you asked for") {
		t.Errorf("%+v", m)
	}
}

// TestStreamUnderLoad: readers that come while events do have each of them once.
func TestStreamUnderLoad(t *testing.T) {
	x := newStore(t).serve(api.Options{Ring: 10_000})
	x.release(musterau, 0, nil)
	const events = 150
	go func() {
		for n := range events {
			x.release(musterau, n+1, nil)
		}
	}()
	var want []uint64
	for n := range uint64(events + 1) {
		want = append(want, n+1)
	}
	for n := range 4 {
		r := x.follow("from=" + fmt.Sprint(n%2))
		if got := r.events(events + 1); !slices.Equal(got, want) {
			t.Fatalf("%v", got)
		}
		r.body.Close()
	}
}

// TestStreamHeartbeat: who gets nothing still learns how far the feed is, and comes back without reading all again.
func TestStreamHeartbeat(t *testing.T) {
	x := newStore(t).serve(api.Options{Heartbeat: time.Millisecond})
	r := x.follow("source=kreis-anderau&from=0")
	for n := range 3 {
		x.release(musterau, n, nil)
	}
	for r.heartbeat() < 3 {
	}
	r.body.Close()
	x.release(anderau, 1, nil)
	x.follow("source=kreis-anderau", "Last-Event-ID", "3").want(4)
}

// TestStreamEnds: a server that ends says so, with the sequence to come back with.
func TestStreamEnds(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	x.release(musterau, 1, nil)
	r := x.follow("from=0")
	r.want(1)
	x.stop()
	for {
		m, ok := r.next()
		if !ok {
			t.Fatal("it ends without a word")
		}
		if m.event == "end" {
			if m.id != "1" || !strings.Contains(m.data, `"why":"the server ends"`) {
				t.Errorf("%+v", m)
			}
			break
		}
	}
	if _, ok := r.next(); ok {
		t.Error("it goes on")
	}
	x.want("/v1/feed", http.StatusServiceUnavailable, "not followed", "Accept", "text/event-stream")
	x.want("/v1/feed", http.StatusOK, "Meldung 1")
}

// TestStreamLimits: streams are counted, and one that ends makes room.
func TestStreamLimits(t *testing.T) {
	x := newStore(t).serve(api.Options{Limits: api.Limits{Streams: 3, StreamsPerClient: 2}})
	x.follow("").heartbeat()
	r := x.follow("")
	r.heartbeat()
	x.want("/v1/feed", http.StatusTooManyRequests, "too many streams open", "Accept", "text/event-stream")
	x.follow("", "X-Forwarded-For", "198.51.100.1")
	x.want("/v1/feed", http.StatusServiceUnavailable, "too many streams", "Accept", "text/event-stream", "X-Forwarded-For", "198.51.100.2")
	r.body.Close()
	for range 100_000 { // the server learns of it when it learns of it
		resp := x.ask(http.MethodGet, "/v1/feed", "Accept", "text/event-stream")
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return
		}
	}
	t.Error("a stream that has ended still counts")
}

// TestSlowReader: who takes nothing is cut, with a word in the log on how far it came, and leaves nothing behind.
func TestSlowReader(t *testing.T) {
	s := newStore(t)
	for n := range 30 { // more than sockets hold
		s.release(musterau, n, func(r *schemas.Release) { r.Lead = strings.Repeat("Überschwemmung ", 30_000) })
	}
	cut := make(chan uint64, 1)
	s.reader.Log = slog.New(logged{func(r slog.Record) {
		if r.Message == "a reader of the stream is cut" {
			r.Attrs(func(a slog.Attr) bool {
				if a.Key == "last" {
					cut <- a.Value.Uint64()
				}
				return true
			})
		}
	}})
	x := s.serve(api.Options{Patience: 50 * time.Millisecond})
	conn, err := net.Dial("tcp", strings.TrimPrefix(x.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /v1/feed?from=0 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")
	if last := <-cut; last >= 30 {
		t.Errorf("it was cut after event %d", last)
	}
	r := x.follow("from=31") // others are served: so little waits in the socket for as long as they like
	x.release(musterau, 99, nil)
	r.want(31)
}

// logged gives records to a function.
type logged struct{ tell func(slog.Record) }

func (l logged) Enabled(context.Context, slog.Level) bool { return true }
func (l logged) Handle(_ context.Context, r slog.Record) error {
	l.tell(r)
	return nil
}
func (l logged) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l logged) WithGroup(string) slog.Handler      { return l }
