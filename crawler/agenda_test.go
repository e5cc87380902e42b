package crawler

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// What dueFrom says is what needOf will say, at every moment before and at that moment, for pages and intervals of all kinds.
func TestDueFrom(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 7, 10, 12, 0, 0, 0, time.UTC)
	upTo := func(d time.Duration) time.Duration { return time.Duration(rnd.Int64N(int64(d))) }
	seldom := func() bool { return rnd.IntN(12) == 0 }
	never := 0
	for i := range 20_000 {
		page := fmt.Sprintf("page%d", i)
		ages := []time.Duration{day, 9 * day, 80 * day, 500 * day}
		first := now.Add(-upTo(ages[rnd.IntN(4)]))
		st := schemas.PageState{FirstSeen: first, LastChecked: now.Add(-upTo(ages[rnd.IntN(4)])), Gone: seldom(), Erased: seldom()}
		if rnd.IntN(2) == 0 {
			st.Hints.Published = now.Add(2*day - upTo(ages[rnd.IntN(4)])).Format(time.DateOnly)
		}
		if seldom() {
			st.Failures = 1
		}
		if seldom() {
			st.LastChecked = now.Add(upTo(day))
		}
		p := source.Defaults().Recheck
		if rnd.IntN(3) == 0 { // intervals that grow shorter, too
			p.Day, p.Week, p.Season, p.Year, p.Older = upTo(2*day), upTo(9*day), upTo(99*day), upTo(99*day), upTo(400*day)
		}
		due := func(at time.Time) bool { return !st.Erased && needOf(page, st, nil, at, zone, p) != notDue }
		at := dueFrom(page, st, now, zone, p)
		span := 3 * 365 * day
		if at.IsZero() {
			never++
		} else {
			span = at.Sub(now)
			if !due(at) {
				t.Fatalf("%+v is not due at %v, by %+v", st, at, p)
			}
		}
		for range 20 {
			if span > 0 && due(now.Add(upTo(span))) || span > 0 && due(now.Add(span-1)) {
				t.Fatalf("%+v is due before %v, by %+v", st, at, p)
			}
		}
	}
	if never == 0 || never > 10_000 {
		t.Errorf("%d of 20000 are never due", never)
	}
}

// knownPages are visits of one process to a source of many known pages that its feed does not name, looked at some time within their intervals.
func knownPages(t *testing.T, pages int, change func(*source.Source)) (v *visits, overdue func() []string) {
	s := newSite(t)
	v = newVisits(t, s.source(t, func(src *source.Source) {
		src.Start.Listings, src.Start.Feeds = nil, []string{"/rss"}
		change(src)
	}))
	v.one = New(v.m, v.m, Config{Memory: v.mem, Hosts: v.hosts})
	feed := `<rss version="2.0"><channel><item><title>Alte Meldung</title><link>` + s.URL + `/presse/m/0.php</link></item></channel></rss>`
	s.on("/rss", tagged(`"rss"`, "application/rss+xml", feed))
	zone := v.src.Plan().Zone
	for i := range pages {
		path, old := fmt.Sprintf("/presse/m/%d.php", i), 26*time.Hour+time.Duration(i)*12*time.Hour
		s.on(path, tagged(`"same"`, "text/html", release("Meldung")))
		st := schemas.PageState{
			URL: s.URL + path, ETag: `"same"`, BodyHash: "x", FirstSeen: v.at.Add(-old), RawSequence: 1,
			Hints: schemas.Hints{Title: "Meldung", Published: v.at.Add(-old).Format(time.DateOnly), PublishedBy: "listing", DiscoveredBy: "listing"},
		}
		page := schemas.PageID(v.src.ID, st.URL)
		st.LastChecked = v.at.Add(-time.Duration(float64(jittered(page, intervalOf(old, v.src.Recheck))) * float64(i*7919%1000) / 1000))
		if _, err := v.m.Put(t.Context(), v.src.ID, page, st, 0); err != nil {
			t.Fatal(err)
		}
	}
	return v, func() (due []string) {
		for key, st := range v.m.states {
			if _, page, _ := strings.Cut(key, "."); needOf(page, st, nil, v.at, zone, v.src.Recheck) != notDue {
				due = append(due, st.URL)
			}
		}
		return due
	}
}

// One process that keeps crawling asks for every page when its time has come, and reads no states to know it but those that were written.
func TestAgenda(t *testing.T) {
	const pages = 2100
	v, overdue := knownPages(t, pages, func(*source.Source) {})
	for range pages/stride + 1 { // the pass
		v.crawl(12*time.Minute, Options{})
	}
	read, written := v.m.read, len(v.m.log)
	if read < pages {
		t.Fatalf("the pass has read %d states of %d", read, pages)
	}
	asked := 0
	for i := range 100 { // not yet a day
		asked += v.crawl(12*time.Minute, Options{}).Counts[OutcomeUnchanged]
		if due := overdue(); len(due) > 0 {
			t.Fatalf("crawl %d: %d pages are due and were not asked for, such as %s", i, len(due), due[0])
		}
	}
	if asked < 10 {
		t.Errorf("%d pages were asked for", asked)
	}
	// Two states a crawl are looked at in any case: whether there is one at all, and the newest that were written, in the next crawl.
	if more, most := v.m.read-read, 100+len(v.m.log)-written+2*window; more > most {
		t.Errorf("%d states were read, at most %d had to be", more, most)
	}
	for range 8 { // and over months, pass after pass
		v.at = v.at.Add(9 * day)
		for range 2*pages/stride + 4 {
			v.crawl(31*time.Minute, Options{})
		}
		if due := overdue(); len(due) > 0 {
			t.Fatalf("at %v %d pages are due and were not asked for, such as %s", v.at, len(due), due[0])
		}
	}
}

