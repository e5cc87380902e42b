package app

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// example is a running subscriber, and what it prints.
type example struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines chan string
	ended chan error
	errs  bytes.Buffer
}

func startExample(t *testing.T, dir, name string, args ...string) *example {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	e := &example{t: t, cmd: exec.CommandContext(ctx, name, args...), lines: make(chan string, 10000), ended: make(chan error, 1)}
	e.cmd.Dir, e.cmd.Stderr = dir, &e.errs
	e.cmd.Stdout = &lines{each: func(s string) { e.lines <- s }}
	if err := e.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { e.ended <- e.cmd.Wait() }()
	return e
}

// quoted is a line that tells what somebody said.
var quoted = regexp.MustCompile(`^[0-9]+ .+, .+: .+$`)

// until reads lines up to one that matches, and gives it.
func (e *example) until(match *regexp.Regexp) string {
	e.t.Helper()
	var seen []string
	for {
		select {
		case line := <-e.lines:
			if seen = append(seen, line); match.MatchString(line) {
				return line
			}
		case err := <-e.ended:
			e.t.Fatalf("it ended: %v\n%s\nno line matches %s; there were\n%s", err, e.errs.String(), match, strings.Join(seen, "\n"))
		}
	}
}

// end interrupts the subscriber, which ends in order.
func (e *example) end() {
	e.t.Helper()
	if err := e.cmd.Process.Signal(os.Interrupt); err != nil {
		e.t.Fatal(err)
	}
	if err := <-e.ended; err != nil {
		e.t.Fatalf("%v\n%s", err, e.errs.String())
	}
}

// follows is what every example does: it prints quotes, a correction, a withdrawal and an erasure, goes on after it was stopped, without what it had
// dealt with, and begins anew with another filter.
func follows(t *testing.T, start func(url string, args ...string) *example) {
	t.Helper()
	site, base, dir := serveSite(t, nil)
	url := startNATS(t, t.TempDir())
	do := func(args ...string) {
		t.Helper()
		if code, out, errs := run(t.Context(), append([]string{"--nats", url, "--sources", dir, "--data", t.TempDir()}, args...)...); code != ExitOK {
			t.Fatalf("%v: exit code %d\n%s%s", args, code, out, errs)
		}
	}
	do("crawl")
	e := start(url)
	e.until(quoted)
	if err := site.Correct(demoCorrect); err != nil {
		t.Fatal(err)
	}
	do("crawl")
	line := e.until(regexp.MustCompile(` changed `))
	e.end()
	// Goes on behind what it has dealt with.
	do("withdraw", base+site.Releases()[0].Path, "--reason", "Verwechslung")
	e = start(url)
	if got := e.until(regexp.MustCompile(".")); !strings.Contains(got, " withdrawn: ") || !strings.Contains(got, "Verwechslung") {
		t.Errorf("went on with %q, the last before was %q", got, line)
	}
	do("forget", base+site.Releases()[1].Path)
	e.until(regexp.MustCompile(`^[0-9]+ erased: `))
	e.end()
	// Another filter is another place: the present state of the Land comes.
	e = start(url, "NW")
	e.until(quoted)
	e.end()
}

func TestExampleGo(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "subscriber")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./examples/go")
	build.Dir = repoRoot
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	follows(t, func(url string, args ...string) *example {
		return startExample(t, "", program, append([]string{url}, args...)...)
	})
}

func TestExampleJavaScript(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(repoRoot, "examples", "javascript")
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on this machine")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("the packages are not installed: make node")
	}
	follows(t, func(url string, args ...string) *example {
		return startExample(t, dir, node, append([]string{"subscriber.mjs", url}, args...)...)
	})
}

// TestExamplePython runs where a Python has nats-py: that of the variable PYTHON, or python3.
func TestExamplePython(t *testing.T) {
	t.Parallel()
	python := os.Getenv("PYTHON")
	if python == "" {
		python = "python3"
	}
	if out, err := exec.CommandContext(t.Context(), python, "-c", "import nats").CombinedOutput(); err != nil {
		t.Skipf("%s has no nats-py (pip install -r examples/python/requirements.txt): %s", python, out)
	}
	follows(t, func(url string, args ...string) *example {
		return startExample(t, filepath.Join(repoRoot, "examples", "python"), python, append([]string{"subscriber.py", url}, args...)...)
	})
}
