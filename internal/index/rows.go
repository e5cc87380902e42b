package index

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// change is what an event makes of its release, ready to be written: all that can be done beside the writer is done.
type change struct {
	ev      *schemas.Event
	typ     string // short name
	key     int64
	day     string // of publication, "" when the page does not say
	columns [9]any // of search
	quotes  []quoteRow
	people  []personRow
}

type quoteRow struct {
	number             int
	quote              *schemas.Quote
	speaker            speaker
	text, name, facets string // folded, of quote_search
}

// bounds are the code points from the first span of the quote to its last.
func (q *quoteRow) bounds() (start, end int) {
	if n := len(q.quote.Spans); n > 0 {
		return q.quote.Spans[0].Start, q.quote.Spans[n-1].End
	}
	return 0, 0
}

// cue is the word that introduces the quote.
func (q *quoteRow) cue() string {
	if q.quote.Cue == nil {
		return ""
	}
	return q.quote.Cue.Text
}

type personRow struct {
	person *schemas.Person
	key    string
	slug   string // "" for a name that is not enough to tell anybody by
}

// changeOf prepares an event.
func changeOf(ev *schemas.Event) *change {
	r := ev.Release
	c := &change{ev: ev, typ: schemas.EventName(ev.Type)}
	var days int
	c.day, days = dayOf(r.Published)
	c.key = releaseKey(days, ev.Sequence)
	title := r.Title
	if r.Kicker != "" {
		title = r.Kicker + " " + title
	}
	lead, rest := "", r.Text
	if after, ok := strings.CutPrefix(r.Text, r.Lead); ok {
		lead, rest = r.Lead, after
	}
	names, roles := make([]string, 0, len(r.People)), []string(nil)
	for i := range r.People {
		p := &r.People[i]
		names = append(names, fold(p.Name))
		for _, role := range p.Roles {
			roles = append(roles, fold(role))
		}
		if i <= maxNumber {
			c.people = append(c.people, personRow{person: p, key: personKey(p.Name, r.Source.ID), slug: nameSlug(p.Name)})
		}
	}
	facets := releaseFacets(r.Source, c.typ)
	speakers := c.addQuotes(r, facets)
	c.columns = [9]any{
		fold(title), fold(lead), fold(rest), joinNames(names), joinNames(speakers), joinNames(roles), joinNames(creditsOf(r)), facets, "",
	}
	if !isLive(c.typ) {
		c.columns = [9]any{"", "", "", "", "", "", "", facets, fold(title)}
	}
	return c
}

// addQuotes prepares the quotes, and gives the folded names of those who speak in them.
func (c *change) addQuotes(r *schemas.Release, facets string) (speakers []string) {
	for i := range r.Quotes {
		q := &r.Quotes[i]
		if i > maxNumber {
			break
		}
		s := speakerOf(r, q)
		row := quoteRow{number: i, quote: q, speaker: s, text: fold(q.Text), name: fold(s.name), facets: facets}
		if s.key != "" {
			row.facets += " " + facet(kindSpeaker, s.key)
		}
		c.quotes = append(c.quotes, row)
		if row.name != "" && !slices.Contains(speakers, row.name) {
			speakers = append(speakers, row.name)
		}
	}
	return speakers
}

func creditsOf(r *schemas.Release) (list []string) {
	for _, c := range r.Credits {
		for _, who := range []string{c.Holder, c.Agency} {
			if f := fold(who); f != "" && !slices.Contains(list, f) {
				list = append(list, f)
			}
		}
	}
	return list
}

var berlin = sync.OnceValue(func() *time.Location {
	l, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return time.UTC // the time zones are in the program
	}
	return l
})

// dayOf is the day in Germany of a stamp, and the same in days since 1970; "" and 0 when there is none. What lies before 1970 sorts as its
// second day, what lies after 2149 as the last one that a key can hold.
func dayOf(s *schemas.Stamp) (day string, days int) {
	if s == nil {
		return "", 0
	}
	day = s.Value
	if len(s.Value) > len(time.DateOnly) {
		for _, layout := range []string{"2006-01-02T15:04Z07:00", time.RFC3339} {
			if t, err := time.Parse(layout, s.Value); err == nil {
				day = t.In(berlin()).Format(time.DateOnly)
				break
			}
		}
		day = day[:len(time.DateOnly)]
	}
	days, ok := daysOf(day)
	if !ok {
		return "", 0
	}
	return day, days
}

// daysOf counts a day since 1970-01-01, within what a key can hold; no day is 0.
func daysOf(day string) (int, bool) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0, false
	}
	return min(max(int(t.Unix()/(24*60*60)), 1), maxDay), true
}

// dayOfKey is the day of publication that a release's key tells, "" when there is none.
func dayOfKey(key int64) string {
	days := key >> sequenceBits
	if days == 0 {
		return ""
	}
	return time.Unix(days*24*60*60, 0).UTC().Format(time.DateOnly)
}

// listJSON is a list as a column: a JSON array, NULL when it is empty.
func listJSON(list []string) any {
	if len(list) == 0 {
		return nil
	}
	b, _ := json.Marshal(list)
	return string(b)
}

func listOf(column string) (list []string) {
	if column != "" {
		_ = json.Unmarshal([]byte(column), &list) // we wrote it
	}
	return list
}

// orNull is a text as a column: NULL when it is empty.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return clean(s)
}

// clean is a text without NUL: many readers of SQLite end a text there.
func clean(s string) string { return strings.ReplaceAll(s, "\x00", "\ufffd") }
