package health

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// monday is the day after twelve weeks of ordinary life.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// ordinary is a source of two releases a working day, crawled each morning for twelve weeks up to the Friday before monday; every release
// has what fields say of ten.
func ordinary(change func(day int, r *Run)) Memory {
	var m Memory
	for day := -83; day <= -3; day++ {
		r := weekday(monday.AddDate(0, 0, day))
		if change != nil {
			change(day, &r)
		}
		m = m.Learn(r)
		m, _ = m.Watch("kreis-muster", m.Judge(r.At), r.At)
	}
	return m
}

func weekday(at time.Time) Run {
	r := Run{At: at, Discovered: 20}
	if d := at.Weekday(); d != time.Saturday && d != time.Sunday {
		r.Filled = &Filled{
			Releases: 2, Fields: map[string]int{"published": 2, "text": 2, "people": 2, "images": 1},
			Days: map[string]int{at.Format(time.DateOnly): 2},
		}
	}
	return r
}

func TestJudge(t *testing.T) {
	friday := monday.AddDate(0, 0, -3)
	for name, tt := range map[string]struct {
		m           Memory
		now         time.Time
		state, says string
	}{
		"ordinary":            {ordinary(nil), friday, Healthy, "10.2 releases a week, the last today"},
		"over the weekend":    {ordinary(nil), monday, Healthy, "the last 3 days ago"},
		"never crawled":       {Memory{}, monday, Silent, "never crawled"},
		"first run":           {Memory{}.Learn(weekday(friday)), friday, Healthy, "not known yet"},
		"failed":              {ordinary(nil).Learn(Run{At: monday, Failed: "lists no page at all"}), monday, Broken, "lists no page at all"},
		"challenge":           {ordinary(nil).Learn(Run{At: monday, Failed: "x", Challenge: true}), monday, Broken, "bot protection"},
		"count at the floor":  {ordinary(nil).Learn(Run{At: monday, Discovered: 16}), monday, Healthy, ""},
		"count below":         {ordinary(nil).Learn(Run{At: monday, Discovered: 15}), monday, Degraded, "name 15 pages, a healthy run at least 20"},
		"few runs, no floor":  {learn(Memory{}, 2, 20, nil).Learn(Run{At: friday, Discovered: 1}), friday, Healthy, ""},
		"enough runs":         {learn(Memory{}, 3, 20, nil).Learn(Run{At: friday, Discovered: 1}), friday, Degraded, "name 1 pages"},
		"short list is usual": {learn(learn(Memory{}, 9, 20, nil), 3, 500, nil).Learn(Run{At: friday, Discovered: 20}), friday, Healthy, ""},
		"all alike":           {ordinary(nil).Learn(Run{At: monday, Discovered: 20, Filled: &Filled{Releases: 10, Alike: 5}}), monday, Broken, "5 of the 10"},
		"some alike":          {ordinary(nil).Learn(Run{At: monday, Discovered: 20, Filled: &Filled{Releases: 11, Alike: 5, Fields: all(11)}}), monday, Healthy, ""},
		"two alike":           {ordinary(nil).Learn(Run{At: monday, Discovered: 20, Filled: &Filled{Releases: 4, Alike: 4, Fields: all(4)}}), monday, Healthy, ""},
		"dates vanish":        {ordinary(without("published", -16)), friday, Degraded, "of its last 10 releases 0 have a date"},
		"rare field":          {ordinary(without("images", -16)), friday, Degraded, "pictures"},
		"one without a date":  {ordinary(without("published", -3)), friday, Healthy, ""},
		"silent":              {idle(ordinary(nil), 8), monday.AddDate(0, 0, 8), Silent, "nothing new for 11 days, though it has 10.2 releases a week"},
		"short silence":       {idle(ordinary(nil), 1), monday.AddDate(0, 0, 1), Healthy, ""},
		"not crawled":         {ordinary(nil), monday.AddDate(0, 0, 4), Silent, "it was not crawled for 7 days"},
		"rare but steady":     {idle(rare(), 20), monday.AddDate(0, 0, 20), Healthy, ""},
		"paused so before": {idle(ordinary(func(day int, r *Run) { // a holiday of two weeks
			if day > -50 && day < -35 {
				r.Filled = nil
			}
		}), 10), monday.AddDate(0, 0, 10), Healthy, ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := tt.m.Judge(tt.now)
			if v.State != tt.state || !strings.Contains(v.Says, tt.says) {
				t.Errorf("%s: %s, want %s: %s", v.State, v.Says, tt.state, tt.says)
			}
			if (v.Do == "") != (v.State == Healthy) {
				t.Errorf("%s: to do %q", v.State, v.Do)
			}
		})
	}
}

// all are n releases with all that the ordinary ones have.
func all(n int) map[string]int {
	return map[string]int{"published": n, "text": n, "people": n, "images": n}
}

// learn is a memory after n more runs that name so many pages.
func learn(m Memory, n, discovered int, f *Filled) Memory {
	for i := range n {
		m = m.Learn(Run{At: monday.AddDate(0, 0, -40+i), Discovered: discovered, Filled: f})
	}
	return m
}

// without takes a field away from the releases of a day and later.
func without(field string, from int) func(int, *Run) {
	return func(day int, r *Run) {
		if day >= from && r.Filled != nil {
			r.Filled.Fields[field] = 0
			return
		}
		if r.Filled != nil {
			r.Filled.Fields["images"] = 2
		}
	}
}

// idle is a memory after daily runs that find nothing new.
func idle(m Memory, days int) Memory {
	for d := range days + 1 {
		m = m.Learn(Run{At: monday.AddDate(0, 0, d), Discovered: 20})
	}
	return m
}

