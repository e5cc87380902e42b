package demosite

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// disallowed is what robots.txt forbids.
const disallowed = "/intern/"

const robots = "User-agent: *\nDisallow: " + disallowed + "\n"

// reply is one answer, computed under the site's lock and written without it.
type reply struct {
	status   int
	kind     string // media type
	body     []byte
	etag     string
	modified time.Time
	location string
}

func (s *Site) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Methode nicht erlaubt", http.StatusMethodNotAllowed)
		return
	}
	s.mu.Lock()
	a := s.answer(r)
	s.stats.Requests++
	switch {
	case a.status == http.StatusOK && fresh(r, a):
		a.status = http.StatusNotModified
		s.stats.NotModified++
	case a.status == http.StatusGone:
		s.stats.Gone++
	}
	s.mu.Unlock()

	h := w.Header()
	if a.etag != "" {
		h.Set("ETag", a.etag)
	}
	if !a.modified.IsZero() {
		h.Set("Last-Modified", a.modified.Format(http.TimeFormat))
	}
	if a.location != "" {
		h.Set("Location", a.location)
	}
	if a.status == http.StatusNotModified {
		w.WriteHeader(a.status)
		return
	}
	h.Set("Content-Type", a.kind)
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	if r.Method == http.MethodGet {
		_, _ = w.Write(a.body) // the client has gone: nobody left to tell
	}
}

const (
	typeHTML = "text/html; charset=utf-8"
	typeText = "text/plain; charset=utf-8"
)

// answer finds what is asked for. The caller holds the lock.
func (s *Site) answer(r *http.Request) reply {
	base := "http://" + r.Host
	path := r.URL.Path
	if p := s.paths[path]; p != nil {
		s.stats.Releases++
		return s.release(p, base)
	}
	if strings.HasPrefix(path, disallowed) {
		s.stats.Disallowed++
		return reply{status: http.StatusOK, kind: typeHTML, body: s.templates.internal()}
	}
	if strings.HasPrefix(path, "/media/") || strings.HasPrefix(path, "/download/") {
		return s.media(path)
	}
	switch path {
	case "/robots.txt":
		return reply{status: http.StatusOK, kind: typeText, body: []byte(robots + "Sitemap: " + base + "/sitemap.xml\n")}
	case "/sitemap.xml":
		return reply{status: http.StatusOK, kind: "application/xml; charset=utf-8", body: s.sitemap(base)}
	case "/presse/rss.xml":
		return reply{status: http.StatusOK, kind: "application/rss+xml; charset=utf-8", body: s.rss(base)}
	case "/assets/site.css":
		return reply{status: http.StatusOK, kind: "text/css; charset=utf-8", body: s.templates.css}
	case "/assets/logo.svg":
		return reply{status: http.StatusOK, kind: "image/svg+xml", body: s.templates.logo}
	case "/WEB-IES/sitekit-module/5/js/sitekit.js": // a page of Sitepark IES is known by it; nothing here needs a script
		return reply{status: http.StatusOK, kind: "text/javascript; charset=utf-8"}
	case "/impressum.php":
		return reply{status: http.StatusOK, kind: typeHTML, body: s.templates.imprint()}
	case "/":
		return reply{status: http.StatusFound, kind: typeText, location: "/presse/"}
	}
	for _, l := range listings {
		if path == l.path || path+"/" == l.path {
			return s.listing(l, r.URL.Query())
		}
	}
	return reply{status: http.StatusNotFound, kind: typeHTML, body: s.templates.notFound()}
}

// release is the page of a release, with the validators of its family.
func (s *Site) release(p *page, base string) reply {
	if p.withdrawn {
		return reply{status: http.StatusGone, kind: typeHTML, body: s.templates.gone()}
	}
	body := s.templates.release(s, p, base)
	a := reply{status: http.StatusOK, kind: typeHTML, body: body}
	if p.encoding != "" {
		a.kind, a.body = "text/html", toWindows1252(body) // only the meta element names the encoding
	}
	sum := sha256.Sum256(a.body)
	etag := `"` + hex.EncodeToString(sum[:8]) + `"`
	switch {
	case p.family == Sitepark:
		a.etag, a.modified = etag, p.modified()
	case p.family == TYPO3:
		a.etag = etag
	case p.index%2 == 0:
		a.modified = p.modified()
	}
	return a
}

// fresh reports whether the client's copy is still good (RFC 9110 §13.1: If-None-Match goes before If-Modified-Since).
func fresh(r *http.Request, a reply) bool {
	if inm := r.Header.Get("If-None-Match"); inm != "" {
		for tag := range strings.SplitSeq(inm, ",") {
			tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
			if a.etag != "" && (tag == a.etag || tag == "*") {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !a.modified.IsZero() && !a.modified.Truncate(time.Second).After(since)
}
