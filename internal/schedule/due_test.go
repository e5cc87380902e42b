package schedule

import (
	"fmt"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

func berlin(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, zone(t))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func zone(t testing.TB) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func plan(t testing.TB) Plan {
	t.Helper()
	w, err := source.ParseWindow(source.DefaultHours)
	if err != nil {
		t.Fatal(err)
	}
	return Plan{Every: 12 * time.Minute, Idle: 2 * time.Hour, Hours: []source.Window{w}, Zone: zone(t), Requests: 1000, Seed: "kreis-musterau"}
}

func TestDue(t *testing.T) {
	ten := berlin(t, "2026-11-25 10:00")
	spent := State{Last: ten, Day: "2026-11-25", Requests: 1000, Cost: 10}
	spentBefore, nearly := spent, spent
	spentBefore.Day, nearly.Requests = "2026-11-24", 910
	nine := berlin(t, "2026-11-28 09:00")
	saturdays := Rhythm{"6-9": 3, "1-10": 20}
	for _, c := range []struct {
		name     string
		now      string
		state    State
		from, to string // the moment lies between; "" and "" for never
	}{
		{"never crawled", "2026-11-25 10:00", State{}, "2026-11-25 10:00", "2026-11-25 10:00"},
		{"office hours", "2026-11-25 10:00", State{Last: ten}, "2026-11-25 10:10", "2026-11-25 10:12"},
		{"at night", "2026-11-25 22:00", State{Last: berlin(t, "2026-11-25 22:00")}, "2026-11-25 23:48", "2026-11-26 00:00"},
		{"before the office opens", "2026-11-25 06:30", State{Last: berlin(t, "2026-11-25 06:30")}, "2026-11-25 07:00", "2026-11-25 07:12"},
		{"a Saturday", "2026-11-28 09:00", State{Last: nine}, "2026-11-28 10:48", "2026-11-28 11:00"},
		{"a Saturday on which it publishes", "2026-11-28 09:00", State{Last: nine, Rhythm: saturdays}, "2026-11-28 09:10", "2026-11-28 09:12"},
		{"failed once", "2026-11-25 10:00", State{Last: ten, Failures: 1}, "2026-11-25 10:24", "2026-11-25 10:24"},
		{"failed ten times", "2026-11-25 10:00", State{Last: ten, Failures: 10}, "2026-11-26 10:00", "2026-11-26 10:00"},
		{"failed a thousand times", "2026-11-25 10:00", State{Last: ten, Failures: 1000}, "2026-11-26 10:00", "2026-11-26 10:00"},
		{"no requests left today", "2026-11-25 10:00", spent, "2026-11-26 00:00", "2026-11-26 02:00"},
		{"yesterday's requests do not count", "2026-11-25 10:00", spentBefore, "2026-11-25 10:10", "2026-11-25 10:12"},
		{"few requests left: 9 hours for 9 runs", "2026-11-25 10:00", nearly, "2026-11-25 10:54", "2026-11-25 11:00"},
		{"the clock jumped back", "2026-11-25 10:00", State{Last: berlin(t, "2027-11-25 10:00")}, "2026-11-25 10:00", "2026-11-25 10:00"},
		{"paused", "2026-11-25 10:00", State{Last: ten, Paused: "relaunch"}, "", ""},
		{
			"paused until noon", "2026-11-25 10:00",
			State{Last: ten, Paused: "relaunch", Resume: berlin(t, "2026-11-25 12:00")},
			"2026-11-25 12:00",
			"2026-11-25 12:00",
		},
		{
			"the pause is over", "2026-11-25 13:00",
			State{Last: ten, Paused: "relaunch", Resume: berlin(t, "2026-11-25 12:00")},
			"2026-11-25 10:10",
			"2026-11-25 10:12",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			due := Due(berlin(t, c.now), plan(t), c.state)
			if c.from == "" {
				if !due.IsZero() {
					t.Fatalf("due %v, want never", due)
				}
				return
			}
			if due.Before(berlin(t, c.from)) || due.After(berlin(t, c.to)) {
				t.Errorf("due %v, want between %s and %s", due.In(zone(t)), c.from, c.to)
			}
		})
	}
}

