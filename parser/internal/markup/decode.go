package markup

import (
	"bytes"
	"encoding/json"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
)

// metaWindow is how far into a page a charset declaration is looked for, in bytes. HTML asks for the first 1,024; pages with inlined
// scripts have it later, and browsers find it there too.
const metaWindow = 64 << 10

var metaCharset = lazy.MustCompile(`(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})`)

// Decode turns the bytes of a page into UTF-8. Invalid sequences become U+FFFD; it never fails.
//
// A byte order mark decides. Then the bytes themselves: text that is valid UTF-8 beyond ASCII is UTF-8 whatever was declared, since
// no text in a single-byte code looks like that by accident. Then the header, the meta element and the detector of the HTML standard.
func Decode(body []byte, contentType string) []byte {
	switch {
	case bytes.HasPrefix(body, []byte{0xEF, 0xBB, 0xBF}):
		return validUTF8(body[3:])
	case bytes.HasPrefix(body, []byte{0xFE, 0xFF}), bytes.HasPrefix(body, []byte{0xFF, 0xFE}):
		e, _, _ := charset.DetermineEncoding(body, contentType)
		return transcode(body, e)
	case utf8.Valid(body) && !utf16Like(body):
		return body
	}
	_, params, err := mime.ParseMediaType(contentType)
	if err == nil && params["charset"] != "" {
		if e, name := charset.Lookup(params["charset"]); e != nil && (name != "utf-8" || mostlyUTF8(body)) {
			return transcode(body, e)
		}
	}
	if m := metaCharset.FindSubmatch(body[:min(len(body), metaWindow)]); m != nil {
		if e, name := charset.Lookup(string(m[1])); e != nil && (name != "utf-8" || mostlyUTF8(body)) {
			return transcode(body, e)
		}
	}
	if mostlyUTF8(body) {
		return validUTF8(body)
	}
	e, name, _ := charset.DetermineEncoding(body, "")
	if name == "utf-8" {
		e, _ = charset.Lookup("windows-1252")
	}
	return transcode(body, e)
}

func transcode(body []byte, e encoding.Encoding) []byte {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return validUTF8(body)
	}
	return validUTF8(out)
}

func validUTF8(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	return bytes.ToValidUTF8(b, []byte("\uFFFD"))
}

// mostlyUTF8 reports whether the bytes beyond ASCII are UTF-8 but for a few: a page cut inside a letter, or one foreign string in it.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good > 0 && bad*20 <= good
}

// utf16Like reports whether b is UTF-16 without a byte order mark: every other byte of its beginning is NUL.
func utf16Like(b []byte) bool {
	n := min(len(b), 512)
	return n >= 4 && bytes.Count(b[:n], []byte{0})*3 > n
}

// NotHTML says what the body is if it is no HTML page, "" if it may be one.
func NotHTML(body []byte, contentType string) string {
	head := bytes.TrimLeft(body[:min(len(body), 2048)], "\xEF\xBB\xBF \t\r\n")
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.what
		}
	}
	if bytes.HasPrefix(head, []byte("<?xml")) {
		for _, root := range []string{"<rss", "<feed", "<urlset", "<sitemapindex", "<rdf:RDF"} {
			if bytes.Contains(head, []byte(root)) {
				return "a feed or sitemap"
			}
		}
	}
	if len(head) > 0 && (head[0] == '{' || head[0] == '[') {
		if media, _, _ := mime.ParseMediaType(contentType); strings.HasSuffix(media, "json") || json.Valid(body) {
			return "JSON"
		}
	}
	if tagged(body) || utf16Like(body) {
		return ""
	}
	return "text without any markup"
}

// magic are the first bytes of the kinds of files that press pages link to. The order of longer prefixes before shorter ones matters not.
var magic = []struct{ prefix, what string }{
	{"%PDF-", "a PDF file"},
	{"PK\x03\x04", "a zip or office file"},
	{"\xD0\xCF\x11\xE0", "an office file"},
	{"{\\rtf", "an RTF file"},
	{"\x89PNG", "an image"},
	{"GIF8", "an image"},
	{"\xFF\xD8\xFF", "an image"},
	{"RIFF", "an image or sound"},
	{"\x1F\x8B", "a gzip file"},
	{"ID3", "a sound"},
	{"<rss", "a feed"},
	{"<feed", "a feed"},
	{"<urlset", "a sitemap"},
	{"<svg", "an image"},
}

var anyTag = lazy.MustCompile(`(?i)<(?:!doctype|html|head|body|title|meta|div|span|p|br|h[1-6]|a|table|ul|ol|article|main|section|b|i|em|strong|` +
	`font|center|img|script)[\s/>]`)

// tagged reports whether an HTML tag stands in the first MiB.
func tagged(body []byte) bool { return anyTag.Match(body[:min(len(body), 1<<20)]) }