// What others write, a configuration that is another, and a clock that goes back are noticed.
func TestAgendaFollows(t *testing.T) {
	const pages = 300
	v, overdue := knownPages(t, pages, func(*source.Source) {})
	settle := func(what string) {
		t.Helper()
		for range 2*pages/stride + 4 {
			v.crawl(31*time.Minute, Options{})
		}
		if due := overdue(); len(due) > 0 {
			t.Errorf("%s: %d pages are due and were not asked for, such as %s", what, len(due), due[0])
		}
	}
	settle("at first")
	var page string
	for key, st := range v.m.states {
		if strings.HasSuffix(st.URL, "/77.php") {
			_, page, _ = strings.Cut(key, ".")
		}
	}
	st, rev, err := v.m.Get(t.Context(), v.src.ID, page)
	if err != nil {
		t.Fatal(err)
	}
	before := st.LastChecked
	st.Failures = 1
	if _, err := v.m.Put(t.Context(), v.src.ID, page, st, rev); err != nil {
		t.Fatal(err)
	}
	v.crawl(12*time.Minute, Options{})
	if st, _, _ = v.m.Get(t.Context(), v.src.ID, page); !st.LastChecked.After(before) {
		t.Error("a page that somebody else brought into doubt is not looked at in the next crawl")
	}
	v.src.Recheck.Older, v.src.Recheck.Year = 20*day, 5*day
	if len(overdue()) == 0 {
		t.Fatal("nothing is due by other intervals")
	}
	settle("by other intervals")
	v.at = v.at.Add(-3 * time.Hour)
	if len(overdue()) == 0 {
		t.Fatal("nothing is due by a clock that was set back")
	}
	settle("by a clock that was set back")
	other := New(v.m, v.m, Config{Memory: v.mem, Hosts: v.hosts})
	v.one, other = other, v.one
	settle("by another process")
	v.at = v.at.Add(2 * day)
	v.one = other
	settle("by the first process again")
}

// A process that crawls once goes on where the last one ended.
func TestSweepGoesOn(t *testing.T) {
	const pages = 900
	v, overdue := knownPages(t, pages, func(*source.Source) {})
	v.one, v.at = nil, v.at.Add(5*day)
	if len(overdue()) == 0 {
		t.Fatal("nothing is due")
	}
	for range pages/window + 2 {
		v.crawl(time.Second, Options{})
	}
	if due := overdue(); len(due) > 0 {
		t.Errorf("%d pages are due and were not asked for, such as %s", len(due), due[0])
	}
}

// When all states are gone nothing of an agenda is left either.
func TestAgendaOfLostPages(t *testing.T) {
	v, _ := knownPages(t, 300, func(*source.Source) {})
	for range 4 {
		v.crawl(12*time.Minute, Options{})
	}
	clear(v.m.states)
	clear(v.m.revs)
	clear(v.m.written)
	if sum := v.crawl(12*time.Minute, Options{}); sum.Counts[OutcomeNew] != 1 {
		t.Errorf("the page of the feed is not found again: %v", sum.Counts)
	}
}

// An agenda keeps the soonest and knows until when that is enough.
func TestAgendaIsBounded(t *testing.T) {
	now := time.Date(2025, 7, 10, 12, 0, 0, 0, time.UTC)
	a := startAgenda(nil, "rule", now, 8*minAgenda)
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, i := range rnd.Perm(5000) {
		a.enter(fmt.Sprintf("page%d", i), now.Add(time.Duration(i)*time.Minute))
		if len(a.at) > 2*minAgenda {
			t.Fatalf("it has %d pages", len(a.at))
		}
	}
	a.whole = true
	n := len(a.at)
	if n < minAgenda || !a.until.Equal(now.Add(time.Duration(n)*time.Minute)) {
		t.Fatalf("it has %d pages until %v", n, a.until.Sub(now))
	}
	if got := a.due(now.Add(time.Duration(n-1)*time.Minute), 5000); len(got) != n || got[0] != "page0" || got[n-1] != fmt.Sprintf("page%d", n-1) {
		t.Errorf("%d of %d are due: %v", len(got), n, got)
	}
	if got := a.due(now.Add(time.Hour), 3); len(got) != 3 || got[2] != "page2" {
		t.Errorf("three of them: %v", got)
	}
	if !a.holds("rule", a.until.Add(-1)) || a.holds("rule", a.until) || a.holds("other", now) || a.holds("rule", now.Add(-1)) {
		t.Error("it does not hold as long as what it has")
	}
	if a.until = (time.Time{}); !a.holds("rule", now.Add(day-1)) || a.holds("rule", now.Add(day)) {
		t.Error("it does not hold for a day")
	}
}
