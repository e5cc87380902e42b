package schemas

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

//go:embed volatile.txt
var volatileText string

// volatileForms finds what a line says only about the moment of looking: counters of readers, clocks, and how long ago something was.
type volatileForms struct{ counted, counter, clock, ago *regexp.Regexp }

var volatile = sync.OnceValue(func() volatileForms {
	words := map[string][]string{}
	for line := range strings.Lines(volatileText) {
		if class, word, ok := strings.Cut(strings.TrimSpace(line), " "); ok && class != "#" {
			words[class] = append(words[class], regexp.QuoteMeta(word))
		}
	}
	oneOf := func(class string) string { return `(?:` + strings.Join(words[class], "|") + `)` }
	const number = `\d[\d.,   ]*`
	const units = `(?:sekunden?|minuten?|stunden?|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?)`
	const few = `(?:\d+|einer|einem|einigen|wenigen|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)`
	return volatileForms{
		counted: regexp.MustCompile(`(?i)\b` + number + `\s*(?:[x×]|-?mal)?\s+(?:\pL+\s+){0,2}` + oneOf("counted") + `\b|` +
			`\b` + oneOf("counted") + `\b[:\s]*` + number),
		counter: regexp.MustCompile(`(?i)^(?:\PL*(?:\pL+[\s:]+){0,3})?(?:` +
			oneOf("counter") + `\b[^\pL]*` + number + `|` + number + `\s*` + oneOf("counter") + `\b)`),
		clock: regexp.MustCompile(`(?i)^\PL*` + oneOf("clock") + `(?:$|[^\pL])`),
		ago: regexp.MustCompile(`(?i)\b(?:vor|seit|noch)\s+(?:(?:etwa|rund|ca\.|über|knapp|gerade|genau)\s+)?` +
			few + `\s+` + units + `(?:\s+und\s+` + few + `\s+` + units + `)?\b`),
	}
})

// Lengths, in bytes, up to which a line may be about the moment of looking. A paragraph that says how often a bridge was crossed is
// longer, and no frame's.
const (
	counterLine = 80
	countedLine = 140
	agoLine     = 100
)

// lasting is a block without what it says about the moment of looking: two looks at one page give one lasting form. changed reports
// whether there was anything of the kind.
func lasting(block string) (form string, changed bool) {
	if len(block) > countedLine {
		return block, false
	}
	v, figures := volatile(), strings.ContainsAny(block, "0123456789")
	switch {
	case v.clock.MatchString(block):
		return withoutMoment(block), true
	case figures && v.counted.MatchString(block), figures && len(block) <= counterLine && v.counter.MatchString(block):
		return withoutFigures(block), true
	case len(block) <= agoLine && !strings.HasSuffix(block, ".") && v.ago.MatchString(block):
		return v.ago.ReplaceAllString(block, "#"), true
	}
	return block, false
}

func withoutFigures(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || r == '.' || r == ',' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// withoutMoment cuts a line after the words that introduce a clock.
func withoutMoment(s string) string {
	return volatile().clock.FindString(s)
}
