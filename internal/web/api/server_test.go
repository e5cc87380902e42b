package api_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/mmcdole/gofeed"

	"github.com/kreispresse/kreispresse/internal/feedformat"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// site is a store that is served.
type site struct {
	*store
	url    string
	client *http.Client
	stop   func() // ends Run, and waits for it
}

func (s *store) serve(o api.Options) *site {
	s.Helper()
	if o.Heartbeat == 0 {
		o.Heartbeat = time.Hour // tests wait for events, not for the clock
	}
	server := api.New(s.reader, o)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	web := httptest.NewServer(server.Handler())
	x := &site{store: s, url: web.URL, client: &http.Client{Transport: &http.Transport{DisableCompression: true}}}
	stopped := false
	x.stop = func() {
		if !stopped {
			stopped = true
			cancel()
			if err := <-done; err != nil {
				s.Error(err)
			}
		}
	}
	s.Cleanup(func() {
		x.stop()
		x.client.CloseIdleConnections()
		web.Close()
	})
	return x
}

// ask sends a request with pairs of header and value.
func (x *site) ask(method, path string, header ...string) *http.Response {
	x.Helper()
	req, err := http.NewRequestWithContext(x.Context(), method, x.url+path, nil)
	if err != nil {
		x.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := x.client.Do(req)
	if err != nil {
		x.Fatal(err)
	}
	return resp
}

func (x *site) get(path string, header ...string) (*http.Response, []byte) {
	x.Helper()
	resp := x.ask(http.MethodGet, path, header...)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		x.Fatal(err)
	}
	return resp, body
}

// want asks and wants a status, and a part of the body.
func (x *site) want(path string, status int, part string, header ...string) *http.Response {
	x.Helper()
	resp, body := x.get(path, header...)
	if resp.StatusCode != status || !strings.Contains(string(body), part) {
		x.Errorf("%s: %d %.400s, want %d with %q", path, resp.StatusCode, body, status, part)
	}
	if typ := resp.Header.Get("Content-Type"); status >= 400 && status != http.StatusGone && typ != "application/problem+json" {
		x.Errorf("%s: a problem as %q", path, typ)
	}
	return resp
}

func TestRelease(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	first := x.release(musterau, 1, nil)
	x.release(musterau, 1, func(r *schemas.Release) { r.Title = "Meldung <eins>" })
	path := "/v1/releases/" + first.Subject
	resp, body := x.get(path)
	var ev struct {
		ID       string
		Revision int
		Sequence uint64
		Data     schemas.Release
	}
	if err := json.Unmarshal(body, &ev); err != nil || ev.ID != first.Subject+"/2" || ev.Sequence != 2 || ev.Data.Title != "Meldung <eins>" {
		t.Errorf("%+v, %v", ev, err)
	}
	tag := resp.Header.Get("ETag")
	if resp.Header.Get("Kreispresse-Revision") != "2" || tag == "" || resp.Header.Get("Last-Modified") == "" {
		t.Errorf("%v", resp.Header)
	}
	x.want(path, http.StatusNotModified, "", "If-None-Match", `"x", W/`+tag)
	x.want(path, http.StatusNotModified, "", "If-Modified-Since", resp.Header.Get("Last-Modified"))
	x.want(path, http.StatusOK, "Meldung", "If-None-Match", `"x"`, "If-Modified-Since", resp.Header.Get("Last-Modified"))
	x.want(path+"?revision=1", http.StatusOK, `"Meldung 1"`)
	x.want(path+"?revision=9", http.StatusNotFound, "there are 1 to 2")
	x.want(path+"?revision=0", http.StatusBadRequest, "is no number")
	x.want(path+"?revison=1", http.StatusBadRequest, `no parameter \"revison\"`)
	x.want(path+"/revisions", http.StatusOK, `"changes":[{"field":"title"`)
	x.want(path+"/diff", http.StatusOK, `{"op":"insert","text":"<eins>"}`)
	x.want(path+"/diff?from=2&to=1", http.StatusOK, `"from":2,"to":1`)
	x.want("/v1/releases/"+strings.Repeat("a", 26), http.StatusNotFound, "no release has this id")
	for _, bad := range []string{"x", "*", "%3E", "a.b", "..%2f..%2fetc%2fpasswd", strings.Repeat("A", 26)} {
		x.want("/v1/releases/"+bad, http.StatusBadRequest, "is no release id")
	}
	x.want("/v1/nothing", http.StatusNotFound, "openapi.yaml")

	gone := x.erase(x.release(musterau, 2, nil))
	x.want("/v1/releases/"+gone.Subject, http.StatusGone, "release.erased.v1")
	x.want("/v1/releases/"+gone.Subject+"?revision=1", http.StatusGone, "release.erased.v1")
	x.want("/v1/releases/"+gone.Subject+"/revisions", http.StatusGone, schemas.ErasedTitle)
	x.want("/v1/releases/"+gone.Subject+"/page", http.StatusGone, "it was erased")
	x.want("/v1/releases/"+gone.Subject+"/diff", http.StatusGone, "it was erased")
}

