package land

import (
	_ "embed"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
)

// Site is one authority with its site.
type Site struct {
	ID, Name, Host, Family string
	Home                   string   // URL of the home page
	Truth                  string   // found, feed only, or why nothing can be crawled
	Releases               []string // URLs of all releases, newest first
	Latest                 []string // those of the first page of the list

	list, release, more, feed string
	nav, word, quirk          string
	count, per                int
	routes                    map[string]page
	releases                  []*release
	visits                    *atomic.Int64 // a session for each link
}

// Truths of a site beside the reasons that package probe knows.
const (
	Found    = "found"
	FeedOnly = "feed only"
)

//go:embed land.txt
var table string

// read makes the sites of land.txt. A line that is none panics: it is a defect of the table, which the tests would find first.
func read() []*Site {
	var sites []*Site
	for line := range strings.Lines(table) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if key == "" || key[0] == '#' {
			continue
		}
		if line[0] != ' ' {
			sites = append(sites, &Site{ID: key, Truth: Found, count: 20, per: 8})
			continue
		}
		if err := sites[len(sites)-1].set(key, strings.TrimSpace(value)); err != nil {
			panic("land.txt: " + err.Error())
		}
	}
	return sites
}

func (s *Site) set(key, value string) error {
	texts := map[string]*string{
		"name": &s.Name, "host": &s.Host, "family": &s.Family, "list": &s.list, "release": &s.release, "more": &s.more, "feed": &s.feed,
		"nav": &s.nav, "word": &s.word, "quirk": &s.quirk, "truth": &s.Truth,
	}
	numbers := map[string]*int{"count": &s.count, "per": &s.per}
	if into := texts[key]; into != nil {
		*into = value
	} else if n := numbers[key]; n != nil {
		v, err := strconv.Atoi(value)
		*n = v
		return err
	} else {
		return fmt.Errorf("%s: there is no %s", s.ID, key)
	}
	s.Home = "http://" + s.Host + "/"
	return nil
}

// absolute is an address of the site's.
func (s *Site) absolute(ref string) string {
	if strings.HasPrefix(ref, "http://") {
		return ref
	}
	return "http://" + s.pressHost() + ref
}

// pressHost is where the list is.
func (s *Site) pressHost() string {
	switch s.quirk {
	case "twohosts":
		return "presse." + strings.TrimPrefix(s.Host, "www.")
	case "relaunch":
		return "neu." + strings.TrimPrefix(s.Host, "www.")
	}
	return s.Host
}

// key is what addresses have in common that lead to one page: host, path, parameters in the order of their names, without a session.
func key(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	path, _, _ := strings.Cut(u.Path, ";jsessionid=")
	q := u.Query()
	q.Del("skipEntranceUrl")
	return strings.TrimPrefix(u.Host, "www.") + path + "?" + q.Encode()
}

// Whole reports whether all releases of the site can be found from its lists.
func (s *Site) Whole() bool { return s.quirk != "loadmore" && (s.more != "" || s.count <= s.per) }
