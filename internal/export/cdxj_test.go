package export

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// SurtExamples are addresses and the keys that warcio.js makes of them; TestSurtOfWarcio asks it.
var SurtExamples = map[string]string{
	"https://www.kreis-x.example/presse/":               "example,kreis-x)/presse/",
	"http://kreis-x.example":                            "example,kreis-x)/",
	"https://www2.kreis-x.example:443/A?b=2&a=1":        "example,kreis-x)/a?a=1&b=2",
	"http://kreis-x.example:8080/a":                     "example,kreis-x:8080)/a",
	"https://kreis-x.example/?q=M%C3%BCller+und&id=7":   "example,kreis-x)/?id=7&q=m%c3%bcller+und",
	"https://kreis-x.example/?b&a=1=2&a=0&&":            "example,kreis-x)/?&&a=0&a=1=2&b",
	"https://wwwx.example/%C3%84":                       "example,wwwx)/%c3%84",
	"https://kreis-x.example/a?x=%E4&y=%zz":             "example,kreis-x)/a?x=%e4&y=%zz",
	"https://kreis-x.example/a?tx_news%5Bnews%5D=12&c=": "example,kreis-x)/a?c=&tx_news%5bnews%5d=12",
	"https://www.www.example/www.":                      "example,www)/www.",
	"http://10.0.0.1/a":                                 "1,0,0,10)/a",
}

func TestSurt(t *testing.T) {
	for address, want := range SurtExamples {
		if got := surt(address); got != want {
			t.Errorf("%s:\n%s, want\n%s", address, got, want)
		}
	}
}

// TestSorter: more lines than fit in memory come back in order, each of them, and no file stays.
func TestSorter(t *testing.T) {
	dir := t.TempDir()
	s := sorter{dir: dir}
	defer s.discard()
	var want []string
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 120_000 {
		line := fmt.Sprintf("%08d %s", random.IntN(50_000), strings.Repeat("x", 100+i%100))
		want = append(want, line)
		if err := s.add(line); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.files) < 2 || s.size > sortMemory {
		t.Fatalf("%d files, %d bytes in memory: nothing was put aside", len(s.files), s.size)
	}
	slices.Sort(want)
	n := 0
	err := s.each(func(line string) error {
		if line != want[n] {
			return fmt.Errorf("line %d: %s, want %s", n, line, want[n])
		}
		n++
		return nil
	})
	if err != nil || n != len(want) {
		t.Fatalf("%d of %d lines: %v", n, len(want), err)
	}
	s.discard()
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%d files left", len(left))
	}
}
