package page

import (
	"bufio"
	"compress/gzip"
	"crypto/sha1"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

var (
	fitHalf = flag.String("fit", "", "half of the evaluation pages (a, b, ab) to fit the weights of titles to; prints the table")
	further = flag.String("titles", "", "JSON file with titles by id, for evaluation pages that have none")
)

// fitPage is a page with its candidates: which signs each shows, and which are the title.
type fitPage struct {
	id     string
	signs  [][]int
	right  []bool
	some   bool
	weight float64
	cs     []candidate
	open   []bool // shown, neither hidden nor in furniture
}

// TestFitTitles fits the weights of titleweights.go to pages whose titles are known: a conditional logit over the candidates of each
// page, held close to the weights that stand in the table. It prints the table anew. Without -fit it does nothing.
func TestFitTitles(t *testing.T) {
	if *fitHalf == "" {
		t.Skip("-fit a prints fitted weights")
	}
	var train, test, changed []fitPage
	for _, set := range strings.Fields("web fundus city university police sitepark seed htmldate") {
		for _, row := range goldRows(t, set) {
			p, ok := pageOf(t, set, row, nil)
			switch {
			case !ok:
			case !strings.Contains(*fitHalf, row.half()):
				test = append(test, p)
			default:
				train = append(train, p)
				for _, change := range otherwise {
					q, _ := pageOf(t, set, row, change)
					q.weight = otherWeight
					changed = append(changed, q)
				}
			}
		}
	}
	w := make([]float64, len(signs))
	for k := range signs {
		w[k] = signs[k].weight
	}
	report := func(name string) {
		fmt.Printf("%s: train %s test %s\n", name, rightOf(train, w, false), rightOf(test, w, false))
	}
	report("table")
	all := slices.Concat(train, blinded(train), changed)
	fit(all, w)
	report("fitted")
	rightOf(train, w, true)
	for k, s := range signs {
		seen, share := counts(train, k)
		fmt.Printf("%-58q %5.1f -> %5.1f   %d, %d\n", s.name, s.weight, w[k], seen, share)
	}
}

func counts(ps []fitPage, k int) (seen, share int) {
	hit := 0
	for _, p := range ps {
		for c, on := range p.signs {
			for _, x := range on {
				if x == k {
					seen++
					if p.right[c] {
						hit++
					}
				}
			}
		}
	}
	if seen > 0 {
		share = int(math.Round(100 * float64(hit) / float64(seen)))
	}
	return seen, share
}

func score(on []int, w []float64) (s float64) {
	for _, k := range on {
		s += w[k]
	}
	return s
}

func rightOf(ps []fitPage, w []float64, show bool) string {
	n, some := 0, 0
	for _, p := range ps {
		best := 0
		for c := range p.signs {
			if score(p.signs[c], w) > score(p.signs[best], w) {
				best = c
			}
		}
		if p.some {
			some++
		}
		if len(p.right) > 0 && p.right[best] {
			n++
		} else if show {
			fmt.Println("WRONG", p.id, p.some)
			for c := range p.signs {
				if sc := score(p.signs[c], w); p.right[c] || sc > score(p.signs[best], w)-3 {
					fmt.Printf("   %v %.1f %.80q %s\n", p.right[c], sc, p.cs[c].text, named(p.signs[c], w))
				}
			}
		}
	}
	return fmt.Sprintf("%d of %d (%d have it)", n, len(ps), some)
}

// named writes signs with their weights.
func named(on []int, w []float64) string {
	var names []string
	for _, k := range on {
		names = append(names, fmt.Sprintf("%s %.1f", signs[k].name, w[k]))
	}
	return strings.Join(names, "; ")
}

// blinded are the pages as if they had no other titles: what then tells the title must be learnt, too.
func blinded(ps []fitPage) (out []fitPage) {
	drop := map[int]bool{}
	meta := map[int]bool{}
	for k, s := range signs {
		drop[k] = strings.Contains(s.name, "another title") || strings.Contains(s.name, "JSON-LD says")
		meta[k] = strings.HasPrefix(s.name, "not shown")
	}
	for _, p := range ps {
		q := fitPage{id: p.id, weight: p.weight / 2, cs: p.cs}
		for c, on := range p.signs {
			keep := true
			var left []int
			for _, k := range on {
				keep = keep && !meta[k]
				if !drop[k] {
					left = append(left, k)
				}
			}
			if keep {
				q.signs = append(q.signs, left)
				q.right = append(q.right, p.right[c])
				q.some = q.some || p.right[c]
			}
		}
		if q.some {
			out = append(out, q)
		}
	}
	return out
}

// otherwise are ways in which the same page might have been built: without an h1, without any heading.
var otherwise = []func(page string) string{
	func(page string) string { return regexp.MustCompile(`(?i)<(/?)h1\b`).ReplaceAllString(page, "<${1}h2") },
	func(page string) string {
		return regexp.MustCompile(`(?i)<(/?)h[1-6]\b[^>]*>`).ReplaceAllString(page, "<${1}div>")
	},
}

const (
	otherWeight = 0.25 // of a page built otherwise

	pull = 1.5 // how strongly a weight is held to the table's
	rate = 0.01
)

func fit(ps []fitPage, w []float64) {
	prior := append([]float64{}, w...)
	for range 3000 {
		g := make([]float64, len(w))
		for k := range w {
			g[k] = -pull * (w[k] - prior[k])
		}
		for _, p := range ps {
			if !p.some {
				continue
			}
			var e []float64
			z, zr := 0.0, 0.0
			for c := range p.signs {
				x := math.Exp(score(p.signs[c], w))
				e = append(e, x)
				z += x
				if p.right[c] {
					zr += x
				}
			}
			for c, on := range p.signs {
				d := -e[c] / z
				if p.right[c] {
					d += e[c] / zr
				}
				for _, k := range on {
					g[k] += p.weight * d
				}
			}
		}
		for k := range w {
			w[k] += rate * g[k]
		}
	}
}

type goldRow struct {
	ID, URL, Title string
	HTML           bool
}

func (g goldRow) half() string {
	h := sha1.Sum([]byte("half " + regexp.MustCompile(`^(tr|hd)-`).ReplaceAllString(g.ID, "")))
	return "ab"[h[0]%2 : h[0]%2+1]
}

const kit = "../../../../shared/eval/sets"

func goldRows(t *testing.T, set string) (out []goldRow) {
	f, err := os.Open(filepath.Join(kit, set, "gold.jsonl"))
	if err != nil {
		t.Skip("no evaluation pages")
	}
	defer f.Close()
	known := map[string]string{}
	if b, err := os.ReadFile(*further); err == nil {
		_ = json.Unmarshal(b, &known)
	}
	for r := bufio.NewReader(f); ; {
		line, err := r.ReadBytes('\n')
		var g goldRow
		if json.Unmarshal(line, &g) == nil && g.HTML {
			if g.Title == "" {
				g.Title = known[g.ID]
			}
			if g.Title != "" {
				out = append(out, g)
			}
		}
		if err != nil {
			return out
		}
	}
}

func pageOf(t *testing.T, set string, g goldRow, change func(string) string) (fitPage, bool) {
	f, err := os.Open(filepath.Join(kit, set, "html", g.ID+".html.gz"))
	if err != nil {
		return fitPage{}, false
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		body = []byte(change(string(body)))
	}
	if g.URL == "" {
		g.URL = "https://www.beispielkreis.de/presse/" + g.ID + ".php"
	}
	r, err := open(&schemas.Snapshot{URL: g.URL, Body: body, ContentType: "text/html"})
	if err != nil {
		return fitPage{}, false
	}
	r.locate()
	p := fitPage{id: set + "/" + g.ID, weight: 1, cs: r.candidates()}
	gr := r.ground(p.cs)
	want := fold(g.Title)
	for i := range p.cs {
		s := r.look(&p.cs[i], gr)
		var on []int
		for k := range signs {
			if signs[k].holds(s) {
				on = append(on, k)
			}
		}
		c := &p.cs[i]
		right := c.fold == want || c.at >= 0 && r.headings[c.at] != nil && fold(r.headings[c.at].kicker)+c.fold == want
		p.signs, p.right, p.some = append(p.signs, on), append(p.right, right), p.some || right
		p.open = append(p.open, s.shown && !s.hidden && !s.furniture)
	}
	return p.withoutCopies(), true
}

// withoutCopies leaves out what says the title again where it does not count: in the path or the head of the page, or unseen.
func (p fitPage) withoutCopies() fitPage {
	good := false
	for c := range p.right {
		good = good || p.right[c] && p.open[c]
	}
	q := fitPage{id: p.id, weight: p.weight, some: p.some}
	for c := range p.right {
		if !good || !p.right[c] || p.open[c] {
			q.signs, q.right, q.cs = append(q.signs, p.signs[c]), append(q.right, p.right[c]), append(q.cs, p.cs[c])
		}
	}
	return q
}
