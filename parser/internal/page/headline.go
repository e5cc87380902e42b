package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// kickerPart reports whether the first part of a heading is its kicker: the page's other titles say the rest alone, or set a mark
// between both; or it is named so, or set so and shorter. It is none if they say it alone.
func (r *reader) kickerPart(ps []part) bool {
	k, rest := ps[0], oneLine(ps[1:])
	line := text.Normalise(k.text)
	n := utf8.RuneCountInString(line)
	if n > maxKicker || len(fold(rest)) < minRest || dateLine.MatchString(line) {
		return false
	}
	both, alone := r.saidApart(fold(line), fold(rest))
	switch {
	case both && (k.own || ps[1].broke):
		return true
	case alone || !k.own || markup.Letters(line) < minKicker:
		return false
	}
	named := k.named&(markup.Kicker|markup.Title) == markup.Kicker
	if named && slices.ContainsFunc(ps[1:], func(p part) bool { return p.named&markup.Title != 0 }) {
		return true
	}
	return (named || k.small || strings.HasSuffix(line, ":")) && n*kickerShare <= utf8.RuneCountInString(rest)*10
}

// saidApart reports whether another title of the page says the rest of a heading without its first part or with a mark between them,
// and whether one says the first part alone.
func (r *reader) saidApart(head, rest string) (apart, alone bool) {
	for _, w := range r.saidTitles() {
		apart = apart || w.fold == rest || w.fold == head+rest && parted(w.title, head)
		alone = alone || w.fold == head
	}
	return apart, alone
}

// writtenKicker is where a heading's headline begins behind a kicker that is written in one text with it: the editor's field, as metas and
// structured data give it, holds what follows the first colon and no more. 0 for none.
func (r *reader) writtenKicker(t string) int {
	k := strings.Index(t, ": ")
	if k <= 0 || k > maxKicker {
		return 0
	}
	rest, all := fold(t[k:]), fold(t)
	for _, w := range r.witnesses() {
		if strings.HasPrefix(fold(w), all) {
			return 0 // with what stands before the colon
		}
	}
	for _, w := range r.saidTitles() {
		if w.fold == rest && len(rest) >= minRest && w.from&^fromElement != 0 {
			return k
		}
	}
	return 0
}

// parted reports whether title t has a mark between the words that fold to head and the rest.
func parted(t, head string) bool {
	for _, c := range cuts(t)[1:] {
		if fold(t[:c.from]) == head {
			return true
		}
	}
	return false
}

// apartPart reports whether the last part of a heading is no part of the headline but a line below it, or the kicker that is written
// behind it. A line below it is named or set so, or stands in a box that is no heading, and the page's other titles say the headline
// alone; a kicker is named so and shorter, and they do not say both.
func (r *reader) apartPart(ps []part, heading bool) bool {
	last := ps[len(ps)-1]
	if !last.own && !last.broke {
		return false
	}
	rest, all := fold(oneLine(ps[:len(ps)-1])), fold(oneLine(ps))
	if len(rest) < minRest {
		return false
	}
	said := false
	for _, w := range r.saidTitles() {
		switch w.fold {
		case all:
			return false
		case rest:
			said = true
		}
	}
	line := last.named & (markup.Lead | markup.Kicker | markup.Title)
	return said && (!heading || last.small || line == markup.Lead) || line == markup.Kicker && len(all) < 2*len(rest)
}
