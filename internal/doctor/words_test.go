package doctor

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryCodeHasItsSentence compares the codes that are given in the code of this package with those that have a sentence.
func TestEveryCodeHasItsSentence(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	given := map[string]bool{}
	code, look := regexp.MustCompile(`"([a-z]+\.[a-z]+)"`), regexp.MustCompile(`ofError\([^,]+, "([a-z]+)"`)
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || f == "words.go" {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllStringSubmatch(string(text), -1) {
			given[m[1]] = true
		}
		for _, m := range look.FindAllStringSubmatch(string(text), -1) {
			given[m[1]+".error"] = true
		}
	}
	delete(given, "robots.txt") // a name
	for c := range given {
		if _, ok := Codes()[c]; !ok {
			t.Errorf("%s is given and has no sentence", c)
		}
	}
	for c := range Codes() {
		if !given[c] {
			t.Errorf("%s has a sentence and is never given", c)
		}
	}
}
