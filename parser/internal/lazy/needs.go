package lazy

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// needs are texts of which every match of an expression holds one, in lower case; none when nothing is known. Looking for them is far
// cheaper than the expression, and most texts hold none. They are derived from the expression, never kept by hand.
type needs struct {
	first [256][]string // by first byte, both cases of it
	any   bool          // something is known
}

// Limits of what is derived: more texts, or shorter ones, spare nothing.
const (
	maxTexts = 512
	maxExact = 96 // texts put together from parts
	maxCases = 8  // of one text
	minText  = 2  // bytes
)

// in reports whether s holds one of the texts, or may do so by one of the two letters that fold to ASCII.
func (n *needs) in(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c == 0xC5 && strings.HasPrefix(s[i:], "ſ") || c == 0xE2 && strings.HasPrefix(s[i:], "\u212A") {
			return true
		}
		for _, w := range n.first[c] {
			if hasFold(s[i:], w) {
				return true
			}
		}
	}
	return false
}

// hasFold reports whether s begins with w, which is in lower case, whatever the case of ASCII letters.
func hasFold(s, w string) bool {
	if len(s) < len(w) {
		return false
	}
	for i := 1; i < len(w); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != w[i] {
			return false
		}
	}
	return true
}

// derive gives the needs of a pattern.
func derive(pattern string) *needs {
	n := &needs{}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return n
	}
	texts := analyse(re.Simplify()).best()
	if len(texts) == 0 || len(texts) > maxTexts || shortest(texts) < minText {
		return n
	}
	n.any = true
	for _, t := range texts {
		c := t[0]
		n.first[c] = append(n.first[c], t)
		if c >= 'a' && c <= 'z' {
			n.first[c-'a'+'A'] = append(n.first[c-'a'+'A'], t)
		}
	}
	return n
}

// known is what is known of an expression: exact are all texts it matches, when they are few; need are texts of which a match holds one.
type known struct{ exact, need []string }

func (k known) best() []string {
	if better(k.exact, k.need) {
		return k.exact
	}
	return k.need
}

// better reports whether looking for one of a tells more than looking for one of b.
func better(a, b []string) bool {
	switch {
	case len(a) == 0 || len(a) > maxTexts || shortest(a) == 0: // too many, or no text at all
		return false
	case len(b) == 0:
		return true
	}
	return min(shortest(a), 4) > min(shortest(b), 4) || shortest(a) >= min(shortest(b), 4) && len(a) < len(b)
}

func shortest(texts []string) int {
	n := 1 << 20
	for _, t := range texts {
		n = min(n, len(t))
	}
	return n
}

func analyse(re *syntax.Regexp) known {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary,
		syntax.OpNoWordBoundary:
		return known{exact: []string{""}}
	case syntax.OpLiteral:
		return literal(re)
	case syntax.OpCharClass:
		return class(re)
	case syntax.OpCapture:
		return analyse(re.Sub[0])
	case syntax.OpPlus:
		return known{need: analyse(re.Sub[0]).best()}
	case syntax.OpQuest:
		if sub := analyse(re.Sub[0]); sub.exact != nil {
			return known{exact: append([]string{""}, sub.exact...)}
		}
	case syntax.OpConcat:
		return concat(re.Sub)
	case syntax.OpAlternate:
		return alternate(re.Sub)
	}
	return known{}
}

// literal gives a text in the cases it may have beyond ASCII: "können" is looked for with ö and with Ö.
func literal(re *syntax.Regexp) known {
	if re.Flags&syntax.FoldCase == 0 {
		return known{exact: []string{lower(string(re.Rune))}}
	}
	texts := []string{""}
	for _, r := range re.Rune {
		if texts = product(texts, cases(r)); len(texts) > maxCases {
			return known{need: longest(re.Rune)}
		}
	}
	return known{exact: texts}
}

// cases are the letters that a letter folds to, ASCII in lower case. The two beyond ASCII that fold to ASCII are left to in.
func cases(r rune) []string {
	if r < utf8.RuneSelf {
		return []string{lower(string(r))}
	}
	out := []string{string(r)}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		out = append(out, lower(string(f)))
	}
	return out
}

// longest is the longest part of a literal that is ASCII, nothing if there is none.
func longest(literal []rune) []string {
	best, part := "", ""
	for _, r := range literal {
		if part += lower(string(r)); r >= utf8.RuneSelf {
			part = ""
		}
		if len(part) > len(best) {
			best = part
		}
	}
	if best == "" {
		return nil
	}
	return []string{best}
}

// class gives the members of a small class of characters.
func class(re *syntax.Regexp) known {
	var out []string
	for i := 0; i < len(re.Rune); i += 2 {
		for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
			if len(out) > 8 {
				return known{}
			}
			if r == 'ſ' || r == '\u212A' {
				continue
			}
			out = append(out, lower(string(r)))
		}
	}
	slices.Sort(out)
	return known{exact: slices.Compact(out)}
}

// lower is s with its ASCII letters in lower case: texts are compared so.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// concat joins what is exact as long as the texts stay few, and keeps the best there was.
func concat(subs []*syntax.Regexp) known {
	run, whole := []string{""}, true
	var need []string
	end := func() {
		if better(run, need) {
			need = run
		}
		run, whole = []string{""}, false
	}
	for _, sub := range subs {
		k := analyse(sub)
		if k.exact == nil {
			end()
			if better(k.need, need) {
				need = k.need
			}
			continue
		}
		if len(run)*len(k.exact) > maxExact {
			end()
		}
		if len(k.exact) > maxExact {
			if better(k.exact, need) {
				need = k.exact
			}
			run, whole = []string{""}, false
			continue
		}
		run = product(run, k.exact)
	}
	if whole {
		return known{exact: run}
	}
	end()
	return known{need: need}
}

func product(a, b []string) []string {
	out := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return out
}

// alternate is known only if each of its branches is.
func alternate(subs []*syntax.Regexp) known {
	var k known
	exact, all := true, true
	for _, sub := range subs {
		x := analyse(sub)
		if exact = exact && x.exact != nil; exact {
			k.exact = append(k.exact, x.exact...)
		}
		one := x.best()
		all = all && len(one) > 0
		k.need = append(k.need, one...)
	}
	switch {
	case exact:
		return known{exact: k.exact}
	case all:
		return known{need: k.need}
	}
	return known{}
}
