package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

var (
	challengeTitle = lazy.MustCompile(`(?i)^(?:just a moment|attention required|ddos-guard|(?:checking your browser|please wait|one moment,? please|` +
		`einen moment(?: bitte)?|bitte warten|access denied|zugriff verweigert|security check|sicherheitsüberprüfung|are you (?:a )?(?:human|robot)|` +
		`robot check|you have been blocked|verifying you are human|request rejected|pardon our interruption|human verification)[.…! ]*$)`)
	errorTitle = lazy.MustCompile(`(?i)^(?:(?:fehler|error|http)?[\s:-]*(?:400|401|403|404|410|429|500|502|503|` +
		`504)\b(?:\s*[-–:|]?\s*(?:-\s*)?(?:seite|page|file|not|nicht|error|fehler|forbidden|gone|bad|internal|service|unauthorized|too|gateway|` +
		`dokument|diese|die seite|ups|oops).{0,50})?|(?:die |diese )?(?:angeforderte |gesuchte |gewünschte )?(?:seite|page|artikel|meldung|inhalt|` +
		`dokument)(?: \S+)? (?:wurde )?(?:leider )?(?:nicht (?:gefunden|verfügbar|vorhanden)|existiert nicht).{0,40}|` +
		`(?:seite|page|file) not found.{0,20}|not found.{0,20}|nicht gefunden.{0,20}|ups[!.]?.{0,30}|oops[!.]?.{0,30}|fehlerseite|fehler(?:meldung)?|` +
		`ein fehler ist aufgetreten.{0,20}|internal server error|bad gateway|service (?:temporarily )?unavailable|forbidden|wartungsmodus|` +
		`wir sind gleich zurück.{0,20}|site under maintenance|under construction|account suspended|domain .{0,40}(?:parked|geparkt|zu verkaufen))[.!]?$`)
	loginTitle = lazy.MustCompile(`(?i)^(?:log ?in|sign in|anmelden|anmeldung|benutzeranmeldung|mitglieder(?:bereich|login)|geschützter bereich|` +
		`passwort(?:geschützt|schutz)?)[.!: ]*$`)
	hitsLine = lazy.MustCompile(`(?i)^(?:(?:treffer|ergebnisse|einträge|meldungen)[:\s]+)?\d+\s*(?:bis|[-–])\s*\d+\s+von\s+(?:insgesamt\s+)?\d+(?:\s+\pL+)?\.?$|` +
		`^(?:insgesamt\s+)?\d+\s+(?:treffer|suchergebnisse|ergebnisse|einträge)(?:\s+(?:gefunden|insgesamt))?\.?$`)
	listingTitle = lazy.MustCompile(`(?i)^(?:(?:überblick|übersicht)\s+(?:über\s+|aller\s+|der\s+)?)?(?:(?:alle|aktuelle|neueste|neue|unsere|weitere|die)\s+)?(?:presse(?:mitteilungen|meldungen|` +
		`informationen|archiv|berichte|stelle|bereich|portal|service|center)?|(?:presse|news|nachrichten|meldungs)-?(?:übersicht|liste|archiv|room)|` +
		`meldungen|nachrichten|aktuelles|neuigkeiten|news|newsroom|archiv|mitteilungen|bekanntmachungen|veranstaltungen|suche|suchergebnisse?|search|` +
		`themen|übersicht|startseite|home)(?:\s+(?:archiv|übersicht|\d{4}|und .{3,30}|(?:des|der|aus|im|vom|für|&) .{3,50}))?$`)
)

// refuse says that the page is none of a release, and what it is. It is careful: what is not known to be something else passes.
func (r *reader) refuse() error {
	n := 0
	for _, p := range r.p.Pieces {
		n += int(markup.Letters(p.Text))
	}
	switch {
	case n < fewForWall && (r.entitled(challengeTitle) || r.challenge()):
		return r.refusal("a bot challenge, not the page: fetch slower, or ask the operator of the site for access")
	case n < fewLetters && r.entitled(errorTitle):
		return r.refusal("an error page that answers like a good one: check the address")
	case n < fewForWall && r.entitled(loginTitle) && r.asksPassword():
		return r.refusal("a login page: what is behind it is not public")
	case n < fewForward && r.forwards() && !r.statesDate():
		return r.refusal("a redirect by meta element: fetch where it leads")
	case r.speaksOfItself(n):
		return r.refusal("a page about the site itself (an error, works, a forwarding) that answers like a good one: look again later")
	case r.listing():
		return r.refusal("a listing, not a release: follow its links")
	case n > 0 || r.isDocument():
		return nil
	case r.consentWall():
		return r.refusal("a consent wall: the text comes after agreeing only")
	}
	return r.refusal("an empty shell: no text in the HTML, scripts may load it")
}

// entitled reports whether one of the page's titles is such a one.
func (r *reader) entitled(re *lazy.Regexp) bool {
	own := text.Normalise(r.s.Title)
	return re.MatchString(r.p.Title) || re.MatchString(own) || re.MatchString(r.withoutSite(own))
}

