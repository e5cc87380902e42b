package app

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/kreispresse/kreispresse"

// subscriber is a room of its own in publisher: it may not import what stands around it.
const subscriber = "publisher/feed"

// mayImport is the import rule of docs/architecture.md: the packages of ours that each top-level package may import besides its own.
var mayImport = map[string][]string{
	"schemas":   {},
	"crawler":   {"schemas", "internal/german", "internal/crash", "internal/calm"}, // calm in tests only
	"parser":    {"schemas", "internal/german", "internal/truth"},                  // truth in tests only
	"publisher": {"schemas", "internal/calm"},                                      // calm in tests only
	"internal":  {"schemas", "crawler", "parser", "publisher"},
	"main.go":   {"internal"},
	"bench":     {"schemas", "crawler", "parser", "internal"}, // a module of its own
	subscriber:  {"schemas", "internal/segment"},              // what a program of others takes on when it subscribes: no server, no crawler
	"examples":  {subscriber, "schemas"},
	"deploy":    {"schemas", "crawler", "internal", subscriber}, // tests of the files that are deployed
}

// onlyIn names the packages that alone may know a library.
var onlyIn = map[string][]string{
	"github.com/gocolly/colly":       {"crawler", "bench"},
	"github.com/nats-io/":            {"publisher", subscriber, "examples"},
	"github.com/PuerkitoBio/goquery": {"crawler", "parser"},
	"github.com/wneessen/go-mail":    {"internal"},
	"modernc.org/":                   {"internal"},
}

func TestImportRule(t *testing.T) {
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		top, _, _ := strings.Cut(rel, "/")
		if strings.HasPrefix(rel, subscriber+"/") {
			top = subscriber
		}
		allowed, ok := mayImport[top]
		if !ok {
			t.Errorf("%s: no top-level package of ours; see docs/architecture.md", rel)
			return nil
		}
		files++
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, im := range f.Imports {
			name, _ := strconv.Unquote(im.Path.Value)
			checkImport(t, rel, top, name, allowed)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Fatalf("looked at %d files only", files)
	}
}

func checkImport(t *testing.T, file, top, name string, allowed []string) {
	t.Helper()
	if ours, ok := strings.CutPrefix(name, module+"/"); ok {
		dep, _, _ := strings.Cut(ours, "/")
		good := dep == top || ours == "internal/truth" && strings.HasSuffix(file, "_test.go") // how tests score what is read
		for _, a := range allowed {
			good = good || a == dep || ours == a || strings.HasPrefix(ours, a+"/")
		}
		if !good {
			t.Errorf("%s imports %s: %s may import %v of ours only", file, ours, top, allowed)
		}
		return
	}
	for lib, homes := range onlyIn {
		if !strings.HasPrefix(name, lib) {
			continue
		}
		good := strings.HasSuffix(file, "_test.go") && (top == "internal" || top == "deploy") // end-to-end tests start real servers
		for _, h := range homes {
			good = good || h == top
		}
		if !good {
			t.Errorf("%s imports %s: only %v may know it", file, name, homes)
		}
	}
}
