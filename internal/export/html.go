package export

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

//go:embed page.css
var pageCSS string

// page writes one HTML document for reading and printing. It loads nothing and runs nothing: its policy allows its own style only.
type page struct {
	w io.Writer
	n int
	b []byte
}

func newHTML(w io.Writer, _ Options) (Writer, error) { return &page{w: w}, nil }

func (p *page) Begin() error {
	sum := sha256.Sum256([]byte(pageCSS))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	_, err := io.WriteString(p.w, `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="`+policy+`">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pressemitteilungen</title>
<style>`+pageCSS+`</style>
</head>
<body>
<header class="page"><h1>Pressemitteilungen</h1></header>
<main>
`)
	return err
}

func (p *page) Write(ev *schemas.Event) error {
	p.n++
	r := ev.Release
	b := append(p.b[:0], `<article id="`...)
	b = append(b, escape(r.ID)+"-"+strconv.Itoa(r.Revision)+`"`...)
	if r.Language != "" {
		b = append(b, ` lang="`+escape(r.Language)+`"`...)
	}
	b = append(b, ">\n"...)
	b = element(b, "p", "kicker", r.Kicker)
	b = element(b, "h2", "", r.Title)
	b = about(b, r)
	if ev.Type == schemas.EventWithdrawn {
		b = element(b, "p", "note", strings.TrimSuffix("Zurückgezogen: "+ev.Reason, ": "))
	}
	if r.Embargo != nil {
		b = element(b, "p", "note", r.Embargo.Text)
	}
	b = bodyHTML(b, r, "mark", markOpen)
	b = said(b, r)
	b = pictures(b, r)
	b = foot(b, r)
	p.b = append(b, "</article>\n"...)
	_, err := p.w.Write(p.b)
	return err
}

func (p *page) Close() error {
	count := strconv.Itoa(p.n) + " Pressemitteilungen"
	switch p.n {
	case 0:
		count = "Keine Pressemitteilung"
	case 1:
		count = "Eine Pressemitteilung"
	}
	_, err := io.WriteString(p.w, "</main>\n<footer><p>"+count+"</p></footer>\n</body>\n</html>\n")
	return err
}

// element appends an element with a text, nothing for an empty one.
func element(b []byte, name, class, text string) []byte {
	if text == "" {
		return b
	}
	b = append(b, "<"+name...)
	if class != "" {
		b = append(b, ` class="`+class+`"`...)
	}
	return append(b, ">"+escape(text)+"</"+name+">\n"...)
}

// link appends a link of the web, its text alone when the address is none.
func link(b []byte, class, address, text string) []byte {
	if address = webAddress(address); address == "" {
		return append(b, escape(text)...)
	}
	return append(b, `<a class="`+class+`" rel="noopener noreferrer nofollow" href="`+escape(address)+`">`+escape(text)+`</a>`...)
}

// about appends who published when, and where.
func about(b []byte, r *schemas.Release) []byte {
	b = append(b, `<p class="about">`...)
	if day := dayOf(r.Published); day != "" {
		b = append(b, `<time datetime="`+escape(r.Published.Value)+`">`+germanDay(day)+"</time> · "...)
	}
	b = append(b, escape(sourceName(&r.Source))...)
	if state := schemas.States[r.Source.State]; state != "" {
		b = append(b, " ("+state+")"...)
	}
	if r.URL != "" {
		b = link(append(b, " · "...), "original", r.URL, "Original")
	}
	return append(b, "</p>\n"...)
}

var months = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}

// germanDay is a day of ISO 8601 as a German reader writes it.
func germanDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return strconv.Itoa(t.Day()) + ". " + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// markOpen opens the mark of a quote; who said it shows where a pointer rests and is said once more below the text.
func markOpen(q *schemas.Quote) string {
	if s := speaker(q); s != "" {
		return `<mark title="` + escape(s) + `">`
	}
	return "<mark>"
}

// said appends who said what.
func said(b []byte, r *schemas.Release) []byte {
	open := false
	for i := range r.Quotes {
		q := &r.Quotes[i]
		if q.Kind == schemas.QuotePull {
			continue
		}
		if !open {
			b, open = append(b, "<h3>Zitate</h3>\n<ol class=\"said\">\n"...), true
		}
		b = append(b, "<li><q>"+escape(q.Text)+"</q>"...)
		if s := speaker(q); s != "" {
			b = append(b, ` <span class="by">`+escape(s)...)
			if p := personOf(r, q); p != nil && len(p.Roles) > 0 {
				b = append(b, ", "+escape(strings.Join(p.Roles, ", "))...)
			}
			b = append(b, "</span>"...)
		}
		b = append(b, "</li>\n"...)
	}
	if open {
		b = append(b, "</ol>\n"...)
	}
	return b
}

// pictures appends links to the pictures with their captions and credits: a page that loads nothing shows none.
func pictures(b []byte, r *schemas.Release) []byte {
	for i := range r.Images {
		img := &r.Images[i]
		text := "Bild " + strconv.Itoa(i+1)
		if img.Alt != "" && img.Alt != img.Caption {
			text += ": " + img.Alt
		}
		b = append(b, "<figure>"...)
		b = link(b, "picture", img.URL, text)
		if caption := strings.TrimSpace(img.Caption + " " + imageCredit(r, img)); caption != "" {
			b = append(b, `<figcaption class="by">`+escape(caption)+"</figcaption>"...)
		}
		b = append(b, "</figure>\n"...)
	}
	return b
}

// foot appends attachments, the press contact and the terms.
func foot(b []byte, r *schemas.Release) []byte {
	for _, a := range r.Attachments {
		title := a.Title
		if title == "" {
			title = a.URL
		}
		b = append(link(append(b, `<p class="by">Anhang: `...), "attachment", a.URL, title), "</p>\n"...)
	}
	if c := contactOf(r.Contact); c != "" {
		b = element(b, "p", "by", "Kontakt: "+c)
	}
	return element(b, "p", "by", r.Usage)
}
