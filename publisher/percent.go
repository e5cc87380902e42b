package publisher

import (
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/schemas"
)

func percentEncode(s string) string { return schemas.PercentEncode(s) }

func percentDecode(s string) string { return schemas.PercentDecode(s) }

// validAttribute reports whether s may be the value of a CloudEvents attribute: UTF-8 without control characters (§3, type system).
func validAttribute(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r < 0x20 || r >= 0x7f && r < 0xa0 {
			return false
		}
	}
	return true
}
