package crawler

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// one crawls a site with a single release answered by h and returns the summary and what was archived.
func one(t *testing.T, h http.HandlerFunc, change func(*source.Source)) (sum Summary, m *memory) {
	t.Helper()
	m = newMemory()
	inTime(t, func(t *testing.T, s *site) {
		s.list("/presse/", "", "/presse/m/1.php")
		s.on("/presse/m/1.php", h)
		sum = crawlBy(t, m, s.source(t, change), Config{Dial: s.dial}, Options{})
	})
	return sum, m
}

func gzipped(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

// endless sends chunk again and again until the client leaves or n chunks are sent.
func endless(n int, chunk []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for range n {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

func TestCrawlOfHostileBodies(t *testing.T) {
	small := func(src *source.Source) { src.Limits.BodyBytes = 64 << 10 }
	quick := func(src *source.Source) { src.Limits.Timeout = time.Second }
	bomb := gzipped(make([]byte, 20<<20))
	for name, c := range map[string]struct {
		answer  http.HandlerFunc
		change  func(*source.Source)
		outcome Outcome
		kind    schemas.Kind
	}{
		"50 MB": {endless(50, bytes.Repeat([]byte("<p>x</p>"), 1<<17)), nil, OutcomeTooLarge, schemas.KindTooLarge},
		"50 MB announced": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Length", fmt.Sprint(50<<20))
			_, _ = w.Write([]byte("<html>"))
		}, nil, OutcomeTooLarge, schemas.KindTooLarge},
		"endless": {endless(1<<30, bytes.Repeat([]byte("x"), 4096)), small, OutcomeTooLarge, schemas.KindTooLarge},
		"gzip bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		}, small, OutcomeTooLarge, schemas.KindTooLarge},
		"drip": {func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			for {
				_, _ = w.Write([]byte("<"))
				_ = http.NewResponseController(w).Flush()
				select {
				case <-req.Context().Done():
					return
				case <-time.After(time.Millisecond):
				}
			}
		}, quick, OutcomeFailed, schemas.KindUnavailable},
		"hang": {func(_ http.ResponseWriter, req *http.Request) { <-req.Context().Done() }, quick, OutcomeFailed, schemas.KindUnavailable},
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write([]byte("<html><h1>Halbe Meldung"))
		}, nil, OutcomeFailed, schemas.KindUnavailable},
		"cut-off gzip": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "gzip")
			z := gzipped([]byte(strings.Repeat(release("x"), 50)))
			_, _ = w.Write(z[:len(z)-9])
		}, nil, OutcomeFailed, schemas.KindUnavailable},
		"no gzip after all": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write([]byte(release("x")))
		}, nil, OutcomeFailed, schemas.KindUnavailable},
		"unasked encoding": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "br")
			_, _ = w.Write([]byte("?"))
		}, nil, OutcomeNotHTML, schemas.KindNotHTML},
		"PDF":                 {content("application/pdf", "%PDF-1.7"), nil, OutcomeNotHTML, schemas.KindNotHTML},
		"PDF said to be HTML": {content("text/html", "%PDF-1.7 …"), nil, OutcomeNotHTML, schemas.KindNotHTML},
		"image, no type": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = w.Write([]byte("\x89PNG\r\n\x1a\n"))
		}, nil, OutcomeNotHTML, schemas.KindNotHTML},
		"JSON":          {content("application/json", "{}"), nil, OutcomeNotHTML, schemas.KindNotHTML},
		"empty":         {content("text/html", ""), nil, OutcomeFailed, schemas.KindEmpty},
		"blank":         {content("text/html", " \n\t "), nil, OutcomeFailed, schemas.KindEmpty},
		"self redirect": {redirect("/presse/m/1.php"), nil, OutcomeFailed, schemas.KindUnavailable},
		"bad redirect":  {redirect("http://[::1"), nil, OutcomeFailed, schemas.KindUnavailable},
		"file redirect": {redirect("file:///etc/passwd"), nil, OutcomeFailed, schemas.KindUnavailable},
		"500":           {status(500), nil, OutcomeFailed, schemas.KindUnavailable},
		"403":           {status(403), nil, OutcomeFailed, schemas.KindUnavailable},
		"304 unasked":   {status(304), nil, OutcomeFailed, schemas.KindUnavailable},
		"204":           {status(204), nil, OutcomeFailed, schemas.KindUnavailable},
		"challenge": {
			content("text/html", "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"),
			nil, OutcomeFailed, schemas.KindUnavailable,
		},
		"challenge mark": {
			content("text/html", `<html><head><title>kreis-muster.de</title><script src="/_Incapsula_Resource?x"></script></head></html>`),
			nil, OutcomeFailed, schemas.KindUnavailable,
		},
		"huge header": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Padding", strings.Repeat("x", 1<<20))
			content("text/html", release("x"))(w, nil)
		}, nil, OutcomeFailed, schemas.KindUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sum, m := one(t, c.answer, c.change)
			wantCounts(t, sum, map[Outcome]int{c.outcome: 1})
			if len(sum.Errors) != 1 || sum.Errors[0].Kind != c.kind || strings.Contains(sum.Errors[0].Error, "\n") {
				t.Errorf("errors %+v", sum.Errors)
			}
			if len(m.log) != 0 {
				t.Errorf("stored: %v", m.log)
			}
			if !sum.Failed() {
				t.Error("a source of which every page fails did not fail")
			}
		})
	}
}

