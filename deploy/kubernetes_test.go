package deploy

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kreispresse/kreispresse/internal/app"
	"github.com/kreispresse/kreispresse/internal/calm"
)

// TestManifestsStrict: everything decodes into the types of the API, and mistakes do not.
func TestManifestsStrict(t *testing.T) {
	o := built(t)
	if len(o.pods()) != 3 || len(o.policies) < 4 || len(o.secrets) != 3 || len(o.namespaces) != 1 {
		t.Errorf("something is missing: %+v", o)
	}
	for old, wrong := range map[string]string{
		"terminationGracePeriodSeconds:": "terminationGraceSeconds:", "replicas: 3": "replicas: three", "[secrets/operator.yaml]": "[secrets/operators.yaml]",
		"- nats.yaml": "- nat.yaml", "policyTypes": "policyType", "name: nats-config\n": "name: nats-config\n    kind: x\n",
	} {
		if _, err := kustomize(installation(t, old, wrong)); err == nil {
			t.Errorf("%s is not noticed", wrong)
		}
	}
	for name, x := range o.services {
		if x.Namespace != "kreispresse" {
			t.Errorf("%s is in namespace %q", name, x.Namespace)
		}
	}
}

// TestPodsAreRestricted holds every pod to the standard "restricted", which the namespace enforces, and a little more.
func TestPodsAreRestricted(t *testing.T) {
	o := built(t)
	if only(t, o.namespaces, "namespaces").Labels["pod-security.kubernetes.io/enforce"] != "restricted" {
		t.Error("the namespace enforces nothing")
	}
	for _, p := range o.pods() {
		s := p.spec.SecurityContext
		if s == nil || s.RunAsNonRoot == nil || !*s.RunAsNonRoot || s.RunAsUser == nil || *s.RunAsUser == 0 || s.FSGroup == nil ||
			s.SeccompProfile == nil || s.SeccompProfile.Type != core.SeccompProfileTypeRuntimeDefault {
			t.Errorf("%s: the pod may be root, or call what it likes: %+v", p.name, s)
		}
		if p.spec.AutomountServiceAccountToken == nil || *p.spec.AutomountServiceAccountToken {
			t.Errorf("%s has a token for the API", p.name)
		}
		if p.spec.EnableServiceLinks == nil || *p.spec.EnableServiceLinks {
			t.Errorf("%s gets variables named KREISPRESSE_SERVICE_…, and unknown ones are errors", p.name)
		}
		for _, c := range p.spec.Containers {
			s := c.SecurityContext
			if s == nil || s.AllowPrivilegeEscalation == nil || *s.AllowPrivilegeEscalation || s.ReadOnlyRootFilesystem == nil || !*s.ReadOnlyRootFilesystem ||
				s.Capabilities == nil || !slices.Equal(s.Capabilities.Drop, []core.Capability{"ALL"}) || len(s.Capabilities.Add) > 0 {
				t.Errorf("%s/%s has rights that it does not need: %+v", p.name, c.Name, s)
			}
			if c.Resources.Limits.Memory().IsZero() || c.Resources.Requests.Memory().IsZero() || c.Resources.Requests.Cpu().IsZero() {
				t.Errorf("%s/%s has no limits", p.name, c.Name)
			}
			if _, tag, ok := strings.Cut(filepath.Base(c.Image), ":"); !ok || strings.Count(tag, ".") != 2 {
				t.Errorf("%s/%s: image %s is not pinned", p.name, c.Name, c.Image)
			}
		}
	}
}

// TestReferences: every ConfigMap, Secret, claim and volume that a pod names is there, with the keys that it wants.
func TestReferences(t *testing.T) {
	o := built(t)
	for _, p := range o.pods() {
		volumes := map[string]bool{}
		for _, v := range p.spec.Volumes {
			volumes[v.Name] = true
			o.checkVolume(t, p.name, v)
		}
		for _, c := range o.sets {
			for _, claim := range c.Spec.VolumeClaimTemplates {
				volumes[claim.Name] = volumes[claim.Name] || c.Name == p.name
			}
		}
		for _, c := range p.spec.Containers {
			for _, m := range c.VolumeMounts {
				if !volumes[m.Name] {
					t.Errorf("%s mounts %s, which it does not have", p.name, m.Name)
				}
			}
			for _, e := range c.Env {
				if e.ValueFrom == nil || e.ValueFrom.ConfigMapKeyRef == nil {
					continue
				}
				r := e.ValueFrom.ConfigMapKeyRef
				if m := o.configMaps[r.Name]; m == nil || m.Data[r.Key] == "" {
					t.Errorf("%s: %s is in no ConfigMap", p.name, e.Name)
				}
			}
		}
	}
}

