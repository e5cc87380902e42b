package source

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// Status says whether a source works, since when that is known, and why. A file that says nothing of it is its writer's own: it counts
// as working.
type Status struct {
	Is     string `yaml:"is"`     // one of Standings
	Date   string `yaml:"date"`   // 2006-01-02: when that was seen
	Reason string `yaml:"reason"` // what was seen, one sentence
}

// What the status of a source can be.
const (
	Verified        = "verified"   // its releases were read
	Unverified      = "unverified" // nobody has seen it work
	FeedOnly        = "feed only"  // its feed works, its pages list nothing
	NoPressPage     = "no press page"
	OnlyPDF         = "only PDF"
	NeedsJavaScript = "needs JavaScript"
	ForbidsRobots   = "forbids robots"
	Challenge       = "challenge" // a bot protection, or a wall that wants consent first
	NeedsLogin      = "needs a login"
	NoAnswer        = "no answer"
	Elsewhere       = "leads elsewhere"
	NoPage          = "no web page"
	Private         = "private address"
)

// Standings are all values of Status.Is, those that work first.
var Standings = []string{
	Verified, FeedOnly, Unverified, NoPressPage, OnlyPDF, NeedsJavaScript, ForbidsRobots, Challenge, NeedsLogin, NoAnswer, Elsewhere, NoPage, Private,
}

// Kinds are the values of Source.Kind.
var Kinds = []string{"landkreis", "kreisfreie-stadt"}

// Works reports whether a crawl of everything takes the source: it was verified, or it is its writer's own and says nothing of it.
func (s *Source) Works() bool {
	return s.Status.Is == "" || s.Status.Is == Verified || s.Status.Is == FeedOnly
}

// HasStart reports whether it is known where the pages of the source are found.
func (s *Source) HasStart() bool {
	return len(s.Start.Listings)+len(s.Start.Feeds)+len(s.Start.Sitemaps) > 0
}

func (c *checker) status(st Status) {
	if st == (Status{}) {
		return
	}
	if !slices.Contains(Standings, st.Is) {
		c.problem("status.is", "%q, expected one of: %s", st.Is, strings.Join(Standings, ", "))
	}
	if _, err := time.Parse(time.DateOnly, st.Date); err != nil {
		c.problem("status.date", "%q, expected the day it was seen, e.g. 2026-11-25", st.Date)
	}
	if strings.TrimSpace(st.Reason) == "" || strings.ContainsAny(st.Reason, "\r\n") {
		c.problem("status.reason", "%q, expected what was seen, in one line", st.Reason)
	}
}

var (
	arsForm      = regexp.MustCompile(`^\d{12}$`)
	nuts3Form    = regexp.MustCompile(`^DE[0-9A-Z]{3}$`)
	wikidataForm = regexp.MustCompile(`^Q[1-9]\d*$`)
)

// keys checks what subscribers join on.
func (c *checker) keys(s *Source) {
	if s.Kind != "" && !slices.Contains(Kinds, s.Kind) {
		c.problem("kind", "%q, expected one of: %s", s.Kind, strings.Join(Kinds, ", "))
	}
	switch {
	case s.ARS == "":
	case !arsForm.MatchString(s.ARS):
		c.problem("ars", "%q, expected 12 digits, e.g. \"053580000000\"", s.ARS)
	case len(s.AGS) >= 2 && len(s.AGS) <= 5 && !strings.HasPrefix(s.ARS, s.AGS):
		c.problem("ars", "%q is not that of ags %q: it begins with it", s.ARS, s.AGS)
	}
	if s.NUTS3 != "" && !nuts3Form.MatchString(s.NUTS3) {
		c.problem("nuts3", "%q, expected a region such as DEA26", s.NUTS3)
	}
	if s.Wikidata != "" && !wikidataForm.MatchString(s.Wikidata) {
		c.problem("wikidata", "%q, expected an item such as Q5914", s.Wikidata)
	}
}
