package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is one word of a text: folded, and where it stands.
type word struct {
	folded     string
	start, end int // bytes of the text
}

// vowel is what the letter before was, for "ue": an umlaut in "Dueren", none in "neue", "Bauer" and "Quelle".
type vowel uint8

const (
	consonant vowel = iota
	opens           // a, o, or a u that may take an e as its umlaut
	closed          // any other vowel, and q
)

// folder writes words in the form in which they are compared: lower case, without accents, ß as ss, and umlauts as their vowel however
// they are written: Düren, Dueren and Duren are all "duren". It is the rule of Snowball's German2 and of Lucene's German normalisation.
type folder struct {
	out  []byte
	last vowel
}

// add appends the folded form of one letter or digit.
func (f *folder) add(r rune) {
	if r < utf8.RuneSelf {
		f.ascii(byte(r))
		return
	}
	switch r {
	case 'ß', 'ẞ':
		f.out, f.last = append(f.out, "ss"...), consonant
		return
	case 'ä', 'Ä', 'ö', 'Ö', 'ü', 'Ü':
		f.out, f.last = append(f.out, umlauts[r]), closed
		return
	}
	if s, ok := strokes[unicode.ToLower(r)]; ok {
		f.out, f.last = append(f.out, s...), closed
		return
	}
	if d := norm.NFKD.String(string(r)); d != string(r) {
		for _, base := range d {
			if unicode.IsLetter(base) || unicode.IsNumber(base) {
				f.letter(base)
			}
		}
		return
	}
	f.letter(r)
}

func (f *folder) letter(r rune) {
	if r < utf8.RuneSelf {
		f.ascii(byte(r))
		return
	}
	f.out, f.last = utf8.AppendRune(f.out, unicode.ToLower(r)), consonant
}

func (f *folder) ascii(c byte) {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	was := f.last
	switch c {
	case 'a', 'o':
		f.last = opens
	case 'u':
		f.last = closed
		if was == consonant {
			f.last = opens
		}
	case 'e':
		f.last = closed
		if was == opens {
			return
		}
	case 'i', 'q', 'y':
		f.last = closed
	default:
		f.last = consonant
	}
	f.out = append(f.out, c)
}

var umlauts = map[rune]byte{'ä': 'a', 'Ä': 'a', 'ö': 'o', 'Ö': 'o', 'ü': 'u', 'Ü': 'u'}

// strokes are letters that Unicode does not take apart.
var strokes = map[rune]string{'æ': "a", 'œ': "o", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ı': "i", 'þ': "th"}

// silent is what may stand in a word without being part of it: soft hyphens, joiners, accents that stand alone.
func silent(r rune) bool {
	return r == '\u00ad' || r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u2060' || r == '\ufeff' || unicode.Is(unicode.Mn, r)
}

// inWord reports whether a character is part of a word.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// eachWord calls fn for the words of a text, in order, until it returns false. folded is fn's only until it returns.
func eachWord(text string, fn func(folded []byte, start, end int) bool) {
	var f folder
	start := -1
	end := 0
	for i, r := range text {
		switch {
		case inWord(r):
			if start < 0 {
				start, f = i, folder{out: f.out[:0]}
			}
			f.add(r)
			end = i + utf8.RuneLen(r)
		case start >= 0 && r >= utf8.RuneSelf && silent(r):
			if r == '\u0308' { // an umlaut that is written as two characters
				f.last = closed
			}
			end = i + utf8.RuneLen(r)
		case start >= 0:
			if len(f.out) > 0 && !fn(f.out, start, end) {
				return
			}
			start = -1
		}
	}
	if start >= 0 && len(f.out) > 0 {
		fn(f.out, start, end)
	}
}

// wordsOf are the words of a text.
func wordsOf(text string) (words []word) {
	eachWord(text, func(folded []byte, start, end int) bool {
		words = append(words, word{string(folded), start, end})
		return true
	})
	return words
}

// fold is a text as it is searched: its folded words, with a blank between two.
func fold(text string) string {
	if text == "" {
		return ""
	}
	b := make([]byte, 0, len(text))
	eachWord(text, func(folded []byte, _, _ int) bool {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, folded...)
		return true
	})
	return string(b)
}

// slug is a text as part of a key: its folded words, with a hyphen between two.
func slug(text string) string { return strings.ReplaceAll(fold(text), " ", "-") }
