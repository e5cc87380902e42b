package export_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	pq "github.com/parquet-go/parquet-go"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/internal/export/parquet"
)

func doc(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// queries are the queries of docs/export.md for a program.
func queries(t *testing.T, program string) (list []string) {
	t.Helper()
	for _, m := range regexp.MustCompile("(?s)```sql\n-- "+program+"\n(.*?)```").FindAllStringSubmatch(doc(t), -1) {
		for q := range strings.SplitSeq(m[1], ";\n") {
			if strings.TrimSpace(q) != "" {
				list = append(list, q)
			}
		}
	}
	if len(list) < 2 {
		t.Fatalf("%d queries for %s in docs/export.md", len(list), program)
	}
	return list
}

// TestDocsNameEverything: each format, table, view and column stands in docs/export.md.
func TestDocsNameEverything(t *testing.T) {
	text := doc(t)
	for _, f := range export.Formats() {
		if !strings.Contains(text, "| `"+f.Name+"` | `"+f.Extension+"` |") {
			t.Errorf("no row for %s, %s", f.Name, f.Extension)
		}
	}
	want := map[string]bool{}
	for _, table := range export.TableNames() {
		for _, name := range read(t, write(t, "csv", export.Filter{}, export.Options{Table: table}), ';')[0] {
			want[name] = true
		}
		want[table] = true
	}
	for _, path := range pq.SchemaOf(new(parquet.Row)).Columns() {
		for _, name := range path {
			want[name] = name != "list" && name != "element"
		}
	}
	for _, name := range viewNames(t) {
		want[name] = true
	}
	for name, is := range want {
		if is && !strings.Contains(text, "`"+name+"`") {
			t.Errorf("`%s` is not told of", name)
		}
	}
}

// viewNames are the views of a database and their columns.
func viewNames(t *testing.T) []string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+saved(t, "sqlite", export.Options{})+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return answered(t, db, "SELECT name FROM sqlite_master WHERE type = 'view' UNION "+
		"SELECT c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'view'")
}

// TestDocsSQLite runs the queries for SQLite.
func TestDocsSQLite(t *testing.T) {
	file := saved(t, "sqlite", export.Options{}, examples(t)...)
	for name, ask := range sqliteReaders {
		t.Run(name, func(t *testing.T) {
			for _, q := range queries(t, "SQLite") {
				if ask(t, file, q) == "" {
					t.Errorf("no rows: %s", q)
				}
			}
		})
	}
}

// TestDocsDuckDB runs the queries for DuckDB.
func TestDocsDuckDB(t *testing.T) {
	file := saved(t, "parquet", export.Options{}, examples(t)...)
	var requests []map[string]any
	for _, q := range queries(t, "DuckDB") {
		requests = append(requests, map[string]any{"duckdb": strings.ReplaceAll(q, "releases.parquet", filepath.ToSlash(file))})
	}
	for i, a := range ask(t, requests...) {
		got := rows(t, a) // fails for one that DuckDB refuses
		if len(got) == 0 && !strings.Contains(requests[i]["duckdb"].(string), "current_date") {
			t.Errorf("no rows: %s", requests[i]["duckdb"])
		}
	}
}
