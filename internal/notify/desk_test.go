package notify

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/health"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func at(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

// told is how the messages of a desk are written in tests: minute, type, sources.
func told(minute int, list []Message) (out []string) {
	for _, m := range list {
		var names []string
		for _, a := range m.Alarms {
			names = append(names, a.Source)
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %s", minute, m.Type, strings.Join(names, " "))))
	}
	return out
}

// day feeds a desk with what happens at which minute and collects what it tells, minute by minute.
func day(d *desk, minutes int, happens func(minute int)) (out []string) {
	for i := range minutes {
		happens(i)
		out = append(out, told(i, d.news(at(i), false))...)
	}
	return out
}

func begins(d *desk, minute int, source, state string) {
	d.alarm(health.Alarm{Source: source, State: state, Says: "x", Since: at(minute), At: at(minute)})
	d.ran(source, state == health.Broken, at(minute))
}

func worsens(d *desk, since, minute int, source string) {
	d.alarm(health.Alarm{Source: source, State: health.Broken, Says: "x", Since: at(since), At: at(minute)})
	d.ran(source, true, at(minute))
}

func ends(d *desk, since, minute int, source string) {
	d.alarm(health.Alarm{Source: source, State: health.Healthy, Says: "well", Since: at(since), At: at(minute), Recovered: true})
	d.ran(source, false, at(minute))
}

func TestDesk(t *testing.T) {
	for _, c := range []struct {
		name   string
		events map[int]func(*desk)
		want   []string
	}{
		{"nothing happens", nil, nil},
		{
			"an incident, told once, and its end",
			map[int]func(*desk){0: func(d *desk) { begins(d, 0, "a", health.Broken) }, 90: func(d *desk) { ends(d, 0, 90, "a") }},
			[]string{"30 source.incident a", "95 source.recovered a"},
		},
		{
			"over before it was told",
			map[int]func(*desk){0: func(d *desk) { begins(d, 0, "a", health.Broken) }, 29: func(d *desk) { ends(d, 0, 29, "a") }},
			nil,
		},
		{
			"over when it was just told",
			map[int]func(*desk){0: func(d *desk) { begins(d, 0, "a", health.Broken) }, 31: func(d *desk) { ends(d, 0, 31, "a") }},
			[]string{"30 source.incident a", "36 source.recovered a"},
		},
		{
			"worse before it was told: told once, as it is",
			map[int]func(*desk){0: func(d *desk) { begins(d, 0, "a", health.Degraded) }, 10: func(d *desk) { worsens(d, 0, 10, "a") }},
			[]string{"30 source.incident a"},
		},
		{
			"worse, and over, before it was told",
			map[int]func(*desk){
				0: func(d *desk) { begins(d, 0, "a", health.Degraded) }, 10: func(d *desk) { worsens(d, 0, 10, "a") }, 20: func(d *desk) { ends(d, 0, 20, "a") },
			},
			nil,
		},
		{
			"worse after it was told, and over before that was told",
			map[int]func(*desk){
				0: func(d *desk) { begins(d, 0, "a", health.Degraded) }, 40: func(d *desk) { worsens(d, 0, 40, "a") }, 50: func(d *desk) { ends(d, 0, 50, "a") },
			},
			[]string{"30 source.incident a", "55 source.recovered a"},
		},
		{
			"over and back at once: still the incident that was told, and its end comes later",
			map[int]func(*desk){
				0: func(d *desk) { begins(d, 0, "a", health.Broken) }, 60: func(d *desk) { ends(d, 0, 60, "a") },
				62: func(d *desk) { begins(d, 62, "a", health.Broken) }, 80: func(d *desk) { ends(d, 62, 80, "a") },
			},
			[]string{"30 source.incident a", "85 source.recovered a"},
		},
		{
			"five at once that are no failures: one each",
			map[int]func(*desk){0: func(d *desk) {
				for _, s := range []string{"e", "d", "c", "b", "a"} {
					begins(d, 0, s, health.Degraded)
				}
			}},
			[]string{
				"30 source.incident a", "30 source.incident b", "30 source.incident c", "30 source.incident d", "30 source.incident e",
			},
		},
		{
			"six: one of all",
			map[int]func(*desk){0: func(d *desk) {
				for _, s := range []string{"f", "e", "d", "c", "b", "a"} {
					begins(d, 0, s, health.Degraded)
				}
			}},
			[]string{"30 sources.several a b c d e f"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(DefaultAfter)
			got := day(d, 180, func(i int) {
				if f := c.events[i]; f != nil {
					f(d)
				}
			})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestStorm: from the 100th minute on the network of this machine is down for four hours. 40 sources are asked every 12 minutes while they
// answer, and ever more rarely while not. People get one message when it begins and one when it is over.
func TestStorm(t *testing.T) {
	d := newDesk(DefaultAfter)
	type src struct{ next, every, since int }
	all := make([]src, 40)
	for i := range all {
		all[i] = src{next: i % 12, every: 12, since: -1}
	}
	got := day(d, 1000, func(now int) {
		down := now >= 100 && now < 340
		for i := range all {
			s, name := &all[i], fmt.Sprintf("s%02d", i)
			if s.next != now {
				continue
			}
			switch {
			case down && s.since < 0:
				s.since = now
				begins(d, now, name, health.Broken)
			case !down && s.since >= 0:
				ends(d, s.since, now, name)
				s.since = -1
			default:
				d.ran(name, down, at(now))
			}
			if s.every = 12; down {
				s.every = max(24, 2*(now-s.since))
			}
			s.next = now + s.every
		}
	})
	var kinds []string
	for _, s := range got {
		kinds = append(kinds, strings.Fields(s)[1])
	}
	if diff := cmp.Diff([]string{TypeStorm, TypeCalm}, kinds); diff != "" {
		t.Errorf("%s\n%q", diff, got)
	}
	if len(got) > 0 && (!strings.HasPrefix(got[0], "130 ") || strings.Count(got[0], " s") != 41) { // " sources.storm" is one
		t.Errorf("it is not told at once of all of them: %q", got[0])
	}
	if d.storm.rages || len(d.storm.names) > 0 || len(d.held) > 0 {
		t.Errorf("left: %+v", d)
	}
}

// TestStormBegins holds where a storm begins: five that broke, more than have answered since the first of them did.
func TestStormBegins(t *testing.T) {
	for _, c := range []struct {
		broken, before, well int
		want                 string
	}{
		{4, 40, 0, TypeIncident},
		{5, 40, 0, TypeStorm},
		{5, 40, 4, TypeStorm},
		{5, 40, 5, TypeIncident},
		{6, 40, 6, TypeSeveral},
	} {
		d := newDesk(DefaultAfter)
		for i := range c.before { // answered before it began: says nothing
			d.ran(fmt.Sprintf("before%d", i), false, at(-5))
		}
		for i := range c.broken {
			begins(d, i, fmt.Sprintf("broken%d", i), health.Broken)
		}
		for i := range c.well {
			d.ran(fmt.Sprintf("well%d", i), false, at(6))
		}
		d.ran("broken for weeks", true, at(6))
		list := d.news(at(30), false)
		if len(list) == 0 || list[0].Type != c.want {
			t.Errorf("%+v: %v", c, told(30, list))
		}
		if c.want == TypeStorm && !strings.HasPrefix(list[0].Title, fmt.Sprintf("%d of %d ", c.broken, c.broken+c.well)) {
			t.Errorf("%+v: %s", c, list[0].Title)
		}
	}
}

// TestStormOfTheHasty: a storm ends also for those who want to be told at once.
func TestStormOfTheHasty(t *testing.T) {
	d := newDesk(0)
	got := day(d, 60, func(i int) {
		if i != 0 && i != 24 {
			return
		}
		for _, s := range []string{"a", "b", "c", "d", "e"} {
			if i == 0 {
				begins(d, 0, s, health.Broken)
			} else {
				ends(d, 0, 24, s)
			}
		}
		d.ran("f", true, at(i))
	})
	if diff := cmp.Diff([]string{"0 sources.storm a b c d e", "24 sources.calm"}, got); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct {
		minute int
		ends   bool
	}{{54, true}, {55, false}} { // what answered half an hour ago still counts
		d := newDesk(0)
		d.storm.rages = true
		d.ran("a", false, at(24))
		if got := d.news(at(c.minute), false); (len(got) == 1) != c.ends {
			t.Errorf("minute %d: %v", c.minute, told(c.minute, got))
		}
	}
}

// TestStormWithOthers: what was told before a storm is told to be over, too, and what is no failure is told in it.
func TestStormWithOthers(t *testing.T) {
	d := newDesk(DefaultAfter)
	got := day(d, 200, func(i int) {
		switch i {
		case 0:
			begins(d, 0, "older", health.Degraded)
		case 40:
			worsens(d, 0, 40, "older")
			for _, s := range []string{"a", "b", "c", "d"} {
				begins(d, 40, s, health.Broken)
			}
		case 80:
			begins(d, 80, "late", health.Broken)
			begins(d, 80, "thin", health.Degraded)
		case 120:
			ends(d, 0, 120, "older")
			ends(d, 40, 120, "a")
			d.ran("b", true, at(120))
		}
	})
	want := []string{
		"30 source.incident older", "70 sources.storm a b c d older", "110 source.incident thin", "120 sources.calm b c d late", "125 source.recovered older",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOutage(t *testing.T) {
	d := newDesk(DefaultAfter)
	got := day(d, 60, func(i int) {
		says := ""
		if i >= 2 && i < 6 || i >= 20 && i < 50 { // a short one that nobody hears of
			says = "no space left on device"
		}
		d.halted(says, at(i))
	})
	if diff := cmp.Diff([]string{"25 crawling.stopped", "50 crawling.resumed"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestEnd: when the process ends nothing is held back.
func TestEnd(t *testing.T) {
	d := newDesk(DefaultAfter)
	begins(d, 0, "a", health.Broken)
	d.halted("no broker", at(0))
	if got := told(1, d.news(at(1), true)); len(got) != 2 {
		t.Error(got)
	}
	if got := told(2, d.news(at(2), true)); got != nil {
		t.Errorf("told twice: %v", got)
	}
}

func TestMessages(t *testing.T) {
	a := health.Alarm{Source: "kreis-musterau", State: health.Broken, Says: "no\r\nlisting\x1b[2J", Do: "look at it", Since: noon, At: noon}
	m := ofAlarm(a, noon)
	if m.Title != "kreis-musterau is broken" || m.Text != "no listing [2J\nlook at it\nSince 2026-11-25 12:00 UTC." || !m.Urgent {
		t.Errorf("%+v", m)
	}
	var alarms []health.Alarm
	for i := range shown + 2 {
		alarms = append(alarms, health.Alarm{Source: fmt.Sprint("s", i), State: health.Silent, Says: "nothing new"})
	}
	if m := ofSeveral(alarms, noon); !strings.HasSuffix(m.Text, "s19: nothing new\n… and 2 more\n") || m.Title != "22 sources need attention, 0 have recovered" {
		t.Errorf("%+v", m)
	}
	if m := ofSeveral(alarms[:1], noon); strings.Contains(m.Text, "more") {
		t.Errorf("%+v", m)
	}
}

func TestDigest(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c := clock{zone: zone, hour: 7, minute: 30}
	for now, want := range map[string]string{
		"2026-11-25 07:29": "2026-11-24", "2026-11-25 07:30": "2026-11-25", "2026-11-25 23:59": "2026-11-25",
		"2026-03-01 00:00": "2026-02-28", "2026-01-01 07:29": "2025-12-31",
		"2026-03-29 07:29": "2026-03-28", "2026-03-29 07:30": "2026-03-29", // an hour is missing that night
		"2026-10-25 07:29": "2026-10-24", "2026-10-25 07:30": "2026-10-25", // an hour comes twice
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.day(at); got != want {
			t.Errorf("%s: the digest of %s, want %s", now, got, want)
		}
	}
	if _, tell := c.due(noon, Told{}, false); tell {
		t.Error("the first digest is told at once")
	}
	if _, tell := c.due(noon, Told{"2026-11-24"}, true); !tell {
		t.Error("a digest is not told")
	}
	if _, tell := c.due(noon, Told{"2026-11-26"}, true); tell {
		t.Error("told though the clock jumped back")
	}
	m := Digest(State{Yesterday: 12, Verdicts: map[string]health.Verdict{
		"b": {State: health.Broken, Says: "no listing"}, "a": {State: health.Silent, Says: "nothing new"}, "c": {State: health.Healthy},
	}}, noon)
	if m.Title != "2 of 3 sources need attention" ||
		m.Text != "12 releases of yesterday are in the feed.\nsilent a: nothing new\nbroken b: no listing" {
		t.Errorf("%+v", m)
	}
	if m := Digest(State{Verdicts: map[string]health.Verdict{"c": {State: health.Healthy}}}, noon); m.Title != "all 1 sources are healthy" {
		t.Errorf("%+v", m)
	}
}

// TestYearOfDigests: whoever looks every ten minutes for a year tells one digest a day, over both changes of the clock.
func TestYearOfDigests(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c := clock{zone: zone, hour: 2, minute: 30} // the hour that is missing once and comes twice once
	told, days := Told{"2025-12-31"}, 0
	for now := time.Date(2026, 1, 1, 0, 0, 0, 0, zone); now.Year() == 2026; now = now.Add(10 * time.Minute) {
		if day, tell := c.due(now, told, true); tell {
			told, days = Told{day}, days+1
		}
	}
	if days != 365 {
		t.Errorf("%d digests", days)
	}
}

func TestRetryAfter(t *testing.T) {
	for attempt, want := range map[int]time.Duration{
		1: 5 * time.Second, 2: 10 * time.Second, 9: 1280 * time.Second, 10: 30 * time.Minute, 1000: 30 * time.Minute,
	} {
		if got := retryAfter(attempt); got != want {
			t.Errorf("attempt %d: %v, want %v", attempt, got, want)
		}
	}
}

var errAway = errors.New("nobody answers")
