package source

import (
	"net/url"
	"regexp"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/kreispresse/kreispresse/schemas"
)

// Source is one public authority's press site: one YAML file, one host, one politeness budget. Its yaml tags are the schema of
// crawler/source/sources/*.yaml; a key that is not here is an error. A Source may be crawled several times at once; it is not changed by it.
type Source struct {
	ID    string `yaml:"id"`    // lower-case letters, digits, hyphens; part of every subject, so it never changes
	Name  string `yaml:"name"`  // e.g. "Kreis Düren"
	Kind  string `yaml:"kind"`  // landkreis or kreisfreie-stadt; empty: another authority
	AGS   string `yaml:"ags"`   // Amtlicher Gemeindeschlüssel, 2 to 8 digits, quoted in YAML
	State string `yaml:"state"` // two-letter code of the Land, e.g. NW

	// Keys that subscribers join on; they stand in the source of each release.
	ARS      string `yaml:"ars"`      // Amtlicher Regionalschlüssel, 12 digits, quoted in YAML
	NUTS3    string `yaml:"nuts3"`    // Eurostat's region (NUTS 2024), e.g. DEA26
	Wikidata string `yaml:"wikidata"` // e.g. Q5914

	Status Status `yaml:"status"` // whether it works, see Status

	// Base is the absolute URL that Start's relative URLs are resolved against. Its host is the host of the source: pages of other
	// hosts are not fetched unless Hosts names them. WithBase moves a source to another address.
	Base  string   `yaml:"base"`
	Hosts []string `yaml:"hosts"` // further hosts (with port, if any) whose pages belong to the source

	Press string `yaml:"press"` // the page that people would call its press page, where known; sources discover looks there first

	Start Start `yaml:"start"` // may be missing while nobody knows where the lists are, see Status

	// Accept and Refuse are regular expressions (RE2) on path and query of a page's canonical URL, e.g. `^/presse/\d{4}/`. A page is
	// taken when one of Accept matches (or Accept is empty) and none of Refuse does. They do not apply to Start.
	Accept []string `yaml:"accept"`
	Refuse []string `yaml:"refuse"`

	Profile string `yaml:"profile"` // id of the CMS profile the parser tries first, e.g. sitepark; empty: it finds out

	// Pace is the time between the starts of two requests to one host. Default DefaultPace, at least MinPace; below that (0 is no
	// pause at all) only with AllowPrivate, and then only private addresses are reached.
	Pace time.Duration `yaml:"pace"`

	Limits Limits `yaml:"limits"`

	// Recheck says how often a page that is known is asked for again; `recheck: always` asks for every page in each crawl.
	Recheck Recheck `yaml:"recheck"`

	Schedule Schedule `yaml:"schedule"`

	Retention Retention `yaml:"retention"` // for how long what came is kept

	Belief   Belief `yaml:"belief"`
	TimeZone string `yaml:"time_zone"` // IANA name; dates without an offset are read in it. Default Europe/Berlin

	// AllowPrivate lets the source reach loopback, private and link-local addresses: for a test site, never for a public one.
	AllowPrivate bool `yaml:"allow_private"`

	compiled *Plan
}

// Start is where a source's pages are found. At least one entry is needed; several complete each other.
type Start struct {
	Listings []Listing `yaml:"listings"`
	Feeds    []string  `yaml:"feeds"`    // RSS, Atom or JSON Feed
	Sitemaps []string  `yaml:"sitemaps"` // urlset or index, plain or gzip
}

// Listing is a page that lists releases, with pages that continue it. The selectors are CSS.
type Listing struct {
	URL  string `yaml:"url"`
	Item string `yaml:"item"` // one entry of the list. Empty: every link of the page that Accept matches is an entry

	// Within an entry. Each may be empty: Link is the first a[href] (or the entry itself), Title the first heading or else the
	// text of the link, Date the first time[datetime] or the first German date in the entry's text.
	Link  string `yaml:"link"`
	Title string `yaml:"title"`
	Date  string `yaml:"date"`

	Next     string `yaml:"next"`      // link to the next page of the list. Empty: link or a with rel=next
	MaxPages int    `yaml:"max_pages"` // pages of the list that are read at most. Default DefaultListingPages
}

// Limits bound what one crawl of a source may cost.
type Limits struct {
	Pages     int           `yaml:"pages"`      // pages fetched in one crawl
	BodyBytes ByteSize      `yaml:"body_bytes"` // of one response, after decompression
	Timeout   time.Duration `yaml:"timeout"`    // of one request, from the moment it is sent to the last byte
	Redirects int           `yaml:"redirects"`  // hops of one request
	Duration  time.Duration `yaml:"duration"`   // of one crawl: what is not fetched by then is left to the next one
}

// Belief says when the feed believes what a source does. The defaults suit every source that people look after; a test site sets zero.
type Belief struct {
	GoneAfter time.Duration `yaml:"gone_after"` // a page is gone when it was missing twice, so long apart. Default DefaultGoneAfter
	HeldFor   time.Duration `yaml:"held_for"`   // a page that says something entirely different is believed when it says so for so long. Default DefaultHeldFor
}

