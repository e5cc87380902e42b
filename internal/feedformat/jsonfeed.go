package feedformat

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"time"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// JSONFeedType is the media type of JSON Feed.
const JSONFeedType = "application/feed+json; charset=utf-8"

type jsonFeed struct {
	w     *bufio.Writer
	feed  Feed
	items int
	open  bool
	gone  []deleted // JSON Feed has no tombstones, so they stand in an extension behind the items
}

// about is where the extension is told of, as the standard wishes it.
const about = "https://kreispresse.github.io/docs/http.html#json-feed"

type item struct {
	ID          string       `json:"id"`
	URL         string       `json:"url,omitempty"`
	Title       string       `json:"title"`
	Summary     string       `json:"summary,omitempty"`
	HTML        string       `json:"content_html,omitempty"`
	Text        *string      `json:"content_text,omitempty"`
	Published   string       `json:"date_published,omitempty"`
	Modified    string       `json:"date_modified"`
	Authors     []author     `json:"authors"`
	Tags        []string     `json:"tags,omitempty"`
	Language    string       `json:"language,omitempty"`
	Attachments []attachment `json:"attachments,omitempty"`
	Own         extension    `json:"_kreispresse"`
}

type author struct {
	Name string `json:"name"`
}

type attachment struct {
	URL   string `json:"url"`
	Type  string `json:"mime_type"`
	Title string `json:"title,omitempty"`
}

type extension struct {
	Release  string `json:"release"`
	Revision int    `json:"revision"`
	Sequence uint64 `json:"sequence,omitempty"`
	Source   string `json:"source"`
	State    string `json:"state,omitempty"`
}

type deleted struct {
	ID     string `json:"id"`
	When   string `json:"when"`
	Reason string `json:"reason,omitempty"`
}

// NewJSONFeed writes a JSON Feed to w. Releases that are no more are listed behind the items, in _kreispresse.deleted.
func NewJSONFeed(w io.Writer, f Feed) Writer { return &jsonFeed{w: bufio.NewWriter(w), feed: f} }

func (j *jsonFeed) Event(e *schemas.Event) error {
	if gone(e) {
		d := deleted{ID: ID(e.Subject), When: stamp(e.Time)}
		if e.Reason != "" {
			d.Reason = line(e.Reason)
		}
		j.gone = append(j.gone, d)
		return nil
	}
	if err := j.begin(); err != nil {
		return err
	}
	if j.items++; j.items > 1 {
		_ = j.w.WriteByte(',') // the next write tells
	}
	return j.encode(itemOf(e))
}

func (j *jsonFeed) encode(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := j.w.Write(b.Bytes())
	return err
}

func (j *jsonFeed) begin() error {
	if j.open {
		return nil
	}
	j.open = true
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		Version  string `json:"version"`
		Title    string `json:"title"`
		Site     string `json:"home_page_url,omitempty"`
		Self     string `json:"feed_url,omitempty"`
		Language string `json:"language"`
	}{"https://jsonfeed.org/version/1.1", line(j.feed.Title), j.feed.Site, j.feed.Self, language})
	head := bytes.TrimRight(b.Bytes(), "}\n")
	_, _ = j.w.Write(head) // the next write tells
	_, _ = j.w.WriteString(",\"items\":[\n")
	return err
}

func (j *jsonFeed) Close() error {
	if err := j.begin(); err != nil {
		return err
	}
	_, _ = j.w.WriteString(`],"_kreispresse":`)
	if j.gone == nil {
		j.gone = []deleted{}
	}
	err := j.encode(struct {
		About   string    `json:"about"`
		Deleted []deleted `json:"deleted"`
	}{about, j.gone})
	_, _ = j.w.WriteString("}\n")
	if err != nil {
		return err
	}
	return j.w.Flush()
}

func itemOf(e *schemas.Event) item {
	r := e.Release
	i := item{
		ID: ID(r.ID), URL: address(r.URL), Title: line(r.Title), Modified: stamp(e.Time), HTML: body(r),
		Authors: []author{{line(cmp.Or(r.Source.Name, r.Source.ID))}}, Language: terminal.Safe(r.Language),
		Own: extension{r.ID, e.Revision, e.Sequence, r.Source.ID, r.Source.State},
	}
	if r.Lead != "" {
		i.Summary = line(r.Lead)
	}
	if i.HTML == "" { // one of the two has to be there
		i.Text = new(string)
	}
	if at := published(r); !at.IsZero() {
		i.Published = at.Format(time.RFC3339)
	}
	for _, tag := range []string{r.Source.ID, schemas.States[r.Source.State]} {
		if tag != "" {
			i.Tags = append(i.Tags, tag)
		}
	}
	for _, x := range r.Attachments {
		if u := address(x.URL); u != "" && x.MediaType != "" {
			a := attachment{URL: u, Type: x.MediaType}
			if x.Title != "" {
				a.Title = line(x.Title)
			}
			i.Attachments = append(i.Attachments, a)
		}
	}
	return i
}
