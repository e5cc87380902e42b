package pipeline

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

func parse(s *schemas.Snapshot) (*schemas.Release, error) { return Caught(s, parser.Parse) }

// Caught reads a page behind a net: should one ever make the reader panic, that is an error of the page, of KindInvalid, and whoever reads many
// goes on.
func Caught(s *schemas.Snapshot, read func(*schemas.Snapshot) (*schemas.Release, error)) (r *schemas.Release, err error) {
	defer func() {
		if x := recover(); x != nil {
			r, err = nil, &schemas.Error{Op: "parse", Kind: schemas.KindInvalid, Thing: s.URL, Err: fmt.Errorf("panic: %v at %s", x, panicPlace(debug.Stack()))}
		}
	}()
	return read(s)
}

// panicPlace is the first line of ours in a stack: file and line.
func panicPlace(stack []byte) string {
	for line := range strings.SplitSeq(string(stack), "\n") {
		if i := strings.Index(line, "/parser/"); i >= 0 && strings.Contains(line, ".go:") {
			return strings.Fields(line[i+1:])[0]
		}
	}
	return "unknown"
}

// noRelease is the fingerprint of every page that is no release: an error page whose clock ticks is not archived anew each time.
const noRelease = "no release"

// contentOf is the fingerprint of a release: what it says, whatever id and address it is known by.
func contentOf(r *schemas.Release) string {
	c := *r
	c.ID, c.CanonicalURL = "", ""
	return parser.Version + " " + schemas.ContentHash(&c)
}

// Fingerprint says in one word what a page says, for the crawler: two fetches with the same one need not both be archived. It names
// the parser, since another one may see a difference. "" when the page cannot be read: then its bytes decide.
func Fingerprint(s *schemas.Snapshot) string {
	r, err := parse(s)
	switch {
	case err == nil:
		return contentOf(r)
	case schemas.KindOf(err) == schemas.KindNoRelease:
		return parser.Version + " " + noRelease
	}
	return ""
}
