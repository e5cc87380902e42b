package crawler

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// visits crawls a source again and again with one Memory, at a clock of its own.
type visits struct {
	t     *testing.T
	m     *memory
	mem   Memory
	hosts polite.Memory
	src   *source.Source
	at    time.Time
	one   *Crawler // crawls each time; nil: a new one, as in a new process
}

func newVisits(t *testing.T, src *source.Source) *visits {
	return &visits{t: t, m: newMemory(), mem: newForgetful(), hosts: polite.NewMemory(), src: src, at: time.Date(2025, 7, 10, 8, 0, 0, 0, time.UTC)}
}

// crawl crawls after some time has passed.
func (v *visits) crawl(after time.Duration, opt Options) Summary {
	v.t.Helper()
	v.at = v.at.Add(after)
	opt.Now = func() time.Time { return v.at }
	c := v.one
	if c == nil {
		c = New(v.m, v.m, Config{Memory: v.mem, Hosts: v.hosts})
	}
	sum, err := c.Crawl(v.t.Context(), v.src, opt)
	if err != nil {
		v.t.Fatal(err)
	}
	return sum
}

// tagged answers with a validator, and with 304 to whoever has it.
func tagged(etag, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("ETag", etag)
		if req.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		content(contentType, body)(w, req)
	}
}

func item(path, title, date string) string {
	return fmt.Sprintf(`<li class=m>%s <a href="%s">%s</a></li>`, date, path, title)
}

func TestKnownPagesAreAskedByTheirAge(t *testing.T) {
	s := newSite(t)
	paths := s.releases(4)
	list := func(title string) {
		s.html("/presse/", item(paths[0], "Heute", "10.07.2025")+item(paths[1], title, "07.07.2025")+
			item(paths[2], "Alt", "01.02.2023")+item(paths[3], "Ohne Datum", ""))
	}
	list("Diese Woche")
	v := newVisits(t, s.source(t, nil))
	wantCounts(t, v.crawl(0, Options{}), map[Outcome]int{OutcomeNew: 4})
	asked := func(after time.Duration, opt Options) (which string) {
		t.Helper()
		s.reset()
		sum := v.crawl(after, opt)
		for i, p := range paths {
			which += strings.Repeat(fmt.Sprint(i), s.asked(p))
		}
		if n := sum.Counts[OutcomeNotDue]; n != len(paths)-len(which) || sum.Failed() {
			t.Errorf("%d not due, asked for %s, %v", n, which, sum.Reasons)
		}
		return which
	}
	for _, c := range []struct {
		after time.Duration
		opt   Options
		title string
		want  string
	}{
		{time.Hour, Options{}, "", "0123"},      // all were first seen today
		{13 * time.Hour, Options{}, "", "0123"}, // still
		{11 * time.Hour, Options{}, "", ""},     // a day later
		{30 * time.Hour, Options{}, "", "0123"}, // a day later again
		{time.Hour, Options{}, "", ""},
		{time.Hour, Options{}, "Berichtigt: diese Woche", "1"},
		{time.Hour, Options{}, "", ""},
		{time.Hour, Options{All: true}, "", "0123"},
		{30 * time.Hour, Options{}, "", "0123"},
		{300 * day, Options{}, "", "0123"},
	} {
		if c.title != "" {
			list(c.title)
		}
		if got := asked(c.after, c.opt); got != c.want {
			t.Errorf("%v later, at %v: asked for %q, want %q", c.after, v.at, got, c.want)
		}
	}
	v.src = s.source(t, func(src *source.Source) { src.Recheck.Always = true })
	if got := asked(time.Minute, Options{}); got != "0123" {
		t.Errorf("always: asked for %q", got)
	}
}

