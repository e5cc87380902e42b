package demoland

import (
	_ "embed"
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"
)

//go:embed stories.txt
var stories string

// story is one thing that an office can tell.
type story struct {
	Title, Lead string
	Paragraphs  []string
}

func tales() (list []story) {
	text := stories
	for strings.HasPrefix(text, "#") {
		_, text, _ = strings.Cut(text, "\n")
	}
	for part := range strings.SplitSeq(text, "--\n") {
		lines := strings.Split(strings.TrimSpace(part), "\n")
		list = append(list, story{lines[0], lines[1], lines[2:]})
	}
	return list
}

// release is one release of an office.
type release struct {
	N         int // its number, in the address
	At        time.Time
	Story     story
	Figure    int       // that is in the story, and that a correction corrects
	Corrected time.Time // from then on its page says a number otherwise; zero: never
	Gone      time.Time // from then on its page is gone; zero: never
	Other     time.Time // from then on it says something entirely different; zero: never
	Thin      bool      // no quotes, no people
	Huge      bool      // longer than a message of the broker may be
}

// tell writes the n-th release of an office.
func (o *office) tell(all []story, n int, at time.Time) release {
	s := all[(o.seed*5+n*7)%len(all)]
	number := 12 + (o.seed*13+n*29)%87
	day := at.AddDate(0, 0, 9+n%12)
	fill := strings.NewReplacer(
		"{K}", o.Name, "{O}", o.Town, "{H}", o.Head, "{A}", o.HeadOffice, "{Z}", o.Second, "{B}", o.SecondOffice, "{N}", strconv.Itoa(number),
		"{D}", fmt.Sprintf("%d. %s %d", day.Day(), months[day.Month()-1], day.Year()),
		"Der Landkreis", "Der Landkreis", "Der Stadt", "Die Stadt", "der Stadt", "die Stadt", "im Stadt", "in der Stadt",
	)
	r := release{N: n, At: at, Story: story{Title: fill.Replace(s.Title), Lead: fill.Replace(s.Lead)}, Figure: number}
	if c := n / len(all); c > 0 { // the same title over nearly the same text would be one release at two addresses
		r.Story.Title += fmt.Sprintf(" (Folge %d)", c+1)
	}
	for _, p := range s.Paragraphs {
		r.Story.Paragraphs = append(r.Story.Paragraphs, fill.Replace(p))
	}
	return r
}

var months = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}

func (r *release) path() string { return fmt.Sprintf("/presse/%d", 1000+r.N) }

// page is what the release's page says at a moment.
func (r *release) page(o *office, now time.Time) string {
	title, lead, paragraphs := r.Story.Title, r.Story.Lead, r.Story.Paragraphs
	switch {
	case !r.Other.IsZero() && !now.Before(r.Other):
		title, lead = "Ihre Termine im Bürgerservice", "Wählen Sie ein Amt, dann einen Tag und eine Uhrzeit. Sie bekommen eine Bestätigung."
		paragraphs = []string{"Bitte bringen Sie einen gültigen Ausweis mit. Ohne Termin müssen Sie mit Wartezeiten rechnen."}
	case !r.Corrected.IsZero() && !now.Before(r.Corrected):
		right := strings.NewReplacer(strconv.Itoa(r.Figure), strconv.Itoa(r.Figure+3), "heute", "gestern", "14 bis 18", "13 bis 19")
		lead = right.Replace(lead)
		paragraphs = append([]string{}, paragraphs...)
		for i := range paragraphs {
			paragraphs[i] = right.Replace(paragraphs[i])
		}
		paragraphs = append(paragraphs, "Korrektur: Eine erste Fassung nannte eine andere Zahl.")
	}
	if r.Thin {
		paragraphs = []string{"Weitere Auskünfte gibt es auf der Website. Die Unterlagen liegen aus."}
	}
	if r.Huge {
		for i := range 2_400 {
			paragraphs = append(paragraphs, fmt.Sprintf("„Das ist der %d. Satz des Protokolls“, sagte %s %s.", i, o.HeadOffice, o.Head))
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>%s - %s</title></head><body>`,
		html.EscapeString(title), html.EscapeString(o.Name))
	fmt.Fprintf(&b, `<header><a href="/">%s</a></header><main><article>`, html.EscapeString(o.Name))
	fmt.Fprintf(&b, `<p class="date"><time datetime="%s">%s</time></p><h1>%s</h1><p class="lead"><strong>%s</strong></p>`,
		r.At.Format("2006-01-02T15:04:05Z07:00"), r.At.Format("02.01.2006"), html.EscapeString(title), html.EscapeString(lead))
	for _, p := range paragraphs {
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(p))
	}
	fmt.Fprintf(&b, `<figure><img src="/bilder/%d.jpg" alt="%s"><figcaption>%s (Foto: %s/%s)</figcaption></figure>`,
		r.N, html.EscapeString(o.Town), html.EscapeString(o.Town), html.EscapeString(o.Name), html.EscapeString(o.Second))
	fmt.Fprintf(&b, `<section><h2>Pressekontakt</h2><p>%s, Pressestelle, Telefon 02999 100-%d, presse@%s.example</p></section></article></main></body></html>`,
		html.EscapeString(o.Name), 10+o.seed, o.ID)
	return b.String()
}
