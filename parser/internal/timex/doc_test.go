package timex

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var mappedFile = regexp.MustCompile(`(?m)^\s+- (\w+\.go)\s+\S`)

// The map of files in the package's comment names every file, and no other.
func TestDocMapsFiles(t *testing.T) {
	doc, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	mapped := map[string]int{}
	for _, m := range mappedFile.FindAllStringSubmatch(doc.Doc.Text(), -1) {
		mapped[m[1]]++
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || f == "doc.go" {
			continue
		}
		if mapped[f] != 1 {
			t.Errorf("doc.go names %s %d times", f, mapped[f])
		}
		delete(mapped, f)
	}
	for f := range mapped {
		t.Errorf("doc.go names %s, which is not there", f)
	}
}
