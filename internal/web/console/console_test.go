package console_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/internal/web/access"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestStrangersAreAskedWhoTheyAre(t *testing.T) {
	h := newHouse(t)
	v := h.visitor(access.Nobody)
	for _, path := range []string{"/", "/releases", "/releases/abc", "/nowhere", "/en/releases?q=a"} {
		code, body := v.ask("GET", path, "")
		if code != 401 || !strings.Contains(body, `name="token"`) {
			t.Errorf("%s: %d %.200s", path, code, body)
		}
	}
	if _, body := v.ask("GET", "/en/releases?q=a", ""); !strings.Contains(body, `name="next" value="/en/releases?q=a"`) {
		t.Errorf("the way in forgets where one was going: %s", body)
	}
	secret, err := h.store.Add("max", access.Viewer)
	if err != nil {
		t.Fatal(err)
	}
	if code, body := v.ask("POST", "/en/login", "token=kp_wrong"); code != 401 || !strings.Contains(body, "no such token") {
		t.Errorf("a wrong token: %d %s", code, body)
	}
	for _, next := range []string{"//evil.example/", "https://evil.example/", "/\\evil.example"} {
		v := h.visitor(access.Nobody)
		v.CheckRedirect = stop
		resp := v.do("POST", "/login", "token="+secret+"&next="+url.QueryEscape(next))
		resp.Body.Close()
		if to := resp.Header.Get("Location"); to != "/" {
			t.Errorf("next=%s leads to %s", next, to)
		}
	}
	code, body := v.ask("POST", "/en/login", "token="+secret+"&next=/en/accessibility")
	if code != 200 || !strings.Contains(body, "Accessibility statement") || !strings.Contains(body, "Sign out") {
		t.Errorf("in: %d %s", code, body)
	}
	if code, _ := v.ask("POST", "/en/logout", ""); code != 200 {
		t.Errorf("out: %d", code)
	}
	if code, _ := v.ask("GET", "/releases", ""); code != 401 {
		t.Errorf("after signing out: %d", code)
	}
}

func TestReleases(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	v := h.visitor(access.Viewer)
	code, body := v.ask("GET", "/releases", "")
	if code != 200 || !strings.Contains(body, "44 Meldungen") || strings.Count(body, `<li class="hit">`) != 25 || !strings.Contains(body, `rel="next"`) {
		t.Fatalf("%d %.3000s", code, body)
	}
	if resp := v.do("GET", "/releases", "", "Accept-Language", "fr, en;q=0.8, de;q=0.2"); resp.Header.Get("Content-Language") != "en" {
		t.Errorf("asked for English, got %s", resp.Header.Get("Content-Language"))
	}
	_, body = v.ask("GET", "/en/releases?q=Trinkbrunnen", "")
	if !strings.Contains(body, `<mark class="hit">`) || !strings.Contains(body, `href="/en/releases/`) || !strings.Contains(body, `lang="de"`) {
		t.Errorf("%.6000s", body[strings.Index(body, "</form>\n<div"):])
	}
	if _, body = v.ask("GET", "/releases?q=Xylophonkonzertreise", ""); !strings.Contains(body, "Keine Meldung passt") {
		t.Errorf("%.6000s", body[strings.Index(body, "</form>\n<div"):])
	}
}

