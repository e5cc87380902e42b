package parser

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// FuzzParse feeds any bytes: no panic, every offset on the text it shows, and the same bytes again for the same input. A page with
// a title at an address as the crawler writes them gives a record that fits the schema. The golden pages are its seeds.
func FuzzParse(f *testing.F) {
	for _, g := range goldens(f) {
		f.Add(g.Snap.Body, g.Snap.URL, g.Snap.ContentType)
	}
	f.Add([]byte("<p>\u201e\u201c"), "https://a.example/", "text/html; charset=utf-16")
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"), "::", "")
	f.Fuzz(func(t *testing.T, body []byte, url, contentType string) {
		s := &schemas.Snapshot{
			Source: schemas.Source{ID: "fuzz"}, URL: url, ContentType: contentType, Status: 200, Body: body,
			FetchedAt: time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC),
		}
		r, err := Parse(s)
		if err != nil {
			if schemas.KindOf(err) == schemas.KindInternal {
				t.Fatalf("an error without a kind: %v", err)
			}
			return
		}
		checkSpans(t, r)
		one, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if canonical, err := schemas.CanonicalURL(url); err == nil && canonical == url && r.Title != "" {
			if err := schemas.Validate(one); err != nil {
				t.Fatal(err)
			}
		}
		again, err := Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		if two, _ := json.Marshal(again); !bytes.Equal(one, two) {
			t.Fatalf("two readings of one page:\n%s\n%s", one, two)
		}
	})
}
