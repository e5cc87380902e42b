package pubdate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/creditline"
	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/rule"
	"github.com/kreispresse/kreispresse/schemas"
)

// reading applies a rule to a date in its line. What holds adds cost; the kind is the rule's.
type reading struct {
	holds func(s *spot) bool
	cost  int
}

// readings say what the words around a date make of it; the first that holds decides. They add to the cost, or refuse the date.
var readings = rule.Table[kind, reading]{
	{
		ID: "clock", Kind: refused, Find: reading{func(s *spot) bool { return today.MatchString(s.before) }, 0},
		Says: "Heute ist Montag, der [12.03.2024] → refused",
		Not:  "Montag, 12.03.2024",
	},
	{
		ID: "changed-on", Kind: changed, Find: reading{func(s *spot) bool {
			return changedLabel.MatchString(s.before) && (!s.inText() || changedOpens.MatchString(s.before))
		}, 0},
		Says: "Stand: [12.03.2024] → changed\nzuletzt aktualisiert am [12.03.2024] → changed",
		Not:  "Der Kreistag tagt am 12.03.2024\nDas Gutachten mit dem Stand 12.03.2024 liegt der Stadt seit langem vor",
	},
	{
		ID: "was-changed", Kind: changed,
		Find: reading{func(s *spot) bool { return subject.MatchString(s.before) && wasChanged.MatchString(s.after) }, 0},
		Says: "Dieser Beitrag wurde am [12.03.2024] von der Redaktion überarbeitet. → changed",
		Not:  "Dieser Beitrag wurde am 12.03.2024 von der Redaktion veröffentlicht.",
	},
	{
		ID: "was-published", Kind: plain,
		Find: reading{func(s *spot) bool { return subject.MatchString(s.before) && wasPublished.MatchString(s.after) }, labelCost},
		Says: "Dieser Beitrag wurde am [12.03.2024] von der Redaktion veröffentlicht. → plain",
		Not:  "Der Radweg wurde am 12.03.2024 von der Landrätin freigegeben.",
	},
	{
		ID: "release-of", Kind: dateline,
		Find: reading{func(s *spot) bool { return len(s.before) < maxReleaseLabel && release.MatchString(s.before) }, releaseCost},
		Says: "Pressemitteilung Nr. 12 vom [12.03.2024] → dateline",
		Not:  "Antrag der Fraktion vom 12.03.2024",
	},
	{
		ID: "days-from-to", Kind: event, Find: reading{func(s *spot) bool { return rangeBefore.MatchString(s.lead) }, 0},
		Says: "Programm 3. – [9. März 2024] → event",
		Not:  "Programm vom 9. März 2024",
	},
	{
		ID: "place", Kind: dateline, Find: reading{func(s *spot) bool {
			return !s.title && s.granularity == schemas.GranularityDay && (isPlace(s.lead) && datelineEnd(s.after, s.rest) || s.bracketed())
		}, placeCost},
		Says: "Altdorf, den [12. März 2024] → dateline\nAltdorf ([12.03.2024]). Der Kreis baut im Norden eine neue Wache für die Feuerwehr. → dateline",
		Not:  "Am Dienstag, 12. März 2024\nSommerfest (12.03.2024)",
	},
	{
		ID: "happens-on", Kind: event, Find: reading{func(s *spot) bool { return eventLabel.MatchString(s.before) }, 0},
		Says: "Termin: [12.03.2024] → event\nRegistriert: [12.03.2021] → event",
		Not:  "Datum: 12.03.2024",
	},
	{
		ID: "published-on", Kind: plain, Find: reading{func(s *spot) bool {
			return len(lastPart(s.before)) < maxDateLabel && s.rest < maxRest && publishedLabel.MatchString(s.before)
		}, labelCost},
		Says: "Veröffentlicht am [12.03.2024] → plain\ngeschrieben von der Redaktion — veröffentlicht [12.03.2024] 09:00 → plain",
		Not:  "12.03.2024",
	},
	{
		ID: "lasts", Kind: refused, Find: reading{func(s *spot) bool {
			return lasting.MatchString(s.after) && (s.long || sentenceLike(s.before, s.after))
		}, 0},
		Says: "[12.03.2024] bis 14. März findet auf dem Platz der Markt statt → refused",
		Not:  "12.03.2024 bis 14.03.2024",
	},
	{
		ID: "author-on", Kind: plain, Find: reading{func(s *spot) bool { return authored(s.before) }, 0},
		Says: "Erika Beispiel am [12. März 2024] → plain\ndpa am [12. März 2024] → plain\nvon Erika Beispiel am [12. März 2024] → plain",
		Not:  "Konzert am 12. März 2024\nErika Beispiel, 12. März 2024",
	},
	{
		ID: "event", Kind: event, Find: reading{func(s *spot) bool {
			return !s.inText() && (happening.MatchString(s.before) || lasting.MatchString(s.after))
		}, 0},
		Says: "Konzert am [12.03.2024] → event\n[12.03.2024] – 14.03.2024 → event",
		Not:  "Altdorf 12.03.2024\nDas Konzert am 12.03.2024 fällt wegen des Wetters leider aus",
	},
	{
		ID: "heading", Kind: plain, Find: reading{func(s *spot) bool { return s.title && (s.before == "" || s.after == "" || s.attr) }, 0},
		Says: "# [12.03.2024] Der Radweg nach Altdorf ist fertig und wird schon viel befahren → plain",
		Not:  "12.03.2024 Der Radweg nach Altdorf ist fertig und wird schon viel befahren",
	},
	{
		ID: "opens-text", Kind: plain, Find: reading{func(s *spot) bool { return s.inText() && opens(s.before, s.after) }, openingCost},
		Says: "[12.03.2024] – Der Radweg nach Altdorf ist fertig und wird schon viel befahren. → plain",
		Not:  "12.03.2024 – Altdorf",
	},
	{
		ID: "in-text", Kind: refused, Find: reading{(*spot).inText, 0},
		Says: "Der Radweg nach Altdorf war am [12.03.2024] fertig und wird seither viel befahren → refused",
		Not:  "12.03.2024 | Altdorf",
	},
}

