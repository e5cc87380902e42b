package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// claims tells where two sources want the same pages: one would publish the other's releases a second time. Two sources do when they
// begin at the same list, feed or sitemap, or when they share a host on which an address can be written that both accept.
func claims(sources []*Source) (problems Problems) {
	starts, hosts := map[string]*Source{}, map[string][]*Source{}
	for _, s := range sources {
		for _, url := range s.compiled.starts() {
			if o := starts[url]; o != nil && o != s {
				problems = append(problems, Problem{Key: "start", Message: fmt.Sprintf("%s and %s both begin at %s", o.ID, s.ID, url)})
			}
			starts[url] = s
		}
		for host := range s.compiled.hosts {
			for _, o := range hosts[host] {
				if page := common(o, s); page != "" {
					problems = append(problems, Problem{
						Key: "accept", Message: fmt.Sprintf("%s and %s both claim the pages of %s, for instance %s", o.ID, s.ID, host, page),
					})
				}
			}
			if s.HasStart() && len(s.Accept) > 0 { // without accept the entries of its lists are its pages
				hosts[host] = append(hosts[host], s)
			}
		}
	}
	slices.SortStableFunc(problems, func(a, b Problem) int { return strings.Compare(a.Message, b.Message) })
	return slices.CompactFunc(problems, func(a, b Problem) bool { return a.Message == b.Message })
}

// starts are the absolute addresses of all starts.
func (p *Plan) starts() []string {
	all := slices.Concat(p.Feeds, p.Sitemaps)
	for _, l := range p.Listings {
		all = append(all, l.URL)
	}
	return all
}

// common is a path that both sources accept, "" when there is none that is found.
func common(a, b *Source) string {
	if !b.HasStart() {
		return ""
	}
	for _, x := range a.Accept {
		for _, y := range b.Accept {
			if p := meet(x, y, func(path string) bool { return a.takes(path) && b.takes(path) }); p != "" {
				return p
			}
		}
	}
	return ""
}

// takes is Accepts for a path with its query, on a host of the source.
func (s *Source) takes(path string) bool {
	matches := func(re *regexp.Regexp) bool { return re.MatchString(path) }
	return slices.ContainsFunc(s.compiled.accept, matches) && !slices.ContainsFunc(s.compiled.refuse, matches)
}
