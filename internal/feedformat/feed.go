package feedformat

import (
	"cmp"
	"html"
	"net/url"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// Feed is what is said of a feed as a whole. Only ID and Title are needed.
type Feed struct {
	ID      string    // IRI that stays the same for ever, see ID
	Title   string    // for people
	Self    string    // URL of this document
	Site    string    // URL of a page that shows the same to people
	Updated time.Time // when the newest event was made; zero: the writer's first event says it
}

// Writer writes events. Each event is the newest of its release: a tombstone says that the release is no more. Close ends the document, and
// not the io.Writer below; it must be called for the document to be whole.
type Writer interface {
	Event(*schemas.Event) error
	Close() error
}

// ID is the IRI of a release or of a feed: a tag URI (RFC 4151).
func ID(name string) string { return "tag:kreispresse.github.io,2026:" + url.PathEscape(name) }

// zone is where the days and times of releases are.
var zone = sync.OnceValue(func() *time.Location {
	z, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return time.FixedZone("CET", 3600) // a machine without zones
	}
	return z
})

const (
	longestTitle = 500 // code points
	language     = "de"
)

// gone says whether the event is a tombstone.
func gone(e *schemas.Event) bool {
	return e.Type == schemas.EventWithdrawn || e.Type == schemas.EventErased || e.Release == nil
}

// line is a text on one line of a bounded length, never empty.
func line(s string) string {
	s = strings.Join(strings.Fields(terminal.Safe(s)), " ")
	if utf8.RuneCountInString(s) > longestTitle {
		s = string([]rune(s)[:longestTitle-1]) + "…"
	}
	return cmp.Or(s, "–")
}

// address is an http or https URL, "" for everything else: javascript: is an address, too.
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// published is when a release says it was published, zero when it does not. A day begins at midnight in Germany.
func published(r *schemas.Release) time.Time {
	if r.Published == nil {
		return time.Time{}
	}
	return moment(r.Published.Value)
}

// moment reads a Stamp.Value, zero when it is none.
func moment(value string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, value, zone()); err == nil {
			return t
		}
	}
	return time.Time{}
}

// body writes the text of a release as HTML, block by block.
func body(r *schemas.Release) string {
	text := []rune(terminal.Safe(r.Text))
	var b strings.Builder
	list := false
	for _, block := range r.Blocks {
		if block.Start < 0 || block.End > len(text) || block.Start >= block.End {
			continue
		}
		if item := block.Type == schemas.BlockListItem; item != list {
			list = item
			b.WriteString(map[bool]string{true: "<ul>", false: "</ul>"}[list])
		}
		tag, ok := map[string]string{
			schemas.BlockHeading: "h2", schemas.BlockListItem: "li", schemas.BlockBlockquote: "blockquote",
		}[block.Type]
		if !ok {
			tag = "p"
		}
		b.WriteString("<" + tag + ">" + html.EscapeString(string(text[block.Start:block.End])) + "</" + tag + ">")
	}
	if list {
		b.WriteString("</ul>")
	}
	if b.Len() == 0 && r.Text != "" {
		return "<p>" + html.EscapeString(string(text)) + "</p>"
	}
	return b.String()
}
