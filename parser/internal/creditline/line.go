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
	if m := by.FindStringSubmatch(s); m != nil && IsAgency(m[2]) {
		return true
	}
	if wireNotice.MatchString(s) {
		return utf8.RuneCountInString(s) < maxWire
	}
	rest, how, ok := cut(s)
	if !ok {
		return bareLine(s)
	}
	if how == source {
		return false
	}
	return credible(rest, how)
}

// Split takes the credit off a picture's caption: "Der Neubau. Foto: Max Muster" gives "Der Neubau." and "Foto: Max Muster". The
// credit is empty when there is none. Beside a picture "Quelle:" is a marker, too.
func Split(s string) (caption, credit string) {
	s = text.Normalise(s)
	if n := len(s) - maxInput; n > 0 {
		for !utf8.RuneStart(s[n]) {
			n++
		}
		if caption, credit = split(s[n:]); credit == "" {
			return s, ""
		}
		return s[:n] + caption, credit
	}
	return split(s)
}

func split(s string) (caption, credit string) {
	if !announced(s) {
		return bareTail(s)
	}
	if caption, credit, ok := parenthesised(s); ok {
		return caption, credit
	}
	for _, m := range anywhere.FindAllStringSubmatchIndex(s, 16) {
		at := m[2]
		if at > 1 && s[at-1] == '/' && s[at-2] != ' ' {
			continue // "Name/Copyright 2026 The AP": the credit begins before, nobody can say where
		}
		if rest, how, ok := cut(s[at:]); ok && credible(rest, how) {
			return tidyCaption(s[:at]), unclosed(s[at:])
		}
	}
	if m := by.FindStringIndex(s); m != nil {
		return "", s
	}
	return bareTail(s)
}

// announced is a quick look whether a marker may stand in s at all: every one has one of these signs or words.
func announced(s string) bool {
	if strings.ContainsAny(s, ":©") {
		return true
	}
	l := strings.ToLower(s)
	return strings.Contains(l, "(c)") || strings.Contains(l, "opyright") || strings.Contains(l, " by ") || strings.Contains(l, " von ") ||
		strings.Contains(l, "&copy")
}

// unclosed is s without a closing bracket that was opened before it.
func unclosed(s string) string {
	if strings.Count(s, ")") > strings.Count(s, "(") {
		s = strings.TrimSuffix(s, ")")
	}
	return strings.TrimSpace(s)
}

var inParentheses = lazy.MustCompile(`[(\[]([^()\[\]]{4,160})[)\]]`)

// parenthesised finds "(Foto: Name)" anywhere in a caption.
func parenthesised(s string) (caption, credit string, ok bool) {
	for _, m := range inParentheses.FindAllStringSubmatchIndex(s, 16) {
		in := s[m[2]:m[3]]
		if rest, how, ok := cut(in); ok && credible(rest, how) {
			before, after := tidyCaption(s[:m[0]]), strings.TrimLeft(s[m[1]:], " ")
			if before != "" && after != "" && !strings.ContainsAny(after[:1], ".,;:!?") {
				before += " "
			}
			return before + after, in, true
		}
	}
	return "", "", false
}

// bareTail finds a credit without marker after the last sentence or bar of a caption; it must name an agency.
func bareTail(s string) (caption, credit string) {
	if bareLine(s) {
		return "", s
	}
	from := 0
	if n := len(s) - 3*maxLength; n > 0 {
		from = n
	}
	for _, m := range sentenceEnd.FindAllStringIndex(s[from:], 64) {
		if before := s[:from+m[0]]; s[from+m[0]] == '.' && (endsInDigit(before) || abbreviated(before+".")) {
			continue
		}
		if tail := s[from+m[1]:]; bareLine(tail) || strings.ContainsRune(s[from+m[0]:from+m[1]], '|') && IsAgency(clean(tail)) {
			return tidyCaption(strings.TrimRight(s[:from+m[1]], " |")), tail
		}
	}
	return s, ""
}

func endsInDigit(s string) bool { return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }

var sentenceEnd = lazy.MustCompile(`[.!?…“"»)]\s+|\s\|\s`)

func tidyCaption(s string) string { return strings.TrimRight(strings.TrimSpace(s), " |/–—-([,;") }

// bareLine is a credit without a marker: names and an agency with a slash, comma or bar between.
func bareLine(s string) bool {
	if len(s) > 240 || !strings.ContainsAny(s, "/|,–-") {
		return false
	}
	s = clean(s)
	if !strings.ContainsAny(s, "/|,–-") || utf8.RuneCountInString(s) > maxBare {
		return false
	}
	if IsAgency(s) {
		return strings.ContainsAny(s, "/|")
	}
	agency, other := false, 0
	slash := strings.ContainsAny(s, "/|")
	for _, part := range joints.Split(s, 8) {
		part = clean(part)
		if IsAgency(part) {
			if agency = true; !slash && (wires[Key(part)] || other == 0) {
				return false // "Reuters, Name" and "Name, dpa" are bylines of texts
			}
		} else if !nameLike(part, false) || len(strings.Fields(part)) > maxPart {
			return false
		} else {
			other++
		}
	}
	return agency && other > 0 && other <= maxOthers
}

// wires are the agencies that write texts as well.
var wires = wordSet(`dpa dpatmn dpaafx dpainfocom afp ap apa reuters epd kna sda dts ddp dapd upi tass xinhua efe ansa anp`)

var joints = lazy.MustCompile(`\s*[/|,]\s*|\s+[–—-]\s+`)

// credible reports whether what follows a marker is a credit and not a description of the picture.
func credible(s string, how strength) bool {
	if m := anywhere.FindStringSubmatchIndex(s); m != nil {
		if before := clean(s[:m[2]]); before != "" && (sentences(s[:m[2]]) || ends(s[:m[2]]) || !nameLike(before, how == strong)) {
			return false // the marker opens a description, which has a marker of its own
		}
	}
	s = bare(words.ReplaceAllString(withoutLinks(s), "$1$2"))
	n := utf8.RuneCountInString(s)
	if n < 2 || n > maxLength || sentences(s) || len(Parties(s)) == 0 {
		return false
	}
	for part := range strings.SplitSeq(s, ";") {
		if IsAgency(clean(part)) {
			continue
		}
		if h := party(part).Holder; h != "" && !nameLike(h, how == strong) {
			return false
		}
	}
	return true
}

var fullStop = lazy.MustCompile(`([\pL\d)]+)[.!?]\s+\pL`)

// sentences reports whether more than one sentence stands in s.
func sentences(s string) bool {
	for _, m := range fullStop.FindAllStringSubmatch(s, 16) {
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
	if m := by.FindStringSubmatch(s); m != nil && IsAgency(m[2]) {
		return true
	}
	rest, _, _ := cut(s)
	return credible(rest, strong)
}

// Marked reports whether s begins with a word or sign that announces a credit.
func Marked(s string) bool {
	_, _, ok := cut(text.Normalise(s))
	return ok
}
