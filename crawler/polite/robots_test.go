package polite

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// robotsAnswer serves robots.txt as limit would hand it up, and 200 for everything else.
func robotsAnswer(code int, text string) func(int, *http.Request) (*http.Response, error) {
	return func(_ int, req *http.Request) (*http.Response, error) {
		if req.URL.Path != "/robots.txt" {
			return response(200, nil), nil
		}
		if x := ExchangeOf(req); code == 200 {
			x.Body = []byte(text)
		}
		return response(code, nil), nil
	}
}

func TestRobotsRules(t *testing.T) {
	for name, c := range map[string]struct {
		robots, path string
		allowed      bool
	}{
		"empty":                 {"", "/presse/1.php", true},
		"disallowed":            {"User-agent: *\nDisallow: /intern/", "/intern/x", false},
		"other path":            {"User-agent: *\nDisallow: /intern/", "/presse/x", true},
		"longest match wins":    {"User-agent: *\nDisallow: /presse/\nAllow: /presse/m/", "/presse/m/1", true},
		"our group":             {"User-agent: kreispresse\nDisallow: /\n\nUser-agent: *\nAllow: /", "/x", false},
		"our group, other case": {"User-agent: KreisPresse\nDisallow: /\n\nUser-agent: *\nAllow: /", "/x", false},
		"our group lifts":       {"User-agent: *\nDisallow: /\n\nUser-agent: kreispresse\nDisallow:\n", "/x", true},
		"others' group":         {"User-agent: GPTBot\nDisallow: /", "/x", true},
		"wildcard and end":      {"User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false},
		"query":                 {"User-agent: *\nDisallow: /*?druck=", "/a?druck=1", false},
		"umlaut raw":            {"User-agent: *\nDisallow: /presse/märz", "/presse/m%C3%A4rz/1", false},
		"umlaut lower":          {"User-agent: *\nDisallow: /presse/m%c3%a4rz", "/presse/m%C3%A4rz/1", false},
		"umlaut upper":          {"User-agent: *\nDisallow: /presse/m%C3%A4rz", "/presse/m%c3%a4rz/1", false},
		"umlaut raw to raw":     {"User-agent: *\nDisallow: /presse/märz", "/presse/märz/1", false},
		"umlaut latin-1":        {"User-agent: *\nDisallow: /presse/m\xe4rz", "/presse/m%C3%A4rz/1", false},
		"escaped unreserved":    {"User-agent: *\nDisallow: /%70resse/", "/presse/1", false},
		"escaped in the URL":    {"User-agent: *\nDisallow: /presse/", "/%70resse/1", false},
		"escaped slash differs": {"User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
		"byte order mark":       {"\ufeffUser-agent: *\nDisallow: /x", "/x", false},
		"Windows lines":         {"User-agent: *\r\nDisallow: /x\r\n", "/x", false},
		"HTML instead":          {"<html><body>Disallow: /</body></html>", "/x", true},
		"BOM and Latin-1":       {"\xef\xbb\xbfUser-agent: *\nDisallow: /presse/m\xe4rz\nDisallow: /x", "/x", false},
		"BOM and Latin-1 path":  {"\xef\xbb\xbfUser-agent: *\nDisallow: /presse/m\xe4rz", "/presse/m%C3%A4rz/1", false},
		"BOM twice":             {"\ufeff\ufeffUser-agent: *\nDisallow: /x", "/x", false},
		"BOM in the middle":     {"User-agent: Bot\nDisallow: /b\n\ufeffUser-agent: *\nDisallow: /x", "/x", false},
		"UTF-16 LE":             {"\xff\xfe" + wide("User-agent: *\nDisallow: /x", 0), "/x", false},
		"UTF-16 BE":             {"\xfe\xff" + wide("User-agent: *\nDisallow: /x", 1), "/x", false},
		"UTF-16 LE, no BOM":     {wide("User-agent: *\nDisallow: /x\n", 0), "/x", false},
		"UTF-16 BE, no BOM":     {wide("User-agent: *\nDisallow: /x\n", 1), "/x", false},
		"UTF-16, other path":    {wide("User-agent: *\nDisallow: /x\n", 0), "/y", true},
		"undeclared gzip":       {packed("\ufeffUser-agent: *\nDisallow: /x\n"), "/x", false},
		"gzip, other path":      {packed("User-agent: *\nDisallow: /x\n"), "/y", true},
		"NUL between letters":   {"User-agent: *\nDis\x00allow: /x\x00\n", "/x", false},
		"NUL at the end":        {"User-agent: *\nDisallow: /x\n\x00\x00\x1a", "/x", false},
		"blanks of other kinds": {"User-agent:\u00a0*\u2028Disallow:\u00a0/x", "/x", false},
		"HTML with rules":       {"<!DOCTYPE html><html><body><pre>User-agent: *<br>Disallow: /x</pre></body></html>", "/x", false},
		"HTML around rules":     {"<!-- cache -->\nUser-agent: *\nDisallow: /x\n", "/x", false},
		"HTML, rules elsewhere": {"<html><p>User-agent: *</p>\n<p>Disallow: /x</p></html>", "/y", true},
	} {
		t.Run(name, func(t *testing.T) {
			rec := newRecorder(0)
			rec.answer = robotsAnswer(200, c.robots)
			_, err := robots(rec, newSession(newHosts(), time.Minute), &Traffic{}).RoundTrip(request(t, t.Context(), "https://a.example"+c.path))
			if (err == nil) != c.allowed {
				t.Errorf("err = %v", err)
			}
			if err != nil && (schemas.KindOf(err) != schemas.KindPolicy || !errors.Is(err, ErrRobots)) {
				t.Errorf("err = %#v", err)
			}
		})
	}
}

// wide is text as UTF-16, of characters below 256; zero at says where in each pair the zero stands.
func wide(s string, zero int) string {
	var b strings.Builder
	for i := range len(s) {
		if zero == 1 {
			b.WriteByte(0)
		}
		b.WriteByte(s[i])
		if zero == 0 {
			b.WriteByte(0)
		}
	}
	return b.String()
}

func packed(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

// What cannot be understood forbids everything for a while, and says so.
func TestRobotsThatCannotBeReadFailsClosed(t *testing.T) {
	whole := packed("User-agent: *\nDisallow: /intern/\n")
	for name, body := range map[string]string{
		"binary": "\x00\x01\x02\xff", "cut-off gzip": whole[:len(whole)-12], "image": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x02\x03\x04\x05\x06",
	} {
		rec, notes := newRecorder(0), &Traffic{}
		rec.answer = robotsAnswer(200, body)
		hosts := newSession(newHosts(), time.Minute)
		for range 2 {
			_, err := robots(rec, hosts, notes).RoundTrip(request(t, t.Context(), "https://a.example/x"))
			if schemas.KindOf(err) != schemas.KindPolicy || errors.Is(err, ErrRobots) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if len(notes.Notes()) != 1 || len(rec.starts) != 1 {
			t.Errorf("%s: notes %q, %d requests", name, notes.Notes(), len(rec.starts))
		}
	}
}

func TestRobotsThatIsHTMLIsNotedOnce(t *testing.T) {
	rec, notes := newRecorder(0), &Traffic{}
	rec.answer = robotsAnswer(200, "\n <html><title>Seite nicht gefunden</title></html>")
	rt := robots(rec, newSession(newHosts(), time.Minute), notes)
	for range 3 {
		if _, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/x")); err != nil {
			t.Fatal(err)
		}
	}
	if n := notes.Notes(); len(n) != 1 || !strings.Contains(n[0], "HTML") {
		t.Errorf("notes %q", n)
	}
}

func TestRobotsIsAskedConditionally(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(0)
		var asked []string
		rec.answer = func(_ int, req *http.Request) (*http.Response, error) {
			if req.URL.Path != "/robots.txt" {
				return response(200, nil), nil
			}
			asked = append(asked, req.Header.Get("If-None-Match"))
			if req.Header.Get("If-None-Match") != "" {
				return response(304, nil), nil
			}
			ExchangeOf(req).Body = []byte("User-agent: *\nDisallow: /x")
			return response(200, map[string]string{"ETag": `"a"`}), nil
		}
		rt := robots(rec, newSession(newHosts(), time.Minute), &Traffic{})
		for range 3 {
			if _, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/x")); !errors.Is(err, ErrRobots) {
				t.Errorf("err = %v", err)
			}
			time.Sleep(robotsTTL + time.Second)
		}
		if want := []string{"", `"a"`, `"a"`}; !slices.Equal(asked, want) {
			t.Errorf("validators %q", asked)
		}
	})
}

