package page

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/schemas"
)

// FuzzRead reads any bytes: no panic, UTF-8 only, and the same page twice gives the same.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/families/*.html")
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, "text/html")
	}
	f.Add([]byte("<table><td><b><p>a<table>x"), "text/html; charset=utf-16")
	f.Add([]byte("\xfe\xff\x00<\x00p\x00>\xd8\x00"), "")
	f.Add([]byte(`<script type="application/ld+json">{"@type":"Article","articleBody":[["<p>"]]}</script><h1>x`), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		s := &schemas.Snapshot{URL: "https://kreis.example/presse/a.php?id=1", Body: body, ContentType: contentType}
		p, err := Read(s)
		q, err2 := Read(s)
		if (err == nil) != (err2 == nil) {
			t.Fatal(err, err2)
		}
		if err != nil {
			if k := schemas.KindOf(err); k != schemas.KindNotHTML && k != schemas.KindNoRelease {
				t.Fatal(err)
			}
			return
		}
		if !reflect.DeepEqual(p.Pieces, q.Pieces) || p.Title != q.Title || !reflect.DeepEqual(p.Attachments, q.Attachments) ||
			!reflect.DeepEqual(p.Why, q.Why) || len(p.Images) != len(q.Images) {
			t.Fatal("the same page gave another reading")
		}
		if !utf8.ValidString(p.Title) {
			t.Fatalf("title %q", p.Title)
		}
		for _, x := range p.Pieces {
			if !utf8.ValidString(x.Text) || x.Type == "" {
				t.Fatalf("piece %q %q", x.Type, x.Text)
			}
		}
	})
}
