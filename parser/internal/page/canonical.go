package page

import (
	"net/url"
	"strings"
)

// resolve makes a reference of the page absolute, "" if it is none for http.
func (p *Page) resolve(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.HasPrefix(ref, "#") {
		return ""
	}
	ref = strings.NewReplacer("\n", "", "\r", "", "\t", "", " ", "%20").Replace(ref)
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if p.base != nil {
		u = p.base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// SameDocument reports whether b, which a page at a calls its canonical address, is another spelling of a and no more: the same host
// but for "www.", the same path but for a trailing slash, an index file and the case of the file's extension. Only the query may
// differ, and only by leaving parameters out. Templates name the home page or a listing as canonical often enough that anything wider
// would let two releases collapse into one.
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
	for k := range have {
		if !presentational(k) {
			return false
		}
	}
	return true
}

// presentational reports whether a query parameter changes how a page is shown or reached and never which document it is. A release
// named by "?id=7" must not lose its id to a template's canonical link.
func presentational(key string) bool {
	k := strings.ToLower(key)
	switch k {
	case "print", "printable", "type", "view", "layout", "theme", "font", "fontsize", "style", "contrast", "nomobile", "mobile", "amp", "output", "outputtype",
		"ref", "referrer", "source", "src", "from", "origin", "chash", "no_cache", "navid", "la", "vs", "backurl", "back", "returnurl", "share",
		"replytocom", "highlight",
		"sword_list[]", "fbclid", "gclid", "pk_campaign", "pk_source", "pk_kwd", "pk_medium", "mtm_campaign", "wt_mc", "cid", "at_medium",
		"at_campaign", "nn", "jsessionid", "phpsessid", "sid":
		return true
	}
	return strings.HasPrefix(k, "utm_") || strings.HasPrefix(k, "mtm_") || strings.HasPrefix(k, "pk_")
}

func bareHost(u *url.URL) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
}

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
