package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// inner is what the words between the marks tell by themselves.
type inner struct {
	words    int
	finite   bool // a finite verb
	first    bool // ich, wir, unser
	terminal bool // . ! ? before the closing mark
	sentence bool // a sentence ends inside
	lower    bool // begins with a small letter
	title    bool // no small-lettered word but articles and the like
	clause   bool // begins with a subordinator
	foreign  bool // more English or Latin small words than German ones
}

func innerOf(d *text.Doc, q quoted) inner {
	var in inner
	in.title = true
	native, foreign := 0, 0
	for k, p := range q.parts {
		s := p.inner
		lo := d.TokenAt(s.Start)
		for i := lo; i < len(d.Tokens) && d.Tokens[i].Start < s.End && i < lo+400; i++ {
			t := d.Tokens[i]
			if t.Kind != text.Word {
				if (t.Text == "." || t.Text == "!" || t.Text == "?") && i > lo {
					if i+1 >= len(d.Tokens) || d.Tokens[i+1].Start >= s.End {
						in.terminal = k == len(q.parts)-1
					} else if d.Tokens[i+1].Sent != t.Sent {
						in.sentence = true
					}
				}
				continue
			}
			in.words++
			low := strings.ToLower(t.Text)
			up := t.Upper()
			if i == lo {
				in.lower = !up
				in.clause = german.Is(low, german.Subordinator)
			}
			if german.Is(low, german.First) && !(up && i > lo) {
				in.first = true
			}
			switch {
			case german.Is(low, german.Foreign):
				foreign++
			case german.Is(low, german.Nominative) || german.Is(low, german.Oblique) || german.Is(low, german.Preposition) || german.Is(low, german.Coordinator) || german.Is(low, german.First) || german.Is(low, german.Finite) || strings.ContainsAny(low, "äöüß"):
				native++
			}
			if next := i + 1; (low == "wir" || low == "ich") && next < len(d.Tokens) && d.Tokens[next].Start < s.End && inflected(low, d.Tokens[next].Text) {
				in.finite = true
			}
			if (!up || i == lo) && verbal(low) {
				in.finite = true
			}
			if !up && !german.Is(low, german.Preposition) && !german.Is(low, german.Nominative) && !german.Is(low, german.Oblique) && !german.Is(low, german.Coordinator) && !german.Is(low, german.Foreign) && !german.Is(low, german.InName) {
				in.title = false
			}
		}
	}
	in.foreign = foreign > native
	return in
}

// inflected reports whether a word may be the verb of wir or ich before it.
func inflected(pronoun, w string) bool {
	return !upperFirst(w) && (pronoun == "wir" && strings.HasSuffix(w, "en") || pronoun == "ich" && strings.HasSuffix(w, "e"))
}

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
