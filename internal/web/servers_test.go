package web

import (
	"io"
	"net"
	"testing"
)

// TestLimited: whoever comes when all places are taken is let go, and a place that is given back is given away again.
func TestLimited(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	few := &limited{Listener: l, most: 1}
	defer few.Close()
	accepted := make(chan net.Conn, 2)
	go func() {
		for {
			c, err := few.Accept()
			if err != nil {
				close(accepted)
				return
			}
			accepted <- c
		}
	}()
	dial := func() net.Conn {
		t.Helper()
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := dial()
	defer first.Close()
	served := <-accepted
	second := dial()
	defer second.Close()
	if _, err := second.Read(make([]byte, 1)); err == nil {
		t.Error("the second one is served")
	} else if err != io.EOF {
		t.Log(err) // reset
	}
	served.Close()
	served.Close() // counts once
	third := dial()
	defer third.Close()
	(<-accepted).Close()
}
