package schemas_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestAskedPath(t *testing.T) {
	long := strings.Repeat("ä", 300)
	for address, want := range map[string]string{
		"https://a.example":                                                  "/",
		"https://a.example/presse/2026/?id=1234&La=1":                        "/presse/2026/?id=1234&La=1",
		"https://a.example/presse;jsessionid=AB12/x;v=1":                     "/presse;…/x;…",
		"https://a.example/(S(lit3py55t21z5v55vlm25s55))/presse":             "/…/presse",
		"https://a.example/p?PHPSESSID=1&page=2":                             "/p?PHPSESSID=…&page=2",
		"https://a.example/p?cid=9f86d081884c7d65&cid=12":                    "/p?cid=…&cid=12",
		"https://a.example/p?x=3f2504e0-4f89-41d3-9a0c-0305e82c3301":         "/p?x=…",
		"https://a.example/p?x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.x":   "/p?x=…",
		"https://a.example/p?token=7&api_key=a&%74oken=b&datum=2026-11-26":   "/p?token=…&api_key=…&%74oken=…&datum=2026-11-26",
		"https://a.example/p?print&a=&" + "b=" + strings.Repeat("wort+", 20): "/p?print&a=&b=…",
		"https://user:word@a.example/p#frag":                                 "/p",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := schemas.AskedPath(u); got != want {
			t.Errorf("%s\n got %s\nwant %s", address, got, want)
		}
	}
	for _, u := range []*url.URL{{Path: "/" + long}, {Path: "/", RawQuery: long}, {Path: "/", RawQuery: "\xff\xfe"}} {
		if got := schemas.AskedPath(u); len(got) > 200 || !utf8.ValidString(got) {
			t.Errorf("%d bytes, %q", len(got), got)
		}
	}
}

func TestLastAsked(t *testing.T) {
	var list []schemas.HostRequest
	for i := range 100 {
		list = append(list, schemas.HostRequest{Path: fmt.Sprint("/", i), Status: 200})
	}
	for i := range 50 {
		list = append(list, schemas.HostRequest{Path: fmt.Sprint("/no/", i), Why: schemas.WhyRobots})
	}
	got := schemas.LastAsked(list)
	if len(got) != schemas.MostAsked {
		t.Fatalf("%d are kept", len(got))
	}
	asked := schemas.MostAsked - schemas.MostUnasked
	if first, last := got[0].Path, got[asked-1].Path; first != fmt.Sprint("/", 100-asked) || last != "/99" || got[len(got)-1].Path != "/no/49" {
		t.Errorf("kept from %s to %s: %v", first, last, got)
	}
	if got := schemas.LastAsked(list[:3]); len(got) != 3 || got[0].Path != "/0" {
		t.Errorf("of three: %v", got)
	}
}
