package page

import (
	"slices"
	"strings"
	"sync"

	"github.com/kreispresse/kreispresse/internal/german/calendar"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// Notes of press offices, of media and of their authors that stand beside the text of a release.

var (
	// usageTerm is in a sentence that says how a release may be used.
	usageTerm = lazy.MustCompile(`(?i)\b(?:ab|nach)druck\b[^.!?]{0,60}\b(?:frei|kostenlos|gestattet|erlaubt|erwünscht|gewünscht|honorarfrei|kostenfrei|beleg)|` +
		`\b(?:honorar|lizenz|gebühren|kosten)frei\b[^.!?]{0,60}\b(?:ab(?:ge)?druck|nachdruck|verwend|veröffentlich|nutz|verfügung)|` +
		`\b(?:verwendung|veröffentlichung|nutzung|wiedergabe)\b[^.!?]{0,40}\b(?:honorar|lizenz|gebühren)frei|` +
		`\bbeleg(?:exemplar|e|link)?s?\b[^.!?]{0,30}\b(?:erbeten|erwünscht|gebeten|freuen)|\b(?:bitten|gebeten|freuen)\b[^.!?]{0,40}\bbeleg(?:exemplar|e)?\b|` +
		`\b(?:text|texte|bild|bilder|foto|fotos|pressefotos?|pressebilder|bildmaterial|beiträge|pressemitteilung(?:en)?|` +
		`meldung(?:en)?)\b[^.!?]{0,80}\b(?:können|kann|dürfen|` +
		`darf)\b[^.!?]{0,80}\b(?:veröffentlicht|verwendet|abgedruckt|verwandt|genutzt)\b|` +
		`\b(?:veröffentlichung|verwendung|abdruck|nutzung)\b[^.!?]{0,40}\b(?:nur )?(?:unter|mit) (?:nennung|angabe) (?:der|des)`)
	// usageFree needs a neighbour that speaks of the release itself.
	usageFree = lazy.MustCompile(`(?i)\bsteh(?:t|en)\b[^.!?]{0,40}\bzur freien (?:verfügung|verwendung|veröffentlichung)|` +
		`\b(?:dürfen|können|darf|kann)\b[^.!?]{0,40}\b(?:frei|kostenlos|kostenfrei|honorarfrei)\b[^.!?]{0,20}\b(?:veröffentlicht|verwendet|abgedruckt|` +
		`verwandt|genutzt)\b`)
	usageOf = lazy.MustCompile(`(?i)\b(?:dieser|diesen|diese|unsere?|der|den|die|das|alle|sämtliche) (?:presse)?(?:text|texte|meldung|meldungen|` +
		`mitteilung|mitteilungen|bild|bilder|foto|fotos|material|` +
		`bildmaterial|beitrag)\b`)
	// usageSigns are in all of them.
	usageSigns = []string{"druck", "Druck", "eleg", "öffentlich", "erwend", "erwandt", "genutzt", "ennung", "ngabe", "erfügung"}

	// embargo labels a time before which a release must not be published; what follows must be a time, see momentWords: a Sperrfrist of
	// farming or of an insurance is told in a sentence.
	embargo = lazy.MustCompile(`(?i)^[\s*+!#–-]*(?:(?:achtung|wichtig(?:er hinweis)?|hinweis(?: für (?:die )?(?:medien|redaktionen))?|bitte(?: ` +
		`beachten)?(?: sie)?(?: die| den| folgende)?|` +
		`presse\p{L}*|es gilt (?:eine?|die|folgende))[\s,:!–-]*){0,3}(?:(?:sperrfrist|sperrvermerk|sperrzeit|embargo)\b(?:\s*für (?:die ` +
		`)?(?:veröffentlichung(?:en)?|medien|presse))?` +
		`\s*(?::|!|–|-|,|\b(?:bis|endet|gilt|am|ab)\b)|gesperrt bis\b|` +
		`(?:frei|freigegeben)\s*(?:zur|für die) (?:veröffentlichung|verwendung)\b|` +
		`(?:(?:zur|keine|nicht zur|die)\s+)?(?:veröffentlichung|verwendung|abdruck)\s*:?\s*(?:(?:ist |erst )?(?:frei|freigegeben|gestattet|erlaubt)|erst|` +
		`nicht|vor|ab)\b|` +
		`(?:bitte\s+)?(?:nicht|erst)\s+(?:vor|ab|nach)\b.{3,60}\bveröffentlichen\b)`)
	embargoSigns = []string{"perr", "SPERR", "mbargo", "MBARGO", "eröffentlich", "ERÖFFENTLICH", "erwendung", "bdruck"}

	embedFrom = lazy.MustCompile(`(?i)extern|fremd|dritt|anbieter|eingebettet|youtube|vimeo|facebook|instagram|twitter|tiktok|openstreetmap|google|` +
		`soundcloud|spotify|` +
		`(?:video|karten?|beitrag|inhalt)\p{L}* von \p{Lu}|datenschutz`)
	embedLoad = lazy.MustCompile(`(?i)\b(?:laden|lädt|geladen|eingebunden|angezeigt|anzuzeigen|übertragen|abgespielt|abzuspielen|freigeschaltet|` +
		`blockiert|deaktiviert|` +
		`nachgeladen|zuzulassen|zulassen)\b`)
	embedSigns = []string{
		"laden", "lädt", "gebunden", "gezeigt", "zuzeigen", "bertragen",
		"gespielt", "zuspielen", "geschaltet", "lockiert", "ktiviert", "zulassen",
	}
	embedYou = lazy.MustCompile(`(?i)\b(?:wenn|sobald|indem|nachdem|bevor|falls|möchten|können|müssen|klicken|tippen|drücken|erlauben|bestätigen) sie\b|` +
		`\b(?:mit|durch|per|beim|nach|auf) (?:(?:ihrem|einem|dem|einen|den|das) )?(?:klick|klicken|anklicken|antippen|knopf)|\bzum (?:laden|abspielen|anzeigen) `)

	noteAsks = lazy.MustCompile(`(?i)\b(?:fragen|rückfragen|nachfragen|bilderwünsch\p{L}*|interview(?:wünsch|anfrag)\p{L}*|bildmaterial|presse(?:bilder|` +
		`fotos|anfragen)|medienanfragen|` +
		`anfragen|informationen|auskünfte)\b`)
	noteWho = lazy.MustCompile(`(?i)\bpresse(?:stelle|team|büro|referat|amt|sprecher|kontakt|vertreter|anfrag|arbeit)?\p{L}*\b|\bmedien(?:stelle|` +
		`vertreter|anfrag|schaffende|kontakt)\p{L}*|\bjournalist|` +
		`\böffentlichkeitsarbeit|\bbilderwünsch|\binterview(?:wünsch|anfrag)|\bredaktionen\b`)

	// authorNote are lines about who wrote: a name, and what that person does here.
	authorNote = lazy.MustCompile(`^(?:(?:Unsere?|Die|Der) (?:Autor|Autorin|Redakteur|Redakteurin|Kollege|Kollegin) )?(?:\p{Lu}[\p{L}-]+ ){2,3}(?:` +
		`(?:schreibt|bloggt|berichtet)(?: \p{Ll}+){0,3}? (?:hier|für (?:uns|diese|dieses|die Redaktion|den Blog|unseren?|das Magazin)|regelmäßig|als ` +
		`(?:freie[r]? |Redak|Journ|Autor|Korresp))|` +
		`ist (?:\p{Ll}+ ){0,3}(?:Redakteur|Redakteurin|Journalist|Journalistin|Autor|Autorin|Blogger|Bloggerin|Volontär|Volontärin|Reporter|Reporterin|` +
		`Korrespondent|` +
		`Korrespondentin)\b[^.]{0,40}\b(?:bei|beim|für|der|des|von|und|in|hier)\b|(?:gehört zur|leitet die|arbeitet in der|verstärkt die) (?:Redaktion|` +
		`Onlineredaktion|Online-Redaktion))`)

	// leadWord begins a line that leads to other pages.
	leadWord = lazy.MustCompile(`(?i)^(?:lesen sie|lies|lest|mehr|weiter|ebenfalls|auch|siehe|passend|dazu|zum thema|hintergrund|aus dem archiv|` +
		`unser(?:e|en)? (?:tipp|empfehlung)|` +
		`(?:lese|buch|video|podcast)?(?:tipp|empfehlung)|empfehlung|interessant|spannend|ähnlich|verwandt|im video|zum weiterlesen|das könnte|nicht verpassen)`)
)

// leadsOn reports whether a line is a label that leads on and the link to another page, of so many bytes.
func leadsOn(t string, link int) bool {
	label, rest, ok := strings.Cut(t, ":")
	rest = strings.TrimSpace(rest)
	return ok && len(label) < maxPlainHeading && len(rest) <= link+2 && strings.Count(rest, " ") > 1 &&
		!strings.ContainsAny(rest, "@/") && leadWord.MatchString(label)
}

// pressNote reports whether a paragraph tells whom the press may ask.
func pressNote(t string) bool {
	return noteAsks.MatchString(t) && (mailAddress.MatchString(t) || phoneNumber.MatchString(t) || bareNumber.MatchString(t)) && noteWho.MatchString(t)
}

// embargoLine reports whether a line states an embargo and nothing else.
func embargoLine(t string) bool {
	if !containsAny(t, embargoSigns) || !embargo.MatchString(t) {
		return false
	}
	rest := strings.Trim(embargo.ReplaceAllString(t, ""), " .!*+–-")
	return momentOnly(rest) || rest == "" && strings.ContainsAny(t, "0123456789") // "Bitte nicht vor dem 12. März veröffentlichen!"
}

// momentWords are the words, beside numbers and the names of the calendar, in which the end of an embargo is told.
var momentWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`am ab bis um und den dem der des die zum zur uhr h mez mesz cet cest frei erst nicht vor nach
		mit von heute morgen mittag mittags
		mitternacht abend abends früh vormittag nachmittag beginn ende start redebeginn redeende sendebeginn rede veranstaltung sitzung pressekonferenz
		sperrfrist ist gilt eröffnung preisverleihung übergabe veröffentlichen veröffentlichung`) {
		m[w] = true
	}
	for _, n := range slices.Concat(calendar.Months(), calendar.Weekdays()) {
		m[strings.ToLower(n.Form)] = true
	}
	return m
})

