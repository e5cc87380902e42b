package schemas_test

import (
	"encoding/json"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/schemas"
)

func fullRelease(t *testing.T) *schemas.Release {
	t.Helper()
	b, err := os.ReadFile("testdata/valid/full.json")
	if err != nil {
		t.Fatal(err)
	}
	r := new(schemas.Release)
	if err := json.Unmarshal(b, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func path(t *testing.T, raw string) string {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}

func TestContentHash(t *testing.T) {
	base := schemas.ContentHash(fullRelease(t))
	for name, change := range map[string]func(*schemas.Release){
		"revision":       func(r *schemas.Release) { r.Revision = 9 },
		"provenance":     func(r *schemas.Release) { r.Provenance = schemas.Provenance{Snapshot: "x", Parser: "y"} },
		"rule of quote":  func(r *schemas.Release) { r.Quotes[0].Speaker.Rule = "renamed" },
		"rule of date":   func(r *schemas.Release) { r.Dates[0].Rule = "renamed" },
		"rule of credit": func(r *schemas.Release) { r.Credits[0].Rule = "renamed" },
		"evidence":       func(r *schemas.Release) { r.Published.Evidence = "time" },
		"method":         func(r *schemas.Release) { r.Quotes[0].Speaker.Method = schemas.MethodRole },
		"modified": func(r *schemas.Release) {
			r.Modified = &schemas.Stamp{Value: "2026-11-26T10:31:07+01:00", Granularity: "second", Evidence: "jsonld"}
		},
		"host of image":       func(r *schemas.Release) { r.Images[0].URL = "https://bilder3.example" + path(t, r.Images[0].URL) },
		"token in image":      func(r *schemas.Release) { r.Images[0].URL += "?itok=x7Gq&session=9f" },
		"version in download": func(r *schemas.Release) { r.Attachments[0].URL += "?v=1772" },
		"image of credit":     func(r *schemas.Release) { r.Credits[0].Image += "?v=2" },
		"order of images":     func(r *schemas.Release) { slices.Reverse(r.Images) },
	} {
		r := fullRelease(t)
		change(r)
		if schemas.ContentHash(r) != base {
			t.Errorf("%s makes a revision", name)
		}
	}
	for name, change := range map[string]func(*schemas.Release){
		"text":    func(r *schemas.Release) { r.Text = strings.Replace(r.Text, " ", "  ", 1); r.Blocks[0].End++ },
		"image":   func(r *schemas.Release) { r.Images[0].URL = "https://www.kreis.example/bild-2.jpg" },
		"speaker": func(r *schemas.Release) { r.Quotes[0].Speaker = nil },
		"date":    func(r *schemas.Release) { r.Published = nil },
		"credit":  func(r *schemas.Release) { r.Credits[0].Holder = "" },
		"contact": func(r *schemas.Release) { r.Contact = nil },
	} {
		r := fullRelease(t)
		change(r)
		if schemas.ContentHash(r) == base {
			t.Errorf("%s makes no revision", name)
		}
	}
	r := fullRelease(t)
	schemas.ContentHash(r)
	if diff := cmp.Diff(fullRelease(t), r); diff != "" {
		t.Errorf("hashing changes the release:\n%s", diff)
	}
}

// TestContentHashNil: a list that a parser left nil is the same content as an empty one.
func TestContentHashNil(t *testing.T) {
	a := schemas.Release{ID: "x", People: []schemas.Person{{Name: "Änne Österholt"}}}
	b := schemas.Release{ID: "x", People: []schemas.Person{{Name: "Änne Österholt"}}}
	b.Normalise()
	if schemas.ContentHash(&a) != schemas.ContentHash(&b) {
		t.Error("nil and empty lists hash differently")
	}
	if a.Quotes != nil || a.People[0].Roles != nil {
		t.Error("hashing changes the release")
	}
}

func TestCheck(t *testing.T) {
	if err := fullRelease(t).Check(); err != nil {
		t.Fatal(err)
	}
	two := 2
	for want, change := range map[string]func(*schemas.Release){
		"blocks[1]: starts at":               func(r *schemas.Release) { r.Blocks[1].Start--; r.Blocks[1].Start -= 5 },
		"is no span of a text of":            func(r *schemas.Release) { r.Blocks[5].End++ },
		"quotes[0]: its spans are":           func(r *schemas.Release) { r.Quotes[0].Text = "Die Brücke" },
		"quotes[0].spans[1]: starts before":  func(r *schemas.Release) { r.Quotes[0].Spans[1].Start = 0 },
		"quotes[0].cue:":                     func(r *schemas.Release) { r.Quotes[0].Cue.Start-- },
		"quotes[0].speaker.mention:":         func(r *schemas.Release) { r.Quotes[0].Speaker.Mention.Text = "Landrat" },
		"quotes[0].speaker.person: 2":        func(r *schemas.Release) { r.Quotes[0].Speaker.Person = &two },
		"quotes[2].of: 2 is no index of":     func(r *schemas.Release) { r.Quotes[2].Of = &two },
		"people[0].mentions[0]:":             func(r *schemas.Release) { r.People[0].Mentions[0].End-- },
		"dates[2]: ":                         func(r *schemas.Release) { r.Dates[2].Text = "jeden Freitag" },
		"dates[0]: 10 to 10 is no span of a": func(r *schemas.Release) { r.Dates[0].Start, r.Dates[0].End = 10, 10 },
	} {
		r := fullRelease(t)
		change(r)
		wantError(t, r.Check(), schemas.KindInvalid, want)
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
