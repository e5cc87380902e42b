package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// numericDate reads 12.03.2024, 12.3.24 and 12.03 (with year 0), 2024-03-12 being cut into three tokens.
func numericDate(s string) (d, m, y int, ok bool) {
	ds, rest, two := strings.Cut(s, ".")
	ms, ys, three := strings.Cut(rest, ".")
	if !two || len(ds) > 2 || len(ms) > 2 {
		return 0, 0, 0, false
	}
	d, m = atoi(ds), atoi(ms)
	if three {
		if y = calendarYear(ys); y == 0 {
			return 0, 0, 0, false
		}
	}
	if !valid(y, m, d) {
		return 0, 0, 0, false
	}
	return d, m, y, true
}

// calendarYear reads the year of a date, in four digits or two; 0 for anything else.
func calendarYear(s string) int {
	y := atoi(s)
	switch {
	case y < 0:
		return 0
	case len(s) == 2 && y <= lastShortYear:
		return 2000 + y
	case len(s) == 2:
		return 1900 + y
	case len(s) == 4 && aYear(y):
		return y
	}
	return 0
}

// plausibleDay refuses numbers that only look like a day: § 12.3, 12.3 Prozent, version 2.1, Az. 5.4.
func (b *block) plausibleDay(it *dayItem) bool {
	if b.labelled(it.from) {
		return false
	}
	return it.y != 0 || !it.numeric || it.weekday > 0 || b.plausibleNumber(it)
}

// plausibleNumber decides for 12.3 and 12.3. alone.
func (b *block) plausibleNumber(it *dayItem) bool {
	prev, next := b.at(it.from-1), b.at(it.to)
	switch {
	case b.elseNumber(it):
		return false
	case prev.is(beforeDay):
		return it.stop || !next.upper
	case prev.Text == "(" && next.Text == ")" && b.at(it.from-2).weekday > 0:
		return true
	case it.to-it.from > 2: // "1. 2." may count
		return false
	case prev.Kind == text.Word && prev.upper && !prev.is(dayNoun): // a version: Manager 1.8. gibt es
		return false
	}
	return it.stop && (prev.Text == "(" || next.Text != "" && !next.upper)
}

// elseNumber reports a number of something that is counted, a part of a longer number, or a mark.
func (b *block) elseNumber(it *dayItem) bool {
	switch {
	case b.at(it.to).is(measure), b.glued(it.from) && b.sign(it.from-1, ".", ",", "/"):
		return true
	case b.at(it.from-1).is(joint) && b.digits(it.from-2) && (!it.stop || !b.sign(it.from-2, ".")):
		return true // Noten von 1.3 bis 2.7, the last stop being the sentence's
	}
	return b.graded(it.from)
}

// graded reports whether the numbers before token i are marks or averages: "Noten zwischen 1.3. und 2.7."
func (b *block) graded(i int) bool {
	for first := i; i > first-gradeTokens && (b.digits(i-1) || b.sign(i-1, ".") || b.at(i-1).is(joint)); {
		i--
	}
	for k := i - 1; k >= i-gradeReach && b.at(k).Sent == b.at(i).Sent; k-- {
		if hasEnd(b.at(k).low, grade) {
			return true
		}
	}
	return false
}

// plausibleList refuses lists of numbers that only look like days: "1.1, 2.1 und 3.2 Prozent". A name of a month, a year or a weekday
// makes one; else every number needs its stop, or a preposition of time the first.
func (b *block) plausibleList(items []dayItem) bool {
	first, last := &items[0], &items[len(items)-1]
	if b.at(last.to).is(measure) || b.labelled(first.from) {
		return false
	}
	if first.numeric && first.y == 0 && first.weekday == 0 && b.graded(first.from) {
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

// labelled reports whether a word before token i makes it a number that is none of time: § 12, Raum 2024. Labels of one or two
// letters count with a capital, "nr", "az" and "§" always.
func (b *block) labelled(i int) bool {
	t := b.at(i - 1)
	if b.sign(i-1, ".", ":") {
		t = b.at(i - 2)
	}
	if !t.is(label) {
		return false
	}
	return len(t.low) > 2 || t.upper || t.low == "nr" || t.low == "az" || t.low == "§"
}
