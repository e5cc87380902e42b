package discover

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

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
		more, err := d.fetchSitemap(ctx, next, h)
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

func (d *discovery) fetchSitemap(ctx context.Context, url string, h *StartHealth) (indexed []string, err error) {
	d.note(url)
	old, _, header := d.remembered(url)
	before := *h
	a, err := d.get.Get(ctx, polite.WantSitemap, url, header)
	if err != nil {
		return nil, err
	}
	if a.Status == http.StatusNotModified && len(header) > 0 {
		d.confirmed(url, h, old)
		return old.Files, nil
	}
	if err := a.Unusual(); err != nil {
		return nil, err
	}
	body, damaged := a.Body, error(nil)
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		gz, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, polite.Refuse(schemas.KindUnavailable, url, "", "broken gzip: %w", err)
		}
		body, damaged = io.ReadAll(&boundedReader{r: gz, left: int64(d.src.Limits.BodyBytes), url: url})
	}
	indexed, err = d.readSitemap(body, a.URL, h)
	if damaged != nil { // what came before it is kept
		err = damaged
	}
	if err != nil {
		if _, ok := errors.AsType[*schemas.Error](err); !ok {
			err = polite.Refuse(schemas.KindUnavailable, url, "", "no sitemap: %w", err)
		}
		return indexed, err
	}
	h.Pages++
	h.Unchanged = false
	if !d.done() {
		m := d.remember(url, a, h, before, old)
		m.Files = indexed
		d.frontier.Lists[url] = m
	}
	return indexed, nil
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	News    struct {
		Published string `xml:"publication_date"`
		Title     string `xml:"title"`
	} `xml:"news"` // whatever the prefix is bound to
}

// maxDamage is how many damaged entries of one file are passed over.
const maxDamage = 50

// readSitemap decodes entry by entry, so that what came before an error is kept, and goes on behind an entry that cannot be read.
func (d *discovery) readSitemap(body []byte, at string, h *StartHealth) (indexed []string, err error) {
	text := plainXML(body)
	f := &sitemapFile{base: parseURL(at)}
	if bytes.IndexByte(text, '<') < 0 {
		return nil, d.plainSitemap(text, f.base, h)
	}
	for damaged := 0; ; damaged++ {
		dec := xmlDecoder(text)
		err = d.readEntries(dec, f, h)
		if err == nil || f.root == "" || damaged == maxDamage {
			return f.indexed, err
		}
		rest := text[min(int(dec.InputOffset()), len(text)):]
		next := bytes.Index(rest, []byte(f.entry()))
		if next < 0 {
			return f.indexed, err
		}
		h.Note = "an entry that cannot be read was passed over: " + err.Error()
		text = append([]byte("<"+f.root+">"), rest[next:]...)
	}
}

// sitemapFile is one file while it is read.
type sitemapFile struct {
	base    *url.URL
	root    string // urlset or sitemapindex; empty: not met yet
	indexed []string
}

// entry is how an entry begins.
func (f *sitemapFile) entry() string {
	if f.root == "sitemapindex" {
		return "<sitemap>"
	}
	return "<url>"
}

func (d *discovery) readEntries(dec *xml.Decoder, f *sitemapFile, h *StartHealth) error {
	for !d.done() {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch name := el.Name.Local; {
		case f.root == "":
			if name != "urlset" && name != "sitemapindex" {
				return errors.New("root element " + name)
			}
			f.root = name
		case "<"+name+">" == f.entry():
			var u sitemapURL
			if err := dec.DecodeElement(&u, &el); err != nil {
				return err
			}
			d.readEntry(f, u, h)
		}
	}
	if f.root == "" && !d.done() {
		return errors.New("no XML")
	}
	return nil
}

func (d *discovery) readEntry(f *sitemapFile, u sitemapURL, h *StartHealth) {
	loc := strings.TrimSpace(u.Loc)
	target, err := f.base.Parse(loc)
	switch {
	case f.root == "sitemapindex":
		if err == nil && loc != "" && len(f.indexed) < MaxSitemaps {
			f.indexed = append(f.indexed, target.String())
		}
	default:
		h.Matched++
		if err == nil && loc != "" {
			d.sitemapEntry(h, target.String(), u)
		}
	}
}

// plainSitemap reads a sitemap that is a text file with one address a line, which the protocol allows.
func (d *discovery) plainSitemap(text []byte, base *url.URL, h *StartHealth) error {
	lines := strings.Fields(string(text))
	for _, line := range lines {
		if !strings.HasPrefix(line, "http://") && !strings.HasPrefix(line, "https://") {
			return errors.New("no XML")
		}
	}
	for _, line := range lines {
		if target, err := base.Parse(line); err == nil && !d.done() {
			d.sitemapEntry(h, target.String(), sitemapURL{})
		}
	}
	if len(lines) == 0 {
		return errors.New("no XML")
	}
	return nil
}

// sitemapEntry notes a page. lastmod is no publication date: only a news sitemap gives one.
func (d *discovery) sitemapEntry(h *StartHealth, target string, u sitemapURL) {
	hints := schemas.Hints{Title: title(u.News.Title), Published: d.date(u.News.Published)}
	if hints.Published != "" {
		hints.PublishedBy = BySitemap
	}
	changed, _ := HintTime(d.date(u.LastMod), d.src.Plan().Zone)
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
