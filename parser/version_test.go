package parser

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// versionFile holds the version and the fingerprint of the golden records it reads.
const versionFile = "testdata/version.txt"

// TestVersion wants another Version when the same page gives another record: subscribers and re-extraction go by it.
func TestVersion(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden records (%v)", err)
	}
	h := sha256.New()
	for _, f := range files {
		record, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(h, "%s\n%s\n", filepath.Base(f), record)
	}
	now := fmt.Sprintf("%s %x\n", Version, h.Sum(nil))
	before, err := os.ReadFile(versionFile)
	if err != nil {
		t.Fatal(err)
	}
	version, _, _ := strings.Cut(string(before), " ")
	switch {
	case now == string(before):
	case version == Version:
		t.Errorf("golden records changed, so parser.Version must: it is still %s", Version)
	case *update:
		if err := os.WriteFile(versionFile, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the version is %s and %s says %s: make golden", Version, versionFile, version)
	}
}
