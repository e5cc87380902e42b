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
	URL         string    `yaml:"url"`
	FetchedAt   time.Time `yaml:"fetched_at"`
	ContentType string    `yaml:"content_type"`
	Listed      string    `yaml:"listed"` // day that the listing gave, schemas.Hints.Published
	Fed         string    `yaml:"fed"`    // the same of a feed
	Covers      []string  `yaml:"covers"` // rules and hard cases the page was written for
	Error       string    `yaml:"error"`  // the schemas.Kind that the parser must answer with; nothing else is judged then

	Title     string   `yaml:"title"`
	Kicker    string   `yaml:"kicker"`
	Lead      string   `yaml:"lead"`
	Language  string   `yaml:"language"`  // primary subtag, or none
	Canonical string   `yaml:"canonical"` // address
	Published string   `yaml:"published"` // day, or none
	Modified  string   `yaml:"modified"`  // day
	Has       []string `yaml:"has"`       // snippets the text must contain
	Lacks     []string `yaml:"lacks"`     // snippets it must not contain

	Quotes  []Quote  `yaml:"quotes"`
	People  []Person `yaml:"people"`
	Dates   []Date   `yaml:"dates"`
	Credits []Credit `yaml:"credits"`
	Contact string   `yaml:"contact"` // e-mail address of the press contact
	Embargo string   `yaml:"embargo"` // its end, or its words when they name no moment
	Usage   string   `yaml:"usage"`   // terms of use, as written

	Images      []string `yaml:"images"`      // addresses
	Attachments []string `yaml:"attachments"` // addresses

	Unjudged []string `yaml:"unjudged"` // fields that nobody has judged, see Fields
	Partly   []string `yaml:"partly"`   // fields of which some is named and the rest unjudged: what else is found is not wrong
	Loose    bool     `yaml:"loose"`    // case, white space, soft hyphens and the marks and signs at the ends of texts and names are not judged
}

// Quote is what somebody says.
type Quote struct {
	Text    string `yaml:"text"`    // exactly, without the marks; the spans of an interrupted one joined by one blank
	Kind    string `yaml:"kind"`    // direct, fragment or pull
	Speaker string `yaml:"speaker"` // full name or organisation; empty when nobody can be told
	Org     bool   `yaml:"org"`     // the speaker is an organisation, which a sentence may call by a part of its name: "der Kreis"
}

// Person is somebody the text speaks of. What is absent of title, organisation and gender is not judged: a text tells more than one may list.
type Person struct {
	Name         string   `yaml:"name"`
	Title        string   `yaml:"title"`
	Roles        []string `yaml:"roles"` // each contained in one of the person's roles
	Organisation string   `yaml:"organisation"`
	Gender       string   `yaml:"gender"`
}

// Date is a temporal expression as TIMEX3.
type Date struct {
	Text  string `yaml:"text"`
	Type  string `yaml:"type"`
	Value string `yaml:"value"`
}

// Credit is who made or owns a picture.
type Credit struct {
	Holder string `yaml:"holder"`
	Agency string `yaml:"agency"`
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
