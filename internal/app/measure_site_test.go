package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// bigSite is a press site of many pages that follow from their numbers; it answers what did not change with 304.
type bigSite struct {
	id, base string
	pages    atomic.Int64 // numbered from 1, the last the newest
	asked    atomic.Int64
	every    time.Duration // between two releases
	from     time.Time     // when the newest of the first ones was published
	first    int64         // how many there were at the beginning
	paras    int
}

const perSitemap = 25_000

// bigPort is where they all listen, each on an address of its own: what was filled before leads to them.
const bigPort = 18473

func newBigSite(t *testing.T, i, pages, paras int, every time.Duration) *bigSite {
	t.Helper()
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.%d.%d:%d", 1+i/200, 1+i%200, bigPort))
	if err != nil {
		t.Fatal(err)
	}
	s := &bigSite{id: fmt.Sprintf("kreis-%03d", i), base: "http://" + l.Addr().String(), every: every, from: time.Now(), first: int64(pages), paras: paras}
	s.pages.Store(int64(pages))
	srv := &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return s
}

// day is when a page was published.
func (s *bigSite) day(n int64) time.Time {
	if n > s.first {
		return time.Now()
	}
	return s.from.Add(-time.Duration(s.first-n) * s.every).Add(-24 * time.Hour)
}

func (s *bigSite) url(n int64) string { return fmt.Sprintf("%s/presse/meldung-%d", s.base, n) }

func (s *bigSite) title(n int64) string {
	return fmt.Sprintf("Meldung %d aus %s: Radweg wird gebaut", n, s.id)
}

// page is the body of a page of some kilobytes.
func (s *bigSite) page(n int64) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="de"><title>%s</title><main><article><h1>%s</h1><p>%s</p>`, s.title(n), s.title(n), s.day(n).Format("02.01.2006"))
	for i := range s.paras {
		fmt.Fprintf(&b, "<p>Absatz %d der Meldung %d: Der Kreistag hat beschlossen, %d Kilometer Radweg zu bauen. ", i, n, n%40+2)
		b.WriteString("„Das ist ein guter Tag“, sagte Landrätin Erika Muster.</p>")
	}
	b.WriteString("</article></main></html>")
	return b.String()
}

func (s *bigSite) etag(path string) string { return fmt.Sprintf(`"%s-%d"`, path, s.pages.Load()) }

func (s *bigSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	path := r.URL.Path
	if n, ok := strings.CutPrefix(path, "/presse/meldung-"); ok {
		num, err := strconv.ParseInt(n, 10, 64)
		if err != nil || num < 1 || num > s.pages.Load() {
			http.NotFound(w, r)
			return
		}
		if unchanged(w, r, `"m`+n+`"`) {
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, s.page(num))
		return
	}
	switch {
	case path == "/robots.txt":
		http.NotFound(w, r)
	case path == "/rss" && !unchanged(w, r, s.etag("rss")):
		s.feed(w)
	case strings.HasPrefix(path, "/sitemap-") && !unchanged(w, r, s.etag(path)):
		s.sitemap(w, path)
	}
}

// unchanged answers 304 when the client has what there is.
func unchanged(w http.ResponseWriter, r *http.Request, etag string) bool {
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") != etag {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

func (s *bigSite) feed(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprint(w, `<rss version="2.0"><channel><title>Presse</title>`)
	last := s.pages.Load()
	for n := last; n > max(last-20, 0); n-- {
		fmt.Fprintf(w, "<item><title>%s</title><link>%s</link><pubDate>%s</pubDate></item>", s.title(n), s.url(n), s.day(n).Format(time.RFC1123Z))
	}
	fmt.Fprint(w, "</channel></rss>")
}

func (s *bigSite) sitemap(w http.ResponseWriter, path string) {
	i, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimPrefix(path, "/sitemap-"), ".xml"), 10, 64)
	w.Header().Set("Content-Type", "application/xml")
	fmt.Fprint(w, `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for n := i*perSitemap + 1; n <= min((i+1)*perSitemap, s.pages.Load()); n++ {
		fmt.Fprintf(w, "<url><loc>%s</loc></url>", s.url(n))
	}
	fmt.Fprint(w, "</urlset>")
}

// bareNATS is a NATS server on a data directory and nothing else, to compare with. What it prints says that all is recovered.
func bareNATS() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	debug.SetGCPercent(gcPercent)
	srv, err := natsServer(os.Args[1], func(o *server.Options) { o.SyncAlways = true })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("ready")
	<-ctx.Done()
	srv.Shutdown()
	srv.WaitForShutdown()
}
