package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// deicticDays count from the anchor.
var deicticDays = map[string]int{"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2}

// vagueTimes are times that cannot be told more exactly. Words the annotators of KRAUTS leave out (nun, bisher, inzwischen, künftig,
// seinerzeit, danach) are left out here too.
var vagueTimes = table(
	"PRESENT_REF", "jetzt derzeit zurzeit momentan gegenwärtig heutzutage",
	"PAST_REF", "damals einst früher kürzlich jüngst neulich unlängst vormals dereinst letztens",
	"FUTURE_REF", "bald demnächst zukünftig zukünftige zukünftigen zukünftiger zukünftiges zukünftigem",
)

// deictics reads words that point from the moment of writing: "heute", "gestern Abend", "heuer", "damals", "im Moment", "Zukunft".
func deictics(b *block, i int) []claim {
	t := b.at(i)
	if t.Kind != text.Word {
		return nil
	}
	if n, ok := deicticDays[t.low]; ok && (!t.upper || b.sentenceStart(i) || t.low != "morgen" && b.shout(i)) {
		return b.deicticDay(i, n)
	}
	if t.low == "heuer" || t.low == "heurigen" || t.low == "heurige" {
		return []claim{b.claim(ruleDeicticYear, i, i+1, func(c *context, _ *claim) reading {
			if !c.known() {
				return open(schemas.DateDate, "XXXX")
			}
			return c.anchored(yearOf(c.anchor.Day.Year()))
		})}
	}
	if strings.HasPrefix(t.low, "heutig") && !t.upper && len(t.low) <= 8 {
		if wd, _ := dayName(b.at(i + 1).low); wd > 0 {
			return nil
		}
		return []claim{b.claim(ruleReference, i, i+1, fixed(open(schemas.DateDate, "PRESENT_REF")))}
	}
	if v := vagueTimes[t.low]; v != "" && (!t.upper || b.sentenceStart(i) || b.shout(i)) {
		if b.is(i, "früher") && (b.is(i+1, "oder", "als") || definite[b.at(i-1).low] || b.is(i-1, "je", "ein", "viel", "noch")) {
			return nil
		}
		return []claim{b.claim(ruleReference, i, i+1, fixed(open(schemas.DateDate, v)))}
	}
	ref := func(from, to int, v string) []claim {
		return []claim{b.claim(ruleReference, from, to, fixed(open(schemas.DateDate, v)))}
	}
	switch {
	case b.is(i, "im") && b.is(i+1, "moment", "augenblick"):
		return ref(i, i+2, "PRESENT_REF")
	case b.is(i, "zukunft") && b.is(i-1, "in"):
		return ref(i, i+1, "FUTURE_REF")
	case b.is(i, "die", "der") && b.is(i+1, "zukunft") && b.at(i+1).upper && !definite[b.at(i+2).low]:
		return ref(i, i+2, "FUTURE_REF")
	case b.is(i, "vor", "seit") && b.is(i+1, "kurzem"):
		return ref(i, i+2, "PAST_REF")
	case b.is(i, "zur") && b.is(i+1, "zeit") && !b.is(i+2, "der", "des", "von", "seiner", "ihrer", "dieser", "eines", "einer", "als", "vor", "nach") && !(b.at(i+2).upper && strings.HasSuffix(b.at(i+2).low, "s")):
		return ref(i, i+2, "PRESENT_REF")
	}
	j := i
	if b.is(j, "der") {
		j++
	}
	if b.is(j+1, "zeit") && b.at(j+1).upper {
		switch {
		case b.is(j, "letzter", "jüngster", "vergangenen", "letzten", "jüngsten", "vergangener"):
			return ref(i, j+2, "PAST_REF")
		case b.is(j, "nächster", "nächsten", "kommenden", "absehbarer"):
			return ref(i, j+2, "FUTURE_REF")
		case b.is(j, "dieser", "jener") && b.is(j-1, "zu"):
			return ref(j, j+2, "PAST_REF")
		}
	}
	if b.is(i, "tag") && b.is(i+1, "zuvor", "danach", "darauf", "davor") && b.is(i-1, "am") {
		n := 1
		if b.is(i+1, "zuvor", "davor") {
			n = -1
		}
		return b.neighbour(i, i+2, n)
	}
	if b.is(i, "vortag", "vortages", "vortags") {
		return b.neighbour(i, i+1, -1)
	}
	if b.is(i, "folgetag", "folgetages") {
		return b.neighbour(i, i+1, 1)
	}
	if b.is(i, "tags") && b.is(i+1, "darauf", "zuvor") {
		n := 1
		if b.is(i+1, "zuvor") {
			n = -1
		}
		return b.neighbour(i, i+2, n)
	}
	if n, ok := map[string]string{"jahresende": "Y", "jahresbeginn": "Y", "jahresanfang": "Y", "jahresmitte": "Y", "monatsende": "M", "monatsanfang": "M", "wochenbeginn": "W", "wochenanfang": "W"}[t.low]; ok && t.upper && b.is(i-1, "zum", "bis", "seit", "vor", "am", "gegen", "zu", "ab") {
		if y := b.integer(i + 1); n == "Y" && y >= 1900 && y <= 2100 {
			return []claim{b.claim(ruleYear, i, i+2, atYear(y))}
		}
		return []claim{b.claim(ruleRelative, i, i+1, func(c *context, cl *claim) reading { return c.relative(cl, phrase{unit: n}, 0) })}
	}
	return nil
}

// shout reports whether token i is written in capitals throughout, as in headings.
func (b *block) shout(i int) bool {
	t := b.at(i).Text
	return len(t) > 2 && strings.ToUpper(t) == t
}

// neighbour is the day before or after the one the text speaks of.
func (b *block) neighbour(from, to, n int) []claim {
	rule := ruleDayAfter
	if n < 0 {
		rule = ruleDayBefore
	}
	return []claim{b.claim(rule, from, to, func(c *context, cl *claim) reading {
		if day := c.refDay(cl); !day.IsZero() {
			return c.inText(dayOf(day.AddDate(0, 0, n)))
		}
		return open(schemas.DateDate, "XXXX-XX-XX")
	})}
}

func (b *block) deicticDay(i, n int) []claim {
	t := b.at(i)
	to, part := i+1, ""
	switch low := b.at(to).low; {
	case low == "früh" || low == "morgen" || low == "abend" || low == "nachmittag" || low == "vormittag" || low == "mittag" || low == "nacht" || low == "abends":
		if !(t.low == "morgen" && low == "morgen") {
			part = partsOfDay[low]
			to++
		}
	}
	if t.low == "morgen" && b.is(i-1, "guten", "am", "gestern", "heute", "jeden", "der", "den", "diesen") {
		return nil
	}
	if b.is(to, "in") && t.low == "heute" && b.is(i-1, "ab") { // ab heute in einer Woche
		to = i + 1
	}
	rule := ruleDeicticDay
	return []claim{b.claim(rule, i, to, func(c *context, cl *claim) reading {
		if t.low == "heute" && part == "" && c.generic(cl) {
			return open(schemas.DateDate, "PRESENT_REF")
		}
		if !c.known() {
			if n == 0 {
				return open(schemas.DateDate, "PRESENT_REF")
			}
			return open(schemas.DateDate, "XXXX-XX-XX")
		}
		p := dayOf(c.anchor.Day.AddDate(0, 0, n))
		r := c.anchored(p)
		if part != "" {
			r.typ, r.value = schemas.DateTime, p.value+"T"+part
		}
		return r
	})}
}

// generic reports whether "heute" means "nowadays": in texts that speak of no other day from today's point of view, unless the
// clause tells something done or to be done today.
func (c *context) generic(cl *claim) bool {
	if c.daily {
		return false
	}
	b := cl.b
	if b.is(cl.from-1, "ab", "seit", "für") || b.is(cl.to, "um", "ab", "gegen") {
		return false
	}
	if _, _, next, sure := b.clock(cl.to); next > 0 && sure { // für heute 21:30 Uhr
		return false
	}
	for j := cl.from - 3; j <= cl.to+3; j++ {
		if events[b.at(j).low] && b.at(j).Sent == b.at(cl.from).Sent {
			return false // heute startet die Aktion
		}
	}
	if b.is(cl.to, "noch", "wie") || b.is(cl.from-1, "noch", "von", "als", "bis") {
		return true
	}
	if b.is(cl.to, ",") || b.is(cl.from-1, "hat", "haben", "wurde", "wurden") {
		return false
	}
	switch b.tense(cl.from, cl.to) {
	case past:
		return false
	}
	return true
}

// speaksOfDays reports whether the text counts days from its own: gestern, morgen, heute Abend, am heutigen Samstag.
func speaksOfDays(d *text.Doc) bool {
	for i, t := range d.Tokens {
		if t.Kind != text.Word || len(t.Text) < 6 || len(t.Text) > 10 {
			continue
		}
		switch strings.ToLower(t.Text) {
		case "gestern", "vorgestern", "übermorgen", "gestrigen", "morgigen":
			return true
		case "morgen":
			if t.Text == "morgen" && i > 0 && d.Tokens[i-1].Text != "am" {
				return true
			}
		case "heutigen":
			if i+1 < len(d.Tokens) {
				if wd, _ := dayName(strings.ToLower(d.Tokens[i+1].Text)); wd > 0 {
					return true
				}
			}
		}
	}
	return false
}
