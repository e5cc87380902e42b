package page

import (
	"html"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// witness is a title that the page gives itself outside of its text. Fields that say the same, but for the name of the site, are one
// witness: og:title, twitter:title, the title element and JSON-LD are mostly filled from one field of the editor's.
type witness struct {
	text   string // as given
	title  string // without the site's name
	fold   string // title, folded
	from   source
	length int32 // letters of title
}

// source are the fields that say a witness.
type source uint8

const (
	fromElement source = 1 << iota // <title>
	fromMeta                       // og:title and the like
	fromLD                         // headline of an article's JSON-LD
)

// titleMetas are the metas that give the title of a document.
var titleMetas = []string{"og:title", "twitter:title", "dc.title", "headline", "title"}

// saidTitles are the witnesses of the page, the most telling first.
func (r *reader) saidTitles() []witness {
	if r.said != nil {
		return r.said
	}
	r.said = []witness{}
	if o := r.p.article(); o != nil {
		r.says(str(o["headline"]), fromLD)
		r.says(str(o["alternativeHeadline"]), fromMeta)
	}
	for _, k := range titleMetas {
		r.says(r.s.MetaFirst(k), fromMeta)
	}
	r.says(r.s.Title, fromElement)
	return r.said
}

func (r *reader) says(t string, from source) {
	if t = unescape(t); t != "" && !slices.Contains(r.raw, t) {
		r.raw = append(r.raw, t)
	}
	title := r.withoutSite(t)
	f := fold(title)
	if f == "" {
		return
	}
	for i := range r.said {
		if r.said[i].fold == f {
			r.said[i].from |= from
			return
		}
	}
	r.said = append(r.said, witness{text: t, title: title, fold: f, from: from, length: markup.Letters(title)})
}

// witnesses are the titles that the page gives itself outside of its text, as given.
func (r *reader) witnesses() []string {
	r.saidTitles()
	return r.raw
}

// witnessed reports whether one of the page's other titles says t.
func (r *reader) witnessed(t string) bool {
	f := fold(t)
	for _, w := range r.saidTitles() {
		if w.fold == f && f != "" {
			return true
		}
	}
	return false
}

// unescape undoes entities that were escaped twice, as in JSON-LD.
func unescape(t string) string {
	if strings.Contains(t, "&") {
		t = html.UnescapeString(t)
	}
	return text.Normalise(t)
}

// fold makes titles comparable: letters and digits in lower case.
func fold(t string) string {
	var b strings.Builder
	b.Grow(len(t))
	for _, r := range t {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteByte(byte(r))
		case r >= 'A' && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r > 0x7F && isLetter(r):
			b.WriteRune(toLower(r))
		}
	}
	return b.String()
}
