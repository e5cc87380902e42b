package console_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/kreispresse/kreispresse/internal/web/access"
)

// news lets an office publish something, and the line fetch it.
func (h *countryHouse) news(t *testing.T) {
	t.Helper()
	if err := h.land.Publish(t.Context(), h.line, 0); err != nil {
		t.Fatal(err)
	}
}

// stream is the next request for a stream of the feed.
func (h *countryHouse) stream(t *testing.T) *http.Request {
	t.Helper()
	select {
	case r := <-h.feeds:
		return r
	case <-t.Context().Done():
		t.Fatal("nobody asks for the stream")
		return nil
	}
}

// TestLive waits for news on the list, which does not move; breaks the connection; and waits for what came meanwhile.
func TestLive(t *testing.T) {
	h := shared(t)
	b := newTab(t, access.Viewer)
	for len(h.feeds) > 0 {
		<-h.feeds // of other tests
	}
	b.open("/de/releases")
	b.wait(`document.querySelector(".live span")?.textContent === "Live"`)
	if r := h.stream(t); r.Header.Get("Last-Event-ID") != "" || r.URL.Query().Get("from") == "" {
		t.Errorf("the stream is asked for by %s, after %q", r.URL, r.Header.Get("Last-Event-ID"))
	}
	list := `[...document.querySelectorAll(".hit h2")].map((h) => h.textContent + h.getBoundingClientRect().top).join()`
	before := eval[string](b, list)
	h.news(t)
	b.wait(`document.querySelector(".live .button").textContent === "1 neue anzeigen" && !document.querySelector(".live .button").hidden`)
	if now := eval[string](b, list); now != before {
		t.Errorf("the list jumped: %s\nbefore: %s", now, before)
	}
	b.wait(`document.title.startsWith("(1) ")`)

	h.cut()
	h.news(t)
	b.wait(`document.querySelector(".live .button").textContent === "2 neue anzeigen"`)
	if id := h.stream(t).Header.Get("Last-Event-ID"); id == "" {
		t.Error("the browser comes back without saying what it has")
	}
	b.complaints() // of the connection that we broke
	b.do(chromedp.Click(".live button"))
	if s := eval[string](b, `document.querySelector(".live span").textContent + localStorage.getItem("live")`); s != "Angehaltenoff" {
		t.Errorf("paused: %s", s)
	}
	if err := h.index.CatchUp(t.Context(), h.bus, time.Minute); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Click(".live .button"))
	b.wait(`document.readyState === "complete" && !document.title.startsWith("(") && document.querySelector(".live .button")?.hidden`)
	if now := eval[string](b, list); now == before {
		t.Error("the news are not in the list that was asked for")
	}
}
