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
	if strings.ContainsAny(ref, " \n\r\t") {
		ref = strings.NewReplacer("\n", "", "\r", "", "\t", "", " ", "%20").Replace(ref)
	}
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
