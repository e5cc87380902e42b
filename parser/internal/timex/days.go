package timex

import (
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// dayItem is one day of a date, an enumeration or a range: "Dienstag, 12. März 2024", "12.", "12.3.24".
type dayItem struct {
	from, to int
	weekday  int
	d, m, y  int
	numeric  bool
	stop     bool // a full stop follows the last digit
	years    int  // years from the anchor's, when ofYear: "9. Juni dieses Jahres"
	ofYear   bool
}

// days reads calendar days with at least a day and a month, in enumerations and ranges too: "vom 5. bis zum 9. Juni",
// "12./13. März 2024", "am 3., 4. und 7. Oktober".
func days(b *block, i int) []claim {
	var items []dayItem
	j := i
	for len(items) < 40 {
		it, ok := b.dayItem(j)
		if !ok {
			break
		}
		items = append(items, it)
		k := b.listSeparator(it.to)
		if k == 0 {
			break
		}
		j = k
	}
	return b.dayClaims(items)
}

// dayClaims completes the items from the right, drops those at the end that stay without a month, and claims the rest.
func (b *block) dayClaims(items []dayItem) []claim {
	for len(items) > 0 && items[len(items)-1].m == 0 {
		items = items[:len(items)-1]
	}
	m, y := 0, 0
	for k := len(items) - 1; k >= 0; k-- {
		it := &items[k]
		if it.m == 0 {
			it.m = m
		}
		if it.y == 0 && y != 0 {
			it.y = y
			if it.m > m { // vom 28. Dezember bis 3. Januar 2025
				it.y--
			}
		}
		m, y = it.m, it.y
		if !valid(it.y, it.m, it.d) {
			return nil
		}
	}
	if len(items) == 1 && !b.plausibleDay(items[0]) {
		return nil
	}
	out := make([]claim, len(items))
	listYear := 0 // a list without a year has the year of its first day
	for k, it := range items {
		rule := "day"
		switch {
		case len(items) > 1:
			rule = "day-list"
		case it.numeric:
			rule = "day-numeric"
		}
		out[k] = b.claim(rule, it.from, it.to, func(c *context, cl *claim) reading {
			it := it
			if it.y == 0 && listYear != 0 && !it.ofYear {
				it.y = listYear
				if k > 0 && it.m < items[0].m {
					it.y++
				}
			}
			r := c.resolveDay(cl, it)
			if it.y == 0 && k == 0 && !r.from.IsZero() {
				listYear = r.from.Year()
			} else if r.anchor == "" && items[k].y == 0 && listYear != 0 {
				r.anchor = c.anchor.Kind
			}
			return r
		})
	}
	return out
}

// dayItem reads one item at token i.
func (b *block) dayItem(i int) (dayItem, bool) {
	it := dayItem{from: i}
	j := i
	if these[b.at(j).low] && b.at(j+1).upper {
		j++
	} else if _, ok := relatives[b.at(j).low]; ok || b.is(j, "heutigen", "morgigen", "gestrigen") {
		j++
	}
	if wd, k := b.weekday(j); wd > 0 {
		it.weekday, j = wd, k
		if b.at(j).Text == "," {
			j++
		}
		if b.is(j, "den", "dem", "der") {
			j++
		}
		if p := i - 1; (b.at(p).Text == "/" || dash(b.at(p).Text) || b.is(p, "und", "bis")) && weekdays[b.at(p-1).low] > 0 && b.at(p-1).upper {
			return it, false // Samstag/Sonntag, 16./17. März
		}
		if b.at(j).Text == "(" && b.at(j+1).Kind == text.Number { // Mittwoch (26.06.): two expressions
			return it, false
		}
	} else if j > i {
		return it, false
	}
	t := b.at(j)
	if t.Kind == text.Number {
		if d, m, y, ok := numericDate(t.Text); ok {
			it.d, it.m, it.y, it.numeric = d, m, y, true
			it.to = j + 1
			if y == 0 && b.at(j+1).Text == "." && b.glued(j+1) {
				it.stop = true
				it.to++
				if yy := b.integer(j + 2); yy >= 1000 && yy <= 2100 { // 12.03. 2024
					it.y = yy
					it.to++
				}
			}
			return it, true
		}
	}
	d := b.integer(j)
	if d >= 1 && d <= 31 && len(t.Text) <= 2 {
		k := j + 1
		if b.at(k).Text == "." && b.glued(k) {
			k, it.stop = k+1, true
		}
		it.d, it.to = d, k
		if m := months[b.at(k).low]; m > 0 && b.at(k).Kind == text.Word && (it.stop || b.at(k).upper && !shortMonths[b.at(k).low]) {
			it.m = m
			it.to = k + 1
			it.y, it.to = b.yearAfter(it.to)
			b.ofYear(&it)
			return it, true
		}
		if m := b.integer(k); it.stop && m >= 1 && m <= 12 && b.at(k+1).Text == "." && b.glued(k+1) { // 23. 3. 1976
			if y := b.integer(k + 2); y >= 1000 && y <= 2100 {
				it.m, it.y, it.to, it.numeric = m, y, k+3, true
				return it, true
			}
			if b.at(k+2).Text != "." && !b.unitAfter(k+2) {
				it.m, it.to, it.numeric = m, k+2, true
				return it, true
			}
		}
		return it, it.stop || b.at(k).Text == "/" || dash(b.at(k).Text) || b.is(k, "bis")
	}
	if n := ordinals[t.low]; t.Kind == text.Word && n > 0 {
		if m := months[b.at(j+1).low]; m > 0 && b.at(j+1).upper {
			it.d, it.m, it.to = n, m, j+2
			it.y, it.to = b.yearAfter(it.to)
			b.ofYear(&it)
			return it, true
		}
	}
	return it, false
}

// ofYear reads "dieses Jahres", "des vergangenen Jahres" after a day.
func (b *block) ofYear(it *dayItem) {
	if p, ok := b.phrase(it.to); ok && it.y == 0 && b.is(p.head, "jahres") && p.q == "" && p.ord == 0 && (p.hasRel || these[p.det]) {
		it.years, it.ofYear, it.to = p.rel, true, p.to
	}
}

// yearAfter is the year at token i, and the token after it; 0 if there is none.
func (b *block) yearAfter(i int) (year, next int) {
	k := i
	if b.is(k, "des") && b.is(k+1, "jahres") {
		k += 2
	}
	if b.at(k).Text == "." && shortMonths[b.at(k-1).low] && b.glued(k) {
		k++
	}
	if y := b.integer(k); y >= 1000 && y <= 2100 && !b.unitAfter(k+1) {
		return y, k + 1
	}
	return 0, i
}

// weekday is the weekday at token i, by name or, before a day, by its short form; 0 for none.
func (b *block) weekday(i int) (wd, next int) {
	t := b.at(i)
	if t.Kind != text.Word {
		return 0, i
	}
	if wd = weekdays[t.low]; wd > 0 && t.upper {
		return wd, i + 1
	}
	if wd = shortDays[t.low]; wd > 0 && t.upper {
		k := i + 1
		if b.at(k).Text == "." && b.glued(k) {
			k++
		}
		n := k
		if b.at(n).Text == "," {
			n++
		}
		if b.digits(n) {
			return wd, k
		}
	}
	return 0, i
}

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

// listSeparator is the token after what joins days of a list at token i, 0 if nothing does.
func (b *block) listSeparator(i int) int {
	j := i
	switch t := b.at(j); {
	case t.Text == ",", t.Text == "/", dash(t.Text), b.is(j, "und", "oder", "bis", "sowie", "auf"), t.Text == "&", t.Text == "+":
		j++
	default:
		return 0
	}
	if b.is(j, "und", "oder", "sowie", "bis") { // 12. März, und am
		j++
	}
	if b.is(j, "einschließlich", "einschl", "inklusive", "inkl", "voraussichtlich", "mindestens") {
		j++
	}
	if b.is(j, "zum", "am", "den", "dem", "vom") {
		j++
	}
	return j
}

func dash(s string) bool { return s == "-" || s == "–" || s == "—" || s == "‐" || s == "‑" }

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
	if b.is(it.from-1, "am", "vom", "bis", "zum", "ab", "den", "dem", "seit", "der") {
		return it.stop || !b.at(it.to).upper
	}
	if b.at(it.from-1).Text == "(" && b.at(it.to).Text == ")" && weekdays[b.at(it.from-2).low] > 0 {
		return true
	}
	if p := b.at(it.from - 1); p.Kind == text.Word && p.upper && !b.is(it.from-1, "termin", "termine", "stand", "beginn", "start", "frist", "datum", "tag") {
		return false // NetworkManager 1.8. gibt es
	}
	return it.stop && (b.at(it.from-1).Text == "(" || b.at(it.to).Text != "" && !b.at(it.to).upper)
}

