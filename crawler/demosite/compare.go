package demosite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Count is how many of one thing the truth has, a release has, and both have.
type Count struct{ Want, Got, Right int }

func (c *Count) add(o Count) { c.Want, c.Got, c.Right = c.Want+o.Want, c.Got+o.Got, c.Right+o.Right }

// Score is how well a release tells the truth of its page. Scores of several pages can be added.
type Score struct {
	Pages, Titles, Published int // pages compared, and those whose title and day of publication are right

	Quotes    Count // pull quotes too; right when the whole text is, marks and the punctuation at its ends aside
	Kinds     int   // right quotes of the right kind
	Speakers  int   // right quotes of the right speaker, nobody where nobody can be told
	NotSpeech int   // quotes of the release that nobody said
	People    Count // right when the full name is
	Roles     Count // of right people; Got is Right
	Credits   Count
	Dates     Count // marked expressions only; Got is Right

	Differences []string // one line each, beginning with the release's ID
}

// Add adds the score of another page.
func (s *Score) Add(o Score) {
	s.Pages, s.Titles, s.Published = s.Pages+o.Pages, s.Titles+o.Titles, s.Published+o.Published
	s.Kinds, s.Speakers, s.NotSpeech = s.Kinds+o.Kinds, s.Speakers+o.Speakers, s.NotSpeech+o.NotSpeech
	s.Quotes.add(o.Quotes)
	s.People.add(o.People)
	s.Roles.add(o.Roles)
	s.Credits.add(o.Credits)
	s.Dates.add(o.Dates)
	s.Differences = append(s.Differences, o.Differences...)
}

// Compare scores what was read from the page. A nil release scores nothing but the truth's counts.
func (t Truth) Compare(r *schemas.Release) Score {
	c := comparison{truth: t, release: r}
	c.score.Pages = 1
	if r == nil {
		c.release = &schemas.Release{}
		c.differ("no release")
	}
	c.header()
	c.quotes()
	c.people()
	c.credits()
	c.dates()
	return c.score
}

type comparison struct {
	truth   Truth
	release *schemas.Release
	score   Score
}

func (c *comparison) differ(format string, args ...any) {
	c.score.Differences = append(c.score.Differences, c.truth.ID+": "+fmt.Sprintf(format, args...))
}

func (c *comparison) header() {
	if plain(c.release.Title) == plain(c.truth.Title) {
		c.score.Titles = 1
	} else {
		c.differ("title %q, want %q", c.release.Title, c.truth.Title)
	}
	day := ""
	if c.release.Published != nil {
		day = c.release.Published.Value
	}
	if strings.HasPrefix(day, c.truth.Published) {
		c.score.Published = 1
	} else {
		c.differ("published %q, want %s", day, c.truth.Published)
	}
}

func (c *comparison) quotes() {
	c.score.Quotes = Count{Want: len(c.truth.Quotes), Got: len(c.release.Quotes)}
	used := make([]bool, len(c.release.Quotes))
	for _, want := range c.truth.Quotes {
		text := plain(strings.Join(want.Parts, " "))
		found := -1
		for i, got := range c.release.Quotes { // of equal texts the one of the right kind
			if !used[i] && plain(got.Text) == text && (found < 0 || got.Kind == want.Kind) {
				found = i
				if got.Kind == want.Kind {
					break
				}
			}
		}
		if found < 0 {
			c.differ("%s quote missed: %q", want.Kind, text)
			continue
		}
		used[found] = true
		c.score.Quotes.Right++
		c.quote(want, c.release.Quotes[found])
	}
	for i, got := range c.release.Quotes {
		if used[i] {
			continue
		}
		what := "too much"
		if slices.ContainsFunc(c.truth.NotSpeech, func(s string) bool { return plain(s) == plain(got.Text) }) {
			what = "is not speech"
			c.score.NotSpeech++
		}
		c.differ("%s quote %s: %q", got.Kind, what, got.Text)
	}
}

func (c *comparison) quote(want Quote, got schemas.Quote) {
	if got.Kind == want.Kind {
		c.score.Kinds++
	} else {
		c.differ("kind %s, want %s: %q", got.Kind, want.Kind, got.Text)
	}
	name := ""
	if got.Speaker != nil {
		name = got.Speaker.Name
	}
	if sameSpeaker(want, name) {
		c.score.Speakers++
	} else {
		c.differ("speaker %q, want %q: %q", name, want.Speaker, got.Text)
	}
}

// sameSpeaker takes an organisation by a part of its name too: who "der Kreis" is, the page says and not the sentence.
func sameSpeaker(want Quote, got string) bool {
	a, b := plain(want.Speaker), plain(got)
	if a == b {
		return true
	}
	return want.Org && b != "" && slices.Contains(strings.Fields(a), strings.Fields(b)[0]) && strings.Contains(a, b)
}

func (c *comparison) people() {
	c.score.People = Count{Want: len(c.truth.People), Got: len(c.release.People)}
	used := make([]bool, len(c.release.People))
	for _, want := range c.truth.People {
		c.score.Roles.Want += len(want.Roles)
		i := slices.IndexFunc(c.release.People, func(p schemas.Person) bool { return plain(p.Name) == plain(want.Name) })
		if i < 0 {
			c.differ("person missed: %s", want.Name)
			continue
		}
		used[i] = true
		c.score.People.Right++
		have := plain(strings.Join(c.release.People[i].Roles, " | "))
		for _, role := range want.Roles {
			if strings.Contains(have, plain(role)) {
				c.score.Roles.Right++
				c.score.Roles.Got++
			} else {
				c.differ("role of %s missed: %q, have %q", want.Name, role, c.release.People[i].Roles)
			}
		}
	}
	for i, p := range c.release.People {
		if !used[i] {
			c.differ("person too much: %s", p.Name)
		}
	}
}

func (c *comparison) credits() {
	c.score.Credits.Want = len(c.truth.Credits)
	used := map[string]bool{}
	var got []string
	for _, x := range c.release.Credits {
		key := letters(x.Holder + " " + x.Agency)
		if key == "" {
			key = letters(x.Raw)
		}
		if !used[key] {
			used[key] = true
			got = append(got, key)
		}
	}
	c.score.Credits.Got = len(got)
	for _, want := range c.truth.Credits {
		if slices.Contains(got, letters(want)) {
			c.score.Credits.Right++
		} else {
			c.differ("credit missed: %q, have %q", want, got)
		}
	}
}

func (c *comparison) dates() {
	c.score.Dates.Want = len(c.truth.Dates)
	for _, want := range c.truth.Dates {
		if slices.ContainsFunc(c.release.Dates, func(d schemas.Date) bool {
			return d.Type == want.Type && d.Value == want.Value && strings.Contains(plain(d.Text), plain(want.Text))
		}) {
			c.score.Dates.Right++
			c.score.Dates.Got++
		} else {
			c.differ("date missed: %q %s %s", want.Text, want.Type, want.Value)
		}
	}
}

// plain folds white space and case, takes soft hyphens out, and marks and punctuation off the ends.
func plain(s string) string {
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00ad", "")), " ")
	return strings.ToLower(strings.Trim(s, "„“”\"»«‚‘’'›‹,. "))
}

// letters is the words of a credit in any order, without marks: "Muster / Kreis" and "Kreis, Muster" are the same credit.
func letters(s string) string {
	words := strings.FieldsFunc(plain(s), func(r rune) bool { return strings.ContainsRune(" ,/|–-·©", r) })
	slices.Sort(words)
	return strings.Join(words, " ")
}
