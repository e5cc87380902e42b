package deploy

import (
	"bytes"
	"debug/elf"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// instructions are those of the Dockerfile, each as its words.
func instructions(t *testing.T) (list [][]string) {
	t.Helper()
	res, err := parser.Parse(bytes.NewReader(read(t, "Dockerfile")))
	if err != nil || len(res.Warnings) > 0 {
		t.Fatalf("%v %v", err, res.Warnings)
	}
	for _, n := range res.AST.Children {
		words := append([]string{strings.ToUpper(n.Value)}, n.Flags...)
		for a := n.Next; a != nil; a = a.Next {
			words = append(words, a.Value)
		}
		list = append(list, words)
	}
	return list
}

// TestDockerfile holds the image to what is said of it: a pinned base, nobody's rights, a volume that this user can write.
func TestDockerfile(t *testing.T) {
	list := instructions(t)
	find := func(name string) (found [][]string) {
		for _, words := range list {
			if words[0] == name {
				found = append(found, words)
			}
		}
		return found
	}
	has := func(words ...string) {
		t.Helper()
		if !slices.ContainsFunc(list, func(w []string) bool { return slices.Equal(w, words) }) {
			t.Errorf("no line %v in\n%v", words, list)
		}
	}
	goLine := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(read(t, "../go.mod"))
	base := regexp.MustCompile(`^GO_IMAGE=golang:` + regexp.QuoteMeta(string(goLine[1])) + `\.\d+-bookworm$`)
	if list[0][0] != "ARG" || !base.MatchString(list[0][1]) {
		t.Errorf("the builder %v is not a release of Go %s, to the last digit", list[0], goLine[1])
	}
	from, build := find("FROM"), []string{"FROM", "${GO_IMAGE}", "AS", "build"}
	if len(from) != 2 || !slices.Equal(from[0], build) || !slices.Equal(from[1], []string{"FROM", "scratch"}) {
		t.Errorf("stages: %v", from)
	}
	user := find("USER")
	if len(user) != 1 || !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(user[0][1]) {
		t.Fatalf("user: %v", user)
	}
	has("COPY", "--from=build", "--chown="+user[0][1], "/empty", "/data")
	has("COPY", "--from=build", "--chown="+user[0][1], "/empty", "/tmp")
	has("VOLUME", "/data")
	has("ENV", "KREISPRESSE_DATA", "/data", "=")
	has("ENTRYPOINT", "/kreispresse")
	has("CMD", "--help")
	if checks := find("HEALTHCHECK"); len(checks) > 0 {
		t.Errorf("a command that answers nothing would be unhealthy: %v", checks)
	}
	for _, e := range find("ENV") {
		if variable.MatchString(e[1]) && !slices.Contains(variables(t), e[1]) {
			t.Errorf("unknown variable %s", e[1])
		}
	}
}

// buildContext copies to a new directory what .dockerignore lets a builder have.
func buildContext(t *testing.T) string {
	t.Helper()
	patterns, err := ignorefile.ReadAll(bytes.NewReader(read(t, "../.dockerignore")))
	mustDo(t, err)
	ignored, err := patternmatcher.New(patterns)
	mustDo(t, err)
	dir := t.TempDir()
	mustDo(t, filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel("..", path)
		if err != nil || name == "." {
			return err
		}
		if d.IsDir() && (name == ".git" || name == "bin") {
			return filepath.SkipDir
		}
		skip, err := ignored.MatchesOrParentMatches(name)
		if err != nil || skip || !d.Type().IsRegular() {
			return err // a directory that is ignored may hold what is not
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), text, 0o644)
	}))
	return dir
}

// TestBuildContext: a builder gets what the program is made of, and neither its tests nor anything that is not of it.
func TestBuildContext(t *testing.T) {
	dir := buildContext(t)
	entries, err := os.ReadDir(dir)
	mustDo(t, err)
	var top []string
	for _, e := range entries {
		top = append(top, e.Name())
	}
	if want := []string{"crawler", "go.mod", "go.sum", "internal", "main.go", "parser", "publisher", "schemas"}; !slices.Equal(top, want) {
		t.Errorf("the context has %v, want %v", top, want)
	}
	mustDo(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "testdata") {
			t.Errorf("the context has %s", path)
		}
		return err
	}))
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,GoFiles,EmbedFiles,Dir,Error,Incomplete", ".")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	ours := 0
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var p struct {
			ImportPath          string
			GoFiles, EmbedFiles []string
			Incomplete          bool
			Dir                 string
		}
		mustDo(t, dec.Decode(&p))
		if strings.Contains(p.ImportPath, "k8s.io/") || strings.Contains(p.ImportPath, "/moby/") || strings.Contains(p.ImportPath, "/compose-go/") {
			t.Errorf("what only these tests need is in the program: %s", p.ImportPath)
		}
		if p.Incomplete {
			t.Errorf("%s cannot be built from the context", p.ImportPath)
		}
		if rel, err := filepath.Rel(dir, p.Dir); err == nil && !strings.HasPrefix(rel, "..") {
			ours++
			here, err := exec.Command("go", "list", "-f", "{{len .GoFiles}} {{len .EmbedFiles}}", p.ImportPath).Output()
			mustDo(t, err)
			if want := strings.TrimSpace(string(here)); want != fmt.Sprint(len(p.GoFiles), len(p.EmbedFiles)) {
				t.Errorf("%s has %d files and %d embedded ones in the context, want %s", p.ImportPath, len(p.GoFiles), len(p.EmbedFiles), want)
			}
		}
	}
	if ours < 10 {
		t.Errorf("only %d packages of ours", ours)
	}
}

// TestDockerBuild runs the line that builds, on the context that a builder gets; the program needs no library of the system.
func TestDockerBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("builds everything anew")
	}
	var line string
	for _, words := range instructions(t) {
		if words[0] == "RUN" && strings.Contains(words[len(words)-1], "go build") {
			line = words[len(words)-1]
		}
	}
	program := filepath.Join(t.TempDir(), "kreispresse")
	build := strings.Replace(line, " -o /kreispresse .", " -o '"+program+"' .", 1)
	if build == line {
		t.Fatalf("the line that builds: %q", line)
	}
	cmd := exec.Command("sh", "-c", build)
	cmd.Dir = buildContext(t)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	f, err := elf.Open(program)
	if err != nil {
		t.Skip("no ELF on this system: ", err)
	}
	defer f.Close()
	if libs, err := f.ImportedLibraries(); err != nil || len(libs) > 0 {
		t.Errorf("needs %v, %v, and scratch has none", libs, err)
	}
	out, err := exec.Command(program, "version").Output()
	if err != nil || !strings.HasPrefix(string(out), "kreispresse ") {
		t.Errorf("%s %v", out, err)
	}
}
