package app

import (
	"bytes"
	"encoding/json"
	"io"
	"sync"
	"text/tabwriter"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// sink is standard output. It remembers the first error, so that no command can lose what it was asked for and call that a success.
type sink struct {
	w   io.Writer
	mu  sync.Mutex
	err error
}

// Unwrap is the writer below.
func (s *sink) Unwrap() io.Writer { return s.w }

func (s *sink) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return 0, s.err
	}
	var n int
	n, s.err = s.w.Write(b)
	return n, s.err
}

// failure is why output was lost, nil when it was not.
func (s *sink) failure() *schemas.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		return nil
	}
	return &schemas.Error{Op: "standard output", Kind: schemas.KindStorage, Err: s.err, Hint: "what was printed is not all; make room or send it elsewhere"}
}

// writeLine writes v as one line of JSON.
func writeLine(w io.Writer, v any) error { return writeJSON(w, v, "") }

// writeJSON writes v as JSON, indented by indent if that is not empty.
func writeJSON(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(terminal.JSON(b.Bytes()))
	return err
}

// table is a table for people; on a terminal no line is wider than it. Cells must not be painted.
func (p *program) table() *tabwriter.Writer {
	return tabwriter.NewWriter(terminal.Cut(p.stdout, terminal.Width(p.stdout)), 0, 0, 2, ' ', 0)
}
