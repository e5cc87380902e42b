package pubdate

import (
	"github.com/PuerkitoBio/goquery"

	"github.com/kreispresse/kreispresse/parser/internal/page"
)

// hatom reads the dates that older themes put into the title of an element, as the hAtom microformat has it:
// <abbr class="published" title="2013-04-04T18:52:11+00:00">.
func hatom(p *page.Page, class string) (out []stated) {
	p.Doc.Find("." + class + "[title]").EachWithBreak(func(_ int, e *goquery.Selection) bool {
		out = append(out, stamped(e.AttrOr("title", ""), "hatom:"+class)...)
		return len(out) == 0
	})
	return out
}
