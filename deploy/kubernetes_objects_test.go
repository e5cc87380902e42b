package deploy

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	network "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// objects are what `kubectl apply -k` would send, by name.
type objects struct {
	configMaps map[string]*core.ConfigMap
	secrets    map[string]*core.Secret
	services   map[string]*core.Service
	claims     map[string]*core.PersistentVolumeClaim
	namespaces map[string]*core.Namespace
	sets       map[string]*apps.StatefulSet
	deploys    map[string]*apps.Deployment
	jobs       map[string]*batch.CronJob
	budgets    map[string]*policy.PodDisruptionBudget
	policies   map[string]*network.NetworkPolicy
}

// decode reads an object strictly: a key that its type does not have, or has twice, is an error.
func decode[T any](list *map[string]*T, name string, text []byte) error {
	var x T
	if err := yaml.UnmarshalStrict(text, &x); err != nil {
		return err
	}
	if *list == nil {
		*list = make(map[string]*T)
	}
	(*list)[name] = &x
	return nil
}

func (o *objects) add(kind, name string, text []byte) error {
	switch kind {
	case "v1 ConfigMap":
		return decode(&o.configMaps, name, text)
	case "v1 Secret":
		return decode(&o.secrets, name, text)
	case "v1 Service":
		return decode(&o.services, name, text)
	case "v1 PersistentVolumeClaim":
		return decode(&o.claims, name, text)
	case "v1 Namespace":
		return decode(&o.namespaces, name, text)
	case "apps/v1 StatefulSet":
		return decode(&o.sets, name, text)
	case "apps/v1 Deployment":
		return decode(&o.deploys, name, text)
	case "batch/v1 CronJob":
		return decode(&o.jobs, name, text)
	case "policy/v1 PodDisruptionBudget":
		return decode(&o.budgets, name, text)
	case "networking.k8s.io/v1 NetworkPolicy":
		return decode(&o.policies, name, text)
	}
	return errUnknown(kind)
}

type errUnknown string

func (e errUnknown) Error() string { return "no test knows " + string(e) }

// pod is a pod that some object makes.
type pod struct {
	name   string
	labels map[string]string
	spec   core.PodSpec
}

func (o *objects) pods() (list []pod) {
	for n, x := range o.sets {
		list = append(list, pod{n, x.Spec.Template.Labels, x.Spec.Template.Spec})
	}
	for n, x := range o.deploys {
		list = append(list, pod{n, x.Spec.Template.Labels, x.Spec.Template.Spec})
	}
	for n, x := range o.jobs {
		list = append(list, pod{n, x.Spec.JobTemplate.Spec.Template.Labels, x.Spec.JobTemplate.Spec.Template.Spec})
	}
	return list
}

// installation is a copy of the manifests with secrets, in which texts may be changed.
func installation(t *testing.T, oldnew ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range []string{"nats", "kubernetes"} {
		mustDo(t, filepath.WalkDir(part, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(path)), 0o755); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, path), []byte(strings.NewReplacer(oldnew...).Replace(string(text))), 0o644)
		}))
	}
	example := filepath.Join(dir, "kubernetes", "example")
	if out, err := exec.Command("sh", "secrets.sh", filepath.Join(example, "secrets"), "nats-headless").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return example
}

// kustomize is `kubectl kustomize`.
func kustomize(dir string) (*objects, error) {
	res, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), dir)
	if err != nil {
		return nil, err
	}
	o := &objects{}
	for _, r := range res.Resources() {
		text, err := r.AsYAML()
		if err != nil {
			return nil, err
		}
		if err := o.add(r.GetApiVersion()+" "+r.GetKind(), r.GetName(), text); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func built(t *testing.T) *objects {
	t.Helper()
	o, err := kustomize(installation(t))
	mustDo(t, err)
	return o
}

// only gives the one element of a map.
func only[T any](t *testing.T, m map[string]*T, what string) *T {
	t.Helper()
	if len(m) != 1 {
		t.Fatalf("%d of %s, want one", len(m), what)
	}
	for _, x := range m {
		return x
	}
	return nil
}