// Recheck is how often known pages are looked at again. A page's age counts from the day of publication that a list or feed states, else
// from when it was first seen; the times are the least between two looks at a page of that age, a quarter more or less by the page, so
// that not all are due at once. A page that a list, feed or sitemap says has changed is due, and so is one that is in doubt.
type Recheck struct {
	Always bool // everything that is listed or known, in each crawl

	Day    time.Duration `yaml:"day"`    // pages of the last 24 hours. Default 0: in each crawl
	Week   time.Duration `yaml:"week"`   // of the last 7 days. Default a day
	Season time.Duration `yaml:"season"` // of the last 60 days. Default a week
	Year   time.Duration `yaml:"year"`   // of the last 365 days. Default 30 days
	Older  time.Duration `yaml:"older"`  // all others. Default half a year

	// Bounds of one crawl, least recently looked at first.
	Fresh    int `yaml:"fresh"`    // older pages that were first seen in the last 24 hours. Default 50
	Changed  int `yaml:"changed"`  // pages that are said to have changed. Default 100
	Doubtful int `yaml:"doubtful"` // pages that were missing, failed or held. Default 50
	Due      int `yaml:"due"`      // pages whose time has come. Default 200
}

// ByteSize is a number of bytes; in YAML a number with B, KB, MB, KiB or MiB.
type ByteSize int64

// Defaults of a source.
const (
	// DefaultPace is gentler than Scrapy's one second and quicker than Media Cloud's five: a Kreis site is small, a normal day has
	// a handful of new pages, and a first crawl of 1,000 pages takes half an hour.
	DefaultPace = 2 * time.Second
	MinPace     = 500 * time.Millisecond // the least a public host is given

	DefaultListingPages = 50
	DefaultPages        = 10_000
	DefaultBodyBytes    = 10 << 20
	DefaultTimeout      = 60 * time.Second
	DefaultRedirects    = 5
	DefaultDuration     = 2 * time.Hour
	DefaultTimeZone     = "Europe/Berlin"

	// DefaultGoneAfter and DefaultHeldFor outlast the usual outage: a relaunch answers 404 for an hour, a maintenance page stands
	// over a night.
	DefaultGoneAfter = 24 * time.Hour
	DefaultHeldFor   = 6 * time.Hour

	maxPages     = 100_000
	maxBodyBytes = 64 << 20
	maxTimeout   = 10 * time.Minute
	minDuration  = time.Second
	maxDuration  = 7 * 24 * time.Hour
)

// Defaults is what a YAML file's keys are laid over.
func Defaults() *Source {
	return &Source{
		Pace:     DefaultPace,
		TimeZone: DefaultTimeZone,
		Schedule: Schedule{Every: DefaultEvery, Idle: DefaultIdle, Requests: DefaultRequests},
		Belief:   Belief{GoneAfter: DefaultGoneAfter, HeldFor: DefaultHeldFor},
		Recheck: Recheck{
			Week: 24 * time.Hour, Season: 7 * 24 * time.Hour, Year: 30 * 24 * time.Hour, Older: 183 * 24 * time.Hour,
			Fresh: 50, Changed: 100, Doubtful: 50, Due: 200,
		},
		Limits: Limits{Pages: DefaultPages, BodyBytes: DefaultBodyBytes, Timeout: DefaultTimeout, Redirects: DefaultRedirects, Duration: DefaultDuration},
	}
}

// Plan holds what Check makes of a source's texts, so that nothing is parsed twice.
type Plan struct {
	Base     *url.URL
	Listings []List
	Feeds    []string // absolute
	Sitemaps []string // absolute
	Zone     *time.Location
	Hours    []Window // of Schedule

	hosts  map[string]bool // host[:port] as in url.URL.Host of a canonical URL
	accept []*regexp.Regexp
	refuse []*regexp.Regexp
}

// List is a Listing ready to be read. A matcher is nil when its selector is empty.
type List struct {
	URL                           string // absolute
	Item, Link, Title, Date, Next goquery.Matcher
	MaxPages                      int
}

// Plan is what Check made of the source; nil before.
func (s *Source) Plan() *Plan { return s.compiled }

// Ref is the source as snapshots and releases carry it.
func (s *Source) Ref() schemas.Source {
	return schemas.Source{ID: s.ID, Name: s.Name, AGS: s.AGS, State: s.State, ARS: s.ARS, NUTS3: s.NUTS3, Wikidata: s.Wikidata}
}

// WithBase is a copy of the source at another address, e.g. the loopback port of a test site that is only known at run time.
func (s *Source) WithBase(base string) (*Source, error) {
	c := *s
	c.Base, c.compiled = base, nil
	if err := c.Check(); err != nil {
		return nil, err
	}
	return &c, nil
}
