package timex

import (
	"fmt"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// periods reads phrases around units longer than an hour, months, seasons, quarters, weeks by number, decades and centuries, each
// also with "Anfang", "Mitte" or "Ende" before it.
func periods(b *block, i int) []claim {
	if b.is(i, "anfang", "mitte", "ende", "beginn") && b.at(i).upper {
		if cs := b.period(i + 1); len(cs) > 0 && !strings.HasPrefix(cs[0].rule, "duration") && cs[0].from == i+1 {
			cs[0].from = i
			return cs
		}
		return nil
	}
	return b.period(i)
}

func (b *block) period(i int) []claim {
	for _, f := range []func(*block, int) []claim{monthNames, seasonNames, weekNumbers, decades, unitPhrases, modifiedYear} {
		if cs := f(b, i); cs != nil {
			return cs
		}
	}
	return nil
}

// modifiedYear is the year of "Ende 2024"; alone, years are read by their own rule.
func modifiedYear(b *block, i int) []claim {
	if !b.is(i-1, "anfang", "mitte", "ende", "beginn", "jahresende", "jahresbeginn") {
		return nil
	}
	if y := b.integer(i); y >= 1000 && y <= 2100 && !b.unitAfter(i+1) {
		return []claim{b.claim("year", i, i+1, atYear(y))}
	}
	return nil
}

func atYear(y int) func(*context, *claim) reading {
	return func(c *context, _ *claim) reading { return c.dated(yearOf(y)) }
}

// monthNames reads "März 2024", "März und April 2024" and, where the words around make it a month, "März".
func monthNames(b *block, i int) []claim {
	type item struct{ from, to, m, y int }
	var items []item
	j := i
	start := i
	if b.is(j, "diesen", "diesem", "dieses", "kommenden", "nächsten", "vergangenen", "letzten", "vorigen") {
		j++
	}
	for len(items) < 12 {
		t := b.at(j)
		m := months[t.low]
		if m == 0 || t.Kind != text.Word || !t.upper || shortMonths[t.low] && b.integer(j+1) < 1000 {
			break
		}
		y, to := b.yearAfter(j + 1)
		items = append(items, item{j, to, m, y})
		if b.is(to, "und", "bis", "oder") || dash(b.at(to).Text) || b.at(to).Text == "/" || b.at(to).Text == "," {
			j = to + 1
			if b.is(j, "im", "zum") {
				j++
			}
			continue
		}
		if b.is(to, "sowie") && b.is(to+1, "im") {
			j = to + 2
			continue
		}
		break
	}
	if len(items) == 0 {
		return nil
	}
	items[0].from = start
	if items[len(items)-1].y == 0 && !b.monthContext(start, items[0].to) {
		return nil
	}
	last := &items[len(items)-1]
	rel, ofYear := 0, false
	if p, ok := b.phrase(last.to); ok && last.y == 0 && p.unit == "Y" && p.q == "" && p.ord == 0 && b.is(p.head, "jahres") && (p.hasRel || these[p.det] || p.det == "des") {
		rel, ofYear = p.rel, true
		last.to = p.to
		if yy := b.integer(p.to); yy >= 1000 && yy <= 2100 {
			last.y, last.to, ofYear = yy, p.to+1, false
		}
	}
	y, m := 0, 13
	out := make([]claim, len(items))
	for k := len(items) - 1; k >= 0; k-- {
		it := &items[k]
		if it.y == 0 && y != 0 {
			it.y = y
			if it.m > m {
				it.y--
			}
		}
		y, m = it.y, it.m
	}
	for k, it := range items {
		n, has := relatives[b.at(it.from).low]
		out[k] = b.claim("month", it.from, it.to, func(c *context, cl *claim) reading {
			if it.y > 0 {
				return c.dated(monthOf(it.y, it.m))
			}
			if ofYear && c.known() {
				return c.anchored(monthOf(c.anchor.Day.Year()+rel, it.m))
			}
			if has && n != 0 && c.known() {
				y := c.anchor.Day.Year()
				if am := int(c.anchor.Day.Month()); n > 0 && it.m <= am {
					y++
				} else if n < 0 && it.m >= am {
					y--
				}
				return c.anchored(monthOf(y, it.m))
			}
			return c.yearless(cl, it.m, monthOf, fmt.Sprintf("XXXX-%02d", it.m))
		})
	}
	return out
}

// monthContext tells a month from a surname or a given name (Karl May is safe, Robert Mai and August Macke are not).
func (b *block) monthContext(i, to int) bool {
	if !b.is(i, "diesen", "diesem", "dieses", "kommenden", "nächsten", "vergangenen", "letzten", "vorigen") {
		prev := b.at(i - 1)
		switch {
		case b.is(i-1, "im", "ab", "seit", "bis", "vom", "zum", "anfang", "mitte", "ende", "beginn", "vor", "nach", "für", "von", "und", "per", "jeden", "den", "monat", "monats", "zwischen", "des"):
		case nameMonths[b.at(i).low]:
			return false
		case prev.Kind == text.Word && prev.upper && !b.sentenceStart(i-1):
			return false
		}
	}
	if nameMonths[b.at(i).low] && !b.is(i-1, "im", "ab", "seit", "bis", "anfang", "mitte", "ende") {
		n := b.at(to)
		return !(n.Kind == text.Word && n.upper && n.Sent == b.at(i).Sent)
	}
	return true
}

// yearless gives a period that comes every year the year the tense and the anchor speak for.
func (c *context) yearless(cl *claim, n int, of func(y, n int) period, unknownValue string) reading {
	t := cl.b.tense(cl.from, cl.to)
	if c.year > 0 {
		if p := of(c.year, n); c.pastYear(cl, t, int(p.from.Month()), p.from.Day()) {
			return c.inText(p)
		}
	}
	if !c.known() {
		return open(schemas.DateDate, unknownValue)
	}
	a := c.anchor.Day
	p := of(a.Year(), n)
	switch t {
	case past:
		if p.from.After(a) {
			p = of(a.Year()-1, n)
		}
	case future:
		if p.to.Before(a) && a.Sub(p.to) > 45*24*time.Hour {
			p = of(a.Year()+1, n)
		}
	default:
		if p.to.Before(a) && a.Sub(p.to) > 150*24*time.Hour {
			p = of(a.Year()+1, n)
		} else if p.from.Sub(a) > 270*24*time.Hour {
			p = of(a.Year()-1, n)
		}
	}
	return c.anchored(p)
}

// seasonNames reads "Sommer 2024", "Winter 2023/24", "im Sommer", "diesen Herbst".
func seasonNames(b *block, i int) []claim {
	j := i
	det := b.is(j, "diesen", "diesem", "dieses")
	article := definite[b.at(j).low]
	if det || article {
		j++
	}
	rel, has := relatives[b.at(j).low]
	if has {
		j++
	}
	t := b.at(j)
	code := seasons[t.low]
	if code == "" || !t.upper {
		return nil
	}
	to := j + 1
	if y, k := b.yearAfter(to); y > 0 {
		to = k
		if b.at(to).Text == "/" && b.digits(to+1) {
			to += 2
		}
		return []claim{b.claim("season", j, to, func(c *context, _ *claim) reading { return c.dated(seasonOf(y, code)) })}
	}
	if b.is(to, "dieses", "des", "nächsten", "kommenden", "vergangenen", "letzten") {
		if p, ok := b.phrase(to); ok && p.unit == "Y" && p.q == "" && p.ord == 0 {
			if y := b.integer(p.to); y >= 1000 && y <= 2100 {
				return []claim{b.claim("season", j, p.to+1, func(c *context, _ *claim) reading { return c.dated(seasonOf(y, code)) })}
			}
			return []claim{b.claim("season", j, p.to, func(c *context, _ *claim) reading {
				if !c.known() {
					return open(schemas.DateDate, "XXXX-"+code)
				}
				return c.anchored(seasonOf(c.anchor.Day.Year()+p.rel, code))
			})}
		}
	}
	from := j
	switch {
	case det:
		from = i
	case has:
		from = j - 1
	case article && strings.Contains(t.low, "monat"):
		from = i
	case b.is(i-1, "im", "seit", "ab", "bis", "zum", "vom", "pro", "anfang", "mitte", "ende", "beginn", "vor", "nach", "über") || article && b.is(i-1, "bis", "über", "für", "in", "ab", "während"):
	default:
		return nil
	}
	season := func(y, _ int) period { return seasonOf(y, code) }
	return []claim{b.claim("season", from, to, func(c *context, cl *claim) reading {
		if has && rel != 0 && c.known() {
			a := c.anchor.Day
			y := a.Year()
			if rel > 0 && !seasonOf(y, code).from.After(a) {
				y++
			} else if rel < 0 && !seasonOf(y, code).to.Before(a) {
				y--
			}
			return c.anchored(seasonOf(y, code))
		}
		return c.yearless(cl, 0, season, "XXXX-"+code)
	})}
}

// weekNumbers reads "KW 12", "12. Kalenderwoche 2024", "Kalenderwoche 12", "KW 12/2024".
func weekNumbers(b *block, i int) []claim {
	w, to := 0, 0
	if b.is(i, "kw", "kalenderwoche") {
		w, to = b.integer(i+1), i+2
	} else if n, k := b.ordinal(i); n > 0 && b.is(k, "kw", "kalenderwoche") {
		w, to = n, k+1
	}
	if w < 1 || w > 53 {
		return nil
	}
	y, k := b.yearAfter(to)
	if y == 0 && b.at(to).Text == "/" {
		y, k = b.yearAfter(to + 1)
	}
	if y > 0 {
		to = k
	}
	return []claim{b.claim("week-number", i, to, func(c *context, cl *claim) reading {
		if y > 0 {
			return c.dated(isoWeek(y, w))
		}
		if !c.known() {
			return open(schemas.DateDate, fmt.Sprintf("XXXX-W%02d", w))
		}
		return c.yearless(cl, w, isoWeek, "")
	})}
}

var decadeWords = map[string]int{"zwanziger": 20, "dreißiger": 30, "dreissiger": 30, "vierziger": 40, "fünfziger": 50, "sechziger": 60, "siebziger": 70, "achtziger": 80, "neunziger": 90, "neuziger": 90, "zehner": 10}

// decadeAhead reports whether a whole decade begins at token i.
func (b *block) decadeAhead(i int) bool { return len(b.decade(i, true)) > 0 }

// decades reads "1990er Jahre", "die neunziger Jahre", "90er-Jahren", "Neunzigerjahre", "in den 1990ern".
func decades(b *block, i int) []claim { return b.decade(i, false) }

// decade reads one decade; the last of a range must be complete in itself.
func (b *block) decade(i int, last bool) []claim {
	j := i
	if definite[b.at(j).low] {
		j++
	}
	if b.is(j, "frühen", "späten", "frühe", "späte") {
		j++
	}
	t := b.at(j)
	low := t.low
	years := strings.HasSuffix(low, "jahre") || strings.HasSuffix(low, "jahren")
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(low, "n"), "jahre"), "-")
	to := j + 1
	if b.is(to, "jahre", "jahren") && b.at(to).upper {
		years = true
		to++
	} else if b.at(to).Text == "-" && b.is(to+1, "jahre", "jahren") {
		years = true
		to += 2
	}
	d := decadeWords[stem]
	if n := b.integer(j); n > 0 && b.at(j+1).Text == "-" && b.is(j+2, "er", "er-jahre", "er-jahren", "ern") && b.glued(j+1) && b.glued(j+2) {
		d, to = n, j+3
		years = b.is(j+2, "er-jahre", "er-jahren") || n > 1000 && b.is(j+2, "ern")
		if b.is(to, "jahre", "jahren") {
			years = true
			to++
		}
	}
	if d > 0 && !years && t.upper && b.is(j-1, "der", "den", "die") && b.is(j-2, "anfang", "mitte", "ende", "seit", "in") && !b.at(j+1).upper {
		years = true // Ende der Neunziger
	}
	if d == 0 && strings.HasSuffix(low, "ern") && b.is(j-1, "den") {
		if d = decadeWords[strings.TrimSuffix(low, "n")]; d > 0 {
			years = true
		}
	}
	if !last && !years && (d > 0 || strings.HasSuffix(stem, "er")) && b.is(to, "bis", "und") && b.decadeAhead(to+1) {
		years = true // den 50er bis 70er Jahren
	}
	if d == 0 && strings.HasSuffix(stem, "er") {
		d = atoi(strings.TrimSuffix(stem, "er"))
		if d >= 1000 && strings.HasSuffix(low, "ern") {
			years = true
		}
	}
	if !years || d < 10 || d%10 != 0 || d > 90 && d < 1000 || d > 2100 {
		return nil
	}
	return []claim{b.claim("decade", i, to, func(c *context, _ *claim) reading {
		y := d
		if d < 100 {
			y += 1900
			if c.known() && d < 30 && c.anchor.Day.Year() >= 2030+d {
				y += 100
			}
		}
		return c.dated(decadeOf(y))
	})}
}
