package source

import (
	"fmt"
	"net/url"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// never says why a pattern of accept or refuse can match no page, or "". A pattern sees path and query of a canonical URL: it begins
// with a slash, has no scheme, host or fragment, and the parameters of the query stand in the order of their names, without those that
// only track. The reading errs on the side of the pattern: what it does not understand may match.
func never(pattern string) string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return ""
	}
	re = re.Simplify()
	if anchored(re) && !mayFollow([]*syntax.Regexp{re}, '/') {
		return "what it is matched with begins with a slash: the path, without scheme and host"
	}
	text := required(re)
	for _, bad := range []struct{ part, why string }{
		{"://", "it is matched with path and query, without scheme and host"},
		{"//", "paths have no double slash in their canonical form"},
		{"#", "it is matched with path and query, without fragment"},
	} {
		if strings.Contains(text, bad.part) {
			return bad.why
		}
	}
	return neverQuery(text)
}

// anchored reports whether every match of re begins at the beginning of the text.
func anchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpCapture, syntax.OpPlus, syntax.OpConcat:
		return anchored(re.Sub[0])
	case syntax.OpAlternate:
		return !slices.ContainsFunc(re.Sub, func(s *syntax.Regexp) bool { return !anchored(s) })
	}
	return false
}

// mayFollow reports whether a text that begins with c may match the sequence, anchors passed over.
func mayFollow(seq []*syntax.Regexp, c rune) bool {
	if len(seq) == 0 {
		return true
	}
	re, after := seq[0], seq[1:]
	switch re.Op {
	case syntax.OpBeginText, syntax.OpBeginLine, syntax.OpEmptyMatch, syntax.OpNoWordBoundary, syntax.OpWordBoundary:
		return mayFollow(after, c)
	case syntax.OpLiteral:
		return re.Rune[0] == c
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if re.Rune[i] <= c && c <= re.Rune[i+1] {
				return true
			}
		}
		return false
	case syntax.OpEndText, syntax.OpEndLine, syntax.OpNoMatch:
		return false // a path is never empty
	case syntax.OpConcat:
		return mayFollow(append(slices.Clone(re.Sub), after...), c)
	case syntax.OpCapture, syntax.OpPlus:
		return mayFollow(append([]*syntax.Regexp{re.Sub[0]}, after...), c)
	case syntax.OpStar, syntax.OpQuest:
		return mayFollow(append([]*syntax.Regexp{re.Sub[0]}, after...), c) || mayFollow(after, c)
	case syntax.OpRepeat:
		return mayFollow(append([]*syntax.Regexp{re.Sub[0]}, after...), c) || re.Min == 0 && mayFollow(after, c)
	case syntax.OpAlternate:
		return slices.ContainsFunc(re.Sub, func(s *syntax.Regexp) bool { return mayFollow(append([]*syntax.Regexp{s}, after...), c) })
	}
	return true
}

// gap stands in required for what may be anything.
const gap = "\x00"

// required is what every match contains, in order, with gaps.
func required(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return strings.ToLower(string(re.Rune))
		}
		return string(re.Rune)
	case syntax.OpConcat:
		var b strings.Builder
		for _, s := range re.Sub {
			b.WriteString(required(s))
		}
		return b.String()
	case syntax.OpCapture:
		return required(re.Sub[0])
	case syntax.OpPlus:
		return required(re.Sub[0]) + gap
	case syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpEmptyMatch:
		return ""
	}
	return gap
}

var parameter = regexp.MustCompile(`[?&]([^=&?\x00]+)=`)

// neverQuery says why no query can have the parameters of text in its order.
func neverQuery(text string) string {
	var names []string
	for _, m := range parameter.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	for _, name := range names {
		c, err := schemas.CanonicalURL("https://a.example/?" + url.QueryEscape(name) + "=1")
		if err == nil && !strings.Contains(c, "?") {
			return fmt.Sprintf("the parameter %s is not part of a page's address", name)
		}
	}
	if !slices.IsSorted(names) {
		slices.Sort(names)
		return "the parameters of a query stand in the order of their names: " + strings.Join(names, ", ")
	}
	return ""
}
