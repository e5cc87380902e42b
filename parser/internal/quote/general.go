package quote

import "strings"

// kinds lists professions under the word that stands for them when the text comes back to somebody: the Bildhauerin is "die
// Künstlerin". Masculine forms; the feminine ones follow from them.
var kinds = map[string][]string{
	"künstler":        {"bildhauer", "maler", "zeichner", "grafiker", "illustrator", "fotograf", "schauspieler", "sänger", "musiker", "tänzer", "keramiker"},
	"musiker":         {"sänger", "pianist", "cellist", "geiger", "organist", "gitarrist", "trompeter", "schlagzeuger", "dirigent", "kantor"},
	"autor":           {"schriftsteller", "lyriker", "dichter", "dramatiker"},
	"schriftsteller":  {"autor", "lyriker", "dichter", "dramatiker"},
	"mediziner":       {"arzt", "chirurg", "internist", "kardiologe", "virologe", "psychiater"},
	"jurist":          {"anwalt", "richter", "notar", "staatsanwalt"},
	"wissenschaftler": {"forscher", "biologe", "historiker", "geologe", "physiker", "chemiker", "soziologe", "meteorologe", "archäologe"},
	"forscher":        {"wissenschaftler"},
	"pädagoge":        {"lehrer", "erzieher", "schulleiter"},
	"geistliche":      {"pfarrer", "pastor", "bischof", "priester"},
	"geistlicher":     {"pfarrer", "pastor", "bischof", "priester"},
	"sportler":        {"schwimmer", "läufer", "turner", "ruderer", "boxer", "ringer"},
}

// general reports whether a lower-case noun is the general word for a role as written.
func general(head, role string) bool {
	for w := range strings.FieldsSeq(role) {
		for _, k := range kinds[masculine(head)] {
			if strings.HasSuffix(masculine(w), k) {
				return true
			}
		}
	}
	return false
}

// masculine is the masculine form of a lower-case role noun: künstlerin, ärztin, biologin.
func masculine(w string) string {
	m, ok := strings.CutSuffix(w, "in")
	switch {
	case !ok:
		return w
	case strings.HasSuffix(m, "ärzt"), strings.HasSuffix(m, "anwält"):
		i := strings.LastIndex(m, "ä")
		return m[:i] + "a" + m[i+len("ä"):]
	case strings.HasSuffix(m, "log") || strings.HasSuffix(m, "gog"):
		return m + "e"
	}
	return m
}
