package pubdate

import (
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"

	"github.com/kreispresse/kreispresse/schemas"
)

// kinds of a printed date, by what the words around it say.
type kind uint8

const (
	plain    kind = iota // a date near the title
	dateline             // "Düren, 12. März 2024", "Pressemitteilung vom …": the release's own date
	changed              // "Stand: …", "aktualisiert am …"
	event                // the day of something else
	refused              // no date of the page
)

var (
	publishedLabel = lazy.MustCompile(`(?i)(?:ver[öo]ffentlicht|erschienen|erscheinungsdatum|erstellt|publiziert|published|online seit|datum|` +
		`meldung vom|artikel vom|eingestellt|vom|posted)(?:\s+(?:am|on|um))?\s*[:|–-]?\s*$`)
	changedLabel = lazy.MustCompile(`(?i)(?:\bstand\b|aktualisiert|ge[äa]ndert|[äa]nderung|update[ds]?|updated|modified|bearbeitet|aktualisierung|` +
		`zuletzt|last changed|letzte)[^.!?]{0,16}$`)
	eventLabel = lazy.MustCompile(`(?i)(?:termin|beginn|wann|veranstaltung|\bab|\bbis|g[üu]ltig|frist|seit|start|ende|uhrzeit|geboren|` +
		`anmeldeschluss)(?:\s+(?:am|zum|dem|den))?\s*[:|–-]?\s*$`)
	changedName   = lazy.MustCompile(`(?:^|[\s_-])(?:updated|modified|stand|lastchanged|last-modified|date-?modified|aktualisiert)(?:$|[\s_-])`)
	publishedName = lazy.MustCompile(`publish|created|entry-date|news-list-date|pubdate|post-date|dateline|veroeffentlich`)
	eventName     = lazy.MustCompile(`(?:^|[\s_-])(?:event|termin|veranstaltung)[\w-]*`)
	dateName      = lazy.MustCompile(`dat[eu]|time|zeit|published|posted|created|\bmeta|info|byline|kicker|topline|dachzeile|stand\b`)

	// happening and lasting make a date rather that of an event, though a name before "am" may be that of an author.
	happening = lazy.MustCompile(`\pL\s+(?:am|zum|beim|im|ab)\s*$`)
	lasting   = lazy.MustCompile(`^\s*(?:bis|–|-|—)\s*(?:zum\s)?\d`)

	// place opens a dateline: up to five words of a place name, a comma and the date.
	place = lazy.MustCompile(`^\(?(\p{Lu}[\pL./()-]*)(?:\s(?:\p{Lu}[\pL./()-]*|a\.|am|an|der|im|in|bei|ob)){0,4}\s?,\s*(?:den\s+)?(?:` +
		weekdayWord + `,?\s*)?(?:den\s+|am\s+)?$`)
	weekday = lazy.MustCompile(`^\(?(?:Am\s|Im\s|Vom\s|Ab\s|Bis\s|Seit\s|Ende\s)?\s*(?:Am|Heute|` +
		weekdayAny + `)[.,]?\s`)
	release = lazy.MustCompile(`(?i)(?:presse(?:mitteilung|information|meldung|info|erklärung|dienst)|medieninformation|medienmitteilung|` +
		`fachmeldung|mitteilung|meldung|nachricht)(?:\s*(?:Nr\.?|Nummer)?\s*[\d/.-]*)?\s*(?:vom|,|\|)\s*(?:` +
		weekdayWord + `,?\s*)?(?:den\s+|dem\s+)?$`)
)

// printed is a date on the page with how it is told.
type printed struct {
	moment
	kind kind
	cost int // smaller is likelier the date of publication
	rule string
}

// byKind are the printed dates as sources.
type byKind struct{ lines, near, far, stand []stated }

func sortPrinted(ps []printed) (k byKind) {
	for _, p := range ps {
		st := stated{p.moment, p.rule}
		switch {
		case p.kind == event:
		case p.kind == changed:
			k.stand = append(k.stand, st)
		case p.cost > nearTitle:
			k.far = append(k.far, st)
		case p.kind == dateline:
			k.lines = append(k.lines, st)
		default:
			k.near = append(k.near, st)
		}
	}
	return k
}

// printedDates reads the dates printed around the title, likeliest first.
func printedDates(a around) []printed {
	var out []printed
	body := 0
	for i, l := range a.lines {
		if i >= a.to && (l.long || utf8.RuneCountInString(l.text) > paragraph) {
			body++
		}
		p, ok := l.read(func() string { return previous(a.lines, i) }, i >= a.from && i < a.to)
		if !ok {
			continue
		}
		p.cost += a.distance(i)
		if body > 1 || body == 1 && !l.long { // below the first paragraph
			p.cost += belowText * body
		}
		out = append(out, p)
	}
	for _, l := range a.rest {
		if p, ok := l.read(func() string { return "" }, false); ok && p.kind == plain {
			p.cost = nearTitle + farBelow
			out = append(out, p)
		}
	}
	sortByCost(out)
	return out
}

// distance is how far line i is from the title, in lines; above it counts a little more.
func (a around) distance(i int) int {
	switch {
	case i < a.from:
		return a.from - i + aboveTitle
	case i >= a.to:
		return i - a.to + 1
	}
	return 0
}

func sortByCost(ps []printed) {
	for i := 1; i < len(ps); i++ { // few, and stable
		for j := i; j > 0 && ps[j].cost < ps[j-1].cost; j-- {
			ps[j], ps[j-1] = ps[j-1], ps[j]
		}
	}
}

// previous is the line before when it is a label for this one: "Datum:", "Stand".
func previous(lines []line, i int) string {
	if i == 0 {
		return ""
	}
	t := lines[i-1].text
	if utf8.RuneCountInString(t) < maxLabel && (publishedLabel.MatchString(t) || changedLabel.MatchString(t) || eventLabel.MatchString(t)) {
		return t
	}
	return ""
}