// momentOnly reports whether t tells a time and nothing else. A label without a time, or one that begins a sentence, tells none.
func momentOnly(t string) bool {
	told := 0
	for w := range strings.FieldsSeq(t) {
		w = strings.ToLower(strings.Trim(w, ",.;:!()*+–-"))
		switch {
		case w == "":
		case w[0] >= '0' && w[0] <= '9', momentWords()[w]:
			told++
		default:
			return false
		}
	}
	return told > 0
}

// mostlyUsage reports whether a block, with so many blocks behind it, says how the release may be used and little else.
func mostlyUsage(t string, left int) bool {
	if !containsAny(t, usageSigns) {
		return false
	}
	n := int32(0)
	d := text.New([]text.Piece{{Text: t}})
	for _, s := range d.Sentences {
		x := d.Slice(s.Span)
		if usageTerm.MatchString(x) || left < noteBlocks && usageFree.MatchString(x) && (usageOf.MatchString(t) || strings.Contains(t, "ressestelle")) {
			n += markup.Letters(x)
		}
	}
	return n > 0 && usageShare*n >= markup.Letters(t)
}

// terms keeps what block b says of an embargo, and of the use of the release.
func (r *reader) terms(b block, left int) {
	if r.p.Embargo == "" && containsAny(b.raw, embargoSigns) {
		for l := range strings.SplitSeq(b.raw, "\n") {
			if l = text.Normalise(l); len(l) < maxTop && embargoLine(l) {
				r.p.Embargo, r.p.Why["embargo"] = strings.Trim(l, "*+!# –-"), "line: "+r.s.describe(b.at)
				break
			}
		}
	}
	if r.p.Usage == "" && len(b.Text) < maxPromo && mostlyUsage(b.Text, left) {
		r.p.Usage, r.p.Why["usage"] = b.Text, "line: "+r.s.describe(b.at)
	}
}

// askingBoxes are the elements around the blocks that ask the reader to agree to something, as far as they hold hardly anything else.
func (r *reader) askingBoxes(bs []block) (boxes []int32) {
	for i, b := range bs {
		o := &outline{block: b, n: len(b.Text), i: i}
		if b.level > 0 || !containsAny(b.Text, consentSigns) && !containsAny(b.Text, embedSigns) || !asks(o) {
			continue
		}
		most := 2*markup.Letters(b.Text) + boxRest
		box := int32(-1)
		for k := b.at; k > r.root && r.s.E[k].Text <= most; k = r.s.E[k].Parent {
			box = k
		}
		if box >= 0 {
			boxes = append(boxes, box)
		}
	}
	return boxes
}

// asks reports whether a block asks to agree to something, by the rows of notText that say so.
func asks(o *outline) bool {
	for k := range notText {
		if id := notText[k].ID; (id == "consent" || id == "embedded") && notText[k].Find(nil, o) {
			return true
		}
	}
	return false
}

// inBox reports whether entry i lies in one of the boxes that ask for something.
func (r *reader) inBox(i int32) bool {
	for _, b := range r.boxes {
		if r.s.Inside(i, b) {
			return true
		}
	}
	return false
}
