package family

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
)

// Every selector of the table compiles, and the families of the brief are all there.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range All() {
		if seen[f.ID] {
			t.Errorf("%s stands twice in the table", f.ID)
		}
		seen[f.ID] = true
		for _, list := range [][]Selector{f.marks, f.Item, f.Link, f.Title, f.Date, f.Next} {
			for _, s := range list {
				if _, err := cascadia.Compile(s.CSS); err != nil {
					t.Errorf("%s: %q: %v", f.ID, s.CSS, err)
				}
			}
		}
		if len(f.Generator)+len(f.marks)+len(f.Asset) == 0 && f.ID != Generic {
			t.Errorf("%s cannot be recognised", f.ID)
		}
	}
	for _, id := range strings.Fields("sitepark typo3-news gsb coremedia drupal sixcms weblication ikiss nolis pirobase presse-service presseportal " +
		"komxpress cm-city-media publish wordpress joomla contao verwaltungsportal generic") {
		if Named(id) == nil {
			t.Errorf("the table has no %s", id)
		}
	}
}

func TestUnknownKey(t *testing.T) {
	if err := new(Family).set("colour", "blue"); err == nil {
		t.Error("a key that nobody reads was taken")
	}
}

func TestRecognise(t *testing.T) {
	for html, want := range map[string]string{
		`<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">`:                    "drupal",
		`<meta name="generator" content="TYPO3 CMS"><div class="news-list-view"></div>`:           "typo3-news",
		`<meta name="generator" content="WordPress 6.7"><a href="/pb/start">pb</a>`:               "wordpress", // the generator goes before addresses
		`<div class="mod_newslist block"></div><a href="https://kreis.example/wp-content/x.pdf">`: "contao",    // and markup before them, too
		`<a href="/index.php?ModID=255&object=tx,1.2.3">Meldungen</a>`:                            "ikiss",
		`<a href="/Aktuelles?view=publish&amp;item=article&amp;id=3">Meldung</a>`:                 "publish",
		`<p>Guten Tag</p>`: Generic,
	} {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
		if err != nil {
			t.Fatal(err)
		}
		if f, by := Recognise(doc.Selection, []byte(html)); f.ID != want || by == "" {
			t.Errorf("%s: %s by %q, want %s", html, f.ID, by, want)
		}
	}
}
