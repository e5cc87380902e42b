package console

import (
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// hostView is a host as a page shows it: robots.txt with the lines that concern us, and what we asked last.
type hostView struct {
	api.HostStatus
	Resting bool
	Lines   []robotsLine
	Asked   []askedRow // newest first
}

// askedRow is a request with its size as sizes are written.
type askedRow struct{ schemas.HostRequest }

// Size is how much came, decompressed.
func (r askedRow) Size() uint64 { return uint64(max(r.Bytes, 0)) }

// Name is the host as people write it; that it is asked by http is no part of its name.
func (v hostView) Name() string { return strings.TrimSuffix(v.Host, ":80") }

func (k *call) host(h api.HostStatus) hostView {
	v := hostView{HostStatus: h, Resting: h.RestUntil.After(k.view.Now), Lines: robotsLines(h.Robots)}
	for _, r := range slices.Backward(h.Asked) {
		v.Asked = append(v.Asked, askedRow{r})
	}
	return v
}

type robotsLine struct {
	Text string
	Ours bool // it stands in a group that is for us
}

// mostRobots bounds how much of a robots.txt is shown, in lines.
const mostRobots = 60

// robotsLines cuts robots.txt into lines and marks the groups that are for us: those that name us, or else those for everybody.
func robotsLines(text string) []robotsLine {
	list, named := robotsGroups(text, "kreispresse")
	if !named {
		list, _ = robotsGroups(text, "*")
	}
	if len(list) > mostRobots {
		list = append(list[:mostRobots], robotsLine{Text: "…"})
	}
	return list
}

// robotsGroups marks the groups for one agent, and says whether there is one.
func robotsGroups(text, agent string) (list []robotsLine, found bool) {
	ours, naming := false, false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		key, value, _ := strings.Cut(strings.ToLower(line), ":")
		if key = strings.TrimSpace(key); key == "user-agent" {
			ours = agentOf(value) == agent || naming && ours
			naming, found = true, found || ours
		} else if line != "" && !strings.HasPrefix(line, "#") {
			naming = false
		}
		list = append(list, robotsLine{short(line), ours && line != "" && !strings.HasPrefix(line, "#") && key != "sitemap"})
	}
	return list, found
}

// agentOf is whom a user-agent line means: "kreispresse/1.0" is kreispresse (RFC 9309 section 2.2.1).
func agentOf(value string) string {
	value = strings.TrimSpace(value)
	if strings.HasPrefix(value, "*") {
		return "*"
	}
	if i := strings.IndexFunc(value, func(r rune) bool { return r != '-' && r != '_' && (r < 'a' || r > 'z') }); i >= 0 {
		return value[:i]
	}
	return value
}
