package house

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mapLine is a line of the map in a doc.go: "//	names.go   what it is about".
var mapLine = regexp.MustCompile(`(?m)^//\t([a-z0-9_]+(?:\.go|/))(?:\s|,)`)

// packages are the non-test files of each package but doc.go, by directory.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	dirs := map[string][]string{}
	for _, f := range goFiles(t) {
		if !strings.HasSuffix(f, "_test.go") && path.Base(f) != "doc.go" {
			dirs[path.Dir(f)] = append(dirs[path.Dir(f)], path.Base(f))
		}
	}
	return dirs
}

// mapped are the files that the package's doc.go tells of, nil when it has no map.
func mapped(t *testing.T, dir string) (files []string) {
	t.Helper()
	text, err := os.ReadFile(dir + "/doc.go")
	if err != nil {
		return nil
	}
	for _, m := range mapLine.FindAllStringSubmatch(string(text), -1) {
		if strings.HasSuffix(m[1], ".go") {
			files = append(files, m[1])
		}
	}
	return files
}

// TestMaps wants every doc.go that maps its package to name each of its files, and none that is not there.
func TestMaps(t *testing.T) {
	found := 0
	for dir, files := range packages(t) {
		listed := mapped(t, dir)
		if listed == nil {
			continue
		}
		found++
		for _, f := range files {
			if !slices.Contains(listed, f) {
				t.Errorf("%s/doc.go does not tell of %s", dir, f)
			}
		}
		for _, f := range listed {
			if !slices.Contains(files, f) {
				t.Errorf("%s/doc.go tells of %s, which is not there", dir, f)
			}
		}
	}
	if found == 0 {
		t.Fatal("no package has a map")
	}
}

// unmappedPackages are the packages whose files nobody tells of.
func unmappedPackages(t *testing.T) (dirs []string) {
	t.Helper()
	for dir, files := range packages(t) {
		if len(files) >= 4 && mapped(t, dir) == nil {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}
