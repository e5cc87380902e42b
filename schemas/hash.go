package schemas

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"time"
)

// ContentHash is the hex sha256 over what a release says. It is made anew wherever two releases are compared, never taken from a
// record, so that what counts as content may be defined more sharply later (see content).
func ContentHash(r *Release) string {
	b, err := json.Marshal(content(r))
	if err != nil { // a struct of strings and slices always marshals
		panic(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// said is the content of a release: what it says, without where in the text it stands, by which rule it was read, in which order its
// pictures come and from which host. Left out are provenance and revision, the evidence of dates, the time of modification (many
// templates print the time of rendering), addresses beyond their path, and pictures' sizes and versions in them.
type said struct {
	ID, Source, State string
	Canonical         string
	Language          string
	Title, Kicker     string
	Blocks            []string
	Published         string
	Quotes            []saidQuote
	People            []saidPerson
	Dates             []string
	Credits           []string
	Images            []string
	Attachments       []string
	Contact           *Contact
	Embargo           *Embargo
	Usage             string
}

type saidQuote struct {
	Text, Kind           string
	Speaker, SpeakerKind string
	Cue                  string
}

type saidPerson struct {
	Name, Title, Organisation string
	Roles                     []string
}

func content(r *Release) said {
	blocks, momentary := r.lastingBlocks()
	c := said{
		ID: r.ID, Source: r.Source.ID, State: r.Source.State, Canonical: r.CanonicalURL, Language: r.Language, Title: r.Title,
		Kicker: r.Kicker, Blocks: blocks, Published: statedDate(r), Contact: r.Contact, Embargo: r.Embargo, Usage: r.Usage,
	}
	for _, q := range r.Quotes {
		x := saidQuote{Text: q.Text, Kind: q.Kind}
		if q.Speaker != nil {
			x.Speaker, x.SpeakerKind = q.Speaker.Name, q.Speaker.Kind
		}
		if q.Cue != nil {
			x.Cue = q.Cue.Text
		}
		c.Quotes = append(c.Quotes, x)
	}
	for _, p := range r.People {
		c.People = append(c.People, saidPerson{Name: p.Name, Title: p.Title, Organisation: p.Organisation, Roles: notNil(p.Roles)})
	}
	for _, d := range r.Dates {
		if slices.ContainsFunc(momentary, func(s Span) bool { return s.Start <= d.Start && d.Start < s.End }) {
			continue
		}
		c.Dates = append(c.Dates, d.Text+"\x00"+d.Type+"\x00"+d.Value)
	}
	for _, x := range r.Credits {
		c.Credits = append(c.Credits, x.Holder+"\x00"+x.Agency+"\x00"+x.Raw)
	}
	for _, x := range r.Images {
		c.Images = append(c.Images, urlPath(x.URL)+"\x00"+x.Alt+"\x00"+x.Caption+"\x00"+x.Credit)
	}
	for _, x := range r.Attachments {
		c.Attachments = append(c.Attachments, urlPath(x.URL)+"\x00"+x.Title)
	}
	slices.Sort(c.Credits)
	slices.Sort(c.Images)
	slices.Sort(c.Attachments)
	c.Credits, c.Images, c.Attachments = slices.Compact(c.Credits), slices.Compact(c.Images), slices.Compact(c.Attachments)
	return c
}

// lastingBlocks are the lasting texts of the blocks with their types, and which of the blocks speak of the moment of looking; a text
// without blocks is one.
func (r *Release) lastingBlocks() (texts []string, momentary []Span) {
	if len(r.Blocks) == 0 && r.Text != "" {
		return []string{r.Text}, nil
	}
	text := []rune(r.Text)
	texts = make([]string, 0, len(r.Blocks))
	for _, b := range r.Blocks {
		if b.Start < 0 || b.Start > b.End || b.End > len(text) {
			continue
		}
		form, changed := lasting(string(text[b.Start:b.End]))
		if texts = append(texts, b.Type+"\x00"+form); changed {
			momentary = append(momentary, Span{b.Start, b.End})
		}
	}
	return texts, momentary
}

// rendering is how near a stated time may be to the time of fetching before it is taken for the time of rendering, not of publication:
// a page is not asked for within minutes of being published, but a template that prints "now" always is.
const rendering = 10 * time.Minute

// statedDate is the day and time of publication, "" when it is the time of rendering.
func statedDate(r *Release) string {
	if r.Published == nil {
		return ""
	}
	at, err1 := parseStamp(r.Published.Value)
	fetched, err2 := time.Parse(time.RFC3339Nano, r.Provenance.FetchedAt)
	if err1 == nil && err2 == nil && r.Published.Granularity != GranularityDay && fetched.Sub(at).Abs() < rendering {
		return ""
	}
	return r.Published.Value
}

// parseStamp reads the value of a Stamp that has a time of day.
func parseStamp(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t, err = time.Parse("2006-01-02T15:04Z07:00", s)
	}
	return t, err
}

// urlPath is the path of an address: hosts rotate, and queries hold sessions, versions and sizes.
func urlPath(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return cmp.Or(u.EscapedPath(), raw)
}
