package export

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// table is what a row stands for, and its columns. Names of columns are stable; later versions add some at the end.
type table struct {
	name    string
	rows    func(*schemas.Release) int // how many rows a release gives
	keep    func(r *schemas.Release, i int, speaker string) bool
	columns []column
}

// column is one of a table; i is the row of the release.
type column struct {
	name   string
	number bool // digits only: needs no quotes
	of     func(ev *schemas.Event, i int) string
}

var tables = []table{
	{"releases", func(*schemas.Release) int { return 1 }, nil, releaseColumns},
	{
		"quotes", func(r *schemas.Release) int { return len(r.Quotes) },
		func(r *schemas.Release, i int, speaker string) bool { return spokenBy(&r.Quotes[i], speaker) }, append(quoteColumns, keyColumns...),
	},
	{"people", func(r *schemas.Release) int { return len(r.People) }, nil, append(personColumns, keyColumns...)},
	{"dates", func(r *schemas.Release) int { return len(r.Dates) }, nil, append(dateColumns, keyColumns...)},
	{"credits", func(r *schemas.Release) int { return len(r.Credits) }, nil, append(creditColumns, keyColumns...)},
	{"images", func(r *schemas.Release) int { return len(r.Images) }, nil, append(imageColumns, keyColumns...)},
	{"attachments", func(r *schemas.Release) int { return len(r.Attachments) }, nil, append(attachmentColumns, keyColumns...)},
}

// between stands between the values of a cell that has several.
const between = " | "

var releaseColumns = []column{
	{"id", false, func(ev *schemas.Event, _ int) string { return ev.Release.ID }},
	{"status", false, func(ev *schemas.Event, _ int) string { return schemas.StatusAfter(ev.Type) }},
	{"published_date", false, func(ev *schemas.Event, _ int) string { return dayOf(ev.Release.Published) }},
	{"published_time", false, func(ev *schemas.Event, _ int) string { return clockOf(ev.Release.Published) }},
	{"state", false, func(ev *schemas.Event, _ int) string { return ev.Release.Source.State }},
	{"source_name", false, func(ev *schemas.Event, _ int) string { return ev.Release.Source.Name }},
	{"kicker", false, func(ev *schemas.Event, _ int) string { return ev.Release.Kicker }},
	{"title", false, func(ev *schemas.Event, _ int) string { return ev.Release.Title }},
	{"lead", false, func(ev *schemas.Event, _ int) string { return ev.Release.Lead }},
	{"text", false, func(ev *schemas.Event, _ int) string { return ev.Release.Text }},
	{"url", false, func(ev *schemas.Event, _ int) string { return ev.Release.URL }},
	{"speakers", false, func(ev *schemas.Event, _ int) string {
		return joined(ev.Release.Quotes, func(q schemas.Quote) string { return speaker(&q) })
	}},
	{"quotes", true, func(ev *schemas.Event, _ int) string { return strconv.Itoa(len(ev.Release.Quotes)) }},
	{"people", false, func(ev *schemas.Event, _ int) string {
		return joined(ev.Release.People, func(p schemas.Person) string { return p.Name })
	}},
	{"credits", false, func(ev *schemas.Event, _ int) string {
		return joined(ev.Release.Credits, func(c schemas.Credit) string { return c.Raw })
	}},
	{"images", false, func(ev *schemas.Event, _ int) string {
		return joined(ev.Release.Images, func(i schemas.Image) string { return i.URL })
	}},
	{"attachments", false, func(ev *schemas.Event, _ int) string {
		return joined(ev.Release.Attachments, func(a schemas.Attachment) string { return a.URL })
	}},
	{"contact", false, func(ev *schemas.Event, _ int) string { return contactOf(ev.Release.Contact) }},
	{"embargo_until", false, func(ev *schemas.Event, _ int) string { return embargoOf(ev.Release.Embargo) }},
	{"usage", false, func(ev *schemas.Event, _ int) string { return ev.Release.Usage }},
	{"changed", false, func(ev *schemas.Event, _ int) string {
		return joined(ev.Changes, func(c schemas.Change) string { return c.Field })
	}},
	{"reason", false, func(ev *schemas.Event, _ int) string { return ev.Reason }},
	{"source_id", false, func(ev *schemas.Event, _ int) string { return ev.Release.Source.ID }},
	{"ags", false, func(ev *schemas.Event, _ int) string { return ev.Release.Source.AGS }},
	{"language", false, func(ev *schemas.Event, _ int) string { return ev.Release.Language }},
	{"event_type", false, func(ev *schemas.Event, _ int) string { return schemas.EventName(ev.Type) }},
	{"recorded_at", false, func(ev *schemas.Event, _ int) string { return ev.Time.UTC().Format("2006-01-02 15:04:05") }},
	{"revision", true, func(ev *schemas.Event, _ int) string { return strconv.Itoa(ev.Release.Revision) }},
	{"sequence", true, func(ev *schemas.Event, _ int) string { return strconv.FormatUint(ev.Sequence, 10) }},
}

