package markup

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestDecode(t *testing.T) {
	const page = `<html><head><meta charset="CS"><title>Straßenfest in Müllheim</title></head><body><p>Grüße – „schön“</p></body></html>`
	latin := func(cs string) string {
		b, err := charmap.Windows1252.NewEncoder().String(strings.Replace(page, "CS", cs, 1))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	koi, err := charmap.KOI8R.NewEncoder().String(`<meta charset="koi8-r"><p>Привет, Müll</p>`[:40])
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, body, header, want string }{
		{"utf-8 undeclared", strings.Replace(page, "CS", "", 1), "", "Grüße – „schön“"},
		{"utf-8 with byte order mark", "\uFEFF" + page, "text/html", "Grüße – „schön“"},
		{"utf-8 declared as latin-1", strings.Replace(page, "CS", "iso-8859-1", 1), "text/html; charset=ISO-8859-1", "Grüße – „schön“"},
		{"utf-16 with byte order mark", utf16, "", "Grüße – „schön“"},
		{"windows-1252 by header", latin(""), "text/html; charset=windows-1252", "Grüße – „schön“"},
		{"iso-8859-1 by meta, header silent", latin("iso-8859-1"), "text/html", "Grüße – „schön“"},
		{"meta beyond the first 1024 bytes", strings.Repeat(" ", 5000) + latin("iso-8859-15"), "", "Müllheim"},
		{"undeclared single-byte text", latin(""), "", "Müllheim"},
		{"single-byte text declared as utf-8", latin("utf-8"), "text/html; charset=utf-8", "Müllheim"},
		{"koi8-r by meta", koi, "", "Привет"},
		{"unknown charset", latin("x-made-up"), "text/html; charset=x-made-up", "Müllheim"},
		{"one bad byte in utf-8", strings.Repeat("<p>Grüße aus Köln</p>", 30) + "<p>M\xfcll</p>", "text/html; charset=utf-8", "Grüße aus Köln"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Decode([]byte(tt.body), tt.header)
			if !utf8.Valid(got) {
				t.Fatal("not valid UTF-8")
			}
			if !strings.Contains(string(got), tt.want) {
				t.Errorf("%q not in %q", tt.want, got)
			}
		})
	}
}

func TestNotHTML(t *testing.T) {
	tests := []struct {
		name, body, header string
		html               bool
	}{
		{"pdf", "%PDF-1.7\n1 0 obj", "text/html", false},
		{"png", "\x89PNG\r\n\x1a\n", "", false},
		{"docx", "PK\x03\x04rest", "", false},
		{"json", `{"title": "<b>x"}`, "application/json", false},
		{"plain text", "Der Kreistag tagt am Montag.\n3 < 4", "text/html", false},
		{"feed", `<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>`, "", false},
		{"page", "<!DOCTYPE html><p>Der Kreistag tagt am Montag.", "", true},
		{"xhtml with declaration", `<?xml version="1.0"?><!DOCTYPE html><html><body><p>x</p></body></html>`, "application/xhtml+xml", true},
		{"fragment", "Der Kreistag<br>tagt am Montag.", "text/html", true},
		{"page called plain text by the server", "<html><body><p>x</p></body></html>", "text/plain", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			what := NotHTML([]byte(tt.body), tt.header)
			if got := what == ""; got != tt.html {
				t.Errorf("taken for HTML: %v, want %v (%s)", got, tt.html, what)
			}
		})
	}
}