// A page that leaves the list is looked at all the same: that is how a deletion is seen.
func TestUnlistedPagesAreLookedAt(t *testing.T) {
	s := newSite(t)
	paths := s.releases(3)
	v := newVisits(t, s.source(t, nil))
	v.crawl(0, Options{})
	s.on(paths[2], status(404))
	s.list("/presse/", "", paths[0])
	if sum := v.crawl(time.Hour, Options{}); sum.Rechecked != 2 || sum.Counts[OutcomeMissing] != 1 {
		t.Errorf("rechecked %d, %v", sum.Rechecked, sum.Counts)
	}
	s.reset()
	v.crawl(30*time.Hour, Options{}) // what is missing is asked for until it is settled
	v.crawl(time.Hour, Options{})
	if s.asked(paths[2]) != 2 {
		t.Errorf("asked %v", s.paths())
	}
	v.src = s.source(t, func(src *source.Source) { src.Refuse = []string{`/[23]\.php$`} })
	s.reset()
	if v.crawl(time.Hour, Options{All: true}); s.asked(paths[1])+s.asked(paths[2]) != 0 {
		t.Errorf("asked for what the source does not accept: %v", s.paths())
	}
	v.src = s.source(t, nil)
	s.reset()
	doubt := map[string]bool{schemas.PageID(v.src.ID, s.URL+paths[1]): true}
	if v.crawl(time.Hour, Options{Doubt: doubt}); s.asked(paths[1]) != 1 {
		t.Errorf("did not ask for what is doubted: %v", s.paths())
	}
}

func TestFirstSeenTodayIsBounded(t *testing.T) {
	s := newSite(t)
	paths := s.releases(9)
	var b strings.Builder
	for _, p := range paths {
		b.WriteString(item(p, "Alt", "01.02.2020"))
	}
	s.html("/presse/", b.String())
	v := newVisits(t, s.source(t, func(src *source.Source) { src.Recheck.Fresh = 3 }))
	v.crawl(0, Options{})
	s.reset()
	for range 3 { // the least recently looked at first: each of them once
		if sum := v.crawl(time.Hour, Options{}); sum.Counts[OutcomeUnchanged] != 3 || sum.Counts[OutcomeNotDue] != 6 {
			t.Errorf("%v", sum.Counts)
		}
	}
	for _, p := range paths {
		if s.asked(p) != 1 {
			t.Errorf("%s: asked %d times", p, s.asked(p))
		}
	}
}

func TestListsAreAskedConditionally(t *testing.T) {
	rss := func(paths ...string) string {
		items := apply(paths, func(p string) string { return "<item><title>x</title><link>" + p + "</link></item>" })
		return `<rss version="2.0"><channel>` + strings.Join(items, "") + `</channel></rss>`
	}
	sitemap := func(paths ...string) string {
		return "<urlset>" + strings.Join(apply(paths, func(p string) string { return "<url><loc>" + p + "</loc></url>" }), "") + "</urlset>"
	}
	list := func(paths ...string) string {
		return strings.Join(apply(paths, func(p string) string { return item(p, "x", "01.02.2020") }), "")
	}
	for kind, c := range map[string]struct {
		start source.Start
		body  func(...string) string
	}{
		"feed": {source.Start{Feeds: []string{"/x"}}, rss}, "sitemap": {source.Start{Sitemaps: []string{"/x"}}, sitemap},
		"listing": {source.Start{Listings: []source.Listing{{URL: "/x", Item: "li.m"}}}, list},
		"index":   {source.Start{Sitemaps: []string{"/index"}}, sitemap},
	} {
		t.Run(kind, func(t *testing.T) {
			s := newSite(t)
			p := s.releases(3)
			s.on("/index", tagged(`"i"`, "text/xml", "<sitemapindex><sitemap><loc>/x</loc></sitemap></sitemapindex>"))
			s.on("/x", tagged(`"1"`, "text/html", c.body(p[:2]...)))
			if kind != "listing" {
				s.on("/x", tagged(`"1"`, "text/xml", c.body(p[:2]...)))
			}
			s.on(p[1], status(500)) // found, and not settled: a list that is not read again must not hide it
			v := newVisits(t, s.source(t, func(src *source.Source) { src.Start, src.Recheck.Fresh = c.start, 0 }))
			wantCounts(t, v.crawl(0, Options{}), map[Outcome]int{OutcomeNew: 1, OutcomeFailed: 1})
			s.html(p[1], release("Meldung 2"))
			sum := v.crawl(time.Hour, Options{})
			if h := sum.Starts[0]; !h.Unchanged || h.Items != 2 || h.Pages == 0 || sum.Discovered != 2 || sum.Counts[OutcomeNew] != 1 || sum.Failed() {
				t.Errorf("%+v, %v, %v", h, sum.Counts, sum.Reasons)
			}
			sum = v.crawl(time.Hour, Options{})
			if sum.Discovered != 2 || sum.Failed() || len(s.paths()) == 0 {
				t.Errorf("%+v", sum)
			}
			s.on("/x", tagged(`"2"`, "text/xml", c.body(p...)))
			if kind == "listing" {
				s.on("/x", tagged(`"2"`, "text/html", c.body(p...)))
			}
			if sum = v.crawl(time.Hour, Options{}); sum.Counts[OutcomeNew] != 1 || sum.Starts[0].Unchanged {
				t.Errorf("the list has changed: %v, %+v", sum.Counts, sum.Starts)
			}
			if sum = v.crawl(25*time.Hour, Options{}); sum.Starts[0].Unchanged {
				t.Error("a validator was relied on for more than a day")
			}
			v.src = s.source(t, func(src *source.Source) { src.Start, src.Refuse = c.start, []string{`/3\.php$`} })
			if sum = v.crawl(time.Hour, Options{}); sum.Starts[0].Unchanged || sum.Starts[0].Refused != 1 {
				t.Errorf("another configuration, and the list was not read: %+v", sum.Starts)
			}
		})
	}
}

