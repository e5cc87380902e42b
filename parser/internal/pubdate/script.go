package pubdate

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/page"
)

// publishedKey is how the data that pages keep for their scripts name the day of publication. A quotation mark may be escaped: JSON in JSON.
var publishedKey = lazy.MustCompile(`(?i)"(?:datePublished|publishedDate|publicationDate|publishDate|published_?at|published_?time|firstPublished(?:At)?|` +
	`datePublication|pubDate|publish_date|publication_date)\\?"\s*:\s*\\?"((?:19|20)\d\d-\d\d-\d\d[^"\\]{0,40})`)

// scripted reads the day that the data of the page's scripts name, if they name one only: those of lists name several.
func scripted(p *page.Page) []stated {
	var out []stated
	left := scriptLength
	for i := range p.Tree.E {
		n := p.Tree.E[i].Node
		if n.DataAtom != atom.Script || n.FirstChild == nil || left <= 0 {
			continue
		}
		s := clip(n.FirstChild.Data, left)
		left -= len(s)
		if !strings.Contains(s, "ubli") && !strings.Contains(s, "pubDate") && !strings.Contains(s, "Publi") {
			continue
		}
		for _, m := range publishedKey.FindAllStringSubmatch(s, mostKeys) {
			for _, x := range stamped(m[1], "script") {
				if len(out) > 0 && !out[0].day().Equal(x.day()) {
					return nil
				}
				out = append(out, x)
			}
		}
	}
	return out[:min(len(out), 1)]
}
