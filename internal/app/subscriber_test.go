package app

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestSubscriber runs the program of the README: it gets the present state of each release, then a correction, and ends when it is told to.
func TestSubscriber(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "subscriber")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./examples/subscriber")
	build.Dir = repoRoot
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	site, _, dir := serveSite(t, nil)
	url := startNATS(t, t.TempDir())
	crawl := func() {
		t.Helper()
		if code, out, errs := run(t.Context(), "--nats", url, "--sources", dir, "crawl"); code != ExitOK {
			t.Fatalf("crawl: exit code %d\n%s%s", code, out, errs)
		}
	}
	crawl()
	seen := make(chan string, 1000)
	var errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, url, "nw")
	cmd.Stdout, cmd.Stderr = &lines{each: func(s string) { seen <- s }}, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range site.Releases() {
		if g := <-seen; !strings.HasPrefix(g, demoSource+"\tde.kreispresse.release.published.v1\t") {
			t.Errorf("event %q", g)
		}
	}
	if err := site.Correct(demoCorrect); err != nil {
		t.Fatal(err)
	}
	crawl()
	if g := <-seen; !strings.HasPrefix(g, demoSource+"\tde.kreispresse.release.corrected.v1\t") {
		t.Errorf("event %q", g)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, errs.String())
	}
}

// TestREADME holds the README to what is tested: the subscriber, the commands, the settings, the sources that ship, the exit codes.
func TestREADME(t *testing.T) {
	read := func(name ...string) []byte {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(append([]string{repoRoot}, name...)...))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	readme := read("README.md")
	if code := read("examples", "subscriber", "main.go"); !bytes.Contains(readme, append([]byte("```go\n"), bytes.TrimSpace(code)...)) {
		t.Error("the README's Go program is not examples/subscriber/main.go")
	}
	for _, s := range settings {
		if !bytes.Contains(readme, []byte("`"+s.variable()+"`")) || !bytes.Contains(readme, []byte("`--"+s.flag()+"`")) {
			t.Errorf("the README does not name %s and --%s", s.variable(), s.flag())
		}
	}
	p := &program{}
	all, err := p.sources()
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, s := range all {
		if s.Works() && !bytes.Contains(readme, []byte("`"+s.ID+"`")) {
			t.Errorf("the README does not tell of the built-in source %s, which is crawled without being named", s.ID)
		}
		if s.Kind != "" {
			named++
		}
	}
	if !bytes.Contains(readme, []byte("All "+strconv.Itoa(named)+" are in the registry")) {
		t.Errorf("the README does not say that there are %d sources", named)
	}
	script := read("internal", "app", "testdata", "script", "readme.txtar")
	readmeCommands(t, readme, script)
	for _, block := range blocks(readme, "yaml") {
		if !bytes.Contains(script, block) {
			t.Errorf("readme.txtar does not check this source:\n%s", block)
		}
	}
}

// readmeCommands: every command line of ours that the README shows is run by testdata/script/readme.txtar, except tail, which does not end
// by itself and has TestTail.
func readmeCommands(t *testing.T, readme, script []byte) {
	t.Helper()
	for _, block := range blocks(readme, "sh") {
		for line := range strings.Lines(string(block)) {
			line = strings.TrimSpace(line)
			if !strings.HasPrefix(line, "kreispresse ") || strings.HasPrefix(line, "kreispresse tail") {
				continue
			}
			want := "exec " + strings.Replace(line, "nats://127.0.0.1:4222", "$NATS", 1) + "\n"
			if !bytes.Contains(script, []byte(want)) {
				t.Errorf("readme.txtar does not run %q", line)
			}
		}
	}
}

// blocks are the fenced blocks of a language in a Markdown text.
func blocks(text []byte, language string) (list [][]byte) {
	for {
		_, rest, ok := bytes.Cut(text, []byte("\n```"+language+"\n"))
		if !ok {
			return list
		}
		block, after, _ := bytes.Cut(rest, []byte("\n```"))
		list, text = append(list, append(block[:len(block):len(block)], '\n')), after
	}
}
