package crawler

import (
	"net/http"
	"testing"
)

// A stub is the redirect that it is to a reader: its target has its turn if it is a page of the source, and the stub is no release.
func TestCrawlFollowsStubs(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.list("/presse/", "", "/presse/m/1.php", "/presse/m/2.php", "/presse/m/3.php")
	s.html("/presse/m/1.php", `<title>Weiterleitung</title><meta http-equiv="refresh" content="0; url=/presse/m/neu.php"><p>Sie werden weitergeleitet.</p>`)
	s.html("/presse/m/neu.php", release("Neuer Ort"))
	s.html("/presse/m/2.php", `<title>Weiterleitung</title><meta http-equiv="refresh" content="0; url=/startseite">`)
	s.html("/presse/m/3.php", release("Bleibt"))
	wantCounts(t, crawl(t, m, s.source(t, nil), Options{}), map[Outcome]int{OutcomeNew: 2, OutcomeMoved: 1, OutcomePolicy: 1})
	for _, snap := range m.snapshots {
		if snap.URL != s.URL+"/presse/m/neu.php" && snap.URL != s.URL+"/presse/m/3.php" {
			t.Errorf("archived %s", snap.URL)
		}
	}
	if s.asked("/startseite") != 0 {
		t.Error("a stub led out of the source")
	}
}

func TestCrawlRespectsNoIndex(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.list("/presse/", "", "/presse/m/1.php", "/presse/m/2.php", "/presse/m/3.php")
	s.html("/presse/m/1.php", `<meta name="robots" content="noindex">`+release("Nicht für alle"))
	s.on("/presse/m/2.php", func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("X-Robots-Tag", "kreispresse: noindex")
		content("text/html", release("Auch nicht"))(w, req)
	})
	s.html("/presse/m/3.php", release("Für alle"))
	src := s.source(t, nil)
	sum := crawl(t, m, src, Options{})
	wantCounts(t, sum, map[Outcome]int{OutcomeNew: 1, OutcomeNoIndex: 2})
	if len(m.snapshots) != 1 || sum.Failed() {
		t.Errorf("%d snapshots, %v", len(m.snapshots), sum.Reasons)
	}
	s.html("/presse/m/3.php", `<meta name="robots" content="none">`+release("Für alle"))
	if sum = crawl(t, m, src, Options{}); !sum.Failed() || sum.Counts[OutcomeNoIndex] != 3 {
		t.Errorf("%v, %v", sum.Counts, sum.Reasons)
	}
}
