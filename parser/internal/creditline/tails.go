package creditline

import (
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/rule"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// sort tells whether a rule needs a word or sign that announces the credit.
type sort uint8

const (
	announcedCredit sort = iota
	bareCredit
)

// A finder parts a caption from the credit in it.
type finder func(s string) (caption, credit string, ok bool)

// tails are the places of a credit in a caption, in their order.
var tails = rule.Table[sort, finder]{
	{
		ID: "brackets", Kind: announcedCredit, Find: inBrackets,
		Says: `
			Der Neubau (Foto: Tim Probst) → Der Neubau | Foto: Tim Probst
			Der Neubau (Foto: privat) am Morgen → Der Neubau am Morgen | Foto: privat`,
		Not: "Der Neubau (Foto: links das alte Haus)",
	},
	{
		ID: "marker", Kind: announcedCredit, Find: behindMarker,
		Says: `
			Der Neubau. Foto: Tim Probst → Der Neubau. | Foto: Tim Probst
			© Kreis Musterau → | © Kreis Musterau
			Der Neubau, Karte: Kreis Musterau → Der Neubau | Karte: Kreis Musterau`,
		Not: `
			Ein Bild: die Landrätin steht rechts.
			Der Neubau. Video: Rundgang Baustelle
			Abbildung 5: Stufen der Gefahr für Musterau`,
	},
	{
		ID: "library", Kind: announcedCredit, Find: namedLibrary,
		Says: `
			Der Neubau, Bild von Tim Probst via Wikimedia Commons, CC BY 4.0 → Der Neubau | Bild von Tim Probst via Wikimedia Commons, CC BY 4.0`,
		Not: "Der Neubau, ein Bild von Tim Probst auf dem Markt",
	},
	{
		ID: "whole", Kind: bareCredit, Find: bareWhole,
		Says: `
			Tim Probst/dpa → | Tim Probst/dpa
			Foto privat → | Foto privat
			Bild erstellt mit KI durch Redaktion → | Bild erstellt mit KI durch Redaktion`,
		Not: `
			Tim Probst, dpa
			Foto aus dem Album, privat`,
	},
	{
		ID: "sentence", Kind: bareCredit, Find: behindSentence,
		Says: `
			Der Rat tagt. Tim Probst/dpa → Der Rat tagt. | Tim Probst/dpa
			Zu sehen am 3. Juli. Tim Probst/dpa → Zu sehen am 3. Juli. | Tim Probst/dpa`,
		Not: "Der Rat tagt. Tim Probst und Erika Muster",
	},
	{
		ID: "bar", Kind: bareCredit, Find: behindBar,
		Says: `
			Der Rat tagt | dpa → Der Rat tagt | dpa
			Der Rat tagt | Getty Images/Tim Probst → Der Rat tagt | Getty Images/Tim Probst`,
		Not: "Der Rat tagt | Kreis Musterau",
	},
}

// Split takes the credit off a picture's caption: "Der Neubau. Foto: Max Muster" gives "Der Neubau." and "Foto: Max Muster". The
// credit is empty when there is none. Beside a picture "Quelle:" is a marker, too.
func Split(s string) (caption, credit string) {
	caption, credit, _ = splitBy(s)
	return caption, credit
}

// splitBy tells which rule found the credit.
func splitBy(s string) (caption, credit, id string) {
	s = text.Normalise(s)
	before := ""
	if n := len(s) - maxInput; n > 0 {
		for !utf8.RuneStart(s[n]) {
			n++
		}
		before, s = s[:n], s[n:]
	}
	told := announced(s)
	for i := range tails {
		if tails[i].Kind == announcedCredit && !told {
			continue
		}
		if caption, credit, ok := tails[i].Find(s); ok {
			return before + caption, credit, tails[i].ID
		}
	}
	return before + s, "", ""
}

// announced is a quick look whether a marker may stand in s at all: every one has one of these signs or words.
func announced(s string) bool {
	if strings.ContainsAny(s, ":©") {
		return true
	}
	l := strings.ToLower(s)
	return strings.Contains(l, "(c)") || strings.Contains(l, "opyright") || strings.Contains(l, " by ") || strings.Contains(l, " von ") ||
		strings.Contains(l, "&copy") || strings.Contains(l, " privat")
}

var inParentheses = lazy.MustCompile(`[(\[]([^()\[\]]{4,160})[)\]]`)

// inBrackets finds "(Foto: Name)" anywhere in a caption.
func inBrackets(s string) (caption, credit string, ok bool) {
	for _, m := range inParentheses.FindAllStringSubmatchIndex(s, maxMarks) {
		in := s[m[2]:m[3]]
		if rest, how := cut(in); how != none && credible(rest, how) {
			before, after := tidyCaption(s[:m[0]]), strings.TrimLeft(s[m[1]:], " ")
			if before != "" && after != "" && !strings.ContainsAny(after[:1], ".,;:!?") {
				before += " "
			}
			return before + after, in, true
		}
	}
	return "", "", false
}

// behindMarker finds the first marker that a credit follows.
func behindMarker(s string) (caption, credit string, ok bool) {
	for _, m := range anywhere.FindAllStringSubmatchIndex(s, maxMarks) {
		at := m[2]
		if at > 1 && s[at-1] == '/' && s[at-2] != ' ' {
			continue // "Name/Copyright 2026 The AP": the credit begins before, nobody can say where
		}
		if rest, how := cut(s[at:]); how != none && credible(rest, how) {
			return tidyCaption(s[:at]), unclosed(s[at:]), true
		}
	}
	return "", "", false
}

// unclosed is s without a closing bracket that was opened before it.
func unclosed(s string) string {
	if strings.Count(s, ")") > strings.Count(s, "(") {
		s = strings.TrimSuffix(s, ")")
	}
	return strings.TrimSpace(s)
}

// namedLibrary finds "Foto von Name auf Unsplash" at the end.
func namedLibrary(s string) (caption, credit string, ok bool) {
	t := clean(s)
	m := by.FindStringSubmatchIndex(t)
	if m == nil || !IsAgency(clean(t[m[4]:m[5]])) {
		return "", "", false
	}
	at := strings.Index(s, t[m[0]:m[3]])
	if at < 0 {
		return "", s, true
	}
	return tidyCaption(s[:at]), strings.TrimLeft(unclosed(s[at:]), " ,(–-"), true
}

func bareWhole(s string) (caption, credit string, ok bool) { return "", s, selfEvident(s) }

// selfEvident reports whether s is a credit though no marker with a colon or sign says so.
func selfEvident(s string) bool {
	return bareLine(s) || machine.MatchString(s) || private.MatchString(s)
}

var (
	sentenceEnd = lazy.MustCompile(`[.!?…“"»)]\s+`)
	bar         = lazy.MustCompile(`\s\|\s`)
)

// behindSentence finds a credit without marker after the last sentence of a caption; it must name an agency.
func behindSentence(s string) (caption, credit string, ok bool) {
	from := max(0, len(s)-3*maxLength)
	for _, m := range sentenceEnd.FindAllStringIndex(s[from:], maxEnds) {
		if before := s[:from+m[0]]; s[from+m[0]] == '.' && (endsInDigit(before) || abbreviated(before+".")) {
			continue
		}
		if rest := s[from+m[1]:]; !strings.HasPrefix(rest, "|") && selfEvident(rest) {
			return tidyCaption(s[:from+m[1]]), rest, true
		}
	}
	return "", "", false
}

// behindBar finds one after a bar, where an agency alone is enough.
func behindBar(s string) (caption, credit string, ok bool) {
	from := max(0, len(s)-3*maxLength)
	for _, m := range bar.FindAllStringIndex(s[from:], maxEnds) {
		if rest := s[from+m[1]:]; bareLine(rest) || IsAgency(clean(rest)) {
			return tidyCaption(s[:from+m[0]]), rest, true
		}
	}
	return "", "", false
}

func endsInDigit(s string) bool { return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }

func tidyCaption(s string) string { return strings.TrimRight(strings.TrimSpace(s), " |/–—-([,;") }
