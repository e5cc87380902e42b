package timex

import "github.com/kreispresse/kreispresse/parser/internal/text"

// numericDate reads 12.03.2024, 12.3.24 and 12.03 (with year 0), 2024-03-12 being cut into three tokens.
func numericDate(s string) (d, m, y int, ok bool) {
	var parts [3]int
	n, start := 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != '.' {
			continue
		}
		if n == 3 || i-start > 4 {
			return 0, 0, 0, false
		}
		v := atoi(s[start:i])
		if v < 0 || n < 2 && i-start > 2 {
			return 0, 0, 0, false
		}
		parts[n] = v
		if n == 2 {
			switch i - start {
			case 2:
				v += 2000
				if v > 2050 {
					v -= 100
				}
				parts[2] = v
			case 4:
				if v < 1000 || v > 2100 {
					return 0, 0, 0, false
				}
			default:
				return 0, 0, 0, false
			}
		}
		n, start = n+1, i+1
	}
	if n < 2 || !valid(parts[2], parts[1], parts[0]) {
		return 0, 0, 0, false
	}
	return parts[0], parts[1], parts[2], true
}

// plausibleDay refuses numbers that only look like a day: § 12.3, 12.3 Prozent, version 2.1, Az. 5.4.
func (b *block) plausibleDay(it dayItem) bool {
	if it.y != 0 || !it.numeric || it.weekday > 0 {
		return !b.reference(it.from)
	}
	if b.reference(it.from) || b.unitAfter(it.to) {
		return false
	}
	if b.glued(it.from) && (b.at(it.from-1).Text == "." || b.at(it.from-1).Text == "," || b.at(it.from-1).Text == "/") {
		return false
	}
	if b.is(it.from-1, "bis") && b.digits(it.from-2) && !it.stop { // Noten von 1.3 bis 2.7
		return false
	}
	if b.is(it.from-1, "am", "vom", "bis", "zum", "ab", "den", "dem", "seit", "der") {
		return it.stop || !b.at(it.to).upper
	}
	if b.at(it.from-1).Text == "(" && b.at(it.to).Text == ")" && weekdays[b.at(it.from-2).low] > 0 {
		return true
	}
	if it.to-it.from > 2 { // "1. 2." may count
		return false
	}
	if p := b.at(it.from - 1); p.Kind == text.Word && p.upper && !b.is(it.from-1, "termin", "termine", "stand", "beginn", "start", "frist", "datum", "tag") {
		return false // NetworkManager 1.8. gibt es
	}
	return it.stop && (b.at(it.from-1).Text == "(" || b.at(it.to).Text != "" && !b.at(it.to).upper)
}

// plausibleList refuses lists of numbers that only look like days: "1.1, 2.1 und 3.2 Prozent". A name of a month, a year or a weekday
// makes one; else every number needs its stop, or a preposition of time the first.
func (b *block) plausibleList(items []dayItem) bool {
	first, last := items[0], items[len(items)-1]
	if b.unitAfter(last.to) || b.reference(first.from) {
		return false
	}
	stops := true
	for _, it := range items {
		if !it.numeric || it.y != 0 || it.weekday > 0 {
			return true
		}
		stops = stops && it.stop
	}
	return stops && b.plausibleDay(first) || b.is(first.from-1, "am", "vom", "ab", "seit")
}

// references introduce numbers that are none of time.
var references = words(`§ §§ nr nummer art artikel abs absatz abschnitt kapitel ziffer ziff satz version az aktenzeichen tel telefon fax tel./fax din en iso vers seite s bd plz postfach raum zimmer hausnummer b a l k u s re rb rufnummer durchwahl mobil drucksache vorlage`)

func (b *block) reference(i int) bool {
	t := b.at(i - 1)
	if t.Text == "." || t.Text == ":" {
		t = b.at(i - 2)
	}
	return references[t.low] && !(len(t.low) <= 2 && t.low != "nr" && t.low != "az" && t.low != "§" && !t.upper)
}

// unitsOfMeasure follow numbers that are none of time.
var unitsOfMeasure = words(`uhr euro eur € cent prozent % ‰ mark dollar franken grad ° meter metern m km kilometer kilometern cm mm kg kilogramm gramm tonnen t liter litern l ha hektar quadratmeter quadratmetern kubikmeter kubikmetern kwh kw mw watt megawatt kilowatt stück
 punkte punkten platz plätze plätzen personen menschen einwohner einwohnern einwohnerinnen kinder kindern mio mrd millionen milliarden tausend mitarbeiter mitarbeitern mitarbeitende mitarbeitenden beschäftigte beschäftigten seiten mal gäste gästen besucher besuchern besucherinnen höhenmeter höhenmetern schüler schülern
 € £ $ mbit ml`)

func (b *block) unitAfter(i int) bool { return unitsOfMeasure[b.at(i).low] }