func apply(in []string, f func(string) string) (out []string) {
	for _, s := range in {
		out = append(out, f(s))
	}
	return out
}

func TestPagerStopsWithoutNews(t *testing.T) {
	s := newSite(t)
	paths := s.releases(6)
	lists := func(n int, order ...int) {
		for i := range n {
			uri, next := "/presse/", ""
			if i > 0 {
				uri = fmt.Sprintf("/presse/?seite=%d", i+1)
			}
			if i+1 < n {
				next = fmt.Sprintf("/presse/?seite=%d", i+2)
			}
			s.list(uri, next, paths[order[2*i]], paths[order[2*i+1]])
		}
	}
	read := func(sum Summary) int { return sum.Starts[0].Pages }
	lists(2, 2, 3, 4, 5)
	v := newVisits(t, s.source(t, nil))
	if sum := v.crawl(0, Options{Limit: 1}); sum.Counts[OutcomeNew] != 1 {
		t.Errorf("%v", sum.Counts)
	}
	if sum := v.crawl(time.Hour, Options{}); read(sum) != 2 || sum.Counts[OutcomeNew] != 3 { // what a limited crawl left
		t.Errorf("after a limited crawl: %d pages of the list, %v", read(sum), sum.Counts)
	}
	if sum := v.crawl(time.Hour, Options{}); read(sum) != 1 || sum.Discovered != 4 {
		t.Errorf("nothing new: %d pages of the list, %d discovered", read(sum), sum.Discovered)
	}
	lists(3, 0, 1, 2, 3, 4, 5)
	if sum := v.crawl(time.Hour, Options{}); read(sum) != 2 || sum.Counts[OutcomeNew] != 2 {
		t.Errorf("two new: %d pages of the list, %v", read(sum), sum.Counts)
	}
	s.html("/presse/m/7.php", release("Zurückdatiert"))
	s.list("/presse/?seite=3", "", paths[4], paths[5], "/presse/m/7.php")
	if sum := v.crawl(time.Hour, Options{}); read(sum) != 1 || sum.Counts[OutcomeNew] != 0 {
		t.Errorf("dated back: %d pages of the list, %v", read(sum), sum.Counts)
	}
	if sum := v.crawl(8*day, Options{}); read(sum) != 3 || sum.Counts[OutcomeNew] != 1 {
		t.Errorf("a week later: %d pages of the list, %v", read(sum), sum.Counts)
	}
}

