package discover

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var (
	declaration = regexp.MustCompile(`^\s*<\?xml\b[^>]*\?>`)
	declared    = regexp.MustCompile(`(?i)encoding\s*=\s*["']\s*([\w.:-]+)\s*["']`)
)

// plainXML makes of a feed or sitemap what a parser can read: UTF-8 without declaration, without what stands before the first
// element, without characters that XML forbids. What the bytes are is told by a BOM, then by the bytes themselves, then by the
// declaration: CMS templates declare one encoding and are saved in another.
func plainXML(body []byte) []byte {
	text := decodeXML(body)
	if i := bytes.IndexByte(text, '<'); i > 0 {
		text = text[i:]
	}
	text = declaration.ReplaceAll(text, nil)
	if bytes.IndexFunc(text, forbidden) >= 0 {
		text = bytes.Map(func(r rune) rune {
			if forbidden(r) {
				return -1
			}
			return r
		}, text)
	}
	return text
}

// forbidden reports whether XML 1.0 (section 2.2) knows no such character.
func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

func decodeXML(body []byte) []byte {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		body = body[3:]
	case bytes.HasPrefix(body, []byte("\xff\xfe")), bytes.HasPrefix(body, []byte("\xfe\xff")):
		return decodeAs(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), body)
	case bytes.HasPrefix(body, []byte("<\x00")):
		return decodeAs(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), body)
	case bytes.HasPrefix(body, []byte("\x00<")):
		return decodeAs(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), body)
	}
	if utf8.Valid(body) {
		return body
	}
	if m := declared.FindSubmatch(declaration.Find(body)); m != nil {
		if enc, name := charset.Lookup(string(m[1])); enc != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
			return decodeAs(enc, body)
		}
	}
	return decodeAs(charmap.Windows1252, body)
}

func decodeAs(enc encoding.Encoding, body []byte) []byte {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	return out
}

// xmlDecoder reads what people write: bare ampersands, HTML's entities, tags that were never closed.
func xmlDecoder(text []byte) *xml.Decoder {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	return dec
}
