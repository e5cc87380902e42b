package review

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Review is somebody's word on how a quote was read, an event of PRESS_RUNS.
type Review struct {
	Release     string    `json:"release"`
	Revision    int       `json:"revision"`
	RawSequence uint64    `json:"raw_sequence,omitempty"` // of the page in PRESS_RAW
	Snapshot    string    `json:"snapshot,omitempty"`     // sha256 of the page, hex
	Parser      string    `json:"parser,omitempty"`       // that read it so
	URL         string    `json:"url,omitempty"`
	Quote       int       `json:"quote"` // index in the release's quotes
	Text        string    `json:"text"`  // of the quote
	Start       int       `json:"start"` // of its first span, code points in the release's text
	End         int       `json:"end"`
	Speaker     string    `json:"speaker"` // as it was read; empty: nobody
	Rule        string    `json:"rule,omitempty"`
	Says        string    `json:"says"`           // who it really was; empty: nobody can tell, see Verdict
	Verdict     string    `json:"verdict"`        // person, nobody, noquote or withdrawn
	Note        string    `json:"note,omitempty"` // why, in words
	By          string    `json:"by,omitempty"`
	At          time.Time `json:"at,omitzero"`
}

// Verdicts of a Review.
const (
	VerdictPerson    = "person"    // somebody else said it
	VerdictNobody    = "nobody"    // the text does not tell who
	VerdictNoQuote   = "noquote"   // nobody said it: a title, a slogan
	VerdictWithdrawn = "withdrawn" // what was said of the quote before is taken back
)

// Of begins a review of a quote of a release.
func Of(ev *schemas.Event, quote int) Review {
	p, q := ev.Release.Provenance, ev.Release.Quotes[quote]
	r := Review{
		Release: ev.Subject, Revision: ev.Revision, RawSequence: p.RawSequence, Snapshot: p.Snapshot, Parser: p.Parser, URL: ev.Release.URL,
		Quote: quote, Text: q.Text,
	}
	if len(q.Spans) > 0 {
		r.Start, r.End = q.Spans[0].Start, q.Spans[0].End
	}
	if q.Speaker != nil {
		r.Speaker, r.Rule = q.Speaker.Name, q.Speaker.Rule
	}
	return r
}

// idOf names the review that an event holds, the same wherever the event is stored.
func idOf(source string, event []byte) string {
	sum := sha256.Sum256(append([]byte(source+"\n"), event...))
	return hex.EncodeToString(sum[:5])
}

// SamePage reports whether two reviews are about one page, byte by byte.
func (r Review) SamePage(o Review) bool {
	return r.Release == o.Release && r.RawSequence == o.RawSequence && r.Snapshot == o.Snapshot
}

// same reports whether two reviews are about one quote of one page.
func (r Review) same(o Review) bool { return r.SamePage(o) && r.Text == o.Text && r.Start == o.Start }

// Find is the index of the quote that is meant in another reading of the page: the one with its words at its place, else one with its words, else one
// that holds its place; -1 when there is none.
func (r Review) Find(read *schemas.Release) int {
	words, place := -1, -1
	for i, q := range read.Quotes {
		if q.Kind == schemas.QuotePull || len(q.Spans) == 0 {
			continue
		}
		if q.Text == r.Text {
			if q.Spans[0].Start == r.Start {
				return i
			}
			words = max(words, i)
		}
		if last := q.Spans[len(q.Spans)-1]; q.Spans[0].Start < r.End && r.Start < last.End {
			place = i
		}
	}
	if words >= 0 {
		return words
	}
	return place
}

// judge reports whether a reading is as the review says, and whom it takes for the speaker; quoted: it reads a quote there.
func (r Review) judge(read *schemas.Release) (right, quoted bool, speaker string) {
	i := r.Find(read)
	if i < 0 {
		return r.Verdict == VerdictNoQuote, false, ""
	}
	if s := read.Quotes[i].Speaker; s != nil {
		speaker = s.Name
	}
	switch r.Verdict {
	case VerdictPerson:
		right = speaker != "" && strings.EqualFold(speaker, r.name(read))
	case VerdictNobody:
		right = speaker == ""
	}
	return right, true, speaker
}

// name is who said it, as the reading spells those it knows: people say "Dr. Erika Muster" and "Landrätin Erika Muster", too.
func (r Review) name(read *schemas.Release) string {
	says := strings.Join(strings.Fields(r.Says), " ")
	for _, p := range read.People {
		before := append([]string{p.Title}, p.Roles...)
		for _, role := range p.Roles {
			before = append(before, role+" "+p.Title)
		}
		for _, b := range before {
			if b != "" && strings.EqualFold(says, strings.TrimSpace(b)+" "+p.Name) {
				return p.Name
			}
		}
		if strings.EqualFold(says, p.Name) {
			return p.Name
		}
	}
	return says
}
