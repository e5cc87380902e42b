package pubdate

import (
	"strings"
	"unicode/utf8"
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

// where a printed date stands, if that says something.
type where uint8

const (
	anywhere  where = iota
	beside          // in a column beside the text, or in an element made for what is beside
	margin          // in the page's header
	others          // beside a link of a list
	inHeading       // behind the words of the heading
)

// printed is a date on the page with how it is told.
type printed struct {
	moment
	kind kind
	cost int // smaller is likelier the date of publication
	rule string
	where
}

// source is the witness a printed date is. Only the likeliest of a page is heard in full.
func (p printed) source(first bool) source {
	switch {
	case p.where == margin:
		return fromMargin
	case p.where == others:
		return fromOthers
	case p.kind == dateline && p.cost <= nearTitle:
		return fromDateline
	case p.where == inHeading:
		return fromWords
	case p.cost > nearTitle && first, p.where == beside && first:
		return fromFar
	case first:
		return fromPrinted
	case p.cost > nearTitle:
		return fromFarNext
	}
	return fromNext
}

// printedDates reads the dates printed around the title, likeliest first.
func printedDates(a around) []printed {
	var out []printed
	body := 0
	for i, l := range a.lines {
		if i >= a.to && (l.long || utf8.RuneCountInString(l.text) > paragraph) {
			body++
		}
		for _, p := range l.read(func() string { return previous(a.lines, i) }, i >= a.from && i < a.to) {
			p.cost += a.distance(i)
			if body > 1 || body == 1 && !l.long { // below the first paragraph
				p.cost += belowText * body
			}
			out = append(out, p)
		}
	}
	for _, l := range a.rest {
		for _, p := range l.read(func() string { return "" }, false) {
			if p.kind == plain {
				p.cost = nearTitle + farBelow
				out = append(out, p)
			}
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

// judge gives what the words around the date make of it: its kind, the cost, and the rule.
func (s *spot) judge() (kind, int, string) {
	for i := range readings {
		if r := &readings[i]; r.Find.holds(s) {
			return r.Kind, r.Find.cost, r.ID
		}
	}
	return plain, 0, ""
}

// read judges the dates of a line. Only a line that is little more than its date counts, unless it begins like a dateline. label gives the
// label in the line above. A second date counts if it is told apart from the first.
func (l line) read(label func() string, title bool) []printed {
	dates := find(l.text, 2)
	p, attr := l.begin()
	if len(dates) == 0 {
		if !attr {
			return nil
		}
		return []printed{p.named(l)}
	}
	f := dates[0]
	if !attr || !p.day().Equal(f.day()) {
		p.moment = f.moment
	}
	s := l.spot(f, label)
	s.title, s.attr = title, attr
	kind, cost, _ := s.judge()
	if kind == refused {
		return nil
	}
	p.kind, p.cost = kind, p.cost+cost
	if p.kind == plain && p.where == anywhere && s.tailed() {
		p.where = inHeading
	}
	return l.both(s, p, dates[1:])
}

// begin is what is known of a line's date before its words are read: the date of an attribute, and where the line stands.
func (l line) begin() (p printed, attr bool) {
	p = printed{cost: baseCost, rule: "text", where: l.stands()}
	if l.aside {
		p.cost += asideCost
	}
	if p.moment, attr = machine(l.time); attr {
		p.rule, p.cost = "time", p.cost+attrCost
	}
	return p, attr
}

// both adds what the rest of the line says, and its second date where that is told apart; the first comes last.
func (l line) both(s *spot, p printed, more []found) (out []printed) {
	if len(more) > 0 {
		if next, apart := s.second(more[0], p); apart {
			out = append(out, next)
			l.changed = l.changed && p.kind == changed // which of the two the element's name means is told by the words
		}
		if p.kind == plain {
			p.cost += s.secondCost(more[0])
		}
	}
	if !s.title {
		p.cost += s.rest / restPart
	}
	return append(out, p.named(l))
}

// tailed reports whether the date ends a heading of words: it is the day the release is about, unless the words name what is published
// day by day.
func (s *spot) tailed() bool {
	return s.title && !s.attr && tail.MatchString(s.before) && !reports.MatchString(s.before)
}

// second reads the second date of a line where the words between say that it is of another kind than the first.
func (s *spot) second(next found, first printed) (printed, bool) {
	p := printed{moment: next.moment, cost: first.cost, rule: "text", where: first.where}
	between := s.text[s.end:next.start]
	switch {
	case first.kind == plain && changedLabel.MatchString(between):
		p.kind = changed
	case first.kind == changed && publishedLabel.MatchString(between):
		p.cost += labelCost
	default:
		return p, false
	}
	return p, true
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
	case l.changed, changedName.MatchString(names):
		p.kind = changed
	case eventName.MatchString(names):
		p.cost += eventCost
	case dateName.MatchString(names):
		p.cost += nameCost
	}
	return p
}
