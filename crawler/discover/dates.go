package discover

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

var (
	numericDay = regexp.MustCompile(`(?:^|[^\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:\D|$)`)
	wordyDay   = regexp.MustCompile(`(?:^|\D)(\d{1,2})\.\s?(Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s+(\d{4})`)
	isoDay     = regexp.MustCompile(`(?:^|\D)(\d{4})-(\d{2})-(\d{2})(?:\D|$)`)
)

var germanMonths = map[string]string{
	"Januar": "1", "Jänner": "1", "Februar": "2", "März": "3", "April": "4", "Mai": "5", "Juni": "6",
	"Juli": "7", "August": "8", "September": "9", "Oktober": "10", "November": "11", "Dezember": "12",
}

// germanDay is the first calendar day that a listing's text names, as 2006-01-02, or "". It reads the absolute forms that lists
// print; what a release says in its text is the parser's business.
func germanDay(text string) string {
	if len(text) > 4096 {
		text = text[:4096]
	}
	text = strings.ReplaceAll(text, "\u00a0", " ")
	at, day := len(text), ""
	for _, f := range []struct {
		re      *regexp.Regexp
		y, m, d int
	}{{numericDay, 3, 2, 1}, {wordyDay, 3, 2, 1}, {isoDay, 1, 2, 3}} {
		loc := f.re.FindStringSubmatchIndex(text)
		if loc == nil || loc[0] >= at {
			continue
		}
		part := func(i int) string { return text[loc[2*i]:loc[2*i+1]] }
		month := part(f.m)
		if n, ok := germanMonths[month]; ok {
			month = n
		}
		if t, err := time.Parse("2006-1-2", fmt.Sprintf("%s-%s-%s", part(f.y), strings.TrimLeft(month, "0"), strings.TrimLeft(part(f.d), "0"))); err == nil {
			at, day = loc[0], t.Format(time.DateOnly)
		}
	}
	return day
}

// isoMoment is a datetime attribute as an ISO 8601 day or an RFC 3339 time, or "".
func isoMoment(v string) string {
	v = strings.TrimSpace(v)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700"} {
		if t, err := time.Parse(layout, v); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, v); err == nil {
			return t.Format(time.DateOnly) // a time of day without an offset is not a moment
		}
	}
	return ""
}