var (
	publishedLabel = lazy.MustCompile(`(?i)(?:ver[öo]ffentlicht|erschienen|erscheinungsdatum|erstellt|publiziert|published|online seit|datum|` +
		`meldung vom|artikel vom|eingestellt|vom|posted)(?:\s+(?:am|on|um))?\s*[:|–-]?\s*$`)
	changedLabel = lazy.MustCompile(`(?i)(?:\bstand\b|aktualisiert|ge[äa]ndert|[äa]nderung|update[ds]?|updated|modified|bearbeitet|aktualisierung|` +
		`zuletzt|last changed|letzte)[^.!?]{0,16}$`)
	changedOpens = lazy.MustCompile(`(?i)^\(?(?:datum\s)?(?:der\s)?(?:zuletzt|stand|aktualisiert|letzte|letztes|geändert|update|` +
		`updated|last|modified|bearbeitet|aktualisierung|änderung)`)
	eventLabel = lazy.MustCompile(`(?i)(?:termin|beginn|wann|veranstaltung|\bab|\bbis|g[üu]ltig|frist|seit|start|ende|uhrzeit|geboren|` +
		`anmeldeschluss|registriert|angemeldet|beigetreten|dabei|mitglied)(?:\s+(?:am|zum|dem|den|seit))?\s*[:|–-]?\s*$`)
	// today is how a page shows the day it is looked at.
	today = lazy.MustCompile(`(?i)(?:^|\PL)heute(?:\s+ist)?(?:\s*[,:|–-]|\s+(?:ist|der|den)\b|\s*$)`)

	// A sentence that says when the page was made or changed: "Dieser Beitrag wurde am … veröffentlicht".
	subject = lazy.MustCompile(`(?i)(?:^|\PL)(?:artikel|beitrag|meldung|mitteilung|pressemitteilung|text|eintrag|seite|nachricht)\s+` +
		`(?:wurde|ist|erschien)\s(?:[\pL ]{0,24}\s)?am\s*(?:` + weekdayWord + `,?\s*(?:den\s+)?)?$`)
	wasPublished = lazy.MustCompile(`(?i)^[^.!?]{0,60}?(?:veröffentlicht|publiziert|erschienen|eingestellt|erstellt|online\s)`)
	wasChanged   = lazy.MustCompile(`(?i)^[^.!?]{0,60}?(?:aktualisiert|geändert|bearbeitet|überarbeitet)`)

	// writtenBy is an author who is called so.
	writtenBy = lazy.MustCompile(`(?i)^(?:(?:geschrieben|verfasst|erstellt|eingestellt|gepostet|` +
		`veröffentlicht|publiziert|text|beitrag|artikel)\s+)?(?:von|by)[\s:]+\S+(?:\s\S+){0,3}$|` +
		`^(?:(?:online-?)?redaktion|pressestelle|autor(?:in)?:.*)$`)

	// tail is a heading's words before its date, reports what is published day by day and is named for its day.
	tail    = lazy.MustCompile(`\pL{3,}`)
	reports = lazy.MustCompile(`(?i)(?:bericht|berichte|meldung|meldungen|newsletter|` +
		`amtsblatt|ausgabe|bulletin|presse|mitteilung|mitteilungen|nachrichten|protokoll|` +
		`tagebuch|ticker|` + weekdayAny + `)(?:\s+(?:vom|am|für|den|der))*[\s,:|(–-]*(?:` + weekdayWord + `,?\s*)?(?:den\s+)?$`)

	// rangeBefore stands before the last of several days: "3. – 9. März 2024", "vom 3. bis zum 9. März 2024".
	rangeBefore = lazy.MustCompile(`(?i)\d{1,2}\.\s*(?:` + monthWord + `\s*|\d{1,2}\.\s*)?` +
		`(?:-|–|—|/|\+|&|bis|und|u\.)\s*(?:zum\s+|` + weekdayWord + `,?\s+)?(?:den\s+)?$`)

	changedName   = lazy.MustCompile(`(?:^|[\s_-])(?:updated|modified|stand|lastchanged|last-modified|date-?modified|aktualisiert)(?:$|[\s_-])`)
	publishedName = lazy.MustCompile(`publish|created|entry-date|news-list-date|pubdate|post-date|dateline|veroeffentlich`)
	eventName     = lazy.MustCompile(`(?:^|[\s_-])(?:event|termin|veranstaltung)[\w-]*`)
	dateName      = lazy.MustCompile(`dat[eu]|time|zeit|published|posted|created|\bmeta|info|byline|kicker|topline|dachzeile|stand\b`)

	// happening and lasting make a date rather that of an event, though a name before "am" may be that of an author.
	happening = lazy.MustCompile(`\pL\s+(?:am|zum|beim|im|ab)\s*$`)
	lasting   = lazy.MustCompile(`^\s*(?:bis|–|-|—)\s*(?:zum\s)?\d`)

	// place opens a dateline: up to five words of a place name, a comma and the date.
	place = lazy.MustCompile(`^\(?(\p{Lu}[\pL./()-]*)(?:\s(?:\p{Lu}[\pL./()-]*|a\.|am|an|der|im|in|bei|ob)){0,4}\s?,\s*(?:den\s+)?(?:` +
		weekdayWord + `,?\s*)?(?:den\s+|am\s+)?$`)
	weekday = lazy.MustCompile(`^\(?(?:Am\s|Im\s|Vom\s|Ab\s|Bis\s|Seit\s|Ende\s)?\s*(?:Am|Heute|` +
		weekdayAny + `)[.,]?\s`)
	release = lazy.MustCompile(`(?i)(?:presse(?:mitteilung|information|meldung|info|erklärung|dienst)|medieninformation|medienmitteilung|` +
		`fachmeldung|mitteilung|meldung|nachricht)(?:\s*(?:Nr\.?|Nummer)?\s*[\d/.-]*)?\s*(?:vom|,|\|)\s*(?:` +
		weekdayWord + `,?\s*)?(?:den\s+|dem\s+)?$`)
)

