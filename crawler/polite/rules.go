package polite

import (
	"bytes"
	"compress/gzip"
	"html"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// readRules makes rules of a robots.txt as it was received: unpacked, decoded, cleaned. What cannot be read forbids everything, since
// nobody can know what it says. A page of HTML in its place is no robots.txt, but lines in it that are rules are obeyed.
func readRules(body []byte, contentType string) *rules {
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) { // compressed, and nobody said so
		var err error
		if body, err = gunzip(body); err != nil {
			return &rules{all: true, why: "is broken gzip"}
		}
	}
	text := cleanRules(decodeRules(body))
	if garbled(text) {
		return &rules{all: true, why: "cannot be read: it is no text"}
	}
	r := &rules{}
	if isHTML(text, contentType) {
		r.why = "is a page of HTML, which is no robots.txt; rules that stand in it are obeyed"
		text = html.UnescapeString(tag.ReplaceAllString(text, "\n"))
	}
	r.text = normalEscapes(strings.Map(func(r rune) rune {
		if control(r) {
			return -1
		}
		return r
	}, text))
	return r
}

var tag = regexp.MustCompile(`(?s)<!--.*?-->|<[a-zA-Z/!?][^>]*>`)

// gunzip unpacks as much as is read of a robots.txt. A file that is cut off behind that bound is no broken one.
func gunzip(body []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, robotsBytes))
	if err != nil && len(body) < robotsBytes {
		return nil, err
	}
	return out, nil
}

// decodeRules finds out what the bytes are: a byte order mark tells it, or the places of the zeros, or they are UTF-8; else they are
// Windows-1252. The mark is taken off before that is asked: with it in front the rest may still be Latin-1.
func decodeRules(body []byte) string {
	as := func(e encoding.Encoding) string {
		out, err := e.NewDecoder().Bytes(body)
		if err != nil {
			return string(body)
		}
		return string(out)
	}
	switch {
	case bytes.HasPrefix(body, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(body, []byte("\x00\x00\xfe\xff")):
		return as(utf32.UTF32(utf32.BigEndian, utf32.UseBOM))
	case bytes.HasPrefix(body, []byte("\xff\xfe")), bytes.HasPrefix(body, []byte("\xfe\xff")):
		return as(unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	}
	even, odd := zeros(body)
	switch half := min(len(body), 4096) / 2; {
	case half > 0 && odd*10 > half*7 && even*10 < half:
		return as(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM))
	case half > 0 && even*10 > half*7 && odd*10 < half:
		return as(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM))
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(body) {
		return as(charmap.Windows1252)
	}
	return string(body)
}

// zeros counts the zero bytes at even and at odd places.
func zeros(body []byte) (even, odd int) {
	for i, c := range body[:min(len(body), 4096)] {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	return even, odd
}

// cleanRules takes out what is not seen and makes every blank and line end a plain one.
func cleanRules(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 0, 0x1a, '\ufeff', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\u00ad':
			return -1
		case '\u00a0', '\u202f', '\u2007', '\v', '\f':
			return ' '
		case '\u2028', '\u2029', '\u0085':
			return '\n'
		}
		return r
	}, s)
}

func control(r rune) bool { return r < 0x20 && r != '\n' && r != '\r' && r != '\t' || r == 0x7f }

// garbled reports whether a text has more controls than a text can have: it is compressed, encrypted or an image.
func garbled(s string) bool {
	bad, all := 0, 0
	for _, r := range s {
		all++
		if control(r) || r == utf8.RuneError {
			bad++
		}
	}
	return bad*25 > all
}

// isHTML reports whether a page came in the place of robots.txt.
func isHTML(s, contentType string) bool {
	head := strings.ToLower(strings.TrimSpace(s[:min(len(s), 1024)]))
	for _, p := range []string{"<!doctype html", "<html", "<head", "<body", "<?xml", "<!--", "<title", "<script", "<meta", "<div", "<p>", "<pre", "<h1"} {
		if strings.HasPrefix(head, p) {
			return true
		}
	}
	return strings.Contains(strings.ToLower(contentType), "html") && strings.Contains(head, "<html")
}
