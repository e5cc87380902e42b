package source

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestEmbeddedSourcesAreValid(t *testing.T) {
	sources, err := Embedded()
	if err != nil {
		var p Problems
		if errors.As(err, &p) {
			for _, x := range p {
				t.Error(x)
			}
		}
		t.Fatal(err)
	}
	i := 0
	for i < len(sources) && sources[i].ID != "kreis-dueren" {
		i++
	}
	if i == len(sources) {
		t.Fatal("kreis-dueren is missing")
	}
	want := schemas.Source{
		ID: "kreis-dueren", Name: "Kreis Düren", AGS: "05358", State: "NW", ARS: "053580000000", NUTS3: "DEA26", Wikidata: "Q6275",
	}
	if diff := cmp.Diff(want, sources[i].Ref()); diff != "" {
		t.Error(diff)
	}
}

const minimal = `id: kreis-muster
name: Kreis Muster
state: NW
base: https://www.kreis-muster.example/
start:
  feeds: [/rss.xml]
`

func TestParseDefaults(t *testing.T) {
	s, err := Parse("muster.yaml", []byte(minimal))
	if err != nil {
		t.Fatal(err)
	}
	if s.Pace != DefaultPace || s.TimeZone != DefaultTimeZone || s.Limits.Timeout != DefaultTimeout || s.Limits.BodyBytes != DefaultBodyBytes {
		t.Errorf("defaults not applied: %+v", s)
	}
	if got := s.compiled.Feeds; len(got) != 1 || got[0] != "https://www.kreis-muster.example/rss.xml" {
		t.Errorf("feeds = %q", got)
	}
}

func TestParseReadsEveryKey(t *testing.T) {
	s, err := Parse("m.yaml", []byte(`
id: kreis-muster
name: Kreis Muster
kind: landkreis
ags: 05999
ars: 059990000000
nuts3: DEA99
wikidata: Q1
state: NW
status: {is: only PDF, date: 2026-11-25, reason: files only}
press: https://www.kreis-muster.example/presse/
base: http://127.0.0.1:8088/
hosts: [presse.kreis-muster.example]
start:
  listings:
    - {url: /presse/, item: li, link: a, title: h3, date: time, next: a.weiter, max_pages: 7}
  sitemaps: [/sitemap.xml]
accept: ['^/presse/m/']
refuse: ['\.pdf$']
profile: typo3-news
pace: 0s
belief: {gone_after: 48h, held_for: 3h}
limits: {pages: 12, body_bytes: 2MiB, timeout: 3s, redirects: 2, duration: 20m}
recheck: {day: 1h, week: 2h, season: 3h, year: 4h, older: 5h, fresh: 1, changed: 2, doubtful: 3, due: 4}
schedule: {every: 30m, idle: 6h, hours: [mon-fri 8-16], requests: 99}
time_zone: Europe/Vienna
allow_private: true
`))
	if err != nil {
		t.Fatal(err)
	}
	want := &Source{
		ID: "kreis-muster", Name: "Kreis Muster", Kind: "landkreis", AGS: "05999", State: "NW", ARS: "059990000000", NUTS3: "DEA99", Wikidata: "Q1",
		Status: Status{Is: OnlyPDF, Date: "2026-11-25", Reason: "files only"}, Press: "https://www.kreis-muster.example/presse/",
		Base: "http://127.0.0.1:8088/", Hosts: []string{"presse.kreis-muster.example"},
		Start: Start{
			Listings: []Listing{{URL: "/presse/", Item: "li", Link: "a", Title: "h3", Date: "time", Next: "a.weiter", MaxPages: 7}},
			Sitemaps: []string{"/sitemap.xml"},
		},
		Accept: []string{"^/presse/m/"}, Refuse: []string{`\.pdf$`}, Profile: "typo3-news",
		Belief: Belief{GoneAfter: 48 * time.Hour, HeldFor: 3 * time.Hour},
		Limits: Limits{Pages: 12, BodyBytes: 2 << 20, Timeout: 3 * time.Second, Redirects: 2, Duration: 20 * time.Minute},
		Recheck: Recheck{
			Day: time.Hour, Week: 2 * time.Hour, Season: 3 * time.Hour, Year: 4 * time.Hour, Older: 5 * time.Hour, Fresh: 1, Changed: 2, Doubtful: 3, Due: 4,
		},
		Schedule: Schedule{Every: 30 * time.Minute, Idle: 6 * time.Hour, Hours: []string{"mon-fri 8-16"}, Requests: 99},
		TimeZone: "Europe/Vienna", AllowPrivate: true,
	}
	if diff := cmp.Diff(want, s, cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "compiled" }, cmp.Ignore())); diff != "" {
		t.Error(diff)
	}
}

