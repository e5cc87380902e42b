package access

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), FileName))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// serve starts a server whose pages say who asks; /act is for operators. change may alter the options.
func serve(t *testing.T, s *Store, change func(*Options)) (*httptest.Server, *Guard) {
	t.Helper()
	srv := httptest.NewUnstartedServer(nil)
	o := Options{Store: s, Address: srv.Listener.Addr()}
	if change != nil {
		change(&o)
	}
	g, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	say := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := From(r.Context())
		w.Write([]byte(id.Name + " " + id.Role.String()))
	})
	mux := http.NewServeMux()
	mux.Handle("/", say)
	mux.Handle("/read", Require(Viewer, nil)(say))
	mux.Handle("/act", Require(Operator, nil)(say))
	mux.HandleFunc("GET "+LoginPath, func(w http.ResponseWriter, r *http.Request) {
		if err := g.Redeem(w, r.FormValue("once")); err != nil {
			Refuse(w, r, http.StatusUnauthorized, err)
			return
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})
	srv.Config.Handler = g.Protect(mux)
	srv.Start()
	t.Cleanup(srv.Close)
	return srv, g
}

// ask sends a request with headers in pairs and gives status and body.
func ask(t *testing.T, c *http.Client, method, url string, headers ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		if r.Header.Set(headers[i], headers[i+1]); headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func TestOneTimeAddress(t *testing.T) {
	s := open(t)
	srv, _ := serve(t, s, nil)
	address, err := s.Once(srv.URL, Operator)
	if err != nil {
		t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar}
	if code, body := ask(t, c, "GET", address); code != 200 || body != "local operator" {
		t.Fatalf("first visit: %d %s", code, body)
	}
	if code, body := ask(t, c, "GET", srv.URL+"/act"); code != 200 || body != "local operator" {
		t.Errorf("with the cookie: %d %s", code, body)
	}
	if code, body := ask(t, http.DefaultClient, "GET", address); code != 401 || !strings.Contains(body, "used before") || !strings.Contains(body, "access url") {
		t.Errorf("second visit: %d %s", code, body)
	}
	u, _ := url.Parse(srv.URL)
	for _, k := range jar.Cookies(u) {
		k.Value = strings.Replace(k.Value, k.Value[:4], "eyJu", 1) + "A"
		if code, _ := ask(t, http.DefaultClient, "GET", srv.URL+"/read", "Cookie", k.Name+"="+k.Value); code != 401 {
			t.Errorf("a forged cookie lets in: %d", code)
		}
	}
}

func TestOneTimeAddressEnds(t *testing.T) {
	s := open(t)
	srv, _ := serve(t, s, nil)
	address, err := s.Once(srv.URL, Viewer)
	if err != nil {
		t.Fatal(err)
	}
	s.now = func() time.Time { return time.Now().Add(onceLasts + time.Minute) }
	if code, _ := ask(t, http.DefaultClient, "GET", address); code != 401 {
		t.Errorf("after an hour: %d", code)
	}
}

func TestCookie(t *testing.T) {
	s := open(t)
	secret, err := s.Add("a", Viewer)
	if err != nil {
		t.Fatal(err)
	}
	for _, secure := range []bool{false, true} {
		g, err := New(Options{Store: s, Address: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 81}, TLS: secure})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		if err := g.Login(w, " "+secret+"\n"); err != nil {
			t.Fatal(err)
		}
		k := w.Result().Cookies()[0]
		if !k.HttpOnly || k.SameSite != http.SameSiteStrictMode || k.Secure != secure || k.Name != "kreispresse-81" || k.Path != "/" {
			t.Errorf("tls %v: %+v", secure, k)
		}
		if strings.Contains(k.Value, secret) {
			t.Error("the cookie carries the token")
		}
	}
}

