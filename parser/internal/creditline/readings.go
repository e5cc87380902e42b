package creditline

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/rule"
)

// A parting gives the credits that a string is made of, nil when it does not part it.
type parting func(s string) []string

// partings say where several credits stand in one string. Comma and slash join a party ("Kreis Düren / Max Muster"), but for people.
var partings = rule.Table[struct{}, parting]{
	{
		ID: "counted", Find: counts,
		Says: `
			Tim Probst (2), Erika Muster (1) → Tim Probst; Erika Muster
			Tim Probst (links) und Erika Muster (rechts) → Tim Probst; Erika Muster`,
		Not: "Tim Probst, Erika Muster",
	},
	{
		ID: "bars", Find: bars,
		Says: "picture alliance/dpa | Erika Muster → picture alliance/dpa; Erika Muster",
		Not:  "Erika Muster | Getty Images",
	},
	{
		ID: "people", Find: people,
		Says: `
			Tim Probst und Erika Muster → Tim Probst; Erika Muster
			Tim Probst, Erika Muster, Anna Lind → Tim Probst; Erika Muster; Anna Lind
			Tim Probst/Erika Muster → Tim Probst; Erika Muster`,
		Not: `
			Kreis Musterau, Erika Muster
			Hinz und Kunz
			Tim und Erika Muster`,
	},
}

// part applies the rules one after the other; seen is told which parted something, unless it is nil.
func part(s string, seen func(id string)) []string {
	list := []string{s}
	for i := range partings {
		var next []string
		for _, one := range list {
			if more := partings[i].Find(one); more != nil {
				if next = append(next, more...); seen != nil {
					seen(partings[i].ID)
				}
				continue
			}
			next = append(next, one)
		}
		list = next
	}
	return list
}

var counted = lazy.MustCompile(`\s*\((?:\d{1,2}|[a-z]{1,4}\.?|links|rechts|oben|unten|Mitte)\)\s*(?:[,;/]|und|$)\s*`)

// counts parts at semicolons, which are always between credits, and at the numbers or places of pictures.
func counts(s string) []string {
	if !strings.ContainsAny(s, "(;") {
		return nil
	}
	var out []string
	for one := range strings.SplitSeq(s, ";") {
		for _, two := range counted.Split(one, maxSplit) {
			if two = strings.TrimSpace(two); two != "" {
				out = append(out, two)
			}
		}
	}
	if len(out) == 1 && out[0] == strings.TrimSpace(s) {
		return nil
	}
	return out
}

// bars parts the two credit fields of a picture's metadata (IPTC credit line and by-line), unless an agency follows a name.
func bars(s string) []string {
	if !strings.Contains(s, "|") {
		return nil
	}
	parts := strings.Split(s, "|")
	last := len(parts) - 1
	if len(parts) > maxBars {
		return []string{}
	}
	if IsAgency(clean(parts[last])) && !IsAgency(clean(parts[0])) {
		return nil
	}
	return parts
}

var between = lazy.MustCompile(`\s*[,/&]\s*|\s+und\s+`)

// people parts the names of people: given names tell that each part is one.
func people(s string) []string {
	parts := between.Split(s, maxSplit)
	if len(parts) < 2 {
		return nil
	}
	for i, p := range parts {
		if parts[i] = clean(p); !fullName(parts[i]) {
			return nil
		}
	}
	return parts
}

// fullName reports whether s is the name of a person: a given name and one or two more.
func fullName(s string) bool {
	words := strings.Fields(s)
	if len(words) > 0 && german.TitleOf(strings.TrimSuffix(words[0], ".")).Address == german.Academic {
		words = words[1:]
	}
	if len(words) < 2 || len(words) > maxFullName || !given(words[0]) || organisation(words) {
		return false
	}
	c, ok := countWords(words)
	return ok && c.small == 0 && !c.article
}

// given reports whether a word is a given name or its letter: Hans, Hans-Peter, H.
func given(w string) bool {
	if _, ok := german.GivenName(w); ok || len(w) == 2 && w[1] == '.' {
		return true
	}
	first, _, ok := strings.Cut(w, "-")
	if !ok {
		return false
	}
	_, ok = german.GivenName(first)
	return ok
}

