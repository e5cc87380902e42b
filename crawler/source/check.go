package source

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"

	"github.com/kreispresse/kreispresse/schemas"
)

// landByPrefix maps the first two digits of an AGS to the code of the Land (ISO 3166-2:DE without "DE-").
var landByPrefix = map[string]string{
	"01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
	"09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}

var agsForm = regexp.MustCompile(`^\d{2,8}$`)

// Check validates a source and prepares it for Crawl. Load has done it already; a source made in Go needs it once. The error's
// cause is Problems.
func (s *Source) Check() error {
	problems := s.check(nil)
	if len(problems) == 0 {
		return nil
	}
	return &schemas.Error{Op: "source", Kind: schemas.KindInvalid, Thing: s.ID, Err: problems}
}

// check validates and compiles s. It returns problems without file and line; at turns a key into a line when given.
func (s *Source) check(at func(key string) int) Problems {
	c := &checker{at: at}
	c.identity(s)
	out := &Plan{hosts: map[string]bool{}}
	c.addresses(s, out)
	c.listings(s, out)
	out.accept = c.patterns("accept", s.Accept)
	out.refuse = c.patterns("refuse", s.Refuse)
	c.limits(s)
	c.recheck(s.Recheck)
	c.retention(s)
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil || s.TimeZone == "" || s.TimeZone == "Local" {
		c.problem("time_zone", "%q, expected an IANA name such as Europe/Berlin", s.TimeZone)
	}
	out.Zone = zone
	out.Hours = c.schedule(s.Schedule)
	if len(c.problems) == 0 {
		s.compiled = out
	}
	return c.problems
}

type checker struct {
	at       func(key string) int
	problems Problems
}

func (c *checker) problem(key, format string, args ...any) {
	p := Problem{Key: key, Message: fmt.Sprintf(format, args...)}
	if c.at != nil {
		p.Line = c.at(key)
	}
	c.problems = append(c.problems, p)
}

func (c *checker) identity(s *Source) {
	if s.ID == "" {
		c.problem("id", "missing, expected lower-case letters, digits and hyphens, e.g. kreis-dueren")
	} else if err := schemas.CheckToken(s.ID); err != nil {
		c.problem("id", "%v", err)
	} else if len(s.ID) > 64 {
		c.problem("id", "longer than 64 characters")
	}
	if strings.TrimSpace(s.Name) == "" {
		c.problem("name", "missing, expected the authority's name, e.g. Kreis Düren")
	}
	codes := slices.Sorted(maps.Values(landByPrefix))
	if s.State == "" {
		c.problem("state", "missing, expected the code of the Land: %s", strings.Join(codes, ", "))
	} else if !slices.Contains(codes, s.State) {
		c.problem("state", "%q, expected the code of the Land: %s", s.State, strings.Join(codes, ", "))
	}
	if s.AGS != "" && !agsForm.MatchString(s.AGS) {
		c.problem("ags", "%q, expected 2 to 8 digits, e.g. \"05358\"", s.AGS)
	} else if s.AGS != "" && slices.Contains(codes, s.State) && landByPrefix[s.AGS[:2]] != s.State {
		c.problem("ags", "%q does not belong to state %s: its first two digits are those of %s", s.AGS, s.State, orUnknown(landByPrefix[s.AGS[:2]]))
	}
	c.keys(s)
	c.status(s.Status)
	if s.Profile != "" {
		if err := schemas.CheckToken(s.Profile); err != nil {
			c.problem("profile", "%v", err)
		}
	}
}

func orUnknown(s string) string {
	if s == "" {
		return "no Land"
	}
	return s
}

func (c *checker) addresses(s *Source, out *Plan) {
	base, err := url.Parse(s.Base)
	switch {
	case s.Base == "":
		c.problem("base", "missing, expected the site's absolute URL, e.g. https://www.kreis-dueren.de/")
		base = nil
	case err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "":
		c.problem("base", "%q, expected an absolute http or https URL", s.Base)
		base = nil
	}
	if base != nil {
		out.Base = base
		if canonical, err := schemas.CanonicalURL(base.String()); err == nil {
			u, _ := url.Parse(canonical)
			out.hosts[u.Host] = true
		}
	}
	for i, h := range s.Hosts {
		canonical, err := schemas.CanonicalURL("https://" + h + "/")
		if err != nil || strings.ContainsAny(h, "/?#@ ") {
			c.problem(fmt.Sprintf("hosts[%d]", i), "%q, expected a host name such as presse.kreis-dueren.de", h)
			continue
		}
		u, _ := url.Parse(canonical)
		out.hosts[u.Host] = true
	}
	if s.Press != "" {
		if u, err := url.Parse(s.Press); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			c.problem("press", "%q, expected an absolute http or https URL", s.Press)
		}
	}
	if !s.HasStart() && s.Works() {
		c.problem("start", "nothing to start from, expected at least one of listings, feeds, sitemaps")
	}
	out.Feeds = c.starts("start.feeds", s.Start.Feeds, out)
	out.Sitemaps = c.starts("start.sitemaps", s.Start.Sitemaps, out)
}

func (c *checker) starts(key string, refs []string, out *Plan) []string {
	var abs []string
	for i, ref := range refs {
		abs = append(abs, c.start(fmt.Sprintf("%s[%d]", key, i), ref, out))
	}
	return abs
}

