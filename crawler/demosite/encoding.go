package demosite

import "fmt"

// windows1252 holds the characters of windows-1252 outside Latin-1 that the content uses or may come to use
// (https://encoding.spec.whatwg.org/index-windows-1252.txt).
var windows1252 = map[rune]byte{
	'€': 0x80, '‚': 0x82, '„': 0x84, '…': 0x85, '‹': 0x8B, '‘': 0x91, '’': 0x92, '“': 0x93, '”': 0x94, '•': 0x95, '–': 0x96,
	'—': 0x97, '›': 0x9B,
}

// toWindows1252 encodes UTF-8 text. A character that the encoding lacks is written as a numeric character reference.
func toWindows1252(utf8 []byte) []byte {
	out := make([]byte, 0, len(utf8))
	for _, r := range string(utf8) {
		switch b, ok := windows1252[r]; {
		case ok:
			out = append(out, b)
		case r < 0x80 || r >= 0xA0 && r <= 0xFF:
			out = append(out, byte(r))
		default:
			out = fmt.Appendf(out, "&#%d;", r)
		}
	}
	return out
}
