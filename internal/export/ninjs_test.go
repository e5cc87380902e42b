package export_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// rules compiles a file of testdata; formats are checked, too.
func rules(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(file, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// objects are the lines of an export.
func objects(t *testing.T, b []byte) (list []map[string]any) {
	t.Helper()
	for line := range strings.Lines(string(b)) {
		x, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err != nil {
			t.Fatalf("%v: %.200s", err, line)
		}
		list = append(list, x.(map[string]any))
	}
	return list
}

// TestNinjsRules: every object keeps the rules of its standard, hostile ones too; the rules refuse what a standard refuses.
func TestNinjsRules(t *testing.T) {
	events := append(examples(t), hostile(t)...)
	for format, file := range map[string]string{"ninjs": "ninjs-3.1.rules.json", "ninjs1": "ninjs-1.4.rules.json"} {
		schema := rules(t, file)
		list := objects(t, write(t, format, export.Filter{Withdrawn: true}, export.Options{}, events...))
		if len(list) != len(events)-1 {
			t.Errorf("%s: %d objects of %d events, one of them erased", format, len(list), len(events))
		}
		for i, x := range list {
			if err := schema.Validate(x); err != nil {
				t.Errorf("%s, object %d: %v", format, i, err)
			}
		}
		for name, bad := range map[string]func(x map[string]any){
			"no uri":           func(x map[string]any) { delete(x, "uri") },
			"a property of us": func(x map[string]any) { x["quotes"] = []any{} },
			"no moment":        func(x map[string]any) { x["versionCreated"], x["versioncreated"] = "2026-03-05", "2026-03-05" },
			"no status":        func(x map[string]any) { x["pubStatus"], x["pubstatus"] = "withdrawn", "withdrawn" },
		} {
			x := objects(t, write(t, format, export.Filter{}, export.Options{}, events[0]))[0]
			bad(x)
			if schema.Validate(x) == nil {
				t.Errorf("%s: the rules take an object with %s", format, name)
			}
		}
	}
}

// TestNinjs3 is the whole of a release, and of a tombstone what takes it back.
func TestNinjs3(t *testing.T) {
	full := example(t, "full", schemas.EventCorrected)
	full.Release.Embargo = &schemas.Embargo{Text: "Sperrfrist: 5. März, 12 Uhr", Until: "2026-03-05T12:00+01:00"}
	full.Release.Usage = "Abdruck honorarfrei"
	full.Release.Source.Wikidata = "Q5914"
	gone := example(t, "full", schemas.EventWithdrawn)
	gone.Release = schemas.Tombstone(gone.Release, 0, time.Time{})
	gone.Reason = "answers 410"
	list := objects(t, write(t, "ninjs", export.Filter{Withdrawn: true}, export.Options{}, full, gone))
	want := map[string]any{
		"uri": "tag:kreispresse.github.io,2026:" + full.Release.ID, "type": "text", "representationType": "full", "version": "3",
		"firstCreated": "2026-03-04T08:30:00Z", "contentCreated": "2026-03-04T08:30:00Z", "versionCreated": "2026-03-05T10:00:01Z",
		"embargoedUntil": "2026-03-05T11:00:00Z", "edNote": "Sperrfrist: 5. März, 12 Uhr", "pubStatus": "usable",
		"copyrightHolder": "Kreis Musterau", "usageTerms": "Abdruck honorarfrei", "language": "de-DE", "title": "Mühlenbrücke wird saniert",
		"by": "Kreis Musterau", "people": []any{map[string]any{"name": "Änne Österholt", "rel": "quoted"}},
		"organisations": []any{map[string]any{"name": "Kreis Musterau", "rel": "quoted"}},
		"places":        []any{map[string]any{"name": "Nordrhein-Westfalen", "rel": "publisher", "literal": "DE-NW"}},
		"altIds":        []any{map[string]any{"role": "url", "value": full.Release.URL}},
		"standard": map[string]any{
			"name": "ninjs", "version": "3.1", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
		},
	}
	for k, v := range want {
		if d := cmp.Diff(v, list[0][k]); d != "" {
			t.Errorf("%s (-want +got):\n%s", k, d)
		}
	}
	bodies, _ := json.Marshal(list[0]["bodies"])
	if !strings.Contains(string(bodies), `\u003cq title=\"Änne Österholt\"\u003eDie Brücke ist 62 Jahre alt\u003c/q\u003e`) {
		t.Errorf("bodies: %s", bodies)
	}
	if sources, _ := json.Marshal(list[0]["infoSources"]); !strings.Contains(string(sources), `"uri":"http://www.wikidata.org/entity/Q5914"`) {
		t.Errorf("infoSources: %s", sources)
	}
	if x := list[1]; x["pubStatus"] != "canceled" || x["edNote"] != "Zurückgezogen: answers 410" || x["uri"] != list[0]["uri"] {
		t.Errorf("tombstone: %v", x)
	}
}

// superdesk reads a moment as Superdesk's reader of ninjs does: these layouts and no other.
var superdesk = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+0000|Z|\+00:00)$`)

// TestNinjs1ForSuperdesk: the object has what Superdesk's reader takes from it, as it takes it.
func TestNinjs1ForSuperdesk(t *testing.T) {
	full := example(t, "full", schemas.EventPublished)
	full.Release.Embargo = &schemas.Embargo{Text: "Sperrfrist", Until: "2026-03-05"}
	x := objects(t, write(t, "ninjs1", export.Filter{}, export.Options{}, full))[0]
	for _, name := range []string{"versioncreated", "firstcreated", "embargoed"} {
		if v, _ := x[name].(string); !superdesk.MatchString(v) {
			t.Errorf("%s: %v", name, x[name])
		}
	}
	if x["embargoed"] != "2026-03-04T23:00:00Z" {
		t.Errorf("an embargo that names a day ends when it begins in Germany: %v", x["embargoed"])
	}
	for _, name := range []string{"uri", "type", "headline", "body_html", "body_text", "description_text", "language", "pubstatus", "ednote", "byline"} {
		if v, _ := x[name].(string); v == "" {
			t.Errorf("no %s", name)
		}
	}
	picture := x["associations"].(map[string]any)["picture1"].(map[string]any)
	if picture["type"] != "picture" || picture["body_text"] != "Die Mühlenbrücke" || picture["byline"] != "Foto: Jörg Beispiel / stock.adobe.com" {
		t.Errorf("picture: %v", picture)
	}
	if place := x["place"].([]any)[0].(map[string]any); place["code"] != "DE-NW" || place["name"] != "Nordrhein-Westfalen" {
		t.Errorf("place: %v", place)
	}
}
