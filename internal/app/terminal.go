package app

import (
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/lmittmann/tint"

	"github.com/kreispresse/kreispresse/internal/terminal"
)

// colour reports whether output to w may be coloured (see no-color.org).
func (p *program) colour(w io.Writer) bool {
	none := slices.ContainsFunc(p.environ, func(kv string) bool {
		return strings.HasPrefix(kv, "NO_COLOR=") && kv != "NO_COLOR=" || kv == "TERM=dumb"
	})
	return !none && terminal.Is(w)
}

// logHandler logs for people on standard error. The logger paints by itself, so its colours pass; all else that commands a terminal
// does not, whatever page or server it came from.
func (p *program) logHandler(level slog.Level) slog.Handler {
	w := terminal.NewWriter(p.screen)
	if p.colour(p.stderr) {
		w = terminal.NewColourWriter(p.screen)
	}
	return tint.NewTextHandler(w, &tint.Options{Level: level, NoColor: !p.colour(p.stderr)})
}
