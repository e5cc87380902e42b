package timex

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

var update = flag.Bool("update", false, "rewrite testdata/corpus.txt from what is found now; read the difference before you commit it")

// TestCorpus reads testdata/corpus.txt: sentences, each with what is found in it below, seen from the day that the last line with an @
// names. A sentence with nothing below it has no time.
func TestCorpus(t *testing.T) {
	const file = "testdata/corpus.txt"
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	anchor := Anchor{}
	var now []string
	sentences := 0
	for line := range strings.Lines(string(body)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "\t") {
			continue // what was found
		}
		now = append(now, line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line == "@":
			anchor = Anchor{}
			continue
		case line[0] == '@':
			anchor = Anchor{parseDay(t, strings.TrimSpace(line[1:])), "published"}
			continue
		}
		sentences++
		var ps []text.Piece
		for p := range strings.SplitSeq(line, " ¶ ") {
			ps = append(ps, text.Piece{Type: "paragraph", Text: p})
		}
		d := text.New(ps)
		es := Find(d, anchor)
		checkExprs(t, d, es)
		checkTriggers(t, d)
		for _, s := range show(d, es) {
			now = append(now, "\t"+s)
		}
	}
	if sentences == 0 {
		t.Fatal("the corpus is empty")
	}
	diff := cmp.Diff(strings.Split(strings.TrimRight(string(body), "\n"), "\n"), now)
	switch {
	case diff == "":
	case *update:
		t.Logf("rewritten (-before +now):\n%s", diff)
		if err := os.WriteFile(file, []byte(strings.Join(now, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("what is found changed (-want +got; -update accepts it):\n%s", diff)
	}
}
