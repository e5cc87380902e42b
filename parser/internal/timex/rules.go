package timex

import "github.com/kreispresse/kreispresse/parser/internal/rule"

// finder gives the claims of the expression that starts at token i: none, one, or the parts of a range or an enumeration.
type finder func(b *block, i int) []claim

// kind is what resolution asks of a claim.
type kind uint8

const (
	periodKind    kind = iota // one stretch of time: a month, a year, a feast
	calendarKind              // a day of the calendar
	dayListKind               // a day of the calendar among others: "am 3., 10. und 17. April"
	dayBeforeKind             // the day before the one the text is at ("am Tag zuvor"), which it leaves there
	weekdayKind               // a day seen from the anchor: "Dienstag", "gestern"
	clockKind                 // a time of a day
	setKind                   // what recurs
	monthlyKind               // what recurs on a day of each month, with hours of its own
	lengthKind                // how long
	vagueKind                 // a time that cannot be told
)

// day reports whether claims of this kind stand for days by themselves or counted from the day the text is at.
func (k kind) day() bool { return k == calendarKind || k == dayListKind || k == dayBeforeKind }

// ruleID is a rule's place in the table. It says who made a claim and steers nothing.
type ruleID uint8

const (
	ruleSetTimes ruleID = iota
	ruleSetAdverb
	ruleSetPer
	ruleSetEvery
	ruleSetWeekday
	ruleDay
	ruleDayList
	ruleDayNumeric
	ruleClock
	ruleClockRange
	ruleClockList
	ruleOpeningDays
	ruleWeekday
	ruleDayNth
	ruleSetMonthly
	ruleRelativeYear
	ruleMonth
	ruleSeason
	ruleWeekNumber
	ruleDecade
	ruleCentury
	rulePartOfYear
	ruleRelative
	ruleDayAfter
	ruleOpenPeriod
	ruleSetWeekend
	ruleDuration
	ruleDurationOpen
	ruleYear
	ruleYearRange
	ruleDayISO
	ruleHoliday
	ruleDeicticDay
	ruleDeicticYear
	ruleReference
	ruleDayBefore
	rulePartOfDay
	ruleDurationCompound
	ruleDurationRange
	ruleDurationNamed
	ruleDurationLong
	ruleDurationAdjective
)

