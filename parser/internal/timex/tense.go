package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// tense of the clause an expression stands in.
type tense int8

const (
	unknown tense = iota
	past
	present // also used for what is to come: "am Samstag findet … statt"
	future
)

var preterites = words(`war waren wurde wurden hatte hatten fand fanden kam kamen gab gaben ging gingen stand standen lag lagen blieb blieben begann begannen nahm nahmen sprach sprachen
 lief liefen trat traten traf trafen rief riefen hielt hielten ließ ließen schloss schlossen schloß zog zogen fiel fielen stieg stiegen sank sanken bot boten erhielt erhielten bekam bekamen gewann gewannen verlor verloren
 brachte brachten wusste wussten wußte konnte konnten musste mussten mußte mußten sollte sollten wollte wollten durfte durften lud luden überreichte fuhr fuhren flog flogen schrieb schrieben las lasen half halfen
 entstand entstanden erschien erschienen ereignete verstarb starb starben unterschrieb unterzeichnete empfing empfingen verlieh verliehen beschloss beschlossen beschloß bewarb bewarben sah sahen saß saßen schlug schlugen trug trugen unterlag verschwand verließ verließen
 wuchs wuchsen erfuhr erfuhren brach brachen tat taten dachte dachten nannte nannten betrug betrugen bezog bezogen stieß stießen warf warfen drang griff griffen lieh worden geworden gewesen`)

var futures = words(`wird werden werde soll sollen solle will wollen lädt laden einlädt einladen beginnt beginnen startet starten stattfindet stattfinden geplant vorgesehen eingeladen öffnet öffnen eröffnet erwartet erwarten
 ansteht anmelden anmeldung möglich bevorsteht voraussichtlich kann können läuft tagt gastiert`)

var presents = words(`ist sind findet finden gibt geben hat haben steht stehen geht gehen kommt kommen tritt treten bietet bieten gilt gelten bleibt bleiben liest führt führen zeigt zeigen spricht sprechen sei seien heißt bildet`)

var notPreterite = words(`heute gute guten letzte letzten erste ersten zweite zweiten dritte dritten vierte vierten fünfte sechste achte neunte zehnte beste besten größte größten nächste nächsten rechte rechten echte echten alte alten weite weiten breite breiten
 bekannte bekannten geehrte geplante geplanten gesamte gesamten beliebte beliebten bitte mitte seite seiten karte karten leute meiste meisten höchste höchsten kreativste jüngste jüngsten älteste ältesten neueste neuesten neuste bunte bunten unterste oberste laute lauten
 bereite bereiten leichte leichten schlechte schlechten späte späten feste festen kalte kalten harte harten zarte leiten arbeiten bieten halten treten bitten erhalten warten starten beobachten leisten gestalten beraten vertreten enthalten verwalten anbieten veranstalten
 eröffneten geöffneten gesperrten vorbereiten einleiten begleiten verarbeiten erarbeiten betreten erwarten achten beachten betrachten richten berichten unterrichten einrichten verzichten verpflichten gelten auftreten eintreten stattgefundenen mitarbeiten berechtigte berechtigten interessierte interessierten
 beste weiteste sollten könnten möchten möchte könnte müsste müssten hätte hätten dürfte dürften gäbe wäre besten verbreitete befristete befristeten betroffenen beauftragte`)

// statives are participles that with "ist" tell a state to come, not the past.
var statives = words(`geöffnet geplant vorgesehen geschlossen angesetzt gesperrt eingeladen gedacht terminiert gedacht geeignet anberaumt bestimmt gefragt erwünscht begrenzt aufgerufen willkommen angedacht gefordert`)

// preterite reports whether a lower-case word looks like a regular preterite: "eröffnete", "sagten".
func preterite(w string) bool {
	if preterites[w] {
		return true
	}
	if notPreterite[w] || len(w) < 5 {
		return false
	}
	return (strings.HasSuffix(w, "te") || strings.HasSuffix(w, "ten")) && !strings.HasSuffix(w, "ste") && !strings.HasSuffix(w, "sten") || strings.HasSuffix(w, "istete") || strings.HasSuffix(w, "rste") && false
}

// participle reports whether a lower-case word looks like a past participle: "eröffnet", "vorgestellt", "beschlossen".
func participle(w string) bool {
	if len(w) < 6 {
		return false
	}
	if !strings.HasSuffix(w, "t") && !strings.HasSuffix(w, "en") {
		return false
	}
	if strings.HasPrefix(w, "ge") && len(w) > 5 {
		return w != "gegen" && w != "geben" && w != "gehen" && w != "gelten" && w != "gestalten" && w != "genießen" && w != "gewinnen" && w != "gesamt" && w != "gehört" && w != "gerecht"
	}
	for _, p := range separable {
		if strings.HasPrefix(w, p) && len(w) > len(p)+4 && (strings.HasPrefix(w[len(p):], "ge") || strings.HasPrefix(w[len(p):], "ver") || strings.HasPrefix(w[len(p):], "be") && strings.HasSuffix(w, "t")) {
			return true
		}
	}
	if strings.HasSuffix(w, "t") {
		for _, p := range []string{"be", "ver", "er", "ent", "zer", "über", "unter"} {
			if strings.HasPrefix(w, p) {
				return true
			}
		}
		return strings.HasSuffix(w, "iert")
	}
	return strongParticiples[w]
}

