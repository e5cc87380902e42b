package deploy

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/app"
)

var units = []string{"kreispresse.service", "kreispresse-failed@.service"}

// tool finds a program of systemd, without which a test is skipped.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("no %s here (apt-get install systemd)", name)
	}
	return path
}

// unitDir holds the units with a program that is there, since systemd wants to see it.
func unitDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	program := filepath.Join(dir, "kreispresse")
	mustDo(t, os.WriteFile(program, nil, 0o755))
	for _, u := range units {
		text := strings.ReplaceAll(string(read(t, "systemd/"+u)), "/usr/local/bin/kreispresse", program)
		mustDo(t, os.WriteFile(filepath.Join(dir, u), []byte(text), 0o644))
	}
	return dir
}

// TestUnitsVerify lets systemd read the units: it has no word to say about them.
func TestUnitsVerify(t *testing.T) {
	analyze, dir := tool(t, "systemd-analyze"), unitDir(t)
	for _, u := range units {
		out, err := exec.Command(analyze, "verify", "--man=no", filepath.Join(dir, u)).CombinedOutput()
		if err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", u, err, out)
		}
	}
	wrong := strings.Replace(string(read(t, "systemd/"+units[0])), "Restart=on-failure", "Restart=sometimes", 1)
	mustDo(t, os.WriteFile(filepath.Join(dir, units[0]), []byte(wrong), 0o644))
	if out, _ := exec.Command(analyze, "verify", "--man=no", filepath.Join(dir, units[0])).CombinedOutput(); !strings.Contains(string(out), "sometimes") {
		t.Errorf("a mistake is not noticed: %s", out)
	}
}

// TestUnitsAreHardened: the exposure that systemd reckons, in tenths, stays where it is.
func TestUnitsAreHardened(t *testing.T) {
	analyze, dir := tool(t, "systemd-analyze"), unitDir(t)
	if help, _ := exec.Command(analyze, "--help").CombinedOutput(); !strings.Contains(string(help), "--threshold") {
		t.Skip("this systemd-analyze reckons no units that are not loaded")
	}
	mustDo(t, os.Rename(filepath.Join(dir, units[1]), filepath.Join(dir, "kreispresse-failed@x.service")))
	for unit, most := range map[string]int{units[0]: 15, "kreispresse-failed@x.service": 20} {
		out, err := exec.Command(analyze, "security", "--offline=yes", "--no-pager", fmt.Sprint("--threshold=", most), filepath.Join(dir, unit)).CombinedOutput()
		if err != nil {
			lines := strings.Split(strings.TrimSpace(string(out)), "\n")
			t.Errorf("%s: %v, %s", unit, err, lines[len(lines)-1])
		}
	}
}

func TestSysusers(t *testing.T) {
	sysusers, root := tool(t, "systemd-sysusers"), t.TempDir()
	mustDo(t, os.MkdirAll(filepath.Join(root, "etc"), 0o755))
	file, err := filepath.Abs("systemd/kreispresse.sysusers")
	mustDo(t, err)
	out, err := exec.Command(sysusers, "--root="+root, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	passwd, err := os.ReadFile(filepath.Join(root, "etc", "passwd"))
	if err != nil || !strings.Contains(string(passwd), ":kreispresse:/var/lib/kreispresse:") {
		t.Errorf("%s %v", passwd, err)
	}
}

// TestUnitsAndProgram holds the units to the command lines and exit codes of the program.
func TestUnitsAndProgram(t *testing.T) {
	main, failed := string(read(t, "systemd/"+units[0])), string(read(t, "systemd/"+units[1]))
	line := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/kreispresse (.*)$`).FindStringSubmatch(main)
	if line == nil {
		t.Fatal("no command line")
	}
	known(t, units[0], strings.Fields(line[1]))
	if !strings.Contains(failed, "/usr/local/bin/kreispresse notify send --urgent ") {
		t.Error("the unit of failures tells nobody")
	}
	known(t, units[1], []string{"notify", "send", "--urgent"})
	for _, want := range []string{
		fmt.Sprintf("\nSuccessExitStatus=%d\n", app.ExitInterrupted),
		fmt.Sprintf("\nRestartPreventExitStatus=%d\n", app.ExitUsage),
		fmt.Sprintf(`"$$EXIT_STATUS" = %d ||`, app.ExitUsage),
		"\nOnFailure=kreispresse-failed@%n.service\n", "\nEnvironmentFile=/etc/kreispresse/kreispresse.env\n",
	} {
		if !strings.Contains(main, want) {
			t.Errorf("%s lacks %q", units[0], want)
		}
	}
}

// TestEnvironmentFile: the example has every variable, and the program takes all of them as they stand there.
func TestEnvironmentFile(t *testing.T) {
	text := string(read(t, "systemd/kreispresse.env"))
	var have []string
	set := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^#?(KREISPRESSE_[A-Z_]+)=(.+)$`).FindAllStringSubmatch(text, -1) {
		have = append(have, m[1])
		set[m[1]] = m[2]
	}
	slices.Sort(have)
	if diff := cmp.Diff(variables(t), have); diff != "" {
		t.Errorf("deploy/systemd/kreispresse.env, - known to the program, + in the file:\n%s", diff)
	}
	for block := range strings.SplitSeq(text, "\n\n") {
		if !strings.HasPrefix(block, "# ") {
			t.Errorf("without a comment: %s", block)
		}
	}
	set["KREISPRESSE_CONFIG"] = filepath.Join("systemd", "kreispresse.yaml")
	for name, value := range set {
		t.Setenv(name, value)
	}
	if code, out := program(t, "version"); code != app.ExitOK {
		t.Error(out)
	}
}

// TestConfigFile: the example is whole but for the people that it names.
func TestConfigFile(t *testing.T) {
	text := strings.Replace(string(read(t, "systemd/kreispresse.yaml")), "host: localhost", "host: 127.0.0.1\n    port: 1", 1)
	text = regexp.MustCompile(`(?m)^#(nats)`).ReplaceAllString(text, "$1")
	file := filepath.Join(t.TempDir(), "kreispresse.yaml")
	mustDo(t, os.WriteFile(file, []byte(text), 0o600))
	if code, out := program(t, "--config", file, "notify", "test"); code != app.ExitUnavailable || !strings.Contains(out, "mail 127.0.0.1") {
		t.Errorf("exit code %d: %s", code, out)
	}
}
