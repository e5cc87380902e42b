package api_test

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// indexed gives the reader an index of what is in the store by now.
func (s *store) indexed() {
	s.Helper()
	x, err := index.Open(s.Context(), filepath.Join(s.TempDir(), "index.sqlite"), s.reader.Log)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { x.Close() })
	if err := x.CatchUp(s.Context(), s.bus, time.Minute); err != nil {
		s.Fatal(err)
	}
	s.reader.Index = x
}

// quoted is a release in which somebody says something.
func quoted(r *schemas.Release) {
	r.Text = "„Die Brücke wird saniert“, sagte Landrätin Ute Voss."
	r.Blocks = []schemas.Block{{Type: schemas.BlockParagraph, End: len([]rune(r.Text))}}
	person := 0
	r.People = []schemas.Person{{
		Name: "Ute Voss", Given: "Ute", Family: "Voss", Roles: []string{"Landrätin"}, Mentions: []schemas.Mention{{Text: "Ute Voss", Start: 43, End: 51}},
	}}
	r.Quotes = []schemas.Quote{{
		Text: "Die Brücke wird saniert", Kind: schemas.QuoteDirect, Spans: []schemas.Span{{Start: 1, End: 24}},
		Speaker: &schemas.Speaker{Name: "Ute Voss", Person: &person, Kind: schemas.SpeakerPerson, Method: schemas.MethodName},
	}}
}

// TestOpenAPI holds the document to the answers: it has every address and no other, and what is answered is what it says.
func TestOpenAPI(t *testing.T) {
	doc, err := libopenapi.NewDocument(schemas.OpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	check, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if ok, list := check.ValidateDocument(); !ok {
		for _, e := range list {
			t.Errorf("%s: %s %v", e.Message, e.Reason, e.SchemaValidationErrors)
		}
		t.FailNow()
	}
	model, err := doc.BuildV3Model()
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for path := range model.Model.Paths.PathItems.KeysFromOldest() {
		paths = append(paths, path)
	}
	want := api.Patterns()
	slices.Sort(paths)
	slices.Sort(want)
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Errorf("addresses:\n%s", diff)
	}

	s := newStore(t)
	changed := s.release(musterau, 1, nil)
	s.release(musterau, 1, quoted)
	gone, erased := s.withdraw(s.release(musterau, 2, nil), "404"), s.erase(s.release(anderau, 3, nil))
	s.run(musterau.ID, schemas.RunExtracted, map[string]any{"run": "r1", "discovered": 9})
	s.indexed()
	dir := t.TempDir()
	for name, text := range map[string]string{"segments.json": "{}", "segments/1-a.ndjson.zst": "x", "receipts/a.json": "{}"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	x := s.serve(api.Options{Segments: dir})
	asked := map[string]bool{}
	for path, status := range map[string]int{
		"/v1/feed?from=0&limit=2": 200, "/v1/feed?last=1": 200, "/v1/feed?from=99": 409, "/v1/feed?from=x": 400, "/v1/feed?source=typo": 404,
		"/v1/releases/" + changed.Subject: 200, "/v1/releases/" + changed.Subject + "?revision=1": 200, "/v1/releases/" + erased.Subject: 410,
		"/v1/releases/" + gone.Subject + "/revisions": 200, "/v1/releases/" + erased.Subject + "/revisions": 410, "/v1/releases/x": 400,
		"/v1/releases/" + changed.Subject + "/diff": 200, "/v1/releases/" + gone.Subject + "/diff": 404, "/v1/releases/" + changed.Subject + "/page": 200,
		"/v1/releases/" + erased.Subject + "/page": 410, "/v1/sources": 200, "/v1/sources?state=NW": 200, "/v1/sources/kreis-musterau": 200,
		"/v1/sources/kreis-nirgendwo": 404, "/v1/search?q=Br%C3%BCcke": 200, "/v1/search?order=x": 400, "/v1/quotes?speaker=Voss": 200, "/v1/quotes?limit=0": 400,
		"/v1/segments.json": 200, "/v1/segments/1-a.ndjson.zst": 200, "/v1/segments/2": 404, "/v1/receipts/a.json": 200, "/v1/openapi.yaml": 200,
		"/feeds/kreis-musterau.atom": 200, "/feeds/kreis-musterau.json": 200, "/feeds/kreis-musterau.ics": 200, "/feeds/kreis-musterau.x": 404,
		"/feeds/state/NW.json": 200, "/feeds/state/XX.json": 400, "/feeds/search.atom?q=Br%C3%BCcke": 200, "/feeds/search.json?q=saniert": 200,
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, x.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := x.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != status {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, status)
		}
		if ok, list := check.ValidateHttpResponse(req, resp); !ok {
			for _, e := range list {
				t.Errorf("%s: %d %s: %s %v", path, resp.StatusCode, e.Message, e.Reason, e.SchemaValidationErrors)
			}
		}
		resp.Body.Close()
		if ok, list := check.ValidateHttpRequest(req); status == http.StatusOK && !ok {
			t.Errorf("%s: the question is none by the document: %v", path, list)
		}
		mux := http.NewServeMux()
		for _, p := range want {
			mux.HandleFunc(p, func(http.ResponseWriter, *http.Request) {})
		}
		_, pattern := mux.Handler(req)
		asked[pattern] = true
	}
	for _, p := range want {
		if !asked[p] {
			t.Errorf("nobody has asked %s", p)
		}
	}
}

// TestSearchOverHTTP asks the real index.
func TestSearchOverHTTP(t *testing.T) {
	s := newStore(t)
	for n := range 3 {
		s.release(musterau, n, quoted)
	}
	s.release(anderau, 9, nil)
	s.indexed()
	x := s.serve(api.Options{})
	x.want("/v1/search?q=bruecke", http.StatusOK, `"total":3`)
	resp := x.want("/v1/search?q=bruecke&limit=2", http.StatusOK, `"next":"`)
	link, ok := strings.CutSuffix(strings.TrimPrefix(resp.Header.Get("Link"), "<"), `>; rel="next"`)
	if !ok {
		t.Fatal(resp.Header)
	}
	_, body := x.get(link)
	if strings.Count(string(body), `"id":`) != 1 {
		t.Errorf("%s", body)
	}
	for _, q := range []string{"", "?speaker=Voss", "?speaker=Ute%20Voss", "?state=NW"} {
		x.want("/v1/quotes"+q, http.StatusOK, `"speaker":"Ute Voss"`)
	}
	x.want("/v1/quotes?speaker=Niemand", http.StatusOK, `{"quotes":[],"total":0}`)
	x.want("/v1/search?q=bruecke&after=unsinn", http.StatusBadRequest, "")
	resp = x.want("/feeds/search.atom?speaker=Voss", http.StatusOK, "Die Brücke wird saniert")
	x.want("/feeds/search.atom?speaker=Voss", http.StatusNotModified, "", "If-None-Match", resp.Header.Get("ETag"))
	x.want("/feeds/search.json?speaker=Voss&source=kreis-anderau", http.StatusOK, `"items":[`)
}
