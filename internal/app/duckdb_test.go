package app

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestExampleDuckDB asks an archive of the demo site by the SQL of examples/duckdb. DuckDB comes with make node.
func TestExampleDuckDB(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on this machine")
	}
	tools := filepath.Join(repoRoot, ".ci", "node")
	if _, err := os.Stat(filepath.Join(tools, "node_modules", "@duckdb")); err != nil {
		t.Skip("the packages are not installed: make node")
	}
	sql, err := os.ReadFile(filepath.Join(repoRoot, "examples", "duckdb", "quotes.sql"))
	if err != nil {
		t.Fatal(err)
	}
	_, _, dir := serveSite(t, nil)
	url, out := startNATS(t, t.TempDir()), t.TempDir()
	for _, args := range [][]string{{"--sources", dir, "crawl"}, {"archive", out, "--no-sign"}} {
		if code, _, errs := run(t.Context(), append([]string{"--nats", url}, args...)...); code != ExitOK {
			t.Fatalf("%v: %s", args, errs)
		}
	}
	request, err := json.Marshal(map[string]string{"duckdb": string(sql)})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, filepath.Join(tools, "exports.mjs"))
	cmd.Dir, cmd.Stdin = out, bytes.NewReader(append(request, '\n'))
	answer, err := cmd.Output()
	var a struct {
		Rows []struct{ Speaker, Quotes string }
	}
	if err != nil || json.Unmarshal(answer, &a) != nil || len(a.Rows) < 3 || a.Rows[0].Speaker == "" {
		t.Errorf("%v: %s", err, answer)
	}
}