// TestEncodings: what is said is the same in every encoding, and what is kept of one is known again in the other.
func TestEncodings(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	ev := x.release(musterau, 1, func(r *schemas.Release) { r.Lead = strings.Repeat("Überschwemmung ", 300) })
	path := "/v1/releases/" + ev.Subject
	plainResp, plain := x.get(path)
	for accept, enc := range map[string]string{
		"gzip": "gzip", "gzip, zstd": "zstd", "br;q=1.0, gzip;q=0.5": "gzip", "zstd;q=0, gzip;q=0": "", "identity": "", "GZIP": "gzip", "gzip;q=x": "",
	} {
		resp, body := x.get(path, "Accept-Encoding", accept)
		if resp.Header.Get("Content-Encoding") != enc || !strings.Contains(resp.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: %v", accept, resp.Header)
			continue
		}
		var err error
		switch enc {
		case "gzip":
			z, e := gzip.NewReader(strings.NewReader(string(body)))
			if err = e; err == nil {
				body, err = io.ReadAll(z)
			}
		case "zstd":
			z, e := zstd.NewReader(nil)
			if err = e; err == nil {
				body, err = z.DecodeAll(body, nil)
				z.Close()
			}
		}
		if err != nil || string(body) != string(plain) {
			t.Errorf("%s: %v", accept, err)
		}
		x.want(path, http.StatusNotModified, "", "If-None-Match", resp.Header.Get("ETag"))
		x.want(path, http.StatusNotModified, "", "If-None-Match", plainResp.Header.Get("ETag"), "Accept-Encoding", accept)
	}
}

// TestPageSandbox: the page of a stranger can do nothing in a browser.
func TestPageSandbox(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	ev := x.release(musterau, 1, func(r *schemas.Release) { r.Title = "<script>alert(1)</script>" })
	resp := x.want("/v1/releases/"+ev.Subject+"/page?revision=1", http.StatusOK, "<script>alert(1)</script>")
	h := resp.Header
	policy := h.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "sandbox;") || strings.Contains(policy, "allow-scripts") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("%q", policy)
	}
	if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Type") != "text/html; charset=utf-8" || h.Get("Memento-Datetime") == "" ||
		h.Get("Link") != "<"+ev.Release.URL+`>; rel="original"` {
		t.Errorf("%v", h)
	}
}

func TestMethods(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	ev := x.release(musterau, 1, nil)
	path := "/v1/releases/" + ev.Subject
	head := x.ask(http.MethodHead, path)
	head.Body.Close()
	if head.StatusCode != http.StatusOK || head.ContentLength < 100 || head.Header.Get("ETag") == "" {
		t.Errorf("HEAD: %d %v", head.StatusCode, head.Header)
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "TRACE", "WAS"} {
		resp := x.ask(method, path)
		resp.Body.Close()
		if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "GET, HEAD, OPTIONS" {
			t.Errorf("%s: %d %v", method, resp.StatusCode, resp.Header)
		}
	}
	resp := x.ask(http.MethodOptions, path,
		"Origin", "https://zeitung.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "last-event-id")
	resp.Body.Close()
	if h := resp.Header; resp.StatusCode != http.StatusNoContent || h.Get("Access-Control-Allow-Origin") != "*" ||
		!strings.Contains(h.Get("Access-Control-Allow-Headers"), "Last-Event-ID") || h.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("%d %v", resp.StatusCode, resp.Header)
	}
	if got := x.want(path, http.StatusOK, "", "Origin", "https://zeitung.example").Header.Get("Access-Control-Allow-Origin"); got != "*" {
		t.Error(got)
	}
	for _, method := range []string{http.MethodHead} {
		for header, value := range map[string]string{"Accept": "text/event-stream", "X": ""} {
			resp := x.ask(method, "/v1/feed", header, value)
			resp.Body.Close()
			if resp.StatusCode != http.StatusOK || resp.Header.Get("Kreispresse-Last") != "1" {
				t.Errorf("%d %v", resp.StatusCode, resp.Header)
			}
		}
	}
}

