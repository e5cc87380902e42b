package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// A crawl asks a site for its list and for the pages on it, and archives what is new. Pages and Archive are whatever remembers; here the
// memory of the tests.
func ExampleCrawler_Crawl() {
	site := http.NewServeMux()
	site.HandleFunc("GET /presse/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<ul><li><a href="/presse/m/bruecke">Neue Brücke</a></li><li><a href="/presse/m/bus">Mehr Busse</a></li></ul>`)
	})
	site.HandleFunc("GET /presse/m/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<main><h1>%s</h1><p>Der Kreis teilt mit, was hier steht.</p></main>`, r.URL.Path)
	})
	server := httptest.NewServer(site)
	defer server.Close()

	src := source.Defaults()
	src.ID, src.Name, src.State, src.Base = "kreis-muster", "Kreis Muster", "NW", server.URL+"/"
	src.Start.Listings = []source.Listing{{URL: "/presse/", Item: "li"}}
	src.Accept = []string{`^/presse/m/`}
	src.Pace, src.AllowPrivate = 0, true // our own server: no public host is asked so fast

	memory := newMemory()
	c := New(memory, memory, Config{Version: "0.1", Contact: "presse@example.org"})
	for range 2 {
		sum, err := c.Crawl(context.Background(), src, Options{All: true})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("listed %d, new %d, same bytes %d, failed %v\n", sum.Discovered, sum.Counts[OutcomeNew], sum.Counts[OutcomeUnchanged], len(sum.Reasons) > 0)
	}
	fmt.Println(len(memory.snapshots), "snapshots")
	// Output:
	// listed 2, new 2, same bytes 0, failed false
	// listed 2, new 0, same bytes 2, failed false
	// 2 snapshots
}