var separable = strings.Fields("ab an auf aus bei durch ein fest fort her heraus herunter hin hinzu los mit nach nieder statt teil um vor vorbei weg weiter wieder zu zurück zusammen fertig frei bekannt bereit")

var strongParticiples = words(`beschlossen verliehen entstanden erschienen verstorben begonnen bekommen erhalten vergangen verschwunden empfangen übernommen unternommen unterschrieben unterzeichnet vergeben vorgenommen verloren vergessen besprochen beworben verlassen entschieden
 befunden betreten worden geworden gewesen entlassen verlaufen verschoben erfahren verbunden beraten betrieben vertrieben`)

// tense of the clause around token i of the block: the nearest cue decides, and a cue beyond a comma counts as farther away.
func (b *block) tense(from, to int) tense {
	best, bestAt := unknown, 1000
	sent := b.at(from).Sent
	consider := func(t tense, dist int) {
		if dist < bestAt {
			best, bestAt = t, dist
		}
	}
	walk := func(i, step int) {
		penalty := 0
		for n := 1; n <= 40; n, i = n+1, i+step {
			t := b.at(i)
			if t.Sent != sent {
				return
			}
			if t.Kind == text.Mark {
				penalty += 2
				continue
			}
			if t.Kind != text.Word {
				switch t.Text {
				case ",", ";", ":", "–", "(", ")":
					if !b.temporal(i-1) || !b.temporal(i+1) {
						penalty += 6
					}
				}
				continue
			}
			if t.upper && i > 0 && b.at(i-1).Sent == sent {
				continue
			}
			if c := b.cue(i); c != unknown {
				d := n + penalty
				if reporting[t.low] && d > 3 {
					d += 8
				}
				if c == present {
					d += 2
				}
				consider(c, d)
			}
		}
	}
	p := from - 1
	if b.is(p, "dem", "den", "zum") {
		p--
	}
	switch {
	case b.is(p, "seit"):
		return past
	case b.is(p, "spätestens"), b.is(p, "bis") && b.is(p-1, "noch", "spätestens"), b.is(p, "für") && p < from-1:
		return future
	}
	walk(from-1, -1)
	walk(to, 1)
	if best == past && b.is(p, "für") { // wurde für Montag einberufen
		return future
	}
	if best == past && (b.is(p, "ab") || b.is(from-1, "zum") && !b.is(from-2, "bis")) {
		return unknown // decided in the past, but for a day to come: "stimmte der Übernahme zum 1. Januar zu"
	}
	if best == unknown && b.is(p, "ab", "bis") {
		return future
	}
	if best == unknown && presentForm(b.at(to)) {
		return present // Dienstag stellt der Kreis …
	}
	return best
}

// presentForm reports whether a word looks like a verb in the present where a finite verb is due: after the first phrase of a sentence.
func presentForm(t *tok) bool {
	return t.Kind == text.Word && !t.upper && len(t.low) > 3 && (strings.HasSuffix(t.low, "t") && !participle(t.low) || strings.HasSuffix(t.low, "en")) && !preterites[t.low] && t.trigger == idle
}

// cue is the tense that token i alone speaks for; it is told once.
func (b *block) cue(i int) tense {
	t := b.at(i)
	if !t.cued {
		t.cue, t.cued = b.readCue(i), true
	}
	return t.cue
}

func (b *block) readCue(i int) tense {
	w := b.at(i).low
	switch {
	case w == "hat" || w == "haben" || w == "ist" || w == "sind" || w == "habe" || w == "sei" || w == "seien":
		sent := b.at(i).Sent
		for j, n := i+1, 0; n < 30 && b.at(j).Sent == sent; j, n = j+1, n+1 {
			if b.at(j).Kind == text.Word && !b.at(j).upper {
				if statives[b.at(j).low] && strings.HasPrefix(w, "i") || statives[b.at(j).low] && w == "sind" {
					return future
				}
				if participle(b.at(j).low) || preterites[b.at(j).low] && (b.is(j, "worden", "geworden", "gewesen")) {
					return past
				}
			}
			if b.at(j).Text == ";" || b.at(j).Text == ":" {
				break
			}
		}
		if participle(b.at(i-1).low) && !b.at(i-1).upper {
			return past
		}
		return present
	case w == "eröffnet" || w == "erwartet":
		return unknown
	case futures[w]:
		return future
	case preterite(w):
		return past
	case presents[w]:
		return present
	}
	return unknown
}

// temporal reports whether token i looks like part of a date, so that a comma beside it cuts no clause.
func (b *block) temporal(i int) bool {
	t := b.at(i)
	return t.Kind == text.Number || t.Text == "." || weekdays[t.low] > 0 || months[t.low] > 0 || b.is(i, "uhr", "um", "ab", "von", "bis", "jeweils")
}

var reporting = words(`sagte sagten erklärte erklärten betonte betonten berichtete berichteten teilte teilten äußerte meinte ergänzte fügte unterstrich hob bestätigte lobte dankte bedankte freute kündigte informierte erläuterte verwies sprach mitteilte bekanntgab`)
