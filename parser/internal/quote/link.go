package quote

import (
	"sort"
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

// announced finds the announcement that governs passage qi.
func (a *analysis) announced(qi int) link {
	n := len(a.quotes[qi].parts) - 1
	first, last := a.places[qi][0], a.places[qi][n]
	colon := a.frames[first.frame].at(first.item-1).word == ":"
	if h := a.frames[first.frame].hitBefore(first.item); colon && h >= 0 {
		if f := &a.frames[first.frame]; f.hits[h].clear() && f.nouns[f.hits[h].subject].human {
			return link{relColon, first.frame, h}
		}
	}
	g := &a.frames[last.frame]
	j := last.item + 1
	apart := first.item == 0 || a.commaInside(qi) || colon
	if w := g.at(j).word; w == "," || w == "–" || w == "-" || w == "—" {
		apart = true
		j++
	}
	for s := 0; s < 3; s++ { // „…“, sagte X; „…“, so sagte X; „…“, wie X sagte
		if h := g.hitFrom(j); h >= 0 {
			if apart && (j > last.item+1 || g.hits[h].subject >= 0) { // else the marked words are themselves the subject: „Die Zeit“ schrieb
				return link{relAfter, last.frame, h}
			}
			break
		}
		if w := g.at(j); !(w.is(german.Adverb) && w.isWord()) {
			break
		}
		j++
	}
	if w := g.at(j).low; apart && (w == "wie" || w == "heißt") {
		if h := g.hitBetween(j, j+window); h >= 0 {
			return link{relAfter, last.frame, h}
		}
	}
	f := &a.frames[first.frame]
	if b := first.frame - 1; !colon && first.item == 0 && b >= 0 && a.frames[b].at(len(a.frames[b].items)-1).word == ":" { // a block of its own
		g := &a.frames[b]
		if h := g.hitBefore(len(g.items)); h >= 0 && g.hits[h].clear() {
			return link{relColon, b, h}
		}
		return link{relColon, b, -1}
	}
	if colon {
		if h := f.hitBefore(first.item); h >= 0 {
			return link{relColon, first.frame, h}
		}
		return link{relColon, first.frame, -1}
	}
	left, right := f.hitBefore(first.item), g.hitBetween(last.item+1, last.item+1+window)
	switch {
	case left >= 0 && (right < 0 || !g.inverted(right)):
		return link{relInside, first.frame, left}
	case right >= 0:
		return link{relInside, last.frame, right}
	}
	return link{relNone, first.frame, -1}
}

// commaInside reports whether a comma stands before the closing mark, as in "„Gut,“ sagte X".
func (a *analysis) commaInside(qi int) bool {
	s := a.quotes[qi].last().inner
	return strings.HasSuffix(a.doc.Slice(s), ",")
}

// hitFrom is the announcement that begins at item i, -1 for none.
func (f *frame) hitFrom(i int) int {
	k := f.hitIndex(i)
	if k < len(f.hits) && f.hits[k].item == i {
		return k
	}
	return -1
}

// hitBefore is the last announcement that begins within the window before item i, -1 for none.
func (f *frame) hitBefore(i int) int {
	best := -1
	for k := f.hitIndex(max(0, i-window)); k < len(f.hits) && f.hits[k].item < i; k++ {
		if f.hits[k].passive && f.hits[k].subject < 0 {
			continue // als „…“ bezeichnet wird: nobody says it
		}
		if best < 0 || f.hits[k].rank() >= f.hits[best].rank() {
			best = k
		}
	}
	return best
}

// hitBetween is the first announcement that begins in [i, j), -1 for none.
func (f *frame) hitBetween(i, j int) int {
	best := -1
	for k := f.hitIndex(i); k < len(f.hits) && f.hits[k].item < j; k++ {
		if f.hits[k].passive && f.hits[k].subject < 0 {
			continue
		}
		if best < 0 || f.hits[k].rank() > f.hits[best].rank() {
			best = k
		}
	}
	return best
}

// clear reports whether a verb of saying has a subject.
func (h hit) clear() bool {
	return h.subject >= 0 && (h.verb == nil || h.verb.Report <= german.Call)
}

// rank puts announcements with a subject and of a strong class first.
func (h hit) rank() int {
	r := 0
	if h.subject >= 0 {
		r += 4
	}
	switch {
	case h.verb == nil, h.verb.Report == german.Say:
		r += 2
	case h.verb.Report == german.Call:
		r += 2
	case h.verb.Report == german.Feel:
		r++
	}
	return r
}

// hitIndex is the index of the first hit at or after item i.
func (f *frame) hitIndex(i int) int {
	return sort.Search(len(f.hits), func(k int) bool { return f.hits[k].item >= i })
}

// inverted reports whether the announcement follows a comma or passage, as at the end of a reported sentence.
func (f *frame) inverted(k int) bool {
	p := f.at(f.hits[k].item - 1)
	return p.word == "," || p.isQuote() || p.word == "–"
}
