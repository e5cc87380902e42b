package demosite

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"time"
)

//go:embed templates/*
var templateFS embed.FS

// templates are the frames of the three families.
type templates struct {
	set       *template.Template
	css, logo []byte
}

func parseTemplates() (*templates, error) {
	set, err := template.New("").Funcs(template.FuncMap{
		// html/template takes comments out of templates, and the fences of Sitepark IES are comments.
		"comment": func(text string) template.HTML { return template.HTML("<!--" + text + "-->") },
	}).ParseFS(templateFS, "templates/*.html")
	if err != nil {
		return nil, err
	}
	css, err := templateFS.ReadFile("templates/site.css")
	if err != nil {
		return nil, err
	}
	logo, err := templateFS.ReadFile("templates/logo.svg")
	return &templates{set: set, css: css, logo: logo}, err
}

// execute panics on an error: the templates and their data are both part of the program.
func (t *templates) execute(name string, data any) []byte {
	var b bytes.Buffer
	if err := t.set.ExecuteTemplate(&b, name, data); err != nil {
		panic("demosite: " + err.Error())
	}
	return b.Bytes()
}

func (t *templates) internal() []byte { return t.execute("internal", Name) }
func (t *templates) notFound() []byte { return t.execute("not-found", Name) }
func (t *templates) gone() []byte     { return t.execute("gone", Name) }
func (t *templates) imprint() []byte  { return t.execute("imprint", Name) }

// teaser is a release in a listing or among the related ones. It shows the first state of the release, so that a correction
// changes no other page.
type teaser struct {
	Path, Title, Lead, Kicker string
	Date                      time.Time
}

// Day is the date as German pages write it in lists.
func (t teaser) Day() string { return t.Date.Format("02.01.2006") }

// ISO is the date for the datetime attribute.
func (t teaser) ISO() string { return t.Date.Format(time.RFC3339) }

func (p *page) teaser() teaser {
	return teaser{Path: p.path(), Title: plainText(p.title), Lead: plainText(p.lead), Kicker: p.kicker, Date: p.date}
}

// releaseView is what a release's template shows.
type releaseView struct {
	teaser
	Site, Base  string
	Charset     string
	Headline    template.HTML
	LeadHTML    template.HTML
	Blocks      []block
	Contact     *Contact
	Attachments []attachment
	Related     []teaser
	Prev        *teaser
	Counter     int
	Meta        string // Sitepark: JSON of the application-name element
	JSONLD      any    // TYPO3: NewsArticle with its images, when a credit stands there
	LastCredits []string
	Noted       []*picture // images whose credit is under the heading "Bildnachweise"
	Annotations []*picture // images whose credit is in the section after the footer
}

// LongDay is the date as press offices write it in a date line.
func (v releaseView) LongDay() string {
	months := [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
	return fmt.Sprintf("%d. %s %d", v.Date.Day(), months[v.Date.Month()-1], v.Date.Year())
}

func (t *templates) release(s *Site, p *page, base string) []byte {
	d := p.document()
	v := releaseView{
		teaser: p.teaser(), Site: Name, Base: base, Charset: "utf-8", LeadHTML: d.lead, Blocks: d.blocks, Contact: p.contact,
		Attachments: p.attachments, Counter: p.counter(), Meta: p.siteparkMeta(),
	}
	var head document
	v.Headline, _ = head.inline(p.article, p.title) // a title carries no annotation
	if p.encoding != "" {
		v.Charset = p.encoding
	}
	for _, img := range d.images {
		switch {
		case img.InAnnotations():
			v.Annotations = append(v.Annotations, img)
		case img.Form == FormLastParagraph:
			v.LastCredits = append(v.LastCredits, img.Credit())
		case img.Form == FormHeading:
			v.Noted = append(v.Noted, img)
		case img.Form == FormJSONLD:
			v.JSONLD = p.jsonLD(d.images)
		}
	}
	v.Related = s.related(p)
	if p.index+1 < len(s.pages) {
		prev := s.pages[p.index+1].teaser()
		v.Prev = &prev
	}
	return t.execute(string(p.family), v)
}

// related are the next three older releases of the same family, from the newest on when there are no older ones.
func (s *Site) related(p *page) []teaser {
	var out []teaser
	for k := 1; k < len(s.pages) && len(out) < 3; k++ {
		if q := s.pages[(p.index+k)%len(s.pages)]; q.family == p.family {
			out = append(out, q.teaser())
		}
	}
	return out
}

// siteparkMeta is the JSON that Sitepark IES puts into the application-name element; its times are in UTC.
func (p *page) siteparkMeta() string {
	b, err := json.Marshal(struct {
		ID          int      `json:"id"`
		Changed     string   `json:"changed"`
		Title       string   `json:"title"`
		ObjectType  string   `json:"objecttype"`
		ContentType []string `json:"contenttype"`
		Language    string   `json:"language"`
		Date        string   `json:"date"`
	}{
		ID: 5000 + 13*p.index, Changed: p.date.Add(time.Hour + time.Duration(p.corrections)*time.Minute).UTC().Format(time.RFC3339),
		Title: plainText(p.title), ObjectType: "news", ContentType: []string{"article"}, Language: "de", Date: p.date.UTC().Format(time.RFC3339),
	})
	if err != nil { // strings and ints always marshal
		panic("demosite: " + err.Error())
	}
	return string(b)
}

// jsonLD is the schema.org NewsArticle with the images whose credit it carries.
func (p *page) jsonLD(images []*picture) any {
	type creator struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	type object struct {
		Type       string `json:"@type"`
		ContentURL string `json:"contentUrl"`
		CreditText string `json:"creditText"`
	}
	v := struct {
		Context   string   `json:"@context"`
		Type      string   `json:"@type"`
		Headline  string   `json:"headline"`
		Published string   `json:"datePublished"`
		Publisher creator  `json:"publisher"`
		Images    []object `json:"image"`
	}{
		Context: "https://schema.org", Type: "NewsArticle", Headline: plainText(p.title), Published: p.date.Format(time.RFC3339),
		Publisher: creator{"GovernmentOrganization", Name},
	}
	for _, img := range images {
		if img.Form == FormJSONLD {
			v.Images = append(v.Images, object{"ImageObject", img.URL(), img.Credit()})
		}
	}
	return v
}
