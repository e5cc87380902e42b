package schemas

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"sort"
	"strings"

	"golang.org/x/net/idna"
)

// sessionPath is the session parameter that Java servers put into paths.
var sessionPath = regexp.MustCompile(`(?i);jsessionid=[^/]*`)

// CanonicalURL normalises an absolute http(s) URL so that spellings of one page compare equal: lower-case scheme and host (IDNA to
// ASCII), no default port, no fragment, no user info, dot segments resolved and doubled slashes joined, percent-encoding in upper case
// and only where it is needed (RFC 3986 §6.2.2), no tracking parameters (parameters.txt), the others sorted by name (order of equal names kept), no session
// path parameter. Path case, trailing slash and "index.php" are kept: servers may tell them apart.
func CanonicalURL(raw string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "", fmt.Errorf("not a URL: %q", raw)
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("not an http or https URL: %q", raw)
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	if host == "" || strings.HasSuffix(host, ".") {
		return "", fmt.Errorf("URL without a host: %q", raw)
	}
	if strings.Contains(host, "%") { // an IPv6 zone means something on one machine only
		return "", fmt.Errorf("URL with an IPv6 zone: %q", raw)
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && !(u.Scheme == "http" && port == "80") && !(u.Scheme == "https" && port == "443") {
		host += ":" + port
	}
	out := (&url.URL{Scheme: u.Scheme, Host: host}).String() + canonicalPath(u.EscapedPath())
	if q := canonicalQuery(u.RawQuery); q != "" {
		out += "?" + q
	}
	return out, nil
}

// canonicalPath works on the escaped form: an encoded slash is no separator and stays encoded (RFC 3986 §2.2).
func canonicalPath(escaped string) string {
	pieces := strings.Split(strings.ReplaceAll(escaped, "%2f", "%2F"), "%2F")
	for i, piece := range pieces {
		if decoded, err := url.PathUnescape(piece); err == nil {
			pieces[i] = strings.TrimPrefix((&url.URL{Path: "/" + decoded}).EscapedPath(), "/")
		}
	}
	p := strings.Join(pieces, "%2F")
	p = sessionPath.ReplaceAllString(p, "")
	if p == "" {
		p = "/"
	}
	if strings.Contains(p, "//") || strings.Contains(p, "/.") {
		clean := path.Clean("/" + p)
		if strings.HasSuffix(p, "/") && clean != "/" {
			clean += "/"
		}
		p = clean
	}
	return p
}

func canonicalQuery(raw string) string {
	if raw == "" {
		return ""
	}
	type pair struct{ key, full string }
	var pairs []pair
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		k, v, eq := strings.Cut(part, "=")
		key, err1 := url.QueryUnescape(k)
		val, err2 := url.QueryUnescape(v)
		if err1 != nil || err2 != nil { // not ours to repair: keep as sent, but printable
			pairs = append(pairs, pair{printable(k), printable(part)})
			continue
		}
		if classOf(key) == tracking {
			continue
		}
		full := url.QueryEscape(key)
		if eq {
			full += "=" + url.QueryEscape(val)
		}
		pairs = append(pairs, pair{key, full})
	}
	sort.SliceStable(pairs, func(i, j int) bool { return pairs[i].key < pairs[j].key })
	parts := make([]string, len(pairs))
	for i, p := range pairs {
		parts[i] = p.full
	}
	return strings.Join(parts, "&")
}

// PageID is the token by which a page of a source is known in subjects and page state: 26 characters, lower-case base32 of the
// first 16 bytes of sha256(source, NUL, canonical URL).
func PageID(source, canonicalURL string) string {
	sum := sha256.Sum256([]byte(source + "\x00" + canonicalURL))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}

// ReleaseID is the stable id of a release. It is the PageID of the release's canonical URL, so one page is one release however
// it was found.
func ReleaseID(source, canonicalURL string) string { return PageID(source, canonicalURL) }

// printable percent-encodes what may not stand in a URL at all, and leaves percent signs as they are.
func printable(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' || c == '#' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
