package segment

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/kreispresse/kreispresse/schemas"
)

// The chain proves that a sequence of events is whole and unaltered: each link is the hash of the link before and of the event. It begins
// with 32 zero bytes. An event that is erased leaves its leaf, so that the chain stays as it was.

type link [sha256.Size]byte

func (l link) String() string { return hex.EncodeToString(l[:]) }

// and is the link after l for an event.
func (l link) and(leaf link) link {
	var both [2 * sha256.Size]byte
	copy(both[:], l[:])
	copy(both[sha256.Size:], leaf[:])
	return sha256.Sum256(both[:])
}

// parseLink reads what String gives.
func parseLink(s string) (l link, ok bool) {
	if len(s) != 2*len(l) {
		return l, false
	}
	_, err := hex.Decode(l[:], []byte(s))
	return l, err == nil
}

// leafOf is the hash of an event: the sha256 of seven lines, its sequence, its attributes source, id, type, time and contenthash, and the
// sha256 of the release as it is stored, in hex.
func leafOf(ev *schemas.Event, release []byte) link {
	data := sha256.Sum256(release)
	b := make([]byte, 0, 512)
	b = append(strconv.AppendUint(b, ev.Sequence, 10), '\n')
	for _, s := range []string{ev.Source, ev.ID, ev.Type, stamp(ev.Time), ev.Hash} {
		b = append(append(b, s...), '\n')
	}
	b = append(hex.AppendEncode(b, data[:]), '\n')
	return sha256.Sum256(b)
}

// goneLeaf stands for an event that was gone before it was archived. why is "erased" or "lost".
func goneLeaf(why string, seq uint64, sum string) link {
	return sha256.Sum256([]byte(why + "\n" + strconv.FormatUint(seq, 10) + "\n" + sum + "\n"))
}

// Leaf is leafOf in hex: by it an event of a live feed is known again as the one of an archive.
func Leaf(ev *schemas.Event, release []byte) string { return leafOf(ev, release).String() }
