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
	place = lazy.MustCompile(`^\(?(\p{Lu}[\pL./()-]*)(?:\s(?:\p{Lu}[\pL./()-]*|a\.|am|an|der|im|in|bei|ob)){0,4}\s?,\s*(?:den\s+)?(?:(?:Montag|` +
		`Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag),?\s*)?(?:den\s+|am\s+)?$`)
	weekday = lazy.MustCompile(`^\(?(?:Am\s|Im\s|Vom\s|Ab\s|Bis\s|Seit\s|Ende\s)?\s*(?:Am|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|` +
		`Sonnabend|Sonntag|Mo|Di|Mi|Do|Fr|Sa|So|Heute)[.,]?\s`)
	release = lazy.MustCompile(`(?i)(?:presse(?:mitteilung|information|meldung|info|erklärung|dienst)|medieninformation|medienmitteilung|` +
		`fachmeldung|mitteilung|meldung|nachricht)(?:\s*(?:Nr\.?|Nummer)?\s*[\d/.-]*)?\s*(?:vom|,|\|)\s*(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|` +
		`Freitag|Samstag|Sonntag),?\s*)?(?:den\s+|dem\s+)?$`)
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
		distance := 0
		switch {
		case i < a.from:
			distance = a.from - i + 2
		case i >= a.to:
			distance = i - a.to + 1
		}
		if i >= a.to && (l.long || utf8.RuneCountInString(l.text) > 200) {
			body++
		}
		if p, ok := l.read(previous(a.lines, i), i >= a.from && i < a.to); ok {
			p.cost += distance
			if body > 1 || body == 1 && !l.long { // below the first paragraph
				p.cost += 6 * body
			}
			out = append(out, p)
		}
	}
	for _, l := range a.rest {
		if p, ok := l.read("", false); ok && p.kind == plain {
			p.cost = nearTitle + 10
			out = append(out, p)
		}
	}
	sortByCost(out)
	return out
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
	if utf8.RuneCountInString(t) < 30 && (publishedLabel.MatchString(t) || changedLabel.MatchString(t) || eventLabel.MatchString(t)) {
		return t
	}
	return ""
}

// read judges the date of a line. Only a line that is little more than its date counts, unless it begins like a dateline.
func (l line) read(label string, title bool) (printed, bool) {
	dates := find(l.text, 4)
	p := printed{cost: 6}
	if l.aside {
		p.cost += 6
	}
	m, attrOK := machine(l.time)
	if len(dates) == 0 {
		if !attrOK {
			return p, false
		}
		p.moment, p.rule = m, "time"
		p.cost -= 4
		return p.named(l), true
	}
	f := dates[0]
	before, after := strings.TrimSpace(l.text[:f.start]), l.text[f.end:]
	rest := utf8.RuneCountInString(before) + utf8.RuneCountInString(after)
	p.moment, p.rule = f.moment, "text"
	if attrOK {
		p.rule, p.cost = "time", p.cost-4
		if m.day().Equal(f.day()) {
			p.moment = m
		}
	}
	if before == "" && label != "" {
		before = label
	}
	switch {
	case changedLabel.MatchString(before):
		p.kind = changed
	case release.MatchString(before) && len(before) < 120:
		p.kind, p.cost = dateline, p.cost-12
	case f.granularity == schemas.GranularityDay && isPlace(l.text[:f.start]) && datelineEnd(after, rest):
		p.kind, p.cost = dateline, p.cost-8
	case eventLabel.MatchString(before):
		p.kind = event
	case len(before) < 40 && rest < 110 && publishedLabel.MatchString(before):
		p.cost -= 6
	case lasting.MatchString(after) && (l.long || sentenceLike(before, after)):
		return p, false
	case happening.MatchString(before) || lasting.MatchString(after):
		p.cost += 8 // "Konzert am 12.03.2024", "12.03.2024 bis 14.03.2024"
	case title && (before == "" || after == "" || attrOK): // beside the words of the title
	case l.long || rest > 110 || sentenceLike(before, after):
		if !opens(before, after) {
			return p, false
		}
		p.cost += 4
	}
	if len(dates) > 1 && p.kind == plain && changedLabel.MatchString(l.text[f.end:dates[1].start]) {
		p.cost -= 2 // "12.03.2024, aktualisiert am 13.03.2024"
	} else if len(dates) > 1 && p.kind == plain && rest > 30 {
		p.cost += 4
	}
	if !title {
		p.cost += rest / 20
	}
	return p.named(l), true
}

// named lets the names of the elements speak.
func (p printed) named(l line) printed {
	if p.kind == dateline {
		return p
	}
	names := l.names()
	switch {
	case l.prop, publishedName.MatchString(names):
		p.cost -= 5
	case changedName.MatchString(names):
		p.kind = changed
	case eventName.MatchString(names):
		p.cost += 8
	case dateName.MatchString(names):
		p.cost -= 3
	}
	return p
}

// isPlace reports whether what stands before a date makes it a dateline.
func isPlace(s string) bool {
	return len(s) < 80 && place.MatchString(s) && !weekday.MatchString(s)
}

// datelineEnd: after a dateline comes the text, or nothing.
func datelineEnd(after string, rest int) bool {
	after = strings.TrimSpace(after)
	return after == "" || strings.ContainsRune(".:–—-|)/,(•·", []rune(after)[0]) || rest < 40
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
	return words.MatchString(before) || words.MatchString(after) || len(strings.Fields(before))+len(strings.Fields(after)) > 14
}
