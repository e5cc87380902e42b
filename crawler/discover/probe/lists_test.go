package probe

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
)

// TestRealLists finds the entries of lists of real sites, which stand beside the repository where they may be read.
func TestRealLists(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "..", "shared", "eval", "sets", "lists")
	gold, err := os.Open(filepath.Join(dir, "gold.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no lists of real sites here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer gold.Close()
	lists := 0
	for lines := bufio.NewScanner(gold); lines.Scan(); {
		var row struct{ ID, URL, What string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(filepath.Join(dir, "html", row.ID+".html.gz"))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
		p, err := readPage(&polite.Answer{Status: 200, URL: row.URL, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		var best *group
		for _, g := range p.groups(time.UTC) {
			if best == nil || g.score > best.score {
				best = g
			}
		}
		if best == nil {
			t.Logf("%-50s %s: nothing repeats", row.ID, p.family.ID)
			continue
		}
		best.within()
		_, ok := p.findPager(best)
		accept, left := patterns((&walk{}).keys(best))
		t.Logf("%-40s %s: %d entries by %q, dated %.2f; pager %v; accept %q, left %d",
			row.ID, p.family.ID, len(best.entries), best.item, best.share(dated), ok, accept, len(left))
		if best.share(dated) >= datedShare {
			lists++
		}
		switch row.ID {
		case "dwd-impressum":
			if best.share(dated) > 0 || len(best.entries) >= fewest {
				t.Error("an imprint has a list")
			}
		case "bremen-senatspressestelle":
			if !ok || len(best.entries) != 20 {
				t.Errorf("%s: %d entries, pager %v", row.ID, len(best.entries), ok)
			}
		}
	}
	if lists < 20 { // the others are a page of headings, an imprint, a form and two that show no dates
		t.Errorf("%d lists with dates were found", lists)
	}
}
