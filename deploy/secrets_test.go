package deploy

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/internal/app"
)

// secrets runs secrets.sh and gives its directory.
func secrets(t *testing.T, domain string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "secrets")
	if out, err := exec.Command("sh", "secrets.sh", dir, domain).CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// TestSecrets: the passwords that are made let the program in, each other time they are others, and nothing is written over.
func TestSecrets(t *testing.T) {
	dir, other := secrets(t, ""), secrets(t, "")
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v: others may enter", info.Mode(), err)
	}
	made := read(t, filepath.Join(dir, "passwords.conf"))
	if string(made) == string(read(t, filepath.Join(other, "passwords.conf"))) {
		t.Error("the same passwords twice")
	}
	out, err := exec.Command("sh", "secrets.sh", dir).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "is there already") || string(made) != string(read(t, filepath.Join(dir, "passwords.conf"))) {
		t.Errorf("%v %s", err, out)
	}
	if out, err := exec.Command("sh", "secrets.sh").CombinedOutput(); err == nil || !strings.Contains(string(out), "usage") {
		t.Errorf("%v %s", err, out)
	}

	conf := natsDir(t)
	mustDo(t, os.WriteFile(filepath.Join(conf, "passwords.conf"), made, 0o600))
	t.Setenv("SERVER_NAME", "nats-0")
	s := startNATS(t, filepath.Join(conf, "cluster.conf"), func(o *server.Options) { o.Cluster, o.Routes = server.ClusterOpts{}, nil }) // alone
	ready(t, s)
	_, sources := demoSite(t)
	for _, c := range [][2]string{{"kreispresse.yaml", "crawl"}, {"operator.yaml", "verify"}} {
		text := regexp.MustCompile(`nats-\d:4222`).ReplaceAllString(string(read(t, filepath.Join(dir, c[0]))), s.Addr().String())
		file := filepath.Join(t.TempDir(), c[0])
		mustDo(t, os.WriteFile(file, []byte(text), 0o600))
		if code, out := program(t, "--config", file, "--sources", sources, c[1]); code != app.ExitOK {
			t.Errorf("%s with %s: exit code %d\n%s", c[1], c[0], code, out)
		}
	}
}
