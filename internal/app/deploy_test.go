package app

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/deliver"
	"github.com/kreispresse/kreispresse/internal/notify"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/publisher"
)

var metricName = regexp.MustCompile(`kreispresse_[a-z_]+`)

// TestDeployMetrics holds alert rules, dashboards and the table of docs/operations.md to the metrics that a process has, in both directions
// for the table: an alert on a metric that was renamed never fires.
func TestDeployMetrics(t *testing.T) {
	have := metricNames(t)
	for _, file := range []string{"deploy/prometheus/alerts.yml", "deploy/grafana/kreispresse.json", "docs/operations.md"} {
		text, err := os.ReadFile(filepath.Join(repoRoot, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		used := metricName.FindAllString(string(text), -1)
		if len(used) < 5 {
			t.Errorf("%s: only %d metrics are used", file, len(used))
		}
		for _, name := range used {
			if name = strings.TrimSuffix(name, "_bucket"); !slices.Contains(have, name) {
				t.Errorf("%s: there is no metric %s", file, name)
			}
		}
	}
}

// metricNames are those of a process that has crawled something.
func metricNames(t *testing.T) (names []string) {
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	if _, err := bus.PublishRun(t.Context(), "kreis-musterau", "audit", map[string]string{}); err != nil { // so that a stream has a newest message
		t.Fatal(err)
	}
	reg := prometheus.NewRegistry()
	reg.MustRegister(publisher.NewCollector(bus))
	notify.NewMetrics(reg)
	hook := deliver.Webhook{Name: "a", URL: "https://a.example/", Secret: "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u"}
	if _, err := deliver.New([]deliver.Webhook{hook}, bus, nil, deliver.NewMetrics(reg)); err != nil {
		t.Fatal(err)
	}
	m := schedule.NewMetrics(reg)
	m.Observe(&source.Source{ID: "kreis-musterau", State: "NW"}, schedule.Result{})
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		names = append(names, f.GetName())
	}
	return names
}