func TestParseTellsEveryProblem(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string // "line: key: part of the message"
	}{
		"typo":           {minimal + "pcae: 2s\n", []string{`7: pcae: unknown key, did you mean "pace"?`}},
		"nested typo":    {strings.Replace(minimal, "feeds", "feed", 1), []string{`6: start.feed: unknown key, did you mean "feeds"?`}},
		"unknown":        {minimal + "colour: red\n", []string{`7: colour: unknown key, expected one of: id, name`}},
		"duration":       {minimal + "pace: fast\n", []string{`7: pace: "fast", expected a duration such as 2s`}},
		"bare number":    {minimal + "pace: 2\n", []string{`7: pace: "2", expected a duration`}},
		"too fast":       {minimal + "pace: 10ms\n", []string{`7: pace: 10ms is too fast`}},
		"not a list":     {minimal + "accept: ^/presse/\n", []string{`7: accept: "^/presse/", expected a list`}},
		"bad regexp":     {minimal + "accept:\n  - ok\n  - (\n", []string{`9: accept[1]: "(" is no regular expression`}},
		"bad bool":       {minimal + "allow_private: ja\n", []string{`7: allow_private: "ja", expected true or false`}},
		"bad size":       {minimal + "limits:\n  body_bytes: lots\n", []string{`8: limits.body_bytes: "lots", expected a size`}},
		"recheck":        {minimal + "recheck: sometimes\n", []string{`7: recheck: "sometimes", expected always, or keys: day, week`}},
		"recheck days":   {minimal + "recheck: {older: -1h}\n", []string{`7: recheck.older: -1h0m0s, expected 0s to`}},
		"office hours":   {minimal + "schedule: {hours: [mo-fr 8-16]}\n", []string{`7: schedule.hours[0]: "mo-fr 8-16", expected days and hours`}},
		"schedule every": {minimal + "schedule: {every: 1m}\n", []string{`7: schedule.every: 1m0s, expected 5m0s to`}},
		"bad state":      {strings.Replace(minimal, "NW", "XY", 1), []string{`3: state: "XY", expected the code of the Land`}},
		"other land":     {minimal + "ags: \"09999\"\n", []string{`7: ags: "09999" does not belong to state NW: its first two digits are those of BY`}},
		"bad ags":        {minimal + "ags: 5358a\n", []string{`7: ags: "5358a", expected 2 to 8 digits`}},
		"bad zone":       {minimal + "time_zone: Mars/Olympus\n", []string{`7: time_zone: "Mars/Olympus", expected an IANA name`}},
		"bad id":         {strings.Replace(minimal, "kreis-muster", "Kreis Muster", 1), []string{`1: id: "Kreis Muster" is no id`}},
		"relative base":  {strings.Replace(minimal, "https://www.kreis-muster.example/", "/presse", 1), []string{`4: base: "/presse", expected an absolute`}},
		"other host":     {minimal + "  sitemaps: ['https://evil.example/s.xml']\n", []string{`7: start.sitemaps[0]: evil.example is neither`}},
		"bad selector":   {minimal + "  listings:\n    - url: /p/\n      item: 'li['\n", []string{`9: start.listings[0].item: "li[" is no CSS selector`}},
		"no item":        {minimal + "  listings:\n    - url: /p/\n", []string{`8: start.listings[0].item: missing`}},
		"no value":       {minimal + "accept:\n", []string{`7: accept: no value`}},
		"anchor":         {minimal + "profile: &p sitepark\n", []string{`7: profile: an anchor, alias or tag (not supported), expected text`}},
		"not a mapping":  {"- a\n- b\n", []string{`1: a list, expected keys: id, name`}},
		"empty":          {"", []string{`1: empty file`}},
		"comment only":   {"# nothing\n", []string{`1: empty file`}},
		"two documents":  {minimal + "---\n" + minimal, []string{`8: a second document`}},
		"duplicate key":  {minimal + "name: Kreis Muster\n", []string{`7: not YAML: `}},
		"no YAML":        {"id: [\n", []string{`1: not YAML: `}},
		"several": {"id: a\nnme: b\nstate: NW\nbase: https://a.example\nstart: {feeds: [/r]}\npace: x\n", []string{
			`1: name: missing`,
			`2: nme: unknown key, did you mean "name"?`, `6: pace: "x"`,
		}},
		"tabs and bytes": {"id: \xff\xfe\n\tname: x", []string{``}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("f.yaml", []byte(c.text))
			var got Problems
			if !errors.As(err, &got) {
				t.Fatalf("error %v holds no Problems", err)
			}
			if schemas.KindOf(err) != schemas.KindInvalid || strings.Contains(err.Error(), "\n") {
				t.Errorf("kind %q, message %q", schemas.KindOf(err), err)
			}
			if c.want[0] == "" {
				return
			}
			if len(got) != len(c.want) {
				t.Fatalf("problems %v, want %d", got, len(c.want))
			}
			for i, w := range c.want {
				if !strings.HasPrefix(got[i].String(), "f.yaml:"+w) {
					t.Errorf("got  %s\nwant f.yaml:%s…", got[i], w)
				}
			}
		})
	}
}

