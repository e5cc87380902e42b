package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
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
	if g, ok := salutations[strings.TrimSuffix(r.word(i), ".")]; ok {
		n.gender = g
	}
}

// salutations tell the gender of whom they address.
var salutations = map[string]string{
	"Frau": schemas.GenderFemale, "Fr": schemas.GenderFemale, "Fräulein": schemas.GenderFemale, "Frl": schemas.GenderFemale, "Mrs": schemas.GenderFemale, "Ms": schemas.GenderFemale, "Schwester": schemas.GenderFemale,
	"Madame": schemas.GenderFemale, "Mme": schemas.GenderFemale, "Señora": schemas.GenderFemale, "Signora": schemas.GenderFemale,
	"Herr": schemas.GenderMale, "Herrn": schemas.GenderMale, "Hr": schemas.GenderMale, "Mr": schemas.GenderMale, "Mister": schemas.GenderMale, "Sir": schemas.GenderMale, "Lord": schemas.GenderMale, "Pater": schemas.GenderMale,
	"Bruder": schemas.GenderMale, "Monsieur": schemas.GenderMale, "Señor": schemas.GenderMale, "Signor": schemas.GenderMale,
}
