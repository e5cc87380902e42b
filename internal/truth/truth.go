package truth

import (
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/goccy/go-yaml"
)

// None says in a truth that a page does not tell something it would be expected to tell.
const None = "none"

// Page is what is true of a page. A field that is absent means that there is none, but for canonical, which is then the page's own
// address, and language, which is then German.
type Page struct {
	URL         string    `yaml:"url,omitempty"`
	FetchedAt   time.Time `yaml:"fetched_at,omitempty"`
	ContentType string    `yaml:"content_type,omitempty"`
	Listed      string    `yaml:"listed,omitempty"` // day that the listing gave, schemas.Hints.Published
	Fed         string    `yaml:"fed,omitempty"`    // the same of a feed
	Mapped      string    `yaml:"mapped,omitempty"` // the same of a sitemap
	From        *Origin   `yaml:"from,omitempty"`   // of a page that was crawled; a page written for the project has none
	Covers      []string  `yaml:"covers,omitempty"` // rules and hard cases the page was written for
	Error       string    `yaml:"error,omitempty"`  // the schemas.Kind that the parser must answer with; nothing else is judged then

	Title     string   `yaml:"title,omitempty"`
	Kicker    string   `yaml:"kicker,omitempty"`
	Lead      string   `yaml:"lead,omitempty"`
	Language  string   `yaml:"language,omitempty"`  // primary subtag, or none
	Canonical string   `yaml:"canonical,omitempty"` // address
	Published string   `yaml:"published,omitempty"` // day, or none
	Modified  string   `yaml:"modified,omitempty"`  // day
	Has       []string `yaml:"has,omitempty"`       // snippets the text must contain
	Lacks     []string `yaml:"lacks,omitempty"`     // snippets it must not contain

	Quotes  []Quote  `yaml:"quotes,omitempty"`
	People  []Person `yaml:"people,omitempty"`
	Dates   []Date   `yaml:"dates,omitempty"`
	Credits []Credit `yaml:"credits,omitempty"`
	Contact string   `yaml:"contact,omitempty"` // e-mail address of the press contact
	Embargo string   `yaml:"embargo,omitempty"` // its end, or its words when they name no moment
	Usage   string   `yaml:"usage,omitempty"`   // terms of use, as written

	Images      []string `yaml:"images,omitempty"`      // addresses
	Attachments []string `yaml:"attachments,omitempty"` // addresses

	Unjudged []string `yaml:"unjudged,omitempty"` // fields that nobody has judged, see Fields
	Partly   []string `yaml:"partly,omitempty"`   // fields of which some is named and the rest unjudged: what else is found is not wrong
	Loose    bool     `yaml:"loose,omitempty"`    // case, white space, soft hyphens and the marks and signs at the ends of texts and names are not judged
}

// Origin is what else a reader was told of a page that was crawled.
type Origin struct {
	Source    string    `yaml:"source"` // id
	Name      string    `yaml:"name,omitempty"`
	State     string    `yaml:"state,omitempty"`
	Profile   string    `yaml:"profile,omitempty"`  // of its CMS, as the source's file names it
	Language  string    `yaml:"language,omitempty"` // Content-Language
	FirstSeen time.Time `yaml:"first_seen,omitempty"`
}

// Quote is what somebody says.
type Quote struct {
	Text    string `yaml:"text,omitempty"`    // exactly, without the marks; the spans of an interrupted one joined by one blank
	Kind    string `yaml:"kind,omitempty"`    // direct, fragment or pull
	Speaker string `yaml:"speaker,omitempty"` // full name or organisation; empty when nobody can be told
	Org     bool   `yaml:"org,omitempty"`     // the speaker is an organisation, which a sentence may call by a part of its name: "der Kreis"
}

// Person is somebody the text speaks of. What is absent of title, organisation and gender is not judged: a text tells more than one may list.
type Person struct {
	Name         string   `yaml:"name,omitempty"`
	Title        string   `yaml:"title,omitempty"`
	Roles        []string `yaml:"roles,omitempty"` // each contained in one of the person's roles
	Organisation string   `yaml:"organisation,omitempty"`
	Gender       string   `yaml:"gender,omitempty"`
}

// Date is a temporal expression as TIMEX3.
type Date struct {
	Text  string `yaml:"text,omitempty"`
	Type  string `yaml:"type,omitempty"`
	Value string `yaml:"value,omitempty"`
}

// Credit is who made or owns a picture.
type Credit struct {
	Holder string `yaml:"holder,omitempty"`
	Agency string `yaml:"agency,omitempty"`
}

// Fields are the names under which a release is judged.
var Fields = []string{
	"title", "kicker", "lead", "language", "canonical", "published", "modified", "text", "quotes", "speakers", "people", "roles", "person details",
	"dates", "date values", "credits", "contact", "embargo", "usage", "images", "attachments",
}

// covered are the fields that one word in unjudged stands for.
var covered = map[string][]string{"quotes": {"speakers"}, "people": {"roles", "person details"}, "dates": {"date values"}}

// Read reads a truth file. A key that is none, and a field in unjudged that is none, are errors.
func Read(file string) (Page, error) {
	var p Page
	text, err := os.ReadFile(file)
	if err != nil {
		return p, err
	}
	if err := yaml.UnmarshalWithOptions(text, &p, yaml.Strict()); err != nil {
		return p, fmt.Errorf("%s: %w", file, err)
	}
	for key, list := range map[string][]string{"unjudged": p.Unjudged, "partly": p.Partly} {
		for _, f := range list {
			if !slices.Contains(Fields, f) {
				return p, fmt.Errorf("%s: %s: there is no field %q", file, key, f)
			}
		}
	}
	return p, nil
}

// judged reports whether the truth judges a field.
func (p Page) judged(field string) bool { return !among(p.Unjudged, field) }

// among reports whether a list of fields names a field or the one that stands for it.
func among(list []string, field string) bool {
	for _, f := range list {
		if f == field || slices.Contains(covered[f], field) {
			return true
		}
	}
	return false
}
