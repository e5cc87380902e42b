package page

import (
	"bytes"
	"net/url"

	"github.com/PuerkitoBio/goquery"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// Read decodes the snapshot's bytes and finds the release in the page.
func Read(s *schemas.Snapshot) (*Page, error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(s.Body))
	if err != nil {
		return nil, &schemas.Error{Op: "parse", Kind: schemas.KindNotHTML, Thing: s.URL, Err: err}
	}
	p := &Page{Doc: doc, Root: doc.Find("body").First(), Language: "de", Why: map[string]string{}}
	p.URL, _ = url.Parse(s.URL)
	p.Title = text.Normalise(doc.Find("h1").First().Text())
	doc.Find("p").Each(func(_ int, e *goquery.Selection) {
		p.Pieces = append(p.Pieces, text.Piece{Type: schemas.BlockParagraph, Text: e.Text()})
	})
	return p, nil
}