// A reading says whom one credit names; ok is false when it cannot tell.
type reading func(s string) (p Party, ok bool)

// readings are tried in their order.
var readings = rule.Table[struct{}, reading]{
	{
		ID: "library", Find: fromLibrary,
		Says: `
			Foto von Erika Muster auf Unsplash → Erika Muster | Unsplash
			Bild von Erika Muster via Wikimedia Commons → Erika Muster | Wikimedia Commons`,
		Not: "Foto von Erika Muster auf dem Markt",
	},
	{
		ID: "agency", Find: agencyAlone,
		Says: "picture alliance/dpa → | picture alliance/dpa",
		Not:  "Erika Muster/dpa",
	},
	{
		ID: "agency last", Find: agencyLast,
		Says: `
			Erika Muster, stock.adobe.com → Erika Muster | stock.adobe.com
			Erika Muster/AP/dpa → Erika Muster | AP/dpa
			Erika Muster (KNA) → Erika Muster | KNA`,
		Not: "Kreis Musterau / Erika Muster",
	},
	{
		ID: "agency first", Find: agencyFirst,
		Says: "dpa/Erika Muster → Erika Muster | dpa",
		Not: `
			IMAGO/Erika Muster
			Erika Muster/dpa`,
	},
	{
		ID: "whole", Find: func(s string) (Party, bool) { return Party{Holder: s}, true },
		Says: `
			Kreis Musterau / Erika Muster → Kreis Musterau / Erika Muster |
			IMAGO/Erika Muster → IMAGO/Erika Muster |`,
		Not: "Erika Muster/dpa",
	},
}

// party reads one credit; id is the rule that did.
func party(s string) (p Party, id string) {
	s = clean(s)
	for i := range readings {
		if p, ok := readings[i].Find(s); ok {
			return p, readings[i].ID
		}
	}
	return Party{}, ""
}

// by is the form of the free image libraries: "Foto von Name auf Unsplash", "Photo by Name on Pexels".
var by = lazy.MustCompile(`(?i)(?:^|[\s(,–-])(?:Foto|Bild|Photo|Image|Photograph)s?\s+(?:von|by)\s+([^,|(]{2,60}?),` +
	`?\s+(?:auf|on|bei|from|via|/)\s+(.{2,30}?)[\s).]*$`)

func fromLibrary(s string) (Party, bool) {
	m := by.FindStringSubmatch(s)
	if m == nil || !IsAgency(clean(m[2])) {
		return Party{}, false
	}
	return Party{clean(m[1]), clean(m[2])}, true
}

func agencyAlone(s string) (Party, bool) { return Party{Agency: s}, IsAgency(s) }

// separator stands between the names of one credit.
var separator = lazy.MustCompile(`(?i)\s*[,/|]\s*|\s+[–—-]\s*|\s*[–—]\s+|\s+(?:via|auf|on|by|bei|in:)\s+|\s*\(`)

// agencyLast cuts from the left where everything behind is agency: "Name/AP/dpa".
func agencyLast(s string) (Party, bool) {
	for _, at := range separator.FindAllStringIndex(s, 12) {
		if t := withoutVia(clean(s[at[1]:])); IsAgency(t) {
			if head := clean(s[:at[0]]); head != "" {
				return Party{Holder: head, Agency: t}, true
			}
		}
	}
	return Party{}, false
}

// withoutVia is an agency without the word that says where it stands: "Name, via Wikimedia Commons".
func withoutVia(s string) string {
	if len(s) > 4 && strings.EqualFold(s[:4], "via ") {
		return s[4:]
	}
	return s
}

// agencyFirst cuts behind a wire service of the German press.
func agencyFirst(s string) (Party, bool) {
	i := strings.IndexAny(s, "/|")
	if i < 0 || listed(s[:i]) != ownWire {
		return Party{}, false
	}
	for { // dpa/lnw/Name
		next := strings.IndexAny(s[i+1:], "/|")
		if next < 0 || !IsAgency(clean(s[:i+1+next])) {
			break
		}
		i += 1 + next
	}
	holder := clean(s[i+1:])
	return Party{Holder: holder, Agency: clean(s[:i])}, holder != "" && !IsAgency(holder)
}
