package export

import (
	"io"

	"github.com/kreispresse/kreispresse/internal/feedformat"
	"github.com/kreispresse/kreispresse/schemas"
)

// feedFile is a feed as a file: all releases that were chosen, not only the newest.
type feedFile struct{ feedformat.Writer }

func newAtom(w io.Writer, o Options) (Writer, error) {
	return feedFile{feedformat.NewAtom(w, aboutFeed(o))}, nil
}

func newJSONFeed(w io.Writer, o Options) (Writer, error) {
	return feedFile{feedformat.NewJSONFeed(w, aboutFeed(o))}, nil
}

func aboutFeed(o Options) feedformat.Feed {
	return feedformat.Feed{ID: feedformat.ID("export"), Title: "Pressemitteilungen", Updated: o.Updated}
}

func (feedFile) Begin() error                    { return nil }
func (f feedFile) Write(ev *schemas.Event) error { return f.Event(ev) }
