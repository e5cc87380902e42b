package app

import (
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"
)

// isTerminal reports whether w is a terminal somebody looks at.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colour reports whether output to w may be coloured (see no-color.org).
func (p *program) colour(w io.Writer) bool {
	none := slices.ContainsFunc(p.environ, func(kv string) bool {
		return strings.HasPrefix(kv, "NO_COLOR=") && kv != "NO_COLOR=" || kv == "TERM=dumb"
	})
	return !none && isTerminal(w)
}
