package source

import (
	"strings"
	"testing"
	"testing/fstest"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// TestTwoSourcesOneSite: two sources that claim the same pages are refused with both names, and those that share a site in peace are not.
func TestTwoSourcesOneSite(t *testing.T) {
	const site = "name: Kreis Muster\nstate: NW\nbase: https://www.kreis-muster.example/\n"
	list := func(url string) string { return "start: {listings: [{url: " + url + ", item: li}]}\n" }
	for name, tt := range map[string]struct{ a, b, want string }{
		"same pages": {list("/presse/") + "accept: [^/presse/]\n", list("/neu/") + "accept: ['^/presse/\\d{4}/[a-z-]+\\.html$']\n", "kreis-a and " +
			"kreis-b both claim"},
		"same list":        {list("/presse/"), list("/presse/"), "kreis-a and kreis-b both begin at https://www.kreis-muster.example/presse/"},
		"unanchored":       {list("/a/") + "accept: [/presse/]\n", list("/b/") + "accept: [^/stadt/]\n", "kreis-a and kreis-b both claim"},
		"other paths":      {list("/presse/") + "accept: [^/presse/.+]\n", list("/amtsblatt/") + "accept: [^/amtsblatt/.+]\n", ""},
		"other endings":    {list("/a/") + "accept: ['\\.html$']\n", list("/b/") + "accept: ['\\.php$']\n", ""},
		"refused by one":   {list("/a/") + "accept: [^/presse/]\nrefuse: [^/presse/stadt/]\n", list("/b/") + "accept: [^/presse/stadt/]\n", ""},
		"parameters":       {list("/a/") + "accept: ['^/meldung\\.aspx\\?ps_id=1381$']\n", list("/b/") + "accept: ['^/meldung\\.aspx\\?ps_id=405$']\n", ""},
		"words, case":      {list("/a/") + "accept: ['(?i)^/PRESSE\\b']\n", list("/b/") + "accept: ['^/presse-archiv/']\n", "kreis-a and kreis-b both claim"},
		"word goes on":     {list("/a/") + "accept: ['^/presse\\b']\n", list("/b/") + "accept: ['^/pressearchiv/']\n", ""},
		"without patterns": {list("/a/"), list("/b/"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(fstest.MapFS{"a.yaml": file("id: kreis-a\n" + site + tt.a), "b.yaml": file("id: kreis-b\n" + site + tt.b)})
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("err = %v, want %q", err, tt.want)
			}
		})
	}
}

// TestMeetProves: what is said to be claimed by both is matched by both.
func TestMeetProves(t *testing.T) {
	for _, tt := range [][2]string{{`^/a/.+\.html$`, `/\d{4}/`}, {`^/x\?a=\d+$`, `\d{3}`}, {`(?i)^/NEWS/`, `^/news/[^/]+/$`}} {
		a := &Source{Accept: tt[:1], compiled: &Plan{accept: (&checker{}).patterns("accept", tt[:1])}}
		b := &Source{Accept: tt[1:], compiled: &Plan{accept: (&checker{}).patterns("accept", tt[1:])}}
		p := meet(tt[0], tt[1], func(string) bool { return true })
		if p == "" || !a.takes(p) || !b.takes(p) {
			t.Errorf("%q and %q meet at %q", tt[0], tt[1], p)
		}
	}
}

// TestDocuments: a file holds several sources, each problem has its line in the file, and one id names one source.
func TestDocuments(t *testing.T) {
	second := strings.Replace(minimal, "kreis-muster", "stadt-muster", 1)
	second = strings.Replace(second, "/rss.xml", "/stadt.xml", 1)
	list, err := Load(fstest.MapFS{"a.yaml": file("# ein Land\n" + minimal + "---\n" + second)})
	if err != nil || len(list) != 2 || list[1].ID != "stadt-muster" {
		t.Fatalf("%d sources: %v", len(list), err)
	}
	for want, text := range map[string]string{
		`a.yaml:11: state: "XX", expected`:                           "# ein Land\n" + minimal + "---\n" + strings.Replace(second, "NW", "XX", 1),
		`a.yaml:9: nme: unknown key`:                                 minimal + "---\n# x\nnme: b\n" + second,
		`a.yaml:8: id: "kreis-muster" is the id of another document`: minimal + "---\n" + minimal,
	} {
		if _, err := Load(fstest.MapFS{"a.yaml": file(text)}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("err = %v, want %s", err, want)
		}
	}
}
