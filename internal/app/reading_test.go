package app

import (
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

var update = flag.Bool("update", false, "rewrite the baseline of what is read from the demo site")

var demoBaseline = filepath.Join("testdata", "demosite.json")

// figure is one field of the demo site's pages: what the truth has, what the releases have, and what both have.
type figure struct {
	Want  int `json:"want"`
	Got   int `json:"got"`
	Right int `json:"right"`
}

func (f figure) precision() float64 { return share(f.Right, f.Got) }
func (f figure) recall() float64    { return share(f.Right, f.Want) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// figures names the parts of a score. Not speech counts against the quotes' precision already, and has a line of its own to be seen.
func figures(s demosite.Score) map[string]figure {
	of := func(c demosite.Count) figure { return figure{c.Want, c.Got, c.Right} }
	quotes := s.Quotes.Right
	return map[string]figure{
		"titles":     {s.Pages, s.Pages, s.Titles},
		"published":  {s.Pages, s.Pages, s.Published},
		"quotes":     of(s.Quotes),
		"kinds":      {quotes, quotes, s.Kinds},
		"speakers":   {s.Quotes.Want, s.Quotes.Got, s.Speakers},
		"not speech": {s.Quotes.Got, s.Quotes.Got, s.Quotes.Got - s.NotSpeech},
		"people":     of(s.People),
		"roles":      of(s.Roles),
		"credits":    of(s.Credits),
		"dates":      of(s.Dates),
	}
}

// TestReadingTheDemoSite parses every page as the demo site serves it and compares the release with the page's truth. No figure may fall
// below the committed baseline; a change that raises one commits the new baseline (make golden).
func TestReadingTheDemoSite(t *testing.T) {
	site := demosite.New()
	server := httptest.NewServer(site.Handler())
	defer server.Close()

	var sum demosite.Score
	for _, truth := range site.Truth() {
		sum.Add(truth.Compare(readDemoPage(t, server, truth.Path)))
	}
	if sum.Pages < 40 {
		t.Fatalf("compared %d pages only", sum.Pages)
	}
	for _, d := range sum.Differences {
		t.Log(d)
	}
	now := figures(sum)
	if *update {
		b, err := json.MarshalIndent(now, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(demoBaseline, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(demoBaseline)
	if err != nil {
		t.Fatal(err)
	}
	var before map[string]figure
	if err := json.Unmarshal(b, &before); err != nil {
		t.Fatal(err)
	}
	for name, is := range now {
		was, ok := before[name]
		if !ok {
			t.Errorf("%s has no baseline (make golden writes it)", name)
		}
		if is.precision() < was.precision() || is.recall() < was.recall() {
			t.Errorf("%s fell: P %.3f → %.3f, R %.3f → %.3f", name, was.precision(), is.precision(), was.recall(), is.recall())
		}
	}
}

// readDemoPage fetches a page and parses it, nil when it is taken for no release.
func readDemoPage(t *testing.T, server *httptest.Server, path string) *schemas.Release {
	t.Helper()
	resp, err := server.Client().Get(server.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", path, resp.Status)
	}
	fetched := time.Date(2027, 1, 4, 6, 0, 0, 0, time.UTC) // after the site's last release
	r, err := parser.Parse(&schemas.Snapshot{
		Source: schemas.Source{ID: "demo", Name: demosite.Name}, URL: server.URL + path, Status: resp.StatusCode,
		ContentType: resp.Header.Get("Content-Type"), Body: body, FetchedAt: fetched, FirstSeen: fetched,
	})
	if err != nil {
		t.Logf("%s: %v", path, err)
		return nil
	}
	return r
}
