package pipeline_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/schemas"
)

type events = map[string]int

// standIns are pages that come with status 200 instead of a release.
var standIns = map[string]http.HandlerFunc{
	"works on the site": html("Hier wird gebaut", "", "Unser Auftritt zieht um und ist am Mittwoch wieder erreichbar."),
	"failure":           html("Störung in der Technik", "", "Wegen einer Störung sind unsere Seiten gerade nicht vollständig.", "Wir arbeiten daran."),
	"attack": html("Angriff auf das Netz der Kreisverwaltung", "", "Unbekannte haben das Netz der Kreisverwaltung angegriffen.",
		"„Wir sind telefonisch erreichbar“, sagte Landrätin Änne Österholt am Morgen im Kreishaus."),
	"home page": html("Willkommen im Kreis Musterau", "", "Der Kreis Musterau liegt an der Mühlenau und hat zwölf Gemeinden.",
		"Hier finden Sie alle Dienste der Verwaltung und die Termine der Woche."),
	"parked":         html("musterau.example", "", "Diese Domain steht zum Verkauf, Angebote nimmt der Makler entgegen."),
	"login":          html("Anmelden", "", "Bitte melden Sie sich mit Ihrer Kennung an.", `<form><input type="password"></form>`),
	"database":       html("Es ist ein Fehler aufgetreten", "", "SQLSTATE[HY000] [1040] Too many connections"),
	"empty":          html("", ""),
	"recognised 404": html("Seite nicht gefunden", "", "Die Seite, die Sie suchen, gibt es nicht."),
	"dated announcement": html("Wichtige Mitteilung", `<meta name="date" content="2026-03-11T09:00:00+01:00">`,
		"Wegen Umstellung der Technik bleiben alle Seiten bis auf Weiteres geschlossen."),
}

// TestStandInForAll: one page instead of all of them is nobody's correction, however long it stands; the run is not believed, somebody
// is told, and when the releases are back nothing has happened.
func TestStandInForAll(t *testing.T) {
	for name, page := range standIns {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.releases(8)
			h.crawl()
			h.want(events{"published": 8})
			h.everywhere(page)
			for range 3 {
				h.later(7 * time.Hour)
				if rep := h.crawl(); !rep.Failed() || !rep.Verdict.Suspect {
					t.Errorf("believed: %+v, %v", rep.Verdict, rep.Err())
				}
			}
			if h.lineState().Suspect == nil {
				t.Error("the suspicion is not remembered")
			}
			h.everywhere(nil)
			h.later(time.Hour)
			if rep := h.crawl(); rep.Failed() {
				t.Error(rep.Err())
			}
			if st := h.lineState(); st.Suspect != nil || len(st.Held) != 0 {
				t.Errorf("still held: %+v", st)
			}
			h.want(events{"published": 8})
		})
	}
}

// TestStandInForOne: the same on a single page is held, and forgotten when the page is back.
func TestStandInForOne(t *testing.T) {
	for name, page := range standIns {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.releases(8)
			h.crawl()
			h.put("/presse/m3", page)
			h.later(time.Hour)
			if rep := h.crawl(); rep.Failed() {
				t.Error(rep.Err())
			}
			h.want(events{"published": 8})
			if st := h.lineState(); len(st.Held) != 1 && name != "empty" {
				t.Errorf("held: %+v", st.Held)
			}
			h.put("/presse/m3", release(3))
			h.later(time.Hour)
			h.crawl()
			if st := h.lineState(); len(st.Held) != 0 {
				t.Errorf("still held: %+v", st.Held)
			}
			h.want(events{"published": 8})
		})
	}
}

// TestReplaced: a page that says something entirely different is believed when it has said so for six hours, and not before; each new
// text begins the waiting anew.
func TestReplaced(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.crawl()
	other := html("Der Flohmarkt zieht in die Stadthalle", "", "Am Samstag verkaufen Vereine in der Stadthalle von Wallbrück, was sie nicht mehr "+
		"brauchen.", "Der Erlös kommt der Jugendfeuerwehr zugute.")
	h.put("/presse/m2", other)
	for _, step := range []struct {
		after time.Duration
		want  events
	}{{time.Hour, events{"published": 3}}, {5 * time.Hour, events{"published": 3}}, {time.Hour, events{"published": 3, "corrected": 1}}, {
		time.Hour,
		events{"published": 3, "corrected": 1},
	}} {
		h.later(step.after)
		h.crawl()
		h.want(step.want)
	}
	if e := h.current()["/presse/m2"]; !strings.Contains(e.Release.Title, "Flohmarkt") || e.Revision != 2 {
		t.Errorf("%+v", e)
	}
	h.put("/presse/m2", html("Noch etwas anderes steht nun hier", "", "Auch dieser Text hat mit dem davor nichts zu tun."))
	h.later(time.Hour)
	h.crawl()
	h.put("/presse/m2", html("Und wieder etwas anderes", "", "Am Ende weiß niemand mehr, was auf dieser Seite einmal stand."))
	h.later(6 * time.Hour)
	h.crawl()
	h.want(events{"published": 3, "corrected": 1})
}

