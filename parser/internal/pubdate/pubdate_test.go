package pubdate

import (
	"html"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/schemas"
)

const textOf = `<p>Der Kreis Musterstadt hat am Montag die neue Brücke über den Bach freigegeben. Sie ersetzt den Steg, der seit dem Hochwasser
 gesperrt war, und ist breit genug für Fahrräder.</p><p>Am 30. April 2024 beginnt der Bau des nächsten Abschnitts. Die Arbeiten dauern bis zum 12.12.2024 und
 kosten nach Angaben des Amtes rund zwei Millionen Euro, die zur Hälfte das Land trägt.</p>`

// undated is a text without any date.
const undated = `<p>Der Kreis Musterstadt hat die neue Brücke über den Bach freigegeben. Sie ersetzt den Steg, der seit dem Hochwasser gesperrt war, und
 ist breit genug für Fahrräder. Die Landrätin schnitt das Band durch, und viele Leute aus dem Ort waren dabei.</p><p>Die Arbeiten kosteten nach ` +
	`Angaben des Amtes
 rund zwei Millionen Euro, die zur Hälfte das Land trägt. Der nächste Abschnitt wird noch geplant.</p>`

// article is a page with head and parts before and after its title.
func article(head, before, after string) string {
	return `<html lang="de"><head><title>Neue Brücke freigegeben</title>` + head +
		`</head><body><nav><ul><li>Termine ab 01.01.2024</li></ul></nav><main><article>` + before +
		`<h1>Neue Brücke freigegeben</h1>` + after + textOf + `</article></main><footer>© 2024 Kreis Musterstadt, Stand 02.02.2024</footer></body></html>`
}

func ld(s string) string { return `<script type="application/ld+json">` + s + `</script>` }

func stamps(t *testing.T, s *schemas.Snapshot) (published, modified string) {
	t.Helper()
	p, err := page.Read(s)
	if err != nil {
		t.Fatal(err)
	}
	pub, mod := Find(p, nil, s)
	show := func(x *schemas.Stamp) string {
		if x == nil {
			return ""
		}
		return x.Value + " " + x.Granularity + " " + x.Evidence
	}
	return show(pub), show(mod)
}

