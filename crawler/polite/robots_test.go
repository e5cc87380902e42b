package polite

import (
	"errors"
	"net/http"
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
		"binary":                {"\x00\x01\x02\xff", "/x", true},
	} {
		t.Run(name, func(t *testing.T) {
			rec := newRecorder(0)
			rec.answer = robotsAnswer(200, c.robots)
			_, err := robots(rec, NewHosts()).RoundTrip(request(t, t.Context(), "https://a.example"+c.path))
			if (err == nil) != c.allowed {
				t.Errorf("err = %v", err)
			}
			if err != nil && (schemas.KindOf(err) != schemas.KindPolicy || !errors.Is(err, ErrRobots)) {
				t.Errorf("err = %#v", err)
			}
		})
	}
}

func TestRobotsByStatus(t *testing.T) {
	for code, allowed := range map[int]bool{401: true, 403: true, 404: true, 410: true, 429: false, 500: false, 502: false, 503: false} {
		rec := newRecorder(0)
		rec.answer = robotsAnswer(code, "")
		_, err := robots(rec, NewHosts()).RoundTrip(request(t, t.Context(), "https://a.example/x"))
		if (err == nil) != allowed {
			t.Errorf("%d: %v", code, err)
		}
	}
	rec := newRecorder(0)
	rec.answer = func(int, *http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }
	if _, err := robots(rec, NewHosts()).RoundTrip(request(t, t.Context(), "https://a.example/x")); schemas.KindOf(err) != schemas.KindPolicy || !strings.Contains(err.Error(), "connection refused") {
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
			rt := robots(rec, NewHosts())
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
		_, err := robots(rec, NewHosts()).RoundTrip(request(t, t.Context(), "https://a.example/x"))
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
	} {
		if got := crawlDelay(text); got != want {
			t.Errorf("crawlDelay(%q) = %v, want %v", text, got, want)
		}
	}
}
