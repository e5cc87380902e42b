package schemas

import (
	"net"
	"net/url"
	"strings"
	"time"
)

// HostState is what is remembered of a host between requests and shared by all processes, one entry of the press_hosts bucket.
type HostState struct {
	LastRequest time.Time     `json:"last_request,omitzero"`
	RestUntil   time.Time     `json:"rest_until,omitzero"` // nothing is asked before: Retry-After, or a host that failed too often
	Robots      *RobotsState  `json:"robots,omitempty"`
	CrawlDelay  time.Duration `json:"crawl_delay,omitempty"` // nanoseconds, as robots.txt wants it; 0: it names none

	// Asked are its last requests, oldest first, at most MostAsked; times are those of the broker's clock. They are written with what is
	// written anyway, so that the newest may be missing until the host is given back.
	Asked []HostRequest `json:"asked,omitempty"`

	// Who may ask it now, fenced by the revision of the entry. All times are those of the broker's clock, which all processes have in common.
	Holder    string    `json:"holder,omitempty"`
	HeldUntil time.Time `json:"held_until,omitzero"`
}

// UnknownHolder holds a host whose entry was lost, until whoever held it must have noticed.
const UnknownHolder = "unknown"

// LongestLease is how long a process may hold a host without renewing: two minutes and the time of one request, ten minutes at most.
const LongestLease = 12 * time.Minute

// RobotsState is a host's robots.txt as it was last read.
type RobotsState struct {
	Text         string    `json:"text,omitempty"`
	Why          string    `json:"why,omitempty"` // why there are no rules to read, or none that can be
	All          bool      `json:"all,omitempty"` // everything is forbidden, whatever Text says
	FetchedAt    time.Time `json:"fetched_at,omitzero"`
	Expires      time.Time `json:"expires,omitzero"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
}

// Origin names the origin that has one robots.txt, as the memory of hosts has it: the host, in lower case, with the port unless it is that
// of https. What is asked by http is another origin: "example.org:80".
func Origin(u *url.URL) string {
	name, port := strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), u.Port()
	if port == "" && u.Scheme == "http" {
		port = "80"
	}
	if port == "" || port == "443" {
		return name
	}
	return net.JoinHostPort(name, port)
}
