package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

// titles extends the name to the left over academic titles and a salutation.
func (r *reader) titles(n *name) {
	from, to, i := r.academic(n.first)
	if from >= 0 {
		n.full, n.title = from, r.join(from, to)
	}
	if !r.is(i, isSal) || !r.near(i) {
		return
	}
	n.full = i
	if g := german.TitleOf(strings.TrimSuffix(r.word(i), ".")).Gender; g != german.AnyGender {
		n.gender = genderOf(g)
	}
}

// academic gives the tokens [from, to) of the academic titles before token j, -1 for none, and the token before them.
func (r *reader) academic(j int) (from, to, before int) {
	from, to = -1, -1
	for i := j - 1; i >= 0 && j-i < maxTitles && r.near(i) && !r.isTaken(i); {
		n := r.titlePart(i)
		if n == 0 {
			break
		}
		if to < 0 && r.word(i) != "." && r.word(i) != "-" {
			to = i + 1
		}
		if r.is(i, isTitle) {
			from = i
		}
		i -= n
	}
	if from < 0 {
		return -1, -1, j - 1
	}
	return from, to, from - 1
}

// titlePart is how many tokens of an academic title end with token i: a title, a sign within one (Dr.-Ing.), a school in brackets.
func (r *reader) titlePart(i int) int {
	switch w := r.word(i); {
	case r.is(i, isTitle), (w == "." || w == "-") && r.is(i-1, isTitle):
		return 1
	case r.school(i):
		return 3
	}
	return 0
}

// school reports whether the kind of school that gave the degree before it ends in brackets at token p: Dipl.-Ing. (FH)
func (r *reader) school(p int) bool {
	return r.word(p) == ")" && acronym(r.word(p-1)) && r.word(p-2) == "(" && (r.is(p-3, isTitle) || r.word(p-3) == "." && r.is(p-4, isTitle))
}
