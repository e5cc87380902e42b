// Package page reads the structure of an HTML page: which element holds the release, its title, lead, blocks, images. It knows the
// CMS families (profiles, data) and a generic way for every other page. It does not read language.
package page

import (
	"net/url"

	"github.com/PuerkitoBio/goquery"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// Page is what the markup says. Texts are normalised (see text.Normalise).
type Page struct {
	Doc      *goquery.Document
	URL      *url.URL
	Root     *goquery.Selection // the element that holds the release; never nil
	Profile  string             // id of the CMS profile, "" for the generic way
	Language string             // BCP 47
	Title    string
	Kicker   string
	Pieces   []text.Piece // lead, headings, paragraphs, list items in reading order; the title is not among them
	Images   []Image

	Attachments []schemas.Attachment
	Contact     *schemas.Contact
	Why         map[string]string // field -> the rule and element it came from
}

// Image is a picture of the release with the element it was found in.
type Image struct {
	schemas.Image
	Node    *goquery.Selection // the img element
	Holder  *goquery.Selection // the figure or wrapper that belongs to this image alone, nil when there is none
	Caption *goquery.Selection // the caption element, nil when there is none
}
