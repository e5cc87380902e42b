package crawler

import (
	"fmt"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/schemas"
)

// Outcome is what became of one page in one crawl.
type Outcome string

// The outcomes, each page of a crawl has one.
const (
	OutcomeNew       Outcome = "new"       // archived for the first time
	OutcomeChanged   Outcome = "changed"   // other bytes than last time, or back after it was gone: archived
	OutcomeUnchanged Outcome = "unchanged" // 304, or the same bytes
	OutcomeCosmetic  Outcome = "cosmetic"  // other bytes that say the same: a counter, a token, another frame
	OutcomeMissing   Outcome = "missing"   // 404 or 410, or a redirect to the home page or a list
	OutcomeMoved     Outcome = "moved"     // redirects to a page of the source, which has an outcome of its own
	OutcomeRobots    Outcome = "refused_robots"
	OutcomePolicy    Outcome = "refused_policy" // other host, private address, target that accept and refuse keep out
	OutcomeNoIndex   Outcome = "noindex"        // the page asks robots not to index it
	OutcomeNotHTML   Outcome = "not_html"
	OutcomeTooLarge  Outcome = "too_large"
	OutcomeFailed    Outcome = "failed"  // no answer, 5xx, a bot challenge, …
	OutcomeNotDue    Outcome = "not_due" // listed, known, and looked at lately enough for its age
	OutcomeSkipped   Outcome = "skipped" // not asked for: older than since, beyond a limit, or the host was given up
)

// Outcomes lists them all in the order in which a table shows them.
var Outcomes = []Outcome{
	OutcomeNew, OutcomeChanged, OutcomeUnchanged, OutcomeCosmetic, OutcomeMissing, OutcomeMoved, OutcomeRobots,
	OutcomePolicy, OutcomeNoIndex, OutcomeNotHTML, OutcomeTooLarge, OutcomeFailed, OutcomeNotDue, OutcomeSkipped,
}

// Summary is the account of one crawl of one source.
type Summary struct {
	Source   schemas.Source `json:"source"`
	Run      string         `json:"run"`
	Started  time.Time      `json:"started"`
	Finished time.Time      `json:"finished"`
	DryRun   bool           `json:"dry_run,omitempty"`

	Starts     []discover.StartHealth `json:"starts"`
	Discovered int                    `json:"discovered"` // pages that listings, feeds and sitemaps name, each once
	Refused    int                    `json:"refused"`    // links that accept and refuse kept out; they are not Discovered
	Known      int                    `json:"known"`      // pages remembered from earlier crawls that were not gone
	Rechecked  int                    `json:"rechecked"`  // of them, no longer listed and asked for all the same
	Counts     map[Outcome]int        `json:"counts"`

	Requests int64 `json:"requests"` // sent, with robots.txt, start pages, redirects and repeated tries
	Bytes    int64 `json:"bytes"`    // of bodies, decompressed

	Errors      []PageError `json:"errors,omitempty"` // the first maxPageErrors
	Interrupted bool        `json:"interrupted,omitempty"`
	Notes       []string    `json:"notes,omitempty"`   // what somebody should know, though it is no failure
	Reasons     []string    `json:"reasons,omitempty"` // why the crawl counts as failed; empty: it does not

	Causes []schemas.Cause `json:"causes,omitempty"` // of Reasons, one each
}

// PageError is why one page has no better outcome.
type PageError struct {
	URL     string       `json:"url"`
	Outcome Outcome      `json:"outcome"`
	Kind    schemas.Kind `json:"kind"`
	Error   string       `json:"error"`
}

const maxPageErrors = 20

// Failed reports whether the source needs somebody's attention: nothing could be read, it lists nothing, or nearly all its pages
// failed. Single pages that fail do not make it so, nor does an interruption.
func (s *Summary) Failed() bool { return len(s.Reasons) > 0 }

// Duration of the crawl.
func (s *Summary) Duration() time.Duration { return s.Finished.Sub(s.Started) }

