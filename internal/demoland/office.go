package demoland

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/crawler/source"
)

//go:embed kreise.txt
var kreise string

// What became of an office.
const (
	fateRelaunch  = "relaunch"  // its list has other markup since some days: the selectors find nothing
	fateThin      = "thin"      // its pages say less: no quotes and no people any more
	fateSilent    = "silent"    // nothing new
	fateHeld      = "held"      // pages that suddenly say something entirely different
	fateDown      = "down"      // its server answers with errors
	fatePaused    = "paused"    // somebody paused it
	fateChallenge = "challenge" // a bot protection stands before it
	fateDead      = "dead"      // a page whose record is too large for the broker
)

// office is a press office.
type office struct {
	ID, Name, Land             string
	Head, HeadOffice           string
	Second, SecondOffice, Town string
	Every                      int // days between two releases, about
	Fate                       string
	seed                       int
}

// offices are all of them.
func offices() (list []*office, err error) {
	for line := range strings.Lines(kreise) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "|")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		if len(f) != 10 {
			return nil, fmt.Errorf("kreise.txt: %q has %d fields", line, len(f))
		}
		every, err := strconv.Atoi(f[8])
		if err != nil {
			return nil, fmt.Errorf("kreise.txt: %w", err)
		}
		list = append(list, &office{
			ID: f[0], Name: f[1], Land: f[2], Head: f[3], HeadOffice: f[4], Second: f[5], SecondOffice: f[6], Town: f[7], Every: every, Fate: f[9],
			seed: len(list),
		})
	}
	return list, nil
}

func (o *office) host() string { return "www." + o.ID + ".example" }

// source is the office's source file. Its site is on loopback: no pause between requests.
func (o *office) source() (*source.Source, error) {
	return source.Parse(o.ID+".yaml", fmt.Appendf(nil, `
id: %s
name: %s
state: %s
base: http://%s/
start: {listings: [{url: /presse/, item: ul.news > li, link: a, title: a, date: time}]}
accept: ['^/presse/\d+']
pace: 0s
allow_private: true
recheck: {week: 1h, season: 90h}
belief: {gone_after: 1h, held_for: 720h}
`, o.ID, o.Name, o.Land, o.host()))
}
