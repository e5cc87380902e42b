package timex

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// tok is a token with its lower-case form, the stop of an abbreviation cut off, and what the lexicon says of that.
type tok struct {
	*text.Token
	low string
	*word
	dayCode string // the part of the day in a compound: Montagabend
	day     int    // and the weekday in it, from 1: Montag, montags, Montagabend
	upper   bool   // starts with a capital letter
	trigger trigger
	cue     tense // see block.cue, once told
	cued    bool
}

// block is the tokens of one text block. Rules look at tokens by index; outside the block there is an empty token that nothing matches.
type block struct {
	d    *text.Doc
	toks []tok

	scratch []claim // see room
}

// read makes b the block of the tokens [first, last). low is the document's text in lower case (see lowered).
func (b *block) read(low string, first, last int) {
	if n := last - first; cap(b.toks) < n {
		b.toks = make([]tok, n, max(n, 2*cap(b.toks)))
	}
	b.toks = b.toks[:last-first]
	for i := range b.toks {
		b.toks[i] = newTok(&b.d.Tokens[first+i], low)
	}
}

func newTok(t *text.Token, low string) tok {
	r, _ := utf8.DecodeRuneInString(t.Text)
	n := tok{Token: t, low: t.Text, upper: unicode.IsUpper(r), word: noWord}
	switch t.Kind {
	case text.Number:
		n.trigger = strong
		return n
	case text.Word:
		n.low = strings.TrimSuffix(low[t.Start:t.End], ".")
	}
	n.word = lookUp(n.low)
	n.day, n.dayCode = dayName(n.word, n.low)
	n.trigger = triggerOf(&n)
	return n
}

// lowered is s in lower case, but for letters whose small form has another length: offsets stay valid.
func lowered(s string) string {
	low := []byte(s)
	for i, r := range s {
		switch {
		case 'A' <= r && r <= 'Z':
			low[i] += 'a' - 'A'
		case r >= utf8.RuneSelf:
			if l := unicode.ToLower(r); l != r && utf8.RuneLen(l) == utf8.RuneLen(r) {
				utf8.EncodeRune(low[i:], l)
			}
		}
	}
	return string(low)
}

// lengthsOfDayNames are those of the names that parts of the day are joined to: Montag, Samstag or montags, Dienstag, Donnerstag.
var lengthsOfDayNames = [...]int{6, 7, 8, 10}

// dayName splits "Montagabend" into the weekday and the code of the part of the day ("" for a bare weekday); 0 for other words.
func dayName(w *word, low string) (day int, code string) {
	if w.weekday > 0 {
		return w.weekday, ""
	}
	if low == "" || strings.IndexByte("mdfs", low[0]) < 0 {
		return 0, ""
	}
	for _, n := range lengthsOfDayNames {
		if len(low) <= n {
			break
		}
		day := lookUp(low[:n]).weekday
		if day == 0 {
			continue
		}
		if code := lookUp(strings.TrimPrefix(low[n:], "-")).part; code != "" {
			return day, code
		}
	}
	return 0, ""
}

var none = tok{Token: &text.Token{Kind: text.Punct, Sent: -1}, word: noWord}

func (b *block) at(i int) *tok {
	if i < 0 || i >= len(b.toks) {
		return &none
	}
	return &b.toks[i]
}

func (b *block) is(i int, words ...string) bool {
	return slices.Contains(words, b.at(i).low)
}

// glued reports whether token i follows the one before without a blank.
func (b *block) glued(i int) bool {
	return i > 0 && i < len(b.toks) && b.toks[i].Start == b.toks[i-1].End
}

func (b *block) digits(i int) bool { return b.at(i).Kind == text.Number }

func (b *block) word(i int) bool { return b.at(i).Kind == text.Word }

// integer is the value of token i if it is made of at most four ASCII digits, else -1.
func (b *block) integer(i int) int {
	t := b.at(i)
	if t.Kind != text.Number {
		return -1
	}
	return atoi(t.Text)
}

func atoi(s string) int {
	if s == "" || len(s) > 4 {
		return -1
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// sentenceStart reports whether a capital at token i may be due to its place: after a stop, an opening mark, a colon or a dash.
func (b *block) sentenceStart(i int) bool {
	p := b.at(i - 1)
	if p.Sent != b.at(i).Sent || p.Kind == text.Mark || dash(p.Text) {
		return true
	}
	switch p.Text {
	case ":", "(", ".", "*", "•":
		return true
	}
	return false
}

// shout reports whether token i is written in capitals throughout, as in headings.
func (b *block) shout(i int) bool {
	t := b.at(i).Text
	return len(t) > 2 && strings.ToUpper(t) == t
}

func dash(s string) bool {
	switch s {
	case "-", "–", "—", "‐", "‑":
		return true
	}
	return false
}

// sign reports whether token i is one of the signs.
func (b *block) sign(i int, signs ...string) bool { return slices.Contains(signs, b.at(i).Text) }