func (o *objects) checkVolume(t *testing.T, where string, v core.Volume) {
	t.Helper()
	if v.Secret != nil && o.secrets[v.Secret.SecretName] == nil {
		t.Errorf("%s: no secret %s", where, v.Secret.SecretName)
	}
	if v.PersistentVolumeClaim != nil && o.claims[v.PersistentVolumeClaim.ClaimName] == nil {
		t.Errorf("%s: no claim %s", where, v.PersistentVolumeClaim.ClaimName)
	}
	if v.Projected == nil {
		return
	}
	for _, s := range v.Projected.Sources {
		if s.ConfigMap != nil && o.configMaps[s.ConfigMap.Name] == nil || s.Secret != nil && o.secrets[s.Secret.Name] == nil {
			t.Errorf("%s: a source of %s is missing", where, v.Name)
		}
	}
}

// TestManifestsKreispresse: command lines, variables, files and the image are those of the program.
func TestManifestsKreispresse(t *testing.T) {
	o, all := built(t), variables(t)
	_, version := program(t, "version")
	version = strings.FieldsFunc(version, func(r rune) bool { return r == ' ' || r == ',' })[1]
	for _, p := range o.pods() {
		if p.name == "nats" {
			continue
		}
		c := p.spec.Containers[0]
		if !strings.HasSuffix(c.Image, "/kreispresse:"+version) {
			t.Errorf("%s: image %s, the program is %s", p.name, c.Image, version)
		}
		known(t, p.name, c.Args[:1])
		config := ""
		for _, e := range c.Env {
			if strings.HasPrefix(e.Name, "KREISPRESSE_") && !slices.Contains(all, e.Name) {
				t.Errorf("%s: there is no variable %s", p.name, e.Name)
			}
			if e.Name == "KREISPRESSE_CONFIG" {
				config = e.Value
			}
			if e.Name == "GOMEMLIMIT" {
				wantBelow(t, p.name, e.Value, c.Resources.Limits.Memory().Value())
			}
		}
		secret := o.secrets[p.spec.Volumes[0].Secret.SecretName]
		text := string(secret.Data[filepath.Base(config)])
		if c.VolumeMounts[0].MountPath != filepath.Dir(config) || !strings.Contains(text, "nats-2.nats-headless:4222") {
			t.Errorf("%s reads %s, where it finds %q", p.name, config, text)
		}
	}
	c := o.deploys["kreispresse"].Spec.Template.Spec.Containers[0]
	known(t, "run", c.Args)
	if n := o.deploys["kreispresse"].Spec.Replicas; n == nil || *n < 2 {
		t.Error("want two replicas")
	}
	for _, probe := range []*core.Probe{c.StartupProbe, c.LivenessProbe, c.ReadinessProbe} {
		wantPort(t, c.Args, fmt.Sprint("x:", portOf(t, c, probe.HTTPGet.Port)))
	}
	wantAnswers(t, c.Args, "/metrics", c.StartupProbe.HTTPGet.Path, c.LivenessProbe.HTTPGet.Path, c.ReadinessProbe.HTTPGet.Path)
	if c.LivenessProbe.HTTPGet.Path == c.ReadinessProbe.HTTPGet.Path {
		t.Error("a broker that is away must not restart the program")
	}
}

