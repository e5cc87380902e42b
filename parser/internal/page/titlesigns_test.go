package page

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// candidateOf is the candidate of a page that says text, and what is known of it; nil when there is none.
func candidateOf(t *testing.T, address, body, text string) (*candidate, *sight) {
	t.Helper()
	r := readerOf(t, body)
	r.p.URL, _ = url.Parse(address)
	r.p.base = r.p.URL
	r.p.LD = readLD(r.s.LD)
	r.locate()
	cs := r.candidates()
	for i := range cs {
		if cs[i].text == text {
			return &cs[i], r.look(&cs[i], r.ground(cs))
		}
	}
	return nil, nil
}

// signPages are two pages that differ in one sign alone; text is what the candidate of the first says if it is not steg.
type signPages struct{ sign, with, without, text string }

const steg = "Neuer Steg über die Ahse"

// TestSigns shows each sign of a title on one page and not on another that differs in it alone.
func TestSigns(t *testing.T) {
	text := "<p>" + prose(4) + "</p>"
	h1 := "<h1>" + steg + "</h1>"
	titled := func(title string) string { return "<title>" + title + "</title><main>" + h1 + text }
	said := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"` + steg + `"}</script>`
	says := func(other string) string { return "<h1>" + other + "</h1>" + text }
	long := strings.TrimSpace(strings.Repeat(steg+" ", 6))
	tests := []signPages{
		{"h1", h1 + text, "<h2>" + steg + "</h2>" + text, ""},
		{"h2", "<h2>" + steg + "</h2>" + text, h1 + text, ""},
		{"h3", "<h3>" + steg + "</h3>" + text, "<h4>" + steg + "</h4>" + text, ""},
		{"a line that is no heading", "<title>" + steg + "</title><div>" + steg + "</div>" + text, titled(steg), ""},
		{"a bold line", "<p><b>" + steg + "</b></p>" + text, h1 + text, ""},
		{"named as title", `<h1 class="headline">` + steg + "</h1>" + text, h1 + text, ""},
		{"headline by microdata", `<h1 itemprop="headline">` + steg + "</h1>" + text, h1 + text, ""},
		{
			"title by the profile", `<div class="news-single"><h1>` + steg + `</h1><div class="news-text-wrap">` + text + "</div></div>",
			`<div class="news-single"><h3>` + steg + `</h3><div class="news-text-wrap">` + text + "</div></div>", "",
		},
		{"named as kicker or lead", `<h2 class="page-sub-title">` + steg + "</h2>" + text, `<h2 class="page-title">` + steg + "</h2>" + text, ""},
		{"hidden", `<h1 class="sr-only">` + steg + "</h1>" + text, h1 + text, ""},
		{"in furniture", `<nav>` + h1 + "</nav>" + text, h1 + text, ""},
		{"a link", `<h2><a href="/m">` + steg + "</a></h2>" + text, `<h2><a href="#m">` + steg + "</a></h2>" + text, ""},
		{"last heading before the text", h1 + text, h1 + "<h2>Wetter</h2>" + text, ""},
		{"before the text", h1 + text, text + h1 + text, ""},
		{"far before the text", h1 + strings.Repeat("<i></i>", 400) + text, h1 + text, ""},
		{"deep in the text", "<p>" + prose(10) + "</p>" + h1 + text, "<p>" + prose(6) + "</p>" + h1 + text, ""},
		{"behind the text", "<main>" + text + "</main>" + h1, "<main>" + h1 + text + "</main>", ""},
		{
			"beside the text in one element", "<div><div>" + h1 + "</div><div>" + text + "</div></div><p>" + prose(20) + "</p>",
			"<div>" + h1 + "</div><div><div>" + text + text + "</div></div>", "",
		},
		{"in another part of the page", "<div>" + h1 + "</div><div>" + text + "</div>", "<div>" + h1 + text + "</div>", ""},
		{"names the site", `<meta property="og:site_name" content="` + steg + `"><main>` + h1 + text, titled("Kreis"), ""},
		{"names the site", says("Gemeinde Altdorf am Walde"), h1 + text, "Gemeinde Altdorf am Walde"},
		{"names a section", says("Aktuelle Meldungen"), h1 + text, "Aktuelle Meldungen"},
		{"a byline or a date", says("Von Hanna Beispiel"), h1 + text, "Von Hanna Beispiel"},
		{"one word", says("Stegbau"), h1 + text, "Stegbau"},
		{"long", says(long), h1 + text, long},
		{"a sentence", says(steg + "."), h1 + text, steg + "."},
		{"ends in a colon", says(steg + ":"), h1 + text, steg + ":"},
		{"another title says it", titled(steg + " | Kreis"), titled("Wetter"), ""},
		{"JSON-LD says it", said + titled("Wetter"), titled(steg), ""},
		{"begins another title", titled(steg + " kommt"), titled(steg), ""},
		{"ends another title", titled("Ein " + steg), titled(steg), ""},
		{"before the colon of another title", titled(steg + ": Es geht los"), titled(steg + " - Es geht los"), ""},
		{"behind the colon of another title", titled("Es geht los: " + steg), titled("Es geht los - " + steg), ""},
		{"in the middle of another title", titled("Ein " + steg + " kommt"), titled(steg + " kommt"), ""},
		{"holds another title", titled("Neuer Steg über"), titled(steg), ""},
		{"shares words with another title", titled("Über den Steg: Der Neue"), titled("Wetter am Steg"), ""},
		{"no word in another title", titled("Wetter"), titled("Ein neuer Weg"), ""},
		{"not shown", "<title>" + steg + "</title><main>" + text, titled(steg), ""},
		{
			"not shown, and an h1 stands above the text",
			"<title>" + steg + "</title><main><h1>Die Brücke kommt</h1>" + text,
			"<title>" + steg + "</title><main><h1>Presse</h1>" + text, "",
		},
		{
			"not shown, but a part of it is",
			"<title>" + steg + "</title><main><h3>über die Ahse</h3>" + text,
			"<title>" + steg + "</title><main><h3>Brücke</h3>" + text, "",
		},
		{"not shown, title element", "<title>" + steg + "</title><main>" + text, said + "<main>" + text, ""},
		{"not shown, JSON-LD", said + "<main>" + text, "<title>" + steg + "</title><main>" + text, ""},
	}
	for _, tt := range tests {
		k := slices.IndexFunc(signs, func(s sign) bool { return s.name == tt.sign })
		if k < 0 {
			t.Fatalf("there is no sign %q", tt.sign)
		}
		shows := func(body, text string) bool {
			_, s := candidateOf(t, "https://www.beispiel.example/presse/neuer-steg-ahse.html", body, text)
			if s == nil {
				t.Fatalf("%s: no candidate says %q", tt.sign, text)
			}
			return signs[k].holds(s)
		}
		if !shows(tt.with, cmp.Or(tt.text, steg)) {
			t.Errorf("%s: not seen in %.200s", tt.sign, tt.with)
		}
		if shows(tt.without, steg) {
			t.Errorf("%s: seen in %.200s", tt.sign, tt.without)
		}
	}
	for _, s := range signs {
		if !strings.HasPrefix(s.name, "the address") && !slices.ContainsFunc(tests, func(x signPages) bool { return x.sign == s.name }) {
			t.Errorf("no pair of pages for the sign %q", s.name)
		}
	}
}

// TestAddressSigns: the address was made from the title, or from other words.
func TestAddressSigns(t *testing.T) {
	for _, tt := range []struct {
		path        string
		says, other bool
	}{
		{"/presse/neuer-steg-ueber-die-ahse.html", true, false},
		{"/presse/2024/05/neuer-steg,wetter,brueckenbau", true, false},
		{"/presse/bruecken-wetter-meldung.php", false, true},
		{"/presse/4711.php", false, false},
		{"/presse/meldung", false, false},
		{"/neuer-steg/id/12", true, false},
	} {
		_, s := candidateOf(t, "https://www.beispiel.example"+tt.path, "<main><h1>"+steg+"</h1><p>"+prose(4), steg)
		if s.address != tt.says || s.elsewhere != tt.other {
			t.Errorf("%s: says it %v, other words %v", tt.path, s.address, s.elsewhere)
		}
	}
}

// TestTitleNumbers holds the numbers of the signs and of what is looked at.
func TestTitleNumbers(t *testing.T) {
	text := "<p>" + prose(4) + "</p>"
	seen := func(body func(n int) string, want func(n int) string, ask func(s *sight) bool) func(*testing.T, int) bool {
		return func(t *testing.T, n int) bool {
			_, s := candidateOf(t, "https://www.beispiel.example/a", body(n), want(n))
			return s != nil && ask(s)
		}
	}
	is := func(s string) func(int) string { return func(int) string { return s } }
	letters := "derneuewegandenufernderruhristimmailangerwartetworden"
	site := func(name string) *reader {
		return readerOf(t, `<meta property="og:site_name" content="`+name+`"><body>`)
	}
	check(t, []pair{
		{"minHeadline", 4, 2, seen(func(n int) string {
			return "<h1>" + "Stegbau"[:n] + "</h1>" + text
		}, func(n int) string { return "Stegbau"[:n] }, func(*sight) bool { return true })},
		{"maxHeadline", 300, 500, seen(func(n int) string {
			return "<h1>" + strings.Repeat("w", n) + "</h1>" + text
		}, func(n int) string { return strings.Repeat("w", n) },
			func(*sight) bool { return true })},
		{"longHeadline", 90, 150, seen(func(n int) string {
			return "<h1>" + strings.Repeat("w", n) + "</h1>" + text
		}, func(n int) string { return strings.Repeat("w", n) },
			func(s *sight) bool { return !s.long })},
		{"headlineText", 6, 12, seen(func(n int) string {
			return "<main><p>" + prose(n) + "</p><h2>" + steg + "</h2>" + text
		}, is(steg), func(s *sight) bool { return s.within })},
		{"headlineReach", 220, 420, seen(func(n int) string {
			return "<h2>" + steg + "</h2>" + strings.Repeat("<i></i>", n) + text
		}, is(steg), func(s *sight) bool { return !s.far })},
		{"maxCandidates", 1500, 2500, seen(func(n int) string {
			return strings.Repeat("<h6>Wetter</h6>", n) + "<h1>" + steg + "</h1>" + text
		}, is(steg), func(*sight) bool { return true })},
		{"maxBolds", 2, 5, seen(func(n int) string {
			var b strings.Builder
			for i := range n - 1 {
				fmt.Fprintf(&b, "<p><b>Zeile %c</b></p>", 'a'+i)
			}
			return b.String() + "<p><b>" + steg + "</b></p>" + text
		}, is(steg), func(*sight) bool { return true })},
		{"minShown", 6, 4, seen(func(n int) string {
			return "<title>" + letters + "</title><h1>" + letters[:n] + "</h1>" + text
		}, func(n int) string { return letters[:n] },
			func(s *sight) bool { return s.begins })},
		{"minWitness", 15, 9, seen(func(n int) string {
			return "<title>" + letters + "</title><h1>" + letters[2:2+n] + "</h1>" + text
		}, func(n int) string { return letters[2 : 2+n] },
			func(s *sight) bool { return s.part })},
		{"shownShare", 24, 14, seen(func(n int) string {
			return "<title>" + letters + "</title><h3>" + letters[:n] + "</h3>" + text
		}, is(letters), func(s *sight) bool { return s.parted })},
		{"tellingWord", 5, 3, func(t *testing.T, n int) bool { return len(wordsOf("Der "+letters[:n])) == 1 }},
		{"minSlug", 3, 1, func(t *testing.T, n int) bool {
			r := readerOf(t, "<body>")
			r.p.URL, _ = url.Parse("https://www.beispiel.example/" + strings.Join([]string{"neuer", "steg", "ahse"}[:n], "-"))
			return len(r.slug()) == n
		}},
		{"maxCuts", 6, 12, func(_ *testing.T, n int) bool { return len(cuts(strings.Repeat("w - ", n-1)+"w")) == n }},
		{"minSiteName", 4, 2, func(_ *testing.T, n int) bool { return site("Altdorf").siteName("Altdorf"[:n]) }},
		{"maxSiteName", 22, 40, func(_ *testing.T, n int) bool { return site("x" + letters).siteName(letters[:n]) }},
		{"minSigned", 10, 5, func(_ *testing.T, n int) bool {
			r := readerOf(t, "<body><main>"+text+"</main><p>© "+letters[:n]+"</p>")
			r.locate()
			return r.siteName(letters[:n])
		}},
		{"maxSignature", 300, 600, func(_ *testing.T, n int) bool {
			r := readerOf(t, "<body><main>"+text+"</main><p>© Altdorf an der Ahse"+strings.Repeat(" ", n-24)+"</p>")
			r.locate()
			return r.siteName("Altdorf an der Ahse")
		}},
		{"maxSignatureNodes", 1000, 2500, func(_ *testing.T, n int) bool {
			r := readerOf(t, "<body><main>"+text+"</main><p>© Altdorf an der Ahse</p>"+strings.Repeat("<i></i>", n))
			r.locate()
			return r.siteName("Altdorf an der Ahse")
		}},
		{"maxHomeLinks", 5, 9, func(_ *testing.T, n int) bool {
			r := readerOf(t, "<body>"+strings.Repeat(`<a href="/">Anfang</a>`, n-1)+`<a href="/">Altdorf an der Ahse</a><main>`+text)
			return r.siteName("Altdorf an der Ahse")
		}},
		{"maxAuthority", 7, 12, func(_ *testing.T, n int) bool { return authority("Kreis" + strings.Repeat(" Altdorf", n-1)) }},
		{"maxSection", 60, 110, func(_ *testing.T, n int) bool { return section("Presse" + strings.Repeat(" ", n-6)) }},
		{"mastLetters", 50, 80, seen(func(n int) string {
			return `<meta property="og:site_name" content="` + strings.Repeat("w", n) + `"><h1>` + strings.Repeat("w", n) + "</h1>" + text
		}, func(n int) string { return strings.Repeat("w", n) }, func(s *sight) bool { return s.site })},
		{"mastNodes", 30, 60, seen(func(n int) string {
			return "<p><b>" + steg + strings.Repeat("<i></i>", n-3) + "</b></p>" + text
		}, is(steg), func(*sight) bool { return true })},
		{"mastProse", 3, 6, seen(func(n int) string {
			return "<title>" + steg + "</title><main><p>" + prose(n) + "</p><div>" + steg + "</div>" + text
		}, is(steg),
			func(s *sight) bool { return s.shown })},
	})
}

// TestHeadingNumbers holds the numbers by which a heading is taken apart.
func TestHeadingNumbers(t *testing.T) {
	kicker := func(head, body string) bool {
		return read(t, head+`<article>`+body+`<p>`+prose(4)).Kicker != ""
	}
	check(t, []pair{
		{"minRest", 7, 4, func(_ *testing.T, n int) bool {
			return kicker("", `<h1><span class="h__kicker">Bus</span> <span class="h__title">`+"Stegbau"[:n]+`</span></h1>`)
		}},
		{"kickerShare", 18, 30, func(_ *testing.T, n int) bool {
			return kicker("", `<h1><span class="kicker">`+points("Verkehr", n)+`</span> `+steg+`</h1>`)
		}},
		{"kickerBack", 25, 60, func(_ *testing.T, n int) bool {
			return kicker("", `<p class="kicker">Verkehr</p>`+strings.Repeat("<i></i>", n)+`<h1>`+steg+`</h1>`)
		}},
		{"kickerNodes", 150, 280, func(_ *testing.T, n int) bool {
			return kicker(`<title>Verkehr: `+steg+`</title>`, `<p>Verkehr</p>`+strings.Repeat("<i></i>", n)+`<h1>`+steg+`</h1>`)
		}},
	})
}
