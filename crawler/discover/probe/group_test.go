package probe

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
)

// pageOf makes a page of the body of one.
func pageOf(t *testing.T, body string) *page {
	t.Helper()
	p, err := readPage(&polite.Answer{
		Status: 200, URL: "https://www.kreis.example/presse/", Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		Body: []byte("<!DOCTYPE html><html lang=de><head><title>Presse</title></head><body>" + body + "</body></html>"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var headlines = []string{
	"Neue Brücke über die Aue freigegeben", "Kreistag beschließt den Haushalt", "Impfbus hält wieder in den Dörfern", "Feuerwehr übt am Stausee",
	"Bücherei öffnet an Sonntagen", "Der Luchs ist zurück im Kreisgebiet",
}

// repeat writes one entry for each headline: %[1]s is its address, %[2]s the headline, %[3]s the day, %[4]s the day in ISO 8601.
func repeat(form string) string {
	var b strings.Builder
	for i, h := range headlines {
		day := time.Date(2026, 11, 20-i, 0, 0, 0, 0, time.UTC)
		fmt.Fprintf(&b, form, fmt.Sprintf("/presse/meldung-%d.html", i), h, day.Format("02.01.2006"), day.Format("2006-01-02"))
	}
	return b.String()
}

const menu = `<nav><ul><li><a href="/buerger/">Bürgerservice und Formulare</a></li><li><a href="/politik/">Politik und Verwaltung</a></li>` +
	`<li><a href="/bauen/">Bauen, Wohnen und Umwelt</a></li></ul></nav>`

// TestLists finds lists as people build them: each entry with its headline, most with the day.
func TestLists(t *testing.T) {
	for name, c := range map[string]struct {
		body    string
		undated bool
	}{
		"list items": {body: "<ul>" + repeat(`<li>%[3]s <a href="%[1]s">%[2]s</a></li>`) + "</ul>"},
		"cards that are links": {body: "<div class=grid>" + repeat(`<a class="card" href="%[1]s"><time datetime="%[4]s">%[3]s</time><h3>%[2]s</h3><p>`+
			`Mehr dazu im Text.</p></a>`) + "</div>"},
		"articles": {body: repeat(`<article class="teaser"><h2><a href="%[1]s">%[2]s</a></h2><p class="datum">%[3]s</p><p>Kurz gesagt.</p>` +
			`<a href="%[1]s">weiterlesen</a></article>`)},
		"a table": {body: "<table><tbody>" + repeat(`<tr><td>%[3]s</td><td><a href="%[1]s">%[2]s</a></td><td>Presseamt</td></tr>`) +
			"</tbody></table>"},
		"boxes without names": {body: "<main>" + repeat(`<div><div><span>%[3]s</span></div><div><a href="%[1]s">%[2]s</a></div></div>`) + "</main>"},
		"an event in the teaser": {body: "<ul>" + repeat(`<li><span class="d">%[3]s</span><h3><a href="%[1]s">%[2]s</a></h3><p>Das Fest ist am `+
			`24.12.2026 um 15 Uhr.</p></li>`) + "</ul>"},
		"a picture first": {body: "<ul>" + repeat(`<li><a href="%[1]s"><img src="/b.jpg" alt=""></a><p>%[3]s</p><p><a href="%[1]s">%[2]s</a></p>`+
			`</li>`) + "</ul>"},
		"mehr instead of a link": {body: repeat(`<div class="news"><h4>%[2]s</h4><small>%[3]s</small><a href="%[1]s">mehr</a></div>`)},
		"under months": {body: "<h3>November</h3><ul class=liste>" + repeat(`<li><b>%[3]s</b> <a href="%[1]s">%[2]s</a></li>`) +
			"</ul><h3>Oktober</h3><ul class=liste></ul>"},
		"links and breaks": {body: "<div id=inhalt>" + repeat(`%[3]s <a href="%[1]s">%[2]s</a><br>`) + "</div>"},
		"no dates":         {body: "<ul>" + repeat(`<li><a href="%[1]s">%[2]s</a></li>`) + "</ul>", undated: true},
		"a menu around it": {body: `<div class="page with-menu"><h1>Presse</h1>` + repeat(`<p class="m"><a href="%[1]s">%[2]s</a> (%[3]s)</p>`) + "</div>"},
		"long months": {body: strings.NewReplacer(".11.2026<", ". November 2026<").Replace(
			"<ul>" + repeat(`<li><a href="%[1]s">%[2]s</a><br><i>Kreishaus, %[3]s</i></li>`) + "</ul>")},
	} {
		t.Run(name, func(t *testing.T) {
			p := pageOf(t, menu+c.body+"<footer><a href=/impressum/>Impressum</a><a href=/kontakt/>Kontakt</a><a href=/presse/rss.xml>RSS</a></footer>")
			var best *group
			for _, g := range p.groups(time.UTC) {
				if best == nil || g.score > best.score {
					best = g
				}
			}
			if best == nil || len(best.entries) != len(headlines) {
				t.Fatalf("found %+v", best)
			}
			for i, e := range best.entries {
				day := time.Date(2026, 11, 20-i, 0, 0, 0, 0, time.UTC)
				if e.title != headlines[i] || e.date.IsZero() != c.undated || !c.undated && !e.date.Equal(day) {
					t.Errorf("%q of %v, want %q of %v", e.title, e.date, headlines[i], day)
				}
			}
			if n := len(find(p.doc, best.item)); n != len(headlines) {
				t.Errorf("%q finds %d elements, want %d", best.item, n, len(headlines))
			}
		})
	}
}

// TestPagers finds how lists go on, and names the link so that it finds the one after on the next page.
func TestPagers(t *testing.T) {
	list := "<ul>" + repeat(`<li>%[3]s <a href="%[1]s">%[2]s</a></li>`) + "</ul>"
	for name, c := range map[string]struct{ first, second string }{
		"rel": {`<a rel="next" href="?p=2">2</a>`, `<a rel="prev" href="?p=1">1</a><a rel="next" href="?p=3">3</a>`},
		"a class": {
			`<div class=pg><a class="btn-next" href="?p=2">></a></div>`, `<div class=pg><a class="btn-prev" href="?p=1"><</a><a class="btn-next" ` +
				`href="?p=3">></a></div>`,
		},
		"words": {`<p class=pager><a href="?p=2">Weiter</a></p>`, `<p class=pager><a href="?p=1">Zurück</a> <a href="?p=3">Weiter</a></p>`},
		"older": {`<p><a href="?p=2">« Ältere Meldungen</a></p>`, `<p><a href="?p=3">« Ältere Meldungen</a> <a href="?p=1">Neuere Meldungen »</a></p>`},
		"a label": {
			`<div><a aria-label="Nächste Seite" href="?p=2"><svg></svg></a></div>`,
			`<div><a aria-label="Vorherige Seite" href="?p=1"><svg></svg></a><a aria-label="Nächste Seite" href="?p=3"><svg></svg></a></div>`,
		},
		"numbers": {`<p><strong>1</strong> <a href="?p=2">2</a> <a href="?p=3">3</a></p>`, `<p><a href="?p=1">1</a> <strong>2</strong> <a href="?p=3">3</a></p>`},
		"numbers in a list": {
			`<ul class=p><li class=active><a href="?p=1">1</a></li><li><a href="?p=2">2</a></li><li><a href="?p=3">3</a></li></ul>`,
			`<ul class=p><li><a href="?p=1">1</a></li><li class=active><a href="?p=2">2</a></li><li><a href="?p=3">3</a></li></ul>`,
		},
		"aria-current": {
			`<ol><li><span aria-current="page">1</span></li><li><a href="?p=2">2</a></li><li><a href="?p=3">3</a></li></ol>`,
			`<ol><li><a href="?p=1">1</a></li><li><span aria-current="page">2</span></li><li><a href="?p=3">3</a></li></ol>`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := pageOf(t, list+c.first)
			g := p.groups(time.UTC)[0]
			x, ok := p.findPager(g)
			if !ok || x.to.RawQuery != "p=2" {
				t.Fatalf("%v %+v", ok, x)
			}
			if next := x.later(pageOf(t, list+c.second)); next == nil || next.RawQuery != "p=3" {
				t.Errorf("%q leads from the second page to %v", x.css, next)
			}
		})
	}
	for name, body := range map[string]string{
		"none": "", "more to read": `<a href="/presse/x">Weiterlesen</a>`, "years": `<a href="/presse/2025/">2025</a><a href="/presse/2024/">2024</a>`,
		"a calendar": `<table><tr><td>1</td><td><a href="/termine/2">2</a></td></tr></table><p>30 <a href="/kontakt/">Kontakt</a></p>`,
	} {
		p := pageOf(t, list+body)
		if x, ok := p.findPager(p.groups(time.UTC)[0]); ok && name != "a calendar" {
			t.Errorf("%s: taken for a pager: %+v", name, x)
		}
	}
	if got := pageOf(t, list+`<a href="/presse/2024/">2024</a> <a href="/presse/2025/">2025</a>`); len(got.years(got.groups(time.UTC)[0])) != 2 {
		t.Error("years are not found")
	}
}