// wantAnswers asks a process with these arguments for paths, until it is ready.
func wantAnswers(t *testing.T, args []string, paths ...string) {
	t.Helper()
	servers := []*server.Server{single(t)}
	_, sources := demoSite(t)
	args = slices.Clone(args)
	i := slices.Index(args, "--listen") + 1
	host, _, err := net.SplitHostPort(args[i])
	mustDo(t, err)
	args[i] = net.JoinHostPort(host, "0")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	said, ended := make(logLines, 1000), make(chan int, 1)
	go func() {
		all := append([]string{"--nats", url("pipeline", servers...), "--nats-inbox", "_INBOX_pipeline", "--sources", sources, "--log", "info"}, args...)
		ended <- app.Run(ctx, all, strings.NewReader(""), io.Discard, said)
	}()
	port := ""
	for port == "" {
		select {
		case line := <-said:
			if m := regexp.MustCompile(`serving address=\S*:(\d+)`).FindStringSubmatch(line); m != nil {
				port = m[1]
			}
		case code := <-ended:
			t.Fatalf("%v ended with %d", args, code)
		}
	}
	for _, path := range paths {
		code, out := 0, ""
		calm.Until(t, path+" answers", func() bool {
			code, out = get(t, "http://"+net.JoinHostPort("127.0.0.1", port)+path)
			return code == http.StatusOK
		})
		if out == "" {
			t.Errorf("%s says nothing", path)
		}
	}
	stop()
	if code := <-ended; code != app.ExitOK {
		t.Errorf("%v ended with %d", args, code)
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	mustDo(t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	mustDo(t, err)
	return resp.StatusCode, string(b)
}

// logLines gives each line that is logged.
type logLines chan string

func (l logLines) Write(b []byte) (int, error) {
	select {
	case l <- string(b):
	default: // nobody reads any more
	}
	return len(b), nil
}

// portOf is the number of a port of a container.
func portOf(t *testing.T, c core.Container, port intstr.IntOrString) int32 {
	t.Helper()
	for _, p := range c.Ports {
		if port.Type == intstr.String && p.Name == port.StrVal || port.Type == intstr.Int && p.ContainerPort == port.IntVal {
			return p.ContainerPort
		}
	}
	t.Errorf("%s has no port %s", c.Name, port.String())
	return 0
}

// TestManifestsNATS: the nodes read their files, find each other, keep their data on the claim, and end in order.
func TestManifestsNATS(t *testing.T) {
	o := built(t)
	set := only(t, o.sets, "StatefulSets")
	p, c := set.Spec.Template.Spec, set.Spec.Template.Spec.Containers[0]
	if c.Image != "nats:"+server.VERSION+"-alpine" {
		t.Errorf("image %s, tested is %s", c.Image, server.VERSION)
	}
	dir := t.TempDir() // as /etc/nats-config
	for _, s := range p.Volumes[0].Projected.Sources {
		files := map[string]string{}
		if s.ConfigMap != nil {
			maps.Copy(files, o.configMaps[s.ConfigMap.Name].Data)
		} else {
			for n, b := range o.secrets[s.Secret.Name].Data {
				files[n] = string(b)
			}
		}
		for name, text := range files {
			mustDo(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
		}
	}
	if c.Env[0].Name != "SERVER_NAME" || c.Env[0].ValueFrom.FieldRef.FieldPath != "metadata.name" {
		t.Errorf("the name of a node is %+v", c.Env[0])
	}
	wantBelow(t, "nats", c.Env[1].Value, c.Resources.Limits.Memory().Value())
	t.Setenv("SERVER_NAME", "nats-0")
	if c.Args[0] != "--config" || filepath.Dir(c.Args[1]) != c.VolumeMounts[0].MountPath {
		t.Fatalf("arguments %v", c.Args)
	}
	conf, err := server.ProcessConfigFile(filepath.Join(dir, filepath.Base(c.Args[1])))
	mustDo(t, err)
	for name, want := range map[string]int{"nats": conf.Port, "cluster": conf.Cluster.Port, "monitor": conf.HTTPPort} {
		if got := portOf(t, c, intstr.FromString(name)); int(got) != want {
			t.Errorf("port %s is %d, the server's %d", name, got, want)
		}
	}
	for _, probe := range []*core.Probe{c.StartupProbe, c.LivenessProbe, c.ReadinessProbe} {
		if portOf(t, c, probe.HTTPGet.Port) != int32(conf.HTTPPort) || !strings.HasPrefix(probe.HTTPGet.Path, "/healthz") {
			t.Errorf("probe %+v", probe.HTTPGet)
		}
	}
	claim := only(t, map[string]*core.PersistentVolumeClaim{"": &set.Spec.VolumeClaimTemplates[0]}, "claims")
	kept := slices.ContainsFunc(c.VolumeMounts, func(m core.VolumeMount) bool { return m.Name == claim.Name && m.MountPath == conf.StoreDir })
	if !kept || *claim.Spec.StorageClassName != "fast" || claim.Spec.Resources.Requests.Storage().String() != "100Gi" {
		t.Errorf("the store at %s is kept on %+v", conf.StoreDir, claim.Spec)
	}
	if int(*set.Spec.Replicas) != len(conf.Routes) {
		t.Errorf("%d nodes, %d routes", *set.Spec.Replicas, len(conf.Routes))
	}
	for i, r := range conf.Routes {
		if want := fmt.Sprintf("%s-%d.%s:%d", set.Name, i, set.Spec.ServiceName, conf.Cluster.Port); r.Host != want {
			t.Errorf("route to %s, want %s", r.Host, want)
		}
	}
	if s := o.services[set.Spec.ServiceName]; s == nil || s.Spec.ClusterIP != core.ClusterIPNone || !s.Spec.PublishNotReadyAddresses ||
		!labels.SelectorFromSet(s.Spec.Selector).Matches(labels.Set(set.Spec.Template.Labels)) {
		t.Errorf("nodes do not find each other: %+v", s)
	}
	pidFile := c.Args[slices.Index(c.Args, "--pid")+1]
	if end := c.Lifecycle.PreStop.Exec.Command; !slices.Equal(end, []string{"nats-server", "-sl=ldm=" + pidFile}) {
		t.Errorf("ends by %v", end)
	}
	if grace := time.Duration(*p.TerminationGracePeriodSeconds) * time.Second; grace < conf.LameDuckDuration+conf.LameDuckGracePeriod {
		t.Errorf("has %v to hand over its leaders", grace)
	}
	apart := p.Affinity.PodAntiAffinity.RequiredDuringSchedulingIgnoredDuringExecution
	if len(apart) != 1 || apart[0].TopologyKey != core.LabelHostname || !selects(t, apart[0].LabelSelector, set.Spec.Template.Labels) {
		t.Errorf("two nodes may be on one machine: %+v", apart)
	}
}
