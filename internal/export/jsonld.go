package export

import (
	"bytes"
	"io"
	"strconv"

	"github.com/kreispresse/kreispresse/schemas"
)

// graph writes one JSON-LD document: the releases are the nodes of its @graph, one a line, in the vocabulary of schema.org.
type graph struct {
	w         io.Writer
	some      bool
	revisions bool // each is a node of its own
	b         bytes.Buffer
}

func newJSONLD(w io.Writer, o Options) (Writer, error) {
	return &graph{w: w, revisions: o.History}, nil
}

func (g *graph) Begin() error {
	_, err := io.WriteString(g.w, `{"@context":"https://schema.org","@graph":[`)
	return err
}

func (g *graph) Write(ev *schemas.Event) error {
	g.b.Reset()
	if g.some {
		g.b.WriteByte(',')
	}
	g.some = true
	g.b.WriteByte('\n')
	if err := encodeLine(&g.b, article(ev, g.nodeID(ev.Release))); err != nil {
		return err
	}
	g.b.Truncate(g.b.Len() - 1)
	_, err := g.w.Write(g.b.Bytes())
	return err
}

func (g *graph) Close() error {
	_, err := io.WriteString(g.w, "\n]}\n")
	return err
}

// nodeID names the node of a release. Revisions of one release under one name would be one node that says everything at once.
func (g *graph) nodeID(r *schemas.Release) string {
	if g.revisions {
		return iri(r) + "/" + strconv.Itoa(r.Revision)
	}
	return iri(r)
}

type node struct {
	Type string `json:"@type,omitempty"`
	ID   string `json:"@id,omitempty"`
}

type articleNode struct {
	node
	URL              string          `json:"url,omitempty"`
	Headline         string          `json:"headline"`
	AlternativeTitle string          `json:"alternativeHeadline,omitempty"`
	Abstract         string          `json:"abstract,omitempty"`
	Body             string          `json:"articleBody,omitempty"`
	Published        string          `json:"datePublished,omitempty"`
	Modified         string          `json:"dateModified,omitempty"`
	Language         string          `json:"inLanguage,omitempty"`
	Version          int             `json:"version"`
	Status           string          `json:"creativeWorkStatus,omitempty"`
	Publisher        publisherNode   `json:"publisher"`
	Usage            *textNode       `json:"usageInfo,omitempty"`
	People           []personNode    `json:"mentions,omitempty"`
	Quotations       []quotationNode `json:"hasPart,omitempty"`
	Images           []imageNode     `json:"image,omitempty"`
	Attachments      []mediaNode     `json:"associatedMedia,omitempty"`
}

type publisherNode struct {
	node
	Name       string         `json:"name"`
	Identifier []propertyNode `json:"identifier,omitempty"`
	Contact    *contactNode   `json:"contactPoint,omitempty"`
}

type propertyNode struct {
	node
	Property string `json:"propertyID"`
	Value    string `json:"value"`
}

type contactNode struct {
	node
	Name      string `json:"name,omitempty"`
	Telephone string `json:"telephone,omitempty"`
	Email     string `json:"email,omitempty"`
	Purpose   string `json:"contactType"`
}

type textNode struct {
	node
	Text string `json:"text"`
}

type personNode struct {
	node
	Name         string    `json:"name"`
	Given        string    `json:"givenName,omitempty"`
	Family       string    `json:"familyName,omitempty"`
	Title        string    `json:"honorificPrefix,omitempty"`
	Roles        []string  `json:"jobTitle,omitempty"`
	Organisation *nameNode `json:"affiliation,omitempty"`
}

type nameNode struct {
	node
	Name string `json:"name"`
}

type quotationNode struct {
	node
	Text      string `json:"text"`
	Speaker   any    `json:"spokenByCharacter,omitempty"`
	Creator   any    `json:"creator,omitempty"`
	PartOf    node   `json:"isPartOf"`
	Published string `json:"datePublished,omitempty"`
	Language  string `json:"inLanguage,omitempty"`
}

type imageNode struct {
	node
	URL     string `json:"contentUrl"`
	Caption string `json:"caption,omitempty"`
	Alt     string `json:"description,omitempty"`
	Credit  string `json:"creditText,omitempty"`
}

