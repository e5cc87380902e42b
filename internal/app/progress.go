package app

import (
	"fmt"
	"io"
	"sync"
)

// progress is a line on a terminal that is written over as work goes on. On anything else it prints nothing.
type progress struct {
	mu   sync.Mutex
	w    io.Writer
	on   bool
	last string
}

func (p *program) progress() *progress { return &progress{w: p.stderr, on: isTerminal(p.stderr)} }

// show replaces the line.
func (g *progress) show(format string, args ...any) {
	if !g.on {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if line := shorten(fmt.Sprintf(format, args...), 100); line != g.last {
		g.last = line
		fmt.Fprintf(g.w, "\r\x1b[K%s", line)
	}
}

// done removes the line.
func (g *progress) done() {
	if !g.on {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.last != "" {
		fmt.Fprint(g.w, "\r\x1b[K")
		g.last = ""
	}
}
