package page

import (
	"encoding/json"
	"strings"
)

// maxLD bounds the objects read from the JSON-LD scripts of a page.
const maxLD = 2000

// readLD gives the objects of JSON-LD scripts, lists and @graph unfolded, in document order. A broken script is left out.
func readLD(scripts []string) []map[string]any {
	var out []map[string]any
	var unfold func(v any, depth int)
	unfold = func(v any, depth int) {
		if depth > 4 || len(out) >= maxLD {
			return
		}
		switch x := v.(type) {
		case []any:
			for _, y := range x {
				unfold(y, depth+1)
			}
		case map[string]any:
			out = append(out, x)
			if g, ok := x["@graph"]; ok {
				unfold(g, depth+1)
			}
		}
	}
	for _, s := range scripts {
		s = strings.TrimSpace(s)
		s = strings.TrimSuffix(strings.TrimPrefix(s, "<!--"), "-->")
		var v any
		if err := json.Unmarshal([]byte(s), &v); err != nil {
			clean := strings.Map(func(r rune) rune { // raw line breaks inside strings are the usual defect
				if r < ' ' {
					return ' '
				}
				return r
			}, s)
			if json.Unmarshal([]byte(strings.TrimSuffix(strings.TrimSpace(clean), ";")), &v) != nil {
				continue
			}
		}
		unfold(v, 0)
	}
	return out
}

// ldType reports whether a JSON-LD object is of one of the named types.
func ldType(o map[string]any, types ...string) bool {
	is := func(v any) bool {
		s, _ := v.(string)
		s = s[strings.LastIndexByte(s, '/')+1:]
		for _, t := range types {
			if s == t {
				return true
			}
		}
		return false
	}
	if l, ok := o["@type"].([]any); ok {
		for _, v := range l {
			if is(v) {
				return true
			}
		}
		return false
	}
	return is(o["@type"])
}

var articleTypes = []string{"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "LiveBlogPosting", "OpinionNewsArticle", "BackgroundNewsArticle",
	"ReviewNewsArticle", "TechArticle", "ScholarlyArticle", "SocialMediaPosting", "Report", "PressRelease"}

// article is the first JSON-LD object that describes an article, nil when there is none.
func (p *Page) article() map[string]any {
	for _, o := range p.LD {
		if ldType(o, articleTypes...) {
			return o
		}
	}
	return nil
}

func str(v any) string {
	switch x := v.(type) {
	case string:
		return strings.TrimSpace(x)
	case []any:
		if len(x) > 0 {
			return str(x[0])
		}
	}
	return ""
}
