package page

import (
	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/rule"

	"github.com/kreispresse/kreispresse/schemas"
)

// verdict is what a page is instead of a release, and what to do about it: the hint of the error.
type verdict string

const (
	isChallenge verdict = "a bot challenge, not the page: fetch slower, or ask the operator of the site for access"
	isError     verdict = "an error page that answers like a good one: check the address"
	isLogin     verdict = "a login page: what is behind it is not public"
	isForward   verdict = "a redirect by meta element: fetch where it leads"
	isItself    verdict = "a page about the site itself (an error, works, a forwarding) that answers like a good one: look again later"
	isListing   verdict = "a listing, not a release: follow its links"
	isService   verdict = "a page of the site's own (imprint, contact, privacy, newsletter), not a release"
	isWall      verdict = "a consent wall: the text comes after agreeing only"
	isShell     verdict = "an empty shell: no text in the HTML, scripts may load it"
)

// verdictRule reports whether a page, of which n letters of text were read, is no release.
type verdictRule func(r *reader, n int) bool

// noRelease are the ways in which a page is no release, in the order in which they are asked. They are careful: what is not known to be
// something else passes. The examples are whole pages; the result is the rule.
var noRelease = rule.Table[verdict, verdictRule]{
	{
		ID: "challenge", Kind: isChallenge,
		Find: func(r *reader, n int) bool { return n < fewForWall && (r.entitled(challengeTitle) || r.challenge()) },
		Says: "<title>Just a moment...</title><p>Wir prüfen Ihre Verbindung, bitte warten Sie.</p> → challenge",
		Not:  "<title>Bitte warten Sie nicht</title><h1>Bitte warten Sie nicht</h1><p>Der Kreis bittet, sich früh zu melden.</p>",
	},
	{
		ID: "error", Kind: isError,
		Find: func(r *reader, n int) bool { return n < fewLetters && r.entitled(errorTitle) },
		Says: "<h1>Seite nicht gefunden</h1><p>Es gibt hier leider nichts, was passt.</p> → error",
		Not:  "<h1>Fehler 404: Ausstellung zur Netzkunst</h1><p>Die Galerie zeigt ab Sonntag Netzkunst, sagt der Kreis.</p>",
	},
	{
		ID: "login", Kind: isLogin,
		Find: func(r *reader, n int) bool { return n < fewForWall && r.entitled(loginTitle) && r.asksPassword() },
		Says: "<h1>Anmelden</h1><main><form><input type=password></form><p>Bitte geben Sie Ihre Daten ein, dann geht es weiter.</p></main> → login",
		Not:  "<header><form><input type=password></form></header><h1>Anmeldung</h1><p>Die Anmeldung zur Betreuung beginnt am Montag.</p>",
	},
	{
		ID: "forward", Kind: isForward,
		Find: func(r *reader, n int) bool { return n < fewForward && r.forwards() && !r.statesDate() },
		Says: "<meta http-equiv=refresh content='0; url=/neu'><h1>Kreis</h1><p>Gleich geht es weiter, nur Geduld.</p> → forward",
		Not:  "<meta http-equiv=refresh content=900><h1>Kreishaus zu</h1><p>Das Kreishaus bleibt am Freitag zu, sagt der Kreis.</p>",
	},
	{
		ID: "itself", Kind: isItself,
		Find: (*reader).speaksOfItself,
		Says: "<h1>Bald wieder da</h1><p>Unser Auftritt wird gerade überarbeitet. Bitte versuchen Sie es später noch einmal.</p> → itself",
		Not:  "<h1>Wartung</h1><p>Das Portal des Kreises ist am Samstag wegen Wartungsarbeiten nicht erreichbar.</p>",
	},
	{
		ID: "listing", Kind: isListing,
		Find: func(r *reader, _ int) bool { return r.listing() },
		Says: "<h1>Pressemitteilungen</h1><ul>" + exampleItems + "</ul> → listing",
		Not:  "<h1>Kreishaus geschlossen</h1><p>Das Kreishaus bleibt am Freitag geschlossen, sagt der Kreis.</p><ul>" + exampleItems + "</ul>",
	},
	{
		ID: "list-signs", Kind: isListing,
		Find: (*reader).looksLikeList,
		Says: "<title>News - Amt für Wege</title><main><p>Hier finden Sie unsere Meldungen der letzten Jahre.</p><h2><a href=/1>Weg gebaut</a></h2><p>Mehr " +
			"dazu hier.</p>" +
			"<h2><a href=/2>Bus gekauft</a></h2><h2><a href=/3>Baum gepflanzt</a></h2></main> → list-signs",
		Not: "<title>Weg gebaut - Amt für Wege</title><main><h1>Weg gebaut</h1><p>Der Weg ist fertig, sagt der Kreis.</p><h2><a href=/2>Bus gekauft</a></h2>" +
			"<h2><a href=/3>Baum gepflanzt</a></h2><h2><a href=/4>Wald gekauft</a></h2></main>",
	},
	{
		ID: "service-page", Kind: isService,
		Find: func(r *reader, _ int) bool { return r.servicePage() },
		Says: "<title>Impressum | Kreis Musterau</title><h1>Impressum</h1><p>Herausgeber ist der Kreis Musterau, vertreten durch den Landrat.</p> → service-page",
		Not:  "<title>Kontakt zu den Bürgern</title><h1>Kontakt zu den Bürgern</h1><p>Der Landrat besucht die Dörfer, sagt der Kreis.</p>",
	},
	{
		ID: "consent-wall", Kind: isWall,
		Find: func(r *reader, n int) bool { return n == 0 && !r.isDocument() && r.consentWall() },
		Says: "<h1>Willkommen</h1><div class=cookiebanner><p>Bitte akzeptieren Sie Cookies, um weiterzulesen.</p></div> → consent-wall",
		Not:  "<h1>Haushalt</h1><p><a href=/h.pdf>Haushalt 2026</a></p><div class=cookiebanner><p>Wir nutzen Cookies.</p></div>",
	},
	{
		ID: "shell", Kind: isShell,
		Find: func(r *reader, n int) bool { return n == 0 && !r.isDocument() },
		Says: "<title>Kreis Musterau</title><div id=root></div> → shell",
		Not:  "<h1>Haushalt</h1><p><a href=/h.pdf>Haushalt 2026</a></p>",
	},
}

// exampleItems are the items of a list, for the examples.
const exampleItems = "<li><a href=/1>Kreis baut Radweg</a></li><li><a href=/2>Kreis kauft Busse</a></li><li><a href=/3>Kreis pflanzt Bäume</a></li>" +
	"<li><a href=/4>Kreis sucht Helfer</a></li><li><a href=/5>Kreis ehrt Vereine</a></li>"

// judge is the index of the first row of noRelease that the page meets, -1 for none.
func (r *reader) judge() int {
	n := 0
	for _, p := range r.p.Pieces {
		n += int(markup.Letters(p.Text))
	}
	for k := range noRelease {
		if noRelease[k].Find(r, n) {
			return k
		}
	}
	return -1
}

// refuse says that the page is no release, and what it is.
func (r *reader) refuse() error {
	k := r.judge()
	if k < 0 {
		return nil
	}
	return &schemas.Error{Op: "parse", Kind: schemas.KindNoRelease, Thing: r.p.URL.String(), Hint: string(noRelease[k].Kind)}
}