// TestCorrection: a change that keeps part of what was said is believed at once and says what it changed.
func TestCorrection(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.crawl()
	h.put("/presse/m2", html(title(2), "", append(paragraphs(2), "Berichtigung: Die Arbeiten beginnen am Dienstag.")...))
	h.later(time.Minute)
	h.crawl()
	h.want(events{"published": 3, "corrected": 1})
	all := h.events()
	if e := all[3]; len(e.Changes) == 0 || e.Changes[0].Field != "text" || e.RawSequence != 4 || e.Release.Provenance.RawSequence != 4 {
		t.Errorf("%+v of %d", e.Changes, e.RawSequence)
	}
}

// TestGone: a page is gone when it was missing twice a day apart, in a run that is believed.
func TestGone(t *testing.T) {
	for name, gone := range map[string]http.HandlerFunc{"404": status(404), "410": status(410), "home": redirect(302, "/"), "list": redirect(301, "/presse/")} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.releases(4)
			h.crawl()
			h.put("/presse/m2", gone)
			for _, after := range []time.Duration{time.Second, time.Second, 12 * time.Hour, 11 * time.Hour} {
				h.later(after)
				h.crawl()
				h.want(events{"published": 4})
			}
			h.later(2 * time.Hour)
			rep := h.crawl()
			h.want(events{"published": 4, "withdrawn": 1})
			if rep.Releases[pipeline.Withdrawn] != 1 || rep.Failed() {
				t.Errorf("%v %v", rep.Releases, rep.Err())
			}
			if e := h.events()[4]; e.Reason == "" || e.RawSequence != 5 || e.Release.Text != "" {
				t.Errorf("%+v", e)
			}
			h.later(time.Hour)
			if rep := h.crawl(); rep.Verdict.Gone != 0 { // what was believed gone is no doubt any more
				t.Errorf("%+v", rep.Verdict)
			}
			h.put("/presse/m2", release(2)) // it comes back, with the bytes it had
			h.later(time.Hour)
			h.crawl()
			h.want(events{"published": 5, "withdrawn": 1})
			if e := h.current()["/presse/m2"]; e == nil || e.Revision != 3 {
				t.Errorf("%+v", e)
			}
		})
	}
}

// TestAllGone: a broken rewrite rule does not withdraw an archive, and what is asked for after it is all there again.
func TestAllGone(t *testing.T) {
	for name, gone := range map[string]http.HandlerFunc{"404": status(404), "home": redirect(301, "/"), "500": status(500), "403": status(403)} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.releases(12)
			h.crawl()
			h.everywhere(gone)
			for range 3 {
				h.later(25 * time.Hour)
				if rep := h.crawl(); !rep.Failed() {
					t.Errorf("believed: %+v", rep.Verdict)
				}
			}
			h.everywhere(nil)
			h.later(time.Hour)
			h.crawl()
			h.later(25 * time.Hour)
			h.crawl()
			h.want(events{"published": 12})
		})
	}
}

// TestMissesInARow: what is no 404 in between begins the row anew.
func TestMissesInARow(t *testing.T) {
	for name, between := range map[string]http.HandlerFunc{"500": status(500), "there": release(2), "challenge": html("Just a moment...", "",
		"Checking your browser")} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.releases(4)
			h.crawl()
			for _, f := range []http.HandlerFunc{status(404), between, status(404)} {
				h.put("/presse/m2", f)
				h.later(25 * time.Hour)
				h.crawl()
			}
			h.want(events{"published": 4})
		})
	}
}

