package export_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// reply is an answer of a reader that is not ours, see .ci/node/exports.mjs.
type reply struct {
	OK      bool
	Error   string
	Rows    json.RawMessage
	Records []struct {
		Type, URI string
		Status    int
		Body      int
	}
	Lines, Keys, Errors []string
	Cells, Days         int
	Formulas            []string
	Nodes               []map[string]json.RawMessage
}

// ask asks readers that are not ours. CI installs them; elsewhere the test is skipped with a word.
func ask(t *testing.T, requests ...map[string]any) []reply {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on this machine")
	}
	dir := filepath.Join("..", "..", ".ci", "node")
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "warcio")); err != nil {
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
	cmd := exec.CommandContext(t.Context(), node, filepath.Join(dir, "exports.mjs"))
	cmd.Stdin = &in
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, errs.String())
	}
	var answers []reply
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var a reply
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatalf("%v: %.300s", err, lines.Text())
		}
		answers = append(answers, a)
	}
	if len(answers) != len(requests) {
		t.Fatalf("%d answers to %d requests\n%s", len(answers), len(requests), errs.String())
	}
	return answers
}

// saved is an export as a file.
func saved(t *testing.T, format string, o export.Options, events ...*schemas.Event) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x"+export.Find(format).Extension)
	if err := os.WriteFile(name, write(t, format, export.Filter{}, o, events...), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// rows are the answers to a query, each row as JSON with its keys in order.
func rows(t *testing.T, a reply) (list []string) {
	t.Helper()
	var all []map[string]any
	if !a.OK {
		t.Fatal(a.Error)
	}
	if err := json.Unmarshal(a.Rows, &all); err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		b, _ := json.Marshal(row)
		list = append(list, string(b))
	}
	return list
}

// TestDuckDB reads Parquet as researchers do: the queries of docs/export.md, and what hostile pages say.
func TestDuckDB(t *testing.T) {
	events := examples(t)
	file, bad := saved(t, "parquet", export.Options{}, events...), saved(t, "parquet", export.Options{}, hostile(t)...)
	query := func(sql, file string) map[string]any {
		return map[string]any{"duckdb": strings.ReplaceAll(sql, "$", "read_parquet('"+file+"')")}
	}
	answers := ask(
		t,
		query(`SELECT typeof(published_date) AS day, typeof(published_at) AS moment, typeof(event_time) AS event,
		       typeof(quotes[1].spans) AS spans FROM $ LIMIT 1`, file),
		query(`SELECT status, count(*) AS n FROM $ GROUP BY ALL ORDER BY ALL`, file),
		query(`SELECT q.speaker, people[q.speaker_person + 1].roles[1] AS role, q.text FROM $, unnest(quotes) AS u(q)
		       WHERE q.kind = 'direct' AND q.speaker IS NOT NULL`, file),
		query(`SELECT id FROM $ WHERE published_date BETWEEN DATE '2026-03-04' AND DATE '2026-03-04' AND state = 'NW'`, file),
		query(`SELECT kicker IS NULL AS k, published_date IS NULL AS d, len(quotes) AS q FROM $ WHERE id = '`+events[1].Release.ID+`'`, file),
		query(`SELECT count(*) AS n, max(length(title)) AS longest, sum((kicker = title)::int) AS same FROM $`, bad),
		query(`SELECT kicker FROM $ WHERE sequence = 19`, bad),
	)
	for i, want := range [][]string{
		{`{"day":"DATE","event":"TIMESTAMP WITH TIME ZONE","moment":"TIMESTAMP WITH TIME ZONE","spans":"STRUCT(\"start\" INTEGER, \"end\" INTEGER)[]"}`},
		{`{"n":"4","status":"current"}`, `{"n":"1","status":"withdrawn"}`},
		{`{"role":"Landrätin","speaker":"Änne Österholt","text":"Die Brücke ist 62 Jahre alt und sie hat uns nie im Stich gelassen."}`},
		{`{"id":"` + events[0].Release.ID + `"}`},
		nil,
		{`{"longest":"800000","n":"` + strconv.Itoa(len(nasty)+1) + `","same":"` + strconv.Itoa(len(nasty)) + `"}`},
		{`{"kicker":"\u0000\u0001\u001b[31m` + "\u007f\u0085\u009b" + `"}`},
	} {
		got := rows(t, answers[i])
		if want != nil {
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("query %d (-want +got):\n%s", i, d)
			}
		} else if len(got) != 1 || !strings.Contains(got[0], `"k":true`) {
			t.Errorf("query %d: %v", i, got)
		}
	}
}