func TestPublished(t *testing.T) {
	sitepark := `<meta name="application-name" content="KREIS" data-content-type="json" data-content="` +
		html.EscapeString(`{"id":1,"changed":"2024-03-14T08:00:00Z","date":"2024-03-12T09:30:00Z"}`) + `">`
	for _, c := range []struct{ name, body, url, want string }{
		{"sitepark", article(sitepark, "", ""), "", "2024-03-12T10:30:00+01:00 second sitepark:date"},
		{"sitepark midnight", article(strings.Replace(sitepark, "12T09:30", "11T23:00", 1), "", ""), "", "2024-03-12 day sitepark:date"},
		{
			"sitepark before all others", article(sitepark+ld(`{"@type":"NewsArticle","datePublished":"2024-03-15"}`), "", "<p>Düren, 16. März 2024</p>"), "",
			"2024-03-12T10:30:00+01:00 second sitepark:date",
		},
		{
			"json-ld", article(ld(`{"@type":"NewsArticle","headline":"Neue Brücke freigegeben","datePublished":"2024-03-12T10:00:00+01:00"}`), "", ""), "",
			"2024-03-12T10:00:00+01:00 second jsonld",
		},
		{"json-ld of the page among teasers", article(ld(`[{"@type":"NewsArticle","headline":"Ganz anderes","datePublished":"2024-03-01"},
			{"@type":"NewsArticle","headline":"Neue Brücke freigegeben","datePublished":"2024-03-12"}]`), "", ""), "", "2024-03-12 day jsonld"},
		{
			"json-ld item list is not the page", article(ld(`{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2024-03-01"}]}`),
				"", `<p class="date">12.03.2024</p>`), "",
			"2024-03-12 day text",
		},
		{"json-ld event is not the page", article(ld(`{"@type":"Event","datePublished":"2024-03-01","startDate":"2024-05-01"}`), "",
			`<p class="date">12.03.2024</p>`), "", "2024-03-12 day text"},
		{"json-ld article over its web page", article(ld(`{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":"Article",`+
			`"datePublished":"2024-03-12"}]}`), "", ""), "", "2024-03-12 day jsonld"},
		{
			"json-ld in mainEntity", article(ld(`{"@type":"WebPage","mainEntity":{"@type":"Article","datePublished":"2024-03-12"}}`), "", ""), "",
			"2024-03-12 day jsonld",
		},
		{"json-ld in german", article(ld(`{"@type":"Article","datePublished":"12.03.2024"}`), "", ""), "", "2024-03-12 day jsonld"},
		{"json-ld broken", article(ld(`{"@type":"Article",headline:'x',"datePublished":"2024-03-12"}`), "", ""), "", "2024-03-12 day jsonld"},
		{
			"meta", article(`<meta property="article:published_time" content="2024-03-12T10:00:00+01:00">`, "", ""), "",
			"2024-03-12T10:00:00+01:00 second meta:article:published_time",
		},
		{
			"meta in a form of java", article(`<meta property="og:article:published_time" content="Tue Mar 12 14:57:21 CET 2024">`, "", ""), "",
			"2024-03-12T14:57:21+01:00 second meta:og:article:published_time",
		},
		{"dublin core", article(`<meta name="DC.date.issued" content="2024-03-12">`, "", ""), "", "2024-03-12 day meta:dc.date.issued"},
		{
			"weak meta after the printed date", article(`<meta name="date" content="2024-03-15">`, "", `<p class="date">12.03.2024</p>`), "",
			"2024-03-12 day text",
		},
		{
			"meta of the last change never", article(`<meta name="last-modified" content="2024-03-15">`+
				`<meta property="article:modified_time" content="2024-03-15">`, "", ""),
			"https://www.kreis-musterstadt.de/2024/03/12/bruecke", "2024-03-12 day url",
		},
		{
			"microdata", article("", "", `<span itemprop="datePublished" content="2024-03-12T10:15">gestern</span>`), "",
			"2024-03-12T10:15+01:00 minute itemprop:datePublished",
		},
		{"time element", article("", `<time datetime="2024-03-12T10:15:00+01:00">12.03.2024</time>`, ""), "", "2024-03-12T10:15:00+01:00 second time"},
		{"time element without attribute", article("", `<time>12. März 2024</time>`, ""), "", "2024-03-12 day text"},
		{
			"time element whose attribute is another day's", article("", `<time datetime="2024-03-11T23:20:00Z">12.03.2024</time>`, ""), "",
			"2024-03-12T00:20:00+01:00 second time",
		},
		{"time inside the heading", strings.Replace(article("", "", ""), "<h1>", `<h1><time class="topline" datetime="2024-03-12">12.03.2024</time>`,
			1), "", "2024-03-12 day time"},
		{"time inside a long heading", strings.Replace(article("", "", ""), "<h1>",
			`<h1><time datetime="2024-03-12">12. März 2024</time> Die Landrätin und ihre Gäste haben am Montag mit vielen Worten und noch mehr Kuchen `+
				`die `, 1), "", "2024-03-12 day time"},
		{"line called footer below the title", article("", "", `<div class="footer">`+
			`<time itemprop="datePublished" datetime="2024-03-12">12.03.2024</time></div>`), "", "2024-03-12 day itemprop:datePublished"},
		{"topic and date", article("", `<p>Thema des Tages // 12.03.2024</p>`, ""), "", "2024-03-12 day text"},
		{"below the text", article("", "", strings.Repeat("<p>Noch ein Satz zur Brücke.</p>",
			40)+`<p>Erstellt am 12.03.2024 von der Pressestelle</p>`), "", "2024-03-12 day text"},
		{"kicker", article("", `<p class="kicker">Pressemitteilung | 12.03.2024</p>`, ""), "", "2024-03-12 day text"},
		{"labelled", article("", "", `<dl><dt>Datum</dt><dd>12.03.2024</dd></dl>`), "", "2024-03-12 day text"},
		{
			"published and updated", article("", "", `<p>Veröffentlicht am 12.03.2024 um 10:15 Uhr, aktualisiert am 13.03.2024</p>`), "",
			"2024-03-12T10:15+01:00 minute text",
		},
		{"only updated", article("", "", `<p>Stand: 12.03.2024</p>`), "", "2024-03-12 day text"},
		{
			"updated is no publication where there is another", article("", `<p class="stand">Stand: 14.03.2024</p>`, `<p>12.03.2024</p>`), "",
			"2024-03-12 day text",
		},
		{"dateline", article("", "", `<p>Düren, 12. März 2024. Der Landrat war dabei, als das Band zerschnitten wurde, und mit ihm viele Leute aus `+
			`dem Ort.</p>`), "", "2024-03-12 day text"},
		{"dateline with weekday", article("", "", `<p>Bad Münstereifel, Dienstag, den 12. März 2024</p>`), "", "2024-03-12 day text"},
		{"dateline over json-ld", article(ld(`{"@type":"Article","datePublished":"2024-03-14"}`), "", `<p>Bonn, 12.03.2024</p>`), "", "2024-03-12 day text"},
		{"numbered release", article("", "", `<p>Pressemitteilung Nr. 44 vom 12. März 2024 | Berlin</p>`), "", "2024-03-12 day text"},
		{"opening a paragraph", article("", "", `<p><strong>12.03.2024</strong> – Die Brücke ist frei, sagte der Landrat am Morgen, und gab das Band `+
			`zum Durchschneiden in viele Hände weiter.</p>`), "", "2024-03-12 day text"},
		{
			"opening a paragraph, above a list of other releases",
			article("", "", `<p><em>12. März 2024 - </em>Die Brücke ist frei, sagte der Landrat am Morgen, und gab das Band `+
				`zum Durchschneiden in viele Hände weiter.</p><p>Noch ein Satz.</p><h2>Mehr</h2><ul><li><article>`+
				`<a href="/a">Schule</a> <time datetime="2024-02-01">01.02.2024</time></article></li></ul>`), "",
			"2024-03-12 day text",
		},
		{
			"list of other releases by name", article("", "", textOf+`<div class="SP-TeaserList"><p>Schule</p>`+
				`<time datetime="2024-02-01">01.02.2024</time></div>`),
			"https://www.kreis-musterstadt.de/presse/bruecke_2024-03-12.php", "2024-03-12 day url",
		},
		{
			"a span of days opens no paragraph", article("", "", `<p>12.03.2024 - 15.03.2024 ist die Brücke gesperrt, sagte der Landrat am Morgen, und `+
				`bat alle um Geduld, die sonst hinüber müssen.</p>`),
			"https://www.kreis-musterstadt.de/presse/bruecke_2024-03-01.php", "2024-03-01 day url",
		},
		{
			"weekday is no place", article("", "", `<p>Am Dienstag, 12. März 2024, war die Brücke noch gesperrt, doch am Abend durften die ersten Leute `+
				`hinüber und zurück.</p>`),
			"https://www.kreis-musterstadt.de/presse/2024-03-15-bruecke.php", "2024-03-15 day url",
		},
		{
			"teaser of another release", article("", "", textOf+`<aside class="related"><h2>Mehr</h2><p class="date">01.02.2024</p></aside>`),
			"https://www.kreis-musterstadt.de/presse/bruecke_2024-03-12.php", "2024-03-12 day url",
		},
		{"event box", article("", "", `<p class="date">Termin: 30.04.2024</p>`), "https://www.kreis-musterstadt.de/presse/12-03-2024", "2024-03-12 day url"},
		{"the day of a concert above the date", article("", "", `<p>Konzert am 30.04.2024</p><p>12.03.2024</p>`), "", "2024-03-12 day text"},
		{"an exhibition's days above the date", article("", "", `<p>30.04.2024 – 30.05.2024</p><p>12.03.2024</p>`), "", "2024-03-12 day text"},
		{"an author before the date", article("", `<p>Erika Beispiel am 12. März 2024</p>`, ""), "", "2024-03-12 day text"},
		{
			"comments", article("", "", `<div class="comments"><time datetime="2024-04-01">01.04.2024</time></div>`),
			"https://www.kreis-musterstadt.de/presse/20240312_bruecke.html", "2024-03-12 day url",
		},
		{"url with year directory", article("", "", ""), "https://www.bund.example/Presse/2024/240312_Bruecke.html", "2024-03-12 day url"},
		{"url of Kreis Düren's kind", article("", "", ""), "https://www.kreis-musterstadt.de/presse/2024/Hochwasser_1203.php", "2024-03-12 day url"},
		{"title", strings.Replace(article("", "", ""), "</title>", " | Kreis Musterstadt | 12.03.2024</title>", 1), "", "2024-03-12 day title"},
		{
			"description", article(`<meta name="description" content="Fachmeldung vom 12.03.2024 aus dem Bereich Bauen">`, "", ""), "",
			"2024-03-12 day meta:description",
		},
		{
			"a class of old themes", article("", "", `<abbr class="published" title="2024-03-12T10:15:00+01:00">an einem Dienstag</abbr>`), "",
			"2024-03-12T10:15:00+01:00 second hatom:published",
		},
		{"labelled, outside the release", article("", "", strings.Repeat("<p>Noch ein Satz zur Brücke.</p>",
			40)+`</article></main><div><p>Datum: 12.03.2024</p></div><main><article>`), "", "2024-03-12 day text"},
		{"two-digit year", article("", `<p class="date">Bauen, 12.03.24</p>`, ""), "", "2024-03-12 day text"},
		{
			"before the web", article(`<meta property="article:published_time" content="1970-01-01T00:00:00Z">`, "", `<p class="date">12.03.2024</p>`),
			"", "2024-03-12 day text",
		},
		{
			"ids are no dates", strings.ReplaceAll(article("", "", ""), textOf, undated),
			"https://www.kreis-musterstadt.de/portal/meldungen/bruecke-920240312-15.html?id=2024-03-12", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.url == "" {
				c.url = "https://www.kreis-musterstadt.de/presse/bruecke.php"
			}
			if got, _ := stamps(t, &schemas.Snapshot{URL: c.url, Body: []byte(c.body)}); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFetchedAtBounds(t *testing.T) {
	fetched := time.Date(2024, 3, 12, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ name, head, want string }{
		{"future", `<meta property="article:published_time" content="2024-03-14">`, "2024-03-10 day meta:date"},
		{"tomorrow is near enough", `<meta property="article:published_time" content="2024-03-13">`, "2024-03-13 day meta:article:published_time"},
		{"the moment of rendering", `<meta property="article:published_time" content="2024-03-12T12:59:58+01:00">`, "2024-03-10 day meta:date"},
		{"an hour ago", `<meta property="article:published_time" content="2024-03-12T11:00:00Z">`, "2024-03-12T12:00:00+01:00 second meta:article:published_time"},
		{"today", `<meta property="article:published_time" content="2024-03-12">`, "2024-03-12 day meta:article:published_time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := article(c.head+`<meta name="date" content="2024-03-10">`, "", "")
			if got, _ := stamps(t, &schemas.Snapshot{URL: "https://www.kreis-musterstadt.de/a", FetchedAt: fetched, Body: []byte(body)}); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestHints(t *testing.T) {
	for _, c := range []struct {
		name, after string
		hints       schemas.Hints
		want        string
	}{
		{"listing", "", schemas.Hints{Published: "2024-03-12", PublishedBy: "listing"}, "2024-03-12 day listing"},
		{"feed", "", schemas.Hints{Published: "2024-03-12T10:00:00+01:00", PublishedBy: "feed"}, "2024-03-12T10:00:00+01:00 second feed"},
		{"the page knows better", `<p class="date">11.03.2024</p>`, schemas.Hints{Published: "2024-03-12", PublishedBy: "listing"}, "2024-03-11 day text"},
		{"a sitemap tells the last change", `<p>Stand: 11.03.2024</p>`, schemas.Hints{Published: "2024-03-12", PublishedBy: "sitemap"}, "2024-03-11 day text"},
		{"a sitemap alone", "", schemas.Hints{Published: "2024-03-12", PublishedBy: "sitemap"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := strings.ReplaceAll(article("", "", c.after), textOf, undated)
			if got, _ := stamps(t, &schemas.Snapshot{URL: "https://www.kreis-musterstadt.de/a", Hints: c.hints, Body: []byte(body)}); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestModified(t *testing.T) {
	pub := `<meta property="article:published_time" content="2024-03-12">`
	for _, c := range []struct{ name, head, after, want string }{
		{"json-ld", ld(`{"@type":"Article","datePublished":"2024-03-12","dateModified":"2024-03-13"}`), "", "2024-03-13 day jsonld"},
		{
			"meta", pub + `<meta property="article:modified_time" content="2024-03-13T10:00:00+01:00">`, "",
			"2024-03-13T10:00:00+01:00 second meta:article:modified_time",
		},
		{"printed", pub, `<p>Aktualisiert am 13.03.2024</p>`, "2024-03-13 day text"},
		{"before the publication", pub + `<meta property="article:modified_time" content="2024-03-01">`, "", ""},
		{"the same", pub + `<meta property="article:modified_time" content="2024-03-12">`, "", ""},
		{"none", pub, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &schemas.Snapshot{URL: "https://www.kreis-musterstadt.de/a", Body: []byte(article(c.head, "", c.after))}
			if _, got := stamps(t, s); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Last-Modified is when a server wrote a file, never when a release was published.
func TestLastModifiedIsNoPublication(t *testing.T) {
	s := &schemas.Snapshot{URL: "https://www.kreis-musterstadt.de/a", Body: []byte(`<html><body><h1>Neue Brücke</h1>` + undated + `</body></html>`)}
	s.Header.LastModified = "Tue, 12 Mar 2024 10:15:30 GMT"
	if got, _ := stamps(t, s); got != "" {
		t.Errorf("got %q", got)
	}
}

// Nothing may be completed from today's date.
func TestNoClock(t *testing.T) {
	for _, body := range []string{
		`<html><body><h1>Neue Brücke</h1><p>Veröffentlicht gestern</p>`,
		`<html><body><h1>Neue Brücke</h1><p>vor 3 Tagen</p><span class="date">12. März</span>`,
		`<html><body><h1>Neue Brücke</h1><span class="date">Dienstag, 10:15 Uhr</span>`,
		`<html><head><meta name="date" content="10:15"></head><body><h1>Neue Brücke</h1>`,
	} {
		if got, _ := stamps(t, &schemas.Snapshot{URL: "https://www.kreis-musterstadt.de/a", Body: []byte(body + undated + "</body></html>")}); got != "" {
			t.Errorf("%s: got %q", body, got)
		}
	}
}

// Pages made to be slow or to break must end, and soon: each of these takes minutes when a rule is quadratic.
func TestFindIsBounded(t *testing.T) {
	for name, extra := range map[string]string{
		"deep":              strings.Repeat(`<div class="date">`, 20000) + "12.03.2024",
		"many dates":        strings.Repeat(`<p class="date">12.03.2024</p>`, 10000),
		"many times":        strings.Repeat(`<time itemprop="datePublished" datetime="2024-03-12">`, 20000),
		"one long line":     `<p>` + strings.Repeat("12.03.2024 ", 200000) + `</p>`,
		"digits":            `<p>` + strings.Repeat("1", 2<<20) + `</p>`,
		"a huge attribute":  `<time datetime="` + strings.Repeat("2024-", 400000) + `">`,
		"headings":          strings.Repeat(`<h2>Neue Brücke freigegeben</h2>`, 5000),
		"footers":           strings.Repeat(`<footer><time datetime="x">`, 5000),
		"strange json-ld":   ld(`[null,{"@type":[{}],"datePublished":[[[]]]},{"@type":"Article","datePublished":{"@value":7},"mainEntity":[[null]],"headline":{}}]`),
		"json-ld in levels": ld(strings.Repeat(`{"@graph":[`, 9000) + strings.Repeat(`]}`, 9000)),
	} {
		t.Run(name, func(t *testing.T) {
			stamps(t, &schemas.Snapshot{URL: "https://www.kreis-musterstadt.de/" + strings.Repeat("2024/", 2000), Body: []byte(article(extra, extra, extra))})
		})
	}
}

func FuzzFind(f *testing.F) {
	f.Add(`<time datetime="2024-03-12T10:15">12. März</time>`, "https://www.kreis-musterstadt.de/2024/03/12")
	f.Add(`<h1><time>1.1.24</time></h1><p>Stand: 12.03.2024, 25:61 Uhr`, "https://www.kreis-musterstadt.de/a_3102.php")
	f.Add(`<script type="application/ld+json">{"@type":"Article","datePublished":"Tue Mar 12 10:15:30 CET 2024"}</script>`, "::")
	f.Fuzz(func(t *testing.T, body, url string) {
		s := &schemas.Snapshot{URL: url, Body: []byte(article(body, body, body)), FetchedAt: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)}
		p, err := page.Read(s)
		if err != nil {
			return
		}
		pub, mod := Find(p, nil, s)
		for _, x := range []*schemas.Stamp{pub, mod} {
			if x == nil {
				continue
			}
			day, err := time.Parse(time.DateOnly, x.Value[:10])
			if err != nil || day.Year() < 1995 || day.After(s.FetchedAt.AddDate(0, 0, 2)) || x.Evidence == "" {
				t.Errorf("%q: %+v", body, x)
			}
		}
	})
}
