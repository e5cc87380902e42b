package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

// isRole reports whether the run names an office or a human part.
func (f *frame) isRole(n nominal) bool {
	if f.native(n) {
		return true
	}
	for i := n.from; i <= n.head; i++ {
		if f.items[i].upper() && roleWord(f.items[i].low) {
			return true
		}
	}
	return false
}

// native reports whether the nominal calls somebody by where he is from: der gebürtige Hamburger.
func (f *frame) native(n nominal) bool {
	return n.head > n.from && strings.HasPrefix(f.items[n.head-1].low, "gebürtig")
}

// roleWord reports whether a lower-case noun is a role: it or its end is in the lexicon, inflection aside.
func roleWord(w string) bool { return german.Ends(w, german.Human) }

// feminine reports whether the ending of a lower-case noun shows its gender; "der" before it is then no nominative.
func feminine(w string) bool {
	return german.FeminineNoun(w)
}

// titleRoles are the professions an academic title tells.
func titleRoles(title string) []string {
	var out []string
	if strings.Contains(title, "Prof") {
		out = append(out, "Professor", "Professorin")
	}
	if strings.Contains(title, "Dr") {
		out = append(out, "Arzt", "Ärztin", "Mediziner", "Medizinerin")
	}
	return out
}

// sameRole reports whether a role noun can stand for a role as written: one ends in the other, in either gender; a mayor is the
// "Stadtoberhaupt" and, in short, the "OB".
func sameRole(head, role string) bool {
	head = strings.TrimPrefix(head, "stellvertretende")
	for w := range strings.FieldsFuncSeq(role, func(r rune) bool { return strings.ContainsRune(" ,()/", r) }) {
		if sameNoun(head, w) || sameMayor(head, w) {
			return true
		}
	}
	return false
}

// sameNoun reports whether one of two role nouns is the end of the other, a short one aside, or the part behind a hyphen.
func sameNoun(head, w string) bool {
	if w == head || len(w) > 3 && strings.HasSuffix(head, w) || len(head) > 3 && strings.HasSuffix(w, head) {
		return true
	}
	i := strings.LastIndexByte(w, '-')
	return i >= 0 && len(w)-i > 4 && strings.HasSuffix(head, w[i+1:])
}

// sameMayor reports whether a word means the head of a town or district as a role says it.
func sameMayor(head, w string) bool {
	lord := w == "ob" || strings.HasPrefix(w, "oberbürgermeister")
	switch head {
	case "ob", "oberbürgermeister", "oberbürgermeisterin":
		return lord
	case "stadtoberhaupt", "rathauschef", "rathauschefin", "stadtchef", "gemeindeoberhaupt", "verwaltungschef", "verwaltungschefin":
		return lord || strings.HasPrefix(w, "bürgermeister")
	case "kreischef", "kreischefin":
		return strings.HasPrefix(w, "landr")
	}
	return false
}

// feminineRole reports whether a lower-case role noun names a woman.
func feminineRole(w string) bool {
	if strings.HasSuffix(w, "innen") {
		return false
	}
	switch w {
	case "mutter", "tochter", "schwester", "witwe", "dame":
		return true
	}
	return strings.HasSuffix(w, "in") && !strings.HasSuffix(w, "termin") || strings.HasSuffix(w, "frau")
}

// neutralRole reports whether the role noun tells no gender.
func neutralRole(w string) bool {
	switch w {
	case "mitglied", "kind", "mädchen", "opfer", "vize", "stellvertretung", "leitung":
		return true
	}
	return german.HasEnd(w, german.Neutral)
}

// office reports whether the role noun names an office that several people of a text may hold, so that only its holder is meant.
func office(w string) bool { return german.HasEnd(w, german.Office) }

// general reports whether a lower-case noun is the general word for a role as written.
func general(head, role string) bool {
	for w := range strings.FieldsSeq(role) {
		if german.General(head, w) {
			return true
		}
	}
	return false
}
