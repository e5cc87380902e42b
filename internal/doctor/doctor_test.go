package doctor

import (
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestJudgeDisk(t *testing.T) {
	const gib, mib = 1 << 30, 1 << 20
	for _, c := range []struct {
		free   uint64
		perDay float64
		want   Level
		says   string
	}{
		{100 * gib, 0, OK, "100.0 GiB free on /data"},
		{101 * gib, 10 * mib, OK, "10.0 MiB a day: enough for 10240 days"},
		{60 * gib, gib, Warn, "enough for 59 days"},
		{61 * gib, gib, OK, "enough for 60 days"},
		{gib - 1, 0, Fail, "1024.0 MiB free on /data, less than the 1.0 GiB below which nothing is crawled"},
		{gib, 0, OK, "1.0 GiB free"},
		{gib, mib, Warn, "enough for 0 days"},
	} {
		r := publisher.Room{Where: "/data", Free: c.free, Total: 200 * gib, Floor: gib, PerDay: c.perDay}
		if f := judgeDisk(r); f.Level != c.want || !strings.Contains(f.Says, c.says) || (f.Level != OK) != (f.Do != "") {
			t.Errorf("%d free, %.0f a day: %+v, want %s with %q", c.free, c.perDay, f, c.want, c.says)
		}
	}
}

func TestJudgeNames(t *testing.T) {
	for _, c := range []struct {
		all  int
		lost []string
		want Level
		says string
	}{
		{0, nil, OK, "no press site has a name"},
		{3, nil, OK, "3 press sites"},
		{3, []string{"a.example"}, Warn, "1 of 3 press sites have no address: a.example"},
		{9, []string{"a", "b", "c", "d", "e"}, Warn, "a, b, c and 2 more"},
		{2, []string{"a", "b"}, Fail, "none of 2"},
	} {
		if f := judgeNames(c.all, c.lost); f.Level != c.want || !strings.Contains(f.Says, c.says) {
			t.Errorf("%d, %v: %+v, want %s with %q", c.all, c.lost, f, c.want, c.says)
		}
	}
}

// TestExamine looks at a store in which things are as they should not be, one after another.
func TestExamine(t *testing.T) {
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	src, err := source.Parse("x.yaml", []byte(`
id: kreis-musterau
name: Kreis Musterau
state: NW
base: http://127.0.0.1:8/
allow_private: true
start: {feeds: [/rss]}
`))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	p := Patient{Contact: "redaktion@musterau.example", Sources: []*source.Source{src}, Bus: bus, DataDir: bus.DataDir(), Now: func() time.Time { return now }}
	find := func(name string) Finding {
		t.Helper()
		for _, f := range p.Examine(t.Context()) {
			if _, ok := Codes()[f.Code]; !ok || strings.Contains(f.Says+f.Do, "{") || f.Says == "" {
				t.Errorf("said badly: %+v", f)
			}
			if f.Name == name {
				return f
			}
		}
		t.Fatalf("nothing is said of %s", name)
		return Finding{}
	}
	want := func(name string, level Level, says string) {
		t.Helper()
		if f := find(name); f.Level != level || !strings.Contains(f.Says, says) {
			t.Errorf("%+v, want %s with %q", f, level, says)
		}
	}
	want("backup", Warn, "none was ever made")
	want("sources", OK, "1, none fails")
	want("contact", OK, "redaktion@")
	want("streams", OK, "7 streams")
	want("clock", OK, "nothing was stored later")
	want("disk", OK, "free on")

	if _, err := bus.Backup(t.Context(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	want("backup", OK, "the last one was made")
	// The backup is younger than the test by what it took, so a bare 8 days can be 7 and a bit.
	now = now.Add(8*24*time.Hour + 12*time.Hour)
	want("backup", Warn, "8 days old")
	now = now.Add(-9 * 24 * time.Hour)
	want("clock", Fail, "ahead of this machine's clock")
	now = time.Now()

	failing := schedule.State{Failures: 9, Since: now.Add(-8 * 24 * time.Hour)}
	if _, err := bus.Sources().Put(t.Context(), schedule.Key(src.ID), failing, 0); err != nil {
		t.Fatal(err)
	}
	want("sources", Warn, "failing for more than a week: kreis-musterau")
	p.Sources = nil
	want("sources", OK, "none is verified")

	p.Contact = ""
	want("contact", Warn, "cannot reach you")
	p.Bus, p.Broken = nil, &schemas.Error{Op: "open", Kind: schemas.KindLocked, Thing: "/data", Hint: "stop it"}
	if f := find("broker"); f.Level != Fail || f.Do != "stop it" || strings.Contains(f.Says, "stop it") {
		t.Errorf("%+v", f)
	}
	p.Broken = &schemas.Error{Op: "open", Kind: schemas.KindNotFound, Thing: "/data"}
	want("broker", Warn, "/data")
}
