package schemas

import (
	"net/url"
	"strings"
)

// SameDocument reports whether b, which a page at a calls its canonical address, is another spelling of a and no more: the same host
// but for "www.", the same path but for a trailing slash, an index file and the case of the file's extension. Only the query may
// differ, and only by leaving out parameters that do not name a document (parameters.txt). Templates name the home page or a listing
// as canonical often enough that anything wider would let two releases collapse into one.
func SameDocument(a, b string) bool {
	x, err1 := url.Parse(a)
	y, err2 := url.Parse(b)
	if err1 != nil || err2 != nil || bareHost(x) != bareHost(y) || barePath(x.Path) != barePath(y.Path) {
		return false
	}
	if barePath(y.Path) == "" { // the home page with parameters: they name the document
		return x.Query().Encode() == y.Query().Encode()
	}
	have := x.Query()
	for k, vs := range y.Query() {
		if strings.Join(have[k], "\x00") != strings.Join(vs, "\x00") {
			return false
		}
		delete(have, k)
	}
	for k, vs := range have {
		if !omissible(k, vs) {
			return false
		}
	}
	return true
}

// OtherSpellings are the canonical addresses that differ from a canonical one in nothing but the scheme, a "www." or the last slash. They
// are often the same page, and never said to be without a look at what they say.
func OtherSpellings(canonical string) (list []string) {
	u, err := url.Parse(canonical)
	if err != nil {
		return nil
	}
	schemes := []string{u.Scheme}
	switch {
	case u.Port() != "": // of a test site
	case u.Scheme == "https":
		schemes = append(schemes, "http")
	default:
		schemes = append(schemes, "https")
	}
	hosts := []string{u.Host, "www." + u.Host}
	if bare, ok := strings.CutPrefix(u.Host, "www."); ok {
		hosts[1] = bare
	}
	paths := []string{u.EscapedPath(), u.EscapedPath() + "/"}
	if bare, ok := strings.CutSuffix(u.EscapedPath(), "/"); ok {
		paths[1] = bare
	}
	for _, scheme := range schemes {
		for _, host := range hosts {
			for _, path := range paths {
				other := scheme + "://" + host + path
				if u.RawQuery != "" {
					other += "?" + u.RawQuery
				}
				if c, err := CanonicalURL(other); err == nil && c != canonical {
					list = append(list, c)
				}
			}
		}
	}
	return list
}

func bareHost(u *url.URL) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
}

// barePath is a path without session parameter, trailing slash and index file, its extension in lower case.
func barePath(p string) string {
	if i := strings.IndexByte(p, ';'); i >= 0 {
		p = p[:i]
	}
	p = strings.TrimSuffix(p, "/")
	dir, file := "", p
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		dir, file = p[:i], p[i+1:]
	}
	name, ext, dot := strings.Cut(file, ".")
	if dot {
		low := strings.ToLower(ext)
		if n := strings.ToLower(name); (n == "index" || n == "default") && !strings.Contains(low, ".") {
			return dir
		}
		file = name + "." + low
	}
	if dir == "" && file == "" {
		return ""
	}
	return dir + "/" + file
}
