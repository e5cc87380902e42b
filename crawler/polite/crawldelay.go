package polite

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jimsmart/grobotstxt"
)

// crawlDelay is the Crawl-delay of the group that speaks to us, else of the group for everybody, else 0. It is no part of RFC 9309,
// but webmasters write it and mean it.
func crawlDelay(text string) time.Duration {
	var h delayHandler
	if low := strings.ToLower(text); strings.Contains(low, "crawl-delay") || strings.Contains(low, "request-rate") {
		grobotstxt.Parse(text, &h)
	}
	if h.ours.addressed {
		return max(h.ours.delay, h.before)
	}
	return max(h.everybody.delay, h.before)
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
	inGroup         bool          // a user-agent line was met
	before          time.Duration // said before any user-agent line: to everybody
}

func (h *delayHandler) HandleRobotsStart()         {}
func (h *delayHandler) HandleRobotsEnd()           {}
func (h *delayHandler) HandleAllow(int, string)    { h.inHeading = false }
func (h *delayHandler) HandleDisallow(int, string) { h.inHeading = false }
func (h *delayHandler) HandleSitemap(int, string)  {}

func (h *delayHandler) HandleUserAgent(_ int, value string) {
	h.inGroup = true
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
	var d time.Duration
	switch strings.ToLower(action) {
	case "crawl-delay":
		d = delayOf(value)
	case "request-rate":
		d = rateOf(value)
	default:
		return
	}
	h.inHeading = false
	if !h.inGroup {
		h.before = max(h.before, d)
	}
	if h.inOurs {
		h.ours.delay = max(h.ours.delay, d)
	}
	if h.inAll {
		h.everybody.delay = max(h.everybody.delay, d)
	}
}

var (
	delayForm = regexp.MustCompile(`(?i)^(\d*(?:[.,]\d+)?(?:e\d+)?)\s*(ms|milliseconds?|s|sec|secs|seconds?|sekunden?|m|min|minutes?|minuten?)?\b`)
	rateForm  = regexp.MustCompile(`(?i)^(\d+)\s*/\s*(\d+)\s*(s|m|h)?\b`)
)

// delayOf reads seconds as people write them: 10, 0.5, 1,0, 2s, 500ms, 1 min. What is no delay is 0.
func delayOf(value string) time.Duration {
	m := delayForm.FindStringSubmatch(strings.TrimSpace(value))
	if m == nil {
		return 0
	}
	s, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", "."), 64)
	if err != nil {
		return 0
	}
	switch unit := strings.ToLower(m[2]); {
	case strings.HasPrefix(unit, "ms"), strings.HasPrefix(unit, "milli"):
		s /= 1000
	case strings.HasPrefix(unit, "m"):
		s *= 60
	}
	return seconds(s)
}

// rateOf reads Request-rate, pages per seconds (minutes, hours): 1/5, 1/10s, 30/1m.
func rateOf(value string) time.Duration {
	m := rateForm.FindStringSubmatch(strings.TrimSpace(value))
	if m == nil {
		return 0
	}
	pages, err1 := strconv.ParseFloat(m[1], 64)
	per, err2 := strconv.ParseFloat(m[2], 64)
	if err1 != nil || err2 != nil || pages == 0 {
		return 0
	}
	unit := map[string]float64{"": 1, "s": 1, "m": 60, "h": 3600}[strings.ToLower(m[3])]
	return seconds(per * unit / pages)
}

// seconds is a delay, at most maxCrawlDelay.
func seconds(s float64) time.Duration {
	switch {
	case !(s > 0):
		return 0
	case s >= maxCrawlDelay.Seconds():
		return maxCrawlDelay
	}
	return time.Duration(s * float64(time.Second))
}