func TestRelease(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	ev := h.releaseOf("hitzeaktionsplan-vorgestellt")
	v := h.visitor(access.Viewer)
	code, body := v.ask("GET", "/releases/"+ev.Subject, "")
	if code != 200 {
		t.Fatal(code, body)
	}
	for i, q := range ev.Release.Quotes {
		for _, want := range []string{fmt.Sprintf(`id="q%d"`, i), fmt.Sprintf(`data-mark="q%d"`, i), fmt.Sprintf(`href="#q%d"`, i)} {
			if !strings.Contains(body, want) {
				t.Errorf("quote %d (%.30s): no %s", i, q.Text, want)
			}
		}
		if q.Speaker != nil && !strings.Contains(body, q.Speaker.Rule) {
			t.Errorf("no rule %s", q.Speaker.Rule)
		}
	}
	for _, want := range []string{`sandbox=""`, ev.Hash, `id="citation"`, "l-quote"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(body, `/review"`) {
		t.Error("a viewer is offered to act")
	}
	resp := v.do("GET", "/releases/"+ev.Subject+"/page", "")
	defer resp.Body.Close()
	policy, sniff := resp.Header.Get("Content-Security-Policy"), resp.Header.Get("X-Content-Type-Options")
	if !strings.HasPrefix(policy, "sandbox; default-src 'none'") || sniff != "nosniff" {
		t.Errorf("the archived page may: %s %s", policy, sniff)
	}
	for path, want := range map[string]int{
		"/releases/" + strings.Repeat("a", 26): 404, "/releases/nonsense": 400, "/releases/" + ev.Subject + "/page?revision=9": 404,
	} {
		if code, body := v.ask("GET", path, ""); code != want || !strings.Contains(body, "<h1>") {
			t.Errorf("%s: %d, want %d", path, code, want)
		}
	}
}

func TestReview(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	ev := h.releaseOf("hitzeaktionsplan-vorgestellt")
	path := "/releases/" + ev.Subject + "/review"
	good := fmt.Sprintf("quote=0&revision=%d&verdict=person&says=Jemand+Anders&note=Absatz+3", ev.Revision)
	if code, _ := h.visitor(access.Viewer).ask("POST", path, good); code != 403 {
		t.Errorf("a viewer: %d", code)
	}
	v := h.visitor(access.Operator)
	for _, bad := range []string{
		"", "quote=99&revision=1&verdict=nobody", "quote=0&revision=7&verdict=nobody", "quote=0&revision=1", "quote=0&revision=1&verdict=person",
		"quote=0&revision=1&verdict=person&says=" + url.QueryEscape(ev.Release.Quotes[0].Speaker.Name),
	} {
		if code, body := v.ask("POST", path, bad); code != 400 {
			t.Errorf("%s: %d %s", bad, code, body)
		}
	}
	if code, body := v.ask("POST", path, good); code != 200 || !strings.Contains(body, "Ihr Hinweis ist vermerkt") {
		t.Fatalf("%d %s", code, body)
	}
	q, prov := ev.Release.Quotes[0], ev.Release.Provenance
	want := review.Review{
		Release: ev.Subject, Revision: ev.Revision, RawSequence: ev.RawSequence, Snapshot: prov.Snapshot, Parser: prov.Parser, URL: ev.Release.URL,
		Quote: 0, Text: q.Text, Start: q.Spans[0].Start, End: q.Spans[0].End, Speaker: q.Speaker.Name, Rule: q.Speaker.Rule,
		Says: "Jemand Anders", Verdict: review.VerdictPerson, Note: "Absatz 3", By: "local",
	}
	var got []review.Review
	err := h.bus.EachRun(t.Context(), h.src.ID, schemas.RunReview, func(_, _ string, _ time.Time, data []byte) error {
		var r review.Review
		err := json.Unmarshal(data, &r)
		if r.At.IsZero() {
			t.Error("nobody noted when")
		}
		r.At = time.Time{}
		got = append(got, r)
		return err
	})
	if err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("%v %+v\nwant %+v", err, got, want)
	}
	for _, path := range []string{"/releases/" + ev.Subject, "/reviews"} {
		_, body := v.ask("GET", path, "")
		if strings.Count(body, `<span class="chip review-open">offen</span>`) != 1 || !strings.Contains(body, "„Jemand Anders“") {
			t.Errorf("%s does not show the review", path)
		}
	}
	code, body := v.ask("POST", path, fmt.Sprintf("quote=0&revision=%d&verdict=withdrawn", ev.Revision))
	if code != 200 || strings.Contains(body, "Jemand Anders") {
		t.Errorf("taken back: %d %s", code, body)
	}
	if _, body := v.ask("GET", "/reviews", ""); !strings.Contains(body, "Niemand hat einen Fehler gemeldet") {
		t.Error("what was taken back is shown")
	}
	if _, body := v.ask("GET", "/system", ""); !strings.Contains(body, "<code>review</code> · local") {
		t.Errorf("no audit: %s", body)
	}
}

