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
// recurs (context.go). Lengths stay DURATION as in the corpus; where "vor", "seit" or "in den kommenden" tie them to the anchor, From
// and To tell the days.
package timex
