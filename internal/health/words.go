package health

import (
	"fmt"
	"maps"

	"github.com/kreispresse/kreispresse/schemas"
)

// Codes of a Verdict.
const (
	Never     = "never"     // crawled
	Challenge = "challenge" // a bot protection answers
	Failed    = "failed"    // the last run, see Verdict.Causes
	Alike     = "alike"     // Alike of Releases have one title
	Fewer     = "fewer"     // its lists name Named pages, usually at least Least
	Falling   = "falling"   // of the last Late releases Has have the Field, of the Before before Had
	Stale     = "stale"     // not crawled for Days
	Quiet     = "quiet"     // nothing for Quiet days, with a Rate a week and no pause longer than Longest days
	NoRhythm  = "norhythm"  // in order, its rhythm is not known yet
	Fine      = "fine"      // in order, Rate a week, the last one Quiet days ago
)

// sentences say each code in English, and what can be done.
var sentences = map[string]struct{ says, do string }{
	Never:     {"it was never crawled", "kreispresse crawl"},
	Challenge: {"a bot protection answers instead of the site", "ask the site's operator to let the crawler through; do not work around it"},
	Failed:    {"{Reasons}", "see kreispresse runs, and sources discover after a relaunch"},
	Alike: {
		"{Alike} of the {Releases} releases of its last run have one title: a notice or a list is taken for releases",
		"look at accept and the selectors, then withdraw what is none",
	},
	Fewer: {
		"its lists name {Named} pages, a healthy run at least {Least}",
		"look at the lists (crawl --dry-run): a selector fits no more, or the list begins anew with the year",
	},
	Falling: {
		"of its last {Late} releases {Has} have {What}, of the {Before} before {Had}", "look at a page (kreispresse inspect): its markup has changed",
	},
	Stale:    {"it was not crawled for {Days} days", "see whether kreispresse run or the timer runs"},
	Quiet:    {"nothing new for {Quiet} days, though it has {Rate} releases a week and {Pause}", "look at the site: its press page may have moved"},
	NoRhythm: {"its last run was in order; its rhythm is not known yet", ""},
	Fine:     {"{Rate} releases a week, the last {Ago}", ""},
}

// Codes are those of all verdicts, each with whether something can be done.
func Codes() map[string]bool {
	all := map[string]bool{}
	for code, s := range sentences {
		all[code] = s.do != ""
	}
	return all
}

// verdict puts a code into words; english are words that the English sentence has besides.
func verdict(state, code string, with, english schemas.With) Verdict {
	said := maps.Clone(english)
	if said == nil {
		said = schemas.With{}
	}
	maps.Copy(said, with)
	s := sentences[code]
	return Verdict{State: state, Says: said.Fill(s.says), Do: s.do, Cause: schemas.Cause{Code: code, With: with}}
}

var words = map[string]string{
	"published": "a date", "text": "a text", "people": "people", "quotes": "quotes", "images": "pictures", "credits": "photo credits", "lead": "a lead",
}

// longest tells of the longest pause so far.
func longest(days int) string {
	switch days {
	case 0:
		return "there was never a day without one"
	case 1:
		return "never paused for more than a day"
	}
	return fmt.Sprintf("never paused for more than %d days", days)
}

func ago(days int) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "yesterday"
	}
	return fmt.Sprintf("%d days ago", days)
}
