package page

import (
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/rule"

	"github.com/kreispresse/kreispresse/schemas"
)

// outline is a block with what the rules of lineOut ask of it again and again.
type outline struct {
	block
	n        int // code points
	i        int // among the blocks
	left     int // blocks behind it
	sentence bool
}

// kept is what becomes of a block that is no text of the release.
type kept uint8

const (
	nothing   kept = iota
	asTopLine      // a date or an author: pubdate reads it
	asContact
	asCredit
	asTerms // how the release may be used, and from when: see terms
)

// lineRule reports whether a block is no text of the release.
type lineRule func(r *reader, b *outline) bool

// notText are the ways in which a block is no text of the release, cheapest first. The examples are blocks as they stand between the
// paragraphs of a release; the result is what is dropped.
var notText = rule.Table[kept, lineRule]{
	{
		ID:   "no-letters",
		Find: func(_ *reader, b *outline) bool { return markup.Letters(b.Text) == 0 },
		Says: "<p>* * *</p> → * * *",
		Not:  "<p>A 46</p>",
	},
	{
		ID: "keywords",
		Find: func(_ *reader, b *outline) bool {
			return b.n < maxTopics && (b.link > 0 || b.n < maxBareTopics) && !b.sentence && topicLine.MatchString(b.Text)
		},
		Says: "<p>Themen: <a href=/t>Verkehr</a>, <a href=/u>Umwelt</a></p> → Themen: Verkehr, Umwelt",
		Not:  "<p>Themen: Der Ausschuss spricht über den Radweg und den Haushalt.</p>",
	},
	{
		ID: "contact", Kind: asContact,
		Find: func(_ *reader, b *outline) bool { return contactBlock(b.block) },
		Says: "<p>Pressekontakt: Ute Lindner, Telefon 02421 220</p> → Pressekontakt: Ute Lindner, Telefon 02421 220",
		Not:  "<p>Der Pressekontakt: er war immer gut, sagt Ute Lindner.</p>",
	},
	{
		ID:   "tool",
		Find: func(_ *reader, b *outline) bool { return b.n < maxBoiler && boilerLine.MatchString(b.Text) },
		Says: "<p>Seite drucken</p> → Seite drucken\n<p>» Zurück zur Übersicht</p> → » Zurück zur Übersicht",
		Not:  "<p>Seite drucken oder doch lieber lesen?</p>",
	},
	{
		ID: "date-line", Kind: asTopLine,
		Find: func(_ *reader, b *outline) bool {
			return b.i < topBlocks && b.n < maxTop && !endsInWord(b.Text) &&
				(b.level == 0 && saysWhen(b.Text) || byLine.MatchString(b.Text)) // days head the parts of a programme
		},
		Says: "<p>Musterau, 12. März 2026</p> → Musterau, 12. März 2026\n" +
			"<p>12.03.2026, 8:30 Uhr | Aktualisiert 15.03.2026, 19:20 Uhr</p> → 12.03.2026, 8:30 Uhr | Aktualisiert 15.03.2026, 19:20 Uhr\n" +
			"<p>Von Ute Lindner</p> → Von Ute Lindner",
		Not: "<p>Am 12. März 2026 beginnt der Umbau.</p>\n<h2>12. März 2026</h2><p>An diesem Tag beginnt der Umbau der Mühlenstraße, sagt der Kreis.</p>",
	},
	{
		ID:   "title-again",
		Find: func(r *reader, b *outline) bool { return b.i < titleBlocks && fold(b.Text) == fold(r.p.Title) },
		Says: "<p>Radweg an der Rur</p> → Radweg an der Rur",
		Not:  "<p>Der Radweg an der Rur</p>",
	},
	{
		ID: "links",
		Find: func(_ *reader, b *outline) bool {
			mostly := b.link*10 > len(b.Text)*7 && (b.n < maxLinks || b.Type == schemas.BlockListItem) && !b.sentence
			return mostly || b.link*20 > len(b.Text)*19
		},
		Says: "<p>Hier: <a href=/x>Neue Busse im Kreis unterwegs</a></p> → Hier: Neue Busse im Kreis unterwegs",
		Not:  "<p>Der Plan steht auf der <a href=/x>Seite des Kreises</a>.</p>",
	},
	{
		ID:   "teaser-end",
		Find: func(_ *reader, b *outline) bool { return b.n < maxTeaser && b.link > 0 && moreEnd.MatchString(b.Text) },
		Says: "<p>Der Kreis hat neue Busse gekauft. <a href=/x>Weiterlesen</a></p> → Der Kreis hat neue Busse gekauft. Weiterlesen",
		Not:  "<p>Der Kreis will beim <a href=/x>Radweg</a> nicht weiterlesen</p>",
	},
	{
		ID: "read-also",
		Find: func(_ *reader, b *outline) bool {
			return b.n < maxLinks && b.link > 0 && b.level == 0 && leadsOn(b.Text, b.link)
		},
		Says: "<p><b>Lesen Sie auch:</b> <a href=/x>Neue Busse im Kreis ab Mai</a></p> → Lesen Sie auch: Neue Busse im Kreis ab Mai",
		Not:  "<p>Anmeldung für das Fest: <a href=/x>Neue Busse im Kreis ab Mai</a></p>",
	},
	{
		ID: "file",
		Find: func(_ *reader, b *outline) bool {
			return b.n < maxFileLine && b.link*2 > len(b.Text) && fileSize.MatchString(b.Text)
		},
		Says: "<p>Zum Laden: <a href=/p.pdf>Lageplan (PDF, 2 MB)</a>, neu.</p> → Zum Laden: Lageplan (PDF, 2 MB), neu.",
		Not:  "<p>Der Kreis hat den Lageplan als <a href=/p.pdf>PDF</a> mit 2 MB bereitgestellt und bittet um Hinweise.</p>",
	},
	{
		ID: "consent",
		Find: func(_ *reader, b *outline) bool {
			return b.n < maxConsent && containsAny(b.Text, consentSigns) && consentThing.MatchString(b.Text) &&
				consentAct.MatchString(b.Text) && consentYou.MatchString(b.Text)
		},
		Says: "<p>Bitte akzeptieren Sie Cookies, um den Film zu sehen.</p> → Bitte akzeptieren Sie Cookies, um den Film zu sehen.",
		Not:  "<p>Der Kreistag hat der neuen Regel zum Datenschutz zugestimmt.</p>",
	},
	{
		ID: "embedded",
		Find: func(_ *reader, b *outline) bool {
			return b.n < maxConsent && containsAny(b.Text, embedSigns) && embedFrom.MatchString(b.Text) && embedLoad.MatchString(b.Text) && embedYou.MatchString(b.Text)
		},
		Says: "<p>Hier steht ein Beitrag eines fremden Anbieters. Er wird erst geladen, wenn Sie auf die Fläche tippen.</p> → " +
			"Hier steht ein Beitrag eines fremden Anbieters. Er wird erst geladen, wenn Sie auf die Fläche tippen.",
		Not: "<p>Der Film eines fremden Anbieters wird am Freitag im Kreishaus gezeigt, wenn Sie mögen.</p>",
	},
	{
		ID:   "asking-box",
		Find: func(r *reader, b *outline) bool { return !b.sentence && b.n < maxBoiler && r.inBox(b.at) },
		Says: "<div><p>Kasten öffnen</p><p>Bitte akzeptieren Sie die Cookies dafür.</p></div> → Kasten öffnen",
		Not:  "<p>Grenzen öffnen</p><p>Bitte akzeptieren Sie die Cookies dafür.</p>",
	},
	{
		ID: "press-note", Kind: asContact,
		Find: func(_ *reader, b *outline) bool {
			return b.left < noteBlocks && len(b.Text) < maxContactBlock && pressNote(b.Text)
		},
		Says: "<p>Bei Fragen wenden sich Journalistinnen bitte an die Pressestelle, Telefon 02421 220.</p> → " +
			"Bei Fragen wenden sich Journalistinnen bitte an die Pressestelle, Telefon 02421 220.",
		Not: "<p>Fragen zum Umbau beantwortet das Bauamt unter Telefon 02421 220.</p>",
	},
	{
		ID: "usage", Kind: asTerms,
		Find: func(_ *reader, b *outline) bool { return b.n < maxPromo && b.level == 0 && mostlyUsage(b.Text, b.left) },
		Says: "<p>Abdruck honorarfrei, Belegexemplar erbeten.</p> → Abdruck honorarfrei, Belegexemplar erbeten.",
		Not:  "<p>Der Eintritt ist frei, ein Beleg wird nicht gebraucht.</p>",
	},
	{
		ID: "embargo", Kind: asTerms,
		Find: func(_ *reader, b *outline) bool { return b.n < maxTop && embargoLine(b.Text) },
		Says: "<p>Sperrfrist: 12. März 2026, 10 Uhr</p> → Sperrfrist: 12. März 2026, 10 Uhr",
		Not:  "<p>Die Sperrfrist für Gülle endet am 12. März 2026.</p>",
	},
	{
		ID: "author-box",
		Find: func(r *reader, b *outline) bool {
			return b.left < noteBlocks && b.n < maxTeaser && b.level == 0 && authorNote.MatchString(b.Text)
		},
		Says: "<div class=desc>Petra Lomann schreibt hier über Verkehr und fährt gern Rad.</div> → Petra Lomann schreibt hier über Verkehr und fährt gern Rad.",
		Not:  "<p>Petra Lomann schreibt seit Jahren Briefe an den Kreis, sie fährt gern Rad.</p>",
	},
	{
		ID:   "advertisement",
		Find: func(_ *reader, b *outline) bool { return b.n < maxPromo && promo.MatchString(b.Text) },
		Says: "<p>Unser Newsletter informiert Sie jeden Freitag.</p> → Unser Newsletter informiert Sie jeden Freitag.",
		Not:  "<p>Der Kreis gibt einen neuen Newsletter heraus.</p>",
	},
	{
		ID: "named-date", Kind: asTopLine,
		Find: func(_ *reader, b *outline) bool {
			return b.flag&(markup.Date|markup.Author) != 0 && b.n < maxNamed && !b.sentence && b.Type == schemas.BlockParagraph
		},
		Says: "<p class=datum>Donnerstag der zweiten Woche</p> → Donnerstag der zweiten Woche",
		Not:  "<p class=datum>Der Umbau beginnt am Donnerstag der zweiten Woche.</p>",
	},
	{
		ID: "named-caption",
		Find: func(_ *reader, b *outline) bool {
			return b.flag&markup.Caption != 0 && b.flag&markup.Media != 0 && b.n < maxCaption
		},
		Says: "<div class=bild><p class=bildunterschrift>Der Weg am Fluss</p></div> → Der Weg am Fluss",
		Not:  "<div class=bild><p>Der Weg führt am Fluss entlang nach Neudorf.</p></div>",
	},
	{
		ID: "named-credit", Kind: asCredit,
		Find: func(_ *reader, b *outline) bool {
			return b.flag&markup.Credit != 0 && b.n < maxNamedCredit && !isProse(b.block)
		},
		Says: "<p class=bildnachweis>Kreis Musterau</p> → Kreis Musterau",
		Not:  "<p class=quelle>Die Quelle am Hang ist gefasst, das Wasser fließt nun durch ein neues Rohr nach Neudorf.</p>",
	},
}

// lineOut reports whether block i is no text of the release. What the block says besides, a date or a contact, is kept.
func (r *reader) lineOut(b block, i, left int) bool {
	o := &outline{block: b, n: utf8.RuneCountInString(b.Text), i: i, left: left, sentence: sentence(b.Text)}
	for k := range notText {
		q := &notText[k]
		if !q.Find(r, o) {
			continue
		}
		switch q.Kind {
		case nothing, asTerms:
		case asTopLine:
			r.topLine(b.Text)
		case asContact:
			r.contactFrom(lines([]block{b}), "paragraph")
		case asCredit:
			r.creditLine(b.Text, b.at)
		}
		r.drop(q.ID, b)
		return true
	}
	return false
}
