package schemas

import (
	"slices"
	"strings"
	"unicode"
)

// Change is one field of a release that says something else than before, with the class of the difference.
type Change struct {
	Field string `json:"field"` // as in the JSON form: title, text, published, quotes, …; url for an address that moved
	Class string `json:"class"` // one of the Change… constants
}

// Classes of Change, from the smallest to the one for everything else.
const (
	ChangeTypo   = "typo"   // words spelt otherwise: at most two letters in a word, no figure and no name among them
	ChangeNumber = "number" // nothing but figures
	ChangeName   = "name"   // who is named, or with which role
	ChangeQuote  = "quote"  // what is said, or by whom
	ChangeDate   = "date"   // when
	ChangeURL    = "url"    // the same at another address
	ChangeOther  = "other"
)

// Changes says in which fields b differs from a, in the order of the record; none when both have one content hash and one address.
func Changes(a, b *Release) []Change {
	x, y := content(a), content(b)
	var list []Change
	add := func(field, class string, differs bool) {
		if differs {
			list = append(list, Change{field, class})
		}
	}
	add("url", ChangeURL, x.Canonical != y.Canonical)
	add("source", ChangeOther, x.Source != y.Source || x.State != y.State)
	add("language", ChangeOther, x.Language != y.Language)
	add("title", wording(x.Title, y.Title), x.Title != y.Title)
	add("kicker", wording(x.Kicker, y.Kicker), x.Kicker != y.Kicker)
	before, after := strings.Join(x.Blocks, "\n"), strings.Join(y.Blocks, "\n")
	add("text", wording(before, after), before != after)
	add("published", ChangeDate, x.Published != y.Published)
	add("quotes", ChangeQuote, !slices.Equal(x.Quotes, y.Quotes))
	add("people", ChangeName, !slices.EqualFunc(x.People, y.People, samePerson))
	add("dates", ChangeDate, !slices.Equal(x.Dates, y.Dates))
	add("credits", ChangeName, !slices.Equal(x.Credits, y.Credits))
	add("images", ChangeOther, !slices.Equal(x.Images, y.Images))
	add("attachments", ChangeOther, !slices.Equal(x.Attachments, y.Attachments))
	add("contact", ChangeOther, !equalPtr(x.Contact, y.Contact))
	add("embargo", ChangeDate, !equalPtr(x.Embargo, y.Embargo))
	add("usage", ChangeOther, x.Usage != y.Usage)
	return list
}

func samePerson(a, b saidPerson) bool {
	return a.Name == b.Name && a.Title == b.Title && a.Organisation == b.Organisation && slices.Equal(a.Roles, b.Roles)
}

func equalPtr[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// wording classes a difference of two texts word by word.
func wording(a, b string) string {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) {
		return ChangeOther
	}
	class := ""
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		switch c := wordChange(x[i], y[i]); {
		case class == "" || class == c:
			class = c
		default:
			return ChangeOther
		}
	}
	if class == "" {
		return ChangeTypo // white space
	}
	return class
}

func wordChange(a, b string) string {
	figures := func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}
	digits := strings.ContainsFunc(a, unicode.IsDigit) && strings.ContainsFunc(b, unicode.IsDigit)
	switch {
	case digits && strings.Trim(strings.Map(figures, a), "0.,:") == strings.Trim(strings.Map(figures, b), "0.,:"):
		return ChangeNumber
	case !digits && distance([]rune(a), []rune(b), 2) <= 2:
		return ChangeTypo
	}
	return ChangeOther
}

// distance is the Levenshtein distance of two words, or something over limit when it is over limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
