package index

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// A cursor is where a page ended: the phase of its plan, the last key, and a seal over both and over what was asked for, so that it
// continues this question in this file and nothing else.
const (
	placeBytes  = 9
	sealBytes   = 12
	cursorBytes = placeBytes + sealBytes
)

func (x *Index) cursor(asked string, phase int, key int64) string {
	b := append(make([]byte, 0, cursorBytes), byte(phase))
	b = binary.BigEndian.AppendUint64(b, uint64(key))
	return base64.RawURLEncoding.EncodeToString(append(b, x.seal(b, asked)...))
}

// cursorOf reads a cursor: the page continues in the phase, below the key.
func (x *Index) cursorOf(cursor, asked string, phases int) (phase int, key int64, err error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(b) != cursorBytes || !hmac.Equal(b[placeBytes:], x.seal(b[:placeBytes], asked)) || int(b[0]) >= phases {
		return 0, 0, invalid("after", errors.New("this cursor continues another question, or the index was made anew since"),
			"ask without it for the first page")
	}
	return int(b[0]), int64(binary.BigEndian.Uint64(b[1:placeBytes])), nil
}

func (x *Index) seal(place []byte, asked string) []byte {
	h := hmac.New(sha256.New, x.secret)
	h.Write(place)
	h.Write([]byte(asked))
	return h.Sum(nil)[:sealBytes]
}
