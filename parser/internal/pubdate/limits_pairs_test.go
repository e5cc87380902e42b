package pubdate

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestCosts pins what each sign adds to the cost of a printed date: which of several dates is believed hangs on the sums.
func TestCosts(t *testing.T) {
	long := strings.Repeat("Wort ", 30)
	p := pageOf(t, `<p class="date">12.03.2024</p><p class="event">13.03.2024</p><h1>Radweg</h1>`, "Radweg")
	dated, eventful := line{t: p.Tree}, line{t: p.Tree}
	for i := range p.Tree.E {
		switch p.Tree.E[i].Node.Data {
		case "12.03.2024":
			dated.at = int32(i)
		case "13.03.2024":
			eventful.at = int32(i)
		}
	}
	for _, tt := range []struct {
		name, text string
		line       line
		title      bool
		kind       kind
		cost       int
		no         bool
	}{
		{name: "bare", text: "12.03.2024", cost: 6},
		{name: "in an aside", text: "12.03.2024", line: line{aside: true}, cost: 12},
		{name: "with an attribute", text: "12.03.2024", line: line{time: "2024-03-12"}, cost: 2},
		{name: "attribute alone", line: line{time: "2024-03-12"}, cost: 2},
		{name: "release", text: "Pressemitteilung vom 12.03.2024", kind: dateline, cost: 6 - 12 + 1},
		{name: "place", text: "Altdorf, 12.03.2024", kind: dateline, cost: 6 - 8},
		{name: "label", text: "Datum: 12.03.2024", cost: 0}, // 6, less 6 for the label
		{name: "event", text: "Konzert am 12.03.2024", kind: event, cost: 6},
		{name: "in an element named for events", text: "12.03.2024", line: eventful, cost: 6 + 8},
		{name: "changed", text: "Stand: 12.03.2024", kind: changed, cost: 6},
		{name: "Termin", text: "Termin: 12.03.2024", kind: event, cost: 6},
		{name: "begins a text", text: "12.03.2024 – " + long, cost: 6 + 4 + 7},
		{name: "in a text", text: "Wort 12.03.2024 " + long, no: true},
		{name: "second that says when it was changed", text: "12.03.2024, aktualisiert am 13.03.2024", cost: 6 - 2 + 1},
		{name: "second that says nothing", text: "12.03.2024 Kreishaus Altdorf Zimmer 4 und 13.03.2024", cost: 6 + 4 + 2},
		{name: "named for publication", text: "12.03.2024", line: line{prop: true}, cost: 6 - 5},
		{name: "named for a date", text: "12.03.2024", line: dated, cost: 6 - 3},
		{name: "in the title", text: "12.03.2024 " + long, title: true, cost: 6},
	} {
		l := tt.line
		l.text = strings.TrimSpace(tt.text)
		p, ok := one(l.read(func() string { return "" }, tt.title))
		if ok == tt.no || ok && (p.kind != tt.kind || p.cost != tt.cost) {
			t.Errorf("%s: kind %d cost %d %v, want kind %d cost %d", tt.name, p.kind, p.cost, ok, tt.kind, tt.cost)
		}
	}
}

// one is the last of some printed dates: the first of a line, since one that is told apart from it comes before.
func one(ps []printed) (printed, bool) {
	if len(ps) == 0 {
		return printed{}, false
	}
	return ps[len(ps)-1], true
}

// TestPlaceCosts pins what the place of a line adds.
func TestPlaceCosts(t *testing.T) {
	far := strings.Repeat("Wort ", 60)
	for _, tt := range []struct {
		name  string
		lines []string
		rest  bool
		cost  int
	}{
		{"behind the title", []string{"Titel", "12.03.2024"}, false, 6 + 1},
		{"above the title", []string{"12.03.2024", "Titel"}, false, 6 + 1 + 2},
		{"below a paragraph", []string{"Titel", far, "12.03.2024"}, false, 6 + 2 + 6},
		{"below two", []string{"Titel", far, far, "12.03.2024"}, false, 6 + 3 + 12},
		{"below a short paragraph", []string{"Titel", strings.Repeat("Wort ", 24), "12.03.2024"}, false, 6 + 2},
		{"far below", []string{"Titel"}, true, 25 + 10},
	} {
		var a around
		for i, s := range tt.lines {
			a.lines = append(a.lines, line{text: strings.TrimSpace(s)})
			if s == "Titel" {
				a.from, a.to = i, i+1
			}
		}
		if tt.rest {
			a.rest = []line{{text: "Veröffentlicht: 12.03.2024"}}
		}
		ps := printedDates(a)
		if len(ps) != 1 || ps[0].cost != tt.cost {
			t.Errorf("%s: %+v, want cost %d", tt.name, ps, tt.cost)
		}
	}
}

