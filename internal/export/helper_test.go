package export_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// feed is a feed of events that are at hand. It does what a broker does with a filter as far as the tests ask for it.
type feed struct {
	events []*schemas.Event
	pages  map[uint64]*schemas.Snapshot
}

func (f *feed) Replay(_ context.Context, _ publisher.Filter, fn func(*schemas.Event) error) (int, error) {
	for i, ev := range f.events {
		if err := fn(ev); err != nil {
			return i, err
		}
	}
	return len(f.events), nil
}

func (f *feed) ReplayRaw(ctx context.Context, filter publisher.Filter, fn func(*schemas.Event, []byte) error) (int, error) {
	return f.Replay(ctx, filter, func(ev *schemas.Event) error {
		doc, err := json.Marshal(ev.Release)
		if err != nil {
			return err
		}
		bare := *ev
		bare.Release = nil
		return fn(&bare, doc)
	})
}

func (f *feed) Snapshot(_ context.Context, seq uint64) (*schemas.Snapshot, error) {
	if s := f.pages[seq]; s != nil {
		return s, nil
	}
	return nil, &schemas.Error{Op: "read", Kind: schemas.KindNotFound}
}

// example is a release of the schema's examples as an event.
func example(t testing.TB, name, typ string) *schemas.Event {
	t.Helper()
	doc, err := os.ReadFile("../../schemas/testdata/valid/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var r schemas.Release
	if err := json.Unmarshal(doc, &r); err != nil {
		t.Fatal(err)
	}
	r.Normalise()
	return &schemas.Event{
		ID: r.ID + "/1", Sequence: 7, Type: typ, Source: "/sources/" + r.Source.ID, Subject: r.ID, Revision: r.Revision, Release: &r,
		Time: time.Date(2026, 3, 5, 10, 0, 1, 0, time.UTC), Hash: strings.Repeat("ab", 32),
	}
}

// examples are a release with everything, one with hardly anything, a tombstone and what is left of an erased one.
func examples(t testing.TB) []*schemas.Event {
	t.Helper()
	list := []*schemas.Event{
		example(t, "full", schemas.EventCorrected), example(t, "minimal", schemas.EventPublished), example(t, "picture", schemas.EventPublished),
		example(t, "astral", schemas.EventPublished), example(t, "tombstone", schemas.EventWithdrawn), example(t, "minimal", schemas.EventErased),
	}
	list[5].Release.ID = strings.Repeat("e", 26)
	for i, ev := range list {
		ev.Sequence = uint64(i + 1)
		ev.Release.Provenance.RawSequence = uint64(100 + i)
	}
	return list
}

// nasty are texts that harm whoever passes them on carelessly.
var nasty = []string{
	"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1;1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u200b=1+1", "\u202e=1+1", "＝1+1", "x\";=1+1;\"", "x,=1+1",
	"</style></script><script>alert(1)</script>", "]]>--><img src=x onerror=alert(1)>", `"><svg/onload=alert(1)>`, "&lt;b&gt;", "javascript:alert(1)",
	"\x00\x01\x1b[31m\x7f\u0085\u009b", "\ufffe\uffff\ufeff", "\xff\xfe\xc3", "\xed\xa0\x80", "\u2066\u202eabc\u2069", "a\u2028b\u2029c",
	"\U0001f9d1\u200d\U0001f33e",
	"%00%0d%0aSet-Cookie: x", "\r\n\r\nHTTP/1.1 200 OK", "../../etc/passwd", "'; DROP TABLE releases; --",
}

// hostile are releases with each of the nasty texts in every field that comes from a page, and one with a title of a megabyte.
func hostile(t testing.TB) []*schemas.Event {
	t.Helper()
	var list []*schemas.Event
	add := func(bad, title string) {
		ev := example(t, "full", schemas.EventPublished)
		r := ev.Release
		ev.Sequence, ev.Reason = uint64(len(list)+1), bad
		r.Provenance.RawSequence, r.ID = uint64(len(list)+1), fmt.Sprintf("%026d", len(list))
		r.Title, r.Kicker, r.Lead, r.Text, r.Usage, r.Language = title, bad, bad, bad+"\n"+r.Text, bad, bad
		r.Source.Name, r.URL, r.Published.Value = bad, bad, "2026-03-04"
		r.Quotes[0].Text, r.Quotes[0].Speaker.Name, r.Quotes[0].Spans[0] = bad, bad, schemas.Span{Start: -5, End: 1 << 30}
		r.People[0].Name, r.People[0].Roles, r.People[0].Organisation = bad, []string{bad}, bad
		r.Dates[0].Text, r.Dates[0].Value, r.Credits[0].Raw, r.Credits[0].Holder = bad, bad, bad, bad
		r.Images[0] = schemas.Image{URL: "https://example.org/" + bad, Alt: bad, Caption: bad, Credit: bad}
		r.Attachments[0] = schemas.Attachment{URL: bad, Title: bad, MediaType: bad}
		r.Contact = &schemas.Contact{Name: bad, Phone: bad, Email: bad}
		r.Embargo = &schemas.Embargo{Text: bad, Until: bad}
		list = append(list, ev)
	}
	for _, bad := range nasty {
		add(bad, bad)
	}
	add("long", strings.Repeat("<ä", 400_000)) // 1.2 MB
	return list
}

// pagesOf is an archive of a page for each event.
func pagesOf(events []*schemas.Event) map[uint64]*schemas.Snapshot {
	pages := map[uint64]*schemas.Snapshot{}
	for i, ev := range events {
		pages[ev.Release.Provenance.RawSequence] = &schemas.Snapshot{
			Source:    ev.Release.Source,
			URL:       "https://www.kreis-musterau.example/presse/" + string(rune('a'+i%26)) + "?Seite=2&Ä=" + strings.Repeat("i", i),
			FetchedAt: time.Date(2026, 3, 5, 9, 0, i, 123, time.UTC), Status: 200, ContentType: "text/html; charset=utf-8",
			Header: schemas.SnapshotHeader{ETag: "\"x\r\"", Language: "de"}, Body: []byte("<!doctype html><title>Ä</title>" + ev.Release.Title),
		}
	}
	return pages
}

// write exports events in a format and fails the test when that does.
func write(t testing.TB, format string, f export.Filter, o export.Options, events ...*schemas.Event) []byte {
	t.Helper()
	var b bytes.Buffer
	o.Temp = t.TempDir()
	if _, err := export.Run(t.Context(), &feed{events, pagesOf(events)}, f, export.Find(format), o, &b); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	if left, _ := os.ReadDir(o.Temp); len(left) > 0 {
		t.Errorf("%s leaves %v behind", format, left)
	}
	return b.Bytes()
}
