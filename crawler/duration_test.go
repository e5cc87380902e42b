package crawler

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// A source whose pages hang ends when its time is up, with what it has, and the next crawl goes on.
func TestCrawlEndsWhenItsTimeIsUp(t *testing.T) {
	inTime(t, func(t *testing.T, s *site) {
		m, config := newMemory(), Config{Dial: s.dial}
		paths := s.releases(4)
		s.on(paths[2], func(_ http.ResponseWriter, req *http.Request) { <-req.Context().Done() })
		src := s.source(t, func(src *source.Source) { src.Limits.Duration, src.Limits.Timeout = 2*time.Minute, 10*time.Minute })
		began := time.Now()
		sum := crawlBy(t, m, src, config, Options{})
		wantCounts(t, sum, map[Outcome]int{OutcomeNew: 2, OutcomeSkipped: 2})
		if sum.Failed() || sum.Interrupted || len(sum.Notes) != 1 || !strings.Contains(sum.Notes[0], "limits.duration") || time.Since(began) != 2*time.Minute {
			t.Errorf("after %v: %+v", time.Since(began), sum)
		}
		src.Limits.Duration = time.Hour
		sum = crawlBy(t, m, src, config, Options{Until: time.Now().Add(time.Second)})
		wantCounts(t, sum, map[Outcome]int{OutcomeSkipped: 4}) // what is new comes first, and hangs
		if sum.Failed() || len(sum.Notes) != 1 || !strings.Contains(sum.Notes[0], "the time for the run") {
			t.Errorf("%+v", sum)
		}
		s.html(paths[2], release("Meldung 3"))
		wantCounts(t, crawlBy(t, m, src, config, Options{}), map[Outcome]int{OutcomeUnchanged: 2, OutcomeNew: 2})
	})
}

func TestSummaryTellsOfAnOddRobotsTxt(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.releases(2)
	s.html("/robots.txt", "<html><title>Seite nicht gefunden</title></html>")
	sum := crawl(t, m, s.source(t, nil), Options{})
	if len(sum.Notes) != 1 || !strings.Contains(sum.Notes[0], "robots.txt is a page of HTML") || sum.Counts[OutcomeNew] != 2 {
		t.Errorf("%+v", sum)
	}
}
