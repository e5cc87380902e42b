package retention

import (
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestClassOf: what carries a publisher's own sign of the police is of the class, and what only speaks of the police is not.
func TestClassOf(t *testing.T) {
	kreis := schemas.Source{ID: "kreis-musterau", Name: "Kreis Musterau"}
	for _, c := range []struct {
		r    schemas.Release
		rule string
	}{
		{schemas.Release{Source: schemas.Source{Name: "Polizeipräsidium Ahrental"}, Title: "Bilanz zum Wochenende"}, "source"},
		{schemas.Release{Source: schemas.Source{Name: "Kreispolizeibehörde Musterau"}, Title: "Radfahrer gestürzt"}, "source"},
		{schemas.Release{Source: kreis, URL: "https://www.musterau.example/Polizei/Polizeimeldungen/2026/m-17.php", Title: "Handtasche entrissen"}, "folder"},
		{schemas.Release{Source: kreis, URL: "https://www.musterau.example/blaulicht/einbruch", Title: "Einbruch in Gartenhaus"}, "folder"},
		{schemas.Release{Source: kreis, Kicker: "Polizeibericht", Title: "Zusammenstoß auf der Kreisstraße"}, "kicker"},
		{schemas.Release{Source: kreis, Kicker: "ÖFFENTLICHKEITSFAHNDUNG:", Title: "Wer kennt diesen Mann?"}, "kicker"},
		{schemas.Release{Source: kreis, Title: "Polizeibericht vom 3. März 2026"}, "title"},
		{schemas.Release{Source: kreis, Title: "Polizeibericht"}, "title"},
		{schemas.Release{Source: kreis, Title: "Polizeimeldungen 12/2026"}, "title"},
		{schemas.Release{Source: kreis, Title: "Zeugenaufruf: Fahrrad am Bahnhof entwendet"}, "title"},
		{schemas.Release{Source: kreis, Title: "Vermisst – 17-Jährige aus Ahrental"}, "title"},
		{schemas.Release{Source: kreis, Title: "POL-MUA: Lkw kippt um"}, "code"},
		{schemas.Release{Source: kreis, Title: "BPOLI MUA: Zug hält auf freier Strecke"}, "code"},

		{schemas.Release{Source: kreis, Title: "Polizei und Kreis stellen die Unfallzahlen vor"}, ""},
		{schemas.Release{Source: kreis, Title: "Polizeibericht erscheint künftig nur noch im Netz"}, ""},
		{schemas.Release{Source: kreis, Title: "Vermisster Hund ist wieder da"}, ""},
		{schemas.Release{Source: kreis, Title: "Polizeimuseum öffnet am Sonntag"}, ""},
		{schemas.Release{Source: kreis, Kicker: "Polizei und Ordnung", Title: "Neue Gebühren"}, ""},
		{schemas.Release{Source: kreis, Kicker: "Kreishaus", Title: "Landrätin besucht die Wache", URL: "https://www.musterau.example/presse/polizeimeldungen"}, ""},
		{schemas.Release{Source: kreis, URL: "https://www.musterau.example/presse/fahndung-nach-dem-osterhasen.php", Title: "Kinderfest"}, ""},
		{schemas.Release{Source: kreis, Title: "FW-MUA: Keller unter Wasser"}, ""},
		{schemas.Release{Source: kreis, Title: "POLITIK-Café: Wahlprogramme im Vergleich"}, ""},
		{schemas.Release{Source: kreis, Title: "PP: drei Fragen an den Pressesprecher"}, ""},
		{schemas.Release{Source: schemas.Source{Name: "Stadt Polich"}, Title: "Haushalt"}, ""},
		{schemas.Release{Source: kreis, URL: "://", Title: "Haushalt"}, ""},
	} {
		class, rule := ClassOf(&c.r)
		if rule != c.rule || (class == Police) != (c.rule != "") {
			t.Errorf("%q %q %s of %s: %q by %q, want %q", c.r.Kicker, c.r.Title, c.r.URL, c.r.Source.Name, class, rule, c.rule)
		}
	}
}

func config(raw, releases, police source.Age) *Config {
	return &Config{Raw: raw, Releases: releases, Police: police}
}

func TestPolicyOf(t *testing.T) {
	const day = 24 * time.Hour
	own := func(raw, releases, police source.Age) *source.Source {
		return &source.Source{Retention: source.Retention{Raw: raw, Releases: releases, Police: police}}
	}
	for name, c := range map[string]struct {
		all  *Config
		src  *source.Source
		want Policy
	}{
		"nothing is said":            {nil, own(0, 0, 0), Policy{}},
		"the file is gone":           {config(source.Age(400*day), 0, 0), nil, Policy{Raw: 400 * day}},
		"by the configuration":       {config(source.Age(400*day), 0, source.Age(180*day)), own(0, 0, 0), Policy{400 * day, 0, 180 * day}},
		"by the source":              {config(source.Age(400*day), 0, 0), own(source.Age(30*day), 0, source.Age(7*day)), Policy{30 * day, 0, 7 * day}},
		"the source wants it kept":   {config(source.Age(400*day), 0, source.Age(180*day)), own(source.Forever, 0, source.Forever), Policy{}},
		"the police goes with all":   {config(0, source.Age(900*day), 0), own(0, 0, 0), Policy{0, 900 * day, 900 * day}},
		"the police stays":           {config(0, source.Age(900*day), source.Forever), own(0, 0, 0), Policy{0, 900 * day, 0}},
		"its releases, the police's": {config(0, 0, source.Age(180*day)), own(0, source.Age(60*day), 0), Policy{0, 60 * day, 60 * day}},
	} {
		if got := c.all.Of(c.src); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestDue(t *testing.T) {
	const day = 24 * time.Hour
	now := time.Date(2026, 11, 26, 3, 0, 0, 0, time.UTC)
	p := Policy{Releases: 900 * day, Police: 180 * day}
	release := func(kicker, seen, published string) *schemas.Release {
		r := &schemas.Release{Kicker: kicker, Title: "Meldung", Provenance: schemas.Provenance{FirstSeen: seen}}
		if published != "" {
			r.Published = &schemas.Stamp{Value: published}
		}
		return r
	}
	for name, c := range map[string]struct {
		r    *schemas.Release
		want bool
	}{
		"police, old":                      {release("Polizeibericht", "2026-01-01T08:00:00Z", "2026-01-01"), true},
		"police, a day too young":          {release("Polizeibericht", "2026-05-31T08:00:00Z", "2026-05-31"), false},
		"police, a day too old":            {release("Polizeibericht", "2026-05-29T08:00:00Z", "2026-05-29"), true},
		"no police":                        {release("", "2026-01-01T08:00:00Z", "2026-01-01"), false},
		"no police, very old":              {release("", "2023-01-01T08:00:00Z", "2023-01-01T07:00+01:00"), true},
		"published long before it was met": {release("Polizeibericht", "2026-11-25T08:00:00Z", "2019-01-01"), false},
		"published after it was met":       {release("Polizeibericht", "2026-01-01T08:00:00Z", "2026-11-01"), false},
		"published in the future: misread": {release("Polizeibericht", "2026-01-01T08:00:00Z", "2062-01-01"), true},
		"no date":                          {release("Polizeibericht", "2026-01-01T08:00:00Z", ""), true},
		"a date that is none":              {release("Polizeibericht", "2026-01-01T08:00:00Z", "gestern und so"), true},
		"nobody knows when":                {release("Polizeibericht", "", ""), false},
	} {
		if got := p.Due(c.r, now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if (Policy{Raw: day}).Due(release("Polizeibericht", "2020-01-01T08:00:00Z", ""), now) {
		t.Error("a release goes by the age of pages")
	}
}

func TestConfigCheck(t *testing.T) {
	for _, c := range []*Config{config(source.Age(time.Hour), 0, 0), config(0, 0, source.Age(23*time.Hour)), {Hours: "nachts"}} {
		if err := c.Check(); schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for _, c := range []*Config{nil, {}, config(source.Forever, source.LeastAge, 0), {Hours: "sat 0-6"}} {
		if err := c.Check(); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
