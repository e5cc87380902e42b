package pubdate

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	dps "github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-htmldate"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/schemas"
)

// searched asks go-htmldate, which looks at every number of a page. It runs only when nothing else is known: it costs as much as all
// the rest of a parse.
//
// It must not see a clock: bounds and the reference day are set here (its own default is today), the search that understands "gestern"
// is off, and a result whose year is not written out in the page is dropped, since it would complete a date from the current year.
func searched(p *page.Page, latest time.Time) []stated {
	if len(p.Doc.Nodes) == 0 {
		return nil
	}
	u := ""
	if p.URL != nil { // without the query, whose numbers are ids
		u = (&url.URL{Scheme: p.URL.Scheme, Host: p.URL.Host, Path: p.URL.Path}).String()
	}
	r, err := htmldate.FromDocument(p.Doc.Nodes[0], htmldate.Options{
		UseOriginalDate: true, URL: u, MinDate: earliest, MaxDate: latest, SkipExtensiveSearch: true,
		DateParserConfig: &dps.Configuration{CurrentTime: latest},
	})
	if err != nil || r.DateTime.IsZero() || !strings.Contains(r.SrcString, strconv.Itoa(r.DateTime.Year())) {
		return nil
	}
	y, mo, d := r.DateTime.Date()
	m, ok := build(y, int(mo), d, clock{})
	if !ok {
		return nil
	}
	return []stated{{moment{m.Time, schemas.GranularityDay}, "htmldate"}}
}