func TestTokens(t *testing.T) {
	s := open(t)
	viewer, err := s.Add("Redaktion", Viewer)
	if err != nil {
		t.Fatal(err)
	}
	operator, err := s.Add("erika", Operator)
	if err != nil {
		t.Fatal(err)
	}
	srv, g := serve(t, s, nil)
	for _, x := range []struct {
		path, token string
		want        int
	}{
		{"/read", viewer, 200},
		{"/act", viewer, 403},
		{"/act", operator, 200},
		{"/read", "kp_wrong", 401},
		{"/read", viewer[:len(viewer)-1], 401},
		{"/read", "", 401},
		{"/", "", 200},
	} {
		if code, body := ask(t, http.DefaultClient, "GET", srv.URL+x.path, "Authorization", "bearer "+x.token); code != x.want {
			t.Errorf("%s with %q: %d %s, want %d", x.path, x.token, code, body, x.want)
		}
	}
	b, err := os.ReadFile(s.path)
	if err != nil || strings.Contains(string(b), viewer) || strings.Contains(string(b), viewer[3:]) {
		t.Errorf("the file has the secret (%v)", err)
	}
	if info, err := os.Stat(s.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}

	// A session that a token began ends with it, also when another process took it back.
	w := httptest.NewRecorder()
	if err := g.Login(w, viewer); err != nil {
		t.Fatal(err)
	}
	cookie := w.Result().Cookies()[0]
	if code, body := ask(t, http.DefaultClient, "GET", srv.URL+"/read", "Cookie", cookie.Name+"="+cookie.Value); code != 200 || body != "Redaktion viewer" {
		t.Errorf("with a cookie: %d %s", code, body)
	}
	other, err := Open(s.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Revoke("Redaktion"); err != nil {
		t.Fatal(err)
	}
	for _, h := range [][2]string{{"Cookie", cookie.Name + "=" + cookie.Value}, {"Authorization", "Bearer " + viewer}} {
		if code, _ := ask(t, http.DefaultClient, "GET", srv.URL+"/read", h[0], h[1]); code != 401 {
			t.Errorf("after it was taken back, by %s: %d", h[0], code)
		}
	}
	if _, err := other.Add("Redaktion", Operator); err != nil {
		t.Fatal(err)
	}
	if code, _ := ask(t, http.DefaultClient, "GET", srv.URL+"/read", "Cookie", cookie.Name+"="+cookie.Value); code != 401 {
		t.Errorf("the cookie of the old token takes the new one's place: %d", code)
	}
}

func TestStoreFaults(t *testing.T) {
	s := open(t)
	for _, name := range []string{"", " a", "a\nb", strings.Repeat("a", 65), "<b>"} {
		if _, err := s.Add(name, Viewer); schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("name %q: %v", name, err)
		}
	}
	if _, err := s.Add("a", Viewer); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add("a", Viewer); schemas.KindOf(err) != schemas.KindConflict {
		t.Errorf("twice: %v", err)
	}
	if err := s.Revoke("b"); schemas.KindOf(err) != schemas.KindNotFound {
		t.Errorf("revoke nobody: %v", err)
	}
	if err := os.Chmod(s.path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(s.path); schemas.KindOf(err) != schemas.KindStorage || !strings.Contains(err.Error(), "others may read it") {
		t.Errorf("a file for everybody: %v", err)
	}
	for _, bad := range []string{"", "{", `{"key":"AAAA"}`, `{"tokens":[]}`} {
		path := filepath.Join(t.TempDir(), FileName)
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); schemas.KindOf(err) != schemas.KindStorage || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestOtherSites causes what pages elsewhere try: a POST from another site, and a name of theirs that leads here.
func TestOtherSites(t *testing.T) {
	s := open(t)
	secret, err := s.Add("erika", Operator)
	if err != nil {
		t.Fatal(err)
	}
	srv, _ := serve(t, s, nil)
	for _, x := range []struct {
		method, header, value string
		want                  int
	}{
		{"POST", "Sec-Fetch-Site", "cross-site", 403},
		{"POST", "Sec-Fetch-Site", "same-site", 403},
		{"POST", "Origin", "https://evil.example", 403},
		{"POST", "Sec-Fetch-Site", "same-origin", 200},
		{"POST", "Origin", srv.URL, 200},
		{"POST", "Accept", "*/*", 200}, // a program
		{"GET", "Sec-Fetch-Site", "cross-site", 200},
		{"GET", "Host", "evil.example", 421},
		{"GET", "Host", "127.0.0.1.evil.example:80", 421},
		{"GET", "Host", "localhost:1234", 200},
		{"GET", "Host", "[::1]:1234", 200},
	} {
		if code, body := ask(t, http.DefaultClient, x.method, srv.URL+"/act", "Authorization", "Bearer "+secret, x.header, x.value); code != x.want {
			t.Errorf("%s with %s: %s is %d %s, want %d", x.method, x.header, x.value, code, body, x.want)
		}
	}
}

func TestProxy(t *testing.T) {
	s := open(t)
	trust := func(prefix string) func(*Options) {
		return func(o *Options) {
			o.Proxies, o.Operators = []netip.Prefix{netip.MustParsePrefix(prefix)}, []string{"erika@example.org"}
		}
	}
	srv, _ := serve(t, s, trust("127.0.0.1/32"))
	for name, want := range map[string]string{"erika@example.org": "erika@example.org operator", "max@example.org": "max@example.org viewer", "": " nobody"} {
		if _, body := ask(t, http.DefaultClient, "GET", srv.URL, ProxyHeader, name, "Host", "press.example.org"); body != want {
			t.Errorf("%q is %q, want %q", name, body, want)
		}
	}
	srv, _ = serve(t, s, trust("192.0.2.0/24"))
	if _, body := ask(t, http.DefaultClient, "GET", srv.URL, ProxyHeader, "erika@example.org"); body != " nobody" {
		t.Errorf("from somebody who is no proxy: %q", body)
	}
	srv, _ = serve(t, s, func(o *Options) {
		trust("192.0.2.0/24")(o)
		o.Address = &net.TCPAddr{IP: net.IPv4zero, Port: 80}
	})
	if code, body := ask(t, http.DefaultClient, "GET", srv.URL); code != 421 || !strings.Contains(body, "past the proxy") {
		t.Errorf("past the proxy: %d %s", code, body)
	}
}

// TestReadingByProxy: a proxy on this machine brings in strangers; they read no more than by a proxy elsewhere. Others on this machine do.
func TestReadingByProxy(t *testing.T) {
	s := open(t)
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "the feed") })
	for prefix, want := range map[string]int{"127.0.0.1/32": http.StatusUnauthorized, "192.0.2.0/24": http.StatusOK} {
		srv, g := serve(t, s, func(o *Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix(prefix)} })
		srv.Config.Handler = g.Protect(g.Reading(nil)(page))
		if code, body := ask(t, http.DefaultClient, "GET", srv.URL); code != want {
			t.Errorf("a stranger by way of %s: %d %s, want %d", prefix, code, body, want)
		}
		if code, body := ask(t, http.DefaultClient, "GET", srv.URL, ProxyHeader, "max@example.org"); code != http.StatusOK || body != "the feed" {
			t.Errorf("somebody by way of %s: %d %s", prefix, code, body)
		}
	}
}

