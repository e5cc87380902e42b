package console_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/internal/web/access"
	"github.com/kreispresse/kreispresse/schemas"
)

// host is the name of the press site.
func (h *house) host() string { return strings.TrimPrefix(h.base, "http://") }

// wishes are the events of wishes for a pause, in order.
func (h *house) wishes() (list []schemas.PauseRequest) {
	h.Helper()
	err := h.bus.EachRun(h.Context(), h.src.ID, schemas.RunPauseRequest, func(_, _ string, _ time.Time, data []byte) error {
		var p schemas.PauseRequest
		list = append(list, p)
		return json.Unmarshal(data, &list[len(list)-1])
	})
	if err != nil {
		h.Fatal(err)
	}
	return list
}

// paused is why the source pauses.
func (h *house) paused() string {
	h.Helper()
	var s schedule.State
	if _, err := h.bus.Sources().Get(h.Context(), schedule.Key(h.src.ID), &s); err != nil && schemas.KindOf(err) != schemas.KindNotFound {
		h.Fatal(err)
	}
	return s.Paused
}

func wish(host, reason, contact string) string {
	return url.Values{"host": {host}, "reason": {reason}, "contact": {contact}}.Encode()
}

// TestLastRequestsForEverybody: who names a host sees what it was asked, and nothing of any other.
func TestLastRequestsForEverybody(t *testing.T) {
	h := newHouse(t)
	v := h.visitor(access.Nobody)
	if _, body := v.ask("GET", "/en/bot?host="+h.host(), ""); !strings.Contains(body, "we have never asked it") {
		t.Errorf("before the first crawl: %s", body)
	}
	h.crawl()
	other := schemas.HostState{Asked: []schemas.HostRequest{{Method: "GET", Path: "/secret"}}}
	if _, err := h.bus.Hosts().Put(t.Context(), "other.example", other, 0); err != nil {
		t.Fatal(err)
	}
	if _, body := v.ask("GET", "/en/bot", ""); strings.Contains(body, `class="asked"`) || strings.Contains(body, h.host()) {
		t.Errorf("a host is named that nobody asked for: %s", body)
	}
	for _, written := range []string{h.host(), " HTTP://" + h.host() + "/presse/?a=b ", h.base} {
		code, body := v.ask("GET", "/en/bot?host="+url.QueryEscape(written), "")
		if code != 200 || strings.Count(body, "<code>GET /") != schemas.MostAsked || !strings.Contains(body, "not asked: robots.txt") {
			t.Errorf("%q: %d %s", written, code, body)
		}
	}
	for written, want := range map[string]int{"other.example": 200, "xn--a": 400, "a b": 400, "//": 400, strings.Repeat("a.", 400): 400, "[::1": 400, "<b>": 400} {
		code, body := v.ask("GET", "/en/bot?host="+url.QueryEscape(written), "")
		if code != want || strings.Contains(body, `class="asked"`) || strings.Contains(body, "/secret") || strings.Contains(body, "<b>") {
			t.Errorf("%q: %d %s", written, code, body)
		}
		if want == 200 && !strings.Contains(body, "We fetch nothing from this host") {
			t.Errorf("%q: no friendly answer: %s", written, body)
		}
	}
}

// TestLooksAreLimited: who asks for host after host is told to wait; somebody else is not.
func TestLooksAreLimited(t *testing.T) {
	h := newHouse(t)
	v := h.visitor(access.Nobody)
	codes := map[int]int{}
	for range 60 {
		resp := v.do("GET", "/bot?host=a.example", "", "X-Forwarded-For", "203.0.113.9")
		resp.Body.Close()
		codes[resp.StatusCode]++
	}
	if codes[200] < 30 || codes[429] == 0 || len(codes) != 2 {
		t.Errorf("answers: %v", codes)
	}
	if code, _ := v.ask("GET", "/bot?host=a.example", ""); code != 200 {
		t.Errorf("somebody else: %d", code)
	}
	if code, _ := v.ask("GET", "/bot", ""); code != 200 {
		t.Errorf("the page itself: %d", code)
	}
}

