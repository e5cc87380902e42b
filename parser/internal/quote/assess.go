package quote

import (
	"github.com/kreispresse/kreispresse/internal/german"
)

// relation says where the announcement stands to the marked words.
type relation uint8

const (
	relNone   relation = iota
	relAfter           // „…“, sagte X
	relColon           // X sagte: „…“
	relInside          // X nannte es „…“; es sei „…“, sagte X
)

// link ties a passage to the announcement that governs it.
type link struct {
	rel   relation
	frame int
	hit   int // index in frame.hits, -1 when a colon stands without a verb
}

// has reports whether one of the words stands within the window before item i.
func (f *frame) has(i int, words ...string) bool {
	for j := i - 1; j >= 0 && j > i-window; j-- {
		for _, w := range words {
			if f.items[j].low == w {
				return true
			}
		}
	}
	return false
}

// bracket is the nominal of the person before a passage in brackets, or in brackets right after it; -1 for none. Both stand in the
// frame of first.
func (a *analysis) bracket(first, last place) int {
	f := &a.frames[first.frame]
	if f.at(first.item-1).word == "(" {
		k := f.nounAfter(first.item) - 1
		if k >= 0 && f.nouns[k].person >= 0 && (f.nouns[k].to == first.item-1 || f.nouns[k].to > first.item) {
			return k
		}
		return -1
	}
	if last.frame != first.frame {
		return -1
	}
	i := last.item + 1
	switch f.at(i).word {
	case "–", "-", "—": // „…“ – Anna Meier, Leiterin
		if k := f.personAt(i + 1); k >= 0 && !f.finiteAfter(i) {
			return k
		}
	}
	for k := 0; k < 2 && f.at(i).isWord() && !f.at(i).upper(); k++ { // „…“ seien (…)
		i++
	}
	if f.at(i).word == "(" {
		return f.personAt(i + 1)
	}
	return -1
}

// personAt is the nominal at item i that names one of the people, -1 for none.
func (f *frame) personAt(i int) int {
	k := f.nounAfter(i)
	if k < len(f.nouns) && f.nouns[k].from == i && f.nouns[k].person >= 0 {
		return k
	}
	return -1
}

// finiteAfter reports whether a finite verb stands after item i.
func (f *frame) finiteAfter(i int) bool {
	for j := i + 1; j < len(f.items) && j < i+window; j++ {
		if it := f.items[j]; it.isWord() && !it.upper() && looksFinite(it.low) {
			return true
		}
	}
	return false
}

// nextHit is the announcement in the sentence after place p that looks back: "So formulierte es X.", "Das sagte X." -1 for none.
func (a *analysis) nextHit(p place) int {
	if p.frame+1 >= len(a.frames) {
		return -1
	}
	f := &a.frames[p.frame+1]
	if f.block != a.frames[p.frame].block {
		return -1
	}
	switch f.at(0).low {
	case "so", "das", "dies", "mit", "dafür", "dagegen", "davon", "damit", "darauf", "darüber", "daran":
	default:
		return -1
	}
	for k := range f.hits {
		h := &f.hits[k]
		if h.item > 4 {
			break
		}
		if h.source == byHeisst || h.subject < 0 || f.nouns[h.subject].from <= h.item {
			continue
		}
		if h.source == bySo || f.at(h.item+1).low == "es" || f.at(0).low != "so" && h.item == 1 {
			return k
		}
	}
	return -1
}

// naming reports whether the verb takes the name without als: nannte ihn „…“.
func naming(lemma string) bool {
	return lemma == "nennen" || lemma == "titulieren" || lemma == "beschimpfen"
}

func contracted(w string) bool {
	switch w {
	case "am", "beim", "im", "vom", "zum", "zur", "ins", "ans", "aufs", "fürs":
		return true
	}
	return false
}

// spoken reports whether the frame holds a passage that is announced.
func (a *analysis) spoken(i int) bool {
	f := &a.frames[i]
	for _, it := range f.items[:min(len(f.items), 2*window)] {
		if it.isQuote() {
			return true
		}
	}
	return false
}

// triggerWord reports whether the noun, or the end of the compound, announces a name; not the words somebody says: mit den Worten „…“.
func triggerWord(w string) bool {
	return german.Ends(w, german.Naming) && !german.Is(w, german.Utterance)
}
