package page

import (
	"net/url"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// Page is what the markup says. Texts are normalised (see text.Normalise).
type Page struct {
	Tree      *markup.Tree
	URL       *url.URL // never nil; empty when the snapshot has none
	Canonical string   // rel=canonical, absolute, "" when there is none; it may name another page, see schemas.SameDocument
	Root      int32    // entry of the element that holds the release
	Profile   string   // id of the CMS profile, "" for the generic way
	Language  string   // BCP 47, "" when the page does not say
	Title     string
	Kicker    string
	Pieces    []text.Piece // lead, headings, paragraphs, list items in reading order; the title is not among them
	Images    []Image

	Meta        map[string][]string // content of <meta> by lower-case name, property, http-equiv or itemprop, in document order
	LD          []map[string]any    // the objects of the JSON-LD scripts, @graph and arrays unfolded, in document order
	TopLines    []string            // short lines around the title that are no text: dates, bylines, departments
	CreditLines []CreditLine        // lines of the text that were nothing but an image credit and are not in Pieces
	Attachments []schemas.Attachment
	Contact     *schemas.Contact
	Embargo     string            // a Sperrfrist, as written
	Usage       string            // how the release may be used, as written
	Why         map[string]string // field -> the rule and element it came from

	base    *url.URL
	dropped []Dropped // lines, in the order in which they were left out
	gone    []Dropped // elements, without their text
}

// CreditLine is a line of the release that names the maker of a picture, e.g. "Foto: Stadt / M. Muster".
type CreditLine struct {
	Text string
	At   int32 // entry of the element the line stands in; it may hold more than the line
}

// Image is a picture of the release with the entries it was found in.
type Image struct {
	schemas.Image
	At        int32 // the img element
	Holder    int32 // the figure or wrapper that belongs to this image alone, -1 when there is none
	CaptionAt int32 // the caption element, -1 when there is none; Image.Caption is its text without the credit
}
