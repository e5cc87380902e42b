package crawler

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/crawler/source"
)

// demo serves the demo site and returns its source at that address.
func demo(t *testing.T) (*demosite.Site, *source.Source) {
	t.Helper()
	site := demosite.New()
	base, stop, err := site.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	sources, err := source.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(sources, func(s *source.Source) bool { return s.ID == "kreis-ahrenfels" })
	if i < 0 {
		t.Fatal("the source of the demo site is missing")
	}
	src, err := sources[i].WithBase(base + "/")
	if err != nil {
		t.Fatal(err)
	}
	src.Pace = 0
	return site, src
}

// TestDemoSourceFindsAllByEachWay holds the demo's source and site together: each way of discovery, taken alone, finds every release
// it is meant to find.
func TestDemoSourceFindsAllByEachWay(t *testing.T) {
	site, src := demo(t)
	count := map[demosite.Family]int{}
	for _, r := range site.Releases() {
		count[""]++
		count[r.Family]++
	}
	tests := []struct {
		name  string
		start source.Start
		want  int
	}{
		{"all listing", source.Start{Listings: src.Start.Listings[:1]}, count[""] + 1}, // and the page that robots.txt forbids
		{"typo3 listing", source.Start{Listings: src.Start.Listings[1:2]}, count[demosite.TYPO3]},
		{"plain listing", source.Start{Listings: src.Start.Listings[2:]}, count[demosite.Plain]},
		{"feed", source.Start{Feeds: src.Start.Feeds}, count[""]},
		{"sitemap", source.Start{Sitemaps: src.Start.Sitemaps}, count[""]},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			own := *src
			own.Start = tt.start
			m := newMemory()
			sum, err := New(m, m, Config{}).Crawl(t.Context(), &own, Options{DryRun: true})
			if err != nil {
				t.Fatal(err)
			}
			if sum.Discovered != tt.want || sum.Failed() {
				t.Errorf("%d discovered, want %d: %+v", sum.Discovered, tt.want, sum.Starts)
			}
		})
	}
}

func TestDemoSiteThroughItsLife(t *testing.T) {
	site, src := demo(t)
	n := len(site.Releases())
	m := newMemory()
	c := New(m, m, Config{})
	crawl := func() map[Outcome]int {
		t.Helper()
		sum, err := c.Crawl(t.Context(), src, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if sum.Failed() {
			t.Fatalf("crawl failed: %v", sum.Reasons)
		}
		counts := map[Outcome]int{}
		for k, v := range sum.Counts {
			if v > 0 {
				counts[k] = v
			}
		}
		return counts
	}
	expect := func(step string, want map[Outcome]int) {
		t.Helper()
		if diff := cmp.Diff(want, crawl()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step, diff)
		}
	}
	expect("first crawl", map[Outcome]int{OutcomeNew: n, OutcomeRobots: 1})
	expect("nothing new", map[Outcome]int{OutcomeUnchanged: n, OutcomeRobots: 1})
	if st := site.Stats(); st.NotModified < n/2 || st.Disallowed != 0 {
		t.Errorf("stats %+v, want most pages not modified and none disallowed", st)
	}

	r := site.Releases()
	for _, err := range []error{site.Correct(r[0].ID), site.Cosmetic(r[1].ID), site.Withdraw(r[2].ID)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	expect("three changes", map[Outcome]int{OutcomeUnchanged: n - 3, OutcomeChanged: 2, OutcomeMissing: 1, OutcomeRobots: 1})
	expect("gone twice", map[Outcome]int{OutcomeUnchanged: n - 1, OutcomeMissing: 1, OutcomeRobots: 1})
}
