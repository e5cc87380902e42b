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
	s, m := newSite(t), newMemory()
	paths := s.releases(4)
	s.on(paths[2], func(_ http.ResponseWriter, req *http.Request) { <-req.Context().Done() })
	src := s.source(t, func(src *source.Source) {
		src.Limits.Duration, src.Limits.Timeout = 2*time.Second, time.Minute
	})
	sum := crawl(t, m, src, Options{})
	wantCounts(t, sum, map[Outcome]int{OutcomeNew: 2, OutcomeSkipped: 2})
	if sum.Failed() || sum.Interrupted || len(sum.Notes) != 1 || !strings.Contains(sum.Notes[0], "limits.duration") {
		t.Errorf("%+v", sum)
	}
	src.Limits.Duration = time.Hour
	sum = crawl(t, m, src, Options{Until: time.Now().Add(time.Second)})
	if sum.Failed() || sum.Counts[OutcomeSkipped] == 0 || len(sum.Notes) != 1 || !strings.Contains(sum.Notes[0], "the time for the run") {
		t.Errorf("%+v", sum)
	}
	s.html(paths[2], release("Meldung 3"))
	wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 2, OutcomeNew: 2})
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
