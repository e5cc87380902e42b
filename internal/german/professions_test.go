package german

import "testing"

func TestGeneral(t *testing.T) {
	for _, tt := range []struct {
		general, profession string
		want                bool
	}{
		{"künstlerin", "bildhauer", true},
		{"künstler", "bildhauerin", true},
		{"mediziner", "kinderärztin", true},
		{"juristin", "staatsanwältin", true},
		{"wissenschaftlerin", "biologin", true},
		{"geistliche", "pfarrerin", true},
		{"künstler", "bäcker", false},
		{"bildhauer", "künstler", false}, // the general word for the special one, not the other way round
		{"", "maler", false},
		{"künstler", "", false},
	} {
		if got := General(tt.general, tt.profession); got != tt.want {
			t.Errorf("General(%q, %q) = %v", tt.general, tt.profession, got)
		}
	}
}

func TestMasculine(t *testing.T) {
	for w, want := range map[string]string{
		"künstlerin": "künstler", "ärztin": "arzt", "staatsanwältin": "staatsanwalt", "biologin": "biologe", "pädagogin": "pädagoge", "maler": "maler", "": "",
	} {
		if got := masculine(w); got != want {
			t.Errorf("masculine(%s) = %s, want %s", w, got, want)
		}
	}
}
