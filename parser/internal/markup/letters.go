package markup

import (
	"unicode"
	"unicode/utf8"
)

// Letters counts the letters of t, and its ASCII digits: the measure of text in this parser, since it does not depend on white space.
func Letters(t string) int32 {
	n := int32(0)
	for i := 0; i < len(t); {
		c := t[i]
		if c < utf8.RuneSelf {
			if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
				n++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(t[i:])
		if unicode.IsLetter(r) {
			n++
		}
		i += size
	}
	return n
}
