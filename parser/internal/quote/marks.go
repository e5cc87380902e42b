package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// family groups the marks that can close each other. German, English and ASCII double marks mix freely on press pages
// ("„…"", "„…”", ""…“"), guillemets point either way.
type family uint8

const (
	double    family = iota // „ “ ” ‟ " ,, ''
	guillemet               // » «
	single                  // ‚ ‘ ’ ‛ '
	angle                   // › ‹
)

// mark is one quotation mark with what its shape allows: an opener has a blank (or a bracket, dash, colon, opener) before and text
// after it, a closer text before and a blank or punctuation after it.
type mark struct {
	text.Span
	r                  rune // '"' for '', '„' for ,,
	fam                family
	canOpen, canClose  bool
	isolated, embedded bool // blanks on both sides; letters on both sides
	colon              bool // a colon directly before
}

// marksOf lists the marks of one block.
func marksOf(txt string, b text.Span) []mark {
	var out []mark
	prev := ' '     // the rune before i
	opener := false // the rune before i is an opener-shaped mark
	for i := b.Start; i < b.End; {
		r, n := utf8.DecodeRuneInString(txt[i:b.End])
		m, ok := markAt(txt[i:b.End], r, n, prev)
		if !ok {
			prev, opener = r, false
			i += n
			continue
		}
		m.Start += i
		m.End += i
		next, _ := utf8.DecodeRuneInString(txt[m.End:b.End])
		if m.End == b.End {
			next = ' '
		}
		m.shape(prev, next, opener)
		if m.r != '\'' && m.r != '’' || !m.embedded { // apostrophe: geht's
			out = append(out, m)
		}
		prev, opener = m.r, m.canOpen && !m.canClose
		i = m.End
	}
	return out
}

// markAt reads the mark at the beginning of s; its span is relative.
func markAt(s string, r rune, n int, prev rune) (mark, bool) {
	switch r {
	case '"', '„', '“', '”', '‟':
		return mark{Span: text.Span{Start: 0, End: n}, r: r, fam: double}, true
	case '«', '»':
		return mark{Span: text.Span{Start: 0, End: n}, r: r, fam: guillemet}, true
	case '‹', '›':
		return mark{Span: text.Span{Start: 0, End: n}, r: r, fam: angle}, true
	case ',':
		if strings.HasPrefix(s, ",,") && !strings.HasPrefix(s, ",,,") && (prev == ' ' || strings.ContainsRune("([–—:", prev)) {
			return mark{Span: text.Span{Start: 0, End: 2}, r: '„', fam: double}, true
		}
	case '‚', '‘', '’', '‛', '\'', '´', '`':
		if len(s) >= 2*n && s[:n] == s[n:2*n] { // two apostrophes stand for one double mark
			q := '"'
			if r == '‚' {
				q = '„'
			}
			return mark{Span: text.Span{Start: 0, End: 2 * n}, r: q, fam: double}, true
		}
		if r == '´' || r == '`' {
			return mark{}, false
		}
		if r == '\'' || r == '‛' {
			r = '\''
		}
		return mark{Span: text.Span{Start: 0, End: n}, r: r, fam: single}, true
	}
	return mark{}, false
}

func (m *mark) shape(prev, next rune, afterOpener bool) {
	before := prev == ' ' || afterOpener || strings.ContainsRune("([{–—-/:=*…>|", prev)
	after := next == ' ' || strings.ContainsRune(".,;:!?)]}–—-/…*<|", next) || isQuoteRune(next)
	m.isolated = prev == ' ' && next == ' '
	m.embedded = (unicode.IsLetter(prev) || unicode.IsDigit(prev)) && unicode.IsLetter(next)
	m.canOpen = before && next != ' ' && !strings.ContainsRune(".,;:!?)]}", next) || before && next == '…' || prev == '.' && unicode.IsUpper(next)
	m.canClose = prev != ' ' && after && !(afterOpener && unicode.IsLetter(next))
	m.colon = prev == ':'
}

func isQuoteRune(r rune) bool { return text.IsMark(r) || r == '\'' }
