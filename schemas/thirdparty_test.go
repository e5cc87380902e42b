package schemas_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

type verdict struct {
	OK     bool
	Errors []string
}

// thirdParty asks readers of schemas that are not ours: @asyncapi/parser, and ajv in strict mode (.ci/node/check.mjs). CI installs them.
func thirdParty(t *testing.T, requests ...map[string]any) []verdict {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on this machine")
	}
	dir := filepath.Join("..", ".ci", "node")
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("the packages are not installed: make node")
	}
	var in bytes.Buffer
	for _, r := range requests {
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(b, '\n'))
	}
	cmd := exec.CommandContext(t.Context(), node, filepath.Join(dir, "check.mjs"), ".")
	cmd.Stdin = &in
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, errs.String())
	}
	var answers []verdict
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var a verdict
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		answers = append(answers, a)
	}
	if len(answers) != len(requests) {
		t.Fatalf("%d answers to %d requests\n%s", len(answers), len(requests), out)
	}
	return answers
}

func TestAsyncAPIThirdParty(t *testing.T) {
	a := thirdParty(t, map[string]any{"asyncapi": "asyncapi.yaml"})[0]
	if !a.OK {
		t.Errorf("@asyncapi/parser:\n%s", strings.Join(a.Errors, "\n"))
	}
}

// TestSchemasThirdParty: ajv compiles the schemas in strict mode without a warning, takes what we take, with additions too, and refuses
// what we refuse.
func TestSchemasThirdParty(t *testing.T) {
	type want struct {
		name string
		ok   bool
	}
	var requests []map[string]any
	var wants []want
	add := func(name, schema string, value any, ok bool) {
		requests = append(requests, map[string]any{"schema": schema, "value": value})
		wants = append(wants, want{name, ok})
	}
	const release = "release.v1.schema.json"
	for _, file := range examples(t, "valid", 6) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc := decode(t, b).(map[string]any)
		add(file, release, doc, true)
		later := decode(t, b).(map[string]any)
		later["added_later"] = "x"
		later["source"].(map[string]any)["added_later"] = []any{1}
		add(file+" with additions", release, later, true)
	}
	for _, file := range examples(t, "invalid", 12) {
		doc, _ := brokenExample(t, file)
		add(file, release, doc, false)
	}
	add("run", "run.v1.schema.json", decode(t, []byte(runExample)), true)
	incomplete := decode(t, []byte(runExample)).(map[string]any)
	delete(incomplete, "counts")
	add("run without counts", "run.v1.schema.json", incomplete, false)
	for i, a := range thirdParty(t, requests...) {
		if a.OK != wants[i].ok {
			t.Errorf("ajv: %s: valid %v, want %v: %s", wants[i].name, a.OK, wants[i].ok, strings.Join(a.Errors, "; "))
		}
	}
}

const runExample = `{"source": {"id": "kreis-musterau", "state": "NW"}, "run": "20260312T180000.000Z", "started": "2026-03-12T18:00:00Z", ` +
	`"finished": "2026-03-12T18:00:09.5Z",
 "starts": [{"kind": "listing", "url": "https://www.kreis-musterau.example/presse/", "pages": 1, "items": 3}], "discovered": 3, "refused": 0, ` +
	`"known": 0, "rechecked": 0,
 "counts": {"new": 2, "failed": 1}, "requests": 5, "bytes": 41000,
 "errors": [{"url": "https://www.kreis-musterau.example/presse/drei", "outcome": "failed", "kind": "unavailable", "error": "answers 503 Service Unavailable"}],
 "verdict": {"asked": 0, "gone": 0, "silent": 0, "replaced": 0, "no_release": 0}, "releases": {"published": 2},
 "events": 2, "marks": {"PRESS": 2}}`

func TestValidateRun(t *testing.T) {
	if err := schemas.ValidateRun([]byte(runExample)); err != nil {
		t.Error(err)
	}
	for old, now := range map[string]string{
		`"requests": 5`: `"requests": -1`, `"kind": "listing"`: `"kind": "list"`, `"run": "20260312T180000.000Z"`: `"run": ""`,
		`"counts": {"new": 2, "failed": 1}, `: ``, `"asked": 0, `: ``, `T18:00:00Z`: `T18:00`, `, "releases": {"published": 2}`: ``, `"events": 2`: `"events": -2`,
	} {
		changed := strings.Replace(runExample, old, now, 1)
		if err := schemas.ValidateRun([]byte(changed)); changed == runExample || schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("%q for %q: %v", now, old, err)
		}
	}
}
