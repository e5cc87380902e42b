package german

import "testing"

func TestRole(t *testing.T) {
	for _, tt := range []struct {
		form string
		want RoleForm
	}{
		{"leiters", RoleForm{"leiter", "leiterin", Male, false, false, false}},
		{"leitern", RoleForm{"leiter", "leiterin", AnyGender, true, false, false}},
		{"leiterinnen", RoleForm{"leiter", "leiterin", AnyGender, true, false, false}},
		{"rektoren", RoleForm{"rektor", "rektorin", AnyGender, true, false, false}},
		{"präsidenten", RoleForm{"präsident", "präsidentin", AnyGender, false, true, false}},
		{"expertin", RoleForm{"experte", "expertin", Female, false, false, false}},
		{"landräte", RoleForm{"landrat", "landrätin", AnyGender, true, false, false}},
		{"amtsärztin", RoleForm{"amtsarzt", "amtsärztin", Female, false, false, false}},
		{"staatsanwälte", RoleForm{"staatsanwalt", "staatsanwältin", AnyGender, true, false, false}},
		{"kaufleute", RoleForm{"kaufmann", "kauffrau", AnyGender, true, false, false}},
		{"kauffrau", RoleForm{"kaufmann", "kauffrau", Female, false, false, false}},
		{"beauftragten", RoleForm{"beauftragter", "beauftragte", AnyGender, false, true, true}},
		{"beauftragter", RoleForm{"beauftragter", "beauftragte", AnyGender, false, false, true}},
		{"mitglied", RoleForm{"mitglied", "mitglied", AnyGender, false, false, false}},
		{"mitglieder", RoleForm{"mitglied", "mitglied", AnyGender, true, false, false}},
		{"äbtissin", RoleForm{"abt", "äbtissin", Female, false, false, false}},
		{"hebamme", RoleForm{"", "hebamme", Female, false, false, false}},
		{"paters", RoleForm{"pater", "", Male, false, false, false}},
		{"amtmännin", RoleForm{"amtmann", "amtmännin", Female, false, false, false}},
	} {
		if got, ok := Role(tt.form); !ok || got != tt.want {
			t.Errorf("Role(%s) = %+v, %v; want %+v", tt.form, got, ok, tt.want)
		}
	}
	for _, w := range []string{"", "haus", "Leiter", "leiterei"} {
		if r, ok := Role(w); ok {
			t.Errorf("%q is a role: %+v", w, r)
		}
	}
}

func TestRoleEnd(t *testing.T) {
	any := func(string, string) bool { return true }
	if r, i, ok := RoleEnd("kinderschutzkoordinatorin", any); !ok || r.Masculine != "koordinator" || i != len("kinderschutz") {
		t.Errorf("%+v at %d, %v", r, i, ok)
	}
	if r, _, ok := RoleEnd("vorrat", func(prefix, noun string) bool { return prefix != "vor" }); ok {
		t.Errorf("a prefix that was refused: %+v", r)
	}
	if _, i, ok := RoleEnd("landrat", func(string, string) bool { return false }); !ok || i != 0 {
		t.Errorf("a whole word needs no leave: at %d, %v", i, ok)
	}
}

func TestDeclensionsAreKnown(t *testing.T) {
	for _, r := range roleNouns() {
		if _, ok := declensions[r.declension]; !ok && r.declension != "adj" {
			t.Errorf("%s: no declension %q", r.masculine, r.declension)
		}
	}
}
