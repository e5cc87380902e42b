package german

import (
	"strings"
	"sync"
)

// General reports whether a lower-case noun is the general word for a profession in either gender: Künstlerin for Bildhauer.
func General(general, profession string) bool {
	for _, p := range professions()[masculine(general)] {
		if strings.HasSuffix(masculine(profession), p) {
			return true
		}
	}
	return false
}

var professions = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for row := range rows("professions") {
		m[row[0]] = strings.Fields(row[1])
	}
	return m
})

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
