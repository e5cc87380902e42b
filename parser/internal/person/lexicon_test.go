package person

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// The given names are kept one list a gender and origin: many enough, each once in all files, sorted within its list.
func TestGivenNames(t *testing.T) {
	files, err := fs.Glob(data, "data/given/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatalf("files %v, %v", files, err)
	}
	seen := map[string]string{}
	perGender := map[string]int{}
	for _, f := range files {
		last := map[string]string{}
		for _, l := range lines(strings.TrimPrefix(f, "data/")) {
			if !slices.Contains([]string{"f", "m", "u"}, l[0]) {
				t.Fatalf("%s: a line begins with %q", f, l[0])
			}
			for _, n := range l[1:] {
				if was, ok := seen[n]; ok {
					t.Errorf("%s: %s is in %s, too", f, n, was)
				}
				if n <= last[l[0]] {
					t.Errorf("%s: %s stands behind %s", f, n, last[l[0]])
				}
				if c, _ := utf8.DecodeRuneInString(n); !unicode.IsUpper(c) || utf8.RuneCountInString(n) < 2 {
					t.Errorf("%s: %q is no name", f, n)
				}
				seen[n], last[l[0]] = f+" "+l[0], n
				perGender[l[0]]++
			}
		}
	}
	if len(seen) < 3000 || perGender["f"] < 1000 || perGender["m"] < 1000 || perGender["u"] < 20 {
		t.Errorf("%d names, %v", len(seen), perGender)
	}
}

// Lists that contradict each other would make a rule dead.
func TestNoContradictions(t *testing.T) {
	lx := lexicons()
	for w := range lx.say {
		if lx.act[w] || lx.neutral[w] {
			t.Errorf("verb %s is in two classes", w)
		}
	}
	for w := range lx.act {
		if lx.neutral[w] {
			t.Errorf("verb %s is in two classes", w)
		}
	}
	for w := range lx.famous {
		if lx.stop[w] || lx.mass[w] || lx.place[w] {
			t.Errorf("%s is not only a person", w)
		}
	}
	for w := range lx.kin {
		if _, ok := lx.given[w]; ok {
			t.Errorf("kinship word %s is a given name", w)
		}
	}
}

// Every data file is sorted within its classes and holds nothing twice, so that it stays readable.
func TestDataIsSorted(t *testing.T) {
	for _, f := range []string{"roles.txt", "kin.txt", "traps.txt", "nouns.txt", "verbs.txt"} {
		last := map[string]string{}
		for _, l := range lines(f) {
			for _, w := range l[1:] {
				if w <= last[l[0]] {
					t.Errorf("%s: %s %s stands behind %s", f, l[0], w, last[l[0]])
				}
				last[l[0]] = w
			}
		}
	}
	for _, f := range []string{"weak.txt", "stopwords.txt", "places.txt", "organisations.txt", "famous.txt", "particles.txt"} {
		last := ""
		for _, l := range lines(f) {
			for _, w := range l {
				if w <= last {
					t.Errorf("%s: %s stands behind %s", f, w, last)
				}
				last = w
			}
		}
	}
}
