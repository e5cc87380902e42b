package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
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
	return (strings.HasSuffix(w, "te") || strings.HasSuffix(w, "ten")) && !strings.HasSuffix(w, "ste") && !strings.HasSuffix(w, "sten") // -ste: mostly superlatives
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

// presentForm reports whether a word looks like a verb in the present where a finite verb is due: after the first phrase of a sentence.
func presentForm(t *tok) bool {
	return t.Kind == text.Word && !t.upper && len(t.low) > 3 && (strings.HasSuffix(t.low, "t") && !participle(t.low) || strings.HasSuffix(t.low, "en")) && !preterites[t.low] && t.trigger == idle
}

var reporting = words(`sagte sagten erklärte erklärten betonte betonten berichtete berichteten teilte teilten äußerte meinte ergänzte fügte unterstrich hob bestätigte lobte dankte bedankte freute kündigte informierte erläuterte verwies sprach mitteilte bekanntgab`)

// events are present verbs that tell of something done on one day, not of a state.
var events = words(`startet starten beginnt beginnen öffnet öffnen tagt tagen feiert feiern findet finden lädt laden stellt stellen übergibt übergeben präsentiert präsentieren endet enden tritt trifft treffen veröffentlicht veröffentlichen
 informiert informieren begrüßt begrüßen verabschiedet eröffnet erhält erhalten überreicht unterzeichnet besucht besuchen empfängt entscheidet berät abstimmt weiht geht teilt`)
