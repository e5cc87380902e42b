package export

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Filter chooses releases. The zero value is the present state of all that are not withdrawn or erased.
type Filter struct {
	From, To  string // day of publication as on the page, 2006-01-02, inclusive; with either, releases without a day are left out
	State     string // two-letter code of the Land
	Source    string // id
	Speaker   string // somebody who is quoted: words of the name, in order; case, academic titles, ä and ae do not matter
	Type      string // event type, or its short name
	History   bool   // every revision, not the present state only
	Withdrawn bool   // tombstones, too
}

// Check says what is wrong with the filter.
func (f *Filter) Check() error {
	fail := func(thing, hint string) error {
		return &schemas.Error{Op: "export", Kind: schemas.KindInvalid, Thing: thing, Hint: hint}
	}
	for _, day := range []string{f.From, f.To} {
		if day == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fail(day, "give a day of publication, such as 2026-03-12")
		}
	}
	switch {
	case f.From != "" && f.To != "" && f.From > f.To:
		return fail(f.From+" to "+f.To, "give the earlier day as --from")
	case f.Type == "erased" || f.Type == schemas.EventErased:
		return fail("type erased", "what was erased is in no export; kreispresse runs shows the receipts")
	case f.Speaker != "" && len(nameWords(f.Speaker)) == 0:
		return fail(f.Speaker, "give a speaker's name")
	}
	return nil
}

// prepare checks the filter and completes it by what the format has.
func (f *Filter) prepare(format *Format) error {
	if f.History && format.Newest {
		return &schemas.Error{
			Op: "export", Kind: schemas.KindInvalid, Thing: "history as " + format.Name,
			Err: errors.New("a release may stand in it once only"), Hint: "leave --history away, or choose another format",
		}
	}
	f.Withdrawn = f.Withdrawn || format.Tombstones
	return f.Check()
}

// feed is what of the filter the broker can do.
func (f *Filter) feed() publisher.Filter {
	return publisher.Filter{Source: f.Source, State: f.State, Type: f.Type, Last: !f.History}
}

// status reports whether events of the type are wanted.
func (f *Filter) status(typ string) bool {
	return typ != schemas.EventErased && (f.Withdrawn || typ != schemas.EventWithdrawn)
}

// looks reports whether the release must be read to tell whether it is wanted.
func (f *Filter) looks() bool { return f.From != "" || f.To != "" || f.Speaker != "" }

// glance is as much of a release as a filter looks at.
type glance struct {
	Published *struct {
		Value string `json:"value"`
	} `json:"published"`
	Quotes []glancedQuote `json:"quotes"`
}

type glancedQuote struct {
	Speaker *struct {
		Name string `json:"name"`
	} `json:"speaker"`
}

// matchRaw is match for a release as it is stored.
func (f *Filter) matchRaw(release []byte) (bool, error) {
	if !f.looks() {
		return true, nil
	}
	var g glance
	if err := json.Unmarshal(release, &g); err != nil {
		return false, err
	}
	published := ""
	if g.Published != nil {
		published = g.Published.Value
	}
	spoken := func(q glancedQuote) bool { return q.Speaker != nil && named(q.Speaker.Name, f.Speaker) }
	return f.day(published) && (f.Speaker == "" || slices.ContainsFunc(g.Quotes, spoken)), nil
}

// match reports whether a release is wanted.
func (f *Filter) match(r *schemas.Release) bool {
	published := ""
	if r.Published != nil {
		published = r.Published.Value
	}
	return f.day(published) && (f.Speaker == "" || slices.ContainsFunc(r.Quotes, func(q schemas.Quote) bool { return spokenBy(&q, f.Speaker) }))
}

// day reports whether a day of publication is within the bounds. ISO days sort as they follow.
func (f *Filter) day(published string) bool {
	if f.From == "" && f.To == "" {
		return true
	}
	if len(published) < len(time.DateOnly) {
		return false
	}
	published = published[:len(time.DateOnly)]
	return published >= f.From && (f.To == "" || published <= f.To)
}

func spokenBy(q *schemas.Quote, speaker string) bool {
	return q.Speaker != nil && named(q.Speaker.Name, speaker)
}

// named reports whether the words of query stand in name, in their order.
func named(name, query string) bool {
	words := nameWords(name)
	for _, w := range nameWords(query) {
		i := slices.Index(words, w)
		if i < 0 {
			return false
		}
		words = words[i+1:]
	}
	return true
}

// nameWords are the words of a name without academic titles, as they are compared.
func nameWords(name string) []string {
	words := strings.FieldsFunc(folded.Replace(strings.ToLower(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	return slices.DeleteFunc(words, func(w string) bool { return academic[w] })
}

var (
	folded   = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "a\u0308", "ae", "o\u0308", "oe", "u\u0308", "ue")
	academic = map[string]bool{"dr": true, "prof": true, "med": true, "jur": true, "ing": true, "phil": true, "rer": true, "nat": true, "dipl": true}
)
