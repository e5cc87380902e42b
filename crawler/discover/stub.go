package discover

import (
	"bytes"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/kreispresse/kreispresse/schemas"
)

// Bounds of what is taken for a stub, a page that only leads to another.
const (
	stubBytes   = 64 << 10 // larger pages are pages
	stubText    = 400      // visible characters beside a meta refresh
	bareText    = 160      // visible characters beside a script or a canonical link alone
	stubSeconds = 10       // a reader who waits longer is meant to read
)

var (
	refreshValue = regexp.MustCompile(`(?i)^\s*(\d{1,5})(?:\.\d*)?\s*[;,\s]\s*(.+)$`)
	refreshURL   = regexp.MustCompile(`(?i)^url\s*=`)
	scriptJump   = regexp.MustCompile(`\blocation(?:\.href)?\s*=\s*["']([^"'\\]+)["']|\blocation\.(?:replace|assign)\(\s*["']([^"'\\]+)["']\s*\)`)
)

// Stub reports where a page of HTML leads that is only there to lead somewhere else: by a meta refresh, by a script, or by a canonical
// link beside next to no text. A refresh of the page itself, a refresh inside noscript, and one that leaves time to read lead nowhere.
func Stub(body []byte, contentType, at string) (target string, ok bool) {
	if len(body) > stubBytes || !mayLead(body) {
		return "", false
	}
	r, err := charset.NewReader(bytes.NewReader(body), contentType)
	if err != nil {
		return "", false
	}
	root, err := html.Parse(r)
	if err != nil {
		return "", false
	}
	p := readLeads(root)
	base := parseURL(at)
	if u, err := base.Parse(p.base); err == nil {
		base = u
	}
	for _, lead := range []struct {
		to   string
		most int
	}{{p.refresh, stubText}, {p.script, bareText}, {p.canonical, bareText}} {
		if lead.to == "" || p.text > lead.most {
			continue
		}
		if to, ok := elsewhere(base, at, lead.to); ok {
			return to, true
		}
	}
	return "", false
}

// mayLead is a quick look at the bytes: nearly no page goes on from here.
func mayLead(body []byte) bool {
	lower := bytes.ToLower(body)
	if bytes.Contains(lower, []byte("refresh")) {
		return true
	}
	return len(body) < 4<<10 && (bytes.Contains(lower, []byte("canonical")) || bytes.Contains(lower, []byte("location")))
}

// leads are the ways a page has to send its reader on.
type leads struct {
	base, refresh, script, canonical string
	text                             int // visible characters
}

func readLeads(root *html.Node) *leads {
	p := &leads{}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			p.text += len([]rune(strings.Join(strings.Fields(n.Data), " ")))
		}
		if n.Type == html.ElementNode {
			switch n.Data {
			case "noscript", "style", "template", "title":
				return
			case "script":
				if m := scriptJump.FindStringSubmatch(scriptText(n)); m != nil && p.script == "" {
					p.script = m[1] + m[2]
				}
				return
			default:
				p.note(n)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return p
}

func (p *leads) note(n *html.Node) {
	switch n.Data {
	case "base":
		if p.base == "" {
			p.base = attr(n, "href")
		}
	case "link":
		if strings.EqualFold(strings.TrimSpace(attr(n, "rel")), "canonical") {
			p.canonical = attr(n, "href")
		}
	case "meta":
		if m := refreshValue.FindStringSubmatch(attr(n, "content")); m != nil && strings.EqualFold(strings.TrimSpace(attr(n, "http-equiv")), "refresh") {
			if seconds, err := strconv.Atoi(m[1]); err == nil && seconds <= stubSeconds && p.refresh == "" {
				p.refresh = strings.Trim(refreshURL.ReplaceAllString(m[2], ""), " \t\r\n\"'")
			}
		}
	}
}

func scriptText(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// elsewhere resolves an address and reports whether it is another page than the one at hand.
func elsewhere(base *url.URL, at, to string) (string, bool) {
	u, err := base.Parse(strings.TrimSpace(to))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	there, err1 := schemas.CanonicalURL(u.String())
	here, err2 := schemas.CanonicalURL(at)
	return u.String(), err1 == nil && err2 == nil && there != here
}
