package markup

import "unicode"

// Letters counts the letters of t, and its ASCII digits: the measure of text in this parser, since it does not depend on white space.
func Letters(t string) int32 {
	n := int32(0)
	for i := 0; i < len(t); {
		c := t[i]
		if c < 0x80 {
			if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
				n++
			}
			i++
			continue
		}
		for _, r := range t[i:] {
			if r < 0x80 {
				break
			}
			if unicode.IsLetter(r) {
				n++
			}
			i += runeLen(r)
		}
	}
	return n
}

func runeLen(r rune) int {
	switch {
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r < 0x10000:
		return 3
	}
	return 4
}
