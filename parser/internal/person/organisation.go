package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

// partyOf is the party or group that the first part of a compound names: CDU-Fraktions(vorsitzender), Volt-(Stadtrat).
func (r *reader) partyOf(prefix string) string {
	first, _, ok := strings.Cut(prefix, "-")
	if !ok || first == "" {
		return ""
	}
	if p := party(first); p != "" {
		switch p { // Grünen-Stadträtin, Linken-Chef
		case "Grünen", "Linken":
			return strings.TrimSuffix(p, "n")
		}
		return p
	}
	if acronym(first) && first != "US" && first != "EU" && first != "UN" && first != "UNO" {
		return first
	}
	return ""
}

// nominativeOrg takes the genitive off the first noun of an organisation that followed "des": Kreises Düren -> Kreis Düren.
func nominativeOrg(article, org string) string {
	if article != "des" || !capital(org) {
		return org
	}
	head, rest, _ := strings.Cut(org, " ")
	low := strings.ToLower(head)
	for _, e := range []string{"es", "s", "ses"} {
		if noun, ok := strings.CutSuffix(low, e); ok && german.HasEnd(noun, german.Declined) {
			return strings.TrimSpace(head[:len(head)-len(e)] + " " + rest)
		}
	}
	return org
}

// party is the party or group that s names, "" for none.
func party(s string) string {
	low := strings.TrimPrefix(strings.ToLower(s), "die ")
	base := strings.TrimSuffix(low, "-fraktion")
	if german.Is(base, german.Party) {
		return s
	}
	for p := range strings.SplitSeq(base, "/") {
		if !german.Is(strings.TrimSpace(p), german.Party) {
			return ""
		}
	}
	return s
}