// live runs a source through fake time by Due alone; visit says what a run brings.
func live(p Plan, from, to time.Time, visit func(at time.Time, s State) Result) (starts []time.Time) {
	var s State
	for now := from; now.Before(to); {
		due := Due(now, p, s)
		if due.After(now) {
			now = due
			continue
		}
		r := visit(now, s)
		r.Started, r.Ended = now, now.Add(20*time.Second)
		starts = append(starts, now)
		s = s.After(p, r)
		now = r.Ended
	}
	return starts
}

// TestThreeYears lives three years of a healthy source, with both changes to and from summer time in each: in office hours no gap is
// longer than a quarter of an hour, no interval shorter than two list requests may be, and each day has its runs.
func TestThreeYears(t *testing.T) {
	p := plan(t)
	from, to := berlin(t, "2025-01-01 00:00"), berlin(t, "2028-01-01 00:00")
	starts := live(p, from, to, func(time.Time, State) Result { return Result{Requests: 3} })
	days := map[string]int{}
	for i := 1; i < len(starts); i++ {
		days[p.day(starts[i])]++
		gap := starts[i].Sub(starts[i-1])
		if gap < perList {
			t.Fatalf("%v: %v after the run before", starts[i], gap)
		}
		if gap > p.Idle {
			t.Fatalf("%v: %v after the run before, idle is %v", starts[i], gap, p.Idle)
		}
		if p.busy(starts[i-1], nil) && p.busy(starts[i], nil) && p.day(starts[i-1]) == p.day(starts[i]) && gap > 15*time.Minute {
			t.Fatalf("%v: %v after the run before, in office hours", starts[i], gap)
		}
	}
	if want := 3 * 365; len(days) < want-1 {
		t.Errorf("%d days with a run, want %d", len(days), want)
	}
	for d, n := range days {
		day, _ := time.ParseInLocation(time.DateOnly, d, p.Zone)
		office := day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
		if office && (n < 55 || n > 80) || !office && (n < 11 || n > 16) {
			t.Errorf("%s (%s): %d runs", d, day.Weekday(), n)
		}
	}
}

// TestBudgetOfYears: whatever a run costs, no day has more requests than the plan allows and one run more, and none is without a run.
func TestBudgetOfYears(t *testing.T) {
	for _, cost := range []int{1, 7, 60, 400, 5000} {
		t.Run(fmt.Sprint(cost), func(t *testing.T) {
			p := plan(t)
			sent := map[string]int{}
			starts := live(p, berlin(t, "2026-03-01 00:00"), berlin(t, "2026-12-01 00:00"), func(at time.Time, _ State) Result {
				sent[p.day(at)] += cost
				return Result{Requests: cost}
			})
			for d, n := range sent {
				if n >= p.Requests+cost {
					t.Errorf("%s: %d requests", d, n)
				}
			}
			if len(sent) < 274 {
				t.Errorf("%d days with a run of 275 (%d runs)", len(sent), len(starts))
			}
		})
	}
}

// TestBrokenForAYear: a source that fails is asked ever more rarely, never forgotten, and as before once it answers.
func TestBrokenForAYear(t *testing.T) {
	p := plan(t)
	well := berlin(t, "2027-01-01 00:00")
	var before, after []time.Time
	live(p, berlin(t, "2026-01-01 00:00"), well.Add(14*24*time.Hour), func(at time.Time, s State) Result {
		if at.Before(well) {
			before = append(before, at)
			return Result{Failed: true, Reason: "no answer", Requests: 1}
		}
		after = append(after, at)
		return Result{Requests: 1}
	})
	for i := 1; i < len(before); i++ {
		if gap := before[i].Sub(before[i-1]); gap > maxBackoff+time.Minute || i > 10 && gap < maxBackoff-time.Minute {
			t.Errorf("run %d of the broken source came %v after the one before", i, gap)
		}
	}
	if len(before) < 365 || len(before) > 380 {
		t.Errorf("%d runs in the broken year", len(before))
	}
	if n := len(after); n < 2*5*55 {
		t.Errorf("%d runs in the two weeks after it was well", n)
	}
}

