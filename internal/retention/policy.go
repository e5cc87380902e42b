package retention

import (
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Config is the key retention of the configuration: the ages of all sources whose files say nothing else.
type Config struct {
	Raw      source.Age `yaml:"raw"`
	Releases source.Age `yaml:"releases"`
	Police   source.Age `yaml:"police"`
	Hours    string     `yaml:"hours"` // when run removes what is due, Europe/Berlin; empty: DefaultHours
}

// DefaultHours are a time in which no press office publishes.
const DefaultHours = "mon-sun 1-5"

// Check says what is wrong with a configuration; a nil one is none.
func (c *Config) Check() error {
	if c == nil {
		return nil
	}
	for key, a := range map[string]source.Age{"raw": c.Raw, "releases": c.Releases, "police": c.Police} {
		if a > 0 && a < source.LeastAge {
			return invalid(key, fmt.Sprintf("at least %v, or never", source.LeastAge), fmt.Errorf("%v", a))
		}
	}
	if _, err := c.window(); err != nil {
		return invalid("hours", `give days and hours such as "mon-sun 1-5"`, err)
	}
	return nil
}

func invalid(key, hint string, err error) error {
	return &schemas.Error{Op: "config", Kind: schemas.KindInvalid, Thing: "retention." + key, Hint: hint, Err: err}
}

func (c *Config) window() (source.Window, error) {
	hours := DefaultHours
	if c != nil && c.Hours != "" {
		hours = c.Hours
	}
	return source.ParseWindow(hours)
}

// Policy is for how long what came from one source is kept; 0 is for ever.
type Policy struct {
	Raw, Releases, Police time.Duration
}

// Of is the policy of a source, which may be nil: one whose file is gone.
func (c *Config) Of(src *source.Source) Policy {
	var all Config
	if c != nil {
		all = *c
	}
	var own source.Retention
	if src != nil {
		own = src.Retention
	}
	p := Policy{Raw: own.Raw.Or(all.Raw), Releases: own.Releases.Or(all.Releases)}
	// Where nothing is said of the police its releases go with the others.
	if p.Police = p.Releases; own.Police != 0 || all.Police != 0 && own.Releases == 0 {
		p.Police = own.Police.Or(all.Police)
	}
	return p
}

// Empty reports a policy by which nothing ever goes.
func (p Policy) Empty() bool { return p == Policy{} }

// Due reports a release that is older than its class may become. Its age counts from when the page says that it was published, or from when it
// was first seen where that was later: a page whose date was misread loses nothing by that, and what was crawled yesterday is not erased today.
func (p Policy) Due(r *schemas.Release, now time.Time) bool {
	age := p.Releases
	if p.Police != p.Releases {
		if class, _ := ClassOf(r); class == Police {
			age = p.Police
		}
	}
	if age <= 0 {
		return false
	}
	since := seen(r)
	if since.IsZero() {
		return false // nobody knows how old it is
	}
	if r.Published != nil && len(r.Published.Value) >= len(time.DateOnly) {
		day, err := time.Parse(time.DateOnly, r.Published.Value[:len(time.DateOnly)])
		if err == nil && day.After(since) && !day.After(now) {
			since = day
		}
	}
	return now.Sub(since) > age
}

// seen is when a release was first seen.
func seen(r *schemas.Release) time.Time {
	for _, text := range []string{r.Provenance.FirstSeen, r.Provenance.FetchedAt} {
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			return t
		}
	}
	return time.Time{}
}
