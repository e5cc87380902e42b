package schemas

// Release is one press release as read from one page: the record of release.v1.schema.json.
// The content fields come first; Provenance and the revision stand outside the content hash (see ContentHash).
type Release struct {
	ID           string       `json:"id"`       // see ReleaseID
	Revision     int          `json:"revision"` // 1 for the first publication; Parse leaves it 1
	Source       Source       `json:"source"`
	URL          string       `json:"url,omitempty"`           // where the page was fetched; empty for a stored page whose address nobody knows
	CanonicalURL string       `json:"canonical_url,omitempty"` // see CanonicalURL; empty with URL
	Language     string       `json:"language,omitempty"`
	Title        string       `json:"title"`
	Kicker       string       `json:"kicker,omitempty"`
	Lead         string       `json:"lead,omitempty"`
	Text         string       `json:"text"`
	Blocks       []Block      `json:"blocks"`
	Published    *Stamp       `json:"published"`
	Modified     *Stamp       `json:"modified,omitempty"`
	Quotes       []Quote      `json:"quotes"`
	People       []Person     `json:"people"`
	Dates        []Date       `json:"dates"`
	Credits      []Credit     `json:"credits"`
	Images       []Image      `json:"images"`
	Attachments  []Attachment `json:"attachments"`
	Contact      *Contact     `json:"contact,omitempty"`
	Embargo      *Embargo     `json:"embargo,omitempty"`
	Usage        string       `json:"usage,omitempty"` // terms the page states, e.g. "Abdruck honorarfrei, Beleg erbeten"
	SameAs       []SameAs     `json:"same_as,omitempty"`
	Provenance   Provenance   `json:"provenance"`
}

// Source names the public authority a release comes from.
type Source struct {
	ID    string `json:"id"`              // lower-case slug, e.g. "kreis-dueren"
	Name  string `json:"name,omitempty"`  // e.g. "Kreis Düren"
	AGS   string `json:"ags,omitempty"`   // Amtlicher Gemeindeschlüssel, 5 digits (2 to 8 are accepted)
	State string `json:"state,omitempty"` // two-letter code of the Land, e.g. "NW"

	// Keys that subscribers join on; empty where nobody has looked them up.
	ARS      string `json:"ars,omitempty"`      // Amtlicher Regionalschlüssel, 12 digits
	NUTS3    string `json:"nuts3,omitempty"`    // Eurostat's region, e.g. "DEA26"
	Wikidata string `json:"wikidata,omitempty"` // e.g. "Q5914"
}

// SameAs names another release that is the same text.
type SameAs struct {
	ID      string `json:"id"`
	Source  string `json:"source,omitempty"`  // of the other, when it is not the same
	Measure string `json:"measure,omitempty"` // how the sameness was found
}

// Kinds of Block.
const (
	BlockLead       = "lead"
	BlockHeading    = "heading"
	BlockParagraph  = "paragraph"
	BlockListItem   = "list_item"
	BlockBlockquote = "blockquote"
)

// Block is one paragraph-like part of Text. Blocks are in reading order, do not overlap, and are separated by one "\n".
type Block struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Granularities of a Stamp.
const (
	GranularityDay    = "day"
	GranularityMinute = "minute"
	GranularitySecond = "second"
)

// Stamp is a point in time a page states about itself, with the place it was read from.
type Stamp struct {
	Value       string   `json:"value"`              // ISO 8601: 2006-01-02, 2006-01-02T15:04+01:00 or 2006-01-02T15:04:05+01:00
	Granularity string   `json:"granularity"`        // day, minute or second
	Evidence    string   `json:"evidence"`           // sitepark:date, jsonld, meta:article:published_time, time, text, url, listing, feed, …
	Agreeing    []string `json:"agreeing,omitempty"` // other places that say the same; outside the content hash
}

// Span is a half-open range of code points in Text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Mention is a span with the text it covers.
type Mention struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Kinds of Quote.
const (
	QuoteDirect   = "direct"   // somebody's own clause or sentence
	QuoteFragment = "fragment" // somebody's words inside the reporter's sentence
	QuotePull     = "pull"     // a heading or call-out that repeats a quote of the text
)

// Quote is something somebody said. Spans cover the words between the marks, without the marks; an interrupted quotation has several.
type Quote struct {
	Text    string   `json:"text"` // the spans, joined by one blank
	Kind    string   `json:"kind"`
	Spans   []Span   `json:"spans"`
	Speaker *Speaker `json:"speaker"`       // null when nobody can be told
	Cue     *Mention `json:"cue,omitempty"` // the word that introduces the speech, e.g. "sagte"
	Of      *int     `json:"of,omitempty"`  // pull: index in Release.Quotes of the quote it repeats
}

