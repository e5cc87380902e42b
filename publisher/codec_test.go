package publisher

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestPercent(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"abc", "abc"},
		{"Kreis Düren", "Kreis%20D%C3%BCren"},
		{`100 % "sicher"`, "100%20%25%20%22sicher%22"},
		{"😀", "%F0%9F%98%80"},
		{"a\r\nNats-Msg-Id: x", "a%0D%0ANats-Msg-Id:%20x"},
		{"\x00\x7f\xff", "%00%7F%FF"},
	} {
		if got := percentEncode(c.in); got != c.want {
			t.Errorf("%q is %q, want %q", c.in, got, c.want)
		}
		if got := percentDecode(c.want); got != c.in {
			t.Errorf("%q decodes to %q, want %q", c.want, got, c.in)
		}
	}
	// What other senders may write (CloudEvents HTTP binding §3.1.3.2).
	for in, want := range map[string]string{"d%c3%bcren": "düren", "%41": "A", "100%": "100%", "%zz%4": "%zz%4", "a b": "a b"} {
		if got := percentDecode(in); got != want {
			t.Errorf("%q decodes to %q, want %q", in, got, want)
		}
	}
}

func FuzzPercent(f *testing.F) {
	for _, s := range []string{"", "Kreis Düren", "%", "%41", "a\r\nb", "\xff\xfe", "%%20"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e := percentEncode(s)
		for i := range len(e) {
			if e[i] <= ' ' || e[i] >= 0x7f || e[i] == '"' {
				t.Fatalf("%q has %q in it", e, e[i])
			}
		}
		if got := percentDecode(e); got != s {
			t.Fatalf("%q comes back as %q", s, got)
		}
		percentDecode(s)
	})
}

