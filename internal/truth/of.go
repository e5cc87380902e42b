package truth

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/kreispresse/kreispresse/schemas"
)

// Of is the truth that a release claims: judged by it, the release is right in every field.
func Of(r *schemas.Release) Page {
	p := Page{
		URL: r.URL, Title: r.Title, Kicker: r.Kicker, Lead: r.Lead, Published: only(day(r.Published)), Modified: only(day(r.Modified)),
		Contact: only(mail(r.Contact)), Embargo: only(end(r.Embargo)), Usage: r.Usage,
	}
	switch l := primary(r.Language); l {
	case "":
		p.Language = None
	case "de":
	default:
		p.Language = l
	}
	if r.CanonicalURL != only(p.canonical()) {
		p.Canonical = r.CanonicalURL
	}
	for _, q := range r.Quotes {
		x := Quote{Text: q.Text, Kind: q.Kind}
		if q.Speaker != nil && q.Kind != schemas.QuotePull {
			x.Speaker, x.Org = q.Speaker.Name, q.Speaker.Kind == schemas.SpeakerOrganisation
		}
		p.Quotes = append(p.Quotes, x)
	}
	for _, x := range r.People {
		p.People = append(p.People, Person{Name: x.Name, Title: x.Title, Roles: x.Roles, Organisation: x.Organisation, Gender: x.Gender})
	}
	for _, d := range r.Dates {
		p.Dates = append(p.Dates, Date{d.Text, d.Type, d.Value})
	}
	for _, c := range r.Credits {
		p.Credits = append(p.Credits, Credit{c.Holder, c.Agency})
	}
	for _, x := range r.Images {
		p.Images = append(p.Images, x.URL)
	}
	for _, x := range r.Attachments {
		p.Attachments = append(p.Attachments, x.URL)
	}
	return p
}

func only(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// YAML is the truth as a file that Read reads, below a comment.
func (p Page) YAML(comment string) ([]byte, error) {
	text, err := yaml.MarshalWithOptions(p, yaml.IndentSequence(true))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for line := range strings.Lines(strings.TrimSpace(comment)) {
		b.WriteString(strings.TrimRight("# "+line, " \n") + "\n")
	}
	b.Write(text)
	return b.Bytes(), nil
}

// AnyParser stands in records for the version that read them: they say what is read, whatever the version.
const AnyParser = "any"

// Record is a release as the third file of a case has it.
func Record(r *schemas.Release) ([]byte, error) {
	c := *r
	c.Provenance.Parser, c.Provenance.Run = AnyParser, "" // a run is of the crawl, not of the page
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(&c)
	return b.Bytes(), err
}
