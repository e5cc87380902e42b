package deploy

import (
	"slices"
	"testing"

	core "k8s.io/api/core/v1"
	network "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func selects(t *testing.T, s *meta.LabelSelector, of map[string]string) bool {
	t.Helper()
	sel, err := meta.LabelSelectorAsSelector(s)
	mustDo(t, err)
	return sel.Matches(labels.Set(of))
}

// TestBudgetsAndSelectors: budgets, services and controllers mean the pods that they are made for, and no others.
func TestBudgetsAndSelectors(t *testing.T) {
	o := built(t)
	for _, p := range o.pods() {
		if b := o.budgets[p.name]; b != nil {
			for _, other := range o.pods() {
				if selects(t, b.Spec.Selector, other.labels) != (other.name == p.name) {
					t.Errorf("the budget of %s and the pods of %s", p.name, other.name)
				}
			}
			if b.Spec.MaxUnavailable == nil || b.Spec.MaxUnavailable.IntValue() != 1 {
				t.Errorf("of %s more than one may be away", p.name)
			}
		} else if p.name != "kreispresse-backup" {
			t.Errorf("%s has no budget", p.name)
		}
		if d := o.deploys[p.name]; d != nil && !selects(t, d.Spec.Selector, p.labels) {
			t.Errorf("%s does not select its own pods", p.name)
		}
		if s := o.sets[p.name]; s != nil && !selects(t, s.Spec.Selector, p.labels) {
			t.Errorf("%s does not select its own pods", p.name)
		}
	}
	for name, s := range o.services {
		var meant []pod
		for _, p := range o.pods() {
			if labels.SelectorFromSet(s.Spec.Selector).Matches(labels.Set(p.labels)) {
				meant = append(meant, p)
			}
		}
		if len(meant) != 1 {
			t.Fatalf("service %s means %d kinds of pods", name, len(meant))
		}
		for _, port := range s.Spec.Ports {
			if got := portOf(t, meant[0].spec.Containers[0], port.TargetPort); got != port.Port {
				t.Errorf("service %s: port %d leads to %d", name, port.Port, got)
			}
		}
	}
}

// allowed reports whether the policies let one pod reach a port of another.
func (o *objects) allowed(t *testing.T, from, to pod, port string) bool {
	t.Helper()
	number := intstr.FromInt32(portOf(t, to.spec.Containers[0], intstr.FromString(port)))
	match := func(peers []network.NetworkPolicyPeer, ports []network.NetworkPolicyPort, of map[string]string) bool {
		return slices.ContainsFunc(peers, func(p network.NetworkPolicyPeer) bool {
			return p.PodSelector != nil && p.NamespaceSelector == nil && selects(t, p.PodSelector, of)
		}) && slices.ContainsFunc(ports, func(p network.NetworkPolicyPort) bool { return p.Port.StrVal == port || *p.Port == number })
	}
	out, in := false, false
	for _, p := range o.policies {
		if selects(t, &p.Spec.PodSelector, from.labels) {
			for _, r := range p.Spec.Egress {
				out = out || match(r.To, r.Ports, to.labels)
			}
		}
		if selects(t, &p.Spec.PodSelector, to.labels) {
			for _, r := range p.Spec.Ingress {
				in = in || match(r.From, r.Ports, from.labels)
			}
		}
	}
	return out && in
}

// TestNetworkPolicies: the pods reach what they need and nothing else.
func TestNetworkPolicies(t *testing.T) {
	o := built(t)
	pods := map[string]pod{}
	for _, p := range o.pods() {
		pods[p.name] = p
	}
	for _, c := range []struct {
		from, to, port string
		want           bool
	}{
		{"nats", "nats", "cluster", true},
		{"kreispresse", "nats", "nats", true},
		{"kreispresse-backup", "nats", "nats", true},
		{"nats", "nats", "monitor", false},
		{"kreispresse", "nats", "cluster", false},
		{"kreispresse", "nats", "monitor", false},
		{"kreispresse-backup", "nats", "cluster", false},
		{"nats", "kreispresse", "http", false},
		{"kreispresse", "kreispresse", "http", false},
	} {
		if got := o.allowed(t, pods[c.from], pods[c.to], c.port); got != c.want {
			t.Errorf("%s to %s, port %s: %v, want %v", c.from, c.to, c.port, got, c.want)
		}
	}
	nothing := o.policies["nothing"].Spec
	said := len(nothing.PodSelector.MatchLabels) + len(nothing.PodSelector.MatchExpressions) + len(nothing.Ingress) + len(nothing.Egress)
	if said != 0 || len(nothing.PolicyTypes) != 2 {
		t.Errorf("what is not named is allowed: %+v", nothing)
	}
	for name, p := range o.policies {
		if len(p.Spec.PolicyTypes) != 2 {
			t.Errorf("%s is open on one side", name)
		}
		outside := 0
		for _, r := range p.Spec.Egress {
			for _, to := range r.To {
				if to.IPBlock == nil {
					continue
				}
				if outside++; len(to.IPBlock.Except) == 0 {
					t.Errorf("%s may reach private networks", name)
				}
			}
		}
		if (outside > 0) != (name == "kreispresse") {
			t.Errorf("%s: the internet %d times", name, outside)
		}
	}
	for _, p := range pods { // names of nodes and sites are looked up
		if !slices.ContainsFunc(o.policies[p.name].Spec.Egress, func(r network.NetworkPolicyEgressRule) bool {
			return slices.ContainsFunc(r.Ports, func(x network.NetworkPolicyPort) bool {
				return x.Port.IntValue() == 53 && x.Protocol != nil && *x.Protocol == core.ProtocolUDP
			})
		}) {
			t.Errorf("%s cannot look up names", p.name)
		}
	}
}