// references introduce numbers that are none of time.
var references = words(`§ §§ nr nummer art artikel abs absatz abschnitt kapitel ziffer ziff satz version az aktenzeichen tel telefon fax tel./fax din en iso vers seite s band bd plz postfach raum zimmer hausnummer b a l k u s re rb rufnummer durchwahl mobil drucksache vorlage`)

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

// resolveDay gives the day its year and checks the weekday.
func (c *context) resolveDay(cl *claim, it dayItem) reading {
	if it.y == 0 && it.ofYear && c.known() {
		if y := c.anchor.Day.Year() + it.years; valid(y, it.m, it.d) {
			r := c.anchored(dayOf(date(y, it.m, it.d)))
			r.warning = weekdayWarning(r.from, it.weekday)
			return r
		}
	}
	if it.y == 0 {
		y, anchor := c.yearFor(cl, it)
		if y == 0 {
			return open(schemas.DateDate, fmt.Sprintf("XXXX-%02d-%02d", it.m, it.d))
		}
		it.y = y
		if !valid(it.y, it.m, it.d) {
			return open(schemas.DateDate, fmt.Sprintf("XXXX-%02d-%02d", it.m, it.d))
		}
		r := c.dated(dayOf(date(it.y, it.m, it.d)))
		r.anchor = anchor
		r.warning = weekdayWarning(r.from, it.weekday)
		return r
	}
	if !valid(it.y, it.m, it.d) { // a list's year that has no 29 February
		return open(schemas.DateDate, fmt.Sprintf("XXXX-%02d-%02d", it.m, it.d))
	}
	r := c.dated(dayOf(date(it.y, it.m, it.d)))
	r.warning = weekdayWarning(r.from, it.weekday)
	return r
}

