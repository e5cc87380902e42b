package app

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/demosite/land"
	"github.com/kreispresse/kreispresse/crawler/discover/probe"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// verdictOf says what is wrong with what was found of a site, "" when a person would have found the same.
func verdictOf(t *testing.T, l *land.Land, s *land.Site, f *probe.Finding) string {
	t.Helper()
	want := map[string]string{land.Found: probe.Found}[s.Truth]
	if want == "" {
		want = s.Truth
	}
	if f.State != want {
		return fmt.Sprintf("%s (%s), want %s", f.State, f.Reason, want)
	}
	if !f.OK() {
		return ""
	}
	listed, err := dryRun(t, l, f, s)
	if err != nil {
		return err.Error()
	}
	missing, wrong := missingFrom(s.Releases, listed), missingFrom(listed, s.Releases)
	if s.Truth == land.Found && s.Whole() && len(missing) > 0 || len(missingFrom(s.Latest, listed)) > 0 && s.Truth == land.Found {
		return fmt.Sprintf("%d of %d releases are not found, e.g. %s", len(missing), len(s.Releases), missing[0])
	}
	if len(listed) < 5 {
		return fmt.Sprintf("only %d pages", len(listed))
	}
	if len(wrong) > 0 {
		return fmt.Sprintf("%d of %d are no releases, e.g. %s", len(wrong), len(listed), wrong[0])
	}
	for _, x := range f.Samples {
		if x.Error != "" || x.Published == "" {
			return fmt.Sprintf("sample %s: %q %q", x.URL, x.Published, x.Error)
		}
	}
	return ""
}

// dryRun gives the pages that the source would crawl.
func dryRun(t *testing.T, l *land.Land, f *probe.Finding, s *land.Site) (urls []string, err error) {
	text := f.YAML(probe.Identity{ID: s.ID, Name: s.Name, State: "NW"}) + "allow_private: true\npace: 0s\n"
	src, err := source.Parse(s.ID+".yaml", []byte(text))
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, text)
	}
	c := crawler.New(&tray{}, &tray{}, crawler.Config{Dial: l.Dial})
	sum, err := c.Crawl(t.Context(), src, crawler.Options{DryRun: true, Listed: func(x crawler.Listed) { urls = append(urls, x.URL) }})
	if err == nil && sum.Failed() {
		err = sum.Err()
	}
	return urls, err
}

// missingFrom are the addresses of want that are not in got.
func missingFrom(want, got []string) (missing []string) {
	have := map[string]bool{}
	for _, u := range got {
		c, _ := schemas.CanonicalURL(u)
		have[strings.Replace(c, "://www.", "://", 1)] = true
	}
	for _, u := range want {
		if c, _ := schemas.CanonicalURL(u); !have[strings.Replace(c, "://www.", "://", 1)] {
			missing = append(missing, c)
		}
	}
	return missing
}

// TestDiscoverTheLand looks for the press pages of 40 authorities from their home pages alone.
func TestDiscoverTheLand(t *testing.T) {
	l := land.New()
	if err := l.Serve(t.Context()); err != nil {
		t.Fatal(err)
	}
	only := os.Getenv("LAND_SITE")
	var mu sync.Mutex
	found, reasons, wrong, requests, most := 0, 0, []string{}, 0, 0
	var g errgroup.Group
	g.SetLimit(4)
	for _, s := range l.Sites {
		if only != "" && s.ID != only {
			continue
		}
		g.Go(func() error {
			c := crawler.New(&tray{}, &tray{}, crawler.Config{Dial: l.Dial})
			e := c.Explore(crawler.ExploreOptions{AllowPrivate: true})
			defer e.Close()
			berlin, _ := time.LoadLocation("Europe/Berlin")
			f, err := probe.Probe(t.Context(), s.Home, e, probe.Options{Now: land.Now, Zone: berlin, Read: parser.Parse})
			if err != nil {
				return err
			}
			v := verdictOf(t, l, s, f)
			mu.Lock()
			defer mu.Unlock()
			requests += f.Requests
			most = max(most, f.Requests)
			switch {
			case v != "":
				wrong = append(wrong, s.ID)
				t.Logf("%s (%s %s): %s, %d requests", s.ID, s.Family, s.Truth, v, f.Requests)
			case f.OK():
				found++
			default:
				reasons++
			}
			if only != "" || os.Getenv("LAND_ALL") != "" {
				t.Logf("%s\n%+v", f.YAML(probe.Identity{ID: s.ID, Name: s.Name, State: "NW"}), f.Visited)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(wrong)
	mean := float64(requests) / float64(len(l.Sites))
	t.Logf("found %d · right reason %d · wrong %d %v · requests: %.1f a site, at most %d", found, reasons, len(wrong), wrong, mean, most)
	if only == "" && (len(wrong) > 0 || most > crawler.DefaultExploration) {
		t.Errorf("what a person would find was found on %d of %d sites", found+reasons, len(l.Sites))
	}
}
