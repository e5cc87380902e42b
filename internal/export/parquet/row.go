package parquet

// Row is one event with its release. Names and types of the columns are stable: later versions add columns at the end and change none.
// What is absent is null. Spans are half-open ranges of code points in text.
type Row struct {
	Sequence     int64   `parquet:"sequence"`                          // of the event in PRESS
	EventType    string  `parquet:"event_type,dict"`                   // published, corrected, reextracted, withdrawn, erased
	EventTime    int64   `parquet:"event_time,timestamp(microsecond)"` // when the event was made
	Status       string  `parquet:"status,dict"`                       // current, withdrawn or erased: what the event leaves the release as
	ID           string  `parquet:"id"`
	Revision     int32   `parquet:"revision"`
	SourceID     string  `parquet:"source_id,dict"`
	SourceName   string  `parquet:"source_name,dict,optional"`
	State        string  `parquet:"state,dict,optional"` // two-letter code of the Land
	AGS          string  `parquet:"ags,dict,optional"`
	ARS          string  `parquet:"ars,dict,optional"`
	NUTS3        string  `parquet:"nuts3,dict,optional"`
	Wikidata     string  `parquet:"wikidata,dict,optional"`
	URL          string  `parquet:"url,optional"`
	CanonicalURL string  `parquet:"canonical_url,optional"`
	Language     string  `parquet:"language,dict,optional"`
	Published    string  `parquet:"published,optional"`                  // as the page says it: a day or a moment with its zone
	PublishedOn  *int32  `parquet:"published_date,date"`                 // the day, as on the page
	PublishedAt  *int64  `parquet:"published_at,timestamp(microsecond)"` // the moment, when the page gives one
	Granularity  string  `parquet:"published_granularity,dict,optional"` // day, minute, second
	Evidence     string  `parquet:"published_evidence,dict,optional"`    // where it was read
	Modified     string  `parquet:"modified,optional"`
	ModifiedOn   *int32  `parquet:"modified_date,date"`
	ModifiedAt   *int64  `parquet:"modified_at,timestamp(microsecond)"`
	Title        string  `parquet:"title"`
	Kicker       string  `parquet:"kicker,optional"`
	Lead         string  `parquet:"lead,optional"`
	Text         string  `parquet:"text"`
	Blocks       []Block `parquet:"blocks,list"`

	Quotes      []Quote      `parquet:"quotes,list"`
	People      []Person     `parquet:"people,list"`
	Dates       []Date       `parquet:"dates,list"`
	Credits     []Credit     `parquet:"credits,list"`
	Images      []Image      `parquet:"images,list"`
	Attachments []Attachment `parquet:"attachments,list"`

	ContactName  string   `parquet:"contact_name,optional"`
	ContactPhone string   `parquet:"contact_phone,optional"`
	ContactEmail string   `parquet:"contact_email,optional"`
	EmbargoUntil string   `parquet:"embargo_until,optional"`
	EmbargoText  string   `parquet:"embargo_text,optional"`
	Usage        string   `parquet:"usage,optional"`
	SameAs       []SameAs `parquet:"same_as,list"`

	Changes     []Change `parquet:"changes,list"`    // of a correction
	Reason      string   `parquet:"reason,optional"` // of a withdrawal
	ContentHash string   `parquet:"content_hash,optional"`
	Snapshot    string   `parquet:"snapshot"` // sha256 of the page, hex
	FetchedAt   *int64   `parquet:"fetched_at,timestamp(microsecond)"`
	FirstSeen   *int64   `parquet:"first_seen,timestamp(microsecond)"`
	RawSequence *int64   `parquet:"raw_sequence,optional"` // in PRESS_RAW
	Run         string   `parquet:"run,optional"`
	Parser      string   `parquet:"parser,dict"`
}

// Block is a part of text.
type Block struct {
	Type  string `parquet:"type,dict"`
	Start int32  `parquet:"start"`
	End   int32  `parquet:"end"`
}

// Span is a range of text.
type Span struct {
	Start int32 `parquet:"start"`
	End   int32 `parquet:"end"`
}

// Mention is a range of text with what stands there.
type Mention struct {
	Text  string `parquet:"text"`
	Start int32  `parquet:"start"`
	End   int32  `parquet:"end"`
}

// Quote is something somebody said; the speaker's columns are null when nobody can be told.
type Quote struct {
	Text          string `parquet:"text"`
	Kind          string `parquet:"kind,dict"` // direct, fragment, pull
	Spans         []Span `parquet:"spans,list"`
	Speaker       string `parquet:"speaker,optional"`
	SpeakerKind   string `parquet:"speaker_kind,dict,optional"`
	SpeakerMethod string `parquet:"speaker_method,dict,optional"`
	SpeakerRule   string `parquet:"speaker_rule,dict,optional"`
	SpeakerPerson *int32 `parquet:"speaker_person,optional"` // place in people, from 0
	Cue           string `parquet:"cue,optional"`
	Of            *int32 `parquet:"repeats,optional"` // pull: place of the repeated quote in quotes, from 0
}

// Person is somebody the text speaks of.
type Person struct {
	Name         string    `parquet:"name"`
	Given        string    `parquet:"given,optional"`
	Family       string    `parquet:"family,optional"`
	Title        string    `parquet:"title,dict,optional"`
	Roles        []string  `parquet:"roles,list"`
	Organisation string    `parquet:"organisation,optional"`
	Gender       string    `parquet:"gender,dict,optional"`
	Mentions     []Mention `parquet:"mentions,list"`
}

// Date is a temporal expression, as TIMEX3.
type Date struct {
	Text    string `parquet:"text"`
	Start   int32  `parquet:"start"`
	End     int32  `parquet:"end"`
	Type    string `parquet:"type,dict"`
	Value   string `parquet:"value,optional"`
	Quant   string `parquet:"quant,dict,optional"`
	Freq    string `parquet:"freq,dict,optional"`
	From    *int32 `parquet:"from_date,date"`
	To      *int32 `parquet:"to_date,date"`
	Anchor  string `parquet:"anchor,dict,optional"`
	Warning string `parquet:"warning,dict,optional"`
	Rule    string `parquet:"rule,dict,optional"`
}

// Credit says who made or owns a picture.
type Credit struct {
	Holder string `parquet:"holder,optional"`
	Agency string `parquet:"agency,dict,optional"`
	Raw    string `parquet:"raw"`
	Image  string `parquet:"image,optional"`
	Rule   string `parquet:"rule,dict,optional"`
}

// Image is a picture.
type Image struct {
	URL     string `parquet:"url"`
	Alt     string `parquet:"alt,optional"`
	Caption string `parquet:"caption,optional"`
	Credit  string `parquet:"credit,optional"`
}

// Attachment is a file the release offers.
type Attachment struct {
	URL       string `parquet:"url"`
	Title     string `parquet:"title,optional"`
	MediaType string `parquet:"media_type,dict,optional"`
}

// SameAs is another release that is the same text.
type SameAs struct {
	ID      string `parquet:"id"`
	Source  string `parquet:"source_id,optional"`
	Measure string `parquet:"measure,dict,optional"`
}

// Change is a field that says something else than before.
type Change struct {
	Field string `parquet:"field,dict"`
	Class string `parquet:"class,dict"`
}
