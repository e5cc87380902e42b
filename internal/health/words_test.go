package health

import (
	"os"
	"regexp"
	"testing"
)

// TestEveryCodeIsGiven wants every code that has a sentence to be the verdict of something, and every verdict to have a sentence.
func TestEveryCodeIsGiven(t *testing.T) {
	judge, err := os.ReadFile("judge.go")
	if err != nil {
		t.Fatal(err)
	}
	names, err := os.ReadFile("words.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\t(\w+) += "(\w+)" +//`).FindAllStringSubmatch(string(names), -1) {
		codes[m[1]] = m[2]
	}
	given := map[string]bool{}
	for _, m := range regexp.MustCompile(`verdict\(\w+, (\w+),`).FindAllStringSubmatch(string(judge), -1) {
		given[codes[m[1]]] = true
	}
	for c := range Codes() {
		if !given[c] {
			t.Errorf("%s has a sentence and is never given", c)
		}
		delete(given, c)
	}
	if len(given) > 0 {
		t.Errorf("without a sentence: %v", given)
	}
}
