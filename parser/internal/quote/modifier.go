package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/person"
)

// modifier is what narrows a role to the one who carries it: "der AfD-Stadtrat", "die künftige Landrätin", "der Leiter des Bauamts".
type modifier struct {
	must  []string // beginnings of words that must stand in the role or body of the bearer
	may   []string // of words that must not contradict them, when they are the only one of that role
	plain bool     // the noun stands alone
}

// modifierOf reads what narrows the role at nominal k, whose head is head.
func (f *frame) modifierOf(k int) modifier {
	n := f.nouns[k]
	head := f.items[n.head].low
	var m modifier
	if i := strings.LastIndexByte(head, '-'); i > 0 {
		m.must = append(m.must, head[:i])
	}
	for i := n.from; i < n.head; i++ {
		it := f.items[i]
		stem, ok := german.AdjectiveStem(it.low)
		switch {
		case !it.isWord() || !ok || i == n.from && n.det != "":
		case it.upper() && strings.HasSuffix(it.low, "er"): // das Musterauer Stadtoberhaupt
			m.may = append(m.may, stem)
		case !it.upper() && german.Is(stem, german.RoleAdjective):
			m.must = append(m.must, stem)
		}
	}
	if k+1 < len(f.nouns) {
		if a := f.nouns[k+1]; f.complements(n, a) {
			m.may = append(m.may, stemOf(f.items[a.head].low))
		}
	}
	m.plain = len(m.must)+len(m.may) == 0
	return m
}

// complements reports whether nominal a, which follows n, tells of what n is the head: des Bauamts, vom Bauhof, für Bildung.
func (f *frame) complements(n, a nominal) bool {
	if a.person >= 0 || a.pronoun {
		return false
	}
	switch a.prep {
	case "von", "vom", "für", "beim", "bei":
		return a.from == n.to+1 && f.items[n.to].low == a.prep
	}
	return a.genitive && !dativeDet(a.det) && a.from == n.to
}

// dativeDet reports whether a determiner is a dative and never a genitive: dankten die Helfer | dem Kreis.
func dativeDet(det string) bool { return det == "dem" || det == "den" }

// stemOf is the beginning of a noun that its cases share.
func stemOf(w string) string {
	for _, e := range [...]string{"es", "s", "en", "n"} {
		if s, ok := strings.CutSuffix(w, e); ok && len(s) >= shortestStem {
			return s
		}
	}
	return w
}

// matching tells how well a role noun names the role of a person.
type matching uint8

const (
	noMatch   matching = iota
	kindOf             // Künstlerin for a Bildhauerin
	narrower           // Bauamtsleiterin for a Leiterin
	wider              // Dezernent for a Baudezernent
	sameWords          // Landrätin for a Landrätin
	carried            // more than each of these: what narrows it stands in the role
)

// matches tells how well the lower-case role noun head, narrowed by m, names person p; contradicted roles do not match.
func (m modifier) matches(head string, p person.Person) matching {
	if i := strings.LastIndexByte(head, '-'); i > 0 {
		head = head[i+1:]
	}
	best := noMatch
	for _, r := range append(titleRoles(p.Title), p.Roles...) {
		if x := matchRole(head, strings.ToLower(r), p); x > best && m.allows(strings.ToLower(r), p) {
			best = x
		}
	}
	if best != noMatch && len(m.may) > 0 && !m.strangerTo(p) {
		best += carried
	}
	return best
}

// matchRole compares a role noun with one role of the person as written.
func matchRole(head, role string, p person.Person) matching {
	best := noMatch
	for w := range strings.FieldsFuncSeq(role, func(r rune) bool { return strings.ContainsRune(" ,()/", r) }) {
		x := noMatch
		switch {
		case w == head || strings.HasSuffix(w, "-"+head) || sameMayor(head, w):
			x = sameWords
		case len(head) > 3 && strings.HasSuffix(w, head):
			x = wider
		case len(w) > 3 && strings.HasSuffix(head, w) && carriesPart(head[:len(head)-len(w)], role, p):
			x = narrower
		case endsInPart(head, w):
			x = wider
		}
		best = max(best, x)
	}
	if best == noMatch && general(head, role) {
		best = kindOf
	}
	return best
}

// endsInPart reports whether a role noun ends in the part of the word behind its hyphen: Dezernent for a Kreis-Baudezernent.
func endsInPart(head, w string) bool {
	i := strings.LastIndexByte(w, '-')
	return i >= 0 && len(w)-i > 4 && strings.HasSuffix(head, w[i+1:])
}

// carriesPart reports whether the first part of a compound role does not contradict the role it narrows: a Leiterin des Tiefbauamts is the
// Tiefbauamtsleiterin and not the Kulturamtsleiterin; of a bare Leiterin nobody knows.
func carriesPart(part, role string, p person.Person) bool {
	part = strings.TrimSuffix(part, "s")
	if !strings.Contains(role, " ") && p.Organisation == "" {
		return part != "ober" && part != "vize"
	}
	return len(part) > 3 && strings.Contains(role+" "+strings.ToLower(p.Organisation), part[:min(len(part), shortestStem+1)])
}

// allows reports whether the role, or the body of the person, carries what must be carried and contradicts nothing.
func (m modifier) allows(role string, p person.Person) bool {
	body := strings.ToLower(p.Organisation)
	for _, w := range m.must {
		if !strings.Contains(role, w) && !strings.Contains(body, w) {
			return false
		}
	}
	if len(m.may) == 0 || body == "" && !strings.Contains(role, " ") {
		return true
	}
	for _, w := range m.may {
		if strings.Contains(role, w) || strings.Contains(body, w) {
			return true
		}
	}
	return false
}

// strangerTo reports whether the bearer carries nothing of a modifier: he is meant only if he is the only one of that role.
func (m modifier) strangerTo(p person.Person) bool {
	all := strings.ToLower(strings.Join(p.Roles, " ") + " " + p.Organisation)
	for _, w := range m.may {
		if strings.Contains(all, w) {
			return false
		}
	}
	return len(m.may) > 0
}
