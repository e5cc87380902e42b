package export

import (
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/feedformat"
	"github.com/kreispresse/kreispresse/schemas"
)

// item1 is the part of ninjs 1.4 that a release fills. Property names are those of the standard, lower case throughout.
type item1 struct {
	URI                string           `json:"uri"`
	Type               string           `json:"type"`
	MIMEType           string           `json:"mimetype,omitempty"`
	RepresentationType string           `json:"representationtype,omitempty"`
	Profile            string           `json:"profile,omitempty"`
	Version            string           `json:"version,omitempty"`
	FirstCreated       string           `json:"firstcreated,omitempty"`
	VersionCreated     string           `json:"versioncreated,omitempty"`
	ContentCreated     string           `json:"contentcreated,omitempty"`
	Embargoed          string           `json:"embargoed,omitempty"`
	PubStatus          string           `json:"pubstatus,omitempty"`
	CopyrightHolder    string           `json:"copyrightholder,omitempty"`
	UsageTerms         string           `json:"usageterms,omitempty"`
	EdNote             string           `json:"ednote,omitempty"`
	Language           string           `json:"language,omitempty"`
	Person             []concept1       `json:"person,omitempty"`
	Organisation       []concept1       `json:"organisation,omitempty"`
	Place              []concept1       `json:"place,omitempty"`
	InfoSource         []concept1       `json:"infosource,omitempty"`
	Byline             string           `json:"byline,omitempty"`
	Headline           string           `json:"headline,omitempty"`
	HeadlineKicker     string           `json:"headline_kicker,omitempty"`
	Located            string           `json:"located,omitempty"`
	CharCount          int              `json:"charcount,omitempty"`
	DescriptionText    string           `json:"description_text,omitempty"`
	BodyText           string           `json:"body_text,omitempty"`
	BodyHTML           string           `json:"body_html,omitempty"`
	Renditions         map[string]link1 `json:"renditions,omitempty"`
	Associations       map[string]item1 `json:"associations,omitempty"`
	AltIDs             map[string]any   `json:"altids,omitempty"`
	Standard           *standard        `json:"$standard,omitempty"`
}

type concept1 struct {
	Name        string    `json:"name"`
	Rel         string    `json:"rel,omitempty"`
	Scheme      string    `json:"scheme,omitempty"`
	Code        string    `json:"code,omitempty"`
	ContactInfo []contact `json:"contactinfo,omitempty"`
}

type link1 struct {
	Href     string `json:"href"`
	MIMEType string `json:"mimetype,omitempty"`
	Title    string `json:"title,omitempty"`
}

type standard struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Schema  string `json:"schema"`
}

func newNinjs1(w io.Writer, _ Options) (Writer, error) {
	return &ninjs{w: w, item: func(ev *schemas.Event) any { return ninjs1(ev) }}, nil
}

func ninjs1(ev *schemas.Event) *item1 {
	r := ev.Release
	it := &item1{
		URI: iri(r), Type: "text", MIMEType: "text/html", RepresentationType: "complete", Version: strconv.Itoa(max(r.Revision, 1)),
		FirstCreated: stampUTC(r.Published), VersionCreated: utc(ev.Time), ContentCreated: stampUTC(r.Published),
		Embargoed: embargoUTC(r.Embargo), PubStatus: pubStatus(ev), CopyrightHolder: sourceName(&r.Source), UsageTerms: r.Usage,
		EdNote: edNote(ev), Language: r.Language, Headline: r.Title, HeadlineKicker: r.Kicker, Byline: sourceName(&r.Source),
		CharCount: utf8.RuneCountInString(r.Text), DescriptionText: r.Lead, BodyText: r.Text, BodyHTML: string(bodyHTML(nil, r, "q", quoteOpen)),
		InfoSource: []concept1{{sourceName(&r.Source), "publisher", feedformat.ID("source"), r.Source.ID, contacts(r.Contact)}},
		Renditions: attachments1(r), Associations: pictures1(r),
		Standard: &standard{"ninjs", "1.4", "http://www.iptc.org/std/ninjs/ninjs-schema_1.4.json#"},
	}
	rel := relations(r)
	for i, p := range r.People {
		it.Person = append(it.Person, concept1{Name: p.Name, Rel: rel[i]})
	}
	for _, name := range organisations(r) {
		it.Organisation = append(it.Organisation, concept1{Name: name, Rel: "quoted"})
	}
	if state := schemas.States[r.Source.State]; state != "" {
		it.Place = []concept1{{Name: state, Rel: "publisher", Scheme: "urn:iso:std:iso:3166:-2", Code: "DE-" + r.Source.State}}
	}
	if address := webAddress(r.URL); address != "" {
		it.AltIDs = map[string]any{"url": address}
	}
	return it
}

// pictures1 are the pictures of a release as items of their own; Superdesk takes the text of a picture for its alternative text.
func pictures1(r *schemas.Release) map[string]item1 {
	list := map[string]item1{}
	for n := range r.Images {
		i := &r.Images[n]
		address := webAddress(i.URL)
		if address == "" {
			continue
		}
		list["picture"+strconv.Itoa(n+1)] = item1{
			URI: address, Type: "picture", Headline: i.Caption, DescriptionText: i.Caption, BodyText: i.Alt, Byline: imageCredit(r, i),
			Renditions: map[string]link1{"original": {Href: address}},
		}
	}
	return list
}

func attachments1(r *schemas.Release) map[string]link1 {
	list := map[string]link1{}
	for n, a := range r.Attachments {
		if address := webAddress(a.URL); address != "" {
			list["attachment"+strconv.Itoa(n+1)] = link1{address, a.MediaType, a.Title}
		}
	}
	return list
}
