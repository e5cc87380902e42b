package deploy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/kreispresse/kreispresse/internal/app"
)

// pages are those that this test holds to the program and the files.
var pages = []string{"../docs/operations.md", "../docs/runbook.md", "README.md"}

var heading = regexp.MustCompile(`(?m)^#+ (.+)$`)

// anchors are the headings of a page, as links name them.
func anchors(t *testing.T, page string) (list []string) {
	t.Helper()
	for _, m := range heading.FindAllStringSubmatch(withoutCode(string(read(t, page))), -1) {
		a := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		list = append(list, strings.ReplaceAll(a, " ", "-"))
	}
	return list
}

var fence = regexp.MustCompile("(?ms)^```.*?^```$")

func withoutCode(page string) string { return fence.ReplaceAllString(page, "") }

// TestLinks: what the pages link to is there, with the heading that they name.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#]*)(?:#([^)]*))?\)`)
	for _, page := range pages {
		for _, m := range link.FindAllStringSubmatch(withoutCode(string(read(t, page))), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			to := page
			if m[1] != "" {
				to = filepath.Join(filepath.Dir(page), m[1])
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: %v", page, err)
			} else if m[2] != "" && !slices.Contains(anchors(t, to), m[2]) {
				t.Errorf("%s: %s has no heading %s", page, to, m[2])
			}
		}
	}
}

// constants are the string constants of a file whose names begin so, or all.
func constants(t *testing.T, file, prefix string) (values []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	mustDo(t, err)
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, prefix) {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			v, err := strconv.Unquote(lit.Value)
			mustDo(t, err)
			values = append(values, v)
		}
		return true
	})
	if len(values) < 3 {
		t.Fatalf("%s: only %v", file, values)
	}
	return values
}

type alertRules struct {
	Groups []struct {
		Name  string `json:"name"`
		Rules []struct {
			Alert       string            `json:"alert"`
			Expr        string            `json:"expr"`
			For         string            `json:"for"`
			Labels      map[string]string `json:"labels"`
			Annotations map[string]string `json:"annotations"`
		} `json:"rules"`
	} `json:"groups"`
}

// TestRunbook: every alarm of Prometheus, every message of notify and every state of a source has its chapter, and no other has one.
func TestRunbook(t *testing.T) {
	var rules alertRules
	mustDo(t, yaml.UnmarshalStrict(read(t, "prometheus/alerts.yml"), &rules))
	var want []string
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			want = append(want, r.Alert)
			if r.Expr == "" || r.Annotations["summary"] == "" || r.Labels["severity"] == "" {
				t.Errorf("%s: want an expression, a severity and a summary", r.Alert)
			}
			if url := r.Annotations["runbook_url"]; !strings.HasSuffix(url, "/docs/runbook.md#"+strings.ToLower(r.Alert)) {
				t.Errorf("%s: runbook_url %q", r.Alert, url)
			}
		}
	}
	if len(want) < 5 {
		t.Fatalf("%+v", rules)
	}
	want = append(want, constants(t, "../internal/notify/message.go", "Type")...)
	want = append(want, constants(t, "../internal/health/judge.go", "")...)
	var have []string
	for _, m := range regexp.MustCompile(`(?m)^####? (.+)$`).FindAllStringSubmatch(string(read(t, "../docs/runbook.md")), -1) {
		have = append(have, m[1])
	}
	slices.Sort(want)
	slices.Sort(have)
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("docs/runbook.md, - to be told, + chapters:\n%s", diff)
	}
}

