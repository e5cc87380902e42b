// Package timex finds temporal expressions in German text and gives them TimeML TIMEX3 types and values.
//
// Reading goes in two passes. The first is a grammar over tokens: at every token each rule family of the package may claim a stretch
// of tokens, and the longest claim wins. The second resolves the claims in text order against the anchor, the tense of their clause
// and the dates that the text named before.
//
// What is one expression and where it begins follows the annotation of the KRAUTS corpus (Strötgen et al. 2018): no preposition and no
// contracted article ("am", "im"), but the full article of a period ("der nächsten Woche"); a range is two expressions. Two readings
// differ from the corpus, which itself wavers: weekdays in values have one digit (XXXX-WXX-1), hours two (T08:30).
//
// What a relative expression means is settled by its clause: the nearest finite verb tells the past from what is to come (tense.go),
// prepositions may overrule it ("seit", "bis spätestens"), a weekday beside a date without a year chooses the year, and in a tale of
// another year that year goes on (yearless.go). A time belongs to the day last named, unless that was a list of days or something that
// recurs (discourse.go, timed.go). Lengths stay DURATION as in the corpus; where "vor", "seit" or "in den kommenden" tie them to the anchor, From
// and To tell the days.
//
// The rules stand in one table with their examples and counter-examples (rules.go, see package rule); words in data/ and in package
// calendar, never in code. To add a word, add it to its class there: whether the rules wake for it follows.
//
// Files, by what is in them:
//
//   - timex.go     Find, and what it gives
//   - rules.go     the table of rules, what resolution tells apart (kinds), the finders in their order
//   - limits.go    every number that was chosen, with what was measured
//   - tokens.go    blocks of tokens, as rules look at them
//   - trigger.go   which tokens the rules look at
//   - classes.go   what a word can be
//   - lexicon.go   how the words are read
//   - pattern.go   phrases of fixed words
//   - claims.go    claims, and which wins
//   - number.go    number words, ordinals, quantities
//
// Finders, first those for days and times:
//
//   - days.go      calendar days, lists and ranges of them
//   - numeric.go   days in digits, and numbers that only look like them
//   - clock.go     times of day
//   - weekdays.go  weekdays and their dates
//   - ofweek.go    weekdays of a week or a month
//   - openings.go  runs of weekdays before opening hours
//   - deictics.go  heute, damals, am Tag zuvor
//   - dayparts.go  am Abend, nachts
//   - feasts.go    Ostern, 2. Advent
//
// Then those for periods and lengths:
//
//   - periods.go   which of them is asked first; quarters, weeks by number
//   - months.go    names of months
//   - seasons.go   seasons
//   - suffix.go    the year behind a name
//   - years.go     years by number, Vorjahr
//   - decades.go   decades
//   - phrase.go    noun phrases around a unit
//   - units.go     periods counted from the anchor
//   - parts.go     ordinal periods: quarters, halves, centuries
//   - lengths.go   lengths as phrases, and the days they reach
//   - durations.go lengths in one word, ranges of lengths
//   - sets.go      what recurs
//
// Resolution:
//
//   - discourse.go what is known at a point of the text
//   - timed.go     the day of a time
//   - yearless.go  the year of a day or period without one
//   - tense.go     the tense of a clause
//   - verbs.go     what looks like a verb
//   - calendar.go  days, weeks, months as values
package timex
