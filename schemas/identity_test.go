package schemas_test

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestCanonicalURL(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"already canonical", "https://www.kreis-musterau.de/presse/1.php", "https://www.kreis-musterau.de/presse/1.php"},
		{"case of scheme and host", "HTTPS://WWW.Kreis-Musterau.DE/Presse", "https://www.kreis-musterau.de/Presse"},
		{"no path", "https://kreis-musterau.de", "https://kreis-musterau.de/"},
		{"no path, query", "https://kreis-musterau.de?id=1", "https://kreis-musterau.de/?id=1"},
		{"default port of https", "https://kreis-musterau.de:443/a", "https://kreis-musterau.de/a"},
		{"default port of http", "http://kreis-musterau.de:80/a", "http://kreis-musterau.de/a"},
		{"another port", "http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"},
		{"https on port 80 is another place", "https://kreis-musterau.de:80/a", "https://kreis-musterau.de:80/a"},
		{"root dot of the host", "https://kreis-musterau.de./a", "https://kreis-musterau.de/a"},
		{"IPv6", "http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"},
		{"umlaut domain", "https://www.landkreis-münchen.de/", "https://www.xn--landkreis-mnchen-tzb.de/"},
		{"umlaut domain in punycode", "https://www.xn--landkreis-mnchen-tzb.de/", "https://www.xn--landkreis-mnchen-tzb.de/"},
		{"umlaut in the path", "https://a.de/märz", "https://a.de/m%C3%A4rz"},
		{"lower-case escapes", "https://a.de/m%c3%a4rz", "https://a.de/m%C3%A4rz"},
		{"needless escapes", "https://a.de/%7Euser/%61", "https://a.de/~user/a"},
		{"blank in the path", "https://a.de/a b", "https://a.de/a%20b"},
		{"encoded slash is no slash", "https://a.de/a%2fb", "https://a.de/a%2Fb"},
		{"encoded percent", "https://a.de/100%25", "https://a.de/100%25"},
		{"dot segments", "https://a.de/x/../y/./z", "https://a.de/y/z"},
		{"encoded dot segments", "https://a.de/x/%2e%2e/y", "https://a.de/y"},
		{"above the root", "https://a.de/../../y/", "https://a.de/y/"},
		{"doubled slashes", "https://a.de//presse//1", "https://a.de/presse/1"},
		{"trailing slash kept", "https://a.de/presse/", "https://a.de/presse/"},
		{"index kept", "https://a.de/index.php", "https://a.de/index.php"},
		{"fragment", "https://a.de/a#top", "https://a.de/a"},
		{"user", "https://user:secret@a.de/a", "https://a.de/a"},
		{"blanks around", "  https://a.de/a\n", "https://a.de/a"},
		{"tracking", "https://a.de/a?utm_source=x&UTM_Medium=y&fbclid=1&id=7", "https://a.de/a?id=7"},
		{"only tracking", "https://a.de/a?utm_source=x", "https://a.de/a"},
		{"session in the query", "https://a.de/a?PHPSESSID=abc&sid=1&id=7", "https://a.de/a?id=7&sid=1"},
		{"session in the path", "https://a.de/a;jsessionid=AB12?id=7", "https://a.de/a?id=7"},
		{"session in the middle", "https://a.de/a;JSESSIONID=AB12/b", "https://a.de/a/b"},
		{"order of parameters", "https://a.de/a?b=2&a=1", "https://a.de/a?a=1&b=2"},
		{"equal names keep their order", "https://a.de/a?x=2&x=1&a", "https://a.de/a?a&x=2&x=1"},
		{"TYPO3", "https://a.de/a?tx_news_pi1%5Bnews%5D=7&cHash=ab", "https://a.de/a?cHash=ab&tx_news_pi1%5Bnews%5D=7"},
		{"escapes in the query", "https://a.de/a?q=m%c3%a4rz+2026", "https://a.de/a?q=m%C3%A4rz+2026"},
		{"broken escape in the query", "https://a.de/a?q=100%", "https://a.de/a?q=100%"},
		{"empty parameters", "https://a.de/a?&&id=7&", "https://a.de/a?id=7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := schemas.CanonicalURL(c.in)
			if err != nil || got != c.want {
				t.Errorf("%q\n got %q, %v\nwant %q", c.in, got, err, c.want)
			}
		})
	}
	for _, in := range []string{
		"", "presse/1", "/presse/1", "//a.de/x", "mailto:a@b.de", "javascript:alert(1)", "ftp://a.de/", "https://",
		"https:///a", "http://a b/", "https://a.de/%zz", "https://a.de:port/",
	} {
		if got, err := schemas.CanonicalURL(in); err == nil {
			t.Errorf("%q is accepted as %q", in, got)
		}
	}
}

func FuzzCanonicalURL(f *testing.F) {
	for _, s := range []string{
		"https://www.kreis-musterau.de/presse/m%c3%a4rz?b=2&a=1#x", "HTTP://Ä.de:80/../a;jsessionid=1/b//c/%2F%2e", "https://[fe80::1%25en0]/",
		"http://a/?%zz&=&a=%00",
		"https://a.de/*", "https://a.de:443", "https://xn--a/", "http://a.de./", "http://%41/",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := schemas.CanonicalURL(s)
		if err != nil {
			return
		}
		twice, err := schemas.CanonicalURL(once)
		if err != nil || once != twice {
			t.Fatalf("%q\nonce  %q\ntwice %q, %v", s, once, twice, err)
		}
		if !strings.HasPrefix(once, "http") || strings.ContainsAny(once, "# \n") {
			t.Fatalf("%q gives %q", s, once)
		}
	})
}

func TestIDs(t *testing.T) {
	id := schemas.ReleaseID("kreis-musterau", "https://www.kreis-musterau.de/presse/1")
	if id != "vu4snysqslmwyle2tg5m7jwrlm" { // a change of this value doubles every release that exists
		t.Errorf("id %s", id)
	}
	if err := schemas.CheckReleaseID(id); err != nil {
		t.Error(err)
	}
	if schemas.PageID("kreis-musterau", "x") == schemas.PageID("kreis-anderau", "x") || schemas.PageID("a", "bc") == schemas.PageID("ab", "c") {
		t.Error("ids of different pages are equal")
	}
	for _, bad := range []string{"", "abc", strings.ToUpper(id), id + "a", strings.Repeat("1", 26), strings.Repeat(".", 26)} {
		if schemas.CheckReleaseID(bad) == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}