// commands are the command lines of ours that a page shows, in blocks and between backquotes.
func commands(page string) (list []string) {
	for _, block := range fence.FindAllString(page, -1) {
		list = append(list, strings.Split(block, "\n")...)
	}
	for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(withoutCode(page), -1) {
		list = append(list, m[1])
	}
	for line := range strings.SplitSeq(withoutCode(page), "\n") {
		if indented, ok := strings.CutPrefix(line, "    "); ok {
			list = append(list, indented)
		}
	}
	// the program itself, in a container or as another user; compose names a service instead
	ours := regexp.MustCompile(`^(?:sudo -u kreispresse |kubectl .* -- /)?kreispresse (.+)|^docker compose run .*\boperator (.+)`)
	var args []string
	for _, line := range list {
		line, _, _ = strings.Cut(line, " #")
		if m := ours.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			args = append(args, m[1]+m[2])
		}
	}
	return args
}

var word = regexp.MustCompile(`"[^"]*"|'[^']*'|\S+`)

// accepted reports whether the program takes the flags and commands of a line. Whether a word behind a flag is its value, and whether one is a
// command or what it is about, only the program knows: each is tried.
func accepted(t *testing.T, done, rest []string) bool {
	t.Helper()
	if len(rest) == 0 {
		code, out := program(t, append(slices.Clone(done), "--help")...)
		return code == app.ExitOK && strings.Contains(out, "USAGE:")
	}
	next := rest[0]
	if name, ok := strings.CutPrefix(next, "--"); ok {
		if len(rest) > 1 && !strings.HasPrefix(rest[1], "-") && accepted(t, append(slices.Clone(done), "--"+name+"="+strings.Trim(rest[1], `"'`)), rest[2:]) {
			return true
		}
		return accepted(t, append(slices.Clone(done), next), rest[1:])
	}
	if regexp.MustCompile(`^[a-z]+$`).MatchString(next) && accepted(t, append(slices.Clone(done), next), rest[1:]) {
		return true
	}
	return len(done) > 0 && accepted(t, done, rest[1:]) // what the command is about
}

// TestDocumentedCommands: the program takes every command line that the pages show.
func TestDocumentedCommands(t *testing.T) {
	for _, page := range pages {
		list := commands(string(read(t, page)))
		if len(list) < 2 {
			t.Errorf("%s shows only %v", page, list)
		}
		for _, line := range list {
			words := word.FindAllString(strings.TrimRight(line, " …|;&"), -1)
			if i := slices.IndexFunc(words, func(w string) bool { return w == "|" || w == "||" || w == ">" || w == "&&" }); i >= 0 {
				words = words[:i]
			}
			if !accepted(t, nil, words) {
				t.Errorf("%s: kreispresse %s", page, line)
			}
		}
	}
	for _, wrong := range []string{"status --chek", "hold list", "runs --event", "crawl --dry-runs SOURCE"} {
		if accepted(t, nil, word.FindAllString(wrong, -1)) {
			t.Errorf("the test takes %q", wrong)
		}
	}
}

// TestDocumentedFiles: what the pages copy from deploy is there, and what is there is told of.
func TestDocumentedFiles(t *testing.T) {
	all := ""
	for _, page := range pages {
		text := string(read(t, page))
		all += text
		for _, m := range regexp.MustCompile(`\bdeploy/[\w@./-]+`).FindAllString(text, -1) {
			m = strings.TrimRight(m, ".")
			if strings.Contains(m, "/secrets") && !strings.HasSuffix(m, "secrets.sh") || strings.Contains(m, "/mine") || strings.HasSuffix(m, "/.env") {
				continue // made by what is shown
			}
			if m == "deploy/kreispresse" { // a Deployment
				continue
			}
			if _, err := os.Stat(filepath.Join("..", m)); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
	entries, err := os.ReadDir(".")
	mustDo(t, err)
	for _, e := range entries {
		if name := e.Name(); !strings.HasSuffix(name, ".go") && !strings.Contains(all, name) {
			t.Errorf("nobody tells of %s", name)
		}
	}
	for _, pattern := range []string{"systemd/*", "nats/*.conf*"} {
		files, err := filepath.Glob(pattern)
		mustDo(t, err)
		for _, f := range files {
			if !strings.Contains(all, f) {
				t.Errorf("nobody tells of %s", f)
			}
		}
	}
}
