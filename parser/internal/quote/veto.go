package quote

import (
	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/rule"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// position sorts the places in which words are the name of something, whatever they look like.
type position uint8

const (
	behindNoun    position = iota // a noun tells what they are the name of
	inProgramme                   // a line of a programme
	inPhrase                      // they fill a phrase of the reporter's sentence
	aheadOfNaming                 // words behind them tell that they are a name
)

// vetoes are the places in which marked words are no speech. No evidence outweighs one: works, mottos and talks are named with whole
// sentences that end in a stop. An example marks the words that are taken for a name.
var vetoes = rule.Table[position, func(around, *evidence) bool]{
	{
		ID: "mit dem Titel „…“", Kind: behindNoun, Find: around.entitled,
		Says: "Jürgen Abels hält einen Vortrag mit dem Titel: „[Vom Teich bis in die weite Welt.]“ → name\n" +
			"Das Fest steht unter dem Motto „[Wir feiern, was uns verbindet!]“. → name\n" +
			"Bei einem Aufzug zum Thema ¶ „[Krieg und Armut? Ohne mich!]“ ¶ gab es keine Vorfälle. → name",
		Not: "Zum Thema sagte Petra Lohmann: „Wir bauen die Radwege im ganzen Kreis aus.“",
	},
	{
		ID: "der Vortrag „…“", Kind: behindNoun, Find: around.named,
		Says: "Am Dienstag folgt der Vortrag „[Was kann unser Kreis für den Boden tun?]“ im Kreishaus. → name\n" +
			"Bei der Kundgebung „[Wir gedenken der Opfer!]“ blieb es ruhig. → name",
		Not: "Petra Lohmann nannte den Vortrag „spannend und klug“.",
	},
	{
		ID: "Gespräch mit X „…“", Kind: behindNoun, Find: around.namedWithGuest,
		Says: "Um 19 Uhr beginnt der Vortrag von Petra Lohmann „[Wie geht es weiter?]“. → name",
		Not:  "„Wie geht es weiter?“, fragte Petra Lohmann.",
	},
	{
		ID: "die Filme „…“ und „…“", Kind: behindNoun, Find: around.joinedToName,
		Says: "Zu sehen sind die Filme „Wer war das?“ und „[Wir sind wieder da.]“ → name",
		Not:  "„Das ist gut“ und „das hilft uns allen weiter“, sagte Petra Lohmann.",
	},
	{
		ID: "Lieder wie „…“", Kind: behindNoun, Find: around.exemplary,
		Says: "Die Band spielt Lieder wie „[Du bist mein Leben!]“ → name",
		Not:  "Petra Lohmann freute sich wie „ein Kind vor dem Fest“.",
	},
	{
		ID: "die Frage „…“", Kind: behindNoun, Find: around.asked,
		Says: "Mit der Frage „[Wie wollen wir leben?]“ beschäftigt sich die Tagung. → name\n" +
			"Die Gruppe geht der Frage nach: „[Wie wollen wir leben?]“ → name",
		Not: "Petra Lohmann stellte die Frage: „Wie wollen wir leben?“",
	},
	{
		ID: "heißt „…“", Kind: inPhrase, Find: around.bearsName,
		Says: "Das Projekt heißt „[Wir bauen Zukunft!]“ und läuft bis Mai. → name\n" +
			"Der Slogan der Kampagne lautet: „[Wir schaffen das gemeinsam.]“ → name",
		Not: "In der Mitteilung heißt es „Wir schaffen das gemeinsam“.",
	},
	{
		ID: "gibt sich als „…“ aus", Kind: inPhrase, Find: around.posing,
		Says: "Immer wieder geben sich Betrüger am Telefon als „[falsche Handwerker]“ aus. → name\n" +
			"Die Männer hatten sich als „[Mitarbeiter der Stadtwerke]“ ausgegeben. → name",
		Not: "Petra Lohmann bezeichnete sich als „Landrätin für alle“.",
	},
	{
		ID: "liest „…“", Kind: inPhrase, Find: around.performed,
		Says: "Petra Lohmann liest den Kindern „[Die kleine Hexe]“ vor. → name",
		Not:  "Petra Lohmann liest vor: „Die kleine Hexe zog in den Wald.“",
	},
	{
		ID: "17 Uhr: „…“", Kind: inProgramme, Find: around.timed,
		Says: "Mittwoch, 25. Februar, 16 bis 17 Uhr: „[Wer gehört dazu?]“ → name",
		Not:  "Petra Lohmann, Landrätin: „Wer gehört dazu?“",
	},
	{
		ID: "Vortrag von X: „…“", Kind: inProgramme, Find: around.announcedItem,
		Says: "Vortrag von Petra Lohmann: „[Wie wird unser Kreis grün?]“ → name",
		Not:  "Landrätin Petra Lohmann zum Vortrag: „Unser Kreis wird grün.“",
	},
	{
		ID: "Auf dem Programm: ¶ X: „…“", Kind: inProgramme, Find: around.listedItem,
		Says: "Drei Vorträge stehen auf dem Programm: ¶ Petra Lohmann (Institut für Technik): „[Anonym im Netz: wie geht das?]“ → name",
		Not:  "Die Fraktionen sind sich einig: ¶ Petra Lohmann (SPD): „Wir stimmen dem Plan gerne zu.“",
	},
	{
		ID: "spricht über …: „…“", Kind: inProgramme, Find: around.talksAbout,
		Says: "Jürgen Abels spricht am Montag über den Wandel der Zoos: „[Was kann ein Zoo heute leisten?]“ → name",
		Not:  "Jürgen Abels sprach über seine Kindheit: „Wir hatten damals nicht viel.“",
	},
	{
		ID: "die „…“", Kind: inPhrase, Find: around.determined,
		Says: "Alle kamen zur „[Werkstatt: Neu denken!]“. → name",
		Not:  "Petra Lohmann lobte die „gute Arbeit der vielen Helfer“.",
	},
	{
		ID: "über „…“", Kind: inPhrase, Find: around.governed,
		Says: "Petra Lohmann spricht über „[Radwege im ländlichen Raum und ihre Kosten]“. → name",
		Not:  "Petra Lohmann sprach von „Radwegen im ländlichen Raum und ihren Kosten“.",
	},
	{
		ID: "spricht „deutlich“", Kind: inPhrase, Find: around.manner,
		Says: "Der Fahrer sprach „[undeutlich]“ und schwankte. → name",
		Not:  "Petra Lohmann sprach von „undeutlichen“ Plänen.",
	},
	{
		ID: "„…“: unter diesem Motto", Kind: aheadOfNaming, Find: around.namedBehind,
		Says: "„[Wir feiern, was uns verbindet]“ – unter diesem Motto startet die Reihe im Mai. → name\n" +
			"„[Wir sind noch da]“ heißt die Ausstellung im Kreishaus. → name",
		Not: "„Wir feiern, was uns verbindet“, sagte Petra Lohmann unter Beifall.",
	},
}

// veto is the first rule by which passage qi names something, "" for none.
func (a *analysis) veto(qi int, e *evidence) string {
	x := a.aroundOf(qi)
	for i := range vetoes {
		if vetoes[i].Find(x, e) {
			return vetoes[i].ID
		}
	}
	return ""
}

// ownVoice reports whether somebody says the words right behind them: „…“, sagte X.
func (e *evidence) ownVoice() bool {
	return e.link.rel == relAfter && e.strong() && e.human
}

// whole reports whether the words have a verb or are more than one sentence: a title seldom has.
func (e *evidence) whole() bool { return e.finite || e.sentence }

// entitled: a noun for a title stands before the marks, with a colon or without, and no verb between.
func (x around) entitled(e *evidence) bool {
	return e.link.rel != relAfter && (x.titledByLine() || x.titledBefore() || e.socalled && !e.ownVoice())
}

// titledByLine reports whether the line before the passage ends in a noun for a title: An einem Aufzug zum Thema ¶ „…“
func (x around) titledByLine() bool {
	if x.first.item > 0 || x.first.frame == 0 {
		return false
	}
	g := &x.frames[x.first.frame-1]
	return g.block < x.left.block && titling(g.at(len(g.items)-1))
}

// titledBefore reports whether such a noun stands within a few words before the passage.
func (x around) titledBefore() bool {
	found := false
	x.nearby(titleWithin, func(it item) bool {
		found = titling(it)
		return !found && !it.isQuote() && (it.upper() || !it.isWord() || !looksFinite(it.low))
	})
	return found
}

// titling reports whether an item is a noun for a title.
func titling(it item) bool { return it.isWord() && it.upper() && german.Ends(it.low, german.Titling) }

// named: a noun that announces a name stands right before the marks.
func (x around) named(e *evidence) bool {
	return e.trigger && !(e.lower && (e.called || e.link.rel == relInside)) && !e.slogan
}

// namedWithGuest: Vortrag von X „…“.
func (x around) namedWithGuest(e *evidence) bool {
	f := x.left
	k := f.nounAfter(x.first.item) - 1
	if k < 1 || f.nouns[k].to != x.first.item || f.nouns[k].prep != "von" && f.nouns[k].prep != "mit" {
		return false
	}
	n := f.nouns[k-1]
	return n.to+1 == f.nouns[k].from && triggerWord(f.items[n.head].low) && !e.lower
}

// joinedToName: the words are joined to others that are a name.
func (x around) joinedToName(e *evidence) bool {
	if !joins(x.prev.low) && x.prev.word != "," || !x.left.at(x.first.item-2).isQuote() || e.ownVoice() {
		return false
	}
	q := x.left.items[x.first.item-2].quote
	return q+1 == x.passage && x.names[q]
}

// exemplary: works of a kind are listed: Lieder wie „…“.
func (x around) exemplary(*evidence) bool {
	it := x.left.at(x.first.item - 2)
	return x.prev.low == "wie" && it.isWord() && it.upper() && triggerWord(it.low)
}

// asked: a question somebody deals with, and nobody asks.
func (x around) asked(e *evidence) bool {
	question := func(it item) bool { return it.low == "frage" || it.low == "fragen" }
	if x.prev.word == ":" {
		return x.left.at(x.first.item-2).low == "nach" && question(x.left.at(x.first.item-3))
	}
	return question(x.prev) && (e.link.rel == relNone || e.link.rel == relInside && !e.human)
}

// bearsName: a verb of being called stands before the words, with nobody's word as its subject.
func (x around) bearsName(*evidence) bool {
	v := x.prev
	if v.word == ":" {
		v = x.left.at(x.first.item - 2)
	}
	switch v.low {
	case "heißt", "heißen", "hieß", "hießen", "heisst":
		return x.prev.word != ":"
	case "lautet", "lauten", "lautete", "lauteten":
		k := x.left.nounAfter(0)
		return k < len(x.left.nouns) && x.left.nouns[k].to < x.first.item && titling(x.left.items[x.left.nouns[k].head])
	}
	return false
}

// posing: what somebody pretends to be.
func (x around) posing(*evidence) bool {
	if x.prev.low != "als" {
		return false
	}
	himself, gives := false, false
	for k, it := range x.left.items {
		himself = himself || k < x.first.item && it.low == "sich"
		switch it.low {
		case "ausgegeben", "ausgab", "ausgaben", "ausgibt", "ausgeben", "auszugeben", "getarnt", "tarnt", "tarnen", "tarnte", "tarnten":
			gives = true
		case "aus":
			gives = gives || k > x.first.item
		}
	}
	return himself && gives
}

// performed: a work that somebody reads or sings.
func (x around) performed(e *evidence) bool {
	if e.link.rel != relInside || x.prev.word == ":" {
		return false
	}
	switch e.verb {
	case "lesen", "vorlesen", "singen", "vorsingen", "rezitieren":
		return true
	}
	return false
}

// verbless reports whether nothing but a label stands before the marks: no verb, and a colon right before them.
func (x around) verbless() bool {
	if x.prev.word != ":" || x.first.item > longestLabel {
		return false
	}
	for _, it := range x.left.items[:x.first.item] {
		if it.isQuote() || it.isWord() && !it.upper() && looksFinite(it.low) {
			return false
		}
	}
	return true
}

// timed: a time and a colon stand before the marks.
func (x around) timed(e *evidence) bool {
	if !x.verbless() {
		return false
	}
	for i, it := range x.left.items[:x.first.item] {
		switch {
		case it.low == "uhr":
			return true
		case it.isWord() && it.is(german.Time) && (i == 0 || x.left.at(i-1).kind != text.Word):
			return true
		}
	}
	return false
}

// announcedItem: a line that begins with a noun for a talk or work.
func (x around) announcedItem(e *evidence) bool {
	return x.verbless() && len(x.left.nouns) > 0 && x.left.nouns[0].from == 0 && x.left.nouns[0].head < x.first.item && x.left.nouns[0].person < 0 &&
		triggerWord(x.left.items[x.left.nouns[0].head].low) && !organisational(x.left.items[x.left.nouns[0].head].low)
}

// listedItem: a label line below a line that announces a programme; its words are a question, or have no verb.
func (x around) listedItem(e *evidence) bool {
	if !x.verbless() || e.whole() && !x.asks() {
		return false
	}
	for b := x.first.frame - 1; b >= 0 && b > x.first.frame-listWithin; b-- {
		g := &x.frames[b]
		if g.at(len(g.items)-1).word == ":" && g.block < x.left.block {
			for _, it := range g.items[:min(len(g.items), window)] {
				if it.isWord() && it.upper() && triggerWord(it.low) {
					return true
				}
			}
			return false
		}
	}
	return false
}

// asks reports whether the words end in a question mark.
func (x around) asks() bool {
	s := x.quotes[x.passage].last().inner
	return s.Len() > 0 && x.doc.Text[s.End-1] == '?'
}

// talksAbout: a talk that is announced, with its question.
func (x around) talksAbout(e *evidence) bool {
	if e.link.rel != relColon || x.prev.word != ":" || e.whole() && !x.asks() {
		return false
	}
	talks := false
	for _, it := range x.left.items[:x.first.item] {
		switch it.low {
		case "spricht", "sprechen", "referiert", "referieren", "diskutiert", "diskutieren", "liest", "lesen", "berichtet", "berichten":
			talks = true
		case "über", "zu", "zum", "zur", "aus":
			if talks {
				return true
			}
		}
	}
	return false
}

// determined: a definite article or possessive right before words that begin like a name.
func (x around) determined(e *evidence) bool {
	if !e.definite || e.lower || e.called || e.ownVoice() && !e.terminal {
		return false
	}
	return e.terminal || !e.finite && (contracted(x.prev.low) || e.title)
}

// governed: a preposition that what is said does not follow, before words that begin like a name.
func (x around) governed(e *evidence) bool {
	switch x.prev.low {
	case "in":
		return x.first.item == 1 && !e.lower && !e.ownVoice() // In „…“ erzählt X
	case "über", "unter", "bei", "neben", "nach", "darunter":
		return !e.lower && !e.first && !e.ownVoice() && (!e.finite || e.terminal)
	}
	return false
}

// manner: how somebody speaks is not what he says.
func (x around) manner(e *evidence) bool {
	return e.link.rel == relInside && !e.as && !e.that && e.words <= 2 && e.verb == "sprechen"
}

// namedBehind: unter diesem Motto, so der Titel, heißt die Ausstellung.
func (x around) namedBehind(e *evidence) bool {
	f, i := x.right, x.last.item+1
	switch f.at(i).word {
	case ",", "–", "-", "—", ":":
		i++
	}
	names := false // any work may stand behind the verb, not a title only
	switch f.at(i).low {
	case "unter", "so", "ist", "war", "sind", "waren":
	case "heißt", "heißen", "hieß", "hießen", "heisst", "lautet", "lauten", "lautete", "nennt", "titelt":
		if f.at(i+1).low == "es" {
			return false
		}
		names = true
	default:
		return false
	}
	for j := i + 1; j <= i+titleWithin+1 && j < len(f.items); j++ {
		it := f.items[j]
		if !it.isWord() {
			return false
		}
		if it.upper() && (titling(it) || names && triggerWord(it.low)) {
			return true
		}
	}
	return false
}
