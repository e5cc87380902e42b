package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// doubt is why a known page of a run speaks against the run.
type doubt int

const (
	noDoubt        doubt = iota
	doubtGone            // 404, 410, redirected to the home page or a list
	doubtSilent          // no answer, or an error
	doubtReplaced        // says something entirely different
	doubtNoRelease       // an error page, a login, a list stands in its place
)

// evidence is what a run has seen so far: the doubt about each known page that was asked for.
type evidence struct {
	known map[string]doubt
	says  map[string][]string // what a doubtful or new page says → the first pages that say it
}

func newEvidence() *evidence {
	return &evidence{known: map[string]doubt{}, says: map[string][]string{}}
}

// see books a look at a known page; the strongest doubt stands.
func (e *evidence) see(page string, d doubt) {
	if old, ok := e.known[page]; !ok || d > old {
		e.known[page] = d
	}
}

// hear books what a page says whose word is doubted, or that is new.
func (e *evidence) hear(page, says string) {
	if pages := e.says[says]; len(pages) < standIn && !slices.Contains(pages, page) {
		e.says[says] = append(pages, page)
	}
}

// standIn is at how many addresses of one source the same words are no longer a release but what a server shows instead of one.
const standIn = 3

// standsIn reports whether the same is said at so many addresses that it is nobody's release.
func (e *evidence) standsIn(says string) bool { return len(e.says[says]) >= standIn }

// Verdict is whether a run is believed.
type Verdict struct {
	Asked     int      `json:"asked"`      // known pages that were asked for
	Gone      int      `json:"gone"`       // of them
	Silent    int      `json:"silent"`     // without an answer
	Replaced  int      `json:"replaced"`   // saying something entirely different
	NoRelease int      `json:"no_release"` // no release any more
	Suspect   bool     `json:"suspect,omitempty"`
	Reasons   []string `json:"reasons,omitempty"` // why the source needs somebody; empty: it does not

	Causes []schemas.Cause `json:"causes,omitempty"` // of Reasons, one each
}

// Doubtful is how many of the known pages speak against the run.
func (v *Verdict) Doubtful() int { return v.Gone + v.Silent + v.Replaced + v.NoRelease }

// allOf is from how many pages on it is told when every single one is doubtful, though that is too few for a suspect run.
const allOf = 3

func (e *evidence) judge() Verdict {
	v := Verdict{Asked: len(e.known)}
	for _, d := range e.known {
		switch d {
		case doubtGone:
			v.Gone++
		case doubtSilent:
			v.Silent++
		case doubtReplaced:
			v.Replaced++
		case doubtNoRelease:
			v.NoRelease++
		case noDoubt:
		}
	}
	v.Suspect = schemas.Suspect(v.Asked, v.Doubtful())
	switch {
	case v.Suspect:
		v.reason(schemas.CauseDisbelief, v.with(),
			"of {Asked} known pages "+v.doubts()+": the run is not believed, nothing is corrected or withdrawn by it")
	case v.Asked >= allOf && v.Doubtful() == v.Asked:
		v.reason(schemas.CauseAllChanged, v.with(), "none of the {Asked} known pages that were asked for is what it was: "+v.doubts())
	}
	return v
}

func (v *Verdict) reason(code string, with schemas.With, sentence string) {
	v.Causes = append(v.Causes, schemas.Cause{Code: code, With: with})
	v.Reasons = append(v.Reasons, with.Fill(sentence))
}

func (v *Verdict) with() schemas.With {
	return schemas.With{"Asked": v.Asked, "Gone": v.Gone, "Silent": v.Silent, "Replaced": v.Replaced, "NoRelease": v.NoRelease}
}

// doubts says in words how many pages are what.
func (v *Verdict) doubts() string {
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{v.Gone, "gone"}, {v.Silent, "without an answer"}, {v.Replaced, "saying something entirely different"}, {v.NoRelease, "no release any more"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	return strings.Join(parts, ", ")
}
