package crawler

import (
	"bytes"
	"fmt"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html/charset"

	"github.com/kreispresse/kreispresse/schemas"
)

// outlineStyle is put upon what a selector chooses. The page is shown in a sandbox: what it says of itself does not matter.
const outlineStyle = "outline:3px solid #c2185b !important;outline-offset:1px !important;counter-increment:kp !important;"

// Outline gives a page that was kept of a list as UTF-8, with what item chooses outlined and numbered, and how many these are. Scripts are
// taken off. KindInvalid when item is no selector; the page is given all the same.
func Outline(page schemas.ListPage, item string) (html []byte, matches int, err error) {
	r, err := charset.NewReader(bytes.NewReader(page.Body), page.ContentType)
	if err != nil {
		return nil, 0, &schemas.Error{Op: "outline", Kind: schemas.KindNotHTML, Thing: page.URL, Err: err}
	}
	doc, err := goquery.NewDocumentFromReader(r)
	if err != nil {
		return nil, 0, &schemas.Error{Op: "outline", Kind: schemas.KindNotHTML, Thing: page.URL, Err: err}
	}
	doc.Find("script, meta[http-equiv], base").Remove()
	if item != "" {
		sel, bad := cascadia.Compile(item)
		if bad != nil {
			err = &schemas.Error{Op: "outline", Kind: schemas.KindInvalid, Thing: item, Err: bad, Hint: "write a CSS selector such as ul.news > li"}
		} else {
			doc.FindMatcher(sel).Each(func(i int, s *goquery.Selection) {
				matches++
				s.SetAttr("style", outlineStyle)
				s.PrependHtml(fmt.Sprintf(`<b style="background:#c2185b;color:#fff;padding:0 .4em;font:bold 12px sans-serif">%d</b>`, i+1))
			})
		}
	}
	text, rendered := goquery.OuterHtml(doc.Selection)
	if rendered != nil {
		return nil, matches, rendered
	}
	return []byte(text), matches, err
}
