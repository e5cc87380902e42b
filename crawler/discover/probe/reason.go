package probe

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// trouble is why a page gave no list.
type trouble struct {
	state  string
	weight int // promise of the page
	why    string
}

// trouble notes why a page could not be looked at.
func (w *walk) trouble(c candidate, err error) {
	t := trouble{weight: c.weight, why: fmt.Sprintf("%s: %s", c.url, polite.Why(err))}
	text := err.Error()
	switch {
	case errors.Is(err, polite.ErrRobots), errors.Is(err, polite.ErrNoIndex):
		t.state = ForbidsRobots
	case strings.Contains(text, "bot challenge"):
		t.state = Challenge
	case errors.Is(err, errElsewhere):
		t.state = Elsewhere
	case strings.Contains(text, "private or special address"):
		t.state = Private
	case strings.Contains(text, "answers 401"):
		t.state = NeedsLogin
	case strings.Contains(text, "answers 403"), strings.Contains(text, "answers 429"):
		t.state = Challenge
	case strings.Contains(text, "application/pdf"):
		t.state, t.why = OnlyPDF, c.url.String()+" is a PDF file, no page"
	case schemas.KindOf(err) == schemas.KindNotFound:
		t.state = NoPressPage
	case schemas.KindOf(err) == schemas.KindNotHTML:
		t.state = NoPage
	default:
		t.state = NoAnswer
	}
	if sameSite(c.url, w.home) && (!c.guess || t.state != NoPressPage) || c.weight > strong {
		w.troubles = append(w.troubles, t)
	}
}

// lost reports whether the start failed in a way that the whole site shares.
func (w *walk) lost() bool {
	for _, t := range w.troubles {
		if t.state == Private || t.state == NoAnswer || t.state == Elsewhere {
			return true
		}
	}
	return false
}

// How short a page is on which nothing but a wall or a script's place stands, in letters.
const (
	wallLetters  = 1500
	emptyLetters = 700
	fewLinks     = 8
)

var (
	consentWords = late(`(?i)einwillig|cookies? (?:akzeptieren|zulassen|zustimmen)|zustimmen|` +
		`alle akzeptieren|datenschutzeinstellungen|nutzungsbedingungen akzeptieren`)
	scriptWords = late(`(?i)javascript`)
	roots       = "#app, #root, app-root, [ng-app], [ng-version], [data-reactroot], #__next, #__nuxt, [data-vue], [data-react], [data-component]"
)

// without says why a page has no list, and notes it where the page is the one that should have one.
func (w *walk) without(p *page, c candidate) string {
	note := func(state, why string) string {
		weight := p.weight
		if len(w.find.Visited) == 0 { // the address given
			weight = max(weight, leastPromise)
		}
		w.troubles = append(w.troubles, trouble{state, weight, p.url.String() + ": " + why})
		return why
	}
	has := func(css string) bool { return p.doc.Find(css).Length() > 0 }
	short, bare := p.text < wallLetters, p.doc.Find("a[href]").Length() < fewLinks
	switch {
	case short && has("input[type=password]") && (c.depth > 0 || p.weight >= leastPromise || bare):
		return note(NeedsLogin, "a page to log in")
	case short && bare && has("button, input[type=submit], form") && consentWords().MatchString(oneLine(p.doc.Find("body").Text())):
		return note(Challenge, "a wall that wants consent before anything is shown")
	case p.scripted():
		if p.weight >= leastPromise || c.depth == 0 {
			return note(NeedsJavaScript, "the page is empty until a script has filled it")
		}
		return "empty until a script has filled it"
	case p.weight >= strong:
		return note(NoPressPage, "speaks of the press and lists no releases")
	}
	return "no list"
}

// scripted reports whether a page has a place that scripts fill, and little else.
func (p *page) scripted() bool {
	if p.text >= emptyLetters {
		return false
	}
	empty := false
	for _, n := range p.doc.Find(roots).Nodes {
		empty = empty || countLetters(textOf(n)) < 80
	}
	said := scriptWords().MatchString(p.doc.Find("noscript").Text())
	return p.doc.Find("script").Length() > 0 && (empty || said)
}

// order is which of several reasons says most of a site.
var order = []string{Private, NoAnswer, ForbidsRobots, Challenge, NeedsLogin, OnlyPDF, NeedsJavaScript, Elsewhere, NoPage, NoPressPage}

// rank orders reasons: those of the more promising page first, of the same promise by what they say of the site.
func (t trouble) rank() int {
	if t.state == NoPressPage {
		return t.weight
	}
	return 20*min(t.weight, strong) + len(order) - slices.Index(order, t.state)
}

// wide reports whether the reason is one of the site and not of one page.
func (t trouble) wide() bool {
	return t.state == Challenge || t.state == NoAnswer || t.state == ForbidsRobots
}

// whyNot closes a finding without a list or feed with the reason that the most promising page gave; the address given goes first.
func (w *walk) whyNot() {
	best := trouble{NoPressPage, -1, "no page of the site lists releases"}
	switch {
	case w.find.State != "":
		return
	case len(w.troubles) == 0 && w.pages == 0:
		best.why = "nothing on the page leads to press releases"
	case len(w.troubles) > 0 && w.pages == 0 && len(w.find.Visited) == 1:
		best = w.troubles[0]
	default:
		for _, t := range w.troubles {
			if (t.weight >= leastPromise || t.wide()) && (best.weight < 0 || t.rank() > best.rank()) {
				best = t
			}
		}
	}
	w.end(best.state, best.why)
}
