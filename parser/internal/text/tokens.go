package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
)

// Kind tells the sorts of tokens apart.
type Kind uint8

// Kinds of tokens.
const (
	Word   Kind = iota // letters, with inner hyphens, apostrophes and gender marks: Bad-Münstereifel, Hans’, Bürger*innen
	Number             // digits, with inner . , : as in 12.03.2024, 18:30, 1.000,50
	Mark               // a quotation mark of any shape
	Punct              // everything else, one rune each
)

// Token is a word, a number, a mark or a sign. A full stop that belongs to an abbreviation or an ordinal is part of its token:
// "Dr.", "z.", "B.", "12.".
type Token struct {
	Span
	Text  string
	Low   string     // in lower case
	Class german.Set // what the word in lower case can be
	Kind  Kind
	Block int // index in Doc.Blocks
	Sent  int // index in Doc.Sentences
}

// Upper reports whether the token starts with a capital letter.
func (t Token) Upper() bool {
	r, _ := utf8.DecodeRuneInString(t.Text)
	return unicode.IsUpper(r)
}

// Marks are the runes that can open or close a quotation.
const Marks = "\"„“”‟«»‚‘’‛‹›"

// IsMark reports whether r can open or close a quotation. The typographic apostrophe counts; between letters the tokeniser keeps it
// inside the word.
func IsMark(r rune) bool { return strings.ContainsRune(Marks, r) }

func (d *Doc) tokenise(block int, s Span) {
	txt := d.Text
	for i := s.Start; i < s.End; {
		r, n := utf8.DecodeRuneInString(txt[i:s.End])
		switch {
		case r == ' ':
			i += n
			continue
		case unicode.IsLetter(r):
			end := wordEnd(txt, i, s.End)
			d.add(block, i, end, Word)
			i = end
		case unicode.IsDigit(r):
			end := numberEnd(txt, i, s.End)
			kind := Number
			if e := wordEnd(txt, end, s.End); e > end { // 1990er, 2-jährig is a number, hyphen and word for the date reader: keep only letters
				end, kind = e, Word
			}
			d.add(block, i, end, kind)
			i = end
		case IsMark(r):
			d.add(block, i, i+n, Mark)
			i += n
		default:
			d.add(block, i, i+n, Punct)
			i += n
		}
	}
}

func (d *Doc) add(block, start, end int, k Kind) {
	t := Token{Span: Span{start, end}, Text: d.Text[start:end], Kind: k, Block: block}
	if t.Low = t.Text; k == Word {
		if t.Low = d.low(start, end); len(t.Low) > 0 {
			t.Class = german.Of(t.Low)
		}
	}
	d.Tokens = append(d.Tokens, t)
}

// wordEnd is the end of the word that starts at i: letters and digits, joined by single hyphens, apostrophes or gender marks that
// stand between letters, a trailing hyphen ("Kinder- und") and the full stop of an abbreviation.
func wordEnd(txt string, i, limit int) int {
	start := i
	for i < limit {
		r, n := utf8.DecodeRuneInString(txt[i:limit])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			i += n
			continue
		}
		if i == start {
			return start
		}
		end, goesOn := joint(txt, i, n, limit, r)
		i = end
		if !goesOn {
			break
		}
	}
	if i < limit && txt[i] == '.' && IsAbbreviation(txt[start:i]) {
		i++
	}
	return i
}

// joint reads the sign r of n bytes at i, inside or at the end of a word: the index after what belongs to the word, and whether the word
// goes on.
func joint(txt string, i, n, limit int, r rune) (end int, goesOn bool) {
	next, _ := utf8.DecodeRuneInString(txt[i+n : limit])
	switch {
	case strings.ContainsRune("-‐‑'’´`*:_/", r) && i+n < limit && unicode.IsLetter(next):
		if strings.ContainsRune(":*_/", r) && !genderEnding(txt[i+n:limit]) {
			return i, false
		}
		return i + n, true
	case r == '/' && strings.HasPrefix(txt[i:limit], "/-in"): // Leiter/-in
		return i + 2, true
	case (r == '-' || r == '‐') && (i+n == limit || !unicode.IsLetter(next) && !unicode.IsDigit(next)): // Kinder-
		return i + n, false
	}
	return i, false
}

// genderEnding reports whether s begins with the feminine ending that follows a gender mark: *in, :innen, _in, /in.
func genderEnding(s string) bool {
	for _, e := range []string{"innen", "in", "r", "n", "e"} {
		if strings.HasPrefix(s, e) {
			r, _ := utf8.DecodeRuneInString(s[len(e):])
			if !unicode.IsLetter(r) {
				return true
			}
		}
	}
	return false
}

func numberEnd(txt string, i, limit int) int {
	for i < limit {
		c := txt[i]
		if c >= '0' && c <= '9' {
			i++
			continue
		}
		if (c == '.' || c == ',' || c == ':') && i+1 < limit && txt[i+1] >= '0' && txt[i+1] <= '9' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(txt[i:limit])
		if unicode.IsDigit(r) {
			i += n
			continue
		}
		break
	}
	return i
}
