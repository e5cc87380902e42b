package page

import (
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/internal/german/calendar"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
)

// The words by which lines that are no text of a release are known. Each table is one expression, compiled once, that a whole line
// must match; case does not count. They say what pages of German authorities, associations and newspapers say around their texts.

// whole compiles a table of alternatives for a whole line, between before and after.
func whole(before, after string, alternatives ...string) *lazy.Regexp {
	return lazy.MustCompile(`(?i)^` + before + `(?:` + strings.Join(alternatives, "|") + `)` + after + `$`)
}

// boilerLine are lines that belong to the page: tools, paths, shares, counters.
var boilerLine = whole(`[»›>↑←→+|*\s-]*`, `\s*[»›>.…]*`,
	`zurück(?: zur? .{0,40}| nach oben)?`, `nach oben`, `zum seitenanfang`, `inhalt anspringen`, `zum inhalt .{0,20}`,
	`sie (?:befinden sich|sind) hier:?.{0,80}`, `auf dieser seite:?`,
	`(?:seite |artikel |meldung |beitrag )?(?:drucken|teilen|vorlesen|weiterempfehlen|empfehlen|merken|versenden|kommentieren)`,
	`merken (?:&|und) teilen`, `teilen(?: auf| per| sie).{0,40}`, `(?:auf )?(?:facebook|twitter|x|whatsapp|linkedin|xing|instagram|e-?mail|telegram|`+
		`mastodon|bluesky|threema|pinterest)(?: teilen)?`,
	`per (?:e-?mail|whatsapp) .{0,30}`, `share`, `print`, `link kopieren`,
	`(?:mehr|weiter)(?: lesen:?| erfahren| dazu| informationen| anzeigen)?`, `weiterlesen`, `alle (?:meldungen|pressemitteilungen|artikel|nachrichten)`,
	`(?:nächste|vorherige|vorige)[srn]? (?:meldung|seite|artikel|beitrag|eintrag|pressemitteilung|nachricht|news|bild|folie).{0,20}`,
	`-{0,3}\s?(?:anzeige|werbung|advertisement)\s?-{0,3}`,
	`artikel (?:anhören|hören).{0,30}`, `bild(?:er)? vergrößern`, `großansicht`, `downloads?`, `pdf`,
	`mit (?:video|audio|bildergalerie)`, `placeholder.{0,12}`,
	`tags?:?`, `schlagwörter:?`, `schlagworte:?`, `themen:?`, `kategorien?:?`, `rubrik:.{0,40}`, `erscheinungsdatum:.{0,20}`,
	`kommentare?(?: \(\d+\))?`, `\d+ kommentare?`, `\d+ \d+`, `(?:noch keine bewertungen\s?)?loading\.*`, `©.{0,60}`,
	`in leichter sprache`, `gebärdensprache`, `lesezeit:?.{0,20}`, `lesedauer:?.{0,20}`, `\d+ min(?:uten)?\.?(?: lesezeit)?`, `geschrieben von:?`,
	`ende der weiteren informationen`,
)

// How a date is written in a line of its own, with the names of the calendar that all rooms share.
var (
	weekday = `(?:(?:` + forms(calendar.Weekdays(), 2) + `)\.?,?\s*)?`
	month   = `(?:\d{1,2}\.|(?:` + forms(calendar.Months(), 4) + `)\.?)`
)

const clock = `(?:[\s,|–•·-]*(?:um\s+)?\d{1,2}[:.]\d{2}(?:\s*uhr)?)?`

