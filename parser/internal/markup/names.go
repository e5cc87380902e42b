package markup

import (
	_ "embed"
	"strings"
	"sync"
)

// Flags are what the class, id, role and microdata of an element say about it. Those up to Comment are read for the text of a release:
// without the ids of headings and paragraphs, which are made from their text or for a table of contents. The others, read for dates
// and credits, take class and id as they are.
type Flags uint32

const (
	Junk    Flags = 1 << iota // navigation, sharing, related pages: never part of a release
	Content                   // names the text of the release
	Lead
	Kicker
	Caption
	Credit
	Date
	Author
	Hidden
	Contact
	Media
	Title
	Consent // consent, dialogs and other layers over the page: may be longer than the release
	Tool    // made for printing, reading aloud and the like; templates call the text so, too
	Comment // readers' comments: may be longer than the release

	Elsewhere  // holds dates of something else
	Footer     // is the end of a page, or of a release
	Byline     // is the line of date and author
	Legend     // is a caption, for the reader of credits
	Others     // shows other releases
	Credited   // is made for credits
	Beside     // is made for credits if a picture is beside it
	CreditBox  // is perhaps a box with a list of credits
	Microdata  // has an itemprop
	Zoom       // has Sitepark's data-sp-figure-zoom
	source     // a word of Beside
	picture    // a word of pictures: with maker it makes Beside
	maker      // a word of authors
	uncredited // is no credit, whatever else is said
	noted      // its tokens are among those of the page

	texts  = Comment<<1 - 1
	others = ^texts
)

// flagNames are the flags as names.txt writes them.
var flagNames = map[string]Flags{
	"junk": Junk, "tool": Tool, "content": Content, "lead": Lead, "kicker": Kicker, "caption": Caption, "credit": Credit, "date": Date, "author": Author,
	"hidden": Hidden, "contact": Contact, "media": Media, "title": Title, "consent": Consent, "comment": Comment, "elsewhere": Elsewhere,
	"footer": Footer, "byline": Byline, "legend": Legend, "others": Others, "credited": Credited, "source": source, "picture": picture,
	"maker": maker, "uncredited": uncredited, "creditbox": CreditBox,
}

//go:embed names.txt
var nameList string

// vocabulary is names.txt, ready to be asked.
type vocabulary struct {
	words  map[string]Flags
	tokens map[string]Flags
	within [256][]pattern // by first byte
	parts  [256][]pattern // by first byte
	begins [256][]pattern // of a piece, by first byte
	ends   [256][]pattern // of a piece, by last byte
	tails  []pattern      // of a token
	pieces map[string]Flags
}

// pattern is a word of the list; open says that letters, digits and underscores may follow.
type pattern struct {
	word string
	open bool
	flag Flags
}

var words = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{words: map[string]Flags{}, tokens: map[string]Flags{}, pieces: map[string]Flags{}}
	var flag Flags
	how := ""
	for line := range strings.Lines(nameList) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0][0] == '#' {
			continue
		}
		if line[0] != ' ' {
			flag, how, f = flagNames[f[0]], f[1], f[2:]
		}
		for _, w := range f {
			v.add(flag, how, w)
		}
	}
	return v
})

func (v *vocabulary) add(flag Flags, how, w string) {
	bare := strings.Trim(w, "*")
	p := pattern{bare, strings.HasSuffix(w, "*"), flag}
	switch first, last := bare[0], bare[len(bare)-1]; {
	case how == "word":
		v.words[w] |= flag
	case how == "token":
		v.tokens[w] |= flag
	case how == "end":
		v.tails = append(v.tails, p)
	case how == "within":
		v.within[first] = append(v.within[first], p)
	case how == "part":
		v.parts[first] = append(v.parts[first], p)
	case p.open:
		v.begins[first] = append(v.begins[first], p)
	case w != bare:
		v.ends[last] = append(v.ends[last], p)
	default:
		v.pieces[w] |= flag
	}
}

// names are the flags of class and id. loose says that the id tells nothing of the text.
func (t *Tree) names(class, id string, loose bool) Flags {
	if class == "" && id == "" {
		return 0
	}
	if loose && id != "" {
		return t.Meaning(class, id)&others | t.names(class, "", false)&texts
	}
	f := t.Meaning(class, id)
	if f&noted == 0 {
		t.note(class, id)
	}
	return f &^ noted
}

// note adds class and id to the tokens that the page has.
func (t *Tree) note(class, id string) {
	for x := range strings.FieldsSeq(class) {
		t.classes[x] = struct{}{}
	}
	if id != "" {
		t.ids[id] = struct{}{}
	}
	t.named[string(t.key)] |= noted
}

// Meaning is what class and id say, each pair asked once a page.
func (t *Tree) Meaning(class, id string) Flags {
	if class == "" && id == "" {
		return 0
	}
	t.key = append(append(append(t.key[:0], class...), ' '), id...)
	f, ok := t.named[string(t.key)]
	if !ok {
		key := string(t.key)
		f = Names(key)
		t.named[key] = f
	}
	return f
}

