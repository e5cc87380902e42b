package timex

import (
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// adverbs of frequency with their period.
var frequencies = table("P1D", "täglich tagtäglich alltäglich", "P1W", "wöchentlich allwöchentlich", "P1M", "monatlich allmonatlich", "P1Y", "jährlich alljährlich", "PT1H", "stündlich", "P3M", "vierteljährlich quartalsweise",
	"P6M", "halbjährlich", "P2W", "vierzehntägig zweiwöchentlich", "P2M", "zweimonatlich", "P2Y", "zweijährlich", "XXXX-WXX-WD", "werktags wochentags", "XXXX-WXX-WE", "wochenends")

// inflected forms stand before a noun ("die jährliche Feier").
var frequencyStems = strings.Fields("täglich wöchentlich monatlich jährlich alljährlich stündlich vierteljährlich halbjährlich")

func frequency(low string) string {
	if v := frequencies[low]; v != "" {
		return v
	}
	for _, s := range frequencyStems {
		if strings.HasPrefix(low, s) {
			switch low[len(s):] {
			case "e", "en", "er", "es", "em":
				return frequencies[s]
			}
		}
	}
	if n, ok := strings.CutSuffix(low, "jährlich"); ok {
		if c := cardinal(n); c > 0 {
			return "P" + strconv.Itoa(c) + "Y"
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
	set := func(rule ruleID, to int, value, quant, freq string) []claim {
		return []claim{b.claim(rule, i, to, fixed(reading{typ: schemas.DateSet, value: value, quant: quant, freq: freq}))}
	}
	if freq, j := b.times(i); freq != "" {
		if v, to := b.perPeriod(j); v != "" {
			return set(ruleSetTimes, to, v, "", freq)
		}
		return nil
	}
	if v := frequency(t.low); v != "" {
		return set(ruleSetAdverb, i+1, v, "every", "")
	}
	if v, to := b.perPeriod(i); v != "" {
		return set(ruleSetPer, to, v, "every", "")
	}
	switch {
	case everyWord[t.low]:
		return b.everySet(i, set)
	case t.low == "alle" || t.low == "aller":
		if q, j := b.quantity(i + 1); q != "" && b.noun(j) && (q != "X" || b.is(i+1, "paar")) {
			return set(ruleSetEvery, j+1, duration(q, units[b.at(j).low]), "every", "")
		}
	case units[t.low] != "" && t.upper && b.is(i+1, "für", "um") && b.at(i+2).low == t.low:
		return set(ruleSetEvery, i+3, duration("1", units[t.low]), "every", "")
	case t.upper && weekdays[t.low] == 0, t.upper && !b.sentenceStart(i) && b.at(i-1).Text != ":":
		return nil
	case strings.HasSuffix(t.low, "s"):
		if wd, part := dayName(t.low); wd > 0 && !b.is(i-1, "des", "eines", "dieses", "jedes", "vergangenen", "kommenden") {
			v := "XXXX-WXX-" + string(rune('0'+wd))
			to := i + 1
			if part != "" {
				v += "T" + part
			}
			return set(ruleSetWeekday, to, v, "every", "")
		}
	}
	return nil
}

// everySet is "jeden …" with a unit, a weekday, a part of the day, an ordinal.
func (b *block) everySet(i int, set func(rule ruleID, to int, value, quant, freq string) []claim) []claim {
	j := i + 1
	ord, k := b.ordinal(j)
	if ord > 0 {
		j = k
	}
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
	to := j + 1
	if wd, part := dayName(t.low); wd > 0 {
		if part == "" {
			if code := partsOfDay[b.at(to).low]; code != "" {
				part = code
				to++
			}
		}
		v := "XXXX-WXX-" + string(rune('0'+wd))
		if part != "" {
			v += "T" + part
		}
		if b.is(to, "im", "des", "eines", "pro") && b.is(to+1, "monat", "monats") {
			return set(ruleSetMonthly, to+2, "P1M", "every", "")
		}
		return set(ruleSetEvery, to, v, "every", "")
	}
	if u := units[t.low]; u != "" && !plurals[t.low] {
		n := "1"
		if ord > 1 {
			n = strconv.Itoa(ord)
		}
		if u == "WE" {
			return set(ruleSetEvery, to, "XXXX-WXX-WE", "every", "")
		}
		return set(ruleSetEvery, to, duration(quantity(n), u), "every", "")
	}
	if code := partsOfDay[t.low]; code != "" {
		return set(ruleSetEvery, to, "XXXX-XX-XXT"+code, "every", "")
	}
	if code := seasons[t.low]; code != "" {
		return set(ruleSetEvery, to, "XXXX-"+code, "every", "")
	}
	if m := months[t.low]; m > 0 && !shortMonths[t.low] {
		return set(ruleSetEvery, to, "XXXX-"+two(m), "every", "")
	}
	return nil
}

func two(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }

// times is "zweimal", "drei Mal", "3-mal", "mehrmals" and the token after it; the frequency as TIMEX3 writes it: 2X.
func (b *block) times(i int) (freq string, next int) {
	t := b.at(i)
	if b.is(i, "mehrmals", "mehrfach") {
		return "XX", i + 1
	}
	if n, ok := strings.CutSuffix(t.low, "mal"); ok && n != "" {
		if c := cardinal(strings.TrimSuffix(n, "-")); c > 0 {
			return strconv.Itoa(c) + "X", i + 1
		}
	}
	if q, j := b.quantity(i); q != "" && q != "X" {
		if b.is(j, "mal") {
			return string(q) + "X", j + 1
		}
		if b.at(j).Text == "-" && b.is(j+1, "mal") {
			return string(q) + "X", j + 2
		}
	}
	return "", i
}

// perPeriod is "pro Jahr", "im Jahr", "am Tag", "je Woche", "die Woche", "jährlich" at token i; "im Jahr" only when no year follows.
func (b *block) perPeriod(i int) (value string, next int) {
	if v := frequency(b.at(i).low); v != "" && strings.HasPrefix(v, "P") {
		return v, i + 1
	}
	u := units[b.at(i+1).low]
	if u == "" || !b.at(i+1).upper || plurals[b.at(i+1).low] || u == "WE" || u == "HY" {
		return "", i
	}
	freq, _ := b.timesBefore(i)
	switch {
	case b.is(i, "pro", "je") && u == "TH" && b.is(i-1, "kilometer", "kilometern", "km", "meter", "metern", "meilen"):
		return "", i // a speed
	case b.is(i, "pro", "je"):
		return "P" + clockUnit(u), i + 2
	case b.is(i, "im") && (u == "Y" || u == "M"):
		if n := b.at(i + 2); n.Kind == text.Number || n.upper && n.Kind == text.Word && n.Sent == b.at(i).Sent && freq == "" {
			return "", i
		}
		if b.is(i+2, "der", "des", "seiner", "ihrer", "dieser", "in", "als", "nach", "vor", "zuvor", "davor", "danach", "darauf", "seit") && freq == "" {
			return "", i // im Jahr der Wende
		}
		if b.is(i+1, "gesamtjahr", "arbeitsjahr", "schuljahr", "kalenderjahr", "geschäftsjahr", "haushaltsjahr") || b.at(i-1).Sent != b.at(i).Sent {
			return "", i
		}
		return "P1" + u, i + 2
	case freq != "" && (b.is(i, "am") && u == "D" || b.is(i, "in") && b.is(i+1, "der") || b.is(i, "die") && u == "W" || b.is(i, "jede", "jeden", "jedes")):
		return "P1" + u, i + 2
	}
	if freq != "" && b.is(i, "in") && b.is(i+1, "der") && b.is(i+2, "woche") {
		return "P1W", i + 3
	}
	return "", i
}

func clockUnit(u string) string {
	if strings.HasPrefix(u, "T") {
		return "T1" + u[1:]
	}
	return "1" + u
}

// timesBefore reports a frequency that ends before token i.
func (b *block) timesBefore(i int) (string, int) {
	for j := i - 1; j >= i-3 && j >= 0; j-- {
		if f, next := b.times(j); f != "" && next == i {
			return f, j
		}
	}
	return "", i
}