func TestGuard(t *testing.T) {
	x := newStore(t).serve(api.Options{Guard: func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer richtig" {
				http.Error(w, "who are you?", http.StatusUnauthorized)
				return
			}
			h.ServeHTTP(w, r)
		})
	}})
	for _, path := range []string{"/v1/feed", "/v1/sources", "/v1/openapi.yaml", "/feeds/kreis-musterau.atom", "/v1/segments.json", "/v1/nothing"} {
		if resp, _ := x.get(path); resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
		if resp, _ := x.get(path, "Authorization", "Bearer falsch"); resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
	x.want("/v1/sources", http.StatusOK, "kreis-musterau", "Authorization", "Bearer richtig")
	resp := x.ask(http.MethodOptions, "/v1/feed")
	resp.Body.Close()
	if resp.StatusCode != http.StatusNoContent {
		t.Error(resp.StatusCode)
	}
}

func TestRateLimit(t *testing.T) {
	x := newStore(t).serve(api.Options{Limits: api.Limits{Rate: 1e-9, Burst: 3}})
	for range 3 {
		x.want("/v1/openapi.yaml", http.StatusOK, "openapi: 3.1")
	}
	if resp := x.want("/v1/openapi.yaml", http.StatusTooManyRequests, "more slowly"); resp.Header.Get("Retry-After") == "" {
		t.Error("it is not said when to come back")
	}
	x.want("/v1/openapi.yaml", http.StatusOK, "", "X-Forwarded-For", "198.51.100.7") // somebody else, behind a proxy on this machine
	x.want("/v1/openapi.yaml", http.StatusOK, "", "X-Forwarded-For", "2001:db8::1")
	x.want("/v1/openapi.yaml", http.StatusOK, "", "X-Forwarded-For", "2001:db8::2")
	x.want("/v1/openapi.yaml", http.StatusOK, "", "X-Forwarded-For", "198.51.100.7, 2001:db8::3")
	x.want("/v1/openapi.yaml", http.StatusTooManyRequests, "", "X-Forwarded-For", "2001:db8::4") // of one network
}

func TestHugeQueries(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	x.want("/v1/search?q="+strings.Repeat("a", 5000), http.StatusRequestURITooLong, "ask for less")
	x.want("/v1/search?q="+strings.Repeat("a", 600), http.StatusBadRequest, "longer than 500")
	x.want("/v1/search?q=a&q=b", http.StatusBadRequest, "more than once")
	x.want("/v1/search?q=%ff", http.StatusBadRequest, "no UTF-8")
	x.want("/v1/search?q=%zz", http.StatusBadRequest, "cannot be read")
	x.want("/v1/search?from=gestern", http.StatusBadRequest, "is no day")
	x.want("/v1/search?state=NRW", http.StatusBadRequest, "code of a Land")
	x.want("/v1/search?limit=100000", http.StatusBadRequest, "from 1 to 200")
	x.want("/v1/quotes?speaker=Voss", http.StatusServiceUnavailable, "no index")
}

