package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Schedule says when a source is crawled by a process that runs all the time. Hours are those of the source's time zone.
type Schedule struct {
	Every    time.Duration `yaml:"every"`    // between two crawls in office hours. Default DefaultEvery
	Idle     time.Duration `yaml:"idle"`     // between two crawls at other times. Default DefaultIdle
	Hours    []string      `yaml:"hours"`    // office hours, e.g. "mon-fri 7-19". Default DefaultHours
	Requests int           `yaml:"requests"` // a day: when they are used up the source waits for the next. Default DefaultRequests
}

// Defaults of a Schedule. A press office publishes when it is in the office, and whoever reads the feed wants to know within a quarter
// of an hour; a crawl that finds nothing new costs the site one conditional request a list.
const (
	DefaultEvery    = 12 * time.Minute
	DefaultIdle     = 2 * time.Hour
	DefaultHours    = "mon-fri 7-19"
	DefaultRequests = 1000

	minEvery = 5 * time.Minute
	maxIdle  = 7 * 24 * time.Hour
)

// Window is a part of the week in wall-clock time.
type Window struct {
	Days     [7]bool // by time.Weekday
	From, To int     // minutes of the day; To is behind it
}

// In reports whether a moment lies in the window.
func (w Window) In(t time.Time) bool {
	m := t.Hour()*60 + t.Minute()
	return w.Days[t.Weekday()] && m >= w.From && m < w.To
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// ParseWindow reads "mon-fri 7-19" or "sat 8:30-12:00".
func ParseWindow(s string) (Window, error) {
	bad := func() (Window, error) {
		return Window{}, fmt.Errorf(`%q, expected days and hours such as mon-fri 7-19 or "sat 8:30-12:00"`, s)
	}
	days, hours, ok := strings.Cut(strings.ToLower(strings.TrimSpace(s)), " ")
	if !ok {
		return bad()
	}
	first, last, span := strings.Cut(days, "-")
	if !span {
		last = first
	}
	a, b := slices.Index(weekdays, first), slices.Index(weekdays, last)
	from, to, ok := strings.Cut(strings.TrimSpace(hours), "-")
	if a < 0 || b < 0 || !ok {
		return bad()
	}
	var w Window
	for d := a; ; d = (d + 1) % 7 {
		if w.Days[d] = true; d == b {
			break
		}
	}
	if w.From, ok = minutes(from); !ok {
		return bad()
	}
	if w.To, ok = minutes(to); !ok || w.To <= w.From {
		return bad()
	}
	return w, nil
}

// minutes reads a time of day, 7 or 07:30; 24 is its end.
func minutes(s string) (int, bool) {
	hour, minute, ok := strings.Cut(strings.TrimSpace(s), ":")
	if !ok {
		minute = "0"
	}
	h, err1 := strconv.Atoi(hour)
	m, err2 := strconv.Atoi(minute)
	return h*60 + m, err1 == nil && err2 == nil && h >= 0 && m >= 0 && m < 60 && h*60+m <= 24*60
}

// schedule checks a Schedule and gives its hours.
func (c *checker) schedule(s Schedule) []Window {
	if s.Every != 0 && (s.Every < minEvery || s.Every > maxIdle) {
		c.problem("schedule.every", "%v, expected %v to %v", s.Every, minEvery, maxIdle)
	}
	if s.Idle != 0 && (s.Idle < minEvery || s.Idle > maxIdle) {
		c.problem("schedule.idle", "%v, expected %v to %v", s.Idle, minEvery, maxIdle)
	}
	if s.Requests < 0 {
		c.problem("schedule.requests", "%d, expected a number of requests a day", s.Requests)
	}
	hours := s.Hours
	if len(hours) == 0 {
		hours = []string{DefaultHours}
	}
	var list []Window
	for i, h := range hours {
		w, err := ParseWindow(h)
		if err != nil {
			c.problem(fmt.Sprintf("schedule.hours[%d]", i), "%v", err)
			continue
		}
		list = append(list, w)
	}
	return list
}
