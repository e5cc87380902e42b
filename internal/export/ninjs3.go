package export

import (
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/schemas"
)

// item3 is the part of ninjs 3.1 that a release fills.
type item3 struct {
	Name               string       `json:"name,omitempty"` // of an association only
	Rel                string       `json:"rel,omitempty"`  // of an association only
	URI                string       `json:"uri"`
	Type               string       `json:"type"`
	RepresentationType string       `json:"representationType,omitempty"`
	Version            string       `json:"version,omitempty"`
	FirstCreated       string       `json:"firstCreated,omitempty"`
	VersionCreated     string       `json:"versionCreated,omitempty"`
	ContentCreated     string       `json:"contentCreated,omitempty"`
	EmbargoedUntil     string       `json:"embargoedUntil,omitempty"`
	PubStatus          string       `json:"pubStatus,omitempty"`
	CopyrightHolder    string       `json:"copyrightHolder,omitempty"`
	UsageTerms         string       `json:"usageTerms,omitempty"`
	EdNote             string       `json:"edNote,omitempty"`
	Language           string       `json:"language,omitempty"`
	Descriptions       []text3      `json:"descriptions,omitempty"`
	Bodies             []text3      `json:"bodies,omitempty"`
	Headlines          []text3      `json:"headlines,omitempty"`
	People             []concept3   `json:"people,omitempty"`
	Organisations      []concept3   `json:"organisations,omitempty"`
	Places             []concept3   `json:"places,omitempty"`
	InfoSources        []source3    `json:"infoSources,omitempty"`
	Title              string       `json:"title,omitempty"`
	By                 string       `json:"by,omitempty"`
	Renditions         []rendition3 `json:"renditions,omitempty"`
	Associations       []item3      `json:"associations,omitempty"`
	AltIDs             []altID3     `json:"altIds,omitempty"`
	Standard           *standard    `json:"standard,omitempty"`
}

type text3 struct {
	Role        string `json:"role"`
	ContentType string `json:"contentType"`
	CharCount   int    `json:"charCount,omitempty"` // of bodies only
	Value       string `json:"value"`
}

type concept3 struct {
	Name    string `json:"name"`
	Rel     string `json:"rel,omitempty"`
	URI     string `json:"uri,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type source3 struct {
	Name        string    `json:"name"`
	Role        string    `json:"role"`
	URI         string    `json:"uri"`
	Literal     string    `json:"literal"`
	ContactInfo []contact `json:"contactInfo,omitempty"`
}

type rendition3 struct {
	Name        string `json:"name"`
	Href        string `json:"href"`
	ContentType string `json:"contentType,omitempty"`
	Title       string `json:"title,omitempty"`
}

type altID3 struct {
	Role  string `json:"role"`
	Value string `json:"value"`
}

func newNinjs3(w io.Writer, _ Options) (Writer, error) {
	return &ninjs{w: w, item: func(ev *schemas.Event) any { return ninjs3(ev) }}, nil
}

func ninjs3(ev *schemas.Event) *item3 {
	r := ev.Release
	it := &item3{
		URI: iri(r), Type: "text", RepresentationType: "full", Version: strconv.Itoa(max(r.Revision, 1)),
		FirstCreated: stampUTC(r.Published), VersionCreated: utc(ev.Time), ContentCreated: stampUTC(r.Published),
		EmbargoedUntil: embargoUTC(r.Embargo), PubStatus: pubStatus(ev), CopyrightHolder: sourceName(&r.Source), UsageTerms: r.Usage,
		EdNote: edNote(ev), Language: r.Language, Title: r.Title, By: sourceName(&r.Source),
		Headlines: texts3("main", r.Title, "kicker", r.Kicker), Descriptions: texts3("lead", r.Lead),
		Bodies: []text3{
			{Role: "main", ContentType: "text/html", CharCount: utf8.RuneCountInString(r.Text), Value: string(bodyHTML(nil, r, "q", quoteOpen))},
			{Role: "plain", ContentType: "text/plain", CharCount: utf8.RuneCountInString(r.Text), Value: r.Text},
		},
		InfoSources: []source3{{sourceName(&r.Source), "publisher", sourceURI(&r.Source), r.Source.ID, contacts(r.Contact)}},
		Standard:    &standard{"ninjs", "3.1", "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"},
	}
	rel := relations(r)
	for i, p := range r.People {
		it.People = append(it.People, concept3{Name: p.Name, Rel: rel[i]})
	}
	for _, name := range organisations(r) {
		it.Organisations = append(it.Organisations, concept3{Name: name, Rel: "quoted"})
	}
	if state := schemas.States[r.Source.State]; state != "" {
		it.Places = []concept3{{Name: state, Rel: "publisher", Literal: "DE-" + r.Source.State}}
	}
	if address := webAddress(r.URL); address != "" {
		it.AltIDs = []altID3{{"url", address}}
	}
	for n, a := range r.Attachments {
		if address := webAddress(a.URL); address != "" {
			it.Renditions = append(it.Renditions, rendition3{"attachment" + strconv.Itoa(n+1), address, a.MediaType, a.Title})
		}
	}
	it.Associations = pictures3(r)
	return it
}

func pictures3(r *schemas.Release) (list []item3) {
	for n := range r.Images {
		i := &r.Images[n]
		if address := webAddress(i.URL); address != "" {
			list = append(list, item3{
				Name: "picture" + strconv.Itoa(n+1), Rel: "illustration", URI: address, Type: "picture", By: imageCredit(r, i),
				Descriptions: texts3("caption", i.Caption, "alt", i.Alt), Renditions: []rendition3{{Name: "original", Href: address}},
			})
		}
	}
	return list
}

// texts3 are plain texts by their roles, without those that are empty.
func texts3(pairs ...string) (list []text3) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			list = append(list, text3{Role: pairs[i], ContentType: "text/plain", Value: pairs[i+1]})
		}
	}
	return list
}
