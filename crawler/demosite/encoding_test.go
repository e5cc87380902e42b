package demosite

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func TestWindows1252(t *testing.T) {
	for r, b := range windows1252 {
		if want, ok := charmap.Windows1252.EncodeRune(r); !ok || want != b {
			t.Errorf("%q is %#x, want %#x", r, b, want)
		}
	}
	if got, want := toWindows1252([]byte("„Müll – 5 €“ ğ")), []byte("\x84M\xfcll \x96 5 \x80\x93 &#287;"); !bytes.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLegacyPageIsDeclaredOnlyByMeta(t *testing.T) {
	s := New()
	found := 0
	for _, p := range s.pages {
		r := fetch(t, s, p.path())
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		kind := r.Header.Get("Content-Type")
		if p.encoding == "" {
			if !utf8.Valid(b) || kind != typeHTML || !bytes.Contains(b, []byte("utf-8")) {
				t.Errorf("%s: want UTF-8, declared; Content-Type %q", p.id, kind)
			}
			continue
		}
		found++
		if utf8.Valid(b) || kind != "text/html" || !bytes.Contains(b, []byte("charset=iso-8859-1")) {
			t.Errorf("%s: Content-Type %q, want no charset there, iso-8859-1 in meta and bytes that are no UTF-8", p.id, kind)
		}
		text, err := charmap.Windows1252.NewDecoder().String(string(b))
		if err != nil || !strings.Contains(text, "„") || !strings.Contains(text, "€") || !strings.Contains(text, p.title) {
			t.Errorf("%s: as windows-1252 the page lacks its marks, the euro sign or its title (%v)", p.id, err)
		}
	}
	if found == 0 {
		t.Error("no page in windows-1252")
	}
}

func TestSoftHyphensAndEntities(t *testing.T) {
	s := New()
	shy, refs := 0, 0
	for _, p := range s.pages {
		src := body(t, fetch(t, s, p.path()))
		if strings.Contains(src, "&shy;") {
			shy++
		}
		if p.entities {
			refs++
			if !strings.Contains(src, "&bdquo;") && !strings.Contains(src, "&quot;") {
				t.Errorf("%s: no mark is written as a character reference", p.id)
			}
		}
	}
	if shy == 0 || refs == 0 {
		t.Errorf("%d pages with soft hyphens, %d with character references: want some of each", shy, refs)
	}
}