// TestChangesTogether: processes that change the file at one time take nothing from each other, and bring nothing back.
func TestChangesTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	const processes, each = 8, 5
	var wg sync.WaitGroup
	for i := range processes {
		wg.Go(func() {
			s, err := Open(path)
			if err != nil {
				t.Error(err)
				return
			}
			for k := range each {
				name := fmt.Sprintf("%d-%d", i, k)
				if _, err := s.Add(name, Viewer); err != nil {
					t.Error(err)
				}
				if k > 0 {
					if err := s.Revoke(fmt.Sprintf("%d-%d", i, k-1)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := s.Tokens()
	if err != nil || len(tokens) != processes {
		t.Fatalf("%d tokens, %v, want %d", len(tokens), err, processes)
	}
	for _, x := range tokens {
		if !strings.HasSuffix(x.Name, fmt.Sprint("-", each-1)) {
			t.Errorf("%s was revoked", x.Name)
		}
	}
}

func TestWhichListenersAreRefused(t *testing.T) {
	empty, some := open(t), open(t)
	if _, err := some.Add("a", Viewer); err != nil {
		t.Fatal(err)
	}
	proxies := []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")}
	for name, x := range map[string]struct {
		o    Options
		want string // of the error; "": allowed
	}{
		"loopback":              {Options{Store: empty, Address: tcp("127.0.0.1")}, ""},
		"loopback, IPv6":        {Options{Store: empty, Address: tcp("::1")}, ""},
		"open, nothing":         {Options{Store: some, Address: tcp("192.0.2.7")}, "--tls-cert"},
		"everywhere, nothing":   {Options{Store: some, Address: tcp("::")}, "--behind-proxy"},
		"open, TLS, no tokens":  {Options{Store: empty, Address: tcp("192.0.2.7"), TLS: true}, "access add"},
		"open, TLS, tokens":     {Options{Store: some, Address: tcp("192.0.2.7"), TLS: true}, ""},
		"open, behind a proxy":  {Options{Store: empty, Address: tcp("192.0.2.7"), Proxies: proxies}, ""},
		"somewhere that is odd": {Options{Store: some, Address: &net.UnixAddr{Name: "x"}}, "no loopback"},
	} {
		_, err := New(x.o)
		switch {
		case x.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case x.want != "" && (schemas.KindOf(err) != schemas.KindPolicy || !strings.Contains(err.Error(), x.want)):
			t.Errorf("%s: %v, want a word on %s", name, err, x.want)
		}
	}
}

func tcp(ip string) *net.TCPAddr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: 8090} }

func TestReading(t *testing.T) {
	s := open(t)
	if _, err := s.Add("a", Viewer); err != nil {
		t.Fatal(err)
	}
	fine := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	for ip, want := range map[string]int{"127.0.0.1": 204, "192.0.2.7": 401} {
		g, err := New(Options{Store: s, Address: tcp(ip), TLS: true})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		g.Reading(nil)(fine).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		if w.Code != want {
			t.Errorf("on %s: %d, want %d", ip, w.Code, want)
		}
		if w.Code == 401 {
			var p struct{ Kind, Detail string }
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Kind != "policy" || w.Header().Get("WWW-Authenticate") == "" {
				t.Errorf("%v %+v %v", err, p, w.Header())
			}
		}
	}
}
