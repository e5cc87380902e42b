package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is a span with its tokens, [First, Last) of Doc.Tokens. A closing mark after the final stop belongs to the sentence.
type Sentence struct {
	Span
	First, Last int
	Block       int
}

// abbreviations whose full stop does not end a sentence (without the stop, as written; single letters always count).
var abbreviations = set(`
	Univ Abs Abt Art Aufl Az Bd Bhf Bsp Co Dipl Dr Dres Evtl Forts Fr Frl Fa Gebr Ges Geb Hl Hr Hrn Hrsg Ing Inh Inkl Jh Jhd Kap Kfm Lic Mag Max
	Min Mio Mrd Nr Nrn Pf Prof Proff Red Reg Rel Sr St Std Str Tel Ursp Urspr Verf Vgl Vol Ziff Zt Jr Mr Mrs Ms Ltd Inc Rer Med Phil Jur Nat
	Habil Oec Pol Theol Vet abs abt art bes betr bzgl bzw ca chr christl ders dgl dt ebd ehem eigtl einschl engl entspr erg etc ev evtl evang
	exkl ff franz frz geb gegr gem gest ggf ggfs gr griech h hl i ill inkl insb insbes jew kath kl lat lfd max med min mind mtl nachm nat oec
	offz ordtl phil pol rd rer resp röm s sen sog stellv stv südl u usf usw v verh verw vgl vorm vs westl z zit zt zzgl zzt nördl östl jur habil
	theol vet Jan Feb Mrz Apr Jun Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do Sa Uhr\-nie`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// IsAbbreviation reports whether w followed by a full stop is an abbreviation or an initial.
func IsAbbreviation(w string) bool {
	if abbreviations[w] {
		return true
	}
	if i := strings.LastIndexAny(w, "-‐"); i >= 0 { // Dipl.-Ing, Hans-J
		w = w[i+1:]
		if abbreviations[w] {
			return true
		}
	}
	return utf8.RuneCountInString(w) == 1
}

// split cuts the blocks into sentences.
func (d *Doc) split() {
	first := 0
	flush := func(last int) {
		if last > first {
			n := len(d.Sentences)
			d.Sentences = append(d.Sentences, Sentence{Span{d.Tokens[first].Start, d.Tokens[last-1].End}, first, last, d.Tokens[first].Block})
			for i := first; i < last; i++ {
				d.Tokens[i].Sent = n
			}
		}
		first = last
	}
	for i := 0; i < len(d.Tokens); i++ {
		if i > first && d.Tokens[i].Block != d.Tokens[i-1].Block {
			flush(i)
		}
		if j := d.boundary(i); j > 0 {
			flush(j)
			i = j - 1
		}
	}
	flush(len(d.Tokens))
}

// boundary is the index after the last token of the sentence if token i ends one, else 0.
func (d *Doc) boundary(i int) int {
	t := d.Tokens[i]
	if t.Kind != Punct && !strings.HasSuffix(t.Text, ".") {
		return 0
	}
	j := i + 1
	switch {
	case t.Kind == Punct && (t.Text == "!" || t.Text == "?" || t.Text == "…"):
	case t.Kind == Punct && t.Text == ".":
		if i > 0 && d.Tokens[i-1].Kind == Number && d.Tokens[i-1].End == t.Start && d.ordinal(i) {
			return 0
		}
	default:
		return 0 // an abbreviation's stop never ends a sentence here: joining two is the smaller harm
	}
	for j < len(d.Tokens) && d.Tokens[j].Block == t.Block && d.Tokens[j].Start == d.Tokens[j-1].End &&
		(d.Tokens[j].Kind == Mark || strings.Contains(".!?…)]", d.Tokens[j].Text)) {
		j++
	}
	if j < len(d.Tokens) && d.Tokens[j].Block == t.Block {
		n := d.Tokens[j]
		if n.Start == d.Tokens[j-1].End && n.Kind != Word { // 3.000, …: nothing follows a blank
			return 0
		}
		if r, _ := utf8.DecodeRuneInString(n.Text); unicode.IsLower(r) || n.Text == "," || n.Text == ")" || n.Text == "–" && j-i > 1 {
			return 0
		}
	}
	return j
}

// ordinal reports whether the stop at token i follows an ordinal number: something other than a sentence follows ("12. März",
// "1. Platz"), which is so for one- and two-digit numbers unless the next word is a usual sentence opener.
func (d *Doc) ordinal(i int) bool {
	n := d.Tokens[i-1].Text
	if strings.ContainsAny(n, ".,:") || len(n) > 2 {
		return strings.Count(n, ".") == 1 && len(n) <= 5 && i+1 < len(d.Tokens) && d.Tokens[i+1].Kind != Word // 12.3. bis
	}
	if i+1 >= len(d.Tokens) || d.Tokens[i+1].Block != d.Tokens[i].Block {
		return false
	}
	return !openers[d.Tokens[i+1].Text]
}

var openers = set(`
	Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ich Ihr Im In Am An Auf Bei Mit Nach Von Vom Zu Zum Zur Für Durch Seit Bis
	Aus Um Über Unter Vor Dies Diese Dieser Dieses Dabei Damit Danach Dann Da Dort Hier Auch Aber Und Oder Doch Denn Wer Was Wie Wo Wenn Weil
	Als Ob Nun So Jetzt Heute Morgen Gestern Anschließend Außerdem Zudem Insgesamt Weitere`)
