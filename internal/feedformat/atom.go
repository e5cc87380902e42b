package feedformat

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// AtomType is the media type of Atom.
const AtomType = "application/atom+xml; charset=utf-8"

type atom struct {
	w    *bufio.Writer
	feed Feed
	open bool
}

// NewAtom writes Atom to w.
func NewAtom(w io.Writer, f Feed) Writer { return &atom{w: bufio.NewWriter(w), feed: f} }

func (a *atom) Event(e *schemas.Event) error {
	a.begin(e.Time)
	if gone(e) {
		a.tombstone(e)
	} else {
		a.entry(e)
	}
	_, err := a.w.WriteString("\n")
	return err
}

func (a *atom) Close() error {
	a.begin(time.Unix(0, 0))
	a.put("</feed>\n")
	return a.w.Flush()
}

// put writes what is markup of ours; the bufio.Writer remembers an error.
func (a *atom) put(s string) { _, _ = a.w.WriteString(s) }

// attribute writes name="value", nothing for "".
func (a *atom) attribute(name, value string) {
	if value != "" {
		a.put(" " + name + `="` + escape(value) + `"`)
	}
}

// element writes <name>text</name>, nothing for "".
func (a *atom) element(name, text string) {
	if text != "" {
		a.put("<" + name + ">" + escape(text) + "</" + name + ">")
	}
}

func (a *atom) link(rel, typ, href string) {
	if href != "" {
		a.put("<link")
		a.attribute("rel", rel)
		a.attribute("type", typ)
		a.attribute("href", href)
		a.put("/>")
	}
}

// escape makes text of whatever it is given: what XML cannot hold becomes U+FFFD.
func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a Buffer takes everything
	return b.String()
}

func (a *atom) begin(first time.Time) {
	if a.open {
		return
	}
	a.open = true
	if a.feed.Updated.IsZero() {
		a.feed.Updated = first
	}
	a.put(xml.Header + `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="` + language + `">` + "\n")
	a.element("id", a.feed.ID)
	a.put(`<title type="text">` + escape(line(a.feed.Title)) + "</title>")
	a.element("updated", stamp(a.feed.Updated))
	a.link("self", "application/atom+xml", a.feed.Self)
	a.link("alternate", "text/html", a.feed.Site)
	a.put("<generator>kreispresse</generator>\n")
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func (a *atom) entry(e *schemas.Event) {
	r := e.Release
	a.put("<entry>")
	a.element("id", ID(r.ID))
	a.put(`<title type="text">` + escape(line(r.Title)) + "</title>")
	a.element("updated", stamp(e.Time))
	if at := published(r); !at.IsZero() {
		a.element("published", at.Format(time.RFC3339))
	}
	a.link("alternate", "text/html", address(r.URL))
	a.put("<author>")
	a.element("name", line(cmp.Or(r.Source.Name, r.Source.ID)))
	a.put("</author>")
	a.category("https://kreispresse.github.io/terms/source", r.Source.ID, r.Source.Name)
	a.category("https://kreispresse.github.io/terms/state", r.Source.State, schemas.States[r.Source.State])
	for _, x := range r.Attachments {
		a.link("enclosure", x.MediaType, address(x.URL))
	}
	if r.Lead != "" {
		a.put(`<summary type="text">` + escape(line(r.Lead)) + "</summary>")
	}
	if text := body(r); text != "" {
		a.put(`<content type="html">` + escape(text) + "</content>")
	} else if address(r.URL) == "" { // an entry has content or a link
		a.put(`<content type="text"/>`)
	}
	a.put("</entry>")
}

func (a *atom) category(scheme, term, label string) {
	if term == "" {
		return
	}
	a.put("<category")
	a.attribute("scheme", scheme)
	a.attribute("term", term)
	a.attribute("label", label)
	a.put("/>")
}

// tombstone says that an entry is no more (RFC 6721).
func (a *atom) tombstone(e *schemas.Event) {
	a.put("<at:deleted-entry")
	a.attribute("ref", ID(e.Subject))
	a.attribute("when", stamp(e.Time))
	a.put(">")
	if e.Reason != "" {
		a.element("at:comment", line(e.Reason))
	}
	a.put("</at:deleted-entry>")
}