// rare publishes every second Wednesday.
func rare() Memory {
	return ordinary(func(day int, r *Run) {
		if r.Filled = nil; r.At.Weekday() == time.Wednesday && (day+100)/7%2 == 0 {
			r.Filled = &Filled{Releases: 2, Fields: map[string]int{"published": 2}, Days: map[string]int{r.At.Format(time.DateOnly): 2}}
		}
	})
}

// TestQuietFor: a measure of one's own goes before the rhythm, for the silent and for the slow.
func TestQuietFor(t *testing.T) {
	m := idle(rare(), 20)
	now := monday.AddDate(0, 0, 20)
	for quiet, want := range map[time.Duration]string{7 * 24 * time.Hour: Silent, 90 * 24 * time.Hour: Healthy, 0: Healthy} {
		if v := m.JudgeQuiet(now, quiet); v.State != want {
			t.Errorf("quiet for %v: %s (%s), want %s", quiet, v.State, v.Says, want)
		}
	}
}

// TestOneAlarmAnIncident: an incident is told when it begins, when it becomes worse and when it is over, and never in between.
func TestOneAlarmAnIncident(t *testing.T) {
	m := ordinary(nil)
	var told []string
	for i, r := range []Run{
		{Discovered: 20},
		{Discovered: 3},
		{Discovered: 3},
		{Failed: "no answer"},
		{Failed: "no answer"},
		{Discovered: 3},
		{Discovered: 20},
		{Discovered: 20},
		{Failed: "again"},
	} {
		r.At = monday.Add(time.Duration(i) * time.Hour)
		m = m.Learn(r)
		var a *Alarm
		if m, a = m.Watch("kreis-muster", m.Judge(r.At), r.At); a != nil {
			told = append(told, fmt.Sprintf("%d %s since %d", i, a.State, int(a.Since.Sub(monday).Hours())))
			if a.Recovered != (a.State == Healthy) || a.Source != "kreis-muster" || a.Says == "" {
				t.Errorf("alarm %+v", a)
			}
		}
	}
	if got, want := strings.Join(told, ", "), "1 degraded since 1, 3 broken since 1, 6 healthy since 1, 8 broken since 8"; got != want {
		t.Errorf("told %s\nwant %s", got, want)
	}
}

// TestNewNormal: a list that stays shorter is the new measure after two weeks, not at once.
func TestNewNormal(t *testing.T) {
	m := ordinary(nil)
	for day := range 40 {
		r := weekday(monday.AddDate(0, 0, day))
		r.Discovered = 5
		m = m.Learn(r)
		v := m.Judge(r.At)
		m, _ = m.Watch("kreis-muster", v, r.At)
		if want := map[bool]string{true: Degraded, false: Healthy}[day <= 14]; v.State != want {
			t.Fatalf("day %d: %s (%s), want %s", day, v.State, v.Says, want)
		}
	}
}

// TestFilled: what is counted of a release, and that what was published long ago says nothing of the rhythm.
func TestFilled(t *testing.T) {
	var f Filled
	stamp := func(day string) *schemas.Stamp { return &schemas.Stamp{Value: day} }
	f.Add(&schemas.Release{Title: "a", Text: "x", Published: stamp("2026-11-20T10:00+01:00"), People: make([]schemas.Person, 2)}, true, monday)
	f.Add(&schemas.Release{Title: "a", Published: stamp("2020-01-01")}, true, monday)
	f.Add(&schemas.Release{Title: "b"}, true, monday)
	f.Add(&schemas.Release{Title: "c", Published: stamp("2026-11-19")}, false, monday)
	c := f.Clone()
	got := fmt.Sprint(c.Releases, c.Alike, c.Fields["published"], c.Fields["text"], c.Fields["people"], c.Fields["quotes"], c.Days)
	if got != "4 2 3 1 1 0 map[2026-11-20:1 2026-11-23:1]" {
		t.Error(got)
	}
	if (&Filled{}).Clone() != nil {
		t.Error("a run without a release says something of fields")
	}
}

func TestRhythm(t *testing.T) {
	r := ordinary(nil).Rhythm(monday)
	got := fmt.Sprintf("%d in %d days, %.1f a week, sun %.0f mon %.0f, longest %d, quiet %d",
		r.Releases, r.Days, r.PerWeek, r.Weekday[0], r.Weekday[1], r.Longest, r.Quiet)
	if got !=
		"118 in 81 days, 10.2 a week, sun 0 mon 2, longest 2, quiet 3" {
		t.Error(got)
	}
}

// TestLongestPause: a source that published every day is told so, in words.
func TestLongestPause(t *testing.T) {
	for days, want := range map[int]string{0: "there was never a day without one", 1: "never paused for more than a day", 4: "never paused for more than 4 days"} {
		if got := longest(days); got != want {
			t.Errorf("%d: %q, want %q", days, got, want)
		}
	}
}

// TestRuns: of the last runs is remembered what they came to, also of broken ones, and of no more than twenty.
func TestRuns(t *testing.T) {
	m := ordinary(nil) // ends with a Friday
	if m.Runs != "ssnnnnnssnnnnnssnnnnn"[1:] {
		t.Errorf("three weeks: %s", m.Runs)
	}
	m = m.Learn(Run{At: monday, Failed: "lists no page at all"}).Learn(Run{At: monday, Discovered: 20})
	if len(m.Runs) != KeepRuns || !strings.HasSuffix(m.Runs, "nnfs") {
		t.Errorf("after a failure: %s", m.Runs)
	}
}