// TestCSVOfOthers: csv-parse reads what encoding/csv reads, the hostile cells too.
func TestCSVOfOthers(t *testing.T) {
	events := append(examples(t), hostile(t)...)
	var requests []map[string]any
	var want [][][]string
	for _, table := range export.TableNames() {
		file := saved(t, "csv", export.Options{Table: table}, events...)
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, read(t, b, ';'))
		requests = append(requests, map[string]any{"csv": file, "delimiter": ";"})
	}
	for i, a := range ask(t, requests...) {
		var got [][]string
		if err := json.Unmarshal(a.Rows, &got); err != nil {
			t.Fatalf("%s: %v: %s", export.TableNames()[i], err, a.Error)
		}
		if d := cmp.Diff(want[i], got); d != "" {
			t.Errorf("%s (-want +got):\n%.2000s", export.TableNames()[i], d)
		}
	}
}

// TestSheetJS: a spreadsheet finds no formula in any table, and days where there are days. It does find a formula that stands there.
func TestSheetJS(t *testing.T) {
	events := append(examples(t), hostile(t)...)
	harmful := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(harmful, []byte("\uFEFFa;b\r\n\"=1+1\";\"2026-03-04\"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	requests := []map[string]any{{"sheet": harmful, "delimiter": ";"}}
	for _, table := range export.TableNames() {
		requests = append(requests, map[string]any{"sheet": saved(t, "csv", export.Options{Table: table}, events...), "delimiter": ";"})
	}
	for i, a := range ask(t, requests...) {
		switch {
		case !a.OK || a.Cells == 0 || a.Days == 0:
			t.Errorf("request %d: %d cells, %d days: %s", i, a.Cells, a.Days, a.Error)
		case i == 0 && len(a.Formulas) != 1:
			t.Errorf("the formula is not found: %v", a.Formulas)
		case i > 0 && len(a.Formulas) > 0:
			t.Errorf("%s: formulas %q", export.TableNames()[i-1], a.Formulas)
		}
	}
}

// TestWARCOfOthers: warcio.js, on which replayweb.page stands, finds the same records as gowarc, and makes the index that we make.
func TestWARCOfOthers(t *testing.T) {
	events := examples(t)
	file := saved(t, "warc", export.Options{}, events...)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	answers := ask(t, map[string]any{"warc": file}, map[string]any{"cdxj": file})
	ours := records(t, b)
	if len(answers[0].Records) != len(ours) {
		t.Fatalf("%d records, gowarc finds %d: %s", len(answers[0].Records), len(ours), answers[0].Error)
	}
	for i, r := range answers[0].Records[1:] {
		if o := ours[i+1]; r.Type != o.kind || r.URI != o.uri || r.Status != o.status || r.Body != len(o.body) {
			t.Errorf("record %d: %+v, gowarc has %+v", i+1, r, o)
		}
	}
	var want []string
	for _, line := range answers[1].Lines {
		key, stamp, e := entryOf(t, line)
		want = append(want, key+" "+stamp+" "+e)
	}
	slices.Sort(want)
	var got []string
	members, _ := membersOf(t, write(t, "wacz", export.Filter{}, export.Options{}, events...))
	for _, line := range strings.Split(strings.TrimSpace(string(members["indexes/index.cdxj"])), "\n") {
		key, stamp, e := entryOf(t, line)
		got = append(got, key+" "+stamp+" "+e)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the index (-warcio +ours):\n%s", d)
	}
}

// entryOf is a line of an index, its numbers as numbers or as text, its digest with or without the algorithm.
func entryOf(t *testing.T, line string) (key, stamp, entry string) {
	t.Helper()
	fields := strings.SplitN(line, " ", 3)
	var e map[string]any
	if err := json.Unmarshal([]byte(fields[2]), &e); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	for k, v := range e {
		if n, ok := v.(float64); ok {
			e[k] = strconv.Itoa(int(n))
		} else if s, ok := v.(string); ok {
			e[k] = strings.TrimPrefix(s, "sha256:")
		}
	}
	b, _ := json.Marshal(e)
	return fields[0], fields[1], string(b)
}

// TestJSONLD: jsonld.js finds the nodes linked as they should be, and TypeScript finds no term that schema.org does not have, nor a value of
// another type than it wants; it does find a misspelt one.
func TestJSONLD(t *testing.T) {
	events := examples(t)
	file := saved(t, "jsonld", export.Options{}, append(events, hostile(t)...)...)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	one := saved(t, "jsonld", export.Options{}, events...)
	wrong := filepath.Join(t.TempDir(), "wrong.jsonld")
	text := strings.Replace(string(write(t, "jsonld", export.Filter{}, export.Options{}, events[0])), `"spokenByCharacter"`, `"spokenBy"`, 1)
	if err := os.WriteFile(wrong, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	answers := ask(t, map[string]any{"jsonld": file}, map[string]any{"schemaorg": []string{one, wrong}})
	if !json.Valid(b) {
		t.Error("no JSON")
	}
	if a := answers[1]; len(a.Errors) != 1 || !strings.HasPrefix(a.Errors[0], wrong+": ") || !strings.Contains(a.Errors[0], "spokenBy") {
		t.Errorf("schema.org: want one error, of the misspelt term: %v %s", a.Errors, a.Error)
	}
	const s = "https://schema.org/"
	id := "tag:kreispresse.github.io,2026:" + events[0].Release.ID
	found := 0
	for _, n := range answers[0].Nodes {
		switch text := string(n["@id"]); text {
		case `"` + id + `#quote-0"`:
			found++
			person := `[{"@id":"` + id + `#person-0"}]`
			if string(n["@type"]) != `["`+s+`Quotation"]` || string(n[s+"spokenByCharacter"]) != person || string(n[s+"isPartOf"]) != `[{"@id":"`+id+`"}]` ||
				string(n[s+"creator"]) != person || string(n[s+"datePublished"]) != `[{"@value":"2026-03-04T09:30:00+01:00"}]` {
				t.Errorf("%s", n)
			}
		case `"` + id + `#person-0"`:
			found++
			if string(n[s+"name"]) != `[{"@value":"Änne Österholt"}]` || string(n[s+"jobTitle"]) != `[{"@value":"Landrätin"}]` {
				t.Errorf("%s", n)
			}
		}
	}
	if found != 2 || !answers[0].OK {
		t.Errorf("%d of the two nodes: %s", found, answers[0].Error)
	}
}

// TestSurtOfWarcio: warcio.js makes the same keys.
func TestSurtOfWarcio(t *testing.T) {
	addresses := slices.Sorted(maps.Keys(export.SurtExamples))
	a := ask(t, map[string]any{"surt": addresses})[0]
	if len(a.Keys) != len(addresses) {
		t.Fatalf("%d keys: %s", len(a.Keys), a.Error)
	}
	for i, address := range addresses {
		if a.Keys[i] != export.SurtExamples[address] {
			t.Errorf("%s: warcio.js has %s, we %s", address, a.Keys[i], export.SurtExamples[address])
		}
	}
}