func weekdayWarning(t time.Time, weekday int) string {
	if weekday > 0 && isoDay(t) != weekday {
		return "weekday"
	}
	return ""
}

// yearFor chooses the year of a day and month: the weekday decides if only one near year fits it; then a year the text is speaking
// of in the past; else the nearest, with the tense of the clause.
func (c *context) yearFor(cl *claim, it dayItem) (int, string) {
	tense := cl.b.tense(cl.from, cl.to)
	if c.pastYear(cl, tense, it.m, it.d) {
		return c.year, anchoredInText
	}
	if !c.known() {
		return 0, ""
	}
	a := c.anchor.Day
	y := nearestYear(a, it.m, it.d, tense)
	if it.weekday > 0 {
		for _, cand := range []int{y, a.Year(), a.Year() + 1, a.Year() - 1} {
			if valid(cand, it.m, it.d) && isoDay(date(cand, it.m, it.d)) == it.weekday && date(cand, it.m, it.d).Sub(a).Abs() < 330*24*time.Hour {
				return cand, c.anchor.Kind
			}
		}
	}
	return y, c.anchor.Kind
}

// pastYear reports whether the text is telling of another year than the anchor's, named within the last sentences.
func (c *context) pastYear(cl *claim, t tense, m, d int) bool {
	if date(c.year, m, d).Before(c.yearFrom) { // a tale goes forward
		return false
	}
	if c.year == 0 || t != past {
		return false
	}
	if c.known() && c.year >= c.anchor.Day.Year()-1 {
		return false
	}
	gap := cl.b.at(cl.from).Sent - c.yearSent
	return gap == 0 || gap <= 2 && c.yearFine
}

// nearestYear is the year in which day d of month m is nearest to a. The tense moves the middle: what is told in the past lies
// before a, what is announced after it, with some weeks of grace for releases that are shown late.
func nearestYear(a time.Time, m, d int, t tense) int {
	best, bestDist := a.Year(), 1<<30
	for y := a.Year() - 1; y <= a.Year()+1; y++ {
		dd := d
		if !valid(y, m, d) {
			dd--
		}
		dist := int(date(y, m, dd).Sub(a).Hours() / 24)
		switch {
		case t == past && dist > 0:
			dist += 300
		case t == future && dist < -45:
			dist *= 10
		case t == present && dist < -60:
			dist *= 4
		case t == unknown && dist < -120:
			dist *= 2
		}
		if dist < 0 {
			dist = -dist
		}
		if dist < bestDist {
			best, bestDist = y, dist
		}
	}
	return best
}
