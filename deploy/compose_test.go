package deploy

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/nats-io/nats-server/v2/server"
)

// composeProject loads a file as docker compose does: its schema, its variables, what it refers to.
func composeProject(t *testing.T, file string, env ...string) (*types.Project, error) {
	t.Helper()
	opts, err := cli.NewProjectOptions([]string{file}, cli.WithEnv(env), cli.WithProfiles([]string{"*"}), cli.WithInterpolation(true), cli.WithConsistency(true))
	mustDo(t, err)
	return opts.LoadProject(t.Context())
}

const contact = "KREISPRESSE_CONTACT=redaktion@example.org"

func compose(t *testing.T) *types.Project {
	t.Helper()
	p, err := composeProject(t, "compose/compose.yaml", contact)
	mustDo(t, err)
	return p
}

// TestComposeStrict: a key that compose does not know, and a variable that is not set, are errors.
func TestComposeStrict(t *testing.T) {
	if _, err := composeProject(t, "compose/compose.yaml"); err == nil || !strings.Contains(err.Error(), "say in .env how press offices reach you") {
		t.Errorf("without a contact: %v", err)
	}
	file := filepath.Join(t.TempDir(), "compose.yaml")
	for old, wrong := range map[string]string{
		"stop_signal:": "stop_signale:", "[press, web]": "[press, webb]", "condition: service_healthy": "condition: service_well",
	} {
		text := strings.ReplaceAll(string(read(t, "compose/compose.yaml")), old, wrong)
		mustDo(t, os.WriteFile(file, []byte(text), 0o600))
		if _, err := composeProject(t, file, contact); err == nil {
			t.Errorf("%s is not noticed", wrong)
		}
	}
}

// TestComposeHardened: every service is bounded, has no rights that it does not need, and comes back.
func TestComposeHardened(t *testing.T) {
	for name, s := range compose(t).Services {
		if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Equal(s.SecurityOpt, []string{"no-new-privileges:true"}) || s.Privileged {
			t.Errorf("%s has rights that it does not need", name)
		}
		if s.Deploy == nil || s.Deploy.Resources.Limits == nil || s.Deploy.Resources.Limits.MemoryBytes == 0 || s.Deploy.Resources.Limits.NanoCPUs == 0 {
			t.Errorf("%s has no limits", name)
		}
		if len(s.Ports) > 0 {
			t.Errorf("%s is open to the outside", name)
		}
		if !regexp.MustCompile(`^\w+:\d+\.\d+\.\d+(-\w+)?$`).MatchString(s.Image) && s.Build == nil {
			t.Errorf("%s: image %s is not pinned", name, s.Image)
		}
		if operator := slices.Contains(s.Profiles, "operator"); !operator && (s.HealthCheck == nil || s.Restart != "unless-stopped") {
			t.Errorf("%s is not watched", name)
		}
		for _, mount := range s.Volumes {
			if mount.Type != types.VolumeTypeVolume {
				t.Errorf("%s mounts %s of the host", name, mount.Source)
			}
		}
	}
}