// Kinds of Speaker and methods by which one was found.
const (
	SpeakerPerson       = "person"
	SpeakerOrganisation = "organisation"

	MethodName         = "name"
	MethodSurname      = "surname"
	MethodRole         = "role"
	MethodPronoun      = "pronoun"
	MethodContinuation = "continuation"
)

// Speaker is whoever a quote is attributed to.
type Speaker struct {
	Name    string   `json:"name"`             // full name without academic title, or the organisation's name
	Person  *int     `json:"person,omitempty"` // index in Release.People, when the speaker is one of them
	Kind    string   `json:"kind"`             // person or organisation
	Mention *Mention `json:"mention,omitempty"`
	Method  string   `json:"method"`
	Rule    string   `json:"rule,omitempty"` // the rule that decided, for inspect
}

// Genders a text can show. Absent when it does not.
const (
	GenderFemale = "female"
	GenderMale   = "male"
)

// Person is somebody the text speaks of; photographers of credits are not.
type Person struct {
	Name         string    `json:"name"` // without academic title
	Given        string    `json:"given,omitempty"`
	Family       string    `json:"family,omitempty"`
	Title        string    `json:"title,omitempty"` // academic title, e.g. "Dr."
	Roles        []string  `json:"roles"`
	Organisation string    `json:"organisation,omitempty"`
	Gender       string    `json:"gender,omitempty"`
	Mentions     []Mention `json:"mentions"`
}

// TIMEX3 types of Date.
const (
	DateDate     = "DATE"
	DateTime     = "TIME"
	DateDuration = "DURATION"
	DateSet      = "SET"
)

// Date is a temporal expression with its TimeML TIMEX3 type and value.
type Date struct {
	Text    string `json:"text"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Type    string `json:"type"`
	Value   string `json:"value,omitempty"`   // 2007, 2024-W47, 2024-03-12T18:00, P2D, XXXX-WXX-2, …
	Quant   string `json:"quant,omitempty"`   // SET: "every"
	Freq    string `json:"freq,omitempty"`    // SET: "2X"
	From    string `json:"from,omitempty"`    // first day covered, 2006-01-02
	To      string `json:"to,omitempty"`      // last day covered
	Anchor  string `json:"anchor,omitempty"`  // what a relative expression was resolved against: published, first_seen or text
	Warning string `json:"warning,omitempty"` // "weekday": the named weekday is not that of the date
	Rule    string `json:"rule,omitempty"`    // the rule that read it, for inspect
}

// Credit says who made or owns an image.
type Credit struct {
	Holder string `json:"holder,omitempty"` // person or organisation
	Agency string `json:"agency,omitempty"` // e.g. "stock.adobe.com"
	Raw    string `json:"raw"`              // as written
	Image  string `json:"image,omitempty"`  // absolute URL, when it can be told
	Rule   string `json:"rule,omitempty"`   // where it was read, for inspect
}

// Image is a picture of the release.
type Image struct {
	URL     string `json:"url"`
	Alt     string `json:"alt,omitempty"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"` // Credit.Raw of the credit tied to it
}

// Attachment is a file the release offers.
type Attachment struct {
	URL       string `json:"url"`
	Title     string `json:"title,omitempty"`
	MediaType string `json:"media_type,omitempty"`
}

// Contact is the press contact a page gives.
type Contact struct {
	Name  string `json:"name,omitempty"`
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
}

// Embargo is a Sperrfrist that the page states.
type Embargo struct {
	Until string `json:"until,omitempty"` // ISO 8601 as in Stamp.Value; absent when the words name no moment
	Text  string `json:"text"`            // as written
}

// Provenance says from which bytes, when and by what a release was made. It is outside the content hash.
type Provenance struct {
	Snapshot  string `json:"snapshot"`             // sha256 of the raw body, hex
	FetchedAt string `json:"fetched_at,omitempty"` // RFC 3339
	FirstSeen string `json:"first_seen,omitempty"` // RFC 3339
	Run       string `json:"run,omitempty"`
	// RawSequence is the snapshot's sequence in PRESS_RAW: revisions are ordered by it, never by a clock. Zero: not from the archive.
	RawSequence uint64 `json:"raw_sequence,omitempty"`
	Parser      string `json:"parser"`
}
