package app

import (
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/internal/truth"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

var update = flag.Bool("update", false, "rewrite the baseline of what is read from the demo site")

var demoBaseline = filepath.Join("testdata", "demosite.json")

// demoFields are the fields of which the demo site knows the truth.
var demoFields = []string{
	"title", "lead", "published", "quotes", "speakers", "people", "roles", "dates", "date values", "credits", "contact", "attachments",
}

// demoTruth is the truth of a page of the demo site in the one format of all pages. The site spells as pages do, so spelling is not judged,
// and marks some of the dates and roles only.
func demoTruth(t demosite.Truth, server string) truth.Page {
	p := truth.Page{
		URL: server + t.Path, Title: t.Title, Published: t.Published, Lead: t.Lead, Loose: true, Partly: []string{"dates", "date values", "roles"},
	}
	for _, f := range truth.Fields {
		if !slices.Contains(demoFields, f) {
			p.Unjudged = append(p.Unjudged, f)
		}
	}
	for _, q := range t.Quotes {
		x := truth.Quote{Text: strings.Join(q.Parts, " "), Kind: q.Kind, Speaker: q.Speaker, Org: q.Org}
		if q.Kind == demosite.Pull {
			x.Speaker = "" // whoever said it is told by the quote that it repeats
		}
		p.Quotes = append(p.Quotes, x)
	}
	for _, x := range t.People {
		p.People = append(p.People, truth.Person{Name: x.Name, Roles: x.Roles})
	}
	for _, d := range t.Dates {
		p.Dates = append(p.Dates, truth.Date(d))
	}
	for _, c := range t.Credits {
		p.Credits = append(p.Credits, truth.Credit{Holder: c})
	}
	for _, f := range t.Files {
		p.Attachments = append(p.Attachments, server+f.Path)
	}
	if t.Contact != nil {
		p.Contact = t.Contact.Email
	}
	return p
}

// TestReadingTheDemoSite parses every page as the demo site serves it and judges the release by the page's truth. No figure may fall below
// the committed baseline; a change that raises one commits the new baseline (make golden).
func TestReadingTheDemoSite(t *testing.T) {
	site := demosite.New()
	server := httptest.NewServer(site.Handler())
	defer server.Close()

	table := truth.Table{}
	for _, x := range site.Truth() {
		r := readDemoPage(t, server, x.Path)
		if r == nil {
			r = &schemas.Release{} // refused: everything is missing
		}
		table[x.ID] = demoTruth(x, server.URL).Judge(r)
	}
	if len(table) < 40 {
		t.Fatalf("judged %d pages only", len(table))
	}
	now := map[string]truth.Count{}
	for _, f := range demoFields {
		if now[f] = table.Sum(f); now[f].Right == 0 {
			t.Errorf("nothing is right of %s", f)
		}
	}
	for line := range strings.Lines(table.String()) {
		if !strings.Contains(line, "\tunjudged") && !strings.Contains(line, " on 0 pages") {
			t.Log(strings.TrimSpace(line))
		}
	}
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
	var before map[string]truth.Count
	if err := json.Unmarshal(b, &before); err != nil {
		t.Fatal(err)
	}
	for name, is := range now {
		was, ok := before[name]
		if !ok {
			t.Errorf("%s has no baseline (make golden writes it)", name)
		}
		if is.Precision() < was.Precision() || is.Recall() < was.Recall() {
			t.Errorf("%s fell: P %.3f → %.3f, R %.3f → %.3f", name, was.Precision(), is.Precision(), was.Recall(), is.Recall())
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
