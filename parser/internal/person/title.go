package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

// titles extends the name to the left over academic titles and a salutation.
func (r *reader) titles(n *name) {
	i := n.first - 1
	from, to := -1, -1
	for ; i >= 0 && n.first-i < 16 && r.near(i) && !r.isTaken(i); i-- {
		if r.is(i, isTitle) {
			if to < 0 {
				to = i + 1
			}
			from = i
			continue
		}
		if w := r.word(i); (w == "." || w == "-") && r.is(i-1, isTitle) { // Dr.-Ing.
			continue
		}
		break
	}
	if from >= 0 {
		n.full, n.title = from, r.join(from, to)
		i = from - 1
	}
	if !r.is(i, isSal) || !r.near(i) {
		return
	}
	n.full = i
	if g := german.TitleOf(strings.TrimSuffix(r.word(i), ".")).Gender; g != german.AnyGender {
		n.gender = genderOf(g)
	}
}
