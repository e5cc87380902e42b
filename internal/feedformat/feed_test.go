package feedformat_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"github.com/kreispresse/kreispresse/internal/feedformat"
	"github.com/kreispresse/kreispresse/schemas"
)

var (
	day  = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	feed = feedformat.Feed{
		ID: feedformat.ID("kreis-musterau"), Title: "Kreis Musterau",
		Self: "http://127.0.0.1:8090/feeds/kreis-musterau.atom", Site: "http://127.0.0.1:8090/", Updated: day,
	}
)

// hostile is a text with everything that breaks formats.
const hostile = "Kreis <b>& „Stadt“</b>]]> \x00\x1b[31m\u202egnp.exe\u2028 \xff \"'"

func event(n int, change func(*schemas.Release)) *schemas.Event {
	text := "Überschrift\nDie Kreisverwaltung bleibt am 3. Dezember geschlossen.\nErster Punkt\nZweiter Punkt"
	at := func(s string) (int, int) {
		i := utf8.RuneCountInString(text[:strings.Index(text, s)])
		return i, i + utf8.RuneCountInString(s)
	}
	block := func(typ, s string) schemas.Block {
		from, to := at(s)
		return schemas.Block{Type: typ, Start: from, End: to}
	}
	r := &schemas.Release{
		ID: "aaaaaaaaaaaaaaaaaaaaaaaaa" + string(rune('a'+n)), URL: "https://www.kreis-musterau.example/presse/1?a=b&c=d", Title: "Kreisverwaltung geschlossen",
		Source: schemas.Source{ID: "kreis-musterau", Name: "Kreis Musterau", State: "NW"}, Language: "de", Text: text, Lead: "Am 3. Dezember ist zu.",
		Blocks: []schemas.Block{
			block(schemas.BlockHeading, "Überschrift"), block(schemas.BlockParagraph, "Die Kreisverwaltung bleibt am 3. Dezember geschlossen."),
			block(schemas.BlockListItem, "Erster Punkt"), block(schemas.BlockListItem, "Zweiter Punkt"),
		},
		Published: &schemas.Stamp{Value: "2026-11-20", Granularity: schemas.GranularityDay},
		Attachments: []schemas.Attachment{
			{URL: "https://www.kreis-musterau.example/a.pdf", Title: "Plan", MediaType: "application/pdf"}, {URL: "javascript:alert(1)", MediaType: "text/html"},
		},
	}
	if change != nil {
		change(r)
	}
	return &schemas.Event{
		ID: r.ID + "/2", Type: schemas.EventCorrected, Source: "/sources/kreis-musterau", Subject: r.ID, Time: day, Revision: 2, Release: r, Sequence: 41,
	}
}

func tombstone(n int) *schemas.Event {
	e := event(n, nil)
	e.Release, e.Type, e.Reason = schemas.Tombstone(e.Release, 0, day), schemas.EventWithdrawn, "404 <weg>"
	return e
}

func evil(n int) *schemas.Event {
	return event(n, func(r *schemas.Release) {
		r.Title, r.Text, r.Lead, r.Blocks = hostile+strings.Repeat("ß", 1<<20), hostile, hostile, nil
		r.URL, r.Source.Name, r.Published.Value = "javascript:alert(1)", hostile, "gestern"
	})
}

func write(t *testing.T, w feedformat.Writer, b *bytes.Buffer, events ...*schemas.Event) []byte {
	t.Helper()
	for _, e := range events {
		if err := w.Event(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestReaders: what a feed reader makes of both formats.
func TestReaders(t *testing.T) {
	for name, newWriter := range map[string]func(io.Writer, feedformat.Feed) feedformat.Writer{"atom": feedformat.NewAtom, "json": feedformat.NewJSONFeed} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			doc := write(t, newWriter(&b, feed), &b, event(0, nil), tombstone(1), evil(2))
			got, err := gofeed.NewParser().Parse(bytes.NewReader(doc))
			if err != nil {
				t.Fatalf("%v\n%s", err, doc)
			}
			if got.Title != "Kreis Musterau" || got.FeedLink != feed.Self || got.Link != feed.Site || len(got.Items) != 2 {
				t.Fatalf("%+v", got)
			}
			x := got.Items[0]
			if x.GUID != feedformat.ID("aaaaaaaaaaaaaaaaaaaaaaaaaa") ||
				x.Title != "Kreisverwaltung geschlossen" || x.Link != "https://www.kreis-musterau.example/presse/1?a=b&c=d" {
				t.Errorf("%+v", x)
			}
			if !x.UpdatedParsed.Equal(day) || x.Published != "2026-11-20T00:00:00+01:00" || x.Authors[0].Name != "Kreis Musterau" {
				t.Errorf("%v %v %v", x.Updated, x.Published, x.Authors)
			}
			want := "<h2>Überschrift</h2><p>Die Kreisverwaltung bleibt am 3. Dezember geschlossen.</p><ul><li>Erster Punkt</li><li>Zweiter Punkt</li></ul>"
			if x.Content != want {
				t.Errorf("content %q", x.Content)
			}
			if len(x.Enclosures) != 1 || x.Enclosures[0].URL != "https://www.kreis-musterau.example/a.pdf" {
				t.Errorf("%+v", x.Enclosures)
			}
			bad := got.Items[1]
			if bad.Link != "" || utf8.RuneCountInString(bad.Title) > 500 || strings.ContainsAny(bad.Title+bad.Content, "\x00\x1b\u202e") {
				t.Errorf("%q %.80q", bad.Link, bad.Title)
			}
			if !strings.Contains(bad.Content, "&lt;b&gt;&amp; „Stadt“") || bad.Published == "gestern" {
				t.Errorf("%q %v", bad.Content, bad.Published)
			}
		})
	}
}

