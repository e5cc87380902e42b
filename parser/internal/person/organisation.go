package person

import "strings"

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
	for _, noun := range []string{
		"amt", "kreis", "verein", "verband", "institut", "museum", "zentrum", "dezernat", "ministerium", "rat", "haus", "land", "bund", "archiv", "gymnasium", "referat", "betrieb", "büro", "theater", "klinikum", "krankenhaus",
		"kolleg", "sachgebiet", "fachbereich", "eigenbetrieb", "kuratorium", "präsidium", "komitee", "gericht", "werk", "orchester", "jobcenter", "vorstand", "ausschuss", "beirat", "projekt", "netzwerk", "forum", "tag", "ring",
	} {
		for _, e := range []string{"es", "s", "ses"} {
			if strings.HasSuffix(low, noun+e) {
				return strings.TrimSpace(head[:len(head)-len(e)] + " " + rest)
			}
		}
	}
	return org
}

// party is the party or group that s names, "" for none.
func party(s string) string {
	low := strings.TrimPrefix(strings.ToLower(s), "die ")
	base := strings.TrimSuffix(low, "-fraktion")
	if parties[base] {
		return s
	}
	for p := range strings.SplitSeq(base, "/") {
		if !parties[strings.TrimSpace(p)] {
			return ""
		}
	}
	return s
}

var parties = func() map[string]bool {
	m := map[string]bool{"": false}
	for w := range strings.SplitSeq(`cdu,csu,spd,fdp,afd,linke,linken,grüne,grünen,bündnis 90,volt,piraten,piratenpartei,partei,freie wähler,fw,fwg,uwg,bsw,ssw,ödp,tierschutzpartei,
cdu/csu,union,spö,övp,fpö,neos,svp,pds,npd,dkp,parteilos,fraktionslos,bürgerliste,wählergemeinschaft`, ",") {
		m[strings.TrimSpace(w)] = true
	}
	delete(m, "")
	return m
}()