// Err is nil unless the crawl failed; then it says why, on one line.
func (s *Summary) Err() error {
	if !s.Failed() {
		return nil
	}
	return &schemas.Error{Op: "crawl", Kind: schemas.KindUnavailable, Thing: s.Source.ID, Err: fmt.Errorf("%s", strings.Join(s.Reasons, "; "))}
}

// String is the account on one line: "12 discovered: 3 new, 9 unchanged".
func (s *Summary) String() string {
	var parts []string
	for _, o := range Outcomes {
		if n := s.Counts[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, strings.ReplaceAll(string(o), "_", " ")))
		}
	}
	line := fmt.Sprintf("%d discovered", s.Discovered)
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, ", ")
	}
	return line
}

// judge finds the reasons for which a crawl counts as failed. Zero pages are never a success.
func (s *Summary) judge() {
	readable, firstErr := 0, ""
	for _, h := range s.Starts {
		if h.Pages > 0 {
			readable++
		} else if firstErr == "" {
			firstErr = h.Error
		}
	}
	switch {
	case s.Interrupted:
		return
	case readable == 0:
		s.reason(schemas.CauseUnread, schemas.With{"First": firstErr}, "no listing, feed or sitemap could be read: {First}")
	case s.Discovered == 0 && s.Known > 0:
		s.reason(schemas.CauseEmptied, schemas.With{"Known": s.Known},
			"lists no page at all, but had {Known}: look at the selectors and accept patterns, or at the site"+s.starts())
	case s.Discovered == 0:
		s.reason(schemas.CauseEmpty, nil, "lists no page of the source: look at the selectors and accept patterns"+s.starts())
	}
	if n := s.Counts[OutcomeNoIndex]; n > 0 && n >= s.Discovered {
		s.reason(schemas.CauseNoIndex, schemas.With{"N": n}, "all {N} pages say noindex: ask the site's operator")
	}
	if n := s.Counts[OutcomeMissing]; n > 0 && n == s.answered() && s.Known == 0 {
		s.reason(schemas.CauseMissing, schemas.With{"N": n}, "all {N} pages that are listed are missing")
	}
	bad := s.Counts[OutcomeFailed] + s.Counts[OutcomeNotHTML] + s.Counts[OutcomeTooLarge] + s.Counts[OutcomeRobots] + s.Counts[OutcomePolicy]
	good := s.Counts[OutcomeNew] + s.Counts[OutcomeChanged] + s.Counts[OutcomeUnchanged] + s.Counts[OutcomeCosmetic] +
		s.Counts[OutcomeMissing] + s.Counts[OutcomeMoved] + s.Counts[OutcomeNotDue]
	if bad > 0 && bad >= 9*good {
		with, why := schemas.With{"Bad": bad, "All": bad + good}, ""
		if len(s.Errors) > 0 {
			with["First"], why = s.Errors[0].Error, ", the first: {First}"
		}
		s.reason(schemas.CauseFailing, with, "{Bad} of {All} pages failed"+why)
	}
}

// answered is how many pages have an outcome that came from the site.
func (s *Summary) answered() int {
	n := 0
	for o, c := range s.Counts {
		if o != OutcomeSkipped && o != OutcomeNotDue {
			n += c
		}
	}
	return n
}

// starts are the accounts of the starts that could be read, for a reason.
func (s *Summary) starts() string {
	var b strings.Builder
	for _, h := range s.Starts {
		if h.Pages > 0 {
			fmt.Fprintf(&b, "; %s %s: %s", h.Kind, h.URL, h.Account())
		}
	}
	return b.String()
}

// reason notes why the crawl counts as failed: the code, what it speaks of, and the sentence with its places.
func (s *Summary) reason(code string, with schemas.With, sentence string) {
	s.Causes = append(s.Causes, schemas.Cause{Code: code, With: with})
	s.Reasons = append(s.Reasons, with.Fill(sentence))
}
