package person

import "github.com/kreispresse/kreispresse/parser/internal/rule"

// kindOfRule sorts the evidence for a name.
type kindOfRule uint8

const (
	byLexicon kindOfRule = iota // the name itself is known
	byAddress                   // a title, salutation or role before it
	byContext                   // the words around it
	byPlace                     // no more than the place of a word in its clause: not for what may be a town
	byMention                   // the text names the person elsewhere
)

// The names of the rules are evidence for people; nothing asks for them.
const (
	ruleGiven     = "given"
	ruleCouple    = "couple"
	ruleAlone     = "alone"
	ruleReversed  = "reversed"
	ruleFamous    = "famous"
	ruleAddressed = "addressed"
	ruleSurname   = "surname"
	rulePair      = "pair"
	ruleGenitive  = "genitive"
	ruleRow       = "row"
)

// finder reports whether the words around a name the lexicon does not know show that it is a person; it may complete the name.
type finder func(r *reader, n *name) bool

// rules is the evidence for names. Those with a finder are tried in this order on a capitalised word that could be a surname (see
// reader.evidence); the others are passes of reader.read.
var rules = rule.Table[kindOfRule, finder]{
	{
		ID: ruleGiven, Kind: byLexicon,
		Says: "Am Montag kam [Anna Lohmeier] → Anna Lohmeier",
		Not:  "Die Anna-Lohmeier-Straße ist gesperrt\nIm Anna Lohmeier Haus wird gebaut",
	},
	{
		ID: ruleCouple, Kind: byLexicon,
		Says: "Das Haus kauften [Anna] und [Peter Lohmeier] → Anna Lohmeier; Peter Lohmeier",
		Not:  "Anna und Frieda kamen",
	},
	{
		ID: ruleAlone, Kind: byLexicon,
		Says: "Dann kam [Anna] nach Hause → Anna",
		Not:  "Sie wohnen in Anna und reden wenig\nMit Heide und Moor begann es",
	},
	{
		ID: ruleReversed, Kind: byLexicon,
		Says: "[Lohmeier, Anna]: Die Wege der Heide → Anna Lohmeier",
		Not:  "Im Dorf, Anna Lohmeier wohnt da, ist es still",
	},
	{
		ID: ruleFamous, Kind: byLexicon,
		Says: "Die Kapelle spielt [Mozart] und Tänze → Mozart",
		Not:  "Die Mozartstraße ist gesperrt\nDer Mozart Verein tagt",
	},
	{
		ID: ruleAddressed, Kind: byAddress,
		Says: `
			Zuvor hatte Frau [Lohmeier] gefragt → Lohmeier
			Am Abend sprach Dr. [Lohmeier] zum Thema → Lohmeier`,
		Not: "Die älteste Frau Deutschlands feiert\nEin Bürger Lohmeiers kam",
	},
	{
		ID: rulePair, Kind: byContext,
		Says: "„Es regnet“, sagte [Wibkea Lohmeier]. → Wibkea Lohmeier",
		Not:  "„Es regnet“, sagte die Deutsche Bahn.\nDie New Lohmeier sagte nichts",
	},
	{
		ID: ruleRow, Kind: byMention,
		Says: `
			Es spielen Anna Lohmeier und [Wibkea Tonndahl]. → Wibkea Tonndahl
			Geehrt wurden Anna Lohmeier, [Wibkea Tonndahl] und Peter Behrsen → Wibkea Tonndahl`,
		Not: `
			Es kamen Anna Lohmeier und Borussia Dortmund.
			Es kamen Anna Lohmeier, Wibkea Tonndahl
			Anna Lohmeier und Deutsche Bahn einigten sich`,
	},
	{
		ID: "kin", Kind: byContext, Find: (*reader).ofKin,
		Says: "Mit dabei war ihr Sohn [Wibko] aus Ahlen → Wibko",
		Not:  "Die Familie Feuer und Flamme lädt ein",
	},
	{
		ID: "says", Kind: byContext, Find: (*reader).says,
		Says: "„Es regnet heute stark“, sagte [Lohmeier]. → Lohmeier",
		Not:  "„Es regnet heute stark“, sagte die Verwaltung.",
	},
	{
		ID: "says-last", Kind: byContext, Find: (*reader).saysLast,
		Says: "Es werde heute noch regnen, meinte [Lohmeier]. → Lohmeier",
		Not:  "Es werde heute noch regnen, meinte die Verwaltung.",
	},
	{
		ID: "acts", Kind: byPlace, Find: (*reader).acts,
		Says: "Später studierte [Lohmeier] in Ahlen. → Lohmeier",
		Not:  "Später studierte niemand mehr in Ahlen.\nSpäter lebte Rosenheim davon.",
	},
	{
		ID: "neutral", Kind: byPlace, Find: (*reader).human,
		Says: "Dort begann [Lohmeier] als Maurer. → Lohmeier",
		Not:  "Dort begann Regen.\nDort bekam Zabru für seine Karten Lob.",
	},
	{
		ID: "subject-says", Kind: byContext, Find: (*reader).subjectSays,
		Says: "[Lohmeier] sagte, dass es regnet. → Lohmeier",
		Not:  "Begeistert sagte niemand etwas.",
	},
	{
		ID: "so", Kind: byContext, Find: (*reader).soName,
		Says: "Es werde heute noch regnen, so [Lohmeier]. → Lohmeier",
		Not:  "Es werde heute noch regnen, so die Verwaltung.",
	},
	{
		ID: ruleGenitive, Kind: byPlace, Find: (*reader).owns,
		Says: "Dazu kam [Lohmeiers] Sohn. → Lohmeier",
		Not:  "Dazu kam Regens Folge.",
	},
	{
		ID: "subject-acts", Kind: byPlace, Find: (*reader).subjectActs,
		Says: "[Lohmeier] studierte in Ahlen. → Lohmeier",
		Not:  "Regen studierte niemand.",
	},
	{
		ID: "subject-neutral", Kind: byPlace, Find: (*reader).subjectHuman,
		Says: "[Lohmeier] begann als Maurer. → Lohmeier",
		Not:  "Regen begann am Abend.\nZabru beginnt seine Arbeit.",
	},
	{
		ID: ruleSurname, Kind: byMention,
		Says: "Anna Lohmeier kam. Mit [Lohmeier] wurde es laut. → Anna Lohmeier",
		Not:  "Anna Lohmeier kam. Die Lohmeier-Stiftung auch.",
	},
}
