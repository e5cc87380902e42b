package probe

import (
	"regexp"
	"slices"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		name       string
		urls       []string
		want, left []string
		not        []string // what the patterns must not take
	}{
		{
			"year and ending",
			[]string{"/presse/2026/bruecke.php", "/presse/2025/haushalt-2026.php", "/presse/2026/wald.php"},
			[]string{`^/presse/\d{4}/[^/]+\.php$`},
			nil,
			[]string{"/presse/index.php", "/presse/2026/", "/presse/2026/a/b.php"},
		},
		{
			"the folder of this year goes on next year",
			[]string{"/pm/2026/11/a/", "/pm/2026/11/b/", "/pm/2026/11/c/"},
			[]string{`^/pm/\d{4}/\d+/[^/]+/$`},
			nil,
			[]string{"/pm/2026/11/"},
		},
		{
			"a month in words",
			[]string{"/presse/november-2026/a.php", "/presse/november-2026/b.php"},
			[]string{`^/presse/[^/]*\d{4}[^/]*/[^/]+\.php$`},
			nil,
			[]string{"/presse/a.php"},
		},
		{
			"parameters",
			[]string{"/index.php?FID=3697.1.1&ModID=7", "/index.php?FID=3697.22.1&ModID=7"},
			[]string{`^/index\.php\?FID=[\d.]+&ModID=7$`},
			nil,
			[]string{"/index.php?ModID=255", "/index.php?FID=3.1.1&ModID=8"},
		},
		{
			"numbers and a client",
			[]string{"/portal/meldungen/a-b-900001-21750.html", "/portal/meldungen/c-900002-21750.html"},
			[]string{`^/portal/meldungen/[^/]+-21750\.html$`},
			nil,
			[]string{"/portal/meldungen/uebersicht-0-20800.html"},
		},
		{
			"one that is unlike the others",
			[]string{"/presse/m/1", "/presse/m/2", "/presse/m/3", "/impressum.html"},
			[]string{`^/presse/m/\d+$`},
			[]string{"https://kreis.example/impressum.html"},
			[]string{"/presse/m/x"},
		},
		{
			"at the root",
			[]string{"/erste-meldung/", "/zweite-meldung/", "/dritte/"},
			[]string{`^/[^/]+/$`},
			nil,
			[]string{"/presse/erste/"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var keys []string
			for _, u := range c.urls {
				k, err := schemas.CanonicalURL("https://kreis.example" + u)
				if err != nil {
					t.Fatal(err)
				}
				keys = append(keys, k)
			}
			got, left := patterns(keys)
			if !slices.Equal(got, c.want) || !slices.Equal(left, c.left) {
				t.Fatalf("%q and left %q, want %q and %q", got, left, c.want, c.left)
			}
			for _, u := range c.not {
				if regexp.MustCompile(got[0]).MatchString(u) {
					t.Errorf("%s takes %s", got[0], u)
				}
			}
		})
	}
}
