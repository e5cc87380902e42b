// Package pubdate finds out when a page was published and last changed, and from what it is known.
package pubdate

import (
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// Find reads the page's stamps; nil when the page does not say. It never looks at a clock: "future" is judged against s.FetchedAt.
func Find(p *page.Page, d *text.Doc, s *schemas.Snapshot) (published, modified *schemas.Stamp) {
	return nil, nil
}