// overWire gives the headers of a message as a receiver sees them.
func overWire(t *testing.T, m *nats.Msg) nats.Header {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("NATS/1.0\r\n")
	for k, vs := range m.Header {
		for _, v := range vs {
			b.WriteString(k + ": " + v + "\r\n")
		}
	}
	b.WriteString("\r\n")
	h, err := nats.DecodeHeadersMsg(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func testEvent() *schemas.Event {
	r := testRelease(testSnapshot(1, "x"), "Der Landrat begrüßt 😀")
	r.Normalise()
	return &schemas.Event{
		ID: r.ID + "/7", Type: schemas.EventCorrected, Source: "/sources/" + r.Source.ID, Subject: r.ID,
		Time: time.Date(2026, 3, 4, 5, 6, 7, 8, time.UTC), Hash: schemas.ContentHash(r), Revision: 7, Release: r,
	}
}

func TestEventRoundTrip(t *testing.T) {
	ev := testEvent()
	m, err := encodeEvent("press.v1.release.nw.kreis-musterau.x", ev)
	if err != nil {
		t.Fatal(err)
	}
	h := overWire(t, m)
	for key, want := range map[string]string{
		"ce-specversion": "1.0", "ce-id": ev.ID, "ce-type": "de.kreispresse.release.corrected.v1", "ce-source": "/sources/kreis-musterau",
		"ce-subject": ev.Subject, "ce-time": "2026-03-04T05:06:07.000000008Z", "ce-datacontenttype": "application/json",
		"ce-contenthash": ev.Hash, "ce-revision": "7", "ce-dataschema": schemas.ReleaseSchemaID,
	} {
		if got := first(h, key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	got, err := decodeEvent(h, m.Data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ev, got); diff != "" {
		t.Errorf("lost on the way:\n%s", diff)
	}
	if !json.Valid(m.Data) || !bytes.Contains(m.Data, []byte("begrüßt 😀")) {
		t.Errorf("data %s", m.Data)
	}
}

func TestEventFaults(t *testing.T) {
	good, err := encodeEvent("s", testEvent())
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*nats.Msg){
		"no version":  func(m *nats.Msg) { delete(m.Header, cePrefix+schemas.AttrSpecVersion) },
		"version 0.3": func(m *nats.Msg) { m.Header[cePrefix+schemas.AttrSpecVersion] = []string{"0.3"} },
		"no id":       func(m *nats.Msg) { delete(m.Header, cePrefix+schemas.AttrID) },
		"no type":     func(m *nats.Msg) { delete(m.Header, ceType) },
		"time":        func(m *nats.Msg) { m.Header[cePrefix+schemas.AttrTime] = []string{"yesterday"} },
		"revision":    func(m *nats.Msg) { m.Header[ceRevision] = []string{"0"} },
		"XML":         func(m *nats.Msg) { m.Header[ceContentType] = []string{"application/xml"} },
		"broken data": func(m *nats.Msg) { m.Data = m.Data[1:] },
		"array":       func(m *nats.Msg) { m.Data = []byte("[]") },
		"wrong case (ID)": func(m *nats.Msg) {
			m.Header["Ce-Id"] = m.Header[cePrefix+schemas.AttrID]
			delete(m.Header, cePrefix+schemas.AttrID)
		},
	} {
		m := nats.NewMsg("s")
		m.Data = good.Data
		for k, v := range good.Header {
			m.Header[k] = v
		}
		change(m)
		if ev, err := decodeEvent(m.Header, m.Data); err == nil {
			t.Errorf("%s is read as %+v", name, ev)
		}
	}
	m := nats.NewMsg("s")
	for k, v := range good.Header {
		m.Header[k] = v
	}
	m.Header["ce-unknown"] = []string{"x"}
	m.Header[ceContentType] = []string{"application/json;%20charset=utf-8"}
	if _, err := decodeEvent(m.Header, good.Data); err != nil {
		t.Errorf("an unknown extension or a charset: %v", err)
	}
	bad := testEvent()
	bad.ID = "a\nb"
	if _, err := encodeEvent("s", bad); err == nil {
		t.Error("a line feed in an attribute is accepted")
	}
}

func FuzzEvent(f *testing.F) {
	f.Add("a/1", "t", "/sources/ä", "subject %", "hash", 3)
	f.Add("\u00ad", "\"", "%41", " ", "", 1)
	f.Fuzz(func(t *testing.T, id, kind, source, subject, hash string, revision int) {
		ev := &schemas.Event{ID: id, Type: kind, Source: source, Subject: subject, Hash: hash, Revision: revision, Time: time.Unix(int64(revision), 0).UTC()}
		m, err := encodeEvent("s", ev)
		if err != nil {
			for _, s := range []string{id, kind, source, subject, hash} {
				if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
					return
				}
			}
			t.Fatal(err)
		}
		got, err := decodeEvent(overWire(t, m), m.Data)
		if id == "" || kind == "" || source == "" {
			if err == nil {
				t.Fatal("an event without a required attribute is accepted")
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		got.Release = nil
		if revision < 1 {
			ev.Revision = 0
		}
		if diff := cmp.Diff(ev, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestSnapshotRoundTrip(t *testing.T) {
	p, err := newPacker()
	if err != nil {
		t.Fatal(err)
	}
	full := &schemas.Snapshot{
		Source: schemas.Source{
			ID: "kreis-dueren", Name: "Kreis Düren", AGS: "05358", State: "NW", ARS: "053580000000", NUTS3: "DEA26", Wikidata: "Q6275",
		},
		URL:       "https://www.kreis-dueren.de/märz?a=b%20c",
		FetchedAt: time.Date(2026, 3, 29, 2, 59, 59, 123456789, time.FixedZone("", 3600)), FirstSeen: time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC),
		Run: "run 1", Profile: "sitepark", Status: 200, ContentType: "text/html;\tcharset=\"utf-8\"",
		Header:   schemas.SnapshotHeader{ETag: `W/"ä"`, LastModified: "Thu, 05 Mar 2026 10:00:00 GMT", Language: "de-DE"},
		Hints:    schemas.Hints{Title: "Straßenbau: 100 %\n", Published: "2026-03-05", PublishedBy: "feed", DiscoveredBy: "listing"},
		Previous: 1<<63 + 7, Body: []byte("\x00\xff" + strings.Repeat("<p>Grüße</p>", 1000)),
	}
	for name, s := range map[string]*schemas.Snapshot{
		"full": full, "empty": {}, "gone": {Source: testSource, URL: "https://a.de/", Status: 410, Previous: 3}, "one byte": {Body: []byte{0}},
	} {
		t.Run(name, func(t *testing.T) {
			m := p.encode("s", s)
			h := overWire(t, m)
			got, err := decodeMeta(h)
			if err != nil {
				t.Fatal(err)
			}
			if got.Body, err = p.unpack(h, m.Data); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s, got); diff != "" {
				t.Errorf("lost on the way:\n%s", diff)
			}
			_, off1 := s.FetchedAt.Zone()
			if _, off2 := got.FetchedAt.Zone(); off1 != off2 {
				t.Errorf("offset %d becomes %d", off1, off2)
			}
		})
	}
	m := p.encode("s", full)
	if len(m.Data) > len(full.Body)/10 {
		t.Errorf("%d bytes become %d", len(full.Body), len(m.Data))
	}
}

func TestSnapshotFaults(t *testing.T) {
	p, err := newPacker()
	if err != nil {
		t.Fatal(err)
	}
	s := testSnapshot(1, "<p>Guten Tag</p>")
	for name, c := range map[string]struct {
		want   string
		change func(*nats.Msg)
	}{
		"format":    {"no snapshot of a known format", func(m *nats.Msg) { m.Header[rawFormat] = []string{"2"} }},
		"time":      {"Kp-Fetched-At", func(m *nats.Msg) { m.Header[rawFetchedAt] = []string{"x"} }},
		"status":    {"Kp-Status", func(m *nats.Msg) { m.Header[rawStatus] = []string{"ok"} }},
		"truncated": {"corrupt body", func(m *nats.Msg) { m.Data = m.Data[:len(m.Data)-1] }},
		"flipped":   {"corrupt body", func(m *nats.Msg) { m.Data[len(m.Data)-6] ^= 1 }},
		"digest":    {"corrupt body: its sha256", func(m *nats.Msg) { m.Header[rawDigest] = []string{"ab"} }},
		"encoding":  {`body encoding "br"`, func(m *nats.Msg) { m.Header[rawEncoding] = []string{"br"} }},
	} {
		m := p.encode("s", s)
		c.change(m)
		_, err := decodeMeta(m.Header)
		if err == nil {
			_, err = p.unpack(m.Header, m.Data)
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