func TestRobotsByStatus(t *testing.T) {
	for code, allowed := range map[int]bool{401: true, 403: true, 404: true, 410: true, 429: false, 500: false, 502: false, 503: false} {
		rec := newRecorder(0)
		rec.answer = robotsAnswer(code, "")
		_, err := robots(rec, newSession(newHosts(), time.Minute), &Traffic{}).RoundTrip(request(t, t.Context(), "https://a.example/x"))
		if (err == nil) != allowed {
			t.Errorf("%d: %v", code, err)
		}
	}
	rec := newRecorder(0)
	rec.answer = func(int, *http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }
	if _, err := robots(rec, newSession(newHosts(), time.Minute), &Traffic{}).RoundTrip(request(t, t.Context(),
		"https://a.example/x")); schemas.KindOf(err) != schemas.KindPolicy || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("unreachable: %v", err)
	}
}

func TestRobotsIsCachedAndExpires(t *testing.T) {
	for code, ttl := range map[int]time.Duration{200: robotsTTL, 404: robotsTTL, 503: robotsRetryTTL} {
		synctest.Test(t, func(t *testing.T) {
			rec, asked := newRecorder(0), 0
			rec.answer = func(n int, req *http.Request) (*http.Response, error) {
				if req.URL.Path == "/robots.txt" {
					asked++
				}
				return robotsAnswer(code, "User-agent: *\nDisallow: /intern/")(n, req)
			}
			rt := robots(rec, newSession(newHosts(), time.Minute), &Traffic{})
			get := func() { _, _ = rt.RoundTrip(request(t, t.Context(), "https://a.example/x")) }
			get()
			get()
			time.Sleep(ttl - time.Second)
			get()
			if asked != 1 {
				t.Errorf("%d: asked %d times within its time", code, asked)
			}
			time.Sleep(2 * time.Second)
			get()
			if asked != 2 {
				t.Errorf("%d: asked %d times after its time", code, asked)
			}
		})
	}
}

