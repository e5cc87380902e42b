package crawler

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/source"
)

// published is what a start gives: the date of each page, by its path.
func published(t *testing.T, s *site, change func(*source.Source)) (map[string]string, Summary) {
	t.Helper()
	got, sum := discoverAll(t, s, s.source(t, change), Options{})
	dates := map[string]string{}
	for path, h := range got {
		dates[path] = h.Published
	}
	return dates, sum
}

func utf16LE(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestFeedDatesAsCMSWriteThem(t *testing.T) {
	s := newSite(t)
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel>`)
	for path, date := range map[string]string{
		"/presse/m/german.php": "Do., 6. März 2025 10:00", "/presse/m/zone.php": "Wed, 30 Jul 2025 08:57:00 MEST",
		"/presse/m/winter.php": "Wed, 30 Jul 2025 08:57:00 CET", "/presse/m/local.php": "2025-07-12 10:15", "/presse/m/none.php": "demnächst",
	} {
		b.WriteString("<item><title>x</title><link>" + path + "</link><pubDate>" + date + "</pubDate></item>")
	}
	s.on("/rss", content("text/xml", b.String()+"</channel></rss>"))
	got, sum := published(t, s, func(src *source.Source) { src.Start = source.Start{Feeds: []string{"/rss"}} })
	want := map[string]string{
		"/presse/m/german.php": "2025-03-06T10:00+01:00", "/presse/m/zone.php": "2025-07-30T08:57:00+02:00",
		"/presse/m/winter.php": "2025-07-30T08:57:00+02:00", "/presse/m/local.php": "2025-07-12T10:15+02:00", "/presse/m/none.php": "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if h := sum.Starts[0]; h.Matched != 5 || h.Items != 5 || h.Dated != 4 {
		t.Errorf("%+v", h)
	}
}

func TestListDates(t *testing.T) {
	s := newSite(t)
	s.html("/presse/", `<ul>
		<li class=m><b>07.</b><b>Nov</b><b>2025</b><a href="/presse/m/tile.php">Kacheln</a></li>
		<li class=m><a href="/presse/m/event.php"><h3>Sitzung am 24.12.2025</h3></a> <i>Stand: 10. Sept. 2025, 9.30 Uhr</i></li>
		<li class=m>07.11.25 <a href="/presse/m/short.php">Kurz</a></li>
		<li class=m><time datetime="2025-11-07 08:15">heute</time><a href="/presse/m/time.php">Zeit</a></li>
		<li class=m><a href="/presse/m/title.php">08.11.2025 Datum im Titel</a></li>
		<li class=m><a href="/presse/m/none.php">Am 12. März 14 Uhr</a></li></ul>`)
	got, _ := published(t, s, nil)
	want := map[string]string{
		"/presse/m/tile.php": "2025-11-07", "/presse/m/event.php": "2025-09-10T09:30+02:00", "/presse/m/short.php": "2025-11-07",
		"/presse/m/time.php": "2025-11-07T08:15+01:00", "/presse/m/title.php": "2025-11-08", "/presse/m/none.php": "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What people save as XML: each of these lists the same two pages.
func TestDamagedXML(t *testing.T) {
	sitemap := `<urlset><url><loc>/presse/m/1.php?a=1&b=2</loc></url><url><loc>/presse/m/2.php</loc><x>&nbsp;gr` + "ü" + `n</x></url></urlset>`
	feed := `<rss version="2.0"><channel><item><title>Gr` + "ü" + `n &uuml;ber&nbsp;alles & mehr</title><link>/presse/m/1.php?a=1&b=2</link></item>` +
		`<item><title>Zwei</title><link>/presse/m/2.php</link></item></channel></rss>`
	latin := func(s string) string { return strings.ReplaceAll(s, "ü", "\xfc") }
	for name, damage := range map[string]func(string) string{
		"as it is":               func(s string) string { return s },
		"declared":               func(s string) string { return `<?xml version="1.0" encoding="UTF-8"?>` + s },
		"BOM":                    func(s string) string { return "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>" + s },
		"blank lines first":      func(s string) string { return "\r\n\r\n<?xml version=\"1.0\"?>" + s },
		"a warning first":        func(s string) string { return "Warning: fehlt in Zeile 3\n<?xml version=\"1.0\"?>" + s },
		"Latin-1 declared UTF-8": func(s string) string { return `<?xml version="1.0" encoding="UTF-8"?>` + latin(s) },
		"UTF-8 declared Latin-1": func(s string) string { return `<?xml version="1.0" encoding="iso-8859-1"?>` + s },
		"Latin-1 declared":       func(s string) string { return `<?xml version='1.0' encoding='ISO-8859-15'?>` + latin(s) },
		"nonsense declared":      func(s string) string { return `<?xml version="1.0" encoding="utf8mb4"?>` + s },
		"UTF-16":                 func(s string) string { return "\xff\xfe" + utf16LE(`<?xml version="1.0" encoding="utf-16"?>`+s) },
		"UTF-16, no BOM":         func(s string) string { return utf16LE(`<?xml version="1.0" encoding="UTF-16"?>` + s) },
		"UTF-8 declared UTF-16":  func(s string) string { return `<?xml version="1.0" encoding="utf-16"?>` + s },
		"controls":               func(s string) string { return strings.Replace(s, "</", "\x0b\x00\x1f</", 1) },
		"undeclared prefix":      func(s string) string { return strings.NewReplacer("<x>", "<image:x>", "</x>", "</image:x>").Replace(s) },
		"a tag never closed":     func(s string) string { return strings.Replace(s, "</loc></url><url>", "</loc><lastmod></url><url>", 1) },
		"an attribute cut off": func(s string) string {
			return strings.Replace(s, "<x>", "<x a='", 1) + "<url><loc>/presse/m/2.php</loc></url></urlset>"
		},
		"document type with no file": func(s string) string { return `<!DOCTYPE urlset SYSTEM "weg.dtd">` + s },
	} {
		t.Run(name, func(t *testing.T) {
			for kind, start := range map[string]source.Start{"sitemap": {Sitemaps: []string{"/x"}}, "feed": {Feeds: []string{"/x"}}} {
				s := newSite(t)
				body := map[string]string{"sitemap": sitemap, "feed": feed}[kind]
				s.on("/x", content("text/xml", damage(body)))
				got, sum := discoverAll(t, s, s.source(t, func(src *source.Source) { src.Start = start }), Options{})
				_, one := got["/presse/m/1.php?a=1&b=2"]
				_, two := got["/presse/m/2.php"]
				if len(got) != 2 || !one || !two || sum.Failed() {
					t.Errorf("%s: %v, %+v", kind, got, sum.Starts)
				}
				if title := got["/presse/m/1.php?a=1&b=2"].Title; kind == "feed" && title != "Grün über alles & mehr" {
					t.Errorf("title %q", title)
				}
			}
		})
	}
}

func TestSitemapAsText(t *testing.T) {
	s := newSite(t)
	s.on("/s.txt", func(w http.ResponseWriter, req *http.Request) {
		content("text/plain", "\ufeff"+s.URL+"/presse/m/1.php\r\n"+s.URL+"/presse/m/2.php\n"+s.URL+"/kontakt\n")(w, req)
	})
	got, sum := published(t, s, func(src *source.Source) { src.Start = source.Start{Sitemaps: []string{"/s.txt"}} })
	if len(got) != 2 || sum.Starts[0].Refused != 1 {
		t.Errorf("%v, %+v", got, sum.Starts)
	}
}

func TestHintTitlesCarryNoControls(t *testing.T) {
	s := newSite(t)
	s.html("/presse/", "<ul><li class=m><a href='/presse/m/1.php'>Kreis\x1b]0;x\x07 baut\u2066\u202e\u061c Rad\u009bweg\nneu</a></li></ul>")
	got, _ := discoverAll(t, s, s.source(t, nil), Options{})
	if title := got["/presse/m/1.php"].Title; title != "Kreis]0;x baut Radweg neu" {
		t.Errorf("title %q", title)
	}
}

func TestStartsGiveAnAccount(t *testing.T) {
	s := newSite(t)
	s.html("/presse/", `<ul><li class=m>1.2.2025 <a href="/aktuelles/1">a</a><li class=m><a href="/aktuelles/2">b</a><li class=m>kein Link<li `+
		`class=m><a href="mailto:x@y.example">c</a>
		<li class=m><a href="/aktuelles/3">d</a><li class=m><a href="/aktuelles/4">e</a></ul>`)
	_, sum := discoverAll(t, s, s.source(t, nil), Options{})
	want := discover.StartHealth{
		Kind: "listing", URL: s.URL + "/presse/", Pages: 1, Matched: 6, Links: 4, Refused: 4,
		RefusedExamples: []string{s.URL + "/aktuelles/1", s.URL + "/aktuelles/2", s.URL + "/aktuelles/3"},
	}
	if diff := cmp.Diff(want, sum.Starts[0]); diff != "" {
		t.Error(diff)
	}
	const account = "6 entries, 4 links, 0 accepted, 4 refused (/aktuelles/1, /aktuelles/2, /aktuelles/3), 0 dated"
	if err := sum.Err(); err == nil || !strings.Contains(err.Error(), account) {
		t.Errorf("the reason does not tell the counts: %v", err)
	}
}
