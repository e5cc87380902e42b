// Package credit finds who made or owns the images of a page.
package credit

import (
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/schemas"
)

// Find reads the credits of the page in order of first appearance, each once, tied to an image of p.Images where that can be told.
func Find(p *page.Page) []schemas.Credit { return nil }