// TestWishAndAnswer takes a wish from its form to the pause, by way of an operator.
func TestWishAndAnswer(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	nobody := h.visitor(access.Nobody)
	const evil = "Umzug <script>alert(1)</script>\u202e\r\nBcc: x@y"
	code, body := nobody.ask("POST", "/en/bot", wish(h.host(), evil, "it@example.org"))
	if code != 200 || !strings.Contains(body, "Your request has arrived") {
		t.Fatalf("%d %s", code, body)
	}
	if h.paused() != "" {
		t.Fatal("a wish pauses by itself")
	}
	operator, viewer := h.visitor(access.Operator), h.visitor(access.Viewer) // now: the first page remembers what it shows for a moment
	list := h.wishes()
	if len(list) != 1 || list[0].Check() != nil || list[0].Sources[0] != h.src.ID || strings.Contains(list[0].Reason, "\n") {
		t.Fatalf("%+v", list)
	}
	page := "/en/sources/" + h.src.ID
	_, body = operator.ask("GET", page, "")
	if !strings.Contains(body, "Somebody asks for a pause") || !strings.Contains(body, "it@example.org") || !strings.Contains(body, "ask back before you accept") {
		t.Errorf("the operator does not see it: %s", body)
	}
	if strings.Contains(body, "<script>alert") || strings.Contains(body, "\u202e") {
		t.Error("hostile words come through")
	}
	_, body = operator.ask("GET", "/en/", "")
	needs := between(t, body, `id="h-needs"`, "</section>")
	if !strings.Contains(needs, "Somebody asks for a pause of "+h.host()) || !strings.Contains(needs, page+"#h-wish") {
		t.Errorf("nobody is needed: %s", needs)
	}
	for _, path := range []string{page, "/en/"} {
		if _, body := viewer.ask("GET", path, ""); strings.Contains(body, "asks for a pause") || strings.Contains(body, "it@example.org") {
			t.Errorf("%s shows it to a viewer", path)
		}
	}
	answer := page + "/wish"
	yes := "request=" + list[0].ID + "&answer=accepted&days=7"
	for v, want := range map[*visitor]int{nobody: 401, viewer: 403} {
		if code, _ := v.ask("POST", answer, yes); code != want {
			t.Errorf("answered by a stranger: %d, want %d", code, want)
		}
	}
	for bad, want := range map[string]int{
		"": 400, "request=x&answer=accepted&days=7": 409, "request=" + list[0].ID + "&answer=accepted&days=9": 400, "request=" + list[0].ID + "&answer=maybe": 400,
	} {
		if code, _ := operator.ask("POST", answer, bad); code != want || h.paused() != "" {
			t.Errorf("%q: %d, want %d; paused: %q", bad, code, want, h.paused())
		}
	}
	code, body = operator.ask("POST", answer, yes)
	if code != 200 || !strings.Contains(body, "Accepted: what comes from this host is paused") || strings.Contains(body, "it@example.org") {
		t.Errorf("%d %s", code, body)
	}
	if !strings.Contains(h.paused(), h.host()) {
		t.Errorf("paused: %q", h.paused())
	}
	if code, _ := operator.ask("POST", answer, yes); code != 409 {
		t.Errorf("a second time: %d", code)
	}
	h.audited("sources pause", "pause request accepted")
	if _, body = operator.ask("GET", "/en/sources/"+h.src.ID, ""); strings.Contains(body, "h-wish") {
		t.Error("it is still asked")
	}
}

