package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// habitual reports whether a weekday in a list of opening hours stands for every such day: "Donnerstag zusätzlich 14 bis 18 Uhr".
func (c *context) habitual(cl *claim) bool {
	b := cl.b
	if c.setBlock != b.at(cl.from).Block || b.is(cl.from-1, "am", "den", "vom", "bis") {
		return false
	}
	i := cl.to
	if b.is(i, "zusätzlich", "auch", "nur", "und", "sowie") {
		i++
	}
	return b.hours(i)
}

// openings reads runs of weekdays, as in opening hours: "montags bis freitags", "Mo-Fr", "Montag bis Donnerstag". Both ends are claimed;
// with "von … bis" before or hours after them they are sets.
func openings(b *block, i int) []claim {
	t := b.at(i)
	if t.Kind != text.Word || !t.upper && !strings.HasSuffix(t.low, "s") {
		return nil
	}
	if l, r, ok := strings.Cut(t.low, "-"); ok && b.hours(i+1) { // Mo-Fr, montags-freitags, Montag-Freitag
		d1, d2 := shortDays[l], shortDays[r]
		if d1 == 0 || d2 == 0 || !t.upper {
			d1, d2 = weekdays[l], weekdays[r]
		}
		if d1 == 0 || d2 == 0 {
			return nil
		}
		first, last := b.claim(ruleOpeningDays, i, i+1, weekly(d1)), b.claim(ruleOpeningDays, i, i+1, weekly(d2))
		first.end = t.Start + len(l)
		last.start = t.End - len(r)
		return []claim{first, last}
	}
	wd, short := weekdays[t.low], false
	if wd == 0 {
		wd, short = shortDays[t.low], true
	}
	if wd == 0 {
		return nil
	}
	j := i + 1
	if short && b.at(j).Text == "." && b.glued(j) {
		j++
	}
	run := []claim{b.claim(ruleOpeningDays, i, j, weekly(wd))}
	for len(run) < 7 {
		k := j
		if !b.is(k, "bis", "und") && !dash(b.at(k).Text) && b.at(k).Text != "," && b.at(k).Text != "+" && b.at(k).Text != "/" && b.at(k).Text != "&" {
			break
		}
		k++
		n := weekdays[b.at(k).low]
		if n == 0 && short {
			n = shortDays[b.at(k).low]
		}
		if n == 0 {
			break
		}
		j = k + 1
		if short && b.at(j).Text == "." && b.glued(j) {
			j++
		}
		run = append(run, b.claim(ruleOpeningDays, k, j, weekly(n)))
	}
	habitual := strings.HasSuffix(t.low, "s") && !t.upper
	if short {
		if !b.hours(j) {
			return nil
		}
	} else if !habitual && (len(run) == 1 || !b.hours(j)) {
		return nil
	}
	if len(run) == 1 && !short {
		return nil // sets reads "dienstags"
	}
	return run
}

// hours reports whether clock times, or a colon before them, follow token i.
func (b *block) hours(i int) bool {
	for n := 0; n < 4; n++ {
		switch {
		case b.at(i).Text == ":" || b.at(i).Text == "," || b.at(i).Text == "." || b.is(i, "von", "jeweils", "ab"):
			i++
			continue
		}
		break
	}
	_, _, next, sure := b.clock(i)
	if next == 0 {
		return false
	}
	if sure || strings.Contains(b.at(i).Text, ":") {
		return true
	}
	k := b.rangeSeparator(next)
	if k == 0 {
		return false
	}
	_, _, next, sure = b.clock(k)
	return next > 0 && sure
}

func weekly(wd int) func(*context, *claim) reading {
	return fixed(reading{typ: schemas.DateSet, value: "XXXX-WXX-" + string(rune('0'+wd)), quant: "every"})
}
