package parser

import (
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/credit"
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/pubdate"
	"github.com/kreispresse/kreispresse/parser/internal/quote"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/parser/internal/timex"
	"github.com/kreispresse/kreispresse/schemas"
)

// MaxBody is the largest body Parse reads, in bytes; a press page has a hundredth of it.
const MaxBody = 16 << 20

// Parse reads the release from a snapshot. Errors are *schemas.Error: KindEmpty, KindTooLarge, KindNotHTML, or KindNoRelease for a
// page that is none.
//
// A text for which no title can be found has an empty one. That does not satisfy the schema, so the line keeps such a page as a dead
// letter, where somebody sees it.
func Parse(s *schemas.Snapshot) (*schemas.Release, error) {
	r, _, err := parse(s)
	return r, err
}

// Evidence says why a release is read as it is.
type Evidence struct {
	// Why is, for each field read from the markup, the rule and element it came from, and for "person 0", "person 1", … the rule that
	// took the first mention for a name.
	Why     map[string]string
	Dropped []Dropped // what the page shows and the release does not say
}

// Dropped is an element or a line of the page that is no text of the release.
type Dropped struct {
	Rule    string // the ID of the rule that says so
	Element string
	Text    string
}

// Explain is Parse with the evidence beside it. Dates, credits and speakers carry theirs in the release itself.
func Explain(s *schemas.Snapshot) (*schemas.Release, *Evidence, error) {
	r, p, err := parse(s)
	if err != nil {
		return nil, nil, err
	}
	e := &Evidence{Why: p.Why}
	for _, d := range p.Dropped() {
		e.Dropped = append(e.Dropped, Dropped{Rule: d.Rule, Element: p.Describe(d.At), Text: d.Text})
	}
	return r, e, nil
}

func parse(s *schemas.Snapshot) (*schemas.Release, *page.Page, error) {
	if len(s.Body) == 0 {
		return nil, nil, fail(s, schemas.KindEmpty, "the page is empty")
	}
	if len(s.Body) > MaxBody {
		return nil, nil, fail(s, schemas.KindTooLarge, "the page is larger than 16 MiB")
	}
	p, err := page.Read(s)
	if err != nil {
		return nil, nil, err
	}
	url := s.URL
	if url == "" { // a stored page whose address nobody knows is taken at its word
		if _, err := schemas.CanonicalURL(p.Canonical); err == nil {
			url = p.Canonical
		}
	}
	d := text.New(p.Pieces)
	r := &schemas.Release{
		Revision: 1, Source: s.Source, URL: url, CanonicalURL: canonicalURL(url, p.Canonical),
		Language: p.Language, Title: p.Title, Kicker: p.Kicker, Text: d.Text,
		Blocks: []schemas.Block{}, Quotes: []schemas.Quote{}, People: []schemas.Person{}, Dates: []schemas.Date{},
		Images: []schemas.Image{}, Attachments: append([]schemas.Attachment{}, p.Attachments...), Contact: p.Contact,
		Provenance: schemas.Provenance{Snapshot: s.Digest(), Run: s.Run, Parser: Version, FetchedAt: stamp(s.FetchedAt), FirstSeen: stamp(s.FirstSeen)},
	}
	r.ID = schemas.ReleaseID(s.Source.ID, r.CanonicalURL)
	if r.CanonicalURL == "" {
		r.ID = schemas.ContentID(s.Source.ID, r.Provenance.Snapshot)
	}
	r.Published, r.Modified = pubdate.Find(p, d, s)
	r.Credits = append([]schemas.Credit{}, credit.Find(p)...)
	captions := []string{}
	for _, im := range p.Images {
		r.Images = append(r.Images, im.Image)
		if im.Image.Caption != "" {
			captions = append(captions, im.Image.Caption)
		}
	}
	w := writer{d}
	w.blocks(r)
	people := person.Find(d, captions)
	quotes := quote.Find(d, people)
	people = quote.WithSpeakers(d, people, quotes)
	w.people(r, people)
	for i, x := range people {
		if len(x.Mentions) > 0 {
			p.Why[fmt.Sprintf("person %d", i)] = x.Mentions[0].Rule
		}
	}
	w.quotes(r, quotes)
	a := anchor(r, s)
	w.dates(r, timex.Find(d, a))
	r.Embargo, r.Usage = embargo(p.Embargo, a), p.Usage
	return r, p, nil
}

// Profiles are the ids of the CMS profiles that a snapshot's Profile may name.
func Profiles() []string { return page.Profiles() }

// canonicalURL is the address a release is known by: the page's rel=canonical where it spells the fetched URL otherwise and no more
// (see schemas.SameDocument), else the fetched URL. Two pages must never share one.
func canonicalURL(fetched, declared string) string {
	if declared != "" && schemas.SameDocument(fetched, declared) {
		if c, err := schemas.CanonicalURL(declared); err == nil {
			return c
		}
	}
	if c, err := schemas.CanonicalURL(fetched); err == nil {
		return c
	}
	return fetched
}

// anchor is the day relative dates count from: publication, else the first time the page was seen.
func anchor(r *schemas.Release, s *schemas.Snapshot) timex.Anchor {
	if r.Published != nil && len(r.Published.Value) >= 10 {
		if day, err := time.Parse(time.DateOnly, r.Published.Value[:10]); err == nil {
			return timex.Anchor{Day: day, Kind: "published"}
		}
	}
	seen := s.FirstSeen
	if seen.IsZero() {
		seen = s.FetchedAt
	}
	if seen.IsZero() {
		return timex.Anchor{}
	}
	y, m, day := seen.Date()
	return timex.Anchor{Day: time.Date(y, m, day, 0, 0, 0, 0, time.UTC), Kind: "first_seen"}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func fail(s *schemas.Snapshot, k schemas.Kind, hint string) error {
	return &schemas.Error{Op: "parse", Kind: k, Thing: s.URL, Hint: hint}
}
