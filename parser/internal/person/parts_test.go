package person

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// readerOf is a reader of a text whose names have been read.
func readerOf(s string) *reader {
	r := newReader(text.New([]text.Piece{{Text: s}}), newRegistry())
	return r
}

// index is the first token of the text that is the word.
func (r *reader) index(t *testing.T, word string) int {
	t.Helper()
	for i := range r.toks {
		if r.word(i) == word {
			return i
		}
	}
	t.Fatalf("%q does not stand in %q", word, r.d.Text)
	return -1
}

// TestFamilyAt reads a family name behind the word before it.
func TestFamilyAt(t *testing.T) {
	for _, tt := range []struct{ in, after, want string }{
		{"Anna Lohmeier kam", "Anna", "Lohmeier"},
		{"Anna von der Heide kam", "Anna", "von der Heide"},
		{"Anna de la Cruz kam", "Anna", "de la Cruz"},
		{"Samira El Amrani kam", "Samira", "El Amrani"},
		{"Franz Freiherr von Gedultstein kam", "Franz", "Freiherr von Gedultstein"},
		{"Anna Lohmeier-Schulze kam", "Anna", "Lohmeier-Schulze"},
		{"Anna d’Orsay kam", "Anna", "d’Orsay"},
		{"Hermine Hoffmann von Rodenleben kam", "Hermine", "Hoffmann von Rodenleben"},
		{"Carlos Moreno Ocampo kam", "Carlos", "Moreno Ocampo"},
		{"Anna von der CDU kam", "Anna", ""},
		{"Anna von Siemens kam", "Anna", ""},
		{"Anna die Lohmeier kam", "Anna", ""},
		{"Anna Verwaltung kam", "Anna", ""},
		{"Anna Bergstraße kam", "Anna", ""},
		{"Anna kam", "Anna", ""},
		{"Anna Montag kam", "Anna", ""},
	} {
		r := readerOf(tt.in)
		i := r.index(t, tt.after) + 1
		_, end := r.familyAt(i)
		if got := r.join(i, end); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestPhrase reads a role with its adjectives and complement, and its organisation.
func TestPhrase(t *testing.T) {
	for _, tt := range []struct{ in, role, want, org string }{
		{"der Leiter des Gesundheitsamtes kam", "Leiter", "Leiter des Gesundheitsamtes", "Gesundheitsamt"},
		{"die stellvertretende Leiterin kam", "Leiterin", "stellvertretende Leiterin", ""},
		{"dem ehemaligen Landrat des Kreises gefiel das", "Landrat", "ehemaliger Landrat des Kreises", "Kreis"},
		{"die Sprecherin der Polizei kam", "Sprecherin", "Sprecherin der Polizei", "Polizei"},
		{"die Dezernentin für Umwelt der Stadt Ahlen kam", "Dezernentin", "Dezernentin für Umwelt der Stadt Ahlen", "Stadt Ahlen"},
		{"der Beauftragte für Kinder kam", "Beauftragte", "Beauftragte für Kinder", ""},
		{"der Landrat a. D. kam", "Landrat", "Landrat a. D.", ""},
		{"der CDU-Stadtrat kam", "CDU-Stadtrat", "CDU-Stadtrat", "CDU"},
		{"der Leiter vom Verein „Blaues Band“ kam", "Leiter", "Leiter vom Verein „Blaues Band“", "Verein „Blaues Band"},
		{"der Leiter des Amtes für Entwicklung und -straßen kam", "Leiter", "Leiter des Amtes für Entwicklung und -straßen", "Amt für Entwicklung und -straßen"},
		{"der Leiter Rettungsdienst, Anna", "Leiter", "Leiter Rettungsdienst", "Rettungsdienst"},
		{"der Leiter schlief", "Leiter", "Leiter", ""},
	} {
		r := readerOf(tt.in)
		ph := r.phrase(r.index(t, tt.role), "")
		if ph.text != tt.want || ph.org != tt.org {
			t.Errorf("%s: %q of %q, want %q of %q", tt.in, ph.text, ph.org, tt.want, tt.org)
		}
	}
}

// TestTrapped tells people from what is named after them.
func TestTrapped(t *testing.T) {
	people := func(s string) string {
		var names []string
		for _, p := range Find(text.New([]text.Piece{{Text: s}}), nil) {
			names = append(names, p.Name)
		}
		return strings.Join(names, ", ")
	}
	for _, tt := range []struct{ in, want string }{
		{"Gestern kam Anna Lohmeier an.", "Anna Lohmeier"},
		{"Die Schule Anna Lohmeier ist neu.", ""},
		{"Die St. Anna Kapelle ist neu.", ""},
		{"Die Bürgerstiftung Anna Lohmeier hilft.", ""},
		{"Das Anna Lohmeier Gymnasium ist neu.", ""},
		{"Anna Lohmeier kam. Anna Lohmeiers Gymnasium ist neu.", "Anna Lohmeier"},
		{"Das Lied „Anna Lohmeier Blues“ ist neu.", ""},
		{"Die HMS Anna sank.", ""},
		{"Sie fuhren nach Asunción.", ""},
		{"Man kennt den klugen Peter.", ""},
		{"Die 13-jährige Jennifer kam.", "Jennifer"},
		{"Foto: Anna Lohmeier", ""},
		{"Anna und Peter Lohmeier kamen.", "Anna Lohmeier, Peter Lohmeier"},
		{"Nur Peter Lohmeier kam.", "Peter Lohmeier"},
		{"Per Dekret kam das Ende.", ""},
		{"Papst Coelestin V. kam.", "Coelestin V."},
		{"Bundeskanzler Lohmeier und Frau Behrsen kamen.", "Lohmeier, Behrsen"},
	} {
		if got := people(tt.in); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestPlural tells roles of several people from those of one.
func TestPlural(t *testing.T) {
	for in, want := range map[string]bool{
		"die Leiter kamen": true, "die beiden klugen Leiter kamen": true, "Leiterinnen kamen": true, "alle Lehrer kamen": true, "3 Lehrer kamen": true,
		"der Lehrer kam": false, "die Lehrerin kam": false, "1 Lehrer kam": false, "ein kluger Lehrer kam": false, "Lehrerinnen und Lehrer kamen": true,
	} {
		r := readerOf(in)
		last := -1
		for i := range r.toks {
			if r.is(i, isRole) {
				last = i
			}
		}
		if last < 0 || r.plural(last) != want {
			t.Errorf("%s: plural is not %v", in, want)
		}
	}
}

// TestAnaphora gives people the roles that stand away from their names.
func TestAnaphora(t *testing.T) {
	for _, tt := range []struct {
		in, role string
		mentions int
	}{
		{"Anna Lohmeier kam. Die Leiterin sprach.", "Leiterin", 1},
		{"Als Vorsitzende sprach Anna Lohmeier.", "Vorsitzende", 0},
		{"Die Landrätin freut sich. Es regne nicht mehr, sagte Anna Lohmeier.", "Landrätin", 1},
		{"Landrätin Anna Lohmeier kam. Die Landrätin sprach.", "Landrätin", 1},
		{"Anna Lohmeier kam. Mit der Leiterin sprach niemand.", "", 0},
		{"Anna Lohmeier und Petra Behrsen kamen. Die Leiterin sprach.", "", 0},
		{"Anna Lohmeier kam. Die Bürgerin sprach.", "", 0},
		{"Anna Lohmeier kam. Der Leiter sprach.", "", 0},
	} {
		ps := Find(text.New([]text.Piece{{Text: tt.in}}), nil)
		if len(ps) == 0 || strings.Join(ps[0].Roles, ", ") != tt.role || len(ps[0].RoleMentions) != tt.mentions {
			t.Errorf("%s: %+v, want role %q and %d places where it stands alone", tt.in, ps, tt.role, tt.mentions)
		}
	}
}
