package export_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

// validText is s as a reader of UTF-8 has it.
func validText(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// TestFeeds: gofeed reads both feeds, hostile releases too; Atom is well-formed XML, dated like its newest event, with a tombstone for what is
// withdrawn.
func TestFeeds(t *testing.T) {
	events := append(examples(t), hostile(t)...)
	events[1].Time = events[1].Time.AddDate(1, 0, 0) // neither the first nor the last
	for _, format := range []string{"atom", "jsonfeed"} {
		out := write(t, format, export.Filter{}, export.Options{}, events...)
		f, err := gofeed.NewParser().Parse(bytes.NewReader(out))
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if want := 4 + len(nasty) + 1; len(f.Items) != want || f.Title != "Pressemitteilungen" {
			t.Errorf("%s: %d items, want %d; title %q", format, len(f.Items), want, f.Title)
		}
		it := f.Items[0]
		if it.Title != events[0].Release.Title || it.Link != events[0].Release.URL || it.GUID != "tag:kreispresse.github.io,2026:"+events[0].Release.ID {
			t.Errorf("%s: %+v", format, it)
		}
		if format == "atom" {
			if f.UpdatedParsed == nil || !f.UpdatedParsed.Equal(events[1].Time) {
				t.Errorf("updated %s, want %s", f.Updated, events[1].Time)
			}
			wellFormed(t, out)
			if n := bytes.Count(out, []byte("<at:deleted-entry")); n != 1 {
				t.Errorf("%d tombstones", n)
			}
		}
	}
	gone := example(t, "tombstone", schemas.EventWithdrawn)
	if out := write(t, "jsonfeed", export.Filter{Withdrawn: true}, export.Options{}, gone); !bytes.Contains(out, []byte(`"deleted":[{"id":"tag:`)) {
		t.Errorf("%s", out)
	}
}

func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
