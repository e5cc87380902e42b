package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/discover/probe"
)

// oddSite answers as sites do that are none of the press.
func oddSite(t *testing.T) (url string, asked *atomic.Int64) {
	t.Helper()
	asked = new(atomic.Int64)
	page := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<!DOCTYPE html><html lang="de"><head><title>Kreis Odd</title></head><body>%s</body></html>`, body)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/shop/{$}", page(`<h1>Gartenbedarf</h1><p>Spaten und Samen.</p><ul><li><a href="/shop/spaten">Spaten aus Stahl</a></li></ul>`))
	mux.HandleFunc("/shop/spaten", page(`<h1>Spaten aus Stahl</h1>`))
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://anderswo.example/presse/", http.StatusFound)
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/loop?x="+r.URL.RawQuery+"1", http.StatusFound)
	})
	mux.HandleFunc("/login", page(`<h1>Anmelden</h1><form><input name="u"><input type="password" name="p"><button>Los</button></form>`))
	mux.HandleFunc("/basic", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("WWW-Authenticate", "Basic")
		w.WriteHeader(http.StatusUnauthorized)
	})
	mux.HandleFunc("/meldung.pdf", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = w.Write([]byte("%PDF-1.7"))
	})
	mux.HandleFunc("/maze/", func(w http.ResponseWriter, r *http.Request) {
		var links strings.Builder
		for i := range 30 {
			fmt.Fprintf(&links, `<li><a href="%s%d/">Pressemitteilungen %d</a></li>`, r.URL.Path, i, i)
		}
		page("<h1>Presse</h1><ul>"+links.String()+"</ul>")(w, r)
	})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	return srv.URL, asked
}

// explore probes one address of a site.
func explore(t *testing.T, url string, opt ExploreOptions) *probe.Finding {
	t.Helper()
	e := New(nil, nil, Config{}).Explore(opt)
	defer e.Close()
	f, err := probe.Probe(context.Background(), url, e, probe.Options{Now: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestBadAddresses(t *testing.T) {
	site, _ := oddSite(t)
	private := ExploreOptions{AllowPrivate: true}
	for _, c := range []struct {
		path, state, reason string
		opt                 ExploreOptions
	}{
		{"/shop/", probe.NoPressPage, "no page of the site lists releases", private},
		{"/away", probe.Elsewhere, "https://anderswo.example/presse/", private},
		{"/loop", probe.NoAnswer, "more than 5 redirects", private},
		{"/login", probe.NeedsLogin, "a page to log in", private},
		{"/basic", probe.NeedsLogin, "answers 401", private},
		{"/meldung.pdf", probe.OnlyPDF, "is a PDF file", private},
		{"/shop/", probe.Private, "a private or special address", ExploreOptions{}},
		{"\x00", probe.NoPage, "no address of a web page", private},
	} {
		f := explore(t, site+c.path, c.opt)
		if f.State != c.state || !strings.Contains(f.Reason, c.reason) || f.OK() {
			t.Errorf("%s: %s (%s), want %s (%s)", c.path, f.State, f.Reason, c.state, c.reason)
		}
	}
}

func TestSilentAddress(t *testing.T) {
	inTime(t, func(t *testing.T, s *site) {
		s.on("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		e := New(nil, nil, Config{Dial: s.dial}).Explore(ExploreOptions{AllowPrivate: true})
		defer e.Close()
		f, err := probe.Probe(t.Context(), s.URL+"/slow", e, probe.Options{Now: time.Now()})
		if err != nil || f.State != probe.NoAnswer || !strings.Contains(f.Reason, "no complete answer in time: 20s") {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

// A site that goes on for ever is asked a bounded number of times, robots.txt included.
func TestExplorationIsBounded(t *testing.T) {
	site, asked := oddSite(t)
	f := explore(t, site+"/maze/", ExploreOptions{AllowPrivate: true})
	if n := int(asked.Load()); n > DefaultExploration || n != f.Requests || n < 10 {
		t.Errorf("%d requests, %d counted, at most %d are allowed", n, f.Requests, DefaultExploration)
	}
	if f.OK() {
		t.Errorf("found %+v", f.Draft)
	}
	few := explore(t, site+"/maze/", ExploreOptions{AllowPrivate: true, Requests: 8})
	if few.Requests > 8 {
		t.Errorf("%d requests of 8", few.Requests)
	}
}

// A home page whose teasers are called news is a list of them; one whose teasers are about something else is none.
func TestTeasersOfTheHomePage(t *testing.T) {
	for heading, want := range map[string]string{"Aktuelle Meldungen": probe.Found, "Unsere Rezepte": probe.NoPressPage, "Veranstaltungen": probe.NoPressPage} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if r.URL.Path != "/" {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			fmt.Fprintf(w, `<!DOCTYPE html><title>Kreis X</title><h1>Willkommen</h1><section><h2>%s</h2><div class="teasers">`, heading)
			for i := range 5 {
				fmt.Fprintf(w, `<div class="t"><i>%d.11.2026</i> <a href="/a/%d">Eine Überschrift mit der Nummer %d</a></div>`, 20-i, i, i)
			}
			fmt.Fprint(w, `</div></section>`)
		}))
		if f := explore(t, srv.URL+"/", ExploreOptions{AllowPrivate: true}); f.State != want {
			t.Errorf("%s: %s (%s), want %s", heading, f.State, f.Reason, want)
		}
		srv.Close()
	}
}

// Of two lists that are both called news the better named is taken, and the other is told of.
func TestAnotherListIsADoubt(t *testing.T) {
	list := func(title, dir string) string {
		var b strings.Builder
		for i := range 6 {
			fmt.Fprintf(&b, `<li>%d.11.2026 <a href="/%s/%d.html">Eine Überschrift mit der Nummer %d</a></li>`, 20-i, dir, i, i)
		}
		return "<h1>" + title + "</h1><ul>" + b.String() + "</ul>"
	}
	pages := map[string]string{
		"/":           `<h1>Willkommen</h1><p><a href="/aktuelles/">Aktuelles</a></p>`,
		"/aktuelles/": list("Aktuelles", "aktuelles") + `<p><a href="/presse/">Pressemitteilungen</a></p>`,
		"/presse/":    list("Pressemitteilungen", "presse"),
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if pages[r.URL.Path] == "" {
			w.WriteHeader(http.StatusNotFound)
		}
		fmt.Fprint(w, "<!DOCTYPE html><title>Kreis X</title>"+pages[r.URL.Path])
	}))
	defer srv.Close()
	f := explore(t, srv.URL+"/", ExploreOptions{AllowPrivate: true})
	if !f.OK() || f.Draft.Listings[0].URL != "/presse/" || !strings.Contains(strings.Join(f.Doubts, "\n"), "another list, which was left out: "+
		""+srv.URL+"/aktuelles/") {
		t.Errorf("%s %+v %q", f.State, f.Draft, f.Doubts)
	}
}
