package compare

import (
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Kinds of Difference. Those of quotes, speakers, people and roles say more than the field does.
const (
	QuoteGained    = "quote gained"
	QuoteLost      = "quote lost"
	QuoteKind      = "quote of another kind"
	SpeakerGained  = "speaker gained"
	SpeakerLost    = "speaker lost"
	SpeakerChanged = "speaker changed"
	PersonGained   = "person gained"
	PersonLost     = "person lost"
	RolesChanged   = "roles changed"
)

// Difference is one thing that two readings of a release say otherwise.
type Difference struct {
	Kind   string `json:"kind"`             // one of the constants above, or the name of a field
	Of     string `json:"of,omitempty"`     // the quote or the person it is about
	Before string `json:"before,omitempty"` // as text for people; empty: nothing
	After  string `json:"after,omitempty"`
}

// Releases are the differences of two readings of one release, in the order of the record. Offsets count for nothing: a text that
// begins one word later has moved every quote and changed none.
func Releases(before, after *schemas.Release) []Difference {
	var list []Difference
	for _, c := range schemas.Changes(before, after) {
		var more []Difference
		switch c.Field {
		case "quotes":
			more = quotes(before, after)
		case "people":
			more = people(before.People, after.People)
		}
		if len(more) == 0 {
			more = []Difference{{Kind: c.Field, Before: field(before, c.Field), After: field(after, c.Field)}}
		}
		list = append(list, more...)
	}
	return list
}

// quotes compares the quotes, told apart by their words. The same words said twice are compared in their order.
func quotes(before, after *schemas.Release) (list []Difference) {
	old := map[string][]*schemas.Quote{}
	for i := range before.Quotes {
		q := &before.Quotes[i]
		old[words(q.Text)] = append(old[words(q.Text)], q)
	}
	for i := range after.Quotes {
		q := &after.Quotes[i]
		key := words(q.Text)
		if len(old[key]) == 0 {
			list = append(list, Difference{Kind: QuoteGained, Of: q.Text, After: speaker(q)})
			continue
		}
		list = append(list, sameWords(old[key][0], q)...)
		old[key] = old[key][1:]
	}
	for i := range before.Quotes {
		q := &before.Quotes[i]
		if left := old[words(q.Text)]; len(left) > 0 && left[0] == q {
			list = append(list, Difference{Kind: QuoteLost, Of: q.Text, Before: speaker(q)})
			old[words(q.Text)] = left[1:]
		}
	}
	return list
}

func sameWords(before, after *schemas.Quote) (list []Difference) {
	if a, b := speaker(before), speaker(after); a != b {
		kind := SpeakerChanged
		switch {
		case a == "":
			kind = SpeakerGained
		case b == "":
			kind = SpeakerLost
		}
		list = append(list, Difference{Kind: kind, Of: after.Text, Before: a, After: b})
	}
	if before.Kind != after.Kind {
		list = append(list, Difference{Kind: QuoteKind, Of: after.Text, Before: before.Kind, After: after.Kind})
	}
	return list
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func speaker(q *schemas.Quote) string {
	if q.Speaker == nil {
		return ""
	}
	return q.Speaker.Name
}

func people(before, after []schemas.Person) (list []Difference) {
	old := map[string]schemas.Person{}
	for _, p := range before {
		old[p.Name] = p
	}
	for _, p := range after {
		o, ok := old[p.Name]
		if !ok {
			list = append(list, Difference{Kind: PersonGained, Of: p.Name, After: described(p)})
		} else if a, b := described(o), described(p); a != b {
			list = append(list, Difference{Kind: RolesChanged, Of: p.Name, Before: a, After: b})
		}
		delete(old, p.Name)
	}
	for _, p := range before {
		if _, left := old[p.Name]; left {
			list = append(list, Difference{Kind: PersonLost, Of: p.Name, Before: described(p)})
			delete(old, p.Name)
		}
	}
	return list
}

func described(p schemas.Person) string {
	s := strings.TrimSpace(p.Title + " " + p.Name)
	for _, more := range append([]string{p.Organisation}, p.Roles...) {
		if more != "" {
			s += ", " + more
		}
	}
	return s
}

// Field is a field of a release as text, when it is a single word or text; false: it is a list or a record.
func Field(r *schemas.Release, name string) (string, bool) {
	switch name {
	case "url":
		return r.CanonicalURL, true
	case "source":
		return strings.TrimSpace(r.Source.ID + " " + r.Source.State), true
	case "language":
		return r.Language, true
	case "title":
		return r.Title, true
	case "kicker":
		return r.Kicker, true
	case "text":
		return r.Text, true
	case "usage":
		return r.Usage, true
	case "published":
		if r.Published == nil {
			return "", true
		}
		return r.Published.Value, true
	}
	return "", false
}

// field is a field of a release as text.
func field(r *schemas.Release, name string) string {
	if text, ok := Field(r, name); ok {
		return text
	}
	switch name {
	case "dates":
		return Lines(r.Dates, func(d schemas.Date) string { return d.Text + " = " + strings.TrimSpace(d.Type+" "+d.Value) })
	case "credits":
		return Lines(r.Credits, func(c schemas.Credit) string { return strings.Trim(c.Holder+" / "+c.Agency, " /") })
	case "images":
		return Lines(r.Images, func(i schemas.Image) string { return strings.TrimSpace(i.URL + " " + i.Caption) })
	case "attachments":
		return Lines(r.Attachments, func(a schemas.Attachment) string { return strings.TrimSpace(a.URL + " " + a.Title) })
	case "contact":
		return contact(r.Contact)
	case "embargo":
		if r.Embargo != nil {
			return strings.TrimSpace(r.Embargo.Until + " " + r.Embargo.Text)
		}
	}
	return ""
}

// Lines writes a list, one entry a line.
func Lines[T any](list []T, line func(T) string) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = line(v)
	}
	return strings.Join(out, "\n")
}

func contact(c *schemas.Contact) string {
	if c == nil {
		return ""
	}
	return strings.Join([]string{c.Name, c.Phone, c.Email}, "\n")
}