// TestLearns: a source that publishes on Saturday mornings is asked often then after some weeks, one that has stopped is not for ever.
func TestLearns(t *testing.T) {
	p := plan(t)
	gap := func(starts []time.Time, day string) (longest time.Duration) {
		from, to := berlin(t, day+" 09:00"), berlin(t, day+" 10:00")
		for i := 1; i < len(starts); i++ {
			if starts[i-1].After(from) && starts[i].Before(to) {
				longest = max(longest, starts[i].Sub(starts[i-1]))
			}
		}
		return longest
	}
	until := berlin(t, "2026-06-01 00:00")
	starts := live(p, berlin(t, "2026-01-01 00:00"), berlin(t, "2028-01-01 00:00"), func(at time.Time, _ State) Result {
		if l := at.In(p.Zone); l.Weekday() == time.Saturday && l.Hour() == 9 && at.Before(until) {
			return Result{Requests: 2, Releases: 1}
		}
		return Result{Requests: 2}
	})
	if g := gap(starts, "2026-01-03"); g != 0 {
		t.Errorf("on the first Saturday it was asked every %v", g)
	}
	if g := gap(starts, "2026-05-30"); g == 0 || g > 15*time.Minute {
		t.Errorf("after five months of Saturdays the longest gap is %v", g)
	}
	if g := gap(starts, "2027-12-25"); g != 0 {
		t.Errorf("a year and a half after the last one it is still asked every %v", g)
	}
}

// TestFirstCrawlIsNoHabit: what a first crawl finds says nothing of when the source publishes.
func TestFirstCrawlIsNoHabit(t *testing.T) {
	p := plan(t)
	night := berlin(t, "2026-11-28 03:00")
	s := State{}.After(p, Result{Started: night, Ended: night, Releases: 4000, First: true, Requests: 4010})
	if len(s.Rhythm) != 0 {
		t.Errorf("learnt %v", s.Rhythm)
	}
}

// TestApart: sources of one plan do not begin together.
func TestApart(t *testing.T) {
	p, last := plan(t), berlin(t, "2026-11-25 06:00")
	seen := map[time.Time]bool{}
	for i := range 400 {
		p.Seed = fmt.Sprintf("kreis-%d", i)
		seen[Due(last, p, State{Last: last}).Truncate(time.Second)] = true
	}
	if len(seen) < 200 {
		t.Errorf("400 sources begin at %d moments", len(seen))
	}
}

func TestPlanOf(t *testing.T) {
	text := `
id: kreis-musterau
name: Kreis Musterau
state: NW
base: https://www.kreis-musterau.example/
accept: ["^/meldung/"]
start:
  listings:
    - {url: /a}
    - {url: /b}
    - {url: /c}
    - {url: /d}
schedule:
  hours: [mon-thu 8-16, "fri-sun 8:30-24:00"]
  requests: 300
`
	s, err := source.Parse("x.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p := PlanOf(s)
	if p.Every != 20*time.Minute || p.Idle != source.DefaultIdle || p.Requests != 300 {
		t.Errorf("every %v, idle %v, %d requests: four lists of one host want twenty minutes", p.Every, p.Idle, p.Requests)
	}
	for at, want := range map[string]bool{
		"2026-11-25 07:59": false, "2026-11-25 08:00": true, "2026-11-25 16:00": false, "2026-11-28 23:59": true, "2026-11-29 08:29": false,
	} {
		if p.busy(berlin(t, at), nil) != want {
			t.Errorf("%s: busy is %v", at, !want)
		}
	}
}
