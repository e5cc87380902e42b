package quote

import (
	"github.com/kreispresse/kreispresse/internal/german"
)

// after finds the subject to the right of the verb: the first nominal that can be one, over adverbs, objects and prepositional phrases.
func (f *frame) after(h *hit) (int, bool) {
	k := f.nounAfter(h.item + 1)
	for j := h.item + 1; j < len(f.items) && j < h.item+window; {
		if k < len(f.nouns) && f.nouns[k].from == j {
			if n := f.nouns[k]; n.nominative && f.agree(k, h) {
				return k, true
			}
			j = f.nouns[k].to
			k++
			continue
		}
		next, ends := f.skip(j, k, h)
		if ends {
			return -1, false
		}
		j = next
		for k < len(f.nouns) && f.nouns[k].from < j {
			k++
		}
	}
	return -1, false
}

// skip is the item behind what stands at item j between a verb and its subject, of which k is the next nominal; ends reports that the
// subject cannot stand further right.
func (f *frame) skip(j, k int, h *hit) (next int, ends bool) {
	it := f.items[j]
	switch {
	case it.isQuote():
		return j + 1, j > h.item+1 || f.at(j+1).kind == 0 // sagte „Die Zeit“ …
	case it.word == "(":
		return max(f.closing(j, window), j+1), false
	case it.word == "," || it.word == ":" || it.word == ";" || it.word == "." || it.word == "–", it.is(german.Coordinator):
		return j, true
	case it.low == "als" || it.low == "wie": // sagte als erster Redner X
		if k < len(f.nouns) && f.nouns[k].from == j+1 {
			return f.nouns[k].to, false
		}
		return j + 1, false
	}
	return j + 1, it.is(german.Subordinator)
}

// clauseStart is the first item of the clause that ends in the verb at item v: after the last colon, semicolon, passage or
// coordinated clause, but over commas, since appositions hold them.
func (f *frame) clauseStart(v int) int {
	for j := v - 1; j >= 0 && j > v-window; j-- {
		if f.partsClauses(j, v) {
			return j + 1
		}
	}
	start := max(0, v-window+1)
	if start == 0 && f.subClause(0) && (f.at(0).low != "wie" || f.clauseBefore(v)) { // Als ein Gast zu Hilfe kam, rief
		for j := v - 1; j > 0; j-- {
			if f.items[j].word == "," && !f.subClause(j+1) {
				return j + 1
			}
		}
	}
	return start
}

// partsClauses reports whether the clause of the verb at item v begins behind item j.
func (f *frame) partsClauses(j, v int) bool {
	it := f.items[j]
	switch {
	case it.isQuote(), it.word == ";", it.word == ":", it.word == "–":
		return true
	case it.low == "und", it.low == "aber", it.low == "doch", it.low == "sondern":
		return f.clauseBefore(j) && !f.nounJoint(j)
	}
	return it.word == "," && f.subClause(j+1) && f.at(j+1).low != "als" && !f.closed(j+1, v)
}

// closed reports whether the subordinate clause from item i ends by a comma before item v.
func (f *frame) closed(i, v int) bool {
	for j := i; j < v; j++ {
		if f.items[j].word == "," {
			return true
		}
	}
	return false
}

// nounJoint reports whether the coordinator at item j stands between two nominals.
func (f *frame) nounJoint(j int) bool {
	k := f.nounAfter(j)
	return k > 0 && k < len(f.nouns) && f.nouns[k-1].to == j && f.nouns[k].from == j+1
}

// clauseBefore reports whether a finite verb stands before item j, so that a coordinator there can join clauses.
func (f *frame) clauseBefore(j int) bool {
	for i := max(0, j-window); i < j; i++ {
		w := f.items[i]
		if w.isWord() && !w.upper() && looksFinite(w.low) {
			return true
		}
	}
	return false
}

// apposition reports whether the commas between start and the verb at v enclose an apposition to the first nominal.
func (f *frame) apposition(start, v int) bool {
	k := f.nounAfter(start)
	if k >= len(f.nouns) || !f.nouns[k].nominative || f.nouns[k].from > start+2 {
		return false
	}
	commas := 0
	for j := start; j < v; j++ {
		if f.items[j].word == "," {
			commas++
		}
	}
	return commas >= 2
}

// firstNominative is the first nominal in [from, to) that can be the subject, -1 for none.
func (f *frame) firstNominative(from, to int, h *hit) int {
	best := -1
	late := f.lateStart(from, to, h)
	for k := f.nounAfter(from); k < len(f.nouns) && f.nouns[k].to <= to; k++ {
		n := f.nouns[k]
		if !n.nominative || !f.agree(k, h) {
			continue
		}
		if n.human && n.from >= late {
			return k
		}
		if best < 0 || n.human && !f.nouns[best].human {
			best = k
		}
	}
	return best
}

// lateStart is the item after the last finite verb in [from, to) that is not the announcement's: what stands before it belongs to another
// clause.
func (f *frame) lateStart(from, to int, h *hit) int {
	for j := to - 1; j >= from; j-- {
		if it := f.items[j]; it.isWord() && !it.upper() && j != h.item && looksFinite(it.low) && !f.inRelative(j) {
			return j + 1
		}
	}
	return from
}

// inRelative reports whether the finite verb at item j closes a relative clause.
func (f *frame) inRelative(j int) bool {
	for i := j - 1; i >= 0 && i > j-window; i-- {
		if f.items[i].word == "," {
			switch f.at(i + 1).low {
			case "der", "die", "das", "dem", "den", "deren", "dessen", "welcher", "welche", "wo":
				return true
			}
			return f.at(i+1).is(german.Preposition) && (f.at(i+2).low == "der" || f.at(i+2).low == "dem" || f.at(i+2).low == "denen")
		}
	}
	return false
}

// verbLast reports whether the announcement's verb ends its clause.
func (f *frame) verbLast(h *hit) bool {
	n := f.at(h.end)
	return h.end >= len(f.items) || n.isQuote() || n.word == "," || n.word == ":" || n.word == "." || n.word == ")" || n.word == "–" || n.low == "und"
}

// relative finds the antecedent when the verb closes a relative clause whose pronoun is its subject: "X, der betonte".
func (f *frame) relative(h *hit) (int, bool) {
	if !f.verbLast(h) {
		return -1, false
	}
	j := f.commaBefore(h.item)
	if j <= 0 {
		return -1, false
	}
	switch f.at(j + 1).low {
	case "der", "die", "das", "welcher", "welche":
	default:
		return -1, false
	}
	k := f.nounAfter(j + 1)
	if k < len(f.nouns) && f.nouns[k].from == j+1 {
		return -1, false // an apposition
	}
	for ; k < len(f.nouns) && f.nouns[k].to <= h.item; k++ {
		if n := f.nouns[k]; n.nominative && n.human {
			return -1, false // the pronoun is the object
		}
	}
	k = f.nounAfter(j) - 1
	return k, k >= 0 && f.nouns[k].to == j
}

// commaBefore is the last comma before item i within the window, -1 when a passage or a colon stands nearer.
func (f *frame) commaBefore(i int) int {
	for j := i - 1; j > 0 && j > i-window; j-- {
		switch it := f.items[j]; {
		case it.isQuote() || it.word == ":":
			return -1
		case it.word == ",":
			return j
		}
	}
	return -1
}
