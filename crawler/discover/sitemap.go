package discover

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// MaxSitemaps is how many files one sitemap entry of a source may lead to, the index included.
const MaxSitemaps = 200

// sitemap reads a sitemap or a sitemap index, breadth first, each file once (sitemaps.org protocol 0.9). The health's error is that
// of the first file that could not be read; the others are read all the same.
func (d *discovery) sitemap(ctx context.Context, url string, h *StartHealth) error {
	queue, seen := []string{url}, map[string]bool{}
	var failed error
	for len(queue) > 0 && !d.done() {
		next := queue[0]
		queue = queue[1:]
		key, err := schemas.CanonicalURL(next)
		if err != nil || seen[key] {
			continue
		}
		if len(seen) == MaxSitemaps {
			h.Note = "more sitemaps than are read"
			break
		}
		seen[key] = true
		more, err := d.sitemapFile(ctx, next, h)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && failed == nil {
			failed = err
		}
		queue = append(queue, more...)
	}
	return failed
}

func (d *discovery) sitemapFile(ctx context.Context, url string, h *StartHealth) (indexed []string, err error) {
	d.note(url)
	a, err := d.get.Get(ctx, polite.WantSitemap, url, nil)
	if err != nil {
		return nil, err
	}
	if err := a.Unusual(); err != nil {
		return nil, err
	}
	var r io.Reader = bytes.NewReader(a.Body)
	if bytes.HasPrefix(a.Body, []byte{0x1f, 0x8b}) {
		gz, err := gzip.NewReader(r)
		if err != nil {
			return nil, polite.Refuse(schemas.KindUnavailable, url, "", "broken gzip: %w", err)
		}
		r = &boundedReader{r: gz, left: int64(d.src.Limits.BodyBytes), url: url}
	}
	indexed, err = d.readSitemap(r, a.URL, h)
	if err != nil {
		if _, ok := errors.AsType[*schemas.Error](err); !ok {
			err = polite.Refuse(schemas.KindUnavailable, url, "", "no sitemap: %w", err)
		}
		return indexed, err
	}
	h.Pages++
	return indexed, nil
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	News    struct {
		Published string `xml:"publication_date"`
		Title     string `xml:"title"`
	} `xml:"http://www.google.com/schemas/sitemap-news/0.9 news"`
}

// readSitemap decodes entry by entry, so that what came before an error is kept and memory does not follow the file's size.
func (d *discovery) readSitemap(r io.Reader, at string, h *StartHealth) (indexed []string, err error) {
	dec := xml.NewDecoder(r)
	dec.CharsetReader = charset.NewReaderLabel
	base := parseURL(at)
	root := ""
	for !d.done() {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return indexed, err
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch name := el.Name.Local; {
		case root == "":
			if root = name; root != "urlset" && root != "sitemapindex" {
				return nil, errors.New("root element " + root)
			}
		case root == "urlset" && name == "url", root == "sitemapindex" && name == "sitemap":
			var u sitemapURL
			if err := dec.DecodeElement(&u, &el); err != nil {
				return indexed, err
			}
			target, err := base.Parse(strings.TrimSpace(u.Loc))
			if err != nil || u.Loc == "" {
				continue
			}
			if root == "sitemapindex" {
				if len(indexed) < MaxSitemaps {
					indexed = append(indexed, target.String())
				}
				continue
			}
			d.sitemapEntry(h, target.String(), u)
		}
	}
	if root == "" && !d.done() {
		return nil, errors.New("no XML")
	}
	return indexed, nil
}

// sitemapEntry notes a page. lastmod is no publication date: only a news sitemap gives one.
func (d *discovery) sitemapEntry(h *StartHealth, target string, u sitemapURL) {
	hints := schemas.Hints{Title: clip(strings.Join(strings.Fields(u.News.Title), " ")), Published: isoMoment(u.News.Published)}
	if hints.Published != "" {
		hints.PublishedBy = BySitemap
	}
	changed, _ := hintTime(isoMoment(u.LastMod), d.src.Plan().Zone)
	d.found(h, target, hints, changed)
}

// boundedReader fails where io.LimitReader would silently end.
type boundedReader struct {
	r    io.Reader
	left int64
	url  string
}

func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, polite.Refuse(schemas.KindTooLarge, b.url, "raise limits.body_bytes in the source if this is a sitemap", "larger than allowed when unpacked")
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}
