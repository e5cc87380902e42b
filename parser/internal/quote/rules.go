package quote

import "github.com/kreispresse/kreispresse/parser/internal/rule"

// kindOfRule sorts the ways to a speaker.
type kindOfRule uint8

const (
	bySubject     kindOfRule = iota // the subject of a reporting verb
	bySourceWord                    // so, laut, nach Angaben, zufolge
	byDocument                      // what the words stand in
	byPlace                         // brackets and labels beside the passage
	byOwnSentence                   // the passage's own sentence, without an announcement
	byContinuing                    // the sentences before
)

// The rules by which a speaker is found. The names are evidence for people; nothing asks for them.
const (
	ruleSaidX     = "sagte X"
	ruleXSaid     = "X sagte"
	ruleAndSaid   = "X … und sagte"
	ruleAsSaid    = "wie X sagte"
	ruleWhoSaid   = "X, der sagte"
	ruleCites     = "zitiert X"
	ruleCalledBy  = "von X bezeichnet"
	ruleItSaysIn  = "heißt es in X"
	ruleInItSays  = "in X heißt es"
	ruleSo        = "so X"
	ruleLaut      = "laut X"
	ruleZufolge   = "X zufolge"
	ruleAccording = "nach Angaben X"
	ruleCameFrom  = "„…“ kam von X"
	ruleInRelease = "heißt es in der Mitteilung von X"
	ruleReported  = "wie X mitteilt: heißt es in der Bilanz"
	ruleTopic     = "subject of the sentence before"
	ruleGoesOn    = "same speaker goes on"
	ruleForX      = "für X ist"
	ruleXWants    = "X will"
	ruleXColon    = "X …: er habe"
	ruleInX       = "in X"
	ruleBrackets  = "„…“ (X)"
	ruleLabel     = "X: „…“"
	ruleVerdict   = "Sein Fazit: „…“"
	ruleWordOf    = "mit einem Wort von X: „…“"
	ruleWithWords = "mit den Worten „…“ … X"
)