// forms are the German forms of names, longest first; short ones of at most so many bytes, since "Die" and "Mit" are words.
func forms(names []calendar.Name, short int) string {
	var out []string
	for _, n := range names {
		if n.Class == calendar.Full || n.Class == calendar.Short && len(n.Form) <= short {
			out = append(out, n.Form)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return strings.Join(out, "|")
}

// saysWhen reports whether a line only says when something was published, or when and when it was updated: each by itself is such a line.
func saysWhen(s string) bool {
	if dateLine.MatchString(s) {
		return true
	}
	m := updated.FindStringSubmatchIndex(s)
	return m != nil && dateLine.MatchString(s[:m[2]]) && dateLine.MatchString(strings.TrimRight(s[m[3]:], ")]"))
}

// updated finds what stands between the day of publication and that of the update.
var updated = lazy.MustCompile(`(?i)\S([\s|,·•–/;(\[-]+(?:und )?)(?:zuletzt |letzte )?(?:aktualisiert|aktualisierung|geändert|änderung|bearbeitet|update)`)

// dateLine are lines that only say when, and where or by whom: "Musterstadt, 3. Mai 2024", "02.05.2024 | Presse".
var dateLine = whole(
	`(?:(?:[\p{L}.\s/()-]{2,40},\s*(?:den|am)?|(?:presse\p{L}*|meldung|mitteilung|nachricht|news|datum|stand|veröffentlicht|erstellt|erschienen|`+
		`(?:zuletzt )?(?:update|aktualisiert|geändert|bearbeitet)|letzte (?:aktualisierung|änderung)|vom|am)`+
		`(?:\s*[|,:–-])?(?:\s*(?:vom|am))?|\p{L}+\s?[|:•·–])\s*)?`+weekday,
	`(?:\s*[|,–·•-]\s*[\p{L}\s./•:-]{0,60})?(?:\d{1,2} min\p{L}*\.?)?\.?`,
	`(?:den\s+)?\d{1,2}\.\s?`+month+`\s?(?:\d{4}|\d{2})?`+clock,
)

// byLine are lines that only say who wrote a text, when, and under what number.
var byLine = whole(``, ``,
	`(?-i:[Vv]on \p{Lu}[\p{L}.'-]+(?: (?:von|van|de|und|\p{Lu}[\p{L}.'-]+)){1,5}(?:, [^.!?]{0,40})?)`,
	`(?:text|autor(?:in)?|redaktion|stand|datum|quelle|herausgeber(?:in)?|ausgabejahr|erscheinungsdatum|nummer|ressort|pressekontakt)\s?:[^.!?]{0,90}`,
	`(?:verfasst|ein beitrag|geschrieben|veröffentlicht|erstellt|eingestellt) (?:von|am|durch) .{0,90}`,
	`(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)(?: am|:| \().{0,60}`, `letzte (?:aktualisierung|änderung).{0,60}`,
	`(?:presse(?:mitteilung|information|meldung|info|dienst)|medien(?:mitteilung|information)|mitteilung)(?:\s*(?:nr\.?|nummer|vom|\d|\||/|[–-]).{0,80})?`,
	`nr\.?\s?\d{1,5}(?:\s?/\s?\d{2,4})?`, `(?:dpa|afp|epd|kna|red)(?:/\w+)*`,
)

// topicLine are lists of keywords.
var topicLine = lazy.MustCompile(`(?i)^(?:themen|thema|schlagw(?:örter|orte)|stichw(?:örter|orte)|tags|kategorien?|rubriken?|ressorts?|mehr zu|` +
	`mehr über)\s?:`)

// tailHeading are headings of what is not the text: links, files, contacts, comments, other pages.
var tailHeading = whole(``, `\s*:?`,
	`weitere (?:informationen|meldungen|pressemitteilungen|artikel|themen|nachrichten|news|infos|links|beiträge|pressemeldungen|inhalte|fotos|bilder|`+
		`materialien|hinweise|links? (?:und|zum) .{0,40}).{0,30}`,
	`mehr (?:zum thema.{0,60}|informationen|infos|dazu|zu diesem thema|aus .{0,30}|nachrichten|news|artikel|von .{0,30}|zu .{0,40})`,
	`das könnte (?:sie|dich|euch) auch .{0,30}`, `auch interessant`, `lesen sie (?:auch|mehr).{0,30}`,
	`dies(?:e|er) (?:artikel|beiträge|meldungen|themen) könnten? .{0,50}`,
	`passend (?:dazu|zum (?:artikel|thema|beitrag))`, `dieses thema im programm.{0,80}`, `die redaktion empfiehlt.{0,20}`,
	`audio und video zum thema`, `schlagwörter zu .{0,30}`,
	`ende der weiteren informationen`, `fragen (?:zu|zum) (?:diesem |dem )?(?:artikel|beitrag|thema).{0,20}`, `zum thema`, `aktuell auf .{3,30}`,
	`(?:ähnliche|verwandte|verwandter|zugehörige|aktuelle|neueste|neuste|andere|empfohlene) (?:meldungen|artikel|beiträge|themen|inhalte|nachrichten|`+
		`news|pressemitteilungen|links).{0,20}`,
	`nützliche links`, `links?(?: zum thema)?`, `externe links`, `interne links`, `linktipps?`, `siehe auch.{0,20}`, `unsere quellen`, `quellen?`, `archiv`,
	`downloads?`, `dokumente(?: zum .{0,20})?`, `dateien`, `anhänge`, `zum herunterladen`,
	`presse-?kontakt.{0,30}`, `kontakt.{0,30}`, `ansprechpartner.{0,30}`, `ansprechperson.{0,30}`, `ihre? ansprechpartner.{0,30}`,
	`(?:presse-?|medien-?)?rückfragen.{0,40}`, `für rückfragen.{0,40}`,
	`medienkontakt.{0,20}`, `kontakt(?:daten)? herausgeber.{0,10}`, `herausgeber.{0,10}`, `redaktion.{0,10}`, `impressum`, `service`,
	`teilen`, `seite teilen`, `diesen? (?:artikel|beitrag|seite|meldung|inhalt) .{0,40}`, `empfehlen.{0,30}`, `social media`, `folgen sie uns.{0,40}`,
	`newsletter.{0,40}`,
	`kommentare?.{0,30}`, `ihre? (?:meinung|kommentar).{0,30}`, `schreiben? sie einen kommentar.{0,20}`, `schreibe einen kommentar.{0,30}`,
	`leserkommentare.{0,20}`, `diskussion`,
	`bewertung.{0,30}`, `war (?:dieser|der) (?:artikel|inhalt|beitrag) .{0,30}`, `related (?:articles|posts|news)`, `beitragsnavigation`,
	`bildnachweise?`, `erläuterungen und hinweise`, `meistgelesen.{0,20}`, `top.?themen`, `aus dem ressort`, `über (?:den autor|die autorin|uns)`, `zur person`,
	`themen ?(?:in diesem artikel|des artikels)?`, `schlagw(?:örter|orte)`, `mediathek`, `bildergalerie.{0,20}`, `fotos?`, `bilder`, `galerie`,
	`pressefotos?`, `pressebilder`, `medien`,
)

// hardTail are those of them that may head sentences which are no text of the release all the same.
var hardTail = lazy.MustCompile(`(?i)^(?:presse.?kontakt|kontakt|(?:ihre? )?ansprechp|(?:presse-?|medien-?)?rückfragen|für rückfragen|medienkontakt|` +
	`herausgeber|impressum|kommentar|leserkommentare|fragen (?:zu|zum) |ihre? (?:meinung|kommentar)|schreibe?n? sie einen|schreibe einen|newsletter|` +
	`über (?:den autor|die autorin|uns)|zur person|das könnte|auch interessant|diskussion|social media)`)

var (
	// moreEnd ends teasers: the link to the rest.
	moreEnd = lazy.MustCompile(`(?i)(?:^|[.!?…“"]\s*|\s[»›>→]\s*)(?:mehr|weiterlesen|mehr lesen|mehr erfahren|weiter|zum artikel|zur meldung|` +
		`zum ratgeber)\s*[»›>→.…]*$`)
	// fileSize stands behind links to files.
	fileSize = lazy.MustCompile(`(?i)(?:\b|download|[0-9])(?:pdf|docx?|xlsx?|zip|jpe?g|png)\b.{0,30}\b\d+(?:[.,]\d+)?\s?[km]b\b|` +
		`\b\d+(?:[.,]\d+)?\s?[km]b\b.{0,30}\b(?:pdf|docx?|xlsx?|zip|jpe?g|png)\b`)
	// newWindow are the words for screen readers behind links.
	newWindow = lazy.MustCompile(`\s*\((?:Link |Wird )?(?:ö|Ö)ffnet (?:sich )?(?:in|im) (?:einem )?neue[mn] (?:Fenster|Tab|Browserfenster)\)`)
	// promo is in paragraphs that advertise the medium.
	promo = lazy.MustCompile(`(?i)newsletter (?:informiert|liefert|bringt|versorgt)|jetzt (?:kostenlos )?(?:newsletter |` +
		`den newsletter )?(?:abonnieren|anmelden|registrieren|herunterladen)|abonniere(?:n sie)? .{0,60}(?:kanal|newsletter|podcast)|` +
		`auf (?:whatsapp|telegram) folgen|(?-i:[Nn]ein danke\.)|e-paper und news|wird mit einem klick auf|dieser artikel wurde ausgedruckt unter`)
)

// A paragraph that asks the reader to agree to something needs three witnesses: the act, the thing, and the address.
var (
	consentAct   = lazy.MustCompile(`(?i)einwillig|einverständnis|zustimm|einverstanden|akzeptier|freischalt|aktivier|abonnier|anmelde?(?:n|ung)`)
	consentThing = lazy.MustCompile(`(?i)personenbezogen|cookies|drittanbieter|externe[rns]? (?:inhalt|dienst|medien)|datenschutz|privatsphäre|` +
		`double-opt|newsletter|eingebettete`)
	consentYou = lazy.MustCompile(`(?:\b(?i:deine?r?|du|dir|dich)\b|\b(?:Sie|Ihre?[rnm]?|Ihnen|[Ii]ch|[Mm]einer?)\b)`)
)

// consentSigns are in every text that asks to agree to something; a page of which nothing else is left is not read from such a one.
var consentSigns = []string{"ersonenbezogen", "ookie", "rittanbieter", "xterne", "atenschutz", "rivatsph", "ouble-", "ewsletter", "ingebettete"}

func containsAny(t string, words []string) bool {
	for _, w := range words {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
}