// isDocument reports whether a page without text is a release all the same: the release is a file, or its text is not for everybody.
func (r *reader) isDocument() bool {
	if len(r.p.Attachments) > 0 && r.p.Title != "" {
		return true
	}
	return r.head >= 0 && r.witnessed(r.p.Title) &&
		(r.p.article() != nil || r.s.MetaFirst("og:type") == "article" || r.s.MetaFirst("article:published_time") != "")
}

func (r *reader) refusal(hint string) error {
	return &schemas.Error{Op: "parse", Kind: schemas.KindNoRelease, Thing: r.p.URL.String(), Hint: hint}
}

// challenge reports whether the page has the marks of a check for robots.
func (r *reader) challenge() bool {
	for _, id := range []string{
		"#challenge-form", "#challenge-running", "#cf-wrapper", "#challenge-error-text", ".cf-browser-verification",
		"#px-captcha", "#captcha-form", ".cf-error-details", "#sec-cpt-if", "#cf-challenge-running",
	} {
		if r.s.Has(id) {
			return true
		}
	}
	return false
}

// asksPassword reports whether the page asks for a password, elsewhere than in its head and foot, where one may log in on any page.
func (r *reader) asksPassword() bool {
	for i := int32(0); i < int32(len(r.s.E)); i++ {
		n := r.s.E[i].Node
		if a := n.DataAtom; a == atom.Header || a == atom.Nav || a == atom.Footer || a == atom.Aside {
			i = r.s.E[i].End - 1
			continue
		}
		if n.DataAtom == atom.Input && strings.EqualFold(markup.Attr(n, "type"), "password") {
			return true
		}
	}
	return false
}

func (r *reader) consentWall() bool {
	for i := range r.s.E {
		if r.s.E[i].Flag&markup.Consent != 0 {
			return true
		}
	}
	return false
}

// listing reports whether the page calls itself a listing and is one: several items of the same make, each with a link, and little else to
// read.
func (r *reader) listing() bool {
	if !r.calledListing() || strings.Contains(r.s.MetaFirst("og:type"), "article") || r.p.article() != nil && !r.manyArticles() {
		return false
	}
	items, within := 0, int32(0)
	for i := r.s.Body; i < int32(len(r.s.E)); i++ {
		if a := r.s.Atom(i); a == atom.Nav || a == atom.Footer || a == atom.Header {
			i = r.s.E[i].End - 1
			continue
		}
		if n := r.items(i); n > items {
			items, within = n, i
		}
	}
	return items >= minItems && r.besides(within) < fewForItems
}

// manyArticles reports whether the JSON-LD of the page describes several articles, as teasers of a list do.
func (r *reader) manyArticles() bool {
	titles := map[string]bool{}
	for _, o := range r.p.LD {
		if isArticle(o) {
			titles[str(o["headline"])] = true
		}
	}
	return len(titles) >= severalArticles
}

func (r *reader) calledListing() bool {
	if listingTitle.MatchString(r.p.Title) || r.manyArticles() {
		return true
	}
	for i := r.s.Body; i < int32(len(r.s.E)); i++ {
		if e := &r.s.E[i]; e.Kind&markup.Block != 0 && e.End-i < hitsReach && hitsLine.MatchString(r.s.Read(i, markup.Visible)) {
			return true
		}
	}
	for _, i := range r.s.H1 {
		if !r.s.E[i].Skip && listingTitle.MatchString(r.headingText(i)) {
			return true
		}
	}
	return false
}

// besides are the letters in sentences outside of entry list.
func (r *reader) besides(list int32) (n int32) {
	for i := r.s.Body; i < int32(len(r.s.E)); i++ {
		if i == list {
			i = r.s.E[i].End - 1
			continue
		}
		if e := &r.s.E[i]; !e.Skip && e.Kind&markup.Block != 0 {
			n += r.s.Paragraph(i)
		}
	}
	return n
}

// items counts the children of entry i that are items of a list of pages: of one make, with a link and a text of their own.
func (r *reader) items(i int32) int {
	makes := map[string]int{}
	best := 0
	for c := i + 1; c < r.s.E[i].End; c = r.s.E[c].End {
		e := &r.s.E[c]
		if e.Node.Type != html.ElementNode || e.Node.DataAtom == atom.P || e.Kind&markup.Heading != 0 {
			continue
		}
		if l := r.itemText(c); l < minItem || l > maxItem || !r.holdsLink(c) {
			continue
		}
		k := e.Node.Data + " " + markup.Attr(e.Node, "class")
		makes[k]++
		best = max(best, makes[k])
	}
	return best
}

func (r *reader) itemText(i int32) int32 {
	if r.s.E[i].End == i+1 {
		return 0
	}
	t := r.s.Read(i, markup.Visible)
	if len(t) > maxItemBytes {
		return int32(len(t))
	}
	return markup.Letters(t)
}

func (r *reader) holdsLink(i int32) bool {
	for k := i; k < r.s.E[i].End; k++ {
		if r.s.is(k, markup.Link) {
			return true
		}
	}
	return false
}
