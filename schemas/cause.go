package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
)

// Cause is why something is as it is: a code, by which programs act and translations are found, and what it speaks of. The English sentence
// stands beside it, made from both in one place.
type Cause struct {
	Code string `json:"code"`
	With With   `json:"with,omitempty"`
}

// With are what a sentence speaks of, by name: strings, whole numbers and other numbers. Moments are RFC 3339.
type With map[string]any

// UnmarshalJSON reads whole numbers as int, others as float64.
func (w *With) UnmarshalJSON(b []byte) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	m := map[string]any{}
	if err := dec.Decode(&m); err != nil {
		return err
	}
	for key, v := range m {
		n, ok := v.(json.Number)
		if !ok {
			continue
		}
		if i, err := n.Int64(); err == nil {
			m[key] = int(i)
		} else if f, err := n.Float64(); err == nil {
			m[key] = f
		}
	}
	*w = m
	return nil
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// Fill puts the values into a sentence, where {Name} stands; a number that is not whole with one figure behind its point.
func (w With) Fill(sentence string) string {
	return placeholder.ReplaceAllStringFunc(sentence, func(s string) string {
		switch v := w[s[1:len(s)-1]].(type) {
		case nil:
			return s
		case float64:
			return fmt.Sprintf("%.1f", v)
		default:
			return fmt.Sprint(v)
		}
	})
}

// Codes of why a run failed or is not believed.
const (
	CauseUnread     = "unread"     // no list could be read; First: the first error
	CauseEmptied    = "emptied"    // the lists name no page, but did; Known: so many
	CauseEmpty      = "empty"      // the lists name no page of the source
	CauseNoIndex    = "noindex"    // all N pages say noindex
	CauseMissing    = "missing"    // all N pages that are listed are missing
	CauseFailing    = "failing"    // Bad of All pages failed; First: the first error
	CauseGivenUp    = "givenup"    // after N pages in a row without an answer, Left pages were left
	CauseDisbelief  = "disbelief"  // of Asked known pages too many are doubtful: Gone, Silent, Replaced, NoRelease
	CauseAllChanged = "allchanged" // none of Asked known pages is what it was, which is too few to disbelieve: the same
	CauseNoRelease  = "norelease"  // none of the N pages that were read is a release
)

// RunCauses are all of them.
var RunCauses = []string{
	CauseUnread, CauseEmptied, CauseEmpty, CauseNoIndex, CauseMissing, CauseFailing, CauseGivenUp, CauseDisbelief, CauseAllChanged, CauseNoRelease,
}
