package lazy

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// matcher are the methods that regexp.Regexp has, too.
type matcher interface {
	MatchString(s string) bool
	Match(b []byte) bool
	FindSubmatch(b []byte) [][]byte
	FindString(s string) string
	FindStringIndex(s string) []int
	FindStringSubmatch(s string) []string
	FindStringSubmatchIndex(s string) []int
	FindAllString(s string, n int) []string
	FindAllStringIndex(s string, n int) [][]int
	FindAllStringSubmatch(s string, n int) [][]string
	FindAllStringSubmatchIndex(s string, n int) [][]int
	ReplaceAllString(s, repl string) string
	ReplaceAllStringFunc(s string, f func(string) string) string
	Split(s string, n int) []string
	String() string
}

// answers are what the methods say about one text, by name.
func answers(m matcher, s string) map[string]any {
	out := map[string]any{
		"MatchString": m.MatchString(s), "Match": m.Match([]byte(s)), "FindSubmatch": m.FindSubmatch([]byte(s)), "FindString": m.FindString(s),
		"FindStringIndex": m.FindStringIndex(s), "FindStringSubmatch": m.FindStringSubmatch(s), "FindStringSubmatchIndex": m.FindStringSubmatchIndex(s),
		"ReplaceAllString": m.ReplaceAllString(s, "<$1>"), "ReplaceAllStringFunc": m.ReplaceAllStringFunc(s, strings.ToUpper), "String": m.String(),
	}
	for name, n := range map[string]int{"all": -1, "none": 0, "one": 1, "two": 2} {
		out["FindAllString "+name] = m.FindAllString(s, n)
		out["FindAllStringIndex "+name] = m.FindAllStringIndex(s, n)
		out["FindAllStringSubmatch "+name] = m.FindAllStringSubmatch(s, n)
		out["FindAllStringSubmatchIndex "+name] = m.FindAllStringSubmatchIndex(s, n)
		out["Split "+name] = m.Split(s, n)
	}
	return out
}

// Every method answers as that of regexp does, in texts that hold what a match needs, hold it without a match, or do not.
func TestSameAsRegexp(t *testing.T) {
	for _, pattern := range []string{`(?i)(rad|fuß)weg`, `\b(\d+) Uhr\b`, `(?i)kasse(n)?`, `x*`, `(?i)mäher$`} {
		re, own := regexp.MustCompile(pattern), MustCompile(pattern)
		for _, s := range []string{
			"", "Radweg, FUẞWEG und Fußweg", "radwe", "um 12 Uhr und 13 Uhr", "zwölf Uhr", "Die KaſſEn", "Kasse\xff Kassen", "der RasenMÄHER", "Mäher?",
		} {
			want := answers(re, s)
			for name, got := range answers(own, s) {
				if !reflect.DeepEqual(got, want[name]) {
					t.Errorf("%s of %q in %q: %#v, want %#v", name, pattern, s, got, want[name])
				}
			}
		}
	}
}

// An expression is compiled when a text holds what a match needs, and no sooner.
func TestCompiledLate(t *testing.T) {
	compiled := 0
	r := MustCompile(`(?i)pressestelle \d`)
	real := r.re
	r.re = func() *regexp.Regexp { compiled++; return real() }
	for _, x := range []struct {
		s    string
		want int
	}{{"Der Kreis baut.", 0}, {"Presse, Stelle 4", 0}, {"Die PRESSESTELLE schweigt", 1}, {"Pressestelle 4", 2}} {
		if r.MatchString(x.s); compiled != x.want {
			t.Errorf("asked %d times after %q, want %d", compiled, x.s, x.want)
		}
	}
}

// A pattern that is none panics when it is asked, not when it is named.
func TestBrokenPattern(t *testing.T) {
	r := MustCompile(`(`)
	defer func() {
		if recover() == nil {
			t.Error("a broken pattern answers")
		}
	}()
	r.MatchString("x")
}