// TestHostileRelease shows what a page could say to break ours.
func TestHostileRelease(t *testing.T) {
	h := newHouse(t)
	evil := "<script>alert(1)</script>\u202e\u2066\u061c\x1b[2J\" onmouseover=alert(1) x=\""
	text := evil + " sagte " + evil
	n := len([]rune(text))
	span := func(start, end int) schemas.Mention {
		return schemas.Mention{Text: string([]rune(text)[start:end]), Start: start, End: end}
	}
	quote, person, date := span(0, 10), span(5, 20), span(8, 12)
	r := &schemas.Release{
		ID: schemas.ReleaseID(h.src.ID, "https://a.example/1"), Source: h.src.Ref(), URL: "https://a.example/1", CanonicalURL: "https://a.example/1",
		Title: evil + strings.Repeat("Ä", 400<<10), Text: text, Kicker: evil, Language: "de", Usage: evil,
		Blocks: []schemas.Block{{Type: "paragraph", Start: 0, End: n}},
		Quotes: []schemas.Quote{{
			Text: quote.Text, Kind: "direct", Spans: []schemas.Span{{Start: 0, End: 10}},
			Speaker: &schemas.Speaker{Name: evil, Kind: "person", Method: "name", Rule: evil, Mention: &person},
		}},
		People:  []schemas.Person{{Name: evil, Title: evil, Organisation: evil, Roles: []string{evil}, Mentions: []schemas.Mention{person}}},
		Dates:   []schemas.Date{{Text: date.Text, Start: 8, End: 12, Type: "DATE", Value: "2026", Rule: evil}},
		Credits: []schemas.Credit{{Raw: evil, Rule: evil}}, Contact: &schemas.Contact{Name: evil, Email: "a\"onmouseover=alert(1)@b", Phone: evil},
		Embargo: &schemas.Embargo{Text: evil}, Attachments: []schemas.Attachment{{URL: "https://a.example/2", Title: evil}},
		Images: []schemas.Image{}, Provenance: schemas.Provenance{Parser: evil, Snapshot: strings.Repeat("0", 64)},
	}
	h.publish(r)
	v := h.visitor(access.Operator)
	for _, path := range []string{"/releases/" + r.ID, "/releases"} {
		code, body := v.ask("GET", path, "")
		if code != 200 {
			t.Fatalf("%s: %d %.300s", path, code, body)
		}
		for _, bad := range []string{"<script>alert", "\u202e", "\u2066", "\u061c", "\x1b", "\" onmouseover", `href="javascript:`} {
			if strings.Contains(body, bad) {
				i := strings.Index(body, bad)
				t.Errorf("%s lets %q through: %q", path, bad, body[max(0, i-80):min(len(body), i+80)])
			}
		}
		if len(body) > 120_000 {
			t.Errorf("%s is %d bytes long", path, len(body))
		}
	}
}

// TestEveryPage asks for every page in both languages and looks for words that are missing and templates that broke off.
func TestEveryPage(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	ev := h.releaseOf("hitzeaktionsplan-vorgestellt")
	v := h.visitor(access.Operator)
	for _, path := range []string{
		"/", "/releases", "/releases/" + ev.Subject, "/releases/" + ev.Subject + "/revisions", "/sources", "/sources?health=needs&sort=rate",
		"/sources/" + h.src.ID, "/sources/" + h.src.ID + "/preview", "/said", "/said?speaker=Reinken", "/held", "/dead", "/reviews", "/reread", "/subscribers",
		"/system", "/bot", "/accessibility",
	} {
		for _, lang := range []string{"de", "en"} {
			code, body := v.ask("GET", "/"+lang+path, "")
			if code != 200 || !strings.HasSuffix(strings.TrimSpace(body), "</html>") || !strings.Contains(body, `<html lang="`+lang+`">`) {
				t.Errorf("/%s%s: %d %.2000s", lang, path, code, body)
			}
			for _, m := range missingWords.FindAllString(body, -1) {
				t.Errorf("/%s%s shows the key %s", lang, path, m)
			}
		}
	}
}

// missingWords finds keys that stand on a page themselves.
var missingWords = regexp.MustCompile(`>\s*(?:[a-qs-z][a-z]*|r[a-np-z][a-z]*)\.[a-z]+\s*<`)

// TestReread looks what a second reading would change, and confirms with a wrong number.
func TestReread(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	if code, _ := h.visitor(access.Viewer).ask("POST", "/reread", "source="+h.src.ID); code != 403 {
		t.Errorf("a viewer: %d", code)
	}
	v := h.visitor(access.Operator)
	code, body := v.ask("POST", "/reread", "source="+h.src.ID)
	if code != 200 || !strings.Contains(body, "0 von 44 Meldungen") && !strings.Contains(body, "0 von 0 Meldungen") || strings.Contains(body, `name="typed"`) {
		t.Errorf("%d %s", code, body)
	}
	if code, body := v.ask("POST", "/reread", "source="+h.src.ID+"&count=3&typed=4"); code != 409 || !strings.Contains(body, "nicht die der Änderungen") {
		t.Errorf("%d %s", code, body)
	}
	if code, _ := v.ask("POST", "/reread", "source=nowhere"); code != 404 {
		t.Errorf("no such source: %d", code)
	}
}

