package person

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// kind says what a token can be; a token may be several things.
type kind uint16

const (
	isCap      kind = 1 << iota // starts with a capital letter
	isGiven                     // a given name
	isWeak                      // a given name that is also another word
	isInitial                   // "A."
	isParticle                  // von, de, al
	isTitle                     // Dr., Prof., med.
	isSal                       // Herr, Frau
	isStop                      // a word of the language that is part of no name
	isNever                     // a noun that is part of no name
	isRole                      // a role noun
	isCommon                    // a surname that is also a noun or adjective
	isDead                      // within a photo credit
	isFamous                    // one name is enough
)

// reader holds the work on one text.
type reader struct {
	lx     *lexicon
	d      *text.Doc
	toks   []text.Token
	kinds  []kind
	roles  map[int]role // by token
	taken  []bool       // tokens that belong to a name already
	used   map[int]bool // role tokens that were given to somebody
	lists  map[int]int  // token after a name of an enumeration -> the plural role that governs it
	reg    *registry
	silent bool // names only, no mentions: a caption is not part of the text
}

func newReader(lx *lexicon, d *text.Doc, reg *registry) *reader {
	r := &reader{lx: lx, d: d, toks: d.Tokens, kinds: make([]kind, len(d.Tokens)), roles: map[int]role{}, used: map[int]bool{}, lists: map[int]int{}, taken: make([]bool, len(d.Tokens)), reg: reg}
	for i := range r.toks {
		r.kinds[i] = r.kind(i)
	}
	r.credits()
	return r
}

func (r *reader) kind(i int) kind {
	t := r.toks[i]
	if t.Kind != text.Word {
		return 0
	}
	var k kind
	w := t.Text
	bare := strings.TrimSuffix(w, ".")
	if r.lx.particle[w] {
		k |= isParticle
	}
	switch r.lx.title[bare] {
	case "academic":
		k |= isTitle
	case "degree":
		if bare != w || len(bare) > 1 && bare != "et" {
			k |= isTitle
		}
	case "salutation":
		k |= isSal
	}
	c, n := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(c) {
		return k
	}
	k |= isCap
	if w[n:] == "." {
		k |= isInitial
	}
	if r.lx.stop[w] {
		k |= isStop
	}
	if r.lx.never[w] {
		k |= isNever
	}
	if r.lx.common[w] {
		k |= isCommon
	}
	if _, ok := r.lx.givenGender(w); ok && k&isSal == 0 {
		k |= isGiven
		if r.lx.weak[w] {
			k |= isWeak
		}
	}
	if r.lx.title[w] == "style" { // Lady Gaga, Miss Marple: part of the name
		k |= isGiven | isWeak
	}
	if r.lx.famous[w] || r.lx.famous[strings.TrimSuffix(w, "s")] {
		k |= isFamous
	}
	if ro, ok := r.lx.role(w); ok {
		k |= isRole
		r.roles[i] = ro
	}
	return k
}

// givenGender looks a given name up; a hyphenated one counts when its first part and every other known-by-shape part does.
func (lx *lexicon) givenGender(w string) (string, bool) {
	if g, ok := lx.given[w]; ok {
		return g, true
	}
	first, rest, ok := strings.Cut(w, "-")
	if !ok {
		return "", false
	}
	g, ok := lx.given[first]
	if !ok {
		return "", false
	}
	for p := range strings.SplitSeq(rest, "-") {
		if _, ok := lx.given[p]; !ok && !(len(p) == 2 && p[1] == '.') { // Hans-J.
			return "", false
		}
	}
	return g, true
}

// credits marks the tokens of photo credits: from © or "Foto:" to the end of the line or the closing parenthesis.
func (r *reader) credits() {
	for i := 0; i < len(r.toks); i++ {
		t := r.toks[i]
		mark := t.Text == "©" || creditWords[t.Text] && i+1 < len(r.toks) && r.toks[i+1].Text == ":"
		if !mark {
			continue
		}
		for ; i < len(r.toks) && r.toks[i].Block == t.Block && r.toks[i].Text != ")"; i++ {
			r.kinds[i] = isDead
		}
	}
}

