package app

import (
	"fmt"
	"io"
	"sync"

	"github.com/kreispresse/kreispresse/internal/terminal"
)

// progress is a line on a terminal that is written over as work goes on. On anything else it prints nothing.
type progress struct {
	mu    sync.Mutex
	w     io.Writer
	width int // of the terminal; 0: it is none
	last  string
}

func (p *program) progress() *progress {
	return &progress{w: p.screen, width: terminal.Width(p.screen)}
}

// show replaces the line. It stays shorter than the terminal is wide: a line that wraps cannot be written over.
func (g *progress) show(format string, args ...any) {
	if g.width == 0 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	line := oneLine(terminal.Safe(fmt.Sprintf(format, args...)))
	if line = terminal.Shorten(line, max(g.width-1, 2)); line != g.last {
		g.last = line
		fmt.Fprintf(g.w, "\r\x1b[K%s", line)
	}
}

// done removes the line.
func (g *progress) done() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.last != "" {
		fmt.Fprint(g.w, "\r\x1b[K")
		g.last = ""
	}
}
