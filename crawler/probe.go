package crawler

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Probe asks for an address beside a page that cannot exist, under all rules of politeness. The snapshot is what the site answers with
// status 200, nil when it answers as it should or not at all. It is not archived.
func (c *Crawler) Probe(ctx context.Context, src *source.Source, beside string) (*schemas.Snapshot, error) {
	own := *src
	if err := own.Check(); err != nil {
		return nil, err
	}
	u, err := url.Parse(beside)
	if err != nil {
		return nil, nil
	}
	u.Path, u.RawPath, u.RawQuery, u.Fragment = path.Join(path.Dir(u.Path), "gibt-es-nicht-"+strings.ToLower(rand.Text())), "", "", ""
	get := newCollector(&own, c.hosts, c.id)
	defer get.close()
	a, err := get.Get(ctx, polite.WantPage, u.String(), nil)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil || a.Status != http.StatusOK {
		return nil, nil
	}
	return &schemas.Snapshot{
		Source: src.Ref(), URL: beside, Status: a.Status, ContentType: bounded(a.Header.Get("Content-Type")), Profile: src.Profile, Body: a.Body,
	}, nil
}