// spot is a date in a line with what stands around it.
type spot struct {
	line
	found
	before, after string // before may be the label of the line above
	lead          string // what stands before in the line, as it is
	rest          int    // code points of the line besides the date
	title         bool   // the line is a part of the title
	attr          bool   // an attribute says a date, too
}

// readings say what the words around a date make of it; the first that holds decides. They add to the cost, or refuse the date.
var readings = []struct {
	name  string
	holds func(s *spot) bool
	kind  kind
	cost  int
}{
	{"Stand: …", func(s *spot) bool { return changedLabel.MatchString(s.before) }, changed, 0},
	{"Pressemitteilung vom …", func(s *spot) bool { return len(s.before) < maxReleaseLabel && release.MatchString(s.before) }, dateline, releaseCost},
	{"Ort, …", func(s *spot) bool {
		return s.granularity == schemas.GranularityDay && isPlace(s.lead) && datelineEnd(s.after, s.rest)
	}, dateline, placeCost},
	{"Termin: …", func(s *spot) bool { return eventLabel.MatchString(s.before) }, event, 0},
	{"Datum: …", func(s *spot) bool {
		return len(s.before) < maxDateLabel && s.rest < maxRest && publishedLabel.MatchString(s.before)
	}, plain, labelCost},
	{"… bis 14. März findet", func(s *spot) bool {
		return lasting.MatchString(s.after) && (s.long || sentenceLike(s.before, s.after))
	}, refused, 0},
	{"Konzert am …, … bis 14. März", func(s *spot) bool { return happening.MatchString(s.before) || lasting.MatchString(s.after) }, plain, eventCost},
	{"beside the words of the title", func(s *spot) bool { return s.title && (s.before == "" || s.after == "" || s.attr) }, plain, 0},
	{"… – text that goes on", func(s *spot) bool { return s.inText() && opens(s.before, s.after) }, plain, openingCost},
	{"in the middle of text", (*spot).inText, refused, 0},
}

func (s *spot) inText() bool { return s.long || s.rest > maxRest || sentenceLike(s.before, s.after) }

// read judges the date of a line. Only a line that is little more than its date counts, unless it begins like a dateline. label gives the
// label in the line above.
func (l line) read(label func() string, title bool) (printed, bool) {
	p := printed{cost: baseCost}
	if l.aside {
		p.cost += asideCost
	}
	dates := find(l.text, 2) // the second may tell what the first is
	m, attr := machine(l.time)
	if attr {
		p.rule, p.cost = "time", p.cost+attrCost
	}
	if len(dates) == 0 {
		p.moment = m
		return p.named(l), attr
	}
	f := dates[0]
	p.moment = f.moment
	switch {
	case !attr:
		p.rule = "text"
	case m.day().Equal(f.day()):
		p.moment = m
	}
	s := l.spot(f, label)
	s.title, s.attr = title, attr
	for _, r := range readings {
		if r.holds(s) {
			p.kind, p.cost = r.kind, p.cost+r.cost
			break
		}
	}
	if p.kind == refused {
		return p, false
	}
	if len(dates) > 1 && p.kind == plain {
		p.cost += s.secondCost(dates[1])
	}
	if !title {
		p.cost += s.rest / restPart
	}
	return p.named(l), true
}

func (l line) spot(f found, label func() string) *spot {
	s := &spot{line: l, found: f, lead: l.text[:f.start], after: l.text[f.end:]}
	s.before = strings.TrimSpace(s.lead)
	s.rest = utf8.RuneCountInString(s.before) + utf8.RuneCountInString(s.after)
	if s.before == "" {
		s.before = label()
	}
	return s
}

// secondCost is what another date in the line adds: "12.03.2024, aktualisiert am 13.03.2024" is a good sign.
func (s *spot) secondCost(next found) int {
	switch {
	case changedLabel.MatchString(s.text[s.end:next.start]):
		return updateCost
	case s.rest > maxBesideTwo:
		return secondCost
	}
	return 0
}

// named lets the names of the elements speak.
func (p printed) named(l line) printed {
	if p.kind == dateline {
		return p
	}
	names := l.names()
	switch {
	case l.prop, publishedName.MatchString(names):
		p.cost += publishedCost
	case changedName.MatchString(names):
		p.kind = changed
	case eventName.MatchString(names):
		p.cost += eventCost
	case dateName.MatchString(names):
		p.cost += nameCost
	}
	return p
}

// isPlace reports whether what stands before a date makes it a dateline.
func isPlace(s string) bool {
	return len(s) < maxPlace && place.MatchString(s) && !weekday.MatchString(s)
}

// datelineEnd: after a dateline comes the text, or nothing.
func datelineEnd(after string, rest int) bool {
	after = strings.TrimSpace(after)
	return after == "" || strings.ContainsRune(".:–—-|)/,(•·", []rune(after)[0]) || rest < maxDatelineRest
}

// opens reports whether a long line begins with the date, set off from the text.
func opens(before, after string) bool {
	if strings.Trim(before, " (") != "" {
		return false
	}
	after = strings.TrimSpace(after)
	return after != "" && (strings.ContainsRune(".:–—|)„“\"»", []rune(after)[0]) || strings.HasPrefix(after, "- "))
}

var words = lazy.MustCompile(`(?:^|\PL)[a-zäöüß]{3,} [a-zäöüß]{2,} \pL+`)

// sentenceLike reports whether running text surrounds the date.
func sentenceLike(before, after string) bool {
	return words.MatchString(before) || words.MatchString(after) || len(strings.Fields(before))+len(strings.Fields(after)) > maxAround
}