type mediaNode struct {
	node
	URL    string `json:"contentUrl"`
	Name   string `json:"name,omitempty"`
	Format string `json:"encodingFormat,omitempty"`
}

// article is a release as a NewsArticle whose quotes are parts of it. People and quotes are named by the node's id and their place.
func article(ev *schemas.Event, id string) *articleNode {
	r := ev.Release
	a := &articleNode{
		node: node{"NewsArticle", id}, URL: webAddress(r.URL), Headline: r.Title, AlternativeTitle: r.Kicker, Abstract: r.Lead, Body: r.Text,
		Language: r.Language, Version: max(r.Revision, 1), Publisher: publisherOf(r),
	}
	if r.Published != nil {
		a.Published = r.Published.Value
	}
	if r.Modified != nil {
		a.Modified = r.Modified.Value
	}
	if ev.Type == schemas.EventWithdrawn {
		a.Status = "Withdrawn"
	}
	if r.Usage != "" {
		a.Usage = &textNode{node{Type: "CreativeWork"}, r.Usage}
	}
	for i := range r.People {
		a.People = append(a.People, personLD(a, &r.People[i], i))
	}
	for i := range r.Quotes {
		if r.Quotes[i].Kind != schemas.QuotePull { // it repeats another
			a.Quotations = append(a.Quotations, quotation(a, r, i))
		}
	}
	for i := range r.Images {
		if address := webAddress(r.Images[i].URL); address != "" {
			img := &r.Images[i]
			a.Images = append(a.Images, imageNode{node{Type: "ImageObject"}, address, img.Caption, img.Alt, imageCredit(r, img)})
		}
	}
	for _, f := range r.Attachments {
		if address := webAddress(f.URL); address != "" {
			a.Attachments = append(a.Attachments, mediaNode{node{Type: "MediaObject"}, address, f.Title, f.MediaType})
		}
	}
	return a
}

func publisherOf(r *schemas.Release) publisherNode {
	p := publisherNode{node: node{"GovernmentOrganization", sourceURI(&r.Source)}, Name: sourceName(&r.Source)}
	for _, id := range []propertyNode{{Property: "AGS", Value: r.Source.AGS}, {Property: "ARS", Value: r.Source.ARS}, {Property: "NUTS3", Value: r.Source.NUTS3}} {
		if id.Value != "" {
			id.Type = "PropertyValue"
			p.Identifier = append(p.Identifier, id)
		}
	}
	if c := r.Contact; c != nil {
		p.Contact = &contactNode{node{Type: "ContactPoint"}, c.Name, c.Phone, c.Email, "press"}
	}
	return p
}

func personLD(a *articleNode, p *schemas.Person, i int) personNode {
	n := personNode{
		node: node{"Person", partID(a, "person", i)}, Name: p.Name, Given: p.Given, Family: p.Family, Title: p.Title, Roles: p.Roles,
	}
	if p.Organisation != "" {
		n.Organisation = &nameNode{node{Type: "Organization"}, p.Organisation}
	}
	return n
}

func quotation(a *articleNode, r *schemas.Release, i int) quotationNode {
	q := &r.Quotes[i]
	n := quotationNode{
		node: node{"Quotation", partID(a, "quote", i)}, Text: q.Text, PartOf: node{ID: a.ID}, Published: a.Published, Language: r.Language,
	}
	switch {
	case q.Speaker == nil:
		return n
	case personOf(r, q) != nil:
		n.Speaker = node{ID: partID(a, "person", *q.Speaker.Person)}
	case q.Speaker.Kind == schemas.SpeakerOrganisation:
		n.Speaker = nameNode{node{Type: "Organization"}, q.Speaker.Name}
	default:
		n.Speaker = nameNode{node{Type: "Person"}, q.Speaker.Name}
	}
	n.Creator = n.Speaker
	return n
}

// partID names a part of a release by its kind and place.
func partID(a *articleNode, kind string, i int) string {
	return a.ID + "#" + kind + "-" + strconv.Itoa(i)
}