// authored reports whether who wrote the release and "am" stand before a date: "von Redaktion am", "Erika Beispiel am", "dpa am".
func authored(before string) bool {
	who, ok := strings.CutSuffix(strings.TrimSpace(lastPart(before)), " am")
	if !ok || len(who) > maxAuthor {
		return false
	}
	if writtenBy.MatchString(who) || creditline.IsAgency(who) {
		return true
	}
	first, last, two := strings.Cut(who, " ")
	if !two || last == "" || !unicode.IsUpper([]rune(last)[0]) || strings.Count(last, " ") > 1 {
		return false
	}
	_, given := german.GivenName(first)
	return given
}

// lastPart is what stands behind the last mark that parts a line: "von der Redaktion | veröffentlicht".
func lastPart(s string) string {
	if i := strings.LastIndexAny(s, "|–—·•»/"); i >= 0 {
		s = s[i:]
		_, n := utf8.DecodeRuneInString(s)
		s = s[n:]
	}
	return s
}

// bracketed reports a dateline whose day stands in brackets, before the text: "Altdorf (12.03.2024). Der Kreis …".
func (s *spot) bracketed() bool {
	lead, open := strings.CutSuffix(strings.TrimRight(s.lead, " "), "(")
	after, closed := strings.CutPrefix(strings.TrimLeft(s.after, " "), ")")
	after = strings.TrimLeft(after, " ")
	return open && closed && s.inText() && after != "" && strings.ContainsRune(".:–—-,", []rune(after)[0]) &&
		isPlace(strings.TrimRight(lead, " ,")+", ")
}

func (s *spot) inText() bool { return s.long || s.rest > maxRest || sentenceLike(s.before, s.after) }

// isPlace reports whether what stands before a date makes it a dateline.
func isPlace(s string) bool {
	return len(s) < maxPlace && place.MatchString(s) && !weekday.MatchString(s)
}

// datelineEnd: after a dateline comes the text, or nothing.
func datelineEnd(after string, rest int) bool {
	after = strings.TrimSpace(after)
	return after == "" || strings.ContainsRune(".:–—-|)/,(•·", []rune(after)[0]) || rest < maxDatelineRest
}

// opens reports whether a long line begins with the date, set off from the text.
func opens(before, after string) bool {
	if strings.Trim(before, " (") != "" {
		return false
	}
	after = strings.TrimSpace(after)
	return after != "" && (strings.ContainsRune(".:–—|)„“\"»", []rune(after)[0]) || strings.HasPrefix(after, "- "))
}

var words = lazy.MustCompile(`(?:^|\PL)[a-zäöüß]{3,} [a-zäöüß]{2,} \pL+`)

// sentenceLike reports whether running text surrounds the date.
func sentenceLike(before, after string) bool {
	return words.MatchString(before) || words.MatchString(after) || len(strings.Fields(before))+len(strings.Fields(after)) > maxAround
}
