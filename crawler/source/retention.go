package source

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Retention says for how long what came from a source is kept. What is not said is as the configuration of the installation says it, and
// where that says nothing, too, it is kept for ever.
type Retention struct {
	Raw      Age `yaml:"raw"`      // pages as fetched, but the last one of each and those that something still needs
	Releases Age `yaml:"releases"` // releases: then they are erased
	Police   Age `yaml:"police"`   // releases of the class police, where they are to go earlier or later than others
}

// Age is how old something may become; 0: nothing is said, Forever: as old as it likes.
type Age time.Duration

// Forever is the age "never".
const Forever Age = -1

// LeastAge is the least age that may be set for a public source: what goes cannot be brought back, and a slip of the unit is easily made.
const LeastAge = Age(24 * time.Hour)

// ParseAge reads "400d", "26w", "36h" or "never".
func ParseAge(s string) (Age, error) {
	if s == "never" {
		return Forever, nil
	}
	for unit, d := range map[string]time.Duration{"d": 24 * time.Hour, "w": 7 * 24 * time.Hour} {
		if num, ok := strings.CutSuffix(s, unit); ok {
			n, err := strconv.ParseUint(num, 10, 16)
			if err != nil || n == 0 {
				return 0, errNoAge
			}
			return Age(time.Duration(n) * d), nil
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, errNoAge
	}
	return Age(d), nil
}

var errNoAge = errors.New(`no age such as 400d, 26w, 36h or never`)

// UnmarshalText is ParseAge, for configuration files.
func (a *Age) UnmarshalText(text []byte) (err error) {
	if *a, err = ParseAge(string(text)); err != nil {
		return fmt.Errorf("%q is %w", text, err)
	}
	return nil
}

func (a Age) String() string {
	const day = Age(24 * time.Hour)
	switch {
	case a <= 0:
		return "never"
	case a%day == 0:
		return strconv.Itoa(int(a/day)) + "d"
	}
	return time.Duration(a).String()
}

// Or is the age, or that of the installation where nothing is said; 0 stands for ever then.
func (a Age) Or(other Age) time.Duration {
	if a == 0 {
		a = other
	}
	return time.Duration(max(a, 0))
}

func (c *checker) retention(s *Source) {
	for key, a := range map[string]Age{"raw": s.Retention.Raw, "releases": s.Retention.Releases, "police": s.Retention.Police} {
		if a > 0 && a < LeastAge && !s.AllowPrivate {
			c.problem("retention."+key, "%v, expected at least %v (less only with allow_private), or never", a, LeastAge)
		}
	}
}