// TestLengths holds the lengths up to which what stands around a date counts: at the first it does, at the second it no longer does.
func TestLengths(t *testing.T) {
	words := func(n int) string { return strings.Repeat("Wort ", n)[:max(n, 0)] }
	kindOf := func(s string) kind {
		p, ok := one(line{text: s}.read(func() string { return "" }, false))
		if !ok {
			return refused
		}
		return p.kind
	}
	costOf := func(s string) int {
		p, _ := one(line{text: s}.read(func() string { return "" }, false))
		return p.cost
	}
	for _, tt := range []struct {
		number       string
		holds, fails int
		ask          func(n int) bool
	}{
		{"maxLabel", 20, 45, func(n int) bool {
			return previous([]line{{text: words(n-len("Datum")) + "Datum"}, {text: "12.03.2024"}}, 1) != ""
		}},
		{"maxReleaseLabel", 90, 200, func(n int) bool { return kindOf(words(n-21)+" Pressemitteilung vom 12.03.2024") == dateline }},
		{"maxDateLabel", 30, 60, func(n int) bool { return costOf(words(n-6)+"Datum: 12.03.2024") < 6 }},
		{"maxRest", 80, 150, func(n int) bool { return kindOf("12.03.2024 "+strings.Repeat("Wörter", n/6)) == plain }},
		{"maxBesideTwo", 45, 22, func(n int) bool { return costOf("12.03.2024 "+strings.Repeat("w", n-11)+" 13.03.2024") > 9 }},
		{"maxPlace", 60, 120, func(n int) bool { return isPlace("Alt" + strings.Repeat("dorf", n/4) + ", ") }},
		{"maxDatelineRest", 30, 60, func(n int) bool { return datelineEnd("und mehr", n) }},
		{"maxAround", 20, 10, func(n int) bool { return sentenceLike(strings.Repeat("WORT ", n), "") }},
		{"linesBefore", 10, 20, func(n int) bool { return shown(t, n, 0, "12.03.2024") }},
		{"lineLength", 300, 700, func(n int) bool {
			w := walker{t: markup.New(&html.Node{Type: html.DocumentNode})}
			w.t.E = append(w.t.E, markup.Entry{Node: &html.Node{Type: html.TextNode, Data: words(n)}})
			w.from = 0
			w.to = -1
			w.write(1)
			w.write(1)
			return !w.cur.long
		}},
		{"minPartTitle", 15, 9, func(n int) bool {
			title := "Radweg an der Rur"[:n]
			p := pageOf(t, "<h2>Heute: "+title+" ist fertig</h2><h2>Radtour</h2>", title)
			return titlePoints(p, p.Tree.Headings[0], fold(title)) > 0
		}},
		{"maxBelow", 4, 8, func(n int) bool {
			p := pageOf(t, "<h1>Radweg</h1>", "Radweg")
			var far []line
			for i := range n {
				far = append(far, line{text: fmt.Sprintf("Stand %d.03.2024", i+1), t: p.Tree, at: p.Root + 1})
			}
			return len(below(far, p.Root, -1)) == n
		}},
		{"rendering", 60, 120, func(n int) bool {
			now := time.Date(2024, 3, 12, 12, 0, 0, 0, time.UTC)
			c := candidates{fetched: now, latest: farthest}
			return !c.plausible(stated{moment{Time: now.Add(-time.Duration(n) * time.Second), granularity: schemas.GranularitySecond}, "meta:date"})
		}},
		{"linesAfter", 18, 36, func(n int) bool { return shown(t, 0, n, "12.03.2024") }},
	} {
		if !tt.ask(tt.holds) {
			t.Errorf("%s: does not hold at %d", tt.number, tt.holds)
		}
		if tt.ask(tt.fails) {
			t.Errorf("%s: holds at %d", tt.number, tt.fails)
		}
	}
}

// shown reports whether a date so many lines before or after the title is among the lines that are looked at.
func shown(t *testing.T, before, after int, date string) bool {
	t.Helper()
	lines := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<div>Zeile %c</div>", 'a'+i)
		}
		return b.String()
	}
	body := "<h1>Radweg</h1>" + lines(after) + "<div>" + date + "</div>"
	if before > 0 {
		body = "<div>" + date + "</div>" + lines(before-1) + "<h1>Radweg</h1>"
	}
	p := pageOf(t, body, "Radweg")
	for _, l := range read(p).lines {
		if l.text == date {
			return true
		}
	}
	return false
}

// pageOf is a page with a title element and a sentence below body.
func pageOf(t *testing.T, body, title string) *page.Page {
	t.Helper()
	s := &schemas.Snapshot{URL: "https://www.kreis.example/a", Body: []byte("<!doctype html><title>" + title + "</title><body>" + body +
		"<p>Der Kreis baut einen Weg an der Rur, die Arbeiten beginnen im Mai.</p>")}
	p, err := page.Read(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