// keyColumns end every other table: the release that a row is of.
var keyColumns = []column{
	{"published_date", false, func(ev *schemas.Event, _ int) string { return dayOf(ev.Release.Published) }},
	{"title", false, func(ev *schemas.Event, _ int) string { return ev.Release.Title }},
	{"source_name", false, func(ev *schemas.Event, _ int) string { return ev.Release.Source.Name }},
	{"state", false, func(ev *schemas.Event, _ int) string { return ev.Release.Source.State }},
	{"url", false, func(ev *schemas.Event, _ int) string { return ev.Release.URL }},
	{"source_id", false, func(ev *schemas.Event, _ int) string { return ev.Release.Source.ID }},
	{"release_id", false, func(ev *schemas.Event, _ int) string { return ev.Release.ID }},
	{"revision", true, func(ev *schemas.Event, _ int) string { return strconv.Itoa(ev.Release.Revision) }},
	{"number", true, func(_ *schemas.Event, i int) string { return strconv.Itoa(i) }}, // place in the release, from 0
}

var quoteColumns = []column{
	{"speaker", false, func(ev *schemas.Event, i int) string { return speaker(&ev.Release.Quotes[i]) }},
	{"role", false, func(ev *schemas.Event, i int) string {
		if p := personOf(ev.Release, &ev.Release.Quotes[i]); p != nil {
			return strings.Join(p.Roles, between)
		}
		return ""
	}},
	{"quote", false, func(ev *schemas.Event, i int) string { return ev.Release.Quotes[i].Text }},
	{"kind", false, func(ev *schemas.Event, i int) string { return ev.Release.Quotes[i].Kind }},
	{"speaker_kind", false, func(ev *schemas.Event, i int) string { return speakerOf(ev, i).Kind }},
	{"method", false, func(ev *schemas.Event, i int) string { return speakerOf(ev, i).Method }},
}

var personColumns = []column{
	{"name", false, func(ev *schemas.Event, i int) string { return ev.Release.People[i].Name }},
	{"academic_title", false, func(ev *schemas.Event, i int) string { return ev.Release.People[i].Title }},
	{"given", false, func(ev *schemas.Event, i int) string { return ev.Release.People[i].Given }},
	{"family", false, func(ev *schemas.Event, i int) string { return ev.Release.People[i].Family }},
	{"roles", false, func(ev *schemas.Event, i int) string { return strings.Join(ev.Release.People[i].Roles, between) }},
	{"organisation", false, func(ev *schemas.Event, i int) string { return ev.Release.People[i].Organisation }},
	{"gender", false, func(ev *schemas.Event, i int) string { return ev.Release.People[i].Gender }},
	{"mentions", true, func(ev *schemas.Event, i int) string { return strconv.Itoa(len(ev.Release.People[i].Mentions)) }},
}

var dateColumns = []column{
	{"from_date", false, func(ev *schemas.Event, i int) string { return ev.Release.Dates[i].From }},
	{"to_date", false, func(ev *schemas.Event, i int) string { return ev.Release.Dates[i].To }},
	{"expression", false, func(ev *schemas.Event, i int) string { return ev.Release.Dates[i].Text }},
	{"type", false, func(ev *schemas.Event, i int) string { return ev.Release.Dates[i].Type }},
	{"value", false, func(ev *schemas.Event, i int) string { return ev.Release.Dates[i].Value }},
	{"anchor", false, func(ev *schemas.Event, i int) string { return ev.Release.Dates[i].Anchor }},
}

var creditColumns = []column{
	{"holder", false, func(ev *schemas.Event, i int) string { return ev.Release.Credits[i].Holder }},
	{"agency", false, func(ev *schemas.Event, i int) string { return ev.Release.Credits[i].Agency }},
	{"credit", false, func(ev *schemas.Event, i int) string { return ev.Release.Credits[i].Raw }},
	{"image", false, func(ev *schemas.Event, i int) string { return ev.Release.Credits[i].Image }},
}

// imageColumns and attachmentColumns name an address by what it leads to: url and title are the release's.
var imageColumns = []column{
	{"image", false, func(ev *schemas.Event, i int) string { return ev.Release.Images[i].URL }},
	{"alt", false, func(ev *schemas.Event, i int) string { return ev.Release.Images[i].Alt }},
	{"caption", false, func(ev *schemas.Event, i int) string { return ev.Release.Images[i].Caption }},
	{"credit", false, func(ev *schemas.Event, i int) string { return ev.Release.Images[i].Credit }},
}

var attachmentColumns = []column{
	{"attachment", false, func(ev *schemas.Event, i int) string { return ev.Release.Attachments[i].URL }},
	{"label", false, func(ev *schemas.Event, i int) string { return ev.Release.Attachments[i].Title }},
	{"media_type", false, func(ev *schemas.Event, i int) string { return ev.Release.Attachments[i].MediaType }},
}

// joined are the values of a list that are not empty, each once.
func joined[T any](list []T, of func(T) string) string {
	var values []string
	for _, v := range list {
		if s := of(v); s != "" && !slices.Contains(values, s) {
			values = append(values, s)
		}
	}
	return strings.Join(values, between)
}

// clockOf is the time of day of a stamp, "" for a day.
func clockOf(s *schemas.Stamp) string {
	if s == nil {
		return ""
	}
	if t, exact := momentOf(s.Value); exact {
		return t.Format("15:04")
	}
	return ""
}

func speakerOf(ev *schemas.Event, i int) schemas.Speaker {
	if s := ev.Release.Quotes[i].Speaker; s != nil {
		return *s
	}
	return schemas.Speaker{}
}

func contactOf(c *schemas.Contact) string {
	if c == nil {
		return ""
	}
	return joined([]string{c.Name, c.Phone, c.Email}, func(s string) string { return s })
}

func embargoOf(e *schemas.Embargo) string {
	if e == nil {
		return ""
	}
	if e.Until != "" {
		return e.Until
	}
	return e.Text
}
