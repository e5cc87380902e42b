package creditline

import (
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// IsLine reports whether a whole paragraph of a text is nothing but a credit: "Fotos: Berliner Feuerwehr", "(Foto: privat)",
// "© Kreis Düren", "Max Muster/dpa". "Foto: Landrat Muster übergibt …" is a caption and "Quelle: Statistisches Landesamt" tells
// where facts are from: neither is.
func IsLine(s string) bool {
	if len(s) > maxInput {
		return false
	}
	s = text.Normalise(s)
	if s == "" || utf8.RuneCountInString(s) > maxLength+maxLine {
		return false
	}
	if caption, _, ok := namedLibrary(s); ok && caption == "" || machine.MatchString(s) {
		return true
	}
	if wireNotice.MatchString(s) {
		return utf8.RuneCountInString(s) < maxWire
	}
	rest, how := cut(s)
	switch how {
	case none:
		return bareLine(s)
	case source:
		return false
	}
	return credible(rest, how)
}

// label opens the line of a picture in a text: "Bild (1,8 MB):", "Bildunterschrift:".
var label = lazy.MustCompile(`(?i)^(?:` + pictureWords + `|` + drawingWords + `|` + either("captions") + `)\s*(?:\([^()]{1,30}\)\s*)?(?:` + number + `\s*)?:\s`)

// Labelled gives the credit at the end of a paragraph that is the line of a picture: its label, what is to be seen, whose it is.
func Labelled(s string) (credit string, ok bool) {
	if len(s) > maxInput {
		return "", false
	}
	s = text.Normalise(s)
	m := label.FindStringIndex(s)
	if m == nil {
		return "", false
	}
	caption, credit, id := splitBy(s[m[1]:])
	return credit, caption != "" && id != "" && Marked(credit)
}

// Claimed reports whether a credit is announced by a copyright sign or word alone, which stands below texts and sites as well.
func Claimed(s string) bool {
	s = text.Normalise(s)
	m := leading.FindStringSubmatchIndex(s)
	if m == nil || m[6] < 0 || anywhere.MatchString(s[m[1]:]) {
		return false
	}
	mark := strings.ToLower(s[m[6]:m[7]])
	return strings.HasPrefix(mark, "©") || strings.HasPrefix(mark, "&copy") || isCopyright(mark)
}

// bareLine is a credit without a marker: names and an agency, or a licence, with a slash, comma or bar between.
func bareLine(s string) bool {
	if len(s) > maxBareInput || !strings.ContainsAny(s, "/|,–-") {
		return false
	}
	licensed := licence.MatchString(s)
	s = clean(s)
	if utf8.RuneCountInString(s) > maxBare || !licensed && !strings.ContainsAny(s, "/|,–-") {
		return false
	}
	if IsAgency(s) {
		return licensed || strings.ContainsAny(s, "/|")
	}
	return namesAndAgency(s, licensed)
}

// namesAndAgency reports whether all parts of a credit are names or agencies, and both are there. "Reuters, Name" and "Name, dpa" are
// bylines of texts.
func namesAndAgency(s string, agency bool) bool {
	other := 0
	slash := strings.ContainsAny(s, "/|")
	for _, part := range joints.Split(s, maxSplit) {
		part = clean(part)
		switch {
		case IsAgency(part):
			if agency = true; !slash && (listed(part) >= wire || other == 0) {
				return false
			}
		case !nameLike(part, weak) || len(strings.Fields(part)) > maxPart:
			return false
		default:
			other++
		}
	}
	return agency && other > 0 && other <= maxOthers
}

var joints = lazy.MustCompile(`\s*[/|,]\s*|\s+[–—-]\s+`)

// credible reports whether what follows a marker is a credit and not a description of the picture.
func credible(s string, how strength) bool {
	if m := anywhere.FindStringSubmatchIndex(s); m != nil {
		if before := clean(s[:m[2]]); before != "" && (sentences(s[:m[2]]) || ends(s[:m[2]]) || !nameLike(before, how)) {
			return false // the marker opens a description, which has a marker of its own
		}
	}
	s = bare(words.ReplaceAllString(withoutLinks(s), "$1$2"))
	n := utf8.RuneCountInString(s)
	switch {
	case n < 2 || n > maxLength || sentences(s) || len(Parties(s)) == 0 || !allNames(s, how):
		return false
	case how == weak:
		return len(people(s)) <= maxMakers // more are to be seen in it
	}
	return how != unsure || surely(s)
}

// allNames reports whether every holder of a credit can be a name.
func allNames(s string, how strength) bool {
	for one := range strings.SplitSeq(s, ";") {
		if IsAgency(clean(one)) {
			continue
		}
		if p, _ := party(one); names(p.Holder) && !isNote(p.Holder) && !nameLike(p.Holder, how) {
			return false
		}
	}
	return true
}

// surely reports whether a credit names somebody beyond doubt: an agency, a body, a person with a given name.
func surely(s string) bool {
	p, _ := party(s)
	if p.Agency != "" || strings.EqualFold(p.Holder, "privat") {
		return true
	}
	for _, one := range joints.Split(p.Holder, maxSplit) {
		if words := strings.Fields(one); !fullName(one) && !organisation(words) {
			return false
		}
	}
	return true
}

var fullStop = lazy.MustCompile(`([\pL\d)]+)[.!?]\s+\pL`)

// sentences reports whether more than one sentence stands in s.
func sentences(s string) bool {
	for _, m := range fullStop.FindAllStringSubmatch(s, maxMarks) {
		if !text.IsAbbreviation(m[1]) {
			return true
		}
	}
	return false
}

// Credible reports whether s, in a place made for credits, is one: names rather than a description, with or without a marker.
func Credible(s string) bool {
	if len(s) > maxInput {
		return false
	}
	s = text.Normalise(s)
	if caption, _, ok := namedLibrary(s); ok && caption == "" || machine.MatchString(s) {
		return true
	}
	rest, how := cut(s)
	if how != none {
		how = strong
	}
	return credible(rest, how)
}

// Marked reports whether s begins with a word or sign that announces a credit.
func Marked(s string) bool {
	_, how := cut(text.Normalise(s))
	return how != none
}
