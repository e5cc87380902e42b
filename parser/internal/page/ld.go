package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/jsonld"
)

// readLD gives the objects of JSON-LD scripts, lists and @graph unfolded, in document order. A broken script is left out.
func readLD(scripts []string) []map[string]any { return jsonld.Decode(scripts) }

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

var articleTypes = []string{
	"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "LiveBlogPosting",
	"OpinionNewsArticle", "BackgroundNewsArticle",
	"ReviewNewsArticle", "TechArticle", "ScholarlyArticle", "SocialMediaPosting", "Report", "PressRelease",
}

// isArticle reports whether a JSON-LD object describes an article.
func isArticle(o map[string]any) bool { return ldType(o, articleTypes...) }

// article is the first JSON-LD object that describes an article, nil when there is none.
func (p *Page) article() map[string]any {
	for _, o := range p.LD {
		if isArticle(o) {
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
