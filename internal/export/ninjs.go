package export

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/feedformat"
	"github.com/kreispresse/kreispresse/schemas"
)

// ninjs writes one object of IPTC's News in JSON a line: the standard knows no file of several. item makes the object.
type ninjs struct {
	w    io.Writer
	item func(*schemas.Event) any
	b    bytes.Buffer
}

func (*ninjs) Begin() error { return nil }
func (*ninjs) Close() error { return nil }

func (n *ninjs) Write(ev *schemas.Event) error {
	n.b.Reset()
	if err := encodeLine(&n.b, n.item(ev)); err != nil {
		return err
	}
	_, err := n.w.Write(n.b.Bytes())
	return err
}

// encodeLine writes v as JSON on one line. Bytes that are no UTF-8 become U+FFFD.
func encodeLine(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// contact is a way to reach somebody, the same in both generations.
type contact struct {
	Type  string `json:"type"`
	Role  string `json:"role"`
	Name  string `json:"name,omitempty"`
	Value string `json:"value"`
}

// contacts are the ways to reach the press office.
func contacts(c *schemas.Contact) (list []contact) {
	if c == nil {
		return nil
	}
	if c.Phone != "" {
		list = append(list, contact{"phone", "press", c.Name, c.Phone})
	}
	if c.Email != "" {
		list = append(list, contact{"email", "press", c.Name, c.Email})
	}
	return list
}

// pubStatus is what may be done with a release: a tombstone takes back what came before.
func pubStatus(ev *schemas.Event) string {
	if ev.Type == schemas.EventWithdrawn {
		return "canceled"
	}
	return "usable"
}

// utc is a moment as both generations can have it, and as Superdesk reads it; "" for none.
func utc(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

// stampUTC is what a page says about when, as a moment.
func stampUTC(s *schemas.Stamp) string {
	if s == nil {
		return ""
	}
	t, _ := momentOf(s.Value)
	return utc(t)
}

// embargoUTC is the end of an embargo, "" when there is none or its words name no moment.
func embargoUTC(e *schemas.Embargo) string {
	if e == nil {
		return ""
	}
	t, _ := momentOf(e.Until)
	return utc(t)
}

// edNote tells an editor what no other field can.
func edNote(ev *schemas.Event) string {
	var notes []string
	if e := ev.Release.Embargo; e != nil {
		notes = append(notes, e.Text)
	}
	if ev.Reason != "" {
		notes = append(notes, "Zurückgezogen: "+ev.Reason)
	}
	return strings.Join(notes, "\n")
}

// sourceURI names the public authority: Wikidata's item, where it is known.
func sourceURI(s *schemas.Source) string {
	if s.Wikidata != "" {
		return "http://www.wikidata.org/entity/" + url.PathEscape(s.Wikidata)
	}
	return feedformat.ID("source:" + s.ID)
}

func sourceName(s *schemas.Source) string {
	if s.Name != "" {
		return s.Name
	}
	return s.ID
}

// imageCredit is who made a picture, as written.
func imageCredit(r *schemas.Release, i *schemas.Image) string {
	if i.Credit != "" {
		return i.Credit
	}
	for _, c := range r.Credits {
		if c.Image != "" && c.Image == i.URL {
			return c.Raw
		}
	}
	return ""
}

// quoteOpen opens the mark of a quote in a body; the speaker is told to whoever looks for it.
func quoteOpen(q *schemas.Quote) string {
	if s := speaker(q); s != "" {
		return `<q title="` + escape(s) + `">`
	}
	return "<q>"
}

// organisations are those that are quoted, each once.
func organisations(r *schemas.Release) (list []string) {
	seen := map[string]bool{}
	for _, q := range r.Quotes {
		if q.Speaker != nil && q.Speaker.Kind == schemas.SpeakerOrganisation && !seen[q.Speaker.Name] {
			seen[q.Speaker.Name] = true
			list = append(list, q.Speaker.Name)
		}
	}
	return list
}

// relations says of each person of a release whether it is quoted or only named.
func relations(r *schemas.Release) []string {
	rel := make([]string, len(r.People))
	for i := range rel {
		rel[i] = "mentioned"
	}
	for i := range r.Quotes {
		if s := r.Quotes[i].Speaker; personOf(r, &r.Quotes[i]) != nil {
			rel[*s.Person] = "quoted"
		}
	}
	return rel
}