func TestCrawlKeepsRawBytes(t *testing.T) {
	latin1 := []byte("<html><meta charset=iso-8859-1><h1>B\xfcrger f\xfcr D\xfcren</h1>")
	for name, h := range map[string]http.HandlerFunc{
		"no charset":      content("text/html", string(latin1)),
		"right charset":   content("text/html; charset=ISO-8859-1", string(latin1)),
		"wrong charset":   content("text/html; charset=utf-8", string(latin1)),
		"unknown charset": content("text/html; charset=kauderwelsch", string(latin1)),
		"broken type":     content("text/html; charset", string(latin1)),
		"gzip": func(w http.ResponseWriter, req *http.Request) {
			if req.Header.Get("Accept-Encoding") != "gzip" {
				t.Errorf("Accept-Encoding %q", req.Header.Get("Accept-Encoding"))
			}
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "GZIP")
			_, _ = w.Write(gzipped(latin1))
		},
	} {
		sum, m := one(t, h, nil)
		if sum.Counts[OutcomeNew] != 1 {
			t.Errorf("%s: %v %+v", name, sum.Counts, sum.Errors)
			continue
		}
		if got := m.snapshots[0]; !bytes.Equal(got.Body, latin1) {
			t.Errorf("%s: archived %q", name, got.Body)
		}
	}
	_, m := one(t, content("text/html; charset=ISO-8859-1", string(latin1)), nil)
	if got := m.snapshots[0].ContentType; got != "text/html; charset=ISO-8859-1" {
		t.Errorf("content type %q", got)
	}
}

func TestCrawlStopsAtOnce(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(5)
	ctx, cancel := context.WithCancel(t.Context())
	s.on(paths[2], func(_ http.ResponseWriter, req *http.Request) {
		cancel() // Ctrl-C while a server hangs
		<-req.Context().Done()
	})
	src := s.source(t, func(src *source.Source) { src.Limits.Timeout = time.Minute })
	sum, err := New(m, m, Config{}).Crawl(ctx, src, Options{})
	if err != nil || !sum.Interrupted || sum.Failed() {
		t.Fatalf("%v, %+v", err, sum)
	}
	if len(m.snapshots) != 2 || len(m.states) != 2 {
		t.Errorf("%d snapshots, %d states: what was fetched was lost", len(m.snapshots), len(m.states))
	}
	s.html(paths[2], release("Meldung 3"))
	wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeNew: 3, OutcomeUnchanged: 2})
}

func TestCrawlStopsWhileItWaitsItsTurn(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.releases(2)
	src := s.source(t, func(src *source.Source) { src.Pace = time.Hour })
	ctx, cancel := context.WithCancel(t.Context())
	s.on("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(404)
		cancel()
	})
	if sum, err := New(m, m, Config{}).Crawl(ctx, src, Options{}); err != nil || !sum.Interrupted {
		t.Fatalf("%v, %+v", err, sum)
	}
}