// TestAtomRules holds what RFC 4287 and RFC 6721 demand and gofeed forgives.
func TestAtomRules(t *testing.T) {
	var b bytes.Buffer
	noText := event(3, func(r *schemas.Release) { r.Text, r.Blocks, r.Lead, r.URL = "", nil, "", "" })
	var doc struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      []string `xml:"id"`
		Title   []string `xml:"title"`
		Updated []string `xml:"updated"`
		Entries []struct {
			ID      []string   `xml:"id"`
			Title   []string   `xml:"title"`
			Updated []string   `xml:"updated"`
			Author  []string   `xml:"author>name"`
			Content []struct{} `xml:"content"`
			Links   []struct {
				Rel string `xml:"rel,attr"`
			} `xml:"link"`
		} `xml:"entry"`
		Deleted []struct {
			XMLName xml.Name `xml:"http://purl.org/atompub/tombstones/1.0 deleted-entry"`
			Ref     string   `xml:"ref,attr"`
			When    string   `xml:"when,attr"`
			Comment string   `xml:"http://purl.org/atompub/tombstones/1.0 comment"`
		} `xml:"http://purl.org/atompub/tombstones/1.0 deleted-entry"`
	}
	text := write(t, feedformat.NewAtom(&b, feedformat.Feed{ID: "tag:x,2026:1", Title: "X"}), &b, event(0, nil), tombstone(1), evil(2), noText)
	if err := xml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	one := func(what string, list []string) {
		if len(list) != 1 || list[0] == "" {
			t.Errorf("%s: %q", what, list)
		}
	}
	one("id", doc.ID)
	one("title", doc.Title)
	one("updated", doc.Updated)
	if len(doc.Entries) != 3 || doc.Updated[0] != "2026-11-20T09:30:00Z" {
		t.Errorf("%d entries, %v", len(doc.Entries), doc.Updated)
	}
	for _, e := range doc.Entries {
		one("entry id", e.ID)
		one("entry title", e.Title)
		one("entry updated", e.Updated)
		one("author", e.Author)
		alternate := slices.ContainsFunc(e.Links, func(l struct {
			Rel string `xml:"rel,attr"`
		},
		) bool {
			return l.Rel == "alternate"
		})
		if len(e.Content) > 1 || len(e.Content) == 0 && !alternate {
			t.Errorf("an entry without content and link: %+v", e)
		}
	}
	if d := doc.Deleted; len(d) != 1 || d[0].Ref != feedformat.ID("aaaaaaaaaaaaaaaaaaaaaaaaab") || d[0].When != "2026-11-20T09:30:00Z" ||
		d[0].Comment != "404 <weg>" {
		t.Errorf("%+v", doc.Deleted)
	}
}

func TestJSONFeedRules(t *testing.T) {
	var b bytes.Buffer
	var doc struct {
		Version, Title string
		Items          []map[string]any
		Own            struct {
			About   string
			Deleted []struct{ ID, When, Reason string }
		} `json:"_kreispresse"`
	}
	noText := event(3, func(r *schemas.Release) { r.Text, r.Blocks = "", nil })
	text := write(t, feedformat.NewJSONFeed(&b, feed), &b, tombstone(1), event(0, nil), evil(2), noText)
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err, string(text))
	}
	if doc.Version != "https://jsonfeed.org/version/1.1" || doc.Title == "" || len(doc.Items) != 3 || doc.Own.About == "" {
		t.Errorf("%+v", doc)
	}
	for _, i := range doc.Items {
		_, asHTML := i["content_html"]
		if _, asText := i["content_text"]; i["id"] == "" || !asHTML && !asText {
			t.Errorf("%v", i)
		}
	}
	if own := doc.Items[0]["_kreispresse"].(map[string]any); own["revision"] != 2.0 || own["sequence"] != 41.0 || own["source"] != "kreis-musterau" {
		t.Error(own)
	}
	if d := doc.Own.Deleted; len(d) != 1 || d[0].ID != feedformat.ID("aaaaaaaaaaaaaaaaaaaaaaaaab") || d[0].Reason != "404 <weg>" {
		t.Errorf("%+v", d)
	}
	b.Reset()
	if empty := write(t, feedformat.NewJSONFeed(&b, feed), &b); !json.Valid(empty) || !strings.Contains(string(empty), `"items":[`) {
		t.Error(string(empty))
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// TestWriteErrors: a document that could not be written is no success.
func TestWriteErrors(t *testing.T) {
	for name, w := range map[string]feedformat.Writer{
		"atom": feedformat.NewAtom(full{}, feed), "json": feedformat.NewJSONFeed(full{}, feed), "ical": feedformat.NewICal(full{}, feed, time.Time{}),
	} {
		if err := errors.Join(w.Event(event(0, nil)), w.Close()); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
