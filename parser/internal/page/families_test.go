package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

var update = flag.Bool("update", false, "write the golden files anew and print what changes")

// One page of each family of CMS, written for this test after the structures in docs, is read as its golden file says.
func TestFamilies(t *testing.T) {
	files, err := filepath.Glob("testdata/families/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".html")
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			p, err := Read(&schemas.Snapshot{URL: "https://kreis.example/presse/" + name, Body: body})
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(f, ".html") + ".txt"
			want, _ := os.ReadFile(golden)
			got := show(p)
			if diff := cmp.Diff(string(want), got); diff != "" {
				if *update {
					t.Log(diff)
					if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				t.Errorf("-want +got (go test -update writes it):\n%s", diff)
			}
		})
	}
}

// show writes a page down, one line a fact.
func show(p *Page) string {
	var b strings.Builder
	line := func(k, v string) {
		if v != "" {
			fmt.Fprintf(&b, "%s: %s\n", k, v)
		}
	}
	line("profile", p.Profile)
	line("language", p.Language)
	line("canonical", p.Canonical)
	line("kicker", p.Kicker)
	line("title", p.Title)
	for _, l := range p.TopLines {
		line("top", l)
	}
	for _, x := range p.Pieces {
		line(x.Type, text.Normalise(x.Text))
	}
	for _, im := range p.Images {
		line("image", im.URL)
		line("  alt", im.Alt)
		line("  caption", im.Image.Caption)
		if im.Holder >= 0 {
			line("  holder", p.Tree.E[im.Holder].Node.Data)
		}
	}
	for _, c := range p.CreditLines {
		line("credit", c.Text)
	}
	for _, a := range p.Attachments {
		line("attachment", a.Title+" <"+a.URL+"> "+a.MediaType)
	}
	if c := p.Contact; c != nil {
		line("contact", strings.Join([]string{c.Name, c.Phone, c.Email}, " | "))
	}
	keys := make([]string, 0, len(p.Why))
	for k := range p.Why {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		line("why "+k, p.Why[k])
	}
	return b.String()
}
