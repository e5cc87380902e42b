// Package lazy compiles regular expressions when they are first used: a program that only prints its version compiles none, and a page
// compiles those that its text asks for. See docs/adr/0010 for why start-up counts.
package lazy

import (
	"regexp"
	"sync"
)

// Regexp is a regular expression that is compiled once, at its first use. It is safe for concurrent use. A pattern that is none panics
// at that use; the tables of examples beside each rule use them all. Before the expression is asked, the text is searched for what every match must hold
// (see needs).
type Regexp struct {
	pattern string
	needs   func() *needs
	re      func() *regexp.Regexp
}

// MustCompile names a pattern without compiling it.
func MustCompile(pattern string) *Regexp {
	return &Regexp{
		pattern: pattern,
		needs:   sync.OnceValue(func() *needs { return derive(pattern) }),
		re:      sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) }),
	}
}

// Get is the compiled expression.
func (r *Regexp) Get() *regexp.Regexp { return r.re() }

// String is the pattern.
func (r *Regexp) String() string { return r.pattern }

// may reports whether the expression can match in s. Of most expressions a page asks no more, and they are never compiled.
func (r *Regexp) may(s string) bool {
	n := r.needs()
	return !n.any || n.in(s)
}

// The methods are those of regexp.Regexp.

// MatchString reports whether s holds a match.
func (r *Regexp) MatchString(s string) bool { return r.may(s) && r.re().MatchString(s) }

// Match reports whether b holds a match. It does not search b for the needs first.
func (r *Regexp) Match(b []byte) bool { return r.re().Match(b) }

// FindSubmatch gives the first match and its groups. It does not search b for the needs first.
func (r *Regexp) FindSubmatch(b []byte) [][]byte { return r.re().FindSubmatch(b) }

// FindString is that of regexp.Regexp.
func (r *Regexp) FindString(s string) string {
	if !r.may(s) {
		return ""
	}
	return r.re().FindString(s)
}

// FindStringIndex is that of regexp.Regexp.
func (r *Regexp) FindStringIndex(s string) []int {
	if !r.may(s) {
		return nil
	}
	return r.re().FindStringIndex(s)
}

// FindStringSubmatch is that of regexp.Regexp.
func (r *Regexp) FindStringSubmatch(s string) []string {
	if !r.may(s) {
		return nil
	}
	return r.re().FindStringSubmatch(s)
}

// FindStringSubmatchIndex is that of regexp.Regexp.
func (r *Regexp) FindStringSubmatchIndex(s string) []int {
	if !r.may(s) {
		return nil
	}
	return r.re().FindStringSubmatchIndex(s)
}

// FindAllString is that of regexp.Regexp.
func (r *Regexp) FindAllString(s string, n int) []string {
	if !r.may(s) {
		return nil
	}
	return r.re().FindAllString(s, n)
}

// FindAllStringIndex is that of regexp.Regexp.
func (r *Regexp) FindAllStringIndex(s string, n int) [][]int {
	if !r.may(s) {
		return nil
	}
	return r.re().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch is that of regexp.Regexp.
func (r *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	if !r.may(s) {
		return nil
	}
	return r.re().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is that of regexp.Regexp.
func (r *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !r.may(s) {
		return nil
	}
	return r.re().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString is that of regexp.Regexp.
func (r *Regexp) ReplaceAllString(s, repl string) string {
	if !r.may(s) {
		return s
	}
	return r.re().ReplaceAllString(s, repl)
}

// ReplaceAllStringFunc is that of regexp.Regexp.
func (r *Regexp) ReplaceAllStringFunc(s string, f func(string) string) string {
	if !r.may(s) {
		return s
	}
	return r.re().ReplaceAllStringFunc(s, f)
}

// Split is that of regexp.Regexp.
func (r *Regexp) Split(s string, n int) []string {
	if n != 0 && !r.may(s) {
		return []string{s}
	}
	return r.re().Split(s, n)
}
