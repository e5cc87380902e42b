package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// habitual reports whether a weekday in a list of opening hours stands for every such day: "Donnerstag zusätzlich 14 bis 18 Uhr".
func (c *discourse) habitual(cl *claim) bool {
	b := cl.b
	if c.setBlock != b.at(cl.from).Block || b.is(cl.from-1, "am", "den", "vom", "bis") {
		return false
	}
	i := cl.to
	if b.is(i, "zusätzlich", "auch", "nur", "und", "sowie") {
		i++
	}
	return b.openingHours(i)
}

// openings reads runs of weekdays, as in opening hours: "montags bis freitags", "Mo-Fr", "Montag bis Donnerstag". Both ends are claimed;
// with "von … bis" before or hours after them they are sets.
func openings(b *block, i int) []claim {
	t := b.at(i)
	always := strings.HasSuffix(t.low, "s") // montags
	if t.Kind != text.Word || !t.upper && !always {
		return nil
	}
	if cs := b.hyphenated(i); cs != nil {
		return cs
	}
	day, short := t.weekday, false
	if day == 0 {
		day, short = t.shortDay, true
	}
	if day == 0 {
		return nil
	}
	run, end := b.weekdayRun(i, day, short)
	switch {
	case short && !b.openingHours(end):
		return nil
	case !short && len(run) == 1: // sets reads "dienstags"
		return nil
	case !short && (t.upper || !always) && !b.openingHours(end):
		return nil
	}
	return run
}

// hyphenated is a run in one word: Mo-Fr, montags-freitags, Montag-Freitag.
func (b *block) hyphenated(i int) []claim {
	t := b.at(i)
	l, r, ok := strings.Cut(t.low, "-")
	if !ok {
		return nil
	}
	first, last := lookUp(l), lookUp(r)
	d1, d2 := first.shortDay, last.shortDay
	if d1 == 0 || d2 == 0 || !t.upper {
		d1, d2 = first.weekday, last.weekday
	}
	if d1 == 0 || d2 == 0 || !b.openingHours(i+1) {
		return nil
	}
	out := append(b.one(ruleOpeningDays, i, i+1, weekly(d1)), b.claim(ruleOpeningDays, i, i+1, weekly(d2)))
	out[0].end = t.Start + len(l)
	out[1].start = t.End - len(r)
	return out
}

// weekdayRun reads the weekdays from token i, the first of which is day, and the token after them.
func (b *block) weekdayRun(i, day int, short bool) (run []claim, end int) {
	end = b.shortDayEnd(i+1, short)
	run = b.one(ruleOpeningDays, i, end, weekly(day))
	for len(run) < 7 {
		if !b.is(end, "bis", "und", ",", "+", "/", "&") && !dash(b.at(end).Text) {
			break
		}
		k := end + 1
		n := b.at(k).weekday
		if n == 0 && short {
			n = b.at(k).shortDay
		}
		if n == 0 {
			break
		}
		end = b.shortDayEnd(k+1, short)
		run = append(run, b.claim(ruleOpeningDays, k, end, weekly(n)))
	}
	return run, end
}

// shortDayEnd skips the stop of "Mo." at token i.
func (b *block) shortDayEnd(i int, short bool) int {
	if short && b.sign(i, ".") && b.glued(i) {
		return i + 1
	}
	return i
}

// openingHours reports whether clock times, or a colon before them, follow token i.
func (b *block) openingHours(i int) bool {
	for range 4 {
		if !b.is(i, ":", ",", ".", "von", "jeweils", "ab") {
			break
		}
		i++
	}
	t := b.clock(i)
	switch {
	case t.next == 0:
		return false
	case t.sure, strings.Contains(b.at(i).Text, ":"):
		return true
	}
	if k := b.rangeSeparator(t.next); k > 0 {
		u := b.clock(k)
		return u.next > 0 && u.sure
	}
	return false
}
