package index

import (
	"cmp"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestAgainstPlain asks an index of some releases many questions, page by page, and looks the answers up by reading all of them.
func TestAgainstPlain(t *testing.T) {
	const n = 250
	x := openIndex(t, filepath.Join(t.TempDir(), FileName))
	build(t, x, 0, n)
	p := newPress(7)
	var all []*schemas.Event
	for i := range n {
		ev, _ := p.event(i + 1)
		all = append(all, ev)
	}
	slices.Reverse(all) // newest first
	r := rand.New(rand.NewPCG(3, 3))
	for range 150 {
		x.most = []int{3, 20, maxTotal}[r.IntN(3)]
		q := Query{Text: question(r, p), Order: pick(r, []string{"", Newest}), Limit: 1 + r.IntN(30)}
		if r.IntN(3) == 0 {
			q.State = all[r.IntN(n)].Release.Source.State
		}
		if r.IntN(4) == 0 {
			q.Person = all[r.IntN(n)].Release.People[0].Name
		}
		if r.IntN(4) == 0 {
			q.From = all[r.IntN(n)].Release.Published.Value
		}
		want := plainly(t, all, q)
		var got []string
		for {
			page, err := x.Search(t.Context(), q)
			if err != nil {
				t.Fatalf("%+v: %v", q, err)
			}
			if exact := !page.AtLeast; exact && page.Total != len(want) || !exact && page.Total > len(want) {
				t.Errorf("%+v: a total of %d (at least: %t), want %d", q, page.Total, page.AtLeast, len(want))
			}
			for _, h := range page.Hits {
				got = append(got, h.ID)
			}
			if q.After = page.Next; page.Next == "" {
				break
			}
		}
		q.After = ""
		if !slices.Equal(got, want) {
			t.Fatalf("%+v: %d found, want %d", q, len(got), len(want))
		}
	}
}

// question is what somebody might type: words, beginnings, phrases.
func question(r *rand.Rand, p *press) string {
	var list []string
	for range 1 + r.IntN(3) {
		switch w := p.word(); r.IntN(5) {
		case 0:
			if w = string([]rune(w)[:min(len([]rune(w)), 3)]); len([]rune(fold(w))) == 3 {
				w += "*"
			}
			list = append(list, w)
		case 1:
			list = append(list, `"`+p.word()+" "+w+`"`)
		default:
			list = append(list, w)
		}
	}
	return strings.Join(list, " ")
}

// plainly answers a query by looking at every release; all are in the order of Newest.
func plainly(t *testing.T, all []*schemas.Event, q Query) (ids []string) {
	t.Helper()
	asked, err := terms("text", q.Text)
	if err != nil {
		t.Fatal(err)
	}
	type hit struct {
		rank int
		id   string
	}
	var hits []hit
	for _, ev := range all {
		r := ev.Release
		named := q.Person == "" || slices.ContainsFunc(r.People, func(p schemas.Person) bool { return p.Name == q.Person })
		if q.State != "" && r.Source.State != q.State || q.From > r.Published.Value || !named {
			continue
		}
		parts := [][]word{wordsOf(r.Title), wordsOf(r.Lead), wordsOf(strings.TrimPrefix(r.Text, r.Lead))}
		for rank := range parts {
			if rank = len(parts) - 1 - rank; !holdAll(parts[:rank+1], asked) {
				break
			} else if rank == 0 || !holdAll(parts[:rank], asked) || q.Order == Newest {
				hits = append(hits, hit{rank, r.ID})
				break
			}
		}
	}
	if q.Order != Newest {
		slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.rank, b.rank) })
	}
	for _, h := range hits {
		ids = append(ids, h.id)
	}
	return ids
}

// holdAll reports whether each term stands in one of the parts.
func holdAll(parts [][]word, asked []term) bool {
	for _, t := range asked {
		if !slices.ContainsFunc(parts, func(words []word) bool { return len(matches(words, []term{t})) > 0 }) {
			return false
		}
	}
	return true
}