func TestRobotsRedirects(t *testing.T) {
	hop := func(to string) *http.Response { return response(301, map[string]string{"Location": to}) }
	for name, c := range map[string]struct {
		answers map[string]func(*Exchange) *http.Response
		allowed bool
	}{
		"followed": {map[string]func(*Exchange) *http.Response{
			"https://a.example/robots.txt": func(*Exchange) *http.Response { return hop("https://www.a.example/robots.txt") },
			"https://www.a.example/robots.txt": func(x *Exchange) *http.Response {
				x.Body = []byte("User-agent: *\nDisallow: /")
				return response(200, nil)
			},
		}, false},
		"loop": {map[string]func(*Exchange) *http.Response{
			"https://a.example/robots.txt": func(*Exchange) *http.Response { return hop("/robots.txt") },
		}, true},
	} {
		rec := newRecorder(0)
		rec.answer = func(_ int, req *http.Request) (*http.Response, error) {
			if f := c.answers[req.URL.String()]; f != nil {
				resp := f(ExchangeOf(req))
				resp.Request = req
				return resp, nil
			}
			return response(200, nil), nil
		}
		_, err := robots(rec, newSession(newHosts(), time.Minute), &Traffic{}).RoundTrip(request(t, t.Context(), "https://a.example/x"))
		if (err == nil) != c.allowed || len(rec.starts) > robotsRedirects+2 {
			t.Errorf("%s: %v after %d requests", name, err, len(rec.starts))
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"":                                0,
		"User-agent: *\nCrawl-delay: 10":  10 * time.Second,
		"User-agent: *\ncrawl-delay: 0.5": 500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 10\n\nUser-agent: kreispresse\nCrawl-delay: 3":     3 * time.Second,
		"User-agent: kreispresse\nDisallow: /a\n\nUser-agent: *\nCrawl-delay: 10":       0,
		"User-agent: GPTBot\nUser-agent: kreispresse/1.0\nCrawl-delay: 4":               4 * time.Second,
		"User-agent: GPTBot\nCrawl-delay: 4":                                            0,
		"User-agent: *\nDisallow: /a\nCrawl-delay: 5\nUser-agent: Bing\nCrawl-delay: 9": 5 * time.Second,
		"User-agent: *\nCrawl-delay: 86400":                                             maxCrawlDelay,
		"User-agent: *\nCrawl-delay: 1e300":                                             maxCrawlDelay,
		"User-agent: *\nCrawl-delay: NaN":                                               0,
		"User-agent: *\nCrawl-delay: -4":                                                0,
		"User-agent: *\nCrawl-delay: viel":                                              0,
		"User-agent: *\nCrawl-delay: 1,5":                                               1500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 4s":                                                4 * time.Second,
		"User-agent: *\nCrawl-delay: 250 ms":                                            250 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 1 min":                                             time.Minute,
		"User-agent: *\nCrawl-delay: .5 # Sekunden":                                     500 * time.Millisecond,
		"Crawl-delay: 3\nUser-agent: *\nDisallow: /a":                                   3 * time.Second,
		"Crawl-delay: 3\n\nUser-agent: kreispresse\nDisallow: /a":                       3 * time.Second,
		"Crawl-delay: 3\n\nUser-agent: GPTBot\nCrawl-delay: 9":                          3 * time.Second,
		"User-agent: *\nRequest-rate: 1/5":                                              5 * time.Second,
		"User-agent: *\nRequest-rate: 30/1m 0800-1800":                                  2 * time.Second,
	} {
		if got := crawlDelay(text); got != want {
			t.Errorf("crawlDelay(%q) = %v, want %v", text, got, want)
		}
	}
}
