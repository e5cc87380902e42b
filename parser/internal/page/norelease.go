package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
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
	listingTitle = lazy.MustCompile(`(?i)^(?:(?:überblick|übersicht)\s+(?:über\s+|aller\s+|der\s+)?)?(?:(?:alle|aktuelle|neueste|neue|unsere|weitere|` +
		`die)\s+)?(?:presse(?:mitteilungen|meldungen|` +
		`informationen|archiv|berichte|stelle|bereich|portal|service|center)?|medien(?:mitteilungen|informationen|einladungen)|presse(?:einladungen|` +
		`termine)|(?:presse|news|nachrichten|meldungs)-?(?:übersicht|liste|archiv|room)|` +
		`meldungen|nachrichten|aktuelles|neuigkeiten|news|newsroom|archiv|mitteilungen|bekanntmachungen|veranstaltungen|suche|suchergebnisse?|search|` +
		`themen|übersicht|startseite|home)(?:\s+(?:archiv|übersicht|\d{4}|und .{3,30}|(?:des|der|aus|im|vom|für|&) .{3,50}))?$`)
)

// entitled reports whether one of the page's titles is such a one.
func (r *reader) entitled(re *lazy.Regexp) bool {
	own := text.Normalise(r.s.Title)
	return re.MatchString(r.p.Title) || re.MatchString(own) || re.MatchString(r.withoutSite(own))
}

// serviceTitle are the titles of pages that any site must or wants to have.
var serviceTitle = lazy.MustCompile(`(?i)^(?:impressum|(?:hinweise? zum |erklärung zum )?datenschutz(?:erklärung|hinweise?|bestimmungen)?|` +
	`kontakt(?:formular| und anfahrt)?|` +
	`sitemap|inhaltsverzeichnis|(?:erklärung zur )?barrierefreiheit(?:serklärung)?|newsletter(?:[- ]?(?:abonnieren|anmeldung|bestellen|abo))?|` +
	`nutzungs(?:bedingungen|hinweise)|` +
	`rss(?:[- ]feeds?)?|haftungsausschluss|impressum (?:und|&) datenschutz.{0,20}|cookie[- ]?(?:richtlinie|einstellungen)|ansprechpartner(?:innen)?|` +
	`leichte sprache|gebärdensprache|hilfe)$`)

// servicePage reports whether the page calls itself such a one, by its title or by the beginning of its own title, and says nothing of a
// day of publication in its head.
func (r *reader) servicePage() bool {
	if r.saysArticle() {
		return false
	}
	own := text.Normalise(r.s.Title)
	if ps := cuts(own); len(ps) > 1 {
		own = strings.TrimSpace(own[ps[0].from:ps[0].to])
	}
	return serviceTitle.MatchString(r.p.Title) || serviceTitle.MatchString(own)
}

// isDocument reports whether a page without text is a release all the same: the release is a file, or its text is not for everybody.
func (r *reader) isDocument() bool {
	if len(r.p.Attachments) > 0 && r.p.Title != "" {
		return true
	}
	return r.head >= 0 && r.witnessed(r.p.Title) &&
		(r.p.article() != nil || r.s.MetaFirst("og:type") == "article" || r.s.MetaFirst("article:published_time") != "")
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
