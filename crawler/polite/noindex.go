package polite

import (
	"bytes"
	"errors"
	"strings"

	"golang.org/x/net/html"
)

// ErrNoIndex is the cause of a refusal because the page asks not to be taken into an index.
var ErrNoIndex = errors.New("the page says noindex")

// indexBytes is how far into a page its robots meta elements are looked for.
const indexBytes = 256 << 10

// NoIndex reports whether an answer asks robots, or us by name, not to take it into an index: X-Robots-Tag or <meta name="robots">,
// noindex or none. What is said to us by name counts alone, as in robots.txt.
func NoIndex(a *Answer) bool {
	var v indexing
	for _, line := range a.Header.Values("X-Robots-Tag") {
		name, rules, named := strings.Cut(line, ":")
		if first, _, _ := strings.Cut(name, ","); !named || strings.EqualFold(strings.TrimSpace(first), "unavailable_after") || strings.Contains(name, ",") {
			name, rules = "robots", line
		}
		v.say(name, rules)
	}
	body := a.Body[:min(len(a.Body), indexBytes)]
	if lower := bytes.ToLower(body); bytes.Contains(lower, []byte("robots")) || bytes.Contains(lower, []byte(productToken)) {
		v.read(body)
	}
	if v.addressed {
		return v.ours
	}
	return v.all
}

// indexing is what was said of indexing, to everybody and to us.
type indexing struct {
	all, ours, addressed bool
}

func (v *indexing) say(name, rules string) {
	no, about := false, false
	for _, r := range strings.FieldsFunc(rules, func(r rune) bool { return r == ',' || r == ' ' || r == ';' || r == '\t' }) {
		switch strings.ToLower(r) {
		case "noindex", "none":
			no, about = true, true
		case "index", "all":
			about = true
		}
	}
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "robots":
		v.all = v.all || no
	case productToken:
		v.ours, v.addressed = v.ours || no, v.addressed || about
	}
}

// read looks at the meta elements; the tokenizer takes the content of script and noscript for text.
func (v *indexing) read(body []byte) {
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if string(name) != "meta" {
				continue
			}
			var who, what string
			for more {
				var k, val []byte
				k, val, more = z.TagAttr()
				switch string(k) {
				case "name":
					who = string(val)
				case "content":
					what = string(val)
				}
			}
			v.say(who, what)
		}
	}
}
