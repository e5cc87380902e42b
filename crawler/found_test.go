package crawler

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/discover/probe"
	"github.com/kreispresse/kreispresse/crawler/source"
)

// eventsAbove is an entry of a list; before the first one a longer list of events to come stands.
const eventsAbove = `<li class="news">%[3]s <a href="%[1]s">%[2]s</a></li>`

// TestFoundListsAreRead looks at lists as people build them and then reads them with the source that was made: every entry with its title
// and its day, on both pages.
func TestFoundListsAreRead(t *testing.T) {
	const pager = `<p class="pager"><a href="/presse/?seite=2">weiter</a></p>`
	for name, form := range map[string]string{
		"items":              `<li>%[3]s <a href="%[1]s">%[2]s</a></li>`,
		"cards":              `<a class="card" href="%[1]s"><h3>%[2]s</h3><span class="wann">%[3]s</span></a>`,
		"event in the text":  `<div class="m"><p class="am">%[3]s</p><h2><a href="%[1]s">%[2]s</a></h2><p>Gefeiert wird am 24.12.2026.</p></div>`,
		"event before it":    `<div class="m"><p>Treffen am 24.12.2026 im Saal</p><h2><a href="%[1]s">%[2]s</a></h2><p class="am">%[3]s</p></div>`,
		"picture first":      `<div class="m"><a href="/fotos/"><img src="/b.jpg" alt="Foto"></a><b>%[3]s</b><a href="%[1]s">%[2]s</a></div>`,
		"headline and mehr":  `<div class="m"><h4>%[2]s</h4><small>%[3]s</small><a href="%[1]s">mehr</a></div>`,
		"strong and mehr":    `<div class="row"><div class="col">%[3]s</div><div class="col"><strong>%[2]s</strong> <a href="%[1]s">mehr</a></div></div>`,
		"terms":              `<dt>%[3]s</dt><dd><a href="%[1]s">%[2]s</a></dd>`,
		"events above":       eventsAbove,
		"table":              `<tr><td>%[3]s</td><td><a href="%[1]s">%[2]s</a></td></tr>`,
		"time":               `<article><time datetime="%[4]s">neulich</time><h3><a href="%[1]s">%[2]s</a></h3></article>`,
		"links and breaks":   `%[3]s <a href="%[1]s">%[2]s</a><br>`,
		"boxes in boxes":     `<div class="m"><div class="in"><div class="k">%[3]s</div><div class="t"><a href="%[1]s">%[2]s</a></div></div></div>`,
		"category beside it": `<li><a href="/thema/umwelt/">Umwelt</a> <a href="%[1]s">%[2]s</a> <i>vom %[3]s</i></li>`,
	} {
		t.Run(name, func(t *testing.T) {
			days := map[string]string{} // by title
			entries := func(from, to int) string {
				var b strings.Builder
				for i := from; i < to; i++ {
					day := time.Date(2026, 11, 24-i, 0, 0, 0, 0, time.UTC)
					title := fmt.Sprintf("Meldung über das Vorhaben %c im Kreis", 'A'+i)
					days[title] = day.Format(time.DateOnly)
					fmt.Fprintf(&b, form, fmt.Sprintf("/presse/m/vorhaben-%c.html", 'a'+i), title, day.Format("02.01.2006"), day.Format(time.DateOnly))
				}
				if strings.HasPrefix(form, "<tr") {
					return "<table>" + b.String() + "</table>"
				}
				if form == eventsAbove {
					for i := range 12 {
						fmt.Fprintf(&b, `<p class="event">%d.12.2026: <a href="/termine/%d">Sitzung des Ausschusses für Bau und Verkehr</a></p>`, i+1, i)
					}
				}
				return b.String()
			}
			first, second := entries(0, 6)+pager, entries(6, 10)
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				body := first
				switch {
				case r.URL.Path != "/presse/":
					w.WriteHeader(http.StatusNotFound)
				case r.URL.Query().Get("seite") == "2":
					body = second
				}
				fmt.Fprintf(w, `<!DOCTYPE html><title>Presse</title><nav><a href="/amt/">Das Amt</a><a href="/rat/">Der Rat</a></nav>`+
					`<main><h1>Pressemitteilungen</h1>%s</main>`, body)
			}))
			defer srv.Close()
			f := explore(t, srv.URL+"/presse/", ExploreOptions{AllowPrivate: true})
			text := f.YAML(probe.Identity{ID: "x", Name: "Kreis X", State: "NW"}) + "allow_private: true\npace: 0s\n"
			src, err := source.Parse("x.yaml", []byte(text))
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			got := map[string]string{}
			note := func(l Listed) { got[l.Hints.Title] = l.Hints.Published }
			m := newMemory()
			if _, err := New(m, m, Config{}).Crawl(t.Context(), src, Options{DryRun: true, Listed: note}); err != nil {
				t.Fatal(err)
			}
			for title, day := range days {
				if got[title] != day {
					t.Errorf("%s: %q, want %s", title, got[title], day)
				}
			}
			if len(got) != len(days) || t.Failed() {
				t.Errorf("%d entries, want %d\n%s", len(got), len(days), text)
			}
		})
	}
}
