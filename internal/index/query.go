package index

import "time"

// Query chooses releases by their present state. Conditions are joined by and; the zero value is all releases that are not withdrawn,
// newest publication first.
type Query struct {
	Text    string // words of title, lead or text, as a reader types them; "…" asks for a phrase, a word with * for its beginning
	Speaker string // somebody who is quoted
	Person  string // somebody who is named
	Role    string // an office or role of somebody who is named
	Credit  string // holder or agency of a picture
	Source  string // id
	State   string // two-letter code of the Land
	Type    string // short name of the newest event's type; "": all but withdrawn and erased
	From    string // day of publication, 2006-01-02, inclusive
	To      string // day of publication, inclusive
	Order   string // Newest or Best; "": Best when Text is given, else Newest
	After   string // Next of the page before
	Limit   int    // 1 to 200; 0: 20
}

// Orders of a query's answer.
const (
	Newest = "newest" // by day of publication, then by sequence
	Best   = "best"   // words in the title first, then in the lead, then in the text; each newest first
)

// Page is one page of an answer.
type Page struct {
	Hits  []Hit  `json:"hits"`
	Next  string `json:"next,omitempty"` // for Query.After; empty at the end
	Total int    `json:"total"`          // of all pages
	// AtLeast: there may be more; they were not counted to the end, which would take longer than the answer.
	AtLeast bool `json:"at_least,omitempty"`
}

// Hit is a release that was found.
type Hit struct {
	ID         string    `json:"id"`
	Source     string    `json:"source"`
	SourceName string    `json:"source_name,omitempty"`
	State      string    `json:"state,omitempty"`
	URL        string    `json:"url,omitempty"`
	Title      string    `json:"title"`
	Kicker     string    `json:"kicker,omitempty"`
	Published  string    `json:"published,omitempty"` // as Stamp.Value: a day or a moment
	Type       string    `json:"type"`                // short name of the newest event's type
	Revision   int       `json:"revision"`
	Sequence   uint64    `json:"sequence"` // of the newest event in PRESS
	Recorded   time.Time `json:"recorded"` // when that was
	Quotes     int       `json:"quotes"`
	People     int       `json:"people"`
	Snippet    string    `json:"snippet,omitempty"` // of the text, around what was asked for
	Marks      []Span    `json:"marks,omitempty"`   // what was asked for, in Snippet
}

// Span is a half-open range of code points.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// QuoteQuery chooses quotes of releases that are not withdrawn, newest publication first. Pull quotes, which repeat others, are left out.
type QuoteQuery struct {
	Speaker string // a name, whole or in part
	Key     string // a speaker's Key, exactly
	Text    string // words of the quote, as Query.Text
	Source  string
	State   string
	From    string // day of publication, inclusive
	To      string
	After   string
	Limit   int // 1 to 200; 0: 20
}

// QuotePage is one page of quotes.
type QuotePage struct {
	Quotes []Quote `json:"quotes"`
	Next   string  `json:"next,omitempty"`
	Total  int     `json:"total"`
	// AtLeast: there may be more, see Page.
	AtLeast bool `json:"at_least,omitempty"`
}

// Quote is something somebody said, with where it stands.
type Quote struct {
	Release      string   `json:"release"`
	Number       int      `json:"number"` // index in the release's quotes
	Text         string   `json:"text"`
	Kind         string   `json:"kind"`
	Start        int      `json:"start"` // of the first span, code points in the release's text
	Speaker      string   `json:"speaker,omitempty"`
	SpeakerKey   string   `json:"speaker_key,omitempty"` // joins a person over releases, as far as that is safe
	SpeakerKind  string   `json:"speaker_kind,omitempty"`
	Roles        []string `json:"roles,omitempty"` // of the speaker in this release: on that day
	Organisation string   `json:"organisation,omitempty"`
	Rule         string   `json:"rule,omitempty"` // that decided on the speaker
	Title        string   `json:"title"`          // of the release
	Source       string   `json:"source"`
	SourceName   string   `json:"source_name,omitempty"`
	State        string   `json:"state,omitempty"`
	URL          string   `json:"url,omitempty"`
	Published    string   `json:"published,omitempty"`
}

// Person is somebody over all releases, joined by name, source and role as far as that is safe.
type Person struct {
	Key      string   `json:"key"`
	Name     string   `json:"name"`
	Roles    []string `json:"roles,omitempty"` // most frequent first
	Sources  []string `json:"sources"`
	Quotes   int      `json:"quotes"`
	Releases int      `json:"releases"`
	First    string   `json:"first,omitempty"` // day of the first release
	Last     string   `json:"last,omitempty"`
}
