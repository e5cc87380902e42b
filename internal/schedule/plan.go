package schedule

import (
	"cmp"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// Plan is how often a source wants to be asked.
type Plan struct {
	Every    time.Duration // between the starts of two runs in office hours
	Idle     time.Duration // at other times
	Hours    []source.Window
	Zone     *time.Location // of Hours, and of the day that Requests are counted in
	Requests int            // a day
	Seed     string         // keeps sources of one plan apart in time
}

// perList is the least time between two requests for lists of one host.
const perList = 5 * time.Minute

// PlanOf is the plan of a checked source.
func PlanOf(s *source.Source) Plan {
	p := s.Plan()
	lists := len(p.Listings) + len(p.Feeds) + len(p.Sitemaps)
	plan := Plan{
		Every: cmp.Or(s.Schedule.Every, source.DefaultEvery), Idle: cmp.Or(s.Schedule.Idle, source.DefaultIdle),
		Hours: p.Hours, Zone: p.Zone, Requests: cmp.Or(s.Schedule.Requests, source.DefaultRequests), Seed: s.ID,
	}
	plan.Every = max(plan.Every, time.Duration(lists)*perList)
	plan.Idle = max(plan.Idle, plan.Every)
	return plan
}