// TestFeeds: what a feed reader sees of a source and a Land, and that it is told once.
func TestFeeds(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	x.release(musterau, 1, nil)
	x.release(anderau, 2, nil)
	x.release(musterau, 1, func(r *schemas.Release) { r.Title = "Meldung eins" })
	gone := x.withdraw(x.release(musterau, 3, nil), "404")
	x.release(musterau, 4, func(r *schemas.Release) {
		r.Dates = []schemas.Date{{Text: "Der", End: 3, Type: schemas.DateDate, Value: "2026-12-03", From: "2026-12-03", To: "2026-12-03"}}
	})
	resp, body := x.get("/feeds/kreis-musterau.atom")
	feed, err := gofeed.NewParser().ParseString(string(body))
	if err != nil || feed.Title != "Pressemitteilungen: Kreis Musterau" || len(feed.Items) != 2 ||
		feed.Items[0].Title != "Meldung 4" || feed.Items[1].Title != "Meldung eins" {
		t.Fatalf("%+v, %v", feed, err)
	}
	if feed.FeedLink != x.url+"/feeds/kreis-musterau.atom" || !strings.Contains(string(body), `<at:deleted-entry ref="`+feedformat.ID(gone.Subject)) {
		t.Errorf("%s", body)
	}
	tag, modified := resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	x.want("/feeds/kreis-musterau.atom", http.StatusNotModified, "", "If-None-Match", tag)
	x.want("/feeds/kreis-musterau.atom", http.StatusNotModified, "", "If-Modified-Since", modified)
	x.release(anderau, 5, nil)
	x.want("/feeds/kreis-musterau.atom", http.StatusNotModified, "", "If-None-Match", tag)
	x.want("/feeds/state/BY.json", http.StatusOK, `"Pressemitteilungen: Bayern"`)
	x.want("/feeds/state/by.atom", http.StatusOK, "Meldung 5")
	x.release(musterau, 1, func(r *schemas.Release) { r.Title = "Meldung 1, die zweite" })
	x.want("/feeds/kreis-musterau.atom", http.StatusOK, "die zweite", "If-None-Match", tag)
	x.want("/feeds/kreis-musterau.json", http.StatusOK, `"deleted":[{"id":"`+feedformat.ID(gone.Subject))
	if resp := x.want("/feeds/state/NW.ics", http.StatusOK, "DTSTART;VALUE=DATE:20261203"); resp.Header.Get("Content-Type") != feedformat.ICalType {
		t.Error(resp.Header)
	}
	x.want("/feeds/kreis-nirgendwo.atom", http.StatusNotFound, "no source kreis-nirgendwo")
	x.want("/feeds/kreis-musterau.rss", http.StatusNotFound, ".atom, .json or .ics")
	x.want("/feeds/kreis-musterau", http.StatusNotFound, ".atom, .json or .ics")
	x.want("/feeds/state/XX.atom", http.StatusBadRequest, "code of a Land")
	x.want("/feeds/*.atom", http.StatusBadRequest, "is no id")
	x.want("/feeds/search.atom?q=x", http.StatusServiceUnavailable, "no index")
	x.want("/feeds/search.atom", http.StatusBadRequest, "nothing to search for")
	gone = x.erase(x.release(musterau, 4, nil))
	_, body = x.get("/feeds/kreis-musterau.atom")
	if !strings.Contains(string(body), `ref="`+feedformat.ID(gone.Subject)) || strings.Contains(string(body), "Meldung 4") {
		t.Errorf("%s", body)
	}
}

// TestSegments: the files of the archive and nothing else.
func TestSegments(t *testing.T) {
	s := newStore(t)
	s.serve(api.Options{}).want("/v1/segments.json", http.StatusNotFound, "kreispresse archive")
	dir := t.TempDir()
	x := s.serve(api.Options{Segments: filepath.Join(dir, "segments")})
	x.want("/v1/segments.json", http.StatusNotFound, "kreispresse archive")
	content := strings.Repeat("0123456789", 10_000)
	for name, text := range map[string]string{
		"secret": "GEHEIM", "segments/segments.json": `{"format":"x"}`, "segments/segments/1-abc.ndjson.zst": content, "segments/receipts/abc.json": "{}",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, "secret"), filepath.Join(dir, "segments", "segments", "link")); err != nil {
		t.Fatal(err)
	}
	resp := x.want("/v1/segments.json", http.StatusOK, `{"format":"x"}`)
	x.want("/v1/segments.json", http.StatusNotModified, "", "If-None-Match", resp.Header.Get("ETag"))
	resp = x.want("/v1/segments/1-abc.ndjson.zst", http.StatusOK, content)
	if resp.Header.Get("Content-Type") != "application/zstd" {
		t.Error(resp.Header)
	}
	resp, body := x.get("/v1/segments/1-abc.ndjson.zst", "Range", "bytes=99990-")
	if resp.StatusCode != http.StatusPartialContent || string(body) != "0123456789" {
		t.Error(resp.StatusCode, string(body))
	}
	x.want("/v1/receipts/abc.json", http.StatusOK, "{}")
	for _, bad := range []string{"..%2f..%2fsecret", "%2e%2e", "link", "..", ".", "a%00b", "%2fetc%2fpasswd", "segments.json", strings.Repeat("a", 300)} {
		resp, body := x.get("/v1/segments/" + bad)
		if resp.StatusCode == http.StatusOK || strings.Contains(string(body), "GEHEIM") {
			t.Errorf("%s: %d %s", bad, resp.StatusCode, body)
		}
	}
}

func TestSourcesOverHTTP(t *testing.T) {
	x := newStore(t).serve(api.Options{})
	x.release(musterau, 1, nil)
	x.want("/v1/sources", http.StatusOK, `"counts":{"live":1,"withdrawn":0,"revisions":1}`)
	x.want("/v1/sources?state=by", http.StatusOK, `{"sources":[{"id":"kreis-anderau"`)
	x.want("/v1/sources?health=broken", http.StatusOK, `{"sources":[]}`)
	x.want("/v1/sources/kreis-musterau", http.StatusOK, `"runs":[]`)
	x.want("/v1/sources/kreis-nirgendwo", http.StatusNotFound, "no such source")
	x.want("/v1/sources/"+url.PathEscape("../../x"), http.StatusBadRequest, "")
}
