package timex

import (
	"fmt"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// clockTime is a time of day as read: sure if "Uhr" follows, or a colon and a preposition of time say so.
type clockTime struct {
	h, m int
	next int // the token after it, 0 for no time
	sure bool
}

// clocks reads times of day: "18 Uhr", "18.30 Uhr", "18:30", "halb neun", "neun Uhr", and ranges of them: "14 bis 18 Uhr".
func clocks(b *block, i int) []claim {
	if b.labelled(i) {
		return nil
	}
	t := b.clock(i)
	if t.next == 0 {
		return nil
	}
	if t.h < 12 && b.afternoon(i, t.next) {
		t.h += 12
	}
	if k := b.rangeSeparator(t.next); k > 0 {
		if u := b.clock(k); u.next > 0 && (t.sure || u.sure) {
			return append(b.one(ruleClockRange, i, t.next, t.eval), b.claim(ruleClockRange, k, u.next, u.eval))
		}
	}
	switch {
	case t.sure:
		cs := b.one(ruleClock, i, t.next, t.eval)
		if last := b.at(t.next - 1); last.Kind == text.Word && strings.HasSuffix(last.Text, ".") { // 19h.
			cs[0].end = last.End - 1
		}
		return cs
	case b.sign(t.next, ",") && b.is(i-1, "um", "ab", "jeweils", "gegen", "ca"):
		return b.clockList(i)
	}
	return nil
}

// clockList is an enumeration with one "Uhr" at its end: "um 7.15, 8.15 und 9.15 Uhr".
func (b *block) clockList(i int) []claim {
	var out []claim
	for len(out) < mostClocks {
		t := b.clock(i)
		if t.next == 0 {
			return nil
		}
		out = append(out, b.claim(ruleClockList, i, t.next, t.eval))
		if t.sure {
			return out
		}
		if !b.is(t.next, ",", "und", "sowie") {
			return nil
		}
		i = t.next + 1
	}
	return nil
}

// afternoon reports whether a part of the day beside the time says that it counts from noon: "8 Uhr abends", "am Abend um acht".
func (b *block) afternoon(i, next int) bool {
	later := func(t *tok) bool {
		code := t.part
		if t.day > 0 {
			code = t.dayCode
		}
		return code == "AF" || code == "EV"
	}
	return b.is(next, "abends", "nachmittags") || b.is(next, "am") && later(b.at(next+1)) || b.is(i-1, "um", "gegen", "ab") && later(b.at(i-2))
}

// rangeSeparator is the token after "bis", "bis zum", "–", "und" (zwischen 8 und 12 Uhr) at token i, 0 for none.
func (b *block) rangeSeparator(i int) int {
	switch {
	case b.is(i, "bis", "und", "oder") || dash(b.at(i).Text):
		i++
		if b.is(i, "gegen", "ca", "circa", "etwa", "um") {
			i++
		}
		return i
	case b.sign(i, "/"):
		return i + 1
	}
	return 0
}

// clock reads one time at token i.
func (b *block) clock(i int) clockTime {
	t := b.at(i)
	switch t.Kind {
	case text.Number:
		if c := b.minutesClock(i); c.next > 0 {
			return c
		}
		return b.digitalClock(i)
	case text.Word:
		switch {
		case '0' <= t.Text[0] && t.Text[0] <= '9':
			return b.gluedClock(i)
		case t.is(fraction):
			return b.fraction(i)
		case t.low == "drei" && b.is(i+1, "viertel"):
			return b.threeQuarters(i)
		}
		if c := b.minutesClock(i); c.next > 0 {
			return c
		}
		return b.wordClock(i)
	}
	return clockTime{}
}

// digitalClock is a time in digits: 18 Uhr, 18.30, 18:30.
func (b *block) digitalClock(i int) clockTime {
	h, m, ok := hourMinute(b.at(i).Text)
	switch {
	case !ok:
		return clockTime{}
	case b.is(i+1, "uhr", "h"):
		return clockTime{h, m, i + 2, true}
	}
	return clockTime{h, m, i + 1, strings.Contains(b.at(i).Text, ":") && b.colonSure(i) || b.pointSure(i)}
}

// pointSure tells a time with a point that says no "Uhr" from other numbers: a sure time stands before it in the sentence, a preposition of
// time right before it, and nothing that is counted behind: "um 8 Uhr beginnt die Begehung, um 10.45 folgt der Empfang".
func (b *block) pointSure(i int) bool {
	t, next := b.at(i), b.at(i+1)
	switch {
	case len(t.Text) < 4 || t.Text[len(t.Text)-3] != '.' || !b.is(i-1, "um", "ab", "gegen", "bis"):
		return false
	case next.is(measure), b.is(i+1, "auf"), next.Kind == text.Number, next.upper && !b.sentenceStart(i+1), b.glued(i+1) && !b.sign(i+1, ",", ".", ")", ";"):
		return false
	}
	for k := i - 1; k >= i-clockBefore && b.at(k).Sent == t.Sent; k-- {
		if b.is(k, "uhr") && b.digits(k-1) {
			return true
		}
	}
	return false
}

// minutesClock is "zehn vor acht", "20 nach 7 Uhr", "fünf vor halb neun": some minutes before or after an hour. A preposition of time
// before it or "Uhr" behind it makes it one.
func (b *block) minutesClock(i int) clockTime {
	m := b.minutes(i)
	if m == 0 || !b.is(i+1, "vor", "nach") {
		return clockTime{}
	}
	at, next := b.hourOrHalf(i + 2)
	switch {
	case next == 0:
		return clockTime{}
	case b.is(next, "uhr"):
		next++
	case !b.is(i-1, "um", "gegen", "ab", "bis", "seit", "von", "erst", "schon", "es") || b.counts(next):
		return clockTime{}
	}
	if b.is(i+1, "vor") {
		m = -m
	}
	at += m
	return clockTime{at / 60 % 24, at % 60, next, true}
}

// hourOrHalf is an hour at token i, or "halb" and one, in minutes of the day, and the token after it, 0 for none.
func (b *block) hourOrHalf(i int) (minutes, next int) {
	half := 0
	if b.is(i, "halb") {
		half = 30
		i++
	}
	h := b.hourWord(i)
	if h == 0 || half > 0 && h > 12 || b.glued(i+1) && b.sign(i+1, ":", "/") {
		return 0, 0
	}
	return 60*h - half, i + 1
}

// counts reports whether what stands at token i is counted by the number before it.
func (b *block) counts(i int) bool {
	t := b.at(i)
	return t.is(measure) || t.unit != "" || t.upper && t.Sent == b.at(i-1).Sent
}

// minutes are those before or after an hour, in digits or words; 0 for none.
func (b *block) minutes(i int) int {
	m := b.integer(i)
	if m < 0 {
		m = b.cardinal(i)
	}
	if m < 1 || m > 29 || b.at(i).is(indefinite) {
		return 0
	}
	return m
}

// threeQuarters is "drei viertel acht".
func (b *block) threeQuarters(i int) clockTime {
	if h := b.hourWord(i + 2); h > 0 && h <= 12 && b.is(i-1, "um", "gegen", "ab", "bis") {
		return clockTime{h - 1, 45, i + 3, true}
	}
	return clockTime{}
}

// colonSure tells a time with a colon from a score: a label, a date, a second time or a preposition stands beside it.
func (b *block) colonSure(i int) bool {
	t, prev := b.at(i), b.at(i-1)
	minutes := len(t.Text) > 3 && t.Text[len(t.Text)-3] == ':'
	switch {
	case prev.Text == ":" && b.at(i-2).is(clockLabel):
		return true
	case (prev.Text == "," || prev.Text == "|") && b.digits(i-2) && minutes:
		return true
	case b.clockSpan(i):
		return true
	case prev.low == "von":
		return len(t.Text) > 3 && (b.is(i+1, "bis") || dash(b.at(i+1).Text))
	}
	return prev.is(beforeClock) && len(t.Text) > 3
}

// gluedClock is a time that its unit is written to: 18uhr, um 19h, 18-20h.
func (b *block) gluedClock(i int) clockTime {
	t := b.at(i)
	hour, ok := strings.CutSuffix(t.low, "uhr")
	if !ok {
		hour, ok = strings.CutSuffix(t.low, "h")
		ok = ok && (len(hour) > 2 || b.at(i-1).is(beforeClock) || b.at(i-1).is(clockLabel) || b.at(i-2).is(clockLabel) || dash(b.at(i-1).Text) && b.digits(i-2))
	}
	if !ok {
		var minutes string
		if hour, minutes, ok = strings.Cut(t.low, "h"); !ok || len(minutes) != 2 || len(hour) > 2 {
			return clockTime{}
		}
		hour += ":" + minutes // 21h30
	}
	if h, m, ok := hourMinute(hour); ok {
		return clockTime{h, m, i + 1, true}
	}
	return clockTime{}
}

// fraction is "halb neun", "Viertel vor zehn", "Viertel nach 10 Uhr".
func (b *block) fraction(i int) clockTime {
	if b.is(i, "halb") {
		if h := b.cardinal(i + 1); h >= 1 && h <= 12 {
			return clockTime{h - 1, 30, i + 2, true}
		}
		return clockTime{}
	}
	if h := b.cardinal(i + 1); h >= 1 && h <= 12 && b.is(i-1, "um", "gegen", "ab", "bis") { // um dreiviertel acht
		m := 15
		if b.is(i, "dreiviertel") {
			m = 45
		}
		return clockTime{h - 1, m, i + 2, true}
	}
	h := b.hourWord(i + 2)
	if h == 0 || !b.is(i+1, "vor", "nach") {
		return clockTime{}
	}
	next := i + 3
	if b.is(next, "uhr") {
		next++
	}
	if b.is(i+1, "vor") {
		return clockTime{h - 1, 45, next, true}
	}
	return clockTime{h % 24, 15, next, true}
}

// wordClock is an hour in words: "neun Uhr", "acht Uhr dreißig", "um acht".
func (b *block) wordClock(i int) clockTime {
	t := b.at(i)
	h := cardinal(t.low)
	if h < 1 || h > 24 {
		return clockTime{}
	}
	if b.is(i+1, "uhr") && (!t.is(indefinite) || t.low == "ein") {
		if m := b.cardinal(i + 2); m > 0 && m < 60 && b.at(i+3).unit == "" {
			return clockTime{h % 24, m, i + 3, true}
		}
		return clockTime{h % 24, 0, i + 2, true}
	}
	if h <= 12 && !b.is(i, "ein", "eine", "einen", "einem") && b.bareHour(i) {
		return clockTime{h, 0, i + 1, true}
	}
	return clockTime{}
}

// bareHour is a number word that stands for a time: "abends um acht", "heute um elf", "beginnt um sieben."
func (b *block) bareHour(i int) bool {
	n := b.at(i + 1)
	if !b.is(i-1, "um") || b.at(i).upper || n.upper || n.is(measure) {
		return false
	}
	if p := b.at(i - 2); p.day > 0 || p.is(deictic) || p.part != "" {
		return true
	}
	return n.Sent != b.at(i).Sent || b.is(i+1, ".", ",", "am", "morgens", "abends", "nachmittags")
}

func (b *block) hourWord(i int) int {
	if n := b.integer(i); n >= 1 && n <= 24 {
		return n
	}
	if n := b.cardinal(i); n >= 1 && n <= 12 {
		return n
	}
	return 0
}

// clockSpan reports two times with colons around a dash: 14:00 - 16:30. Scores (3:1 - 2:1) have no two-digit second half.
func (b *block) clockSpan(i int) bool {
	for _, k := range [...]int{i + 2, i - 2} {
		if !b.digits(k) || !dash(b.at((i+k)/2).Text) {
			continue
		}
		s, e := b.at(min(i, k)).Text, b.at(max(i, k)).Text
		h1, m1, ok1 := hourMinute(s)
		h2, m2, ok2 := hourMinute(e)
		return ok1 && ok2 && strings.Contains(s, ":") && strings.Contains(e, ":") && h1*60+m1 < h2*60+m2
	}
	return false
}

// hourMinute reads 18, 18.30 and 18:30; 24 is midnight.
func hourMinute(s string) (h, m int, ok bool) {
	hs, ms, cut := strings.Cut(s, ":")
	if !cut {
		hs, ms, cut = strings.Cut(s, ".")
	}
	if len(hs) > 2 || cut && len(ms) != 2 {
		return 0, 0, false
	}
	h = atoi(hs)
	if cut {
		m = atoi(ms)
	}
	if h < 0 || m < 0 || h > 24 || m > 59 || h == 24 && m > 0 {
		return 0, 0, false
	}
	return h, m, true
}

// eval is the time on the day the text speaks of.
func (t clockTime) eval(c *discourse, cl *claim) reading {
	return c.timed(cl, fmt.Sprintf("T%02d:%02d", t.h, t.m), "")
}
