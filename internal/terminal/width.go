package terminal

import (
	"bytes"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// file is the file that w writes to in the end, nil when there is none.
func file(w io.Writer) *os.File {
	for {
		switch x := w.(type) {
		case *os.File:
			return x
		case interface{ Unwrap() io.Writer }:
			w = x.Unwrap()
		default:
			return nil
		}
	}
}

// Is reports whether w is a terminal somebody looks at.
func Is(w io.Writer) bool {
	f := file(w)
	return f != nil && term.IsTerminal(int(f.Fd()))
}

// Width is the number of columns of the terminal that w writes to, 0 when it is none. A terminal that does not tell has 80.
func Width(w io.Writer) int {
	if !Is(w) {
		return 0
	}
	if columns, _, err := term.GetSize(int(file(w).Fd())); err == nil && columns > 0 {
		return columns
	}
	return 80
}

// Shorten cuts s to at most n code points, at a blank where there is one. With n ≤ 0 nothing is cut.
func Shorten(s string, n int) string {
	if n <= 0 || utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

// Cut writes lines to w, each cut to width code points; 0 cuts nothing. Lines must not be painted.
func Cut(w io.Writer, width int) io.Writer {
	if width <= 0 {
		return w
	}
	return &cutter{w: w, width: width}
}

type cutter struct {
	w     io.Writer
	width int
	rest  []byte
}

func (c *cutter) Write(p []byte) (int, error) {
	c.rest = append(c.rest, p...)
	for {
		line, rest, ok := bytes.Cut(c.rest, []byte("\n"))
		if !ok {
			return len(p), nil
		}
		c.rest = rest
		s := strings.TrimRight(string(line), " ")
		if utf8.RuneCountInString(s) > c.width {
			s = string([]rune(s)[:c.width-1]) + "…"
		}
		if _, err := io.WriteString(c.w, s+"\n"); err != nil {
			return 0, err
		}
	}
}