func TestACrawlThatWasCutOffGoesOn(t *testing.T) {
	s := newSite(t)
	paths := s.releases(5)
	var b strings.Builder
	for _, p := range paths {
		b.WriteString(item(p, "x", ""))
	}
	s.on("/presse/", tagged(`"1"`, "text/html", b.String()))
	v := newVisits(t, s.source(t, nil))
	ctx, cancel := context.WithCancel(t.Context())
	s.on(paths[2], func(_ http.ResponseWriter, req *http.Request) {
		cancel()
		<-req.Context().Done()
	})
	if sum, err := New(v.m, v.m, Config{Memory: v.mem}).Crawl(ctx, v.src, Options{Now: func() time.Time { return v.at }}); err != nil || !sum.Interrupted {
		t.Fatalf("%+v, %v", sum, err)
	}
	s.html(paths[2], release("Meldung 3"))
	if sum := v.crawl(time.Minute, Options{}); sum.Counts[OutcomeNew] != 3 {
		t.Errorf("%v, %+v", sum.Counts, sum.Starts)
	}
}

// Page states that are lost are found again, whatever servers say of their lists.
func TestLostPageStates(t *testing.T) {
	s := newSite(t)
	paths := s.releases(2)
	s.on("/presse/", tagged(`"1"`, "text/html", item(paths[0], "x", "")+item(paths[1], "y", "")))
	v := newVisits(t, s.source(t, nil))
	v.crawl(0, Options{})
	v.m = newMemory()
	if sum := v.crawl(time.Hour, Options{}); sum.Counts[OutcomeNew] != 2 {
		t.Errorf("%v, %+v", sum.Counts, sum.Starts)
	}
}

// Links that are no page cost a look a day, not one in each crawl.
func TestLinksThatAreNoPages(t *testing.T) {
	s := newSite(t)
	s.list("/presse/", "", "/presse/m/1.php", "/presse/m/2.php", "/presse/m/3.php")
	s.html("/presse/m/1.php", release("Meldung"))
	s.on("/presse/m/2.php", content("application/pdf", "%PDF"))
	v := newVisits(t, s.source(t, nil)) // 3 is a dead link
	v.crawl(0, Options{})
	v.crawl(23*time.Hour, Options{})
	v.crawl(23*time.Hour, Options{})
	s.reset()
	for range 12 {
		v.crawl(time.Hour, Options{})
	}
	if s.asked("/presse/m/2.php") != 0 || s.asked("/presse/m/3.php") != 0 {
		t.Errorf("asked for %v", s.paths())
	}
	s.html("/presse/m/3.php", release("Doch noch"))
	if sum := v.crawl(20*time.Hour, Options{}); sum.Counts[OutcomeNew] != 1 {
		t.Errorf("%v", sum.Counts)
	}
}

// A page that moves: the list names the new address, and the old one, which is not due, is asked in the same crawl where it leads.
func TestAPageThatMovesIsFollowedAtOnce(t *testing.T) {
	s := newSite(t)
	paths := s.releases(4)
	dated := func(paths ...string) {
		s.html("/presse/", strings.Join(apply(paths, func(p string) string { return item(p, "x", "01.02.2020") }), ""))
	}
	dated(paths...)
	v := newVisits(t, s.source(t, nil))
	v.crawl(0, Options{})
	v.crawl(30*time.Hour, Options{})
	s.reset()
	s.on(paths[3], func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, "/presse/m/neu.php", http.StatusMovedPermanently)
	})
	s.html("/presse/m/neu.php", release("Meldung 4"))
	dated(append([]string{"/presse/m/neu.php"}, paths[:3]...)...)
	if sum := v.crawl(time.Hour, Options{}); sum.Counts[OutcomeNew] != 1 || sum.Counts[OutcomeMoved] != 1 || s.asked(paths[0]) != 0 {
		t.Errorf("%v, asked for %v", sum.Counts, s.paths())
	}
}

