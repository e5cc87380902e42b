package timex

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

type goldDate struct {
	Start, End  int
	Type, Value string
}

type goldDoc struct {
	ID, Published, Text string
	Dates               []goldDate
}

// sharedSet opens a development set, or skips the test where there is none.
func sharedSet(t *testing.T, name string) []goldDoc {
	t.Helper()
	dir := os.Getenv("EVAL_KIT")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(dir, "eval", "sets", name, "gold.jsonl"))
	if err != nil {
		t.Skip("no development sets: ", err)
	}
	defer f.Close()
	var docs []goldDoc
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		var d goldDoc
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}

// aligned gives the found expressions the code point offsets of the gold text, which has other white space.
func aligned(gold string, d *text.Doc, es []Expr) []goldDate {
	visible := []int{} // rune offsets of the gold text's visible runes
	for i, r := range []rune(gold) {
		if !strings.ContainsRune(" \t\n\r\u00a0\u00ad", r) {
			visible = append(visible, i)
		}
	}
	nth := func(off int) int { // visible runes of d.Text before off
		return utf8.RuneCountInString(strings.NewReplacer(" ", "", "\n", "").Replace(d.Text[:off]))
	}
	out := make([]goldDate, len(es))
	for i, e := range es {
		out[i] = goldDate{visible[nth(e.Start)], visible[nth(e.End)-1] + 1, e.Type, e.Value}
	}
	return out
}

// TestKrauts reports the figures on the development part of KRAUTS. With -v it lists what was missed and what was claimed wrongly.
func TestKrauts(t *testing.T) {
	docs := sharedSet(t, "krauts")
	var gold, sys, strict, relaxed, typ, value [3]int // halves and all
	for n, doc := range docs {
		var pieces []text.Piece
		for _, line := range strings.Split(doc.Text, "\n") {
			pieces = append(pieces, text.Piece{Type: "paragraph", Text: line})
		}
		d := text.New(pieces)
		day, err := time.Parse(time.DateOnly, doc.Published)
		if err != nil {
			t.Fatal(err)
		}
		es := Find(d, Anchor{day, "published"})
		found := aligned(doc.Text, d, es)
		runes := []rune(doc.Text)
		show := func(g goldDate) string {
			c := string(runes[max(0, g.Start-35):g.Start]) + "[[" + string(runes[g.Start:g.End]) + "]]" + string(runes[g.End:min(len(runes), g.End+25)])
			return strings.ReplaceAll(c, "\n", "/")
		}
		pair := make([]int, len(doc.Dates))
		used := map[int]bool{}
		for i, g := range doc.Dates {
			pair[i] = -1
			for k, f := range found {
				if !used[k] && f.Start == g.Start && f.End == g.End {
					pair[i], used[k] = k, true
					break
				}
			}
		}
		add := func(a *[3]int, n2 int) { a[n%2] += n2; a[2] += n2 }
		for i, g := range doc.Dates {
			exact := pair[i] >= 0
			for k, f := range found {
				if pair[i] < 0 && !used[k] && f.Start < g.End && g.Start < f.End {
					pair[i], used[k] = k, true
				}
			}
			if pair[i] < 0 {
				t.Logf("MISS  %s %s %s | %s", doc.Published, g.Type, g.Value, show(g))
				continue
			}
			f := found[pair[i]]
			add(&relaxed, 1)
			if exact {
				add(&strict, 1)
			} else {
				t.Logf("SPAN  %s | found %q by %s", show(g), string(runes[f.Start:f.End]), es[pair[i]].Rule)
			}
			if f.Type == g.Type {
				add(&typ, 1)
			}
			if f.Value == g.Value {
				add(&value, 1)
			} else {
				t.Logf("VALUE %s want %s %s have %s %s by %s | %s", doc.Published, g.Type, g.Value, f.Type, f.Value, es[pair[i]].Rule, show(g))
			}
		}
		for k, f := range found {
			if !used[k] {
				t.Logf("EXTRA %s %s %s by %s | %s", doc.Published, f.Type, f.Value, es[k].Rule, show(f))
			}
		}
		add(&gold, len(doc.Dates))
		add(&sys, len(found))
	}
	f1 := func(a [3]int, i int) float64 { return 200 * float64(a[i]) / float64(max(1, gold[i]+sys[i])) }
	for i, name := range []string{"even documents", "odd documents", "all"} {
		if f1(strict, i) < 85 || f1(value, i) < 80 {
			t.Errorf("%s: below 85 strict or 80 value", name)
		}
		t.Logf("%-15s gold %d found %d  strict %.1f relaxed %.1f type %.1f value %.1f", name, gold[i], sys[i], f1(strict, i), f1(relaxed, i), f1(typ, i),
			f1(value, i))
	}
}

var dayWithYear = regexp.MustCompile(`^(.*\pL{3,}) \d{4}$`)

// TestYearsLeftOut takes the year out of dates of news that name it, within eleven months of the day of publication, and counts how
// often tense and prepositions bring it back.
func TestYearsLeftOut(t *testing.T) {
	read := func(s string, a Anchor) (*text.Doc, []Expr) {
		var ps []text.Piece
		for _, l := range strings.Split(s, "\n") {
			ps = append(ps, text.Piece{Type: "paragraph", Text: l})
		}
		d := text.New(ps)
		return d, Find(d, a)
	}
	n, right := 0, 0
	for _, g := range sharedSet(t, "wikinews") {
		day, err := time.Parse(time.DateOnly, g.Published[:min(10, len(g.Published))])
		if err != nil {
			continue
		}
		a := Anchor{day, "published"}
		d, es := read(g.Text, a)
		for _, e := range es {
			m := dayWithYear.FindStringSubmatch(d.Slice(e.Span))
			from, err := time.Parse(time.DateOnly, e.From)
			if m == nil || err != nil || e.Type != schemas.DateDate || e.Anchor != "" || e.Rule != "day" && e.Rule != "month" || from.Sub(day).Abs() > 330*24*time.Hour {
				continue
			}
			without, found := read(d.Text[:e.Start]+m[1]+d.Text[e.End:], a)
			for _, f := range found {
				if f.Start != e.Start {
					continue
				}
				n++
				if f.Value == e.Value {
					right++
				} else {
					t.Logf("%s want %s have %s | %s", g.Published, e.Value, f.Value, without.Slice(without.Sentences[without.Tokens[without.TokenAt(f.Start)].Sent].Span))
				}
			}
		}
	}
	t.Logf("%d of %d years", right, n)
	if n == 0 || right*100 < 92*n {
		t.Errorf("%d of %d years are right, below 92 %%", right, n)
	}
}
