package source

import (
	"regexp/syntax"
	"slices"
)

// maxMeet is how many pairs of states two patterns are followed through before they count as apart. Two patterns of a path have some hundred.
const maxMeet = 50_000

// meet is a path that both patterns match and that suits, "" when none is found. It walks both automata side by side and so needs no
// examples: what it returns is a proof. A path is printable ASCII that begins with a slash; of the many ways to the same pair of states
// the shortest is tried only.
func meet(x, y string, suits func(path string) bool) string {
	a, b := anywhere(x), anywhere(y)
	if a == nil || b == nil {
		return ""
	}
	m := meeting{a: a, b: b, letters: letters(a, b), seen: map[pair]bool{}}
	m.reach(-1, uint32(a.Start), uint32(b.Start), syntax.EmptyOpContext(-1, '/'), '/')
	for at := 0; at < len(m.todo) && len(m.todo) < maxMeet; at++ {
		from := m.todo[at]
		if end := syntax.EmptyOpContext(from.last, -1); m.ends(a, from.a, end) && m.ends(b, from.b, end) {
			if p := m.path(at); suits(p) {
				return p
			}
		}
		for _, c := range m.letters {
			if c != '/' || from.last != '/' { // no address has two in its canonical form
				m.reach(at, from.a, from.b, syntax.EmptyOpContext(from.last, c), c)
			}
		}
	}
	return ""
}

// anywhere is the automaton of a pattern that may stand anywhere in a path.
func anywhere(pattern string) *syntax.Prog {
	re, err := syntax.Parse("(?s:.*)(?:"+pattern+")(?s:.*)", syntax.Perl)
	if err != nil {
		return nil
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return nil
	}
	return prog
}

// pair is where both automata are, and what was read last: words and lines have their borders by it.
type pair struct {
	a, b uint32
	last rune
}

type step struct {
	pair
	from int // in todo
}

type meeting struct {
	a, b    *syntax.Prog
	letters []rune
	seen    map[pair]bool
	todo    []step
}

// reach adds the pairs that are reached from a and b by reading c.
func (m *meeting) reach(from int, a, b uint32, borders syntax.EmptyOp, c rune) {
	nextA := m.read(m.a, a, borders, c)
	if len(nextA) == 0 {
		return
	}
	for _, nb := range m.read(m.b, b, borders, c) {
		for _, na := range nextA {
			p := pair{na, nb, kindOf(c)}
			if !m.seen[p] {
				m.seen[p] = true
				m.todo = append(m.todo, step{pair{na, nb, c}, from})
			}
		}
	}
}

// kindOf stands for all letters that make the same borders: words are told from the rest, and a slash from both.
func kindOf(c rune) rune {
	switch {
	case c == '/':
		return c
	case syntax.IsWordChar(c):
		return 'a'
	}
	return '-'
}

// read are the states behind c.
func (m *meeting) read(p *syntax.Prog, at uint32, borders syntax.EmptyOp, c rune) (next []uint32) {
	for _, s := range closure(p, at, borders) {
		if in := &p.Inst[s]; (in.Op == syntax.InstRune || in.Op == syntax.InstRune1 || in.Op == syntax.InstRuneAny || in.Op == syntax.InstRuneAnyNotNL) &&
			in.MatchRune(c) {
			next = append(next, in.Out)
		}
	}
	return next
}

// ends reports whether the pattern has been matched.
func (m *meeting) ends(p *syntax.Prog, at uint32, borders syntax.EmptyOp) bool {
	return slices.ContainsFunc(closure(p, at, borders), func(s uint32) bool { return p.Inst[s].Op == syntax.InstMatch })
}

// closure are the states that are reached without reading anything.
func closure(p *syntax.Prog, at uint32, borders syntax.EmptyOp) []uint32 {
	all := []uint32{at}
	add := func(s uint32) {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	for i := 0; i < len(all); i++ {
		switch in := &p.Inst[all[i]]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			add(in.Out)
			add(in.Arg)
		case syntax.InstCapture, syntax.InstNop:
			add(in.Out)
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(in.Arg)&^borders == 0 {
				add(in.Out)
			}
		}
	}
	return all
}

// path is what was read on the way to a step.
func (m *meeting) path(at int) string {
	var p []rune
	for ; at >= 0; at = m.todo[at].from {
		p = append(p, m.todo[at].last)
	}
	slices.Reverse(p)
	return string(p)
}

// letters are one of each sort of printable letter that the two automata tell apart, those that look best in an example.
func letters(progs ...*syntax.Prog) (all []rune) {
	cuts := []rune{'!', '-', '.', '/', '0', ':', 'A', '[', '_', '`', 'a', '{', '~' + 1}
	for _, p := range progs {
		for i := range p.Inst {
			r := p.Inst[i].Rune
			for j := 0; j+1 < len(r); j += 2 {
				cuts = append(cuts, r[j], r[j+1]+1)
			}
			if len(r) == 1 {
				cuts = append(cuts, r[0], r[0]+1)
				if syntax.Flags(p.Inst[i].Arg)&syntax.FoldCase != 0 {
					cuts = append(cuts, r[0]^' ', (r[0]^' ')+1)
				}
			}
		}
	}
	slices.Sort(cuts)
	for i := range len(cuts) - 1 {
		if c := cuts[i]; c < cuts[i+1] && c > ' ' && c <= '~' && c != '#' {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(x, y rune) int { return rank(x) - rank(y) })
	return all
}

func rank(c rune) int {
	switch {
	case c >= 'a' && c <= 'z':
		return 0
	case c >= '0' && c <= '9' || c == '-' || c == '/':
		return 1
	}
	return 2
}
