package polite

import (
	"strconv"
	"strings"
	"time"

	"github.com/jimsmart/grobotstxt"
)

// crawlDelay is the Crawl-delay of the group that speaks to us, else of the group for everybody, else 0. It is no part of RFC 9309,
// but webmasters write it and mean it.
func crawlDelay(text string) time.Duration {
	var h delayHandler
	if strings.Contains(strings.ToLower(text), "crawl-delay") {
		grobotstxt.Parse(text, &h)
	}
	if h.ours.addressed {
		return h.ours.delay
	}
	return h.everybody.delay
}

type delayGroup struct {
	addressed bool
	delay     time.Duration
}

// delayHandler follows the groups of a robots.txt: consecutive user-agent lines open one group, the first rule closes its heading.
type delayHandler struct {
	ours, everybody delayGroup
	inOurs, inAll   bool // the open group speaks to us, to everybody
	inHeading       bool
}

func (h *delayHandler) HandleRobotsStart()         {}
func (h *delayHandler) HandleRobotsEnd()           {}
func (h *delayHandler) HandleAllow(int, string)    { h.inHeading = false }
func (h *delayHandler) HandleDisallow(int, string) { h.inHeading = false }
func (h *delayHandler) HandleSitemap(int, string)  {}

func (h *delayHandler) HandleUserAgent(_ int, value string) {
	if !h.inHeading {
		h.inOurs, h.inAll, h.inHeading = false, false, true
	}
	name := strings.ToLower(strings.TrimSpace(value))
	if i := strings.IndexFunc(name, func(r rune) bool { return r != '-' && r != '_' && (r < 'a' || r > 'z') }); i > 0 {
		name = name[:i]
	}
	switch {
	case name == productToken:
		h.inOurs, h.ours.addressed = true, true
	case strings.HasPrefix(name, "*"):
		h.inAll = true
	}
}

func (h *delayHandler) HandleUnknownAction(_ int, action, value string) {
	if !strings.EqualFold(action, "crawl-delay") {
		return
	}
	h.inHeading = false
	s, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !(s > 0) {
		return
	}
	d := maxCrawlDelay
	if s < maxCrawlDelay.Seconds() {
		d = time.Duration(s * float64(time.Second))
	}
	if h.inOurs {
		h.ours.delay = max(h.ours.delay, d)
	}
	if h.inAll {
		h.everybody.delay = max(h.everybody.delay, d)
	}
}