// rules is the list of them with examples. A result is the speaker of the quote that the example marks. There is no finder: which of them
// decides is the order of the cases in speakers.of, frame.subject and frame.hitAt.
var rules = rule.Table[kindOfRule, func()]{
	{
		ID: ruleSaidX, Kind: bySubject,
		Says: "„[Wir bauen die Radwege im ganzen Kreis aus]“, sagte Landrätin Petra Lohmann. → Petra Lohmann",
		Not:  "„Wir bauen die Radwege im ganzen Kreis aus“, sagte er.",
	},
	{
		ID: ruleXSaid, Kind: bySubject,
		Says: "Petra Lohmann sagte: „[Wir bauen die Radwege im ganzen Kreis aus]“. → Petra Lohmann",
		Not:  "Zu Petra Lohmann sagte niemand: „Wir bauen die Radwege im ganzen Kreis aus“.",
	},
	{
		ID: ruleAndSaid, Kind: bySubject,
		Says: "Petra Lohmann dankte allen und sagte: „[Wir bauen die Radwege im ganzen Kreis aus]“. → Petra Lohmann",
		Not:  "Das Wetter war gut und Petra Lohmann sagte: „Wir bauen die Radwege im ganzen Kreis aus“.",
	},
	{
		ID: ruleAsSaid, Kind: bySubject,
		Says: "„[Wir bauen die Radwege im ganzen Kreis aus]“, wie Petra Lohmann gestern erklärte. → Petra Lohmann",
		Not:  "„Wir bauen die Radwege im ganzen Kreis aus“, wie es im Sommer der Fall war.",
	},
	{
		ID: ruleWhoSaid, Kind: bySubject,
		Says: "Dabei war auch Petra Lohmann, die betonte: „[Wir bauen die Radwege im ganzen Kreis aus]“. → Petra Lohmann",
		Not:  "Dabei war auch Petra Lohmann, die Jürgen Abels lobte: „Wir bauen die Radwege im ganzen Kreis aus“.",
	},
	{
		ID: ruleCites, Kind: bySubject,
		Says: "„[Wir bauen die Radwege im ganzen Kreis aus]“, zitiert das Blatt Jürgen Abels. → Jürgen Abels",
		Not:  "„Wir bauen die Radwege im ganzen Kreis aus“, schreibt die Zeitung über den Minister Jürgen Abels.",
	},
	{
		ID: ruleCalledBy, Kind: bySubject,
		Says: "Der Plan wurde von Petra Lohmann als „[völlig unbezahlbarer Unsinn]“ bezeichnet. → Petra Lohmann",
		Not:  "Der Plan wurde im Jahr 2020 als „völlig unbezahlbarer Unsinn“ bezeichnet.",
	},
	{
		ID: ruleItSaysIn, Kind: byDocument,
		Says: "„[Wir bauen die Radwege im ganzen Kreis aus]“, heißt es in der Stellungnahme des Kreises. → Kreis",
		Not:  "Der Film heißt „Im Bericht“.",
	},
	{
		ID: ruleInItSays, Kind: byDocument,
		Says: "In der Stellungnahme heißt es: „[Wir bauen die Radwege im ganzen Kreis aus]“. → Stellungnahme",
		Not:  "Bei uns steht es fest: „Wir bauen die Radwege im ganzen Kreis aus“.",
	},
	{
		ID: ruleSo, Kind: bySourceWord,
		Says: "„[Wir bauen die Radwege im ganzen Kreis aus]“, so Petra Lohmann. → Petra Lohmann",
		Not:  "So ein Radweg heißt „Ring“.",
	},
	{
		ID: ruleLaut, Kind: bySourceWord,
		Says: "Laut Petra Lohmann ist der Plan „[völlig unbezahlbar und falsch]“. → Petra Lohmann",
		Not:  "Der Plan ist laut und „völlig unbezahlbar“.",
	},
	{
		ID: ruleZufolge, Kind: bySourceWord,
		Says: "Petra Lohmann zufolge ist der Plan „[völlig unbezahlbar und falsch]“. → Petra Lohmann",
		Not:  "Petra Lohmann kam, demzufolge ist der Plan „völlig unbezahlbar und falsch“.",
	},
	{
		ID: ruleAccording, Kind: bySourceWord,
		Says: "Nach Angaben von Petra Lohmann ist der Plan „[völlig unbezahlbar und falsch]“. → Petra Lohmann",
		Not:  "Nach der Fahrt von Petra Lohmann ist der Plan „völlig unbezahlbar und falsch“.",
	},
	{
		ID: ruleCameFrom, Kind: bySourceWord,
		Says: "„[Das ist völlig unbezahlbar und falsch]“ kam von Jürgen Abels. → Jürgen Abels",
		Not:  "Der Zug kam von Jürgen Abels.",
	},
	{
		ID: ruleInRelease, Kind: byDocument,
		Says: "Die Polizei teilt mit: „Die Straße ist heute noch gesperrt“. „[Wir bitten um Geduld]“, heißt es in der Mitteilung. → Polizei",
		Not:  "„Die Straße ist heute noch gesperrt“, heißt es in einer Mitteilung.",
	},
	{
		ID: ruleReported, Kind: byDocument,
		Says: "Wie der Sportverband mitteilt, war das Jahr gut. „[Wir haben mehr Mitglieder gewonnen]“, heißt es in der Bilanz. → Sportverband",
		Not:  "Das Jahr war gut. „Wir haben mehr Mitglieder gewonnen“, heißt es in einer Bilanz.",
	},
	{
		ID: ruleTopic, Kind: byContinuing,
		Says: "Der Sommer kommt bald. Petra Lohmann freut sich darauf. „[Ich fahre dann jeden Tag mit dem Rad]“. → Petra Lohmann",
		Not:  "Der Sommer kommt bald. „Ich fahre dann jeden Tag mit dem Rad“.",
	},
	{
		ID: ruleGoesOn, Kind: byContinuing,
		Says: "„Wir bauen die Radwege aus“, sagte Petra Lohmann. „[Das wird nicht leicht, aber wir schaffen es]“. → Petra Lohmann",
		Not:  "„Wir bauen die Radwege aus“, sagte Petra Lohmann. Jürgen Abels lachte: „Das wird nicht leicht“.",
	},
	{
		ID: ruleForX, Kind: byOwnSentence,
		Says: "Für Petra Lohmann ist das „[ein sehr guter Anfang]“. → Petra Lohmann",
		Not:  "Für den Sommer ist das „ein sehr guter Anfang“.",
	},
	{
		ID: ruleXWants, Kind: byOwnSentence,
		Says: "Petra Lohmann will „[mit aller Kraft gegen diesen Plan kämpfen]“. → Petra Lohmann",
		Not:  "Petra Lohmann besucht „mit aller Kraft gegen diesen Plan“.",
	},
	{
		ID: ruleXColon, Kind: byOwnSentence,
		Says: "Petra Lohmann bleibt bei ihrer Haltung: Sie habe „[den Plan nie gesehen und nie gelesen]“. → Petra Lohmann",
		Not:  "Der Plan ist alt: Er habe „nie jemandem gehört“.",
	},
	{
		ID: ruleInX, Kind: byDocument,
		Says: "Im Gutachten ist von „[völlig unbezahlbaren und falschen Plänen]“ die Rede. → Gutachten",
		Not:  "Im Sommer ist von „völlig unbezahlbaren und falschen Plänen“ die Rede.",
	},
	{
		ID: ruleBrackets, Kind: byPlace,
		Says: "„[Wir bauen die Radwege im ganzen Kreis aus]“ (Petra Lohmann, Landrätin). → Petra Lohmann",
		Not:  "„Wir bauen die Radwege im ganzen Kreis aus“ (2024).",
	},
	{
		ID: ruleLabel, Kind: byPlace,
		Says: "Petra Lohmann, Landrätin: „[Wir bauen die Radwege im ganzen Kreis aus]“. → Petra Lohmann",
		Not:  "Motto des Tages: „Wir bauen die Radwege im ganzen Kreis aus“.",
	},
	{
		ID: ruleWordOf, Kind: byPlace,
		Says: "Petra Lohmann schloss mit einem Wort von Jürgen Abels: „[Wir bauen die Radwege im ganzen Kreis aus]“. → Jürgen Abels",
		Not:  "Petra Lohmann schloss mit einem Gruß von Jürgen Abels: „Wir bauen die Radwege im ganzen Kreis aus“.",
	},
	{
		ID: ruleWithWords, Kind: bySourceWord,
		Says: "Mit den Worten „[Heute haben wir Grund zum Feiern]“ eröffnete Petra Lohmann das Fest. → Petra Lohmann",
		Not:  "Mit der Fahne „Heute haben wir Grund zum Feiern“ zog Petra Lohmann ein.",
	},
	{
		ID: ruleVerdict, Kind: byPlace,
		Says: "Jürgen Abels kam spät. Sein Fazit: „[Wir bauen die Radwege im ganzen Kreis aus]“. → Jürgen Abels",
		Not:  "Das Fazit: „Wir bauen die Radwege im ganzen Kreis aus“.",
	},
}
