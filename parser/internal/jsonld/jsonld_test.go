package jsonld

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
)

func read(t *testing.T, body string) []Node {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return Read(d)
}

func script(s string) string { return `<script type="application/ld+json">` + s + `</script>` }

func TestReadForgives(t *testing.T) {
	for name, body := range map[string]string{
		"plain":            script(`{"@type":"NewsArticle","headline":"Brücke"}`),
		"upper-case type":  `<script type="Application/LD+JSON">{"@type":"NewsArticle","headline":"Brücke"}</script>`,
		"list":             script(`[{"@type":"http://schema.org/NewsArticle","headline":"Brücke"}]`),
		"graph":            script(`{"@graph":[{"@type":["Article","schema:NewsArticle"],"headline":"Brücke"}]}`),
		"line break":       script("{\"@type\":\"NewsArticle\",\"headline\":\"Brücke\",\"description\":\"eins\nzwei\"}"),
		"trailing comma":   script(`{"@type":"NewsArticle","headline":"Brücke",}`),
		"comment":          script(`<!-- {"@type":"NewsArticle","headline":"Brücke"} -->`),
		"cdata, semicolon": script("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Brücke\"};\n//]]>"),
		"entities":         script(`{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Brücke&quot;}`),
		"after a bad one":  script(`{"@type":`) + script(`{"@type":"NewsArticle","headline":"Brücke"}`),
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, n := range read(t, body) {
				if n.Is("NewsArticle") {
					got = append(got, n.Text("headline"))
				}
			}
			if diff := cmp.Diff([]string{"Brücke"}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTextAndNodes(t *testing.T) {
	n := read(t, script(`{"author":[{"@type":"Person","name":" Erika Beispiel "},{"name":"Tim Probst"}],"image":{"@id":"#i"},"width":3,"empty":""}`))[0]
	if got := Strings(n["author"]); !cmp.Equal(got, []string{"Erika Beispiel", "Tim Probst"}) {
		t.Errorf("authors %q", got)
	}
	if got := n.Text("image"); got != "#i" {
		t.Errorf("image %q", got)
	}
	for _, p := range []string{"width", "empty", "absent"} {
		if got := n.Text(p); got != "" {
			t.Errorf("%s: %q", p, got)
		}
	}
	if got := len(n.Nodes("author")); got != 2 {
		t.Errorf("%d authors", got)
	}
}

func TestWalkIsBounded(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 300) + `1` + strings.Repeat(`}`, 300)
	wide := `[` + strings.Repeat(`{"image":{"@type":"ImageObject"}},`, 20000) + `{}]`
	for _, body := range []string{deep, wide} {
		nodes, seen := read(t, script(body)), 0
		for _, n := range nodes {
			n.Walk(func(Node) bool { seen++; return true })
		}
		if len(nodes) == 0 || len(nodes) > maxNodes || seen > 2*maxNodes {
			t.Errorf("%d nodes, %d seen", len(nodes), seen)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"@graph":[{"@type":"Article"}],}`)
	f.Add(`[[[[{"a":{"b":["c",{}]}}]]]]`)
	f.Fuzz(func(t *testing.T, s string) {
		d, err := goquery.NewDocumentFromReader(strings.NewReader(script(s)))
		if err != nil {
			return
		}
		for _, n := range Read(d) {
			n.Is("Article")
			n.Walk(func(m Node) bool { m.Text("name"); return true })
		}
	})
}