var creditWords = map[string]bool{
	"Foto": true, "Fotos": true, "Bild": true, "Bilder": true, "Bildnachweis": true, "Bildnachweise": true, "Bildquelle": true, "Bildrechte": true,
	"Fotograf": true, "Fotografin": true, "Grafik": true, "Illustration": true, "Titelbild": true, "Archivfoto": true, "Symbolbild": true, "Copyright": true, "Credit": true,
}

func (r *reader) is(i int, k kind) bool { return i >= 0 && i < len(r.kinds) && r.kinds[i]&k != 0 }

// word is the text of token i, "" outside the text.
func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].Text
}

// near reports whether token i+1 follows token i in the same block with no more than one blank between.
func (r *reader) near(i int) bool {
	return i >= 0 && i+1 < len(r.toks) && r.toks[i+1].Block == r.toks[i].Block && r.toks[i+1].Start-r.toks[i].End <= 1
}

// starts reports whether token i is the first word of its sentence.
func (r *reader) starts(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if r.toks[j].Sent != r.toks[i].Sent {
			return true
		}
		if r.toks[j].Kind != text.Mark {
			return r.toks[j].Text == ":" || r.toks[j].Text == "*" || r.toks[j].Text == "–" && j == r.d.Sentences[r.toks[i].Sent].First
		}
	}
	return true
}

// thing reports whether a capitalised word names a street, building, prize and so on by its end.
func (lx *lexicon) thing(w string) bool {
	low := strings.ToLower(w)
	if lx.head[low] {
		return true
	}
	if i := strings.LastIndexByte(low, '-'); i >= 0 {
		last := low[i+1:]
		if _, name := lx.given[w[strings.LastIndexByte(w, '-')+1:]]; name { // Döring-Albrecht
			return false
		}
		return lx.head[last] || len(last) > 5 && lx.noun(last) // Merkel-Besuch, but Schmidt-Wahl
	}
	for _, e := range thingEnds {
		if strings.HasSuffix(low, e) {
			return true
		}
	}
	return false
}

// thingEnds end words that are things without any hyphen, too; surnames in -haus, -bach, -garten keep these shorter ends out.
var thingEnds = []string{
	"straße", "strasse", "gasse", "schule", "schulen", "gymnasium", "stiftung", "preis", "preises", "verein", "verband", "institut", "verlag",
	"gesellschaft", "zentrum", "museum", "heit", "keit", "schaft", "tion", "ität", "ismus", "orchester", "akademie", "universität", "fraktion", "halle",
}

// nounForm reports whether a word is a common noun by its end, a genitive (Zugangs, Schiffes) included.
func (lx *lexicon) nounForm(w string) bool {
	low := strings.ToLower(w)
	if lx.noun(low) {
		return true
	}
	if s, ok := strings.CutSuffix(low, "es"); ok && lx.noun(s) {
		return true
	}
	s, ok := strings.CutSuffix(low, "s")
	return ok && len(s) > 4 && lx.noun(s)
}

// noun reports whether a lower-case word ends like a common noun. Short ends count only when no surname has them.
func (lx *lexicon) noun(low string) bool {
	if lx.nounEnd[low] {
		return true
	}
	for i := max(1, len(low)-lx.longEnd); i < len(low)-2; i++ { // no end is longer, however long the word
		if utf8.RuneStart(low[i]) && lx.nounEnd[low[i:]] && (len(low)-i > 4 || shortEnds[low[i:]]) {
			return true
		}
	}
	return false
}

// shortEnds are the noun ends of up to four letters that tell a noun from a surname.
var shortEnds = map[string]bool{
	"ung": true, "heit": true, "keit": true, "tion": true, "tum": true, "amt": true, "zeit": true, "jahr": true, "geld": true, "bild": true, "film": true, "wahl": true, "rede": true, "tier": true, "ware": true, "idee": true,
	"tag": true, "auto": true, "euro": true, "tor": true, "tore": true, "weg": true, "recht": true, "amts": true, "rate": true, "akte": true, "zahl": true, "lohn": true, "satz": true, "text": true, "plan": true, "titel": true, "zug": true,
}

// capital reports whether s starts with a capital letter.
func capital(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// sent is the sentence of token i, -1 outside the text.
func (r *reader) sent(i int) int {
	if i < 0 || i >= len(r.toks) {
		return -1
	}
	return r.toks[i].Sent
}

// isTaken reports whether token i belongs to a name already.
func (r *reader) isTaken(i int) bool { return i >= 0 && i < len(r.taken) && r.taken[i] }
