package api_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// many skips what takes long and is looked at now and then: KREISPRESSE_MANY=1 go test ./internal/web/api -run Many -v
func many(t *testing.T) {
	t.Helper()
	if os.Getenv("KREISPRESSE_MANY") == "" {
		t.Skip("KREISPRESSE_MANY is not set")
	}
}

func (x *site) raw(query, header string) net.Conn {
	x.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(x.url, "http://"))
	if err != nil {
		x.Fatal(err)
	}
	fmt.Fprintf(c, "GET /v1/feed?%s HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n%s\r\n", query, header)
	return c
}

// upTo reads a raw stream until a line begins with prefix.
func upTo(r *bufio.Reader, prefix string) error {
	for {
		line, err := r.ReadString('\n')
		if err != nil || strings.HasPrefix(line, prefix) {
			return err
		}
	}
}

func used() (heap uint64, cpu time.Duration) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return m.HeapInuse + m.StackInuse, time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestManyReaders says what 1,000 idle and 50 busy readers cost, and wants each busy one to get each event.
func TestManyReaders(t *testing.T) {
	many(t)
	const idle, busy, events = 1000, 50, 2000
	x := newStore(t).serve(api.Options{Limits: api.Limits{StreamsPerClient: 5000, Streams: 5000, Rate: 1e6, Burst: 10000}})
	x.release(musterau, 0, nil)
	before, _ := used()
	for range idle {
		c := x.raw("source=kreis-anderau", "")
		defer c.Close()
		if err := upTo(bufio.NewReaderSize(c, 64), "data: "); err != nil { // the first heartbeat
			t.Fatal(err)
		}
	}
	connected, cpu := used()
	t.Logf("%d idle readers: %d KiB each", idle, (connected-before)/idle/1024)
	time.Sleep(5 * time.Second)
	_, after := used()
	t.Logf("… idle for 5 s: %v of CPU", after-cpu)

	var readers []*bufio.Reader
	for range busy {
		c := x.raw("", "")
		defer c.Close()
		r := bufio.NewReaderSize(c, 64<<10)
		if err := upTo(r, "data: "); err != nil {
			t.Fatal(err)
		}
		readers = append(readers, r)
	}
	done := make(chan error, busy)
	_, cpu = used()
	started := time.Now()
	for _, r := range readers {
		go func() { done <- upTo(r, fmt.Sprintf("id: %d\n", events+1)) }()
	}
	for n := range events {
		x.release(musterau, n+1, func(r *schemas.Release) { r.Lead = strings.Repeat("Überschwemmung ", 300) })
	}
	published := time.Since(started)
	for range busy {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	heap, after := used()
	t.Logf("%d events to %d busy readers: published in %v, all there after %v, %v of CPU (with publishing and reading), %d MiB heap",
		events, busy, published, time.Since(started), after-cpu, heap>>20)
}

// TestManySlow: of thousands who take nothing some are refused, the others cut, and nothing is left of them.
func TestManySlow(t *testing.T) {
	many(t)
	const slow = 8000
	s := newStore(t)
	for n := range 12 {
		s.release(musterau, n, func(r *schemas.Release) { r.Lead = strings.Repeat("Überschwemmung ", 50_000) })
	}
	x := s.serve(api.Options{Patience: time.Second, Limits: api.Limits{StreamsPerClient: 5000, Rate: 1e6, Burst: 100_000}})
	before, _ := used()
	goroutines := runtime.NumGoroutine()
	var all []net.Conn
	for n := range slow {
		all = append(all, x.raw("from=0", fmt.Sprintf("X-Forwarded-For: 10.%d.%d.1\r\n", n/250, n%250)))
	}
	during, _ := used()
	refused := 0
	for _, c := range all { // no more than the beginning of an answer is taken
		defer c.Close()
		b := make([]byte, 12)
		if _, err := io.ReadFull(c, b); err != nil || string(b) == "HTTP/1.1 503" {
			refused++
			c.Close()
		}
	}
	for runtime.NumGoroutine() > goroutines+10 { // the others are cut by the server
		time.Sleep(100 * time.Millisecond)
	}
	after, _ := used()
	t.Logf("%d slow readers: %d refused, %d MiB while they were there, %d MiB before and %d MiB after", slow, refused, during>>20, before>>20, after>>20)
}
