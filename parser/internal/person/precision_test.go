package person

import (
	"bufio"
	"crypto/sha1"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// goldPeople is a text of a development set with the people somebody found in it: their names, or, where the set is of sentences, the
// places where they are named.
type goldPeople struct {
	ID, Text string
	People   []struct{ Name string }
	Persons  [][2]int // code points
}

// readGold opens a development set, or skips the test where there is none.
func readGold(t *testing.T, set string) []goldPeople {
	t.Helper()
	dir := os.Getenv("SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(dir, "eval", "sets", set, "gold.jsonl"))
	if err != nil {
		t.Skip("no development sets at hand")
	}
	defer f.Close()
	var out []goldPeople
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var g goldPeople
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

// half sorts a text into the half that rules are tuned on and the one that is only counted, as the evaluation kit does.
func half(id string) int {
	sum := sha1.Sum([]byte("half " + id))
	return int(sum[0] % 2)
}

// count is how often a rule found somebody, and how often there was somebody, by halves.
type count struct{ right, all [2]int }

func (c *count) see(h int, right bool) {
	c.all[h]++
	if right {
		c.right[h]++
	}
}

var nameWord = regexp.MustCompile(`[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*`)

// sameName reports whether two names can be one person's: one surname, and no given name that contradicts.
func sameName(a, b string) bool {
	x, y := nameWord.FindAllString(strings.ToLower(a), -1), nameWord.FindAllString(strings.ToLower(b), -1)
	if len(x) == 0 || len(y) == 0 || x[len(x)-1] != y[len(y)-1] {
		return false
	}
	return len(x) == 1 || len(y) == 1 || x[0] == y[0]
}

// calibrate counts for each rule how often it is right.
func calibrate(t *testing.T) map[string]*count {
	t.Helper()
	out := map[string]*count{}
	of := func(rule string) *count {
		if out[rule] == nil {
			out[rule] = &count{}
		}
		return out[rule]
	}
	for _, g := range readGold(t, "germeval") {
		d := text.New([]text.Piece{{Text: g.Text}})
		if d.Text != g.Text { // another spelling of blanks: the places would not agree
			continue
		}
		at := runeOffsets(d.Text)
		for _, p := range Find(d, nil) {
			for _, m := range p.Mentions {
				exact := slices.Contains(g.Persons, [2]int{at[m.Start], at[m.End]})
				of(m.Rule).see(half(g.ID), slices.ContainsFunc(g.Persons, func(s [2]int) bool { return at[m.Start] < s[1] && s[0] < at[m.End] }))
				if testing.Verbose() && !exact && half(g.ID) == 0 {
					t.Logf("germeval %s: %q … %s", m.Rule, d.Slice(m.Span), g.Text)
				}
			}
		}
	}
	for _, set := range []string{"karlsruhe", "city", "police", "seed"} {
		for _, g := range readGold(t, set) {
			for _, p := range Find(doc(g.Text), nil) {
				ok := slices.ContainsFunc(g.People, func(x struct{ Name string }) bool { return sameName(x.Name, p.Name) })
				of(p.Mentions[0].Rule).see(half(g.ID), ok)
				if testing.Verbose() && !ok && half(g.ID) == 0 {
					m := p.Mentions[0]
					t.Logf("%s %s: %q … %s", set, m.Rule, p.Name, strings.ToValidUTF8(g.around(m.Span), ""))
				}
			}
		}
	}
	return out
}

// around is the text around a span, for people.
func (g goldPeople) around(s text.Span) string {
	return strings.ReplaceAll(g.Text[max(0, s.Start-60):min(len(g.Text), s.End+40)], "\n", " / ")
}

// runeOffsets gives the code point at which each byte of s stands.
func runeOffsets(s string) []int {
	at := make([]int, len(s)+1)
	n := 0
	for i := range s {
		at[i] = n
		n++
	}
	at[len(s)] = n
	return at
}

// TestPrecision says how often each rule is right on both halves of the development sets, and holds that none that fires often is a guess.
func TestPrecision(t *testing.T) {
	const often, least = 12, 0.8
	counts := calibrate(t)
	for _, r := range rules {
		c := counts[r.ID]
		if c == nil {
			continue
		}
		t.Logf("%-16s %3d of %3d   %3d of %3d", r.ID, c.right[0], c.all[0], c.right[1], c.all[1])
		for h := range 2 {
			if c.all[h] >= often && float64(c.right[h]) < least*float64(c.all[h]) {
				t.Errorf("%s is right %d times of %d on half %d", r.ID, c.right[h], c.all[h], h)
			}
		}
	}
}