// Names reads the class and id of an element, joined by a blank.
func Names(names string) Flags {
	v := words()
	f := v.text(names)
	low := strings.ToLower(names)
	for i := range len(low) {
		for _, p := range v.within[low[i]] {
			if strings.HasPrefix(low[i:], p.word) {
				f |= p.flag
			}
		}
	}
	f |= v.partsOf(low)
	if f&uncredited == 0 && len(names) >= 4 {
		f |= v.piecesOf(names)
	}
	return f
}

// maxToken is the longest class token that is read, in bytes; longer ones are made by programs for programs.
const maxToken = 80

// text gives the flags for the text.
func (v *vocabulary) text(names string) (f Flags) {
	for token := range strings.FieldsSeq(names) {
		f |= v.tokens[token]
		for _, p := range v.tails {
			if strings.HasSuffix(token, p.word) {
				f |= p.flag
			}
		}
		if len(token) > maxToken || foreign(token) || strings.ContainsAny(token, "[]:()") { // utility classes: lg:hidden, w-[30px]
			continue
		}
		f |= v.token(token)
	}
	return f
}

// token reads the words of a class token: "SP-ArticleHeader__intro" has sp, article, header, intro, and the whole token without
// separators when it has several.
func (v *vocabulary) token(token string) (f Flags) {
	var buf [maxToken]byte
	low := buf[:0] // all words so far, in lower case
	word := 0      // where the last of them begins
	cuts := 0
	cut := func() {
		if len(low) > word {
			f |= v.words[string(low[word:])]
		}
		word = len(low)
		cuts++
	}
	for i := range len(token) {
		c := token[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if i > 0 && token[i-1] >= 'a' && token[i-1] <= 'z' {
				cut()
			}
			low = append(low, c+'a'-'A')
		case c >= 'a' && c <= 'z' || c >= 0x80:
			low = append(low, c)
		default:
			cut()
		}
	}
	if cuts == 0 {
		return v.words[string(low)]
	}
	cut()
	return f | v.words[string(low)]
}

// partsOf looks for parts, which may themselves hold the signs that separate them.
func (v *vocabulary) partsOf(low string) (f Flags) {
	for i := range len(low) {
		if i > 0 && !separates(low[i-1]) {
			continue
		}
		for _, p := range v.parts[low[i]] {
			if rest, ok := strings.CutPrefix(low[i:], p.word); ok && f&p.flag == 0 && p.ends(rest) {
				f |= p.flag
			}
		}
	}
	return f
}

// ends reports whether the part ends before rest, or in it if it is open.
func (p pattern) ends(rest string) bool {
	for i := range len(rest) {
		if separates(rest[i]) {
			return true
		}
		if !p.open || !wordByte(rest[i]) {
			return false
		}
	}
	return true
}

func separates(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '-' || c == '_'
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// piecesOf says what the pieces of the names promise: a credit anywhere, or a credit if an image is beside it.
func (v *vocabulary) piecesOf(names string) (f Flags) {
	for w := range piecesIn(names) {
		g := v.piece(w)
		if g&Credited != 0 {
			return Credited | Beside
		}
		f |= g
	}
	if f&source != 0 || f&picture != 0 && f&maker != 0 {
		return Beside
	}
	return 0
}

// piece is what a word in lower case promises; of several promises the first in this order counts.
func (v *vocabulary) piece(w string) Flags {
	f := v.pieces[w]
	for _, p := range v.begins[w[0]] {
		if strings.HasPrefix(w, p.word) && allWord(w[len(p.word):]) {
			f |= p.flag
		}
	}
	for _, p := range v.ends[w[len(w)-1]] {
		if strings.HasSuffix(w, p.word) && allWord(w[:len(w)-len(p.word)]) {
			f |= p.flag
		}
	}
	for _, one := range []Flags{Credited, source, picture, maker} {
		if f&one != 0 {
			return one
		}
	}
	return 0
}

func allWord(s string) bool {
	for i := range len(s) {
		if !wordByte(s[i]) {
			return false
		}
	}
	return true
}

// piecesIn cuts names at blanks, hyphens, underscores and before capitals, and gives the pieces in lower case.
func piecesIn(names string) func(func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for i := 0; i <= len(names); i++ {
			cut := i == len(names) || strings.IndexByte(" \t\n\r-_:/", names[i]) >= 0
			camel := !cut && i > start && names[i] >= 'A' && names[i] <= 'Z' && names[i-1] >= 'a' && names[i-1] <= 'z'
			if !cut && !camel {
				continue
			}
			if i > start && !yield(strings.ToLower(names[start:i])) {
				return
			}
			start = i
			if cut {
				start++
			}
		}
	}
}

// foreign reports whether a class token says something about state, scripts or subject and not about the element: "js-lightbox",
// "has-sidebar", "tag-werbung" on a post about advertising.
func foreign(token string) bool {
	for _, p := range []string{"js-", "has-", "no-", "is-", "with-", "tag-", "category-", "status-", "type-", "node--type-", "page-node-type-"} {
		if strings.HasPrefix(token, p) {
			return true
		}
	}
	return false
}
