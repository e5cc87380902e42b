package demosite

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// The forms in which a page gives an image's credit. All but FormAnnotation and FormZoom can stand in every family.
const (
	FormZoom          = "zoom"           // Sitepark: "copyright" in the JSON of data-sp-figure-zoom
	FormAnnotation    = "annotation"     // Sitepark: section "Bildnachweise" after the page's footer, every entry twice
	FormBoth          = "both"           // Sitepark: zoom and annotation
	FormCaption       = "caption"        // end of the caption line: "… Foto: NAME"
	FormParenthesis   = "parenthesis"    // end of the caption line: "… (Foto: NAME)"
	FormBare          = "bare"           // end of the caption line, no marker: "… NAME/AGENCY"
	FormFigcaption    = "figcaption"     // a figcaption of its own that is nothing but the credit
	FormMediaNote     = "media-note"     // TYPO3: .ce-news--media--copyright
	FormFigureNote    = "figure-note"    // TYPO3: .figure__copyright p
	FormTitle         = "title"          // title attribute of the image
	FormAlt           = "alt"            // alt attribute of the image
	FormData          = "data"           // data-copyright attribute of the image
	FormItemprop      = "itemprop"       // itemprop="copyrightHolder" in the figure
	FormJSONLD        = "jsonld"         // creditText of the ImageObject in the page's JSON-LD
	FormLastParagraph = "last-paragraph" // the text's last paragraph
	FormHeading       = "heading"        // a paragraph under the heading "Bildnachweise" below the text
)

// CreditForms lists every form of an image credit that the site shows.
var CreditForms = []string{
	FormZoom, FormAnnotation, FormBoth, FormCaption, FormParenthesis, FormBare, FormFigcaption, FormMediaNote, FormFigureNote,
	FormTitle, FormAlt, FormData, FormItemprop, FormJSONLD, FormLastParagraph, FormHeading,
}

// picture is an image with its credit.
type picture struct {
	File    string
	Form    string
	Caption template.HTML
	Marker  string // "Foto:", "©", … or empty
	Holder  string // the credit without the marker

	caption string // with markup
	article string // id
}

func readPicture(a *article, src string) (*picture, error) {
	f := fields(src)
	if len(f) != 5 {
		return nil, fmt.Errorf("image: want FILE | FORM | CAPTION | MARKER | HOLDER")
	}
	img := &picture{File: f[0], Form: f[1], caption: f[2], Marker: f[3], Holder: f[4], article: a.id}
	if !slices.Contains(CreditForms, img.Form) {
		return nil, fmt.Errorf("image: unknown form %q", img.Form)
	}
	onlySitepark := img.Form == FormZoom || img.Form == FormAnnotation || img.Form == FormBoth
	if onlySitepark && a.family != Sitepark {
		return nil, fmt.Errorf("image: form %q is only for %s", img.Form, Sitepark)
	}
	return img, nil
}

// Credit is the whole credit as the page writes it.
func (i *picture) Credit() string { return strings.TrimSpace(i.Marker + " " + i.Holder) }

// Alt describes the picture; it carries the credit in FormAlt.
func (i *picture) Alt() string {
	alt := plainText(i.caption)
	if i.Form == FormAlt {
		alt = strings.TrimSpace(alt + " " + i.Credit())
	}
	return alt
}

// URL is the picture's path on the site.
func (i *picture) URL() string { return "/media/" + i.article + "/" + i.File }

// ScaledURL is the path as Sitepark IES writes it for a scaled picture.
func (i *picture) ScaledURL() string {
	return fmt.Sprintf("/media/%s.php.media/%d/%s.scaled/%s", i.article, 10000+len(i.article)*37, i.File, i.File)
}

// Zoom is the JSON of data-sp-figure-zoom.
func (i *picture) Zoom() (string, error) {
	z := struct {
		Legend      *string `json:"legend"`
		Description *string `json:"description"`
		Copyright   *string `json:"copyright"`
		Src         string  `json:"src"`
		W           int     `json:"w"`
		H           int     `json:"h"`
	}{Src: i.ScaledURL(), W: 1280, H: 853}
	if i.caption != "" {
		legend := plainText(i.caption)
		z.Legend = &legend
	}
	if i.Form == FormZoom || i.Form == FormBoth {
		c := i.Credit()
		z.Copyright = &c
	}
	b, err := json.Marshal(z)
	return string(b), err
}

// InAnnotations reports whether the credit stands in the section after the footer.
func (i *picture) InAnnotations() bool { return i.Form == FormAnnotation || i.Form == FormBoth }

// TitleAttr is the title attribute, empty unless the credit stands there.
func (i *picture) TitleAttr() string {
	if i.Form == FormTitle {
		return i.Credit()
	}
	return ""
}

// InlineCredit is what the caption line ends with, empty when the credit stands elsewhere.
func (i *picture) InlineCredit() string {
	switch i.Form {
	case FormCaption, FormBare:
		return i.Credit()
	case FormParenthesis:
		return "(" + i.Credit() + ")"
	}
	return ""
}
