// Package app joins crawler, parser and publisher into the program kreispresse: configuration, one file per command, exit codes.
package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// Run is the program. (First thin form: parse --jsonl DIR only.)
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) != 3 || args[0] != "parse" {
		fmt.Fprintln(stderr, "usage: kreispresse parse --jsonl DIR")
		return 2
	}
	files, _ := filepath.Glob(filepath.Join(args[2], "*.html"))
	sort.Strings(files)
	enc := json.NewEncoder(stdout)
	enc.SetEscapeHTML(false)
	for _, f := range files {
		body, _ := os.ReadFile(f)
		s := &schemas.Snapshot{Body: body, Status: 200}
		var meta struct {
			URL         string    `json:"url"`
			FetchedAt   time.Time `json:"fetched_at"`
			ContentType string    `json:"content_type"`
		}
		if b, err := os.ReadFile(strings.TrimSuffix(f, ".html") + ".meta.json"); err == nil {
			_ = json.Unmarshal(b, &meta)
		}
		s.URL, s.FetchedAt, s.ContentType = meta.URL, meta.FetchedAt, meta.ContentType
		r, err := parser.Parse(s)
		out := map[string]any{"file": f}
		if err != nil {
			out["error"] = err.Error()
		} else {
			out["record"] = r
		}
		_ = enc.Encode(out)
	}
	return 0
}
