package terminal

import "fmt"

// JSON is JSON text with the characters that command a terminal as escapes (\u202e). A reader of the JSON gets the same strings.
func JSON(text []byte) []byte {
	first := -1
	for i := 0; i < len(text); i++ {
		if c := text[i]; c == 0x7f || c == 0xc2 || c == 0xd8 || c == 0xe2 { // the lead bytes of all that Commands knows beyond C0
			first = i
			break
		}
	}
	if first < 0 {
		return text
	}
	out := append(make([]byte, 0, len(text)+32), text[:first]...)
	for _, r := range string(text[first:]) {
		if r >= 0x7f && Commands(r) {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, string(r)...)
		}
	}
	return out
}
