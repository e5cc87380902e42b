package timex

import (
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// frequency is the period of an adverb of frequency, or of its adjective before a noun ("die jährliche Feier"); "" for other words.
func (t *tok) frequency() string {
	if t.is(frequency) {
		return t.period
	}
	if n, ok := strings.CutSuffix(t.low, "jährlich"); ok {
		if c := cardinal(n); c > 0 {
			return "P" + strconv.Itoa(c) + "Y"
		}
	}
	for _, e := range endings {
		if stem, ok := strings.CutSuffix(t.low, e); ok && strings.HasSuffix(stem, "lich") {
			if w := lookUp(stem); w.is(frequencyStem) {
				return w.period
			}
		}
	}
	return ""
}

// sets reads what recurs: "jeden Montag", "jeden ersten Montag im Monat", "dienstags", "zweimal jährlich", "pro Jahr", "alle zwei Jahre".
func sets(b *block, i int) []claim {
	t := b.at(i)
	if t.Kind != text.Word && t.Kind != text.Number {
		return nil
	}
	if freq, j := b.times(i); freq != "" {
		return b.timesSet(i, j, freq)
	}
	if v := t.frequency(); v != "" {
		return b.one(ruleSetAdverb, i, i+1, fixed(ever(v)))
	}
	if v, to := b.perPeriod(i); v != "" {
		return b.one(ruleSetPer, i, to, fixed(ever(v)))
	}
	switch {
	case t.is(every):
		return b.everySet(i)
	case t.low == "alle" || t.low == "aller":
		if cs := b.allSet(i); cs != nil {
			return cs
		}
	case t.unit != "" && t.upper && b.is(i+1, "für", "um") && b.at(i+2).low == t.low:
		return b.one(ruleSetEvery, i, i+3, fixed(ever(duration("1", t.unit))))
	}
	return b.weekdaySet(i)
}

// allSet is "alle zwei Jahre".
func (b *block) allSet(i int) []claim {
	q, j := b.quantity(i + 1)
	if q == "" || !b.noun(j) || q == open && !b.is(i+1, "paar") {
		return nil
	}
	return b.one(ruleSetEvery, i, j+1, fixed(ever(duration(q, b.at(j).unit))))
}

// timesSet is a number of times, whose period begins at token j: "zweimal im Jahr".
func (b *block) timesSet(i, j int, freq string) []claim {
	v, to := b.perPeriod(j)
	if v == "" {
		return nil
	}
	r := ever(v)
	r.quant, r.freq = "", freq
	return b.one(ruleSetTimes, i, to, fixed(r))
}

// weekdaySet is "dienstags", "montagabends".
func (b *block) weekdaySet(i int) []claim {
	t := b.at(i)
	if t.day == 0 || t.low[len(t.low)-1] != 's' || b.is(i-1, "des", "eines", "dieses", "jedes", "vergangenen", "kommenden") {
		return nil
	}
	if t.upper && (t.weekday == 0 || !b.sentenceStart(i) && !b.sign(i-1, ":")) {
		return nil
	}
	return b.one(ruleSetWeekday, i, i+1, fixed(ever(partOfAny(anyWeekday(t.day), t.dayCode))))
}

// partOfAny narrows the value of a set to a part of the day, if there is one.
func partOfAny(value, code string) string {
	if code == "" {
		return value
	}
	return value + "T" + code
}

// everySet is "jeden …" with a unit, a weekday, a part of the day, an ordinal.
func (b *block) everySet(i int) []claim {
	ord, j := b.ordinal(i + 1)
	if b.is(j, "und", "oder") { // jeden ersten und dritten Montag im Monat
		if o2, k := b.ordinal(j + 1); o2 > 0 {
			j = k
		}
	}
	if ord > 0 && b.is(j, "werktag", "arbeitstag", "schultag") {
		return nil
	}
	t := b.at(j)
	if !t.upper {
		return nil
	}
	if t.day > 0 {
		return b.everyWeekday(i, j)
	}
	if v := everyValue(t, ord); v != "" {
		return b.one(ruleSetEvery, i, j+1, fixed(ever(v)))
	}
	return nil
}

// everyWeekday is "jeden Montag", "jeden Montagabend", "jeden zweiten Montag im Monat"; the weekday is token j.
func (b *block) everyWeekday(i, j int) []claim {
	t, to := b.at(j), j+1
	code := t.dayCode
	if n := b.at(to); code == "" && n.part != "" {
		code = n.part
		to++
	}
	if b.is(to, "im", "des", "eines", "pro") && b.is(to+1, "monat", "monats") {
		return b.one(ruleSetMonthly, i, to+2, fixed(ever("P1M")))
	}
	return b.one(ruleSetEvery, i, to, fixed(ever(partOfAny(anyWeekday(t.day), code))))
}

// everyValue is the value of "jeder" with a noun, and an ordinal between them; "" for nouns that are none of time.
func everyValue(t *tok, ord int) string {
	switch {
	case t.unit != "" && !t.is(plural):
		if t.unit == "WE" {
			return "XXXX-WXX-WE"
		}
		return duration(quantityOf(max(ord, 1)), t.unit)
	case t.part != "":
		return "XXXX-XX-XXT" + t.part
	case t.season != "":
		return "XXXX-" + t.season
	case t.month > 0 && !t.is(shortMonth):
		return "XXXX-" + two(t.month)
	}
	return ""
}

func two(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }

// times is "zweimal", "drei Mal", "3-mal", "mehrmals" and the token after it; the frequency as TIMEX3 writes it: 2X.
func (b *block) times(i int) (freq string, next int) {
	t := b.at(i)
	if t.is(manyTimes) {
		return "XX", i + 1
	}
	if n, ok := strings.CutSuffix(t.low, "mal"); ok && n != "" {
		if c := cardinal(strings.TrimSuffix(n, "-")); c > 0 {
			return strconv.Itoa(c) + "X", i + 1
		}
	}
	q, j := b.quantity(i)
	switch {
	case q == "" || q == open:
	case b.at(j).is(mal):
		return string(q) + "X", j + 1
	case b.sign(j, "-") && b.at(j+1).is(mal):
		return string(q) + "X", j + 2
	}
	return "", i
}

// perPeriod is "pro Jahr", "im Jahr", "am Tag", "je Woche", "die Woche", "jährlich" at token i; "im Jahr" only when no year follows.
func (b *block) perPeriod(i int) (value string, next int) {
	if v := b.at(i).frequency(); v != "" && v[0] == 'P' {
		return v, i + 1
	}
	n := b.at(i + 1)
	u := n.unit
	if u == "" || !n.upper || n.is(plural) || u == "WE" || u == "HY" {
		return "", i
	}
	if !b.eachUnit(i, u) {
		return "", i
	}
	return duration("1", u), i + 2
}

// eachUnit reports whether the word at token i makes a period of the unit behind it.
func (b *block) eachUnit(i int, u string) bool {
	switch b.at(i).low {
	case "pro", "je":
		return u != "TH" || !b.at(i-1).is(distance) // a speed
	case "im":
		return (u == "Y" || u == "M") && b.eachYear(i)
	case "am":
		return u == "D" && b.timesBefore(i)
	case "die":
		return u == "W" && b.timesBefore(i)
	case "jede", "jeden", "jedes":
		return b.timesBefore(i)
	}
	return false
}

// eachYear reports whether "im Jahr" at token i means every year, not a certain one: im Jahr 2020, im Jahr der Wende.
func (b *block) eachYear(i int) bool {
	n := b.at(i + 2)
	if n.Kind == text.Number || b.at(i+1).is(wholeYear) || b.at(i-1).Sent != b.at(i).Sent {
		return false
	}
	if b.timesBefore(i) {
		return true
	}
	return !n.is(certainYear) && (!n.upper || n.Kind != text.Word || n.Sent != b.at(i).Sent)
}

// timesBefore reports whether a frequency ends before token i: zweimal im Jahr.
func (b *block) timesBefore(i int) bool {
	for j := i - 1; j >= i-3 && j >= 0; j-- {
		if f, next := b.times(j); f != "" && next == i {
			return true
		}
	}
	return false
}
