package terminal

import (
	"bytes"
	"crypto/rand"
	"io"
	"sync"
	"unicode/utf8"
)

// secret marks the escapes that Paint makes. Nothing that comes from outside can know it, so a Writer tells them from those in a text.
var secret = rand.Text()

const reset = "0"

// Paint is text in a colour or weight: code is the parameter of SGR (ECMA-48), e.g. "31". Only a Writer makes escapes of it.
func Paint(code, text string) string { return SGR(code) + text + SGR(reset) }

// SGR starts what code says; "0" ends it.
func SGR(code string) string { return "\x1b" + secret + "[" + code + "m" }

// Writer passes text on as Safe has it, except escapes that Paint made. It is safe for concurrent use. What is written may be cut
// anywhere: a beginning of a character or of an escape waits for the rest, see Flush.
type Writer struct {
	mu     sync.Mutex
	w      io.Writer
	colour bool // lets plain SGR sequences through, too
	held   []byte
}

// NewWriter writes to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// NewColourWriter writes to w and lets colours (SGR sequences) of any origin through: for a logger that paints by itself and quotes what
// it logs.
func NewColourWriter(w io.Writer) *Writer { return &Writer{w: w, colour: true} }

// Unwrap is the writer below.
func (w *Writer) Unwrap() io.Writer { return w.w }

func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.held) == 0 && plain(p) {
		return w.w.Write(p)
	}
	out := w.clean(append(w.held, p...), false)
	if _, err := w.w.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Flush writes what was held back for its end to come.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.held) == 0 {
		return nil
	}
	_, err := w.w.Write(w.clean(w.held, true))
	return err
}

// plain reports whether p holds nothing to look at: ASCII without control characters but line feed and tab. Most lines are so, or nearly.
func plain(p []byte) bool {
	for _, c := range p {
		if c >= 0x7f || c < 0x20 && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// clean is p made safe; an unfinished end is held unless this is the last.
func (w *Writer) clean(p []byte, last bool) []byte {
	w.held = nil
	out := make([]byte, 0, len(p)+16)
	for len(p) > 0 {
		if p[0] == 0x1b {
			n, kept, more := w.escape(p)
			if more && !last {
				w.held = bytes.Clone(p)
				return out
			}
			if n > 0 {
				out, p = append(out, kept...), p[n:]
				continue
			}
		}
		if !last && !utf8.FullRune(p) {
			w.held = bytes.Clone(p)
			return out
		}
		r, n := utf8.DecodeRune(p)
		out, p = utf8.AppendRune(out, shown(r)), p[n:]
	}
	return out
}

// escape reads a painted (or, for a logger, any) SGR sequence at the beginning of p: its length, what to write for it, or that more is
// needed to tell. Length 0: it is none.
func (w *Writer) escape(p []byte) (n int, kept []byte, more bool) {
	body := p[1:]
	mark := []byte(secret)
	switch {
	case bytes.HasPrefix(body, mark):
		body = body[len(mark):]
	case bytes.HasPrefix(mark, body):
		return 0, nil, true
	case !w.colour:
		return 0, nil, false
	}
	for i, c := range body {
		switch {
		case i == 0 && c == '[', i > 0 && (c >= '0' && c <= '9' || c == ';'):
		case i > 0 && c == 'm':
			return len(p) - len(body) + i + 1, append([]byte{0x1b}, body[:i+1]...), false
		default:
			return 0, nil, false
		}
	}
	return 0, nil, len(body) < 16
}