// audited looks for acts among those on record.
func (h *house) audited(acts ...string) {
	h.Helper()
	found := map[string]string{}
	err := h.bus.EachRun(h.Context(), h.src.ID, schemas.RunAudit, func(_, _ string, _ time.Time, data []byte) error {
		var a pipeline.Audit
		err := json.Unmarshal(data, &a)
		found[a.Act] = a.By
		return err
	})
	for _, act := range acts {
		if err != nil || found[act] != "local" {
			h.Errorf("%s is not audited: %v, %v", act, found, err)
		}
	}
}

// TestWishDeclined leaves the source as it is.
func TestWishDeclined(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	if code, _ := h.visitor(access.Nobody).ask("POST", "/bot", wish(h.host(), "Ruhe", "a@b.example")); code != 200 {
		t.Fatal(code)
	}
	v := h.visitor(access.Operator)
	code, body := v.ask("POST", "/sources/"+h.src.ID+"/wish", "request="+h.wishes()[0].ID+"&answer=declined")
	if code != 200 || !strings.Contains(body, "Abgelehnt") || h.paused() != "" {
		t.Errorf("%d, paused: %q, %s", code, h.paused(), body)
	}
	h.audited("pause request declined")
	if list := h.wishes(); len(list) != 2 || list[1].Answer != schemas.PauseDeclined || list[1].By != "local" || list[1].Contact != "" {
		t.Errorf("%+v", list)
	}
}

// TestWishesOfSpammers: what is no wish is not written, and of what may be one no more than somebody can read.
func TestWishesOfSpammers(t *testing.T) {
	h := newHouse(t)
	h.crawl()
	v := h.visitor(access.Nobody)
	for form, want := range map[string]int{
		"":                              400,
		wish("", "a", "b"):              400,
		wish("other.example", "a", "b"): 404,
		wish(h.host(), " \n", "b"):      400,
		wish(h.host(), "a", ""):         400,
		wish(h.host(), strings.Repeat("a", 1001), "b"):  400,
		wish(h.host(), "a", strings.Repeat("b", 201)):   400,
		wish(h.host(), strings.Repeat("a", 40<<10), ""): 400,
	} {
		code, body := v.ask("POST", "/bot", form)
		if code != want || len(body) > 64<<10 {
			t.Errorf("%.60s: %d, want %d, %d bytes", form, code, want, len(body))
		}
	}
	resp := v.do("POST", "/bot", wish(h.host(), "a", "b"), "Sec-Fetch-Site", "cross-site")
	if resp.Body.Close(); resp.StatusCode != 403 {
		t.Errorf("from another site: %d", resp.StatusCode)
	}
	if list := h.wishes(); len(list) != 0 {
		t.Fatalf("written: %+v", list)
	}
	from := func(address, reason string) int {
		resp := v.do("POST", "/bot", wish(h.host(), reason, "a@b.example"), "X-Forwarded-For", address)
		resp.Body.Close()
		return resp.StatusCode
	}
	if a, b := from("203.0.113.9", "once"), from("203.0.113.9", "once"); a != 200 || b != 200 || len(h.wishes()) != 1 {
		t.Errorf("sent twice: %d, %d, %d events", a, b, len(h.wishes()))
	}
	for i, want := range []int{200, 200, 429, 429} { // three may wait for a host
		if code := from("203.0.113.9", strings.Repeat("more ", i+1)); code != want {
			t.Errorf("wish %d: %d, want %d", i, code, want)
		}
	}
	if code := from("198.51.100.7", "of somebody else"); code != 429 {
		t.Errorf("a fourth for one host: %d", code)
	}
	v2 := h.visitor(access.Operator)
	for _, p := range h.wishes() {
		if code, _ := v2.ask("POST", "/sources/"+h.src.ID+"/wish", "request="+p.ID+"&answer=declined"); code != 200 {
			t.Fatal(code)
		}
	}
	if code := from("203.0.113.9", "a fourth by one"); code != 429 {
		t.Errorf("a fourth of one client: %d", code)
	}
	if code := from("198.51.100.7", "of somebody else"); code != 200 {
		t.Errorf("somebody else: %d", code)
	}
}