func TestLoadRefusesTheSameIDTwice(t *testing.T) {
	_, err := Load(fstest.MapFS{
		"a.yaml": {Data: []byte(minimal)}, "b.yml": {Data: []byte(minimal)}, "notes.txt": {Data: []byte("no source")}, ".c.yaml": {Data: []byte("[")},
	})
	if err == nil || !strings.Contains(err.Error(), `b.yml: id: "kreis-muster" is the id of a.yaml already`) {
		t.Errorf("err = %v", err)
	}
}

func TestLoadDirThatIsNot(t *testing.T) {
	for _, dir := range []string{t.TempDir() + "/absent", "registry.go"} {
		if _, err := LoadDir(dir); schemas.KindOf(err) != schemas.KindNotFound {
			t.Errorf("LoadDir(%s) = %v", dir, err)
		}
	}
	if s, err := LoadDir(t.TempDir()); err != nil || len(s) != 0 {
		t.Errorf("empty directory: %v, %v", s, err)
	}
}

func TestWithBase(t *testing.T) {
	s, err := Parse("m.yaml", []byte(minimal))
	if err != nil {
		t.Fatal(err)
	}
	moved, err := s.WithBase("http://127.0.0.1:4711/")
	if err != nil {
		t.Fatal(err)
	}
	if got := moved.compiled.Feeds[0]; got != "http://127.0.0.1:4711/rss.xml" {
		t.Errorf("feed = %s", got)
	}
	if got := s.compiled.Feeds[0]; got != "https://www.kreis-muster.example/rss.xml" {
		t.Errorf("the original changed: %s", got)
	}
	if _, err := s.WithBase("nonsense"); schemas.KindOf(err) != schemas.KindInvalid {
		t.Errorf("WithBase(nonsense) = %v", err)
	}
}
