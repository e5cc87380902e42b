package publisher

import (
	"maps"
	"testing"
	"time"
)

func TestRoomDays(t *testing.T) {
	for _, c := range []struct {
		r    Room
		days float64
		ok   bool
	}{
		{Room{Free: 10, Floor: 2}, 0, false},
		{Room{Free: 10, Floor: 2, PerDay: 4}, 2, true},
		{Room{Free: 1, Floor: 2, PerDay: 4}, 0, true},
	} {
		if days, ok := c.r.Days(); days != c.days || ok != c.ok {
			t.Errorf("%+v: %v, %v", c.r, days, ok)
		}
	}
	if !(Room{Free: 1, Floor: 2}).Low() || (Room{Free: 2, Floor: 2}).Low() {
		t.Error("low is less than the floor")
	}
	if s := (Room{Where: "/data", Free: 3 << 30, Floor: 1 << 30, PerDay: 512 << 20}).String(); s != "3.0 GiB free on /data, 512.0 MiB a day: enough for 4 days" {
		t.Error(s)
	}
}

// TestGrowth: growth is learnt from recent days, each noted once, and old ones are forgotten.
func TestGrowth(t *testing.T) {
	now := time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)
	var g grown
	if g.perDay(now, 5) != 0 {
		t.Error("nothing is known yet")
	}
	g = g.learn(now, 1000)
	if g.learn(now.Add(time.Hour), 2000) != nil {
		t.Error("a day is noted twice")
	}
	if p := g.perDay(now.Add(12*time.Hour), 9000); p != 0 {
		t.Errorf("%v a day after half a day", p)
	}
	if p := g.perDay(time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC), 3000); p != 1000 {
		t.Errorf("%v a day, want 1000", p)
	}
	if p := g.perDay(now.AddDate(0, 0, 2), 900); p != 0 {
		t.Errorf("%v a day though it has shrunk", p)
	}
	for d := 1; d < 40; d++ {
		if next := g.learn(now.AddDate(0, 0, d), uint64(1000+100*d)); next != nil {
			g = next
		}
	}
	if len(g) != grownDays+1 || g["2026-11-01"] != 0 {
		t.Errorf("%d days are remembered: %v", len(g), g)
	}
}

// TestGrowthNoted: a mark notes how much is stored, and a room says by how much that grows.
func TestGrowthNoted(t *testing.T) {
	b := openTest(t)
	fillNumbered(t, b, 0, 5)
	_, err := b.Mark(t.Context())
	mustDo(t, err)
	var g grown
	rev, err := b.Sources().Get(t.Context(), keyGrowth, &g)
	if err != nil || len(g) != 1 {
		t.Fatalf("%v, %v", g, err)
	}
	_, err = b.Sources().Put(t.Context(), keyGrowth, grown{time.Now().UTC().AddDate(0, 0, -2).Format(time.DateOnly): 1}, rev)
	mustDo(t, err)
	r, ok := b.Room(t.Context())
	if !ok || r.PerDay < 100 || r.Free == 0 || r.Floor == 0 || r.Floor > maxFloor {
		t.Errorf("%+v, %v", r, ok)
	}
}

// TestGrowthByDays: a day is noted once, and it is one of UTC wherever the machine is: at midnight in Berlin nothing begins.
func TestGrowthByDays(t *testing.T) {
	b := openTest(t)
	zone := time.FixedZone("CET", 60*60)
	for i, c := range []struct {
		at   time.Time
		want grown
	}{
		{time.Date(2026, 11, 26, 20, 0, 0, 0, zone), grown{"2026-11-26": 0}},
		{time.Date(2026, 11, 27, 0, 30, 0, 0, zone), grown{"2026-11-26": 0}},
		{time.Date(2026, 11, 27, 1, 30, 0, 0, zone), grown{"2026-11-26": 0, "2026-11-27": 2}},
		{time.Date(2026, 11, 27, 23, 59, 0, 0, zone), grown{"2026-11-26": 0, "2026-11-27": 2}},
		{time.Date(2027, 11, 27, 12, 0, 0, 0, zone), grown{"2027-11-27": 4}},
	} {
		b.learnGrowth(t.Context(), c.at, uint64(i))
		var got grown
		if _, err := b.Sources().Get(t.Context(), keyGrowth, &got); err != nil || !maps.Equal(got, c.want) {
			t.Errorf("%v: %v, %v; want %v", c.at, got, err, c.want)
		}
	}
}

// TestRoomOfAccount: of a server elsewhere the account's limit counts, and without one nobody knows.
func TestRoomOfAccount(t *testing.T) {
	s := testServer(t)
	b := openURL(t, Config{URL: s.ClientURL(), ManageStreams: true})
	if r, ok := b.Room(t.Context()); ok {
		t.Errorf("%+v is known", r)
	}
	mustDo(t, b.Enough(t.Context()))
}