// TestMoved: a page that redirects for good to one that says the same has moved: one release, one id, and the new address.
func TestMoved(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.crawl()
	before := map[string]bool{}
	for _, e := range h.current() {
		before[e.Subject] = true
	}
	for i := 1; i <= 3; i++ {
		old, at := fmt.Sprintf("/presse/m%d", i), fmt.Sprintf("/presse/2026/bruecke-%d", i)
		h.put(old, redirect(301, at))
		h.unlist(old)
		h.put(at, release(i))
	}
	for range 2 {
		h.later(25 * time.Hour)
		if rep := h.crawl(); rep.Failed() {
			t.Error(rep.Err())
		}
		h.want(events{"published": 3, "corrected": 3})
	}
	for path, e := range h.current() {
		if !before[e.Subject] || !strings.HasPrefix(path, "/presse/2026/") || len(e.Changes) != 1 || e.Changes[0] != (schemas.Change{
			Field: "url",
			Class: schemas.ChangeURL,
		}) {
			t.Errorf("%s %s %v", path, e.Subject, e.Changes)
		}
	}
	h.put("/presse/2026/bruecke-2", html(title(2), "", append(paragraphs(2), "Nachtrag: Der Bus hält am Markt.")...))
	h.later(31 * time.Hour) // by then a page of this age is due
	h.crawl()
	h.want(events{"published": 3, "corrected": 4})
}

// TestTwins: print views and other addresses of a release make no second one, no event of their own, and no withdrawal when they go;
// and two pages that a template gives one canonical address stay two.
func TestTwins(t *testing.T) {
	canonical := `<link rel="canonical" href="/presse/m1">`
	n := 0
	view := func(w http.ResponseWriter, r *http.Request) {
		n++
		html(title(1), canonical, append(paragraphs(1), fmt.Sprintf("Druckfassung %d der Seite aus dem Kreishaus", n))...)(w, r)
	}
	h := newHouse(t)
	h.put("/presse/m1", html(title(1), canonical, paragraphs(1)...))
	h.put("/presse/m1?print=1", view)
	h.put("/presse/m2", html(title(2), canonical, paragraphs(2)...)) // a template that says the same of every page
	for range 3 {
		h.crawl()
		h.later(time.Hour)
	}
	h.want(events{"published": 2})
	h.put("/presse/m1?print=1", status(404))
	for range 3 {
		h.later(25 * time.Hour)
		h.crawl()
	}
	h.want(events{"published": 2})
	h.put("/presse/m1", status(404))
	for range 2 {
		h.later(25 * time.Hour)
		h.crawl()
	}
	h.want(events{"published": 2, "withdrawn": 1})
}

// TestOtherSpelling: the same page under another spelling of its address is no second release.
func TestOtherSpelling(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.crawl()
	h.unlist("/presse/m1")
	h.put("/presse/m1/", release(1))
	h.put("/presse/m9/", release(9))
	for range 2 {
		h.later(25 * time.Hour)
		h.crawl()
	}
	h.want(events{"published": 4})
}

// TestNewDuringSuspicion: what a run that is not believed finds new waits for the next one that is.
func TestNewDuringSuspicion(t *testing.T) {
	h := newHouse(t)
	h.releases(8)
	h.crawl()
	for i := 1; i <= 7; i++ {
		h.put(fmt.Sprintf("/presse/m%d", i), status(404))
	}
	h.put("/presse/m9", release(9))
	h.later(time.Hour)
	h.crawl()
	h.want(events{"published": 8})
	h.releases(8)
	h.later(time.Hour)
	h.crawl()
	h.want(events{"published": 9})
}

// TestSiblings: the state of a source cannot change under its releases, nor can it take another id in silence.
func TestSiblings(t *testing.T) {
	h := newHouse(t)
	h.releases(2)
	h.crawl()
	if rep := h.crawlSource(h.sourceOf("kreis-musterau", "HE")); !strings.Contains(rep.Error, "its state was NW and is HE now") {
		t.Errorf("state: %q", rep.Error)
	}
	if rep := h.crawlSource(h.sourceOf("kreis-musterau-neu", "NW")); !strings.Contains(rep.Error, "the source kreis-musterau has the same name and address") {
		t.Errorf("id: %q", rep.Error)
	}
	h.want(events{"published": 2})
}

// TestClock: a crawl with a clock that is a year off, in either direction, loses and repeats nothing.
func TestClock(t *testing.T) {
	for name, off := range map[string]time.Duration{"ahead": 366 * 24 * time.Hour, "behind": -366 * 24 * time.Hour, "two minutes": -2 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.releases(2)
			right := h.now
			h.later(off)
			h.crawl()
			h.now = right
			h.put("/presse/m1", html(title(1), "", append(paragraphs(1), "Berichtigung: Es ist die Brücke daneben.")...))
			h.crawl()
			h.want(events{"published": 2, "corrected": 1})
			h.put("/presse/m2", status(410))
			for range 3 {
				h.later(25 * time.Hour)
				h.crawl()
			}
			h.want(events{"published": 2, "corrected": 1, "withdrawn": 1})
		})
	}
}
