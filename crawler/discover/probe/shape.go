package probe

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// How addresses are summed up.
const (
	fewestAlike  = 2 // addresses, for a pattern of their own beside larger ones
	mostPatterns = 4
	sharedPrefix = 3 // letters that the last segments must begin with to be told
	fewestPrefix = 5 // addresses that agree in it
)

var (
	digits  = late(`^\d+$`)
	dotted  = late(`^[\d.]+$`)
	aYear   = late(`^(?:19|20)\d\d$`)
	hasYear = late(`(?:19|20)\d\d`)
)

// patterns are regular expressions on path and query for which the addresses are alike. Left are addresses that none of them takes.
func patterns(keys []string) (accept []string, left []string) {
	byBuild, order := map[string][]*url.URL{}, []string{}
	for _, k := range keys {
		u, err := url.Parse(k)
		if err != nil {
			continue
		}
		b := build(u)
		if byBuild[b] == nil {
			order = append(order, b)
		}
		byBuild[b] = append(byBuild[b], u)
	}
	slices.SortStableFunc(order, func(a, b string) int { return len(byBuild[b]) - len(byBuild[a]) })
	for i, b := range order {
		if i > 0 && len(byBuild[b]) < fewestAlike || i >= mostPatterns {
			for _, u := range byBuild[b] {
				left = append(left, u.String())
			}
			continue
		}
		if re := pattern(byBuild[b]); !slices.Contains(accept, re) {
			accept = append(accept, re)
		}
	}
	return accept, left
}

// build is what addresses of one pattern have in common: depth, ending, first folder, parameters.
func build(u *url.URL) string {
	segments := split(u)
	first, named := "", 0
	for _, s := range segments {
		if s != "" {
			named++
		}
	}
	if named > 1 {
		first = segments[0]
		if hasYear().MatchString(first) {
			first = "year"
		}
	}
	var names []string
	for name := range u.Query() {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join([]string{strings.Repeat("/", len(segments)), path.Ext(segments[len(segments)-1]), first, strings.Join(names, "&")}, " ")
}

func split(u *url.URL) []string { return strings.Split(strings.TrimPrefix(u.EscapedPath(), "/"), "/") }

// pattern is the regular expression for addresses of one build.
func pattern(urls []*url.URL) string {
	var b strings.Builder
	b.WriteString("^")
	depth := len(split(urls[0]))
	for i := range depth {
		var column []string
		for _, u := range urls {
			column = append(column, split(u)[i])
		}
		isLast := i == depth-1 || i == depth-2 && split(urls[0])[depth-1] == ""
		b.WriteString("/" + segment(column, isLast))
	}
	if q := urls[0].RawQuery; q != "" {
		b.WriteString(`\?`)
		for i, pair := range strings.Split(q, "&") {
			if i > 0 {
				b.WriteString("&")
			}
			name, _, _ := strings.Cut(pair, "=")
			var column []string
			for _, u := range urls {
				column = append(column, rawValue(u.RawQuery, name))
			}
			b.WriteString(regexp.QuoteMeta(name) + "=" + value(column))
		}
	}
	b.WriteString("$")
	return b.String()
}

// segment is the pattern of one folder, or of the last part of the path.
func segment(column []string, isLast bool) string {
	same := func(is func(string) bool) bool {
		return !slices.ContainsFunc(column, func(s string) bool { return !is(s) })
	}
	first := column[0]
	switch {
	case same(func(s string) bool { return s == "" }):
		return ""
	case same(aYear().MatchString):
		return `\d{4}`
	case same(digits().MatchString):
		return `\d+`
	case same(func(s string) bool { return s == first }) && !isLast:
		if hasYear().MatchString(first) { // the folder of this year or month
			return `[^/]*\d{4}[^/]*`
		}
		return regexp.QuoteMeta(first)
	case len(column) == 1:
		return `[^/]+` + regexp.QuoteMeta(path.Ext(first))
	case same(func(s string) bool { return s == first }):
		return regexp.QuoteMeta(first)
	}
	prefix, suffix := commonPrefix(column), commonSuffix(column)
	if same(func(s string) bool { return digits().MatchString(strings.TrimSuffix(s, suffix)) }) {
		return `\d+` + regexp.QuoteMeta(suffix)
	}
	if len(column) < fewestPrefix || len(prefix) < sharedPrefix {
		prefix = ""
	}
	return regexp.QuoteMeta(prefix) + `[^/]+` + regexp.QuoteMeta(suffix)
}

// value is the pattern of one parameter's values.
func value(column []string) string {
	same := func(is func(string) bool) bool {
		return !slices.ContainsFunc(column, func(s string) bool { return !is(s) })
	}
	switch {
	case same(func(s string) bool { return s == column[0] }) && len(column) > 1:
		return regexp.QuoteMeta(column[0])
	case same(digits().MatchString):
		return `\d+`
	case same(dotted().MatchString):
		return `[\d.]+`
	}
	return `[^&]*`
}

// rawValue is a parameter's value as it is written.
func rawValue(query, name string) string {
	for _, pair := range strings.Split(query, "&") {
		if n, v, _ := strings.Cut(pair, "="); n == name {
			return v
		}
	}
	return ""
}

// commonPrefix is what all texts begin with, up to a sign that parts words.
func commonPrefix(texts []string) string {
	p := texts[0]
	for _, t := range texts[1:] {
		for !strings.HasPrefix(t, p) {
			p = p[:len(p)-1]
		}
	}
	cut := strings.LastIndexAny(p, "-_.,+")
	if p = p[:cut+1]; hasYear().MatchString(p) {
		return ""
	}
	return p
}

// commonSuffix is what all texts end with, from a sign that parts words.
func commonSuffix(texts []string) string {
	s := texts[0]
	for _, t := range texts[1:] {
		for !strings.HasSuffix(t, s) {
			s = s[1:]
		}
	}
	i := strings.IndexAny(s, "-_.,+")
	if i < 0 || hasYear().MatchString(s) {
		return path.Ext(texts[0])[:min(len(path.Ext(texts[0])), len(s))]
	}
	return s[i:]
}
