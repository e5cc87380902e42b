package pubdate

import (
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
)

// The forms that only programs write.
var (
	javaForm = lazy.MustCompile(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w* ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) ([A-Z]{1,5}|[+-]\d\d:?\d\d|` +
		`GMT[+-]\d\d:?\d\d) ((?:19|20)\d\d)$`)
	mailForm = lazy.MustCompile(`^(?:[A-Z][a-z]{2,8}, )?(\d{1,2})[ -]([A-Z][a-z]{2})[a-z]*[ -]((?:19|` +
		`20)\d\d) (\d\d):(\d\d)(?::(\d\d))?(?: ([A-Z]{1,4}|[+-]\d\d:?\d\d))?$`)
	compact = lazy.MustCompile(`^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?$`)
)

// zone reads an offset or one of the names that pages for Germany use; nil for any other.
func zone(s string) *time.Location {
	switch s = strings.TrimPrefix(s, "GMT"); s {
	case "Z", "UTC", "":
		return time.UTC
	case "MEZ", "CET":
		return time.FixedZone("", 3600)
	case "MESZ", "CEST":
		return time.FixedZone("", 7200)
	}
	if len(s) >= 3 && (s[0] == '+' || s[0] == '-') {
		d := strings.ReplaceAll(s[1:], ":", "")
		off := number(d[:2]) * 3600
		if len(d) == 4 {
			off += number(d[2:]) * 60
		}
		if s[0] == '-' {
			off = -off
		}
		if off > -15*3600 && off < 15*3600 {
			if off == 0 {
				return time.UTC
			}
			return time.FixedZone("", off)
		}
	}
	return nil
}

// machine reads the value of an attribute or property that holds a date and nothing else: ISO 8601 in all its spellings, the forms
// of Java's Date and of mail headers, and those of visible dates.
func machine(s string) (moment, bool) {
	if len(s) > 80 {
		return moment{}, false
	}
	s = strings.Join(strings.Fields(s), " ")
	if m := javaForm.FindStringSubmatch(s); m != nil {
		c := clock{number(m[3]), number(m[4]), number(m[5]), true, true, zone(m[6])}
		return build(number(m[7]), monthOf(m[1]), number(m[2]), c)
	}
	if m := mailForm.FindStringSubmatch(s); m != nil {
		c := clock{hour: number(m[4]), min: number(m[5]), given: true, zone: zone(m[7])}
		if m[7] == "" {
			c.zone = nil
		}
		if m[6] != "" {
			c.sec, c.seconds = number(m[6]), true
		}
		return build(number(m[3]), monthOf(m[2]), number(m[1]), c)
	}
	if m := compact.FindStringSubmatch(s); m != nil {
		c := clock{}
		if m[4] != "" {
			c = clock{hour: number(m[4]), min: number(m[5]), given: true}
			if m[6] != "" {
				c.sec, c.seconds = number(m[6]), true
			}
			if m[7] != "" {
				c.zone = zone(m[7])
			}
		}
		return build(number(m[1]), number(m[2]), number(m[3]), c)
	}
	if m := slashForm.FindStringSubmatch(s); m != nil && number(m[1]) <= 12 && number(m[2]) <= 12 && m[1] != m[2] {
		return moment{}, false // 11/01/2023: nobody can say which is the month
	}
	f := find(s, 2)
	if len(f) != 1 {
		return moment{}, false
	}
	return f[0].moment, true
}