// start resolves a start URL. It must lie on a host of the source: otherwise a slip would crawl somebody else's site.
func (c *checker) start(key, ref string, out *Plan) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" {
		c.problem(key, "%q, expected a URL or a path such as /presse/", ref)
		return ""
	}
	if out.Base == nil {
		return ""
	}
	u = out.Base.ResolveReference(u)
	canonical, err := schemas.CanonicalURL(u.String())
	if err != nil {
		c.problem(key, "%v", err)
		return ""
	}
	if cu, _ := url.Parse(canonical); !out.hosts[cu.Host] {
		c.problem(key, "%s is neither the host of base nor one of hosts", cu.Host)
	}
	u.Fragment = ""
	return u.String()
}

func (c *checker) listings(s *Source, out *Plan) {
	for i, l := range s.Start.Listings {
		key := fmt.Sprintf("start.listings[%d]", i)
		cl := List{MaxPages: l.MaxPages}
		if l.URL == "" {
			c.problem(key+".url", "missing, expected a URL or a path such as /presse/")
		} else {
			cl.URL = c.start(key+".url", l.URL, out)
		}
		cl.Item = c.selector(key+".item", l.Item)
		cl.Link = c.selector(key+".link", l.Link)
		cl.Title = c.selector(key+".title", l.Title)
		cl.Date = c.selector(key+".date", l.Date)
		cl.Next = c.selector(key+".next", l.Next)
		if l.MaxPages < 0 || l.MaxPages > maxPages {
			c.problem(key+".max_pages", "%d, expected 1 to %d", l.MaxPages, maxPages)
		}
		if cl.MaxPages == 0 {
			cl.MaxPages = DefaultListingPages
		}
		if l.Item == "" && len(s.Accept) == 0 {
			c.problem(key+".item", "missing, expected a selector of the list's entries, or accept patterns that tell releases from other links")
		}
		out.Listings = append(out.Listings, cl)
	}
}

// selector compiles at load time, since a selector that goquery cannot compile silently matches nothing.
func (c *checker) selector(key, sel string) goquery.Matcher {
	if sel == "" {
		return nil
	}
	m, err := cascadia.Compile(sel)
	if err != nil {
		c.problem(key, "%q is no CSS selector: %v", sel, err)
		return nil
	}
	return m
}

func (c *checker) patterns(key string, texts []string) []*regexp.Regexp {
	var out []*regexp.Regexp
	for i, t := range texts {
		re, err := regexp.Compile(t)
		if err != nil || t == "" {
			c.problem(fmt.Sprintf("%s[%d]", key, i), "%q is no regular expression (RE2): %v", t, err)
			continue
		}
		if why := never(t); why != "" {
			c.problem(fmt.Sprintf("%s[%d]", key, i), "%q can match no page: %s", t, why)
			continue
		}
		out = append(out, re)
	}
	return out
}

func (c *checker) recheck(r Recheck) {
	const longest = 2 * 365 * 24 * time.Hour
	for key, d := range map[string]time.Duration{"day": r.Day, "week": r.Week, "season": r.Season, "year": r.Year, "older": r.Older} {
		if d < 0 || d > longest {
			c.problem("recheck."+key, "%v, expected 0s to %v", d, longest)
		}
	}
	for key, n := range map[string]int{"fresh": r.Fresh, "changed": r.Changed, "doubtful": r.Doubtful, "due": r.Due} {
		if n < 0 || n > maxPages {
			c.problem("recheck."+key, "%d, expected 0 to %d", n, maxPages)
		}
	}
}

func (c *checker) limits(s *Source) {
	if s.Pace < 0 || s.Pace > time.Hour {
		c.problem("pace", "%v, expected a duration between %v and 1h", s.Pace, MinPace)
	} else if s.Pace < MinPace && !s.AllowPrivate {
		c.problem("pace", "%v is too fast for a public host, expected at least %v (less only with allow_private)", s.Pace, MinPace)
	}
	if s.Limits.Pages < 1 || s.Limits.Pages > maxPages {
		c.problem("limits.pages", "%d, expected 1 to %d", s.Limits.Pages, maxPages)
	}
	if s.Limits.BodyBytes < 1<<10 || s.Limits.BodyBytes > maxBodyBytes {
		c.problem("limits.body_bytes", "%d bytes, expected 1KiB to 64MiB", s.Limits.BodyBytes)
	}
	if s.Limits.Timeout < 10*time.Millisecond || s.Limits.Timeout > maxTimeout {
		c.problem("limits.timeout", "%v, expected 10ms to %v", s.Limits.Timeout, maxTimeout)
	}
	if s.Limits.Duration < minDuration || s.Limits.Duration > maxDuration {
		c.problem("limits.duration", "%v, expected %v to %v", s.Limits.Duration, minDuration, maxDuration)
	}
	if s.Limits.Redirects < 0 || s.Limits.Redirects > 20 {
		c.problem("limits.redirects", "%d, expected 0 to 20", s.Limits.Redirects)
	}
}

// StateOf is the code of the Land of an AGS, "" when it has none.
func StateOf(ags string) string {
	if len(ags) < 2 {
		return ""
	}
	return landByPrefix[ags[:2]]
}
