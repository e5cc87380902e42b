package console

import "context"

// Acts are what an operator can do. Each is audited with the name of who does it.
type Acts interface {
	// Review writes down what somebody says about the reading of a release.
	Review(ctx context.Context, source string, r Review) error
}

// Review is somebody's word on how a quote was read, an event of PRESS_RUNS: a candidate for a golden page.
type Review struct {
	Release     string `json:"release"`
	Revision    int    `json:"revision"`
	RawSequence uint64 `json:"raw_sequence,omitempty"` // of the page in PRESS_RAW
	URL         string `json:"url,omitempty"`
	Quote       int    `json:"quote"` // index in the release's quotes
	Text        string `json:"text"`  // of the quote
	Start       int    `json:"start"` // of its first span, code points in the release's text
	End         int    `json:"end"`
	Speaker     string `json:"speaker"` // as it was read; empty: nobody
	Rule        string `json:"rule,omitempty"`
	Says        string `json:"says"`           // who it really was; empty: nobody can tell, see Verdict
	Verdict     string `json:"verdict"`        // person, nobody or noquote
	Note        string `json:"note,omitempty"` // why, in words
	By          string `json:"by,omitempty"`
}

// Verdicts of a Review.
const (
	VerdictPerson  = "person"  // somebody else said it
	VerdictNobody  = "nobody"  // the text does not tell who
	VerdictNoQuote = "noquote" // nobody said it: a title, a slogan
)
