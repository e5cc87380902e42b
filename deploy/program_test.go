package deploy

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/internal/app"
	"github.com/kreispresse/kreispresse/internal/calm"
)

func TestMain(m *testing.M) { os.Exit(calm.Homeless(m).Run()) }

// program runs kreispresse in this process, with the variables of the environment.
func program(t *testing.T, args ...string) (code int, out string) {
	t.Helper()
	var b bytes.Buffer
	code = app.Run(t.Context(), args, strings.NewReader(""), &b, &b)
	return code, b.String()
}

var variable = regexp.MustCompile(`KREISPRESSE_[A-Z_]+`)

// variables are all that the program knows: it names them when it meets one that it does not.
func variables(t *testing.T) []string {
	t.Helper()
	const strange = "KREISPRESSE_STRANGE"
	mustDo(t, os.Setenv(strange, "1"))
	defer os.Unsetenv(strange)
	code, out := program(t, "version")
	known := slices.DeleteFunc(variable.FindAllString(out, -1), func(s string) bool { return s == strange })
	if code != app.ExitUsage || len(known) < 5 {
		t.Fatalf("exit code %d: %s", code, out)
	}
	slices.Sort(known)
	return known
}

// known wants the program to take a command line, as far as that can be told without running it.
func known(t *testing.T, where string, args []string) {
	t.Helper()
	if code, out := program(t, append(slices.Clone(args), "--help")...); code != app.ExitOK || !strings.Contains(out, "USAGE:") {
		t.Errorf("%s: kreispresse %s: exit code %d\n%.300s", where, strings.Join(args, " "), code, out)
	}
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