// A site that is built anew: all addresses are other ones, and each known one is asked where it leads, also those that the list's first
// page never named.
func TestARelaunchAsksEveryKnownPage(t *testing.T) {
	s := newSite(t)
	paths := s.releases(9)
	for i := range 3 {
		uri, next := fmt.Sprintf("/presse/?seite=%d", i), fmt.Sprintf("/presse/?seite=%d", i+1)
		if i == 0 {
			uri = "/presse/"
		}
		if i == 2 {
			next = ""
		}
		s.list(uri, next, paths[3*i:3*i+3]...)
	}
	v := newVisits(t, s.source(t, nil))
	v.crawl(0, Options{})
	v.crawl(400*day, Options{})
	for i, p := range paths {
		to := fmt.Sprintf("/presse/m/neu-%d.php", i)
		s.html(to, release(fmt.Sprint("Meldung ", i+1)))
		s.on(p, func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, to, http.StatusMovedPermanently) })
	}
	s.list("/presse/", "", "/presse/m/neu-0.php", "/presse/m/neu-1.php", "/presse/m/neu-2.php")
	s.reset()
	sum := v.crawl(time.Hour, Options{})
	if sum.Counts[OutcomeMoved] != 9 || sum.Counts[OutcomeNew] != 9 {
		t.Errorf("%v, asked for %v", sum.Counts, s.paths())
	}
}

// The cost of looking every hour at a site of 5,000 pages where nothing happens.
func TestRequestsOfAnHourlyCrawl(t *testing.T) {
	s := newSite(t)
	const pages = 5000
	at := time.Date(2025, 7, 10, 8, 0, 0, 0, time.UTC)
	v := newVisits(t, s.source(t, func(src *source.Source) { src.Start.Listings[0].MaxPages = 300 }))
	answer := tagged(`"same"`, "text/html", release("Meldung"))
	of := func(i int) time.Duration { return 26*time.Hour + time.Duration(i)*525*time.Minute } // 1,000 a year, none since yesterday
	for i := range pages {
		path, old := fmt.Sprintf("/presse/m/%d.php", i), of(i)
		s.on(path, answer)
		st := schemas.PageState{
			URL: s.URL + path, ETag: `"same"`, BodyHash: "x", FirstSeen: at.Add(-old), RawSequence: 1,
			Hints: schemas.Hints{Title: "Meldung", Published: at.Add(-old).Format(time.DateOnly), PublishedBy: "listing", DiscoveredBy: "listing"},
		}
		page := schemas.PageID(v.src.ID, st.URL)
		every := jittered(page, intervalOf(old, v.src.Recheck)) // looked at some time within its time
		st.LastChecked = at.Add(-time.Duration(float64(every) * float64(i*7919%1000) / 1000))
		if _, err := v.m.Put(t.Context(), v.src.ID, page, st, 0); err != nil {
			t.Fatal(err)
		}
	}
	s.on("/presse/", func(w http.ResponseWriter, req *http.Request) {
		n := 0
		_, _ = fmt.Sscan(req.URL.Query().Get("seite"), &n)
		var b strings.Builder
		for i := 20 * n; i < 20*n+20; i++ {
			b.WriteString(item(fmt.Sprintf("/presse/m/%d.php", i), "Meldung", at.Add(-of(i)).Format("02.01.2006")))
		}
		if n < pages/20-1 {
			fmt.Fprintf(&b, `<a rel=next href="?seite=%d">weiter</a>`, n+1)
		}
		content("text/html", b.String())(w, req)
	})
	v.at = at
	for range 24 { // the list once to its end, then the sweep once through
		v.crawl(time.Hour, Options{})
	}
	var each []int64
	for range 48 {
		each = append(each, v.crawl(time.Hour, Options{}).Requests)
	}
	slices.Sort(each)
	sum := int64(0)
	for _, n := range each {
		sum += n
	}
	t.Logf("requests of 48 hourly crawls: %d in all, median %d, most %d", sum, each[24], each[47])
	if mean := float64(sum) / 48; mean > 5 || each[24] > 5 {
		t.Errorf("%.1f requests each, median %d: %v", mean, each[24], each)
	}
}
