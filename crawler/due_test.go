package crawler

import (
	"fmt"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestNeed(t *testing.T) {
	now := time.Date(2025, 7, 10, 12, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	dated := func(d time.Duration) schemas.Hints {
		return schemas.Hints{Published: ago(d).Format(time.DateOnly), PublishedBy: "listing", DiscoveredBy: "listing", Title: "Radweg"}
	}
	old := schemas.PageState{FirstSeen: ago(900 * day), LastChecked: ago(time.Hour), Hints: dated(800 * day)}
	with := func(change func(*schemas.PageState)) schemas.PageState {
		st := old
		change(&st)
		return st
	}
	entry := func(change func(*discover.Entry)) *discover.Entry {
		e := discover.Entry{Hints: old.Hints}
		change(&e)
		return &e
	}
	for name, c := range map[string]struct {
		st     schemas.PageState
		listed *discover.Entry
		want   need
	}{
		"old, looked at lately": {old, nil, notDue},
		"of today":              {with(func(st *schemas.PageState) { st.Hints = dated(0) }), nil, dueYoung},
		"undated, new":          {schemas.PageState{FirstSeen: ago(3 * time.Hour), LastChecked: ago(time.Minute)}, nil, dueYoung},
		"old, first seen today": {with(func(st *schemas.PageState) { st.FirstSeen = ago(5 * time.Hour) }), nil, dueFresh},
		"of tomorrow":           {with(func(st *schemas.PageState) { st.Hints = dated(-30 * day) }), nil, dueYoung},
		"three days, an hour":   {with(func(st *schemas.PageState) { st.Hints = dated(3 * day) }), nil, notDue},
		"three days, two days":  {with(func(st *schemas.PageState) { st.Hints, st.LastChecked = dated(3*day), ago(2*day) }), nil, dueByAge},
		"a month, two days":     {with(func(st *schemas.PageState) { st.Hints, st.LastChecked = dated(30*day), ago(2*day) }), nil, notDue},
		"a month, ten days":     {with(func(st *schemas.PageState) { st.Hints, st.LastChecked = dated(30*day), ago(10*day) }), nil, dueByAge},
		"half a year, 20 days":  {with(func(st *schemas.PageState) { st.Hints, st.LastChecked = dated(180*day), ago(20*day) }), nil, notDue},
		"half a year, 40 days":  {with(func(st *schemas.PageState) { st.Hints, st.LastChecked = dated(180*day), ago(40*day) }), nil, dueByAge},
		"old, 100 days":         {with(func(st *schemas.PageState) { st.LastChecked = ago(100 * day) }), nil, notDue},
		"old, 230 days":         {with(func(st *schemas.PageState) { st.LastChecked = ago(230 * day) }), nil, dueByAge},
		"clock was ahead":       {with(func(st *schemas.PageState) { st.LastChecked = ago(-400 * day) }), nil, dueFresh},
		"missing":               {with(func(st *schemas.PageState) { st.Miss = &schemas.Miss{} }), nil, dueDoubt},
		"held":                  {with(func(st *schemas.PageState) { st.Held = &schemas.Hold{} }), nil, dueDoubt},
		"failed":                {with(func(st *schemas.PageState) { st.Failures = 1 }), nil, dueDoubt},
		"gone, looked at":       {with(func(st *schemas.PageState) { st.Gone, st.Hints, st.LastChecked = true, dated(2*day), ago(5*day) }), nil, notDue},
		"gone, a month ago":     {with(func(st *schemas.PageState) { st.Gone, st.Hints, st.LastChecked = true, dated(2*day), ago(40*day) }), nil, dueByAge},
		"gone, listed again":    {with(func(st *schemas.PageState) { st.Gone = true }), entry(func(*discover.Entry) {}), dueDoubt},

		"listed as before":    {old, entry(func(*discover.Entry) {}), notDue},
		"lastmod before":      {old, entry(func(e *discover.Entry) { e.Changed = ago(2 * time.Hour) }), notDue},
		"lastmod since":       {old, entry(func(e *discover.Entry) { e.Changed = ago(time.Minute) }), dueChanged},
		"another title":       {old, entry(func(e *discover.Entry) { e.Hints.Title = "Radweg gesperrt" }), dueChanged},
		"another start":       {old, entry(func(e *discover.Entry) { e.Hints.Title, e.Hints.DiscoveredBy = "Neuer Radweg", "feed" }), notDue},
		"newly dated":         {old, entry(func(e *discover.Entry) { e.Hints.Published = ago(100 * day).Format(time.DateOnly) }), dueChanged},
		"dated back":          {old, entry(func(e *discover.Entry) { e.Hints.Published = ago(999 * day).Format(time.DateOnly) }), notDue},
		"newly dated, of now": {old, entry(func(e *discover.Entry) { e.Hints.Published = now.Format(time.DateOnly) }), dueYoung},
	} {
		if got := needOf("abc", c.st, c.listed, now, time.UTC, source.Defaults().Recheck); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestJitterSpreadsAndStays(t *testing.T) {
	const d = 100 * time.Hour
	low, high := 0, 0
	for i := range 1000 {
		page := fmt.Sprint("page", i)
		j := jittered(page, d)
		if j < 75*time.Hour || j > 125*time.Hour || j != jittered(page, d) {
			t.Fatalf("%s: %v", page, j)
		}
		if d := jittered(page, day); d < 18*time.Hour || d > day {
			t.Fatalf("%s: %v for a day", page, d)
		}
		if j < 88*time.Hour {
			low++
		} else if j > 112*time.Hour {
			high++
		}
	}
	if low < 150 || high < 150 {
		t.Errorf("%d of 1000 are early, %d late", low, high)
	}
}
