package export

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/internal/feedformat"
	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// part is a block of a text, cut where quotes begin and end.
type part struct {
	kind string // of schemas.Block
	runs []run
}

// run is a piece of text with the quote that it belongs to.
type run struct {
	text  string
	quote int // place in Release.Quotes, -1 for none
}

// parts are the blocks of a release's text. What stands between blocks, or in a text without any, is given line by line. Spans that lie
// outside of the text are cut: a record may come from anywhere.
func parts(r *schemas.Release) []part {
	text := []rune(r.Text)
	owner := make([]int, len(text)) // quote of each code point, from 1
	for n, q := range r.Quotes {
		if q.Kind == schemas.QuotePull { // a call-out that repeats a quote is marked once, where it stands by itself
			continue
		}
		for _, s := range q.Spans {
			for i := max(s.Start, 0); i < min(s.End, len(text)); i++ {
				owner[i] = n + 1
			}
		}
	}
	var list []part
	at := 0
	for _, b := range r.Blocks {
		start, end := min(max(b.Start, at), len(text)), min(b.End, len(text))
		if end <= start {
			continue
		}
		list = append(list, lines(text[at:start], owner[at:start])...)
		list = append(list, part{b.Type, runs(text[start:end], owner[start:end])})
		at = end
	}
	return append(list, lines(text[at:], owner[at:])...)
}

func lines(text []rune, owner []int) (list []part) {
	for len(text) > 0 {
		n := slices.Index(text, '\n')
		if n < 0 {
			n = len(text)
		}
		if strings.TrimSpace(string(text[:n])) != "" {
			list = append(list, part{schemas.BlockParagraph, runs(text[:n], owner[:n])})
		}
		rest := min(n+1, len(text))
		text, owner = text[rest:], owner[rest:]
	}
	return list
}

func runs(text []rune, owner []int) (list []run) {
	for i := 0; i < len(text); {
		j := i + 1
		for j < len(text) && owner[j] == owner[i] {
			j++
		}
		list = append(list, run{string(text[i:j]), owner[i] - 1})
		i = j
	}
	return list
}

// blockTags are the elements of HTML for the blocks of a text. A heading of a release stands below its title.
var blockTags = map[string]string{
	schemas.BlockHeading: "h3", schemas.BlockBlockquote: "blockquote", schemas.BlockListItem: "li",
}

// bodyHTML appends the text as HTML, each quote between what open and "</" + tag + ">" say.
func bodyHTML(b []byte, r *schemas.Release, tag string, open func(q *schemas.Quote) string) []byte {
	list := false
	for _, p := range parts(r) {
		if item := p.kind == schemas.BlockListItem; item != list {
			b = append(b, map[bool]string{true: "<ul>\n", false: "</ul>\n"}[item]...)
			list = item
		}
		element, class := blockTags[p.kind], ""
		if p.kind == schemas.BlockLead {
			class = ` class="lead"`
		}
		if element == "" {
			element = "p"
		}
		b = append(b, "<"+element+class+">"...)
		for _, run := range p.runs {
			if run.quote < 0 {
				b = append(b, escape(run.text)...)
				continue
			}
			b = append(append(append(b, open(&r.Quotes[run.quote])...), escape(run.text)...), "</"+tag+">"...)
		}
		b = append(b, "</"+element+">\n"...)
	}
	if list {
		b = append(b, "</ul>\n"...)
	}
	return b
}

// escape is s as text of HTML or the value of an attribute, with what commands a terminal or turns the order of reading made visible.
func escape(s string) string { return html.EscapeString(terminal.Safe(s)) }

// webAddress is s as an absolute address of the web, escaped as RFC 3986 wants it; "" for anything else, such as javascript:.
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	return u.String()
}

// escapeQuery percent-encodes what may not stand in a query; net/url passes it on as it came.
func escapeQuery(q string) string {
	if !strings.ContainsFunc(q, notInQuery) {
		return q
	}
	var b strings.Builder
	for i := range len(q) {
		if c := q[i]; notInQuery(rune(c)) {
			b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func notInQuery(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r) }

// dayOf is the day that an ISO 8601 value begins with, "" when it begins with none.
func dayOf(s *schemas.Stamp) string {
	if s == nil || len(s.Value) < len(time.DateOnly) {
		return ""
	}
	day := s.Value[:len(time.DateOnly)]
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return ""
	}
	return day
}

// momentOf is a stamp as a moment. exact is false for a day, which begins at midnight in Germany.
func momentOf(value string) (at time.Time, exact bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, value); err == nil {
			return t, true
		}
	}
	if t, err := time.ParseInLocation(time.DateOnly, value, germany()); err == nil {
		return t, false
	}
	return time.Time{}, false
}

// germany is where a day begins that a page names without a zone.
var germany = sync.OnceValue(func() *time.Location {
	l, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return time.FixedZone("CET", 60*60) // a system without time zones, in a program without its own
	}
	return l
})

// iri names a release, the same in every format and for ever.
func iri(r *schemas.Release) string { return feedformat.ID(r.ID) }

// speaker is the name of who said it, "" when nobody can be told.
func speaker(q *schemas.Quote) string {
	if q.Speaker == nil {
		return ""
	}
	return q.Speaker.Name
}

// personOf is who said it among the people of the release, nil when it is none of them.
func personOf(r *schemas.Release, q *schemas.Quote) *schemas.Person {
	if q.Speaker == nil || q.Speaker.Person == nil || *q.Speaker.Person < 0 || *q.Speaker.Person >= len(r.People) {
		return nil
	}
	return &r.People[*q.Speaker.Person]
}
