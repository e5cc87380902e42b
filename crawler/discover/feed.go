package discover

import (
	"bytes"
	"context"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// feed reads RSS, Atom or JSON Feed.
func (d *discovery) feed(ctx context.Context, url string, h *StartHealth) error {
	d.note(url)
	a, err := d.get.Get(ctx, polite.WantFeed, url, nil)
	if err != nil {
		return err
	}
	if err := a.Unusual(); err != nil {
		return err
	}
	if err := Challenge(a.Body, url); err != nil {
		return err
	}
	f, err := gofeed.NewParser().Parse(bytes.NewReader(a.Body))
	if err != nil {
		return polite.Refuse(schemas.KindUnavailable, url, "name the feed's own address", "no feed: %w", err)
	}
	h.Pages = 1
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
		hints := schemas.Hints{Title: clip(strings.Join(strings.Fields(item.Title), " "))}
		if t := item.PublishedParsed; t != nil && !t.IsZero() {
			local, layout := t.In(d.src.Plan().Zone), time.RFC3339
			if strings.Contains(item.Published, " 00:00:00") || strings.Contains(item.Published, "T00:00:00") {
				layout = time.DateOnly // midnight is how a feed writes a day
			}
			hints.Published, hints.PublishedBy = local.Format(layout), ByFeed
		}
		var changed time.Time
		if item.UpdatedParsed != nil {
			changed = *item.UpdatedParsed
		}
		d.found(h, target.String(), hints, changed)
		if d.done() {
			break
		}
	}
	return nil
}