// TestCheckAndPause asks a site while somebody looks, and lets the source rest.
func TestCheckAndPause(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	v := h.visitor(access.Operator)
	path := "/sources/" + h.src.ID
	code, body := v.ask("POST", path+"/check", "")
	if code != 200 || strings.Count(body, `<p class="line">`) != 45 || !strings.Contains(body, "45 Seiten gefunden") {
		t.Errorf("%d %s", code, body)
	}
	if code, _ := v.ask("POST", path+"/pause", "days=7"); code != 400 {
		t.Errorf("without a reason: %d", code)
	}
	code, body = v.ask("POST", path+"/pause", "days=7&reason=Umbau")
	if code != 200 || !strings.Contains(body, "Die Quelle ruht") || !strings.Contains(body, "Umbau") {
		t.Errorf("%d %s", code, body)
	}
	if code, body := v.ask("POST", path+"/resume", ""); code != 200 || strings.Contains(body, "Umbau") {
		t.Errorf("%d %s", code, body)
	}
	if code, body := v.ask("GET", path+"/preview?item=li.nothing", ""); code != 200 || !strings.Contains(body, "Jetzt gefunden") {
		t.Errorf("%d %s", code, body)
	}
}

// TestLastRequests shows on the page of a source what its host was asked for, newest first, and hides what tells a session.
func TestLastRequests(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	v := h.visitor(access.Viewer)
	_, body := v.ask("GET", "/en/sources/"+h.src.ID, "")
	table := between(t, body, `<table class="asked">`, "</table>")
	if n := strings.Count(table, "<code>GET /"); n != schemas.MostAsked {
		t.Errorf("%d requests", n)
	}
	if !strings.Contains(table, "<strong>200</strong>") || !strings.Contains(table, "not asked: robots.txt") {
		t.Errorf("neither pages nor refusals: %s", table)
	}
	if !strings.Contains(body, "our own; robots.txt asks for none") && !strings.Contains(body, "robots.txt asks for ") {
		t.Error("no pace")
	}
	host := strings.TrimPrefix(h.base, "http://")
	st, rev, err := h.bus.Hosts().Get(t.Context(), host)
	if err != nil {
		t.Fatal(err)
	}
	st.Asked = []schemas.HostRequest{{At: time.Now(), Method: "GET", Path: "/<b>?sid=…", Why: schemas.WhyRobots}}
	if _, err := h.bus.Hosts().Put(t.Context(), host, st, rev); err != nil {
		t.Fatal(err)
	}
	_, body = v.ask("GET", "/en/sources/"+h.src.ID, "")
	table = between(t, body, `<table class="asked">`, "</table>")
	if !strings.Contains(table, "GET /&lt;b&gt;?sid=…") || !strings.Contains(table, "not asked: robots.txt") {
		t.Error(table)
	}
}

// between is what stands between two words of a page.
func between(t *testing.T, page, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, from)
	part, _, found := strings.Cut(rest, to)
	if !ok || !found {
		t.Fatalf("no %s … %s on the page", from, to)
	}
	return part
}

// TestGermanPagesAreGerman wants what the doctor finds, what is wrong with a source and why something cannot be done to be said in the language
// of the page, with the program's own words only beside it.
func TestGermanPagesAreGerman(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	v := h.visitor(access.Operator)
	for path, words := range map[string][2]string{
		"/system":                {"Es wurde noch nie gesichert", "None was ever made"},
		"/":                      {"Es wurde noch nie gesichert", "None was ever made"},
		"/sources/" + h.src.ID:   {"Meldungen in der Woche, die letzte", "releases a week, the last"},
		"/sources/kreis-nirgend": {"In der Liste oder der Suche nachsehen", "Look it up in the list"},
		"/nowhere":               {"Diese Seite gibt es nicht", "There is no such page"},
	} {
		for i, lang := range []string{"/de", "/en"} {
			_, body := v.ask("GET", lang+path, "")
			if !strings.Contains(body, words[i]) || strings.Contains(body, words[1-i]) || strings.Contains(body, "no value") {
				t.Errorf("%s%s does not say %q:\n%s", lang, path, words[i], body[strings.Index(body, "<main"):])
			}
		}
	}
	if _, body := v.ask("GET", "/de/system", ""); strings.Contains(body[strings.Index(body, "h-doctor"):strings.Index(body, "h-streams")], `lang="en"`) {
		t.Error("the doctor speaks English to Germans")
	}
}

// TestStrangersSeeNoSearch: the way in offers nothing that only those inside may do.
func TestStrangersSeeNoSearch(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{"/login", "/", "/bot", "/accessibility"} {
		if _, body := h.visitor(access.Nobody).ask("GET", path, ""); strings.Contains(body, `role="search"`) || strings.Contains(body, `id="nav"`) {
			t.Errorf("%s offers a search", path)
		}
	}
	if _, body := h.visitor(access.Viewer).ask("GET", "/", ""); !strings.Contains(body, `role="search"`) {
		t.Error("a viewer has no search")
	}
}
