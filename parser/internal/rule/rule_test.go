package rule_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/rule"
)

// recorder keeps what a test under test complains of.
type recorder struct{ errors []string }

func (*recorder) Helper()             {}
func (*recorder) Logf(string, ...any) {}
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

// Every fault that a table can have is told, and nothing else.
func TestTest(t *testing.T) {
	sound := func() rule.Table[kind, finder] { return append(rule.Table[kind, finder]{}, prices...) }
	all := map[string]int{"euro": 1, "free": 1}
	for _, x := range []struct {
		name   string
		change func(rule.Table[kind, finder])
		trial  rule.Trial
		want   []string // a part of each complaint
	}{
		{name: "sound", want: nil},
		{
			name: "no ID", change: func(r rule.Table[kind, finder]) { r[0].ID = "" }, trial: rule.Trial{
				Read:   func(string) []rule.Hit { return nil },
				Silent: []string{""}, Fired: map[string]int{"free": 1},
			},
			want: []string{"rule 0 has no ID", `gives []`, `gives []`, `gives []`},
		},
		{
			name: "two of a name", change: func(r rule.Table[kind, finder]) { r[1] = r[0] }, trial: rule.Trial{Fired: map[string]int{"euro": 1}},
			want: []string{"two rules of this name"},
		},
		{name: "no example", change: func(r rule.Table[kind, finder]) { r[0].Says = " \n " }, want: []string{"euro has no example"}},
		{name: "no counter-example", change: func(r rule.Table[kind, finder]) { r[1].Not = "" }, want: []string{"free has no counter-example"}},
		{
			name: "another result", change: func(r rule.Table[kind, finder]) { r[0].Says = "Es kostet [5 Euro] → 6.00" },
			want: []string{`gives ["5.00"], want ["6.00"]`},
		},
		{
			name: "another stretch", change: func(r rule.Table[kind, finder]) { r[0].Says = "Es kostet 5 [Euro] → 5.00" },
			want: []string{`finds ["5 Euro"], want ["Euro"]`},
		},
		{
			name: "once too often", change: func(r rule.Table[kind, finder]) { r[1].Says = "frei und frei → 0.00" },
			want: []string{`gives ["0.00" "0.00"], want ["0.00"]`},
		},
		{name: "a counter-example that fires", change: func(r rule.Table[kind, finder]) { r[0].Not = "nur 3 Euro" }, want: []string{`"nur 3 Euro" fires`}},
		{name: "no arrow", change: func(r rule.Table[kind, finder]) { r[0].Says = "5 Euro" }, want: []string{"is no example"}},
		{name: "no text", change: func(r rule.Table[kind, finder]) { r[0].Says = "→ 5.00" }, want: []string{"is no example"}},
		{name: "no result", change: func(r rule.Table[kind, finder]) { r[0].Says = "5 Euro →" }, want: []string{"is no example"}},
		{name: "half a bracket", change: func(r rule.Table[kind, finder]) { r[0].Says = "[5 Euro → 5.00" }, want: []string{"marks nothing"}},
		{name: "an empty bracket", change: func(r rule.Table[kind, finder]) { r[0].Says = "5 [] Euro → 5.00" }, want: []string{"marks nothing"}},
		{
			name: "results without stretches", change: func(r rule.Table[kind, finder]) { r[0].Says = "[5 Euro] → 5.00; 6.00" },
			want: []string{"1 stretches are marked and 2 results"},
		},
		{name: "never on a golden page", trial: rule.Trial{Fired: map[string]int{"free": 1}}, want: []string{"no golden page for euro"}},
		{name: "silent by leave", trial: rule.Trial{Fired: map[string]int{"free": 1}, Silent: []string{"euro"}}},
		{name: "silent no more", trial: rule.Trial{Fired: all, Silent: []string{"euro"}}, want: []string{"take it off"}},
		{name: "silent and unknown", trial: rule.Trial{Fired: all, Silent: []string{"dollar"}}, want: []string{`silent rules has "dollar"`}},
		{
			name: "fired and unknown", trial: rule.Trial{Fired: map[string]int{"euro": 1, "free": 1, "dollar": 1}},
			want: []string{`golden page names the rule "dollar"`},
		},
		{name: "a stranger's hit", trial: rule.Trial{Read: func(s string) []rule.Hit {
			if strings.HasPrefix(s, "Die Stelle") {
				return []rule.Hit{{Rule: "dollar"}}
			}
			return read(s)
		}}, want: []string{`names the rule "dollar"`}},
	} {
		t.Run(x.name, func(t *testing.T) {
			table := sound()
			if x.change != nil {
				x.change(table)
			}
			if x.trial.Read == nil {
				x.trial.Read = read
			}
			if x.trial.Fired == nil {
				x.trial.Fired = all
			}
			var r recorder
			rule.Test(&r, table, x.trial)
			if len(r.errors) != len(x.want) {
				t.Fatalf("want %d complaints, have %q", len(x.want), r.errors)
			}
			for i, w := range x.want {
				if !strings.Contains(r.errors[i], w) {
					t.Errorf("want %q in %q", w, r.errors[i])
				}
			}
		})
	}
}

// The table of the package's own example holds.
func TestOwnExample(t *testing.T) {
	rule.Test(t, prices, rule.Trial{Read: read, Fired: map[string]int{"euro": 1, "free": 1}})
}

func TestCount(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string]string{"a.json": "day day", "b.json": "day clock", "c.html": "set"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fields := func(b []byte) ([]string, error) { return strings.Fields(string(b)), nil }
	if diff := cmp.Diff(map[string]int{"day": 3, "clock": 1}, rule.Count(t, filepath.Join(dir, "*.json"), fields)); diff != "" {
		t.Error(diff)
	}
	var r recorder
	rule.Count(&r, filepath.Join(dir, "*.yaml"), fields)
	rule.Count(&r, filepath.Join(dir, "*.html"), func([]byte) ([]string, error) { return nil, errors.New("no JSON") })
	if len(r.errors) != 2 || !strings.Contains(r.errors[0], "no golden records") || !strings.Contains(r.errors[1], "c.html: no JSON") {
		t.Errorf("%q", r.errors)
	}
}
