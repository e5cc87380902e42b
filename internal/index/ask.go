package index

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/schemas"
)

// Bounds of what is asked for.
const (
	maxAsked = 1000 // code points of a text
	maxTerms = 32   // words and phrases of it
)

// term is one thing that a text must contain: words in a row, the last of which may be a beginning only.
type term struct {
	words  []string // folded
	prefix bool     // the last one is the beginning of a word
	joined string   // the words without what is between them, when they were written with hyphens: "" or "rheinsiegkreis"
}

// Marks of quotation by which a phrase may begin and end; people type and paste all of them.
const (
	openers = `"„“”«»‟`
	closers = `"“”»«‟`
)

// terms reads what somebody typed. Nothing in it is an error but that no word is left, far too many, or a beginning that says nothing.
func terms(field, text string) ([]term, error) {
	if utf8.RuneCountInString(text) > maxAsked {
		return nil, invalid(field, fmt.Errorf("longer than %d characters", maxAsked), "ask for a few words")
	}
	var list []term
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var piece string
		phrase := false
		if r, n := utf8.DecodeRuneInString(rest); strings.ContainsRune(openers, r) {
			piece, rest = phraseOf(rest[n:])
			phrase = true
		} else {
			piece, rest = pieceOf(rest)
		}
		t, ok := termOf(piece, phrase)
		if !ok {
			continue
		}
		if t.short() {
			return nil, tooShort(field, t)
		}
		list = append(list, t)
	}
	switch {
	case len(list) == 0:
		return nil, invalid(field, errors.New("no word in it"), `give a word, a "phrase", or the beginning of a word with *`)
	case len(list) > maxTerms:
		return nil, invalid(field, fmt.Errorf("more than %d words", maxTerms), "ask for a few words")
	}
	return list, nil
}

// phraseOf cuts what stands before the closing mark, with an asterisk behind it; without one the phrase reaches to the end.
func phraseOf(s string) (phrase, rest string) {
	i := strings.IndexAny(s, closers)
	if i < 0 {
		return s, ""
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	if strings.HasPrefix(s[i+n:], "*") {
		return s[:i] + "*", s[i+n+1:]
	}
	return s[:i], s[i+n:]
}

// pieceOf cuts what stands before a blank or an opening mark.
func pieceOf(s string) (piece, rest string) {
	i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(openers, r) })
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i:]
}

// minPrefix is the shortest beginning of a word, in letters, that can be asked for: all words with it are put together to answer.
const minPrefix = 3

func tooShort(field string, t term) error {
	return invalid(field, fmt.Errorf("%s* is the beginning of too many words", t.words[len(t.words)-1]), fmt.Sprintf("give at least %d letters", minPrefix))
}

// short reports a beginning of a word that cannot be asked for.
func (t term) short() bool {
	return t.prefix && utf8.RuneCountInString(t.words[len(t.words)-1]) < minPrefix
}

func termOf(piece string, phrase bool) (term, bool) {
	folded := fold(piece)
	if folded == "" {
		return term{}, false
	}
	t := term{words: strings.Fields(folded), prefix: strings.HasSuffix(strings.TrimSpace(piece), "*")}
	if !phrase && len(t.words) > 1 && strings.ContainsAny(piece, "-‐‑") && !strings.ContainsAny(folded, "0123456789") {
		t.joined = strings.Join(t.words, "")
	}
	return t, true
}

// match is the term as an expression of FTS5. Folded words are letters and digits, so that nothing in them is syntax.
func (t term) match() string {
	expr := phraseExpr(t.words, t.prefix)
	if t.joined != "" {
		return "(" + expr + " OR " + phraseExpr([]string{t.joined}, t.prefix) + ")"
	}
	return expr
}

func phraseExpr(words []string, prefix bool) string {
	s := `"` + strings.Join(words, " ") + `"`
	if prefix {
		s += " *"
	}
	return s
}

// matchAll wants every term in one of the columns.
func matchAll(columns string, list []term) string {
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = t.match()
	}
	return "{" + columns + "} : (" + strings.Join(parts, " AND ") + ")"
}

// matchName wants a name, an office or a holder: the words in a row, within one of those that a column holds.
func matchName(column, field, text string) (string, error) {
	if utf8.RuneCountInString(text) > maxAsked {
		return "", invalid(field, fmt.Errorf("longer than %d characters", maxAsked), "give a name")
	}
	t, ok := termOf(text, true)
	if !ok {
		return "", invalid(field, errors.New("no word in it"), "give a name or a part of it")
	}
	if t.short() {
		return "", tooShort(field, t)
	}
	return "{" + column + "} : " + t.match(), nil
}

func invalid(field string, err error, hint string) error {
	return &schemas.Error{Op: "search", Kind: schemas.KindInvalid, Thing: field, Err: err, Hint: hint}
}
