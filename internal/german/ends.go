package german

import (
	"math/bits"
	"sync"
)

// lengths is a set of lengths in bytes: bit n stands for n. It serves to look up only those ends of a word that an entry can be.
type lengths uint64

// tailBytes is how much of the end of a word tells which lengths its listed ends can have.
const tailBytes = 3

// longestWord bounds the ends of a word that are looked up, in bytes; a test holds that no entry is longer.
const longestWord = 40

// tails maps the last bytes of words to the lengths of the entries that end so.
type tails map[string]lengths

func (t tails) add(w string) {
	if len(w) >= tailBytes && len(w) <= longestWord {
		t[w[len(w)-tailBytes:]] |= 1 << len(w)
	}
}

// of gives the lengths that the listed ends of w can have; those shorter than a tail are always among them.
func (t tails) of(w string) lengths {
	const short = 1<<tailBytes - 2
	if len(w) < tailBytes {
		return short & (1<<(len(w)+1) - 1)
	}
	l := t[w[len(w)-tailBytes:]] | short
	if len(w) < longestWord {
		l &= 1<<(len(w)+1) - 1
	}
	return l
}

// pop takes the greatest length out, 0 for none.
func (l *lengths) pop() int {
	if *l == 0 {
		return 0
	}
	n := bits.Len64(uint64(*l)) - 1
	*l &^= 1 << n
	return n
}

// endClasses are the classes whose words are looked for at the end of others.
var endClasses = SetOf(Body, Document, Verdict, Ensemble, Naming, Titling, Human, Noun, Thing, ThingEnd, Namesake, Abstract, Feminine, Unfeminine, Neutral,
	Declined, Office, Predicative, Estate, NoGenitive)

var wordTails = sync.OnceValue(loadWordTails)

func loadWordTails() tails {
	t := tails{}
	for w, s := range words() {
		if s.Any(endClasses) {
			t.add(w)
		}
	}
	return t
}