// rules are the package's rules in order of preference. Some rules share a finder, since what they find is told apart only when it is
// read to its end: it stands with the first of them.
var rules = rule.Table[kind, finder]{
	// What recurs.
	ruleSetTimes: {
		ID: "set-times", Kind: setKind, Find: sets,
		Says: `
			Die Fahrbücherei kommt [zweimal im Monat] → SET P1M 2X
			Der Platz wird [mehrmals wöchentlich] gekehrt → SET P1W XX`,
		Not: `
			Der Zug fährt im Monat der Messe
			Sie hat das zweimal gesagt`,
	},
	ruleSetAdverb: {
		ID: "set-adverb", Kind: setKind,
		Says: "Die Zahlen erscheinen [monatlich], das [jährliche] Fest fällt aus → SET P1M; SET P1Y",
		Not:  "Ein zweijähriges Kind fiel von der Rutsche",
	},
	ruleSetPer: {
		ID: "set-per", Kind: setKind,
		Says: `
			Das kostet 30 Euro [pro Jahr] → SET P1Y
			Rund 500 Gäste [im Jahr] → SET P1Y`,
		Not: `
			Der Wind blies mit 90 Kilometern pro Stunde
			Sie zog im Jahr der Wende fort`,
	},
	ruleSetEvery: {
		ID: "set-every", Kind: setKind,
		Says: `
			[Jeden Mittwoch] ist Markt → SET XXXX-WXX-3
			Gewählt wird [alle fünf Jahre], gekehrt [Woche für Woche] → SET P5Y; SET P1W`,
		Not: `
			Alle fünf Gäste kamen
			Jeder Verein half mit`,
	},
	ruleSetWeekday: {
		ID: "set-weekday", Kind: setKind,
		Says: "Das Bad öffnet [dienstags], der Chor probt [donnerstagabends] → SET XXXX-WXX-2; SET XXXX-WXX-4TEV",
		Not:  "Die Messe des kommenden Sonntags fällt aus",
	},

	// Days of the calendar.
	ruleDay: {
		ID: "day", Kind: calendarKind, Find: days,
		Says: `
			Der Rat tagt am [Dienstag, 19. März 2024] → 2024-03-19
			Der Rat tagt am [13. März] → 2024-03-13`,
		Not: `
			Den 1. Preis gewann die Klasse
			Am 31. April geschieht nichts`,
	},
	ruleDayList: {
		ID: "day-list", Kind: dayListKind,
		Says: `
			Die Gruppe trifft sich am [3.], [10.] und [17. April] → 2024-04-03; 2024-04-10; 2024-04-17
			Vom [28. Dezember] bis [3. Januar 2025] → 2024-12-28; 2025-01-03`,
		Not: `
			Um 1.1, 2.1 und 3.2 Prozent
			Auf den Plätzen 1., 2. und 3. landeten Gäste`,
	},
	ruleDayNumeric: {
		ID: "day-numeric", Kind: calendarKind,
		Says: `
			Stand: [12.3.24] → 2024-03-12
			Die Sperrung gilt ab [18.3.] → 2024-03-18`,
		Not: `
			Nach § 12.3 der Satzung
			Ein Meter kostet 12.50 Euro
			Das Programm gibt es in der Version 2.1`,
	},

	// Times of a day.
	ruleClock: {
		ID: "clock", Kind: clockKind, Find: clocks,
		Says: `
			Beginn ist um [18.30 Uhr] → T18:30
			Um [halb neun] gibt es Kaffee, um [Viertel vor zehn] Kuchen → T08:30; T09:45
			Um [fünf vor halb neun] fährt der Bus, um [20 nach 7] die Bahn → T08:25; T07:20
			Um [8 Uhr] beginnt der Chor, um [10.45] folgt die Band → T08:00; T10:45`,
		Not: `
			Das Spiel endete 3:1
			Die Zahl stieg um zehn auf zwölf
			Das Spiel endete zehn vor acht Punkten`,
	},
	ruleClockRange: {
		ID: "clock-range", Kind: clockKind,
		Says: "Zwischen [8] und [12 Uhr] ist gesperrt → T08:00; T12:00",
		Not:  "Die Noten liegen zwischen 8 und 12 Punkten",
	},
	ruleClockList: {
		ID: "clock-list", Kind: clockKind,
		Says: "Der Bus fährt um [7.15], [8.15] und [9.15 Uhr] → T07:15; T08:15; T09:15",
		Not:  "Die Werte stiegen um 7.15, 8.15 und 9.15 Prozent",
	},
	ruleOpeningDays: {
		ID: "opening-days", Kind: setKind, Find: openings,
		Says: `
			Geöffnet ist [Mo]-[Fr] 8-12 Uhr → SET XXXX-WXX-1; SET XXXX-WXX-5
			[Montag] bis [Freitag] von 8 bis 12 Uhr → SET XXXX-WXX-1; SET XXXX-WXX-5`,
		Not: `
			Montag bis Freitag wird gebaut
			Mo und Fr sind zwei Silben`,
	},

	// Weekdays.
	ruleWeekday: {
		ID: "weekday", Kind: weekdayKind, Find: weekdayPhrases,
		Says: `
			Am [Montag] tagt der Ausschuss → 2024-03-18
			Der Rat trifft sich [nächste Woche Dienstag] → 2024-03-19
			Am [kommenden Samstagabend] wird gesungen → 2024-03-16TEV`,
		Not: `
			Das Montagscafé sucht Helfer
			Die Montags probten lange`,
	},
	ruleDayNth: {
		ID: "day-nth", Kind: calendarKind,
		Says: `
			Am [dritten Freitag im Mai] ist Markt → 2024-05-17
			Das Fest ist am [ersten Wochenende im Juni] → 2024-W22-WE`,
		Not: "Die dritte Freitagsrunde im Mai fällt aus",
	},
	ruleSetMonthly: {
		ID: "set-monthly", Kind: monthlyKind,
		Says: `
			Der Stammtisch ist [jeden ersten Montag im Monat] → SET P1M
			Am [letzten Sonntag im Monat] ist Führung → SET P1M`,
		Not: "Das war der erste Montag im neuen Amt",
	},
	ruleRelativeYear: {
		ID: "relative-year", Kind: periodKind,
		Says: "Die Zahl sank im [Vorjahr] → 2023",
		Not:  "Die Vorjahreszahl sank",
	},

	// Periods of the calendar.
	ruleMonth: {
		ID: "month", Kind: periodKind, Find: periods,
		Says: `
			[Anfang April] startet die Saison → 2024-04
			Im [Mai dieses Jahres] und im [Dezember letzten Jahres] → 2024-05; 2023-12`,
		Not: `
			Robert Mai und August Müller gratulierten
			Die Mai-Andacht beginnt`,
	},
	ruleSeason: {
		ID: "season", Kind: periodKind,
		Says: `
			Der [Winter 2023/24] war mild → 2023-WI
			Gebaut wird im [Sommer] → 2024-SU`,
		Not: "Ein Sommer wie damals",
	},
	ruleWeekNumber: {
		ID: "week-number", Kind: periodKind,
		Says: "Die Arbeiten beginnen in [KW 15] und enden in der [17. Kalenderwoche] → 2024-W15; 2024-W17",
		Not:  "Der Motor leistet 54 kW",
	},
	ruleDecade: {
		ID: "decade", Kind: periodKind,
		Says: `
			[Mitte der 1980er-Jahre] kam die Bahn → 198
			Die Mode [der neunziger Jahre] → 199`,
		Not: `
			Die Linie 90er fährt weiter
			In der 30er-Zone wird geblitzt`,
	},
	ruleCentury: {
		ID: "century", Kind: periodKind,
		Says: "Das Schloss stammt aus [dem 17. Jahrhundert] → 16",
		Not:  "Das geschah im 5. Jahrhundert v. Chr.",
	},
	rulePartOfYear: {
		ID: "part-of-year", Kind: periodKind,
		Says: "Im [ersten Quartal 2024] stieg die Zahl, im [zweiten Halbjahr] soll sie sinken → 2024-Q1; 2024-H2",
		Not:  "Das war das fünfte Quartal in Folge",
	},
	ruleRelative: {
		ID: "relative", Kind: periodKind,
		Says: `
			In [der vergangenen Woche] tagte der Ausschuss → 2024-W10
			[Ende des Jahres] zieht die Schule um → 2024`,
		Not: "In der Woche wird geübt",
	},
	ruleDayAfter: {
		ID: "day-after", Kind: calendarKind,
		Says: "Am 5. März brannte es. Am [nächsten Tag] war das Feuer aus, am [Tag darauf] kam der Gutachter. → 2024-03-06; 2024-03-07",
		Not:  "Der letzte Tag der Messe",
	},
	ruleOpenPeriod: {
		ID: "open-period", Kind: vagueKind,
		Says: "In [den kommenden Wochen] werden Bäume gefällt → FUTURE_REF",
		Not:  "In den kommenden drei Wochen werden Bäume gefällt",
	},
	ruleSetWeekend: {
		ID: "set-weekend", Kind: setKind,
		Says: "An [Wochenenden] ist das Haus zu → SET XXXX-WXX-WE",
		Not:  "Am Wochenende ist das Haus zu",
	},
	ruleDuration: {
		ID: "duration", Kind: lengthKind,
		Says: `
			Der Kurs dauert [90 Minuten], die Pause [eine halbe Stunde] → DURATION PT90M; DURATION PT30M
			Die Haft dauerte [drei Jahre und vier Monate] → DURATION P3Y4M`,
		Not: `
			Ein drei Jahre altes Auto brannte
			Ein Mann im Alter von 80 Jahren stürzte`,
	},
	ruleDurationOpen: {
		ID: "duration-open", Kind: lengthKind,
		Says: "Das Haus steht seit [Jahren] leer; [Tage] später kam Post → DURATION PXY; DURATION PXD",
		Not:  "Die Tage der offenen Tür",
	},

	// Years.
	ruleYear: {
		ID: "year", Kind: periodKind, Find: years,
		Says: `
			Seit [2007] gibt es den Verein → 2007
			[Ende 2023] lebten dort mehr Menschen → 2023
			Das [Schuljahr 2023/24] war lang → 2023-08/2024-07`,
		Not: `
			Es kamen 2000 Helfer
			Inzwischen sind es 1650
			Die Agenda 2030 und die Strategie 2021-2025
			Postfach 1990, Raum 2024
			© 2024 Kreis Beispiel`,
	},
	ruleYearRange: {
		ID: "year-range", Kind: periodKind,
		Says: `
			Das Projekt läuft von [2019] bis [2021] → 2019; 2021
			Im Krieg [1939]-[45] → 1939; 1945`,
		Not: "Der Wind wehte in 2000 bis 3000 Metern Höhe",
	},
	ruleDayISO: {
		ID: "day-iso", Kind: calendarKind,
		Says: "Stand [2023-11-30] → 2023-11-30",
		Not:  "Az. 2023-13-30",
	},
	ruleHoliday: {
		ID: "holiday", Kind: periodKind, Find: holidays,
		Says: `
			Zu [Ostern] und am [2. Advent] ist geschlossen → 2024-03-31; 2024-12-08
			Am [Buß- und Bettag] wird gedacht → 2024-11-20`,
		Not: "Nikolaus Müller trank Wein",
	},

	// Words that point from the moment of writing.
	ruleDeicticDay: {
		ID: "deictic-day", Kind: weekdayKind, Find: deictics,
		Says: "Das hat der Kreis [gestern] mitgeteilt, [morgen früh] geht es los → 2024-03-11; 2024-03-13TMO",
		Not:  "Guten Morgen, rief sie am Morgen",
	},
	ruleDeicticYear: {
		ID: "deictic-year", Kind: periodKind,
		Says: "Das Fest fällt [heuer] aus → 2024",
		Not:  "Wir heuern Seeleute an",
	},
	ruleReference: {
		ID: "reference", Kind: vagueKind,
		Says: `
			[Damals] stand dort ein Stall, [derzeit] wird gebaut → PAST_REF; PRESENT_REF
			[Im Moment] ist es ruhig, in [Zukunft] auch → PRESENT_REF; FUTURE_REF`,
		Not: `
			Zur Zeit der Römer gab es kein Bad
			Je früher, desto besser`,
	},
	ruleDayBefore: {
		ID: "day-before", Kind: dayBeforeKind,
		Says: "Nach dem Sieg am 8. März feierte sie wie am [Tag zuvor] und am [Vortag] → 2024-03-07; 2024-03-07",
		Not:  "Den Tag verbrachte sie zuvor zu Hause",
	},
	rulePartOfDay: {
		ID: "part-of-day", Kind: periodKind, Find: dayparts,
		Says: `
			Am 20. März wird gewandert, am [Abend] gegrillt → 2024-03-20TEV
			Am [Morgen des 10. März] war es ruhig → 2024-03-10TMO`,
		Not: "Guten Abend und gute Nacht",
	},

	// Lengths that are no phrase.
	ruleDurationCompound: {
		ID: "duration-compound", Kind: lengthKind, Find: durations,
		Says: "Die [35-Stunden-Woche] und die [14-Tage]-Frist, die [Fünf-Tage-Woche] → DURATION PT35H; DURATION P14D; DURATION P5D",
		Not:  "Das 14-Punkte-Papier der Stunden-Woche",
	},
	ruleDurationRange: {
		ID: "duration-range", Kind: lengthKind,
		Says: "Der Kurs umfasst [drei] bis [vier Wochen] → DURATION P3W; DURATION P4W",
		Not:  "Kinder zwischen sechs und elf Jahren dürfen mit",
	},
	ruleDurationNamed: {
		ID: "duration-named", Kind: lengthKind,
		Says: "Die Fahrt dauert [eine Viertelstunde] → DURATION PT15M",
		Not:  "Der Viertelstundentakt kommt",
	},
	ruleDurationLong: {
		ID: "duration-long", Kind: lengthKind,
		Says: "[Jahrelang] wurde geplant, [wochenlange] Arbeit folgte → DURATION PXY; DURATION PXW",
		Not:  "Entlang der Straße wurde meterlang gegraben",
	},
	ruleDurationAdjective: {
		ID: "duration-adjective", Kind: lengthKind,
		Says: "Eine [zweijährige] Ausbildung, eine [45-minütige] Pause → DURATION P2Y; DURATION PT45M",
		Not:  "Ein zweijähriger Junge, die 45-Jährige",
	},
}

// finders are the functions of the table, in its order.
var finders = func() []finder {
	var out []finder
	for _, r := range rules {
		if r.Find != nil {
			out = append(out, r.Find)
		}
	}
	return out
}()
