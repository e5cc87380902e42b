package quote

import (
	"sort"
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

// announced finds the announcement that governs passage qi.
func (a *analysis) announced(qi int) link {
	x := a.aroundOf(qi)
	colon := x.prev.word == ":"
	for _, look := range []func(around, bool) (link, bool){around.humanColon, around.behind, around.blockColon, around.colonBefore} {
		if l, ok := look(x, colon); ok {
			return l
		}
	}
	return x.inSentence()
}

// humanColon is a verb of saying with a human subject before a colon: X sagte: „…“.
func (x around) humanColon(colon bool) (link, bool) {
	h := x.left.hitBefore(x.first.item)
	if !colon || h < 0 || !x.left.hits[h].clear() || !x.left.nouns[x.left.hits[h].subject].human {
		return link{}, false
	}
	return link{relColon, x.first.frame, h}, true
}

// behind is an announcement right behind the passage: „…“, sagte X; „…“, so sagte X; „…“, wie X sagte.
func (x around) behind(colon bool) (link, bool) {
	g := x.right
	j := x.last.item + 1
	apart := x.first.item == 0 || x.commaInside(x.passage) || colon
	switch x.next.word {
	case ",", "–", "-", "—":
		apart = true
		j++
	}
	for s := 0; s < adverbsBehind; s++ {
		if h := g.hitFrom(j); h >= 0 {
			if apart && (j > x.last.item+1 || g.hits[h].subject >= 0) { // else the marked words are themselves the subject: „Die Zeit“ schrieb
				return link{relAfter, x.last.frame, h}, true
			}
			break
		}
		if w := g.at(j); !w.isWord() || !w.is(german.Adverb) {
			break
		}
		j++
	}
	if w := g.at(j).low; apart && (w == "wie" || w == "heißt") {
		if h := g.hitBetween(j, j+window); h >= 0 {
			return link{relAfter, x.last.frame, h}, true
		}
	}
	return link{}, false
}

// blockColon is a colon at the end of the sentence before a passage that begins its own.
func (x around) blockColon(colon bool) (link, bool) {
	b := x.first.frame - 1
	if colon || x.first.item > 0 || b < 0 {
		return link{}, false
	}
	g := &x.frames[b]
	if g.at(len(g.items)-1).word != ":" {
		return link{}, false
	}
	h := g.hitBefore(len(g.items))
	if h >= 0 && !g.hits[h].clear() {
		h = -1
	}
	return link{relColon, b, h}, true
}

// colonBefore is a colon directly before the passage, with or without an announcement.
func (x around) colonBefore(colon bool) (link, bool) {
	return link{relColon, x.first.frame, x.left.hitBefore(x.first.item)}, colon
}

// inSentence is the announcement of the sentence the passage stands in: the one to its left unless the one to its right is inverted.
func (x around) inSentence() link {
	left, right := x.left.hitBefore(x.first.item), x.right.hitBetween(x.last.item+1, x.last.item+1+window)
	if left >= 0 && x.left.ownSubject(x.left.hits[left].end, x.first.item) {
		left = -1
	}
	if left < 0 && right >= 0 && x.left.ownSubject(0, x.first.item) && !x.right.sameClause(x.last.item, x.right.hits[right]) {
		right = -1
	}
	switch {
	case left >= 0 && (right < 0 || !x.right.inverted(right)):
		return link{relInside, x.first.frame, left}
	case right >= 0:
		return link{relInside, x.last.frame, right}
	}
	return link{relNone, x.first.frame, -1}
}

// ownSubject reports whether a clause with a subject and verb of its own begins between items i and j: X nannte es „…“, Y strich die „…“
// hervor. A clause in the mood of reported speech is what somebody says, not another one.
func (f *frame) ownSubject(i, j int) bool {
	for k := f.nounAfter(i); k < len(f.nouns) && f.nouns[k].to < j; k++ {
		n := f.nouns[k]
		v := f.at(n.to)
		if n.person < 0 || !n.nominative || f.at(n.from-1).word != "," || !v.isWord() || v.upper() {
			continue
		}
		if !subjunctive(v.low) && (looksFinite(v.low) || strings.HasSuffix(v.low, "te")) {
			return true
		}
	}
	return false
}

// sameClause reports whether no comma parts the passage at item i from the announcement behind it.
func (f *frame) sameClause(i int, h hit) bool {
	for j := i + 1; j < h.item; j++ {
		if f.items[j].word == "," {
			return false
		}
	}
	return true
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
