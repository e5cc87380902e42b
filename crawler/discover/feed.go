package discover

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// feed reads RSS, Atom or JSON Feed.
func (d *discovery) feed(ctx context.Context, url string, h *StartHealth) error {
	d.note(url)
	old, _, header := d.remembered(url)
	a, err := d.get.Get(ctx, polite.WantFeed, url, header)
	if err != nil {
		return err
	}
	if a.Status == http.StatusNotModified && len(header) > 0 {
		d.confirmed(url, h, old)
		return nil
	}
	if err := a.Unusual(); err != nil {
		return err
	}
	if err := Challenge(a.Body, url); err != nil {
		return err
	}
	f, err := ParseFeed(a.Body)
	if err != nil {
		return polite.Refuse(schemas.KindUnavailable, url, "name the feed's own address", "no feed: %w", err)
	}
	h.Pages, h.Matched = 1, len(f.Items)
	base := parseURL(a.URL)
	for _, item := range f.Items {
		link := strings.TrimSpace(item.Link)
		if link == "" && strings.HasPrefix(item.GUID, "http") {
			link = item.GUID
		}
		target, err := base.Parse(link)
		if link == "" || err != nil {
			continue
		}
		hints := schemas.Hints{Title: title(item.Title), Published: d.feedDate(item.Published, item.PublishedParsed)}
		if hints.Published != "" {
			hints.PublishedBy = ByFeed
		}
		var changed time.Time
		if item.UpdatedParsed != nil {
			changed = *item.UpdatedParsed
		}
		if t, ok := HintTime(d.date(item.Updated), d.src.Plan().Zone); ok {
			changed = t
		}
		d.found(h, target.String(), hints, changed)
		if d.done() {
			return nil
		}
	}
	d.keep(ctx, h.Kind, url, a)
	d.remember(url, a, h, StartHealth{}, old)
	return nil
}

// ParseFeed reads RSS, Atom or JSON Feed as people publish them.
func ParseFeed(body []byte) (*gofeed.Feed, error) {
	return gofeed.NewParser().Parse(bytes.NewReader(plainFeed(body)))
}

// plainFeed leaves JSON as it is.
func plainFeed(body []byte) []byte {
	if text := bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), " \t\r\n"); bytes.HasPrefix(text, []byte("{")) {
		return text
	}
	return plainXML(body)
}

// feedDate reads a date as it is written: a time without an offset is the source's own. Of a form that only the feed's parser knows
// the day is taken, since that parser takes an unknown zone for UTC.
func (d *discovery) feedDate(written string, parsed *time.Time) string {
	if day := d.date(written); day != "" || parsed == nil || parsed.IsZero() {
		return day
	}
	return parsed.Format(time.DateOnly)
}
