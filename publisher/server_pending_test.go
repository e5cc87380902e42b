package publisher

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/nats-io/nats.go"
)

// TestManyReadersPending: what two dozen readers have asked for may wait at the embedded server while the process does other things.
func TestManyReadersPending(t *testing.T) {
	b, err := Open(t.Context(), Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	busy, err := b.emb.InProcessConn()
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	in := bufio.NewReader(busy)
	if _, err := in.ReadString('\n'); err != nil { // INFO
		t.Fatal(err)
	}
	fmt.Fprintf(busy, "CONNECT {\"verbose\":false,\"auth_token\":%q}\r\nSUB much 1\r\nPING\r\n", b.emb.token)
	if line, err := in.ReadString('\n'); err != nil || line != "PONG\r\n" {
		t.Fatalf("%q, %v", line, err)
	}
	other, err := nats.Connect("", nats.InProcessServer(b.emb), nats.Token(b.emb.token))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	const mebibytes = 100
	body := bytes.Repeat([]byte("x"), 1<<20-1)
	for range mebibytes {
		if err := other.Publish("much", body); err != nil {
			t.Fatal(err)
		}
	}
	if err := other.Flush(); err != nil { // all of it is at the server, and waits
		t.Fatal(err)
	}
	if n, err := io.CopyN(io.Discard, in, mebibytes<<20); err != nil {
		t.Errorf("%d MiB arrived: %v", n>>20, err)
	}
}