// TestComposeFiles: what is mounted and built from is there, or made by secrets.sh.
func TestComposeFiles(t *testing.T) {
	p, made := compose(t), secrets(t, "")
	for name, c := range p.Configs {
		if _, err := os.Stat(c.File); err != nil {
			t.Errorf("config %s: %v", name, err)
		}
	}
	for name, s := range p.Secrets {
		if filepath.Base(filepath.Dir(s.File)) != "secrets" {
			t.Errorf("secret %s is not in secrets: %s", name, s.File)
		}
		if _, err := os.Stat(filepath.Join(made, filepath.Base(s.File))); err != nil {
			t.Errorf("secret %s: %v", name, err)
		}
	}
	for name, s := range p.Services {
		if s.Build != nil {
			if _, err := os.Stat(filepath.Join(s.Build.Context, s.Build.Dockerfile)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := os.Stat(filepath.Join(s.Build.Context, ".dockerignore")); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestComposeKreispresse: command lines, variables, probes and secrets are those of the program.
func TestComposeKreispresse(t *testing.T) {
	p := compose(t)
	if n := p.Services["kreispresse"].Deploy.Replicas; n == nil || *n != 2 {
		t.Error("want two replicas")
	}
	all := variables(t)
	for _, name := range []string{"kreispresse", "operator"} {
		s := p.Services[name]
		known(t, name, s.Command)
		for v := range s.Environment {
			if strings.HasPrefix(v, "KREISPRESSE_") && !slices.Contains(all, v) {
				t.Errorf("%s: there is no variable %s", name, v)
			}
		}
		config := *s.Environment["KREISPRESSE_CONFIG"]
		if len(s.Secrets) != 1 || "/run/secrets/"+s.Secrets[0].Source != config {
			t.Errorf("%s reads %s, and has %+v", name, config, s.Secrets)
		}
		for i := range 3 {
			if s.DependsOn[fmt.Sprint("nats-", i)].Condition != types.ServiceConditionHealthy {
				t.Errorf("%s does not wait for nats-%d", name, i)
			}
		}
		if v := s.Environment["GOMEMLIMIT"]; v != nil {
			wantBelow(t, name, *v, int64(s.Deploy.Resources.Limits.MemoryBytes))
		}
	}
	s := p.Services["kreispresse"]
	probe := s.HealthCheck.Test
	if !slices.Equal(probe[:2], []string{"CMD", "/kreispresse"}) {
		t.Fatalf("probe: %v", probe)
	}
	known(t, "probe", probe[2:len(probe)-1])
	wantPort(t, s.Command, probe[len(probe)-1])
}

// wantPort wants a probe to ask where `run --listen` answers.
func wantPort(t *testing.T, command []string, address string) {
	t.Helper()
	i := slices.Index(command, "--listen")
	if i < 0 {
		t.Fatalf("%v answers no probe", command)
	}
	_, listens, err := net.SplitHostPort(command[i+1])
	mustDo(t, err)
	if _, asked, err := net.SplitHostPort(address); err != nil || asked != listens {
		t.Errorf("asked is %s, but it listens on %s", address, listens)
	}
}

// wantBelow wants the memory at which Go collects more to be below the limit at which the kernel kills.
func wantBelow(t *testing.T, name, goLimit string, limit int64) {
	t.Helper()
	var mib int64
	if _, err := fmt.Sscanf(goLimit, "%dMiB", &mib); err != nil || mib<<20 >= limit || mib<<20 < limit*3/4 {
		t.Errorf("%s: GOMEMLIMIT %s of %d bytes", name, goLimit, limit)
	}
}

// TestComposeNATS: the three nodes are those that the routes and the clients name, run the version that the tests run, and find their files.
func TestComposeNATS(t *testing.T) {
	p, made := compose(t), secrets(t, "")
	for i := range 3 {
		name := fmt.Sprint("nats-", i)
		s, ok := p.Services[name]
		if !ok || *s.Environment["SERVER_NAME"] != name {
			t.Fatalf("no node %s that has this name", name)
		}
		if s.Image != "nats:"+server.VERSION+"-alpine" {
			t.Errorf("image %s, tested is %s", s.Image, server.VERSION)
		}
		dir := t.TempDir() // as /etc/nats in the container
		for _, c := range s.Configs {
			mustDo(t, os.WriteFile(inContainer(t, dir, c.Target), read(t, p.Configs[c.Source].File), 0o600))
		}
		for _, c := range s.Secrets {
			text := read(t, filepath.Join(made, filepath.Base(p.Secrets[c.Source].File)))
			mustDo(t, os.WriteFile(inContainer(t, dir, c.Target), text, 0o600))
		}
		t.Setenv("SERVER_NAME", name)
		if s.Command[0] != "--config" {
			t.Fatalf("command %v", s.Command)
		}
		o, err := server.ProcessConfigFile(inContainer(t, dir, s.Command[1]))
		mustDo(t, err)
		if len(s.Volumes) != 1 || s.Volumes[0].Target != o.StoreDir || s.Volumes[0].Source != name {
			t.Errorf("%s stores in %s, its volumes are %+v", name, o.StoreDir, s.Volumes)
		}
		if test := s.HealthCheck.Test; !strings.HasPrefix(test[len(test)-1], fmt.Sprintf("http://127.0.0.1:%d/healthz", o.HTTPPort)) {
			t.Errorf("%s shows its health on port %d, not %v", name, o.HTTPPort, test)
		}
		if s.StopGracePeriod == nil || time.Duration(*s.StopGracePeriod) < o.LameDuckDuration+o.LameDuckGracePeriod || s.StopSignal != "SIGUSR2" {
			t.Errorf("%s has no time to hand over its leaders", name)
		}
		wantBelow(t, name, *s.Environment["GOMEMLIMIT"], int64(s.Deploy.Resources.Limits.MemoryBytes))
		for n, r := range o.Routes {
			if want := fmt.Sprintf("nats-%d:%d", n, o.Cluster.Port); r.Host != want {
				t.Errorf("route to %s, want %s", r.Host, want)
			}
		}
		for _, config := range []string{"kreispresse.yaml", "operator.yaml"} {
			if text := string(read(t, filepath.Join(made, config))); !strings.Contains(text, fmt.Sprintf("@%s:%d", name, o.Port)) {
				t.Errorf("%s does not know %s:\n%s", config, name, text)
			}
		}
		if _, ok := s.Networks["press"]; !ok || len(s.Networks) != 1 || !p.Networks["press"].Internal {
			t.Errorf("%s can be reached from outside: %v", name, s.Networks)
		}
	}
}

// inContainer is where a file of /etc/nats lies in dir.
func inContainer(t *testing.T, dir, target string) string {
	t.Helper()
	if filepath.Dir(target) != "/etc/nats" {
		t.Fatalf("%s is not beside the others", target)
	}
	return filepath.Join(dir, filepath.Base(target))
}
